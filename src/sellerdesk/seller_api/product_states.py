"""The states of a product, as clients of the API know them.

The contract lists no values; these are the ones its clients have met: `price_sent` is the normal final state. Sentences
are those of the screens; the two names that clients compare are spelled as they know them.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import queries
from sellerdesk.catalog.types import ProductCard
from sellerdesk.seller_api.schemas import products as models


class _Words(NamedTuple):
    status: str
    validation: str
    moderation: str
    failed: str = ""
    created: bool = True


_BY_STATUS = {
    "draft": _Words("draft", "", "", created=False),
    "pending": _Words("imported", "pending", "", created=False),
    "failed": _Words("failed_validation", "fail", "", "failed_validation", created=False),
    "moderating": _Words("moderating", "success", ""),
    "declined": _Words("failed_moderation", "success", "declined", "failed_moderation"),
    "processed": _Words("processed", "success", "approved"),
    "price_sent": _Words("price_sent", "success", "approved"),
    "hidden": _Words("price_sent", "success", "approved"),
}

_NAMES = {"selling": _("On sale now"), "ready": _("Ready for sale")}


def statuses(card: ProductCard, *, free: int) -> models.ProductStatuses:
    words = _BY_STATUS[card.status]
    state = queries.state_of(card.status, archived=card.archived, free=free,
                             hidden_because=card.hidden_because, in_review=card.in_review)
    return models.ProductStatuses(
        status=words.status,
        status_name=str(_NAMES.get(state.key, state.label)),
        status_description=str(state.sentence),
        status_tooltip=str(state.next_step),
        status_failed=words.failed,
        status_updated_at=card.updated_at,
        validation_status=words.validation,
        moderate_status=words.moderation,
        is_created=words.created,
    )
