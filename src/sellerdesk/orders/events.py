"""What can have happened to postings. Target is the posting: type `posting`, id and label its number."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data: order_number, order_id, units, amount_minor, currency, warehouse_id, city, ship_by,
# products: [product id, SKU, quantity] of each line
POSTING_CREATED = "orders.posting.created"
# data: tracking
POSTING_SHIPPED = "orders.posting.shipped"
# data: parent
POSTING_SPLIT = "orders.posting.split"
# data: tracking
POSTING_HANDED_OVER = "orders.posting.handed_over"
# data: code, place; before/after: state and substate
POSTING_MOVED = "orders.posting.moved"
# data: amount_minor, currency, units
POSTING_DELIVERED = "orders.posting.delivered"
# data: reason_id, reason (English), by, message, after_ship, coming_back; before: state and substate
POSTING_CANCELLED = "orders.posting.cancelled"
LABEL_PRINTED = "orders.posting.labelled"

CHANGES = (POSTING_CREATED, POSTING_SHIPPED, POSTING_SPLIT, POSTING_HANDED_OVER, POSTING_MOVED, POSTING_DELIVERED,
           POSTING_CANCELLED)


def _posting(row: Any) -> str | None:
    return reverse("orders:posting", args=[row.target_id])


def register_events() -> None:
    register(
        EventType(POSTING_CREATED, _("New order %(target)s"), _posting),
        EventType(POSTING_SHIPPED, _("%(target)s packed, parcel %(tracking)s"), _posting),
        EventType(POSTING_SPLIT, _("%(target)s split off from %(parent)s"), _posting),
        EventType(POSTING_HANDED_OVER, _("%(target)s handed over to the carrier"), _posting),
        EventType(POSTING_MOVED, _("%(target)s moved on: %(place)s"), _posting),
        EventType(POSTING_DELIVERED, _("%(target)s delivered"), _posting),
        EventType(POSTING_CANCELLED, _("%(target)s cancelled"), _posting),
        EventType(LABEL_PRINTED, _("Label of %(target)s printed"), _posting),
    )
