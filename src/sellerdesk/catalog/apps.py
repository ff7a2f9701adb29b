from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

_ARCHIVE = gettext_noop("Seller API: 100 products a call into the archive and back, 500 a call deleted, 100 a day that "
                        "went there by themselves, counted from 03:00 in Moscow.")
_ASSORTMENT = gettext_noop("Starter setting of this marketplace: 200,000 products a shop outside the archive. An "
                           "operator grows it for one shop by a rule with the shop’s number as its key.")
_SCORE = gettext_noop("Starter setting of this marketplace: a card below 80 points should be made better.")


class CatalogConfig(AppConfig):
    name = "sellerdesk.catalog"
    label = "catalog"

    def ready(self) -> None:
        from sellerdesk.catalog import (  # noqa: F401
            defaults,
            events,
            events_moderation,
            queries,
            subscribers,
            tasks,
            waiting,
        )
        from sellerdesk.catalog.services import (  # noqa: F401
            certificates,
            fetching,
            filefetching,
            importing,
            paperfiles,
            picturefiles,
            pictures,
            undoing,
        )
        from sellerdesk.catalog.services.sheets import limits
        from sellerdesk.catalog.web import banners  # noqa: F401
        from sellerdesk.core import jobs, rules, scanning
        from sellerdesk.core.ui import nav
        from sellerdesk.sellers import queries as sellers

        sellers.add_sign_of_life("upload", queries.first_products)
        defaults.declare()
        subscribers.register()
        scanning.register(paperfiles.PREFIX, scanning.Kind(paperfiles.read, certificates.decline_infected))
        waiting.register()
        jobs.schedule("catalog.certificate_ends", "*/10 * * * *", tasks.end_certificates)
        jobs.schedule("catalog.certificate_notices", "23 * * * *", tasks.warn_of_certificate_ends)
        sellers.add_count("min_products", lambda seller: queries.counts(seller)[""])

        rules.defaults("catalog.archive", {"": {
            "archive_a_call": 100, "delete_a_call": 500, "restored_a_day": 100, "day_begins_hour": 3}},
            source=_ARCHIVE)
        rules.defaults("catalog.assortment", {"": {"live": 200_000}}, source=_ASSORTMENT)
        rules.defaults("catalog.score", {"": {"improve_below": 80}}, source=_SCORE)
        rules.defaults("catalog.undo", {"": {"days": 30}},
                       source="Starter setting of this marketplace: a batch of changes can be undone for 30 days")
        rules.defaults("catalog.import_limits", {"": limits.DEFAULTS},
                       source="Starter setting of this marketplace: what a spreadsheet may hold")
        nav.register(nav.NavItem(
            key="products", label=_("Products"), icon="package", url_name="catalog:products",
            permission="catalog:product:view", group="goods", order=10,
            also=("catalog:product", "catalog:product_new", "catalog:product_create", "catalog:product_edit")))
        nav.register(nav.NavItem(
            key="certificates", label=_("Certificates"), icon="file-text", url_name="catalog:certificates",
            permission="catalog:product:view", group="goods", order=30))
        nav.register(nav.NavItem(
            key="imports", label=_("Imports"), icon="file-import", url_name="catalog:imports",
            permission="catalog:product:import", group="goods", order=20, also=("catalog:import",)))
        nav.register(nav.NavItem(
            key="pictures", label=_("Pictures by file name"), icon="photo", url_name="catalog:picture_uploads",
            permission="catalog:picture:edit", group="goods", order=25, also=("catalog:picture_upload",)))
        nav.register(nav.NavItem(
            key="changes", label=_("Changes"), icon="history", url_name="catalog:changes",
            permission="catalog:product:view", group="goods", order=60, also=("catalog:batch",)))
        post_migrate.connect(_keep_words, sender=self)


def _keep_words(**_told: Any) -> None:
    from sellerdesk.catalog.queries import searching

    searching.WORDS.keep()
