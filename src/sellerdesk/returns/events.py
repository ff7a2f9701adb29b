"""What can have happened to goods on their way back. Targets: type `return` or `claim`, id its number, label the offer
id; types `giveout` and `shop` for what concerns a return point or the shop's own settings."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data of all returns and claims: posting_number, sku, quantity, kind, reason
RETURN_REQUESTED = "returns.return.requested"
RETURN_STARTED = "returns.return.started"
# data also: state
RETURN_MOVED = "returns.return.moved"
RETURN_RECEIVED = "returns.return.received"
# data also: storage_minor, disposal_minor, currency
RETURN_DISPOSED = "returns.return.disposed"
RETURN_LOST = "returns.return.lost"
# data also: amount_minor, currency, state (sent, received, cancelled, reversed)
COMPENSATION_CHANGED = "returns.return.compensation_changed"
CODE_RESET = "returns.giveout_code.reset"
# before/after: price_minor, faulty_minor
DISPOSAL_SET = "returns.disposal.set"
# data of claims: posting_number, number, sku, quantity, reason, state, comment
CLAIM_OPENED = "returns.claim.opened"
CLAIM_DECIDED = "returns.claim.decided"
CLAIM_MOVED = "returns.claim.moved"
CLAIM_DISPUTED = "returns.claim.disputed"
CLAIM_CLOSED = "returns.claim.closed"
CLAIM_REMINDED = "returns.claim.reminded"


def _list(row: Any) -> str | None:
    return reverse("returns:returns") + f"?tab=all&q={(row.data or {}).get('posting_number', '')}"


def _claim(row: Any) -> str | None:
    return reverse("returns:claim", args=[row.target_id])


def _pick_up(row: Any) -> str | None:
    return reverse("returns:pick_up")


def _disposal(row: Any) -> str | None:
    return reverse("returns:disposal")


def register_events() -> None:
    register(
        EventType(RETURN_REQUESTED, _("A buyer asks to return %(target)s from %(posting_number)s"), _list),
        EventType(RETURN_STARTED, _("%(target)s from the cancelled %(posting_number)s is coming back"), _list),
        EventType(RETURN_MOVED, _("Return of %(target)s from %(posting_number)s moved on"), _list),
        EventType(RETURN_RECEIVED, _("%(target)s from %(posting_number)s received and back on the shelf"), _list),
        EventType(RETURN_DISPOSED, _("%(target)s from %(posting_number)s disposed of"), _list),
        EventType(RETURN_LOST, _("Nothing is heard of %(target)s from %(posting_number)s: given up as lost"), _list),
        EventType(COMPENSATION_CHANGED, _("Compensation for %(target)s from %(posting_number)s changed"), _list),
        EventType(CODE_RESET, _("Barcode for picking up returns replaced"), _pick_up),
        EventType(DISPOSAL_SET, _("Disposal of cheap returns set anew"), _disposal),
        EventType(CLAIM_OPENED, _("Claim %(number)s: a buyer wants to give back %(target)s"), _claim),
        EventType(CLAIM_DECIDED, _("Claim %(number)s on %(target)s decided by the shop"), _claim),
        EventType(CLAIM_MOVED, _("Claim %(number)s on %(target)s moved on"), _claim),
        EventType(CLAIM_DISPUTED, _("Claim %(number)s on %(target)s: the buyer disputes the refusal"), _claim),
        EventType(CLAIM_CLOSED, _("Claim %(number)s on %(target)s closed"), _claim),
        EventType(CLAIM_REMINDED, _("Claim %(number)s on %(target)s still waits for your answer"), _claim),
    )
