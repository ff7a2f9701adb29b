"""The market's bank: pays what is approved on its day, and refuses an account that ends in 0404 as closed."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict
from sellerdesk.finance.queries import settling
from sellerdesk.finance.services import paying

BANK = Actor.system("bank")
#: The last digits of an account that this bank has closed.
CLOSED_TAIL = "0404"


def run_due(now: datetime) -> int:
    """Answer every payout that is due, each at its own moment. Returns how many."""
    orders = settling.bank_orders(now)
    for order in orders:
        try:
            if order.details.account.endswith(CLOSED_TAIL):
                paying.fail(settlement_id=order.settlement_id, reason="account_closed", actor=BANK, now=order.due_at,
                            attempt=order.attempt)
            else:
                paying.pay(settlement_id=order.settlement_id, actor=BANK, now=order.due_at, attempt=order.attempt)
        except Conflict:
            # An operator was faster, which is what their page is for.
            continue
    return len(orders)
