"""What waiting at a return point, disposal and loss cost or bring, and how it is booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import rules as dated
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Charge
from sellerdesk.returns import rules
from sellerdesk.returns.models import Return


def storage_minor(row: Return, until: datetime) -> int:
    """What storing goods costs up to a moment, by the rule that was in force when they arrived."""
    if row.arrived_at is None or row.storage_rule_id is None:
        return 0
    rule = dated.get("returns.storage", row.currency, row.arrived_at)
    return rules.storage_minor(row.arrived_at, until, row.quantity, rule.value)


def disposal_minor(row: Return) -> int:
    """What disposing of goods costs, by the rule that was in force when they arrived."""
    assert row.arrived_at is not None
    return int(dated.get("returns.storage", row.currency, row.arrived_at).value["dispose"]) * row.quantity


def book(rows: Sequence[Return], at: datetime) -> None:
    """Charge what `storage_minor` and `disposal_minor` of the rows say. Booking again changes nothing."""
    finance.book_charges(charges=[
        Charge(row.seller_id, str(row.pk), kind, row.posting_number, row.currency, at, -amount, row.storage_rule_id)
        for row in rows for kind, amount in (("storage", row.storage_minor), ("disposal", row.disposal_minor))])
