"""What waits for the shop's people in the catalogue."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.catalog import permissions, queries
from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting

_PAPERS_AHEAD = timedelta(days=30)


def refused(asked: Asked) -> list[Waiting]:
    """Cards that buyers do not see for a fault: one thing to do, which the list behind it spells out."""
    count = queries.faulty(asked.seller)
    if not count:
        return []
    return [Waiting("refused", ngettext("%(count)s product with errors", "%(count)s products with errors",
                                        count) % {"count": count},
                    _("Buyers do not see what was refused or is incomplete"), pgettext_lazy("waiting", "Correct"),
                    f"{reverse('catalog:products')}?tab=errors", orders=float(min(count, 20)))]


def papers(asked: Asked) -> list[Waiting]:
    """Papers that end soon; without them goods are hidden."""
    rows = queries.papers_ending(asked.seller, (asked.now + _PAPERS_AHEAD).date(), waiting.MOST)
    return [Waiting(f"paper:{row.id}", _("Paper %(number)s ends") % {"number": row.number},
                    _("Products under it are hidden from buyers the day after"), pgettext_lazy("waiting", "Renew"),
                    reverse("catalog:certificate", args=[row.id]),
                    datetime.combine(row.expires_on, time(), UTC) + timedelta(days=1) if row.expires_on else None,
                    orders=5.0) for row in rows]


def register() -> None:
    waiting.register(waiting.Source("catalog.refused", _("Products"), "alert-triangle", permissions.PRODUCT_EDIT,
                                    refused))
    waiting.register(waiting.Source("catalog.papers", pgettext_lazy("goods", "Papers"), "file-text",
                                    permissions.PRODUCT_EDIT, papers))
