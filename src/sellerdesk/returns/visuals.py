"""The visual statuses of the Seller API: 33 words for where goods that come back can be.

Their numbers are their places in the contract's own list. Claims are stored under these words; what the marketplace
carries back is stored by its own few states and spelled here.
"""

from __future__ import annotations

from datetime import datetime

NAMES: tuple[str, ...] = (
    "DisputeOpened", "OnSellerApproval", "ArrivedAtReturnPlace", "OnSellerClarification",
    "OnSellerClarificationAfterPartialCompensation", "OfferedPartialCompensation", "ReturnMoneyApproved",
    "PartialCompensationReturned", "CancelledDisputeNotOpen", "Rejected", "CrmRejected", "Cancelled", "Approved",
    "ApprovedByOzon", "ReceivedBySeller", "MovingToSeller", "ReturningToSellerByCourier", "Utilizing", "Utilized",
    "MoneyReturned", "PartialCompensationInProcess", "DisputeYouOpened", "CompensationRejected", "DisputeOpening",
    "CompensationOffered", "WaitingCompensation", "SendingError", "CompensationRejectedBySla",
    "CompensationRejectedBySeller", "MovingToOzon", "ReturnedToOzon", "MoneyReturnedBySystem", "WaitingShipment",
)
NUMBERS: dict[str, int] = {name: place for place, name in enumerate(NAMES, 1)}

_OF_STATE = {"requested": "WaitingShipment", "on_the_way": "MovingToSeller", "arrived": "ArrivedAtReturnPlace",
             "received": "ReceivedBySeller", "disposed": "Utilized"}
_LOST = {"": "WaitingCompensation", "sent": "CompensationOffered", "received": "MoneyReturned",
         "cancelled": "CompensationRejected", "reversed": "CompensationRejected"}
#: The API's numbers and words for compensations.
COMPENSATIONS: dict[str, tuple[int, str]] = {"sent": (1, "Sent"), "received": (2, "Received"),
                                             "cancelled": (3, "Canceled"), "reversed": (4, "DecompensationSent")}


def of_return(state: str, scheme: str, compensation: str, dispose_at: datetime | None, now: datetime) -> str:
    """The visual status of goods that the marketplace brings back.

    Goods of FBO go to the marketplace's own shelf and are never seen by the shop.
    """
    if state == "lost":
        return _LOST[compensation]
    if state == "arrived" and dispose_at is not None and dispose_at <= now:
        return "Utilizing"
    if scheme == "fbo":
        return {"on_the_way": "MovingToOzon", "received": "ReturnedToOzon"}.get(state, _OF_STATE[state])
    return _OF_STATE[state]


def states_of(visual: str) -> tuple[str, ...]:
    """The states that are shown as a visual status; none for words that only claims have."""
    found = [state for state, name in _OF_STATE.items() if name == visual]
    if visual in _LOST.values():
        found.append("lost")
    if visual in ("MovingToOzon", "ReturnedToOzon"):
        found.append("on_the_way" if visual == "MovingToOzon" else "received")
    if visual == "Utilizing":
        found.append("arrived")
    return tuple(found)
