"""States of a payout and the one table of moves.

`carried`: nothing is paid for the period, its balance waits for the next. `awaiting`: closed and due. `failed` goes
back to `awaiting` when the reason is gone; a payout that the bank sends back later fails after having been paid.
"""

from __future__ import annotations

AWAITING, PAID, FAILED, CARRIED = "awaiting", "paid", "failed", "carried"
#: Of the period that runs; it has no row yet.
FORMING = "forming"

#: act -> (states it starts from, state it ends in)
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "approve": ((AWAITING,), AWAITING),
    "hold": ((AWAITING,), AWAITING),
    "pay": ((AWAITING,), PAID),
    "fail": ((AWAITING, PAID), FAILED),
    "retry": ((FAILED,), AWAITING),
}
