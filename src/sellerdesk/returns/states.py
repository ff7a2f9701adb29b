"""Where a claim can be, the one table of moves, and what may be done now.

A claim is a buyer's wish to give back goods that the shop delivered itself (rFBS): the shop decides. States are the
system names of the Seller API's visual statuses (see visuals.py). Buttons, the API's `available_actions` and services
ask this file alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["New", "Delivering", "Checkout", "Arbitration", "Approved", "Rejected"]
GROUPS: tuple[Group, ...] = ("New", "Delivering", "Checkout", "Arbitration", "Approved", "Rejected")

WAITS = "OnSellerApproval"
WAITS_AGAIN = "OnSellerClarificationAfterPartialCompensation"
TO_BE_SENT = "WaitingShipment"
MOVING = "MovingToSeller"
ARRIVED = "ArrivedAtReturnPlace"
INSPECTED = "ReceivedBySeller"
OFFERED = "OfferedPartialCompensation"
REJECTED = "Rejected"
DISPUTED = "DisputeOpened"
REFUNDED = "MoneyReturned"
REFUNDED_BY_SYSTEM = "MoneyReturnedBySystem"
REFUNDED_IN_PART = "PartialCompensationReturned"
NOT_DISPUTED = "CancelledDisputeNotOpen"
LOST_DISPUTE = "CrmRejected"
WITHDRAWN = "Cancelled"

#: Every state of a claim with the group that lists show it in, in the order of a claim's life.
GROUP_OF: dict[str, Group] = {
    WAITS: "New", WAITS_AGAIN: "New", TO_BE_SENT: "Delivering", MOVING: "Delivering", ARRIVED: "Checkout",
    INSPECTED: "Checkout", OFFERED: "Checkout", DISPUTED: "Arbitration", REFUNDED: "Approved",
    REFUNDED_BY_SYSTEM: "Approved", REFUNDED_IN_PART: "Approved", REJECTED: "Rejected", NOT_DISPUTED: "Rejected",
    LOST_DISPUTE: "Rejected", WITHDRAWN: "Rejected",
}
STATES = tuple(GROUP_OF)
FINAL = frozenset({REFUNDED, REFUNDED_BY_SYSTEM, REFUNDED_IN_PART, NOT_DISPUTED, LOST_DISPUTE, WITHDRAWN})
#: Here the shop has to say something.
SELLERS_TURN = frozenset({WAITS, WAITS_AGAIN, ARRIVED, INSPECTED})


@dataclass(frozen=True, slots=True)
class Move:
    """`by` is who makes it: seller, buyer, platform, carrier, or time when nobody did anything until the term."""

    by: str
    sources: frozenset[str]
    target: str


_DECIDABLE = frozenset({WAITS, WAITS_AGAIN})
MOVES: dict[str, Move] = {
    # The shop.
    "take_back": Move("seller", _DECIDABLE, TO_BE_SENT),
    "reject": Move("seller", _DECIDABLE, REJECTED),
    "refund": Move("seller", _DECIDABLE, REFUNDED),
    "offer": Move("seller", _DECIDABLE | {INSPECTED}, OFFERED),
    "confirm_received": Move("seller", frozenset({MOVING, ARRIVED}), INSPECTED),
    "refund_received": Move("seller", frozenset({INSPECTED}), REFUNDED),
    "reject_received": Move("seller", frozenset({INSPECTED}), REJECTED),
    # The buyer and who carries for them.
    "send": Move("buyer", frozenset({TO_BE_SENT}), MOVING),
    "arrive": Move("carrier", frozenset({TO_BE_SENT, MOVING}), ARRIVED),
    "accept_offer": Move("buyer", frozenset({OFFERED}), REFUNDED_IN_PART),
    "refuse_offer": Move("buyer", frozenset({OFFERED}), WAITS_AGAIN),
    "dispute": Move("buyer", frozenset({REJECTED}), DISPUTED),
    "withdraw": Move("buyer", frozenset({WAITS, WAITS_AGAIN, TO_BE_SENT, OFFERED}), WITHDRAWN),
    # The marketplace.
    "decide_for_buyer": Move("platform", frozenset({DISPUTED}), REFUNDED_BY_SYSTEM),
    "decide_for_seller": Move("platform", frozenset({DISPUTED}), LOST_DISPUTE),
    # Nobody said anything until the term.
    "approve_by_silence": Move("time", frozenset({WAITS, WAITS_AGAIN, MOVING, ARRIVED, INSPECTED}),
                               REFUNDED_BY_SYSTEM),
    "never_sent": Move("time", frozenset({TO_BE_SENT}), WITHDRAWN),
    "offer_ran_out": Move("time", frozenset({OFFERED}), WAITS_AGAIN),
    "never_disputed": Move("time", frozenset({REJECTED}), NOT_DISPUTED),
}
#: What happens when the term of a state is over; a dispute is decided by rules.platform_sides_with_buyer.
BY_TIME = {WAITS: "approve_by_silence", WAITS_AGAIN: "approve_by_silence", TO_BE_SENT: "never_sent",
           MOVING: "approve_by_silence", ARRIVED: "approve_by_silence", INSPECTED: "approve_by_silence",
           OFFERED: "offer_ran_out", REJECTED: "never_disputed"}
#: Which figure of the dated rule returns.claim_terms says how long a state may last, in hours.
TERM_OF = {WAITS: "seller_hours", WAITS_AGAIN: "seller_hours", TO_BE_SENT: "sending_hours", MOVING: "way_hours",
           ARRIVED: "inspection_hours", INSPECTED: "inspection_hours", OFFERED: "offer_hours",
           REJECTED: "dispute_hours", DISPUTED: "platform_hours"}
#: The seller's acts by the numbers of the Seller API. -1, -10 and 1020 are the contract's; the others are ours.
ACTION_IDS: dict[int, str] = {
    1000: "take_back", -1: "reject", 1010: "refund", 1020: "offer", 1030: "confirm_received",
    1040: "refund_received", -10: "reject_received",
}
_ID_OF = {name: id_ for id_, name in ACTION_IDS.items()}
REFUNDING = frozenset({"refund", "refund_received", "decide_for_buyer", "approve_by_silence"})
REJECTING = frozenset({"reject", "reject_received"})


def target(move: str, state: str) -> str | None:
    """Where a move leads from a state, or None where the table has no such move."""
    found = MOVES[move]
    return found.target if state in found.sources else None


def available_actions(state: str) -> tuple[str, ...]:
    """What the shop may do with a claim now, in the order offered."""
    return tuple(name for name in ACTION_IDS.values() if state in MOVES[name].sources)


def action_id(action: str) -> int:
    return _ID_OF[action]
