"""The states of a product, as clients of the API know them.

The contract lists no values; these are the ones its clients have met: `price_sent` is the normal final state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.types import ProductCard
from sellerdesk.seller_api.schemas import products as models


@dataclass(frozen=True, slots=True)
class _Words:
    status: str
    validation: str
    moderation: str
    name: Any
    description: Any
    failed: str = ""
    created: bool = True


_BY_STATUS = {
    "pending": _Words("imported", "pending", "", _("Being checked"), _("The card is being checked."), created=False),
    "failed": _Words(
        "failed_validation",
        "fail",
        "",
        _("Has errors"),
        _("The card did not pass the checks. Correct the errors and send it again."),
        failed="failed_validation",
        created=False,
    ),
    "moderating": _Words("moderating", "success", "", _("In moderation"), _("A moderator looks at the card.")),
    "declined": _Words(
        "failed_moderation",
        "success",
        "declined",
        _("Declined"),
        _("Moderation declined the card. Correct it and send it again."),
        failed="failed_moderation",
    ),
    "processed": _Words(
        "processed", "success", "approved", _("No price"), _("The card is ready. Give it a price to sell it.")
    ),
    "price_sent": _Words("price_sent", "success", "approved", "", ""),
}


def statuses(card: ProductCard, *, in_stock: bool) -> models.ProductStatuses:
    words = _BY_STATUS[card.status]
    name, description = words.name, words.description
    if card.archived:
        name, description = _("Archived"), _("The product is in the archive and not for sale.")
    elif card.status == "price_sent":
        if in_stock:
            name, description = _("On sale now"), _("Buyers can buy the product.")
        else:
            name, description = _("Ready for sale"), _("Give the product stock to sell it.")
    return models.ProductStatuses(
        status=words.status,
        status_name=str(name),
        status_description=str(description),
        status_failed=words.failed,
        status_updated_at=card.updated_at,
        validation_status=words.validation,
        moderate_status=words.moderation,
        is_created=words.created,
    )
