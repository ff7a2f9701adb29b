"""Tables, the cache table, dated rules, checklists, the offer and the starter catalogue: what a new database needs."""

from __future__ import annotations

from django.core.management import call_command

from sellerdesk.core import clock, rules, scope
from sellerdesk.core.db import as_owner
from sellerdesk.core.postgres import wall


@scope.across_shops()
def migrate() -> None:
    """Safe to run at any time; writes only what is missing. Raises WallMissing, see `wall.build`."""
    from sellerdesk.catalog.services import loading
    from sellerdesk.sellers.services import seeding

    with as_owner():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        wall.build()
    rules.write_defaults()
    seeding.write_starter(now=clock.now())
    loading.load_starter(now=clock.now())
