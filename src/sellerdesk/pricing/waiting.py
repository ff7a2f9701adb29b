"""What waits for the shop's people in prices."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.pricing import queries
from sellerdesk.sellers.permissions import QUARANTINE_RELEASE


def quarantine(asked: Asked) -> list[Waiting]:
    count, end = queries.waiting_ends(asked.seller)
    if not count:
        return []
    return [Waiting("quarantine", ngettext("%(count)s price held in quarantine", "%(count)s prices held in quarantine",
                                           count) % {"count": count},
                    _("The change is unusually large: buyers still see the old price until somebody decides"),
                    pgettext_lazy("waiting", "Decide"), reverse("pricing:quarantine"), end,
                    orders=float(min(count, 20)))]


def register() -> None:
    waiting.register(waiting.Source("pricing.quarantine", _("Prices"), "tag", QUARANTINE_RELEASE, quarantine))
