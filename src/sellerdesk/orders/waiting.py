"""What waits for the shop's people in orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.orders import permissions, queries
from sellerdesk.orders.types import Batch

_SOON = timedelta(hours=4)


def to_pack(asked: Asked) -> list[Waiting]:
    """By deadline: an evening's hundred orders are one thing to do."""
    return [_batch(one, asked, "pack", _packing(one.count), pgettext_lazy("waiting", "Pack"), "to_pack")
            for one in queries.batches(asked.seller, "to_pack", asked.warehouse_ids, waiting.MOST)]


def to_hand_over(asked: Asked) -> list[Waiting]:
    return [_batch(one, asked, "hand_over", _handing(one.count), pgettext_lazy("waiting", "Hand over"), "to_hand_over")
            for one in queries.batches(asked.seller, "to_hand_over", asked.warehouse_ids, waiting.MOST)]


def _packing(count: int) -> str:
    return ngettext("%(count)s order to pack", "%(count)s orders to pack", count) % {"count": count}


def _handing(count: int) -> str:
    return ngettext("%(count)s parcel to hand over", "%(count)s parcels to hand over", count) % {"count": count}


def _batch(one: Batch, asked: Asked, kind: str, title: str, act: Any, tab: str) -> Waiting:
    reason = _("The term has passed: it costs a penalty, and the buyer’s order ends by itself") \
        if one.ship_by <= asked.now else _("The carrier takes it until then; after that it counts as an error") \
        if one.ship_by - asked.now <= _SOON else _("Whoever is late pays a penalty and drops in the list")
    link = reverse("orders:posting", args=[one.number]) if one.count == 1 else (
        f"{reverse('orders:postings')}?tab={tab}")
    return Waiting(f"{kind}:{one.ship_by.isoformat()}", title, reason, act, link, one.ship_by, one.amount_minor)


def missing(asked: Asked) -> list[Waiting]:
    """Parcels that the sorting centre has not seen: disputed or handed over again."""
    return [Waiting(f"missing:{number}", _("Parcel %(number)s is missing") % {"number": number},
                    _("The sorting centre has not seen it. Dispute that, or hand it over again"),
                    pgettext_lazy("waiting", "Decide"), reverse("orders:posting", args=[number]), None,
                    amount_minor)
            for number, amount_minor in queries.missing(asked.seller, asked.warehouse_ids, waiting.MOST)]


def requests(asked: Asked) -> list[Waiting]:
    return [Waiting(f"request:{row.id}", _("A buyer wants to cancel %(number)s") % {"number": row.number},
                    _("Without an answer it is cancelled by itself"), pgettext_lazy("waiting", "Answer"),
                    f"{reverse('orders:cancel_requests')}?q={row.number}", row.due_at, row.posting.amount_minor)
            for row in queries.cancel_requests_due(asked.seller, asked.warehouse_ids, waiting.MOST)]


def register() -> None:
    sources: Sequence[tuple[str, Any, str, str, waiting.Find]] = (
        ("orders.requests", _("Cancellations"), "message", permissions.CANCEL, requests),
        ("orders.to_pack", _("To pack"), "package", permissions.SHIP, to_pack),
        ("orders.to_hand_over", _("To hand over"), "truck-delivery", permissions.HAND_OVER, to_hand_over),
        ("orders.missing", _("Missing parcels"), "alert-triangle", permissions.DISPUTE, missing))
    for name, label, icon, right, find in sources:
        waiting.register(waiting.Source(name, label, icon, right, find))
