"""Where a posting can be and the one table of moves between those places.

States and substates are the words of the Seller API. Everything that asks "may this be done now" (a button, the API's
available_actions, a service) asks this file.
"""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[str, str]

AWAITING_PACKAGING = "awaiting_packaging"
AWAITING_DELIVER = "awaiting_deliver"
ACCEPTANCE = "acceptance_in_progress"
NOT_ACCEPTED = "not_accepted"
DELIVERING = "delivering"
DELIVERED = "delivered"
CANCELLED = "cancelled"

# Every state of the API with its substates, in the order of a posting's life.
SUBSTATES: dict[str, tuple[str, ...]] = {
    "awaiting_verification": ("posting_created",),
    "awaiting_approve": ("posting_created",),
    AWAITING_PACKAGING: ("posting_created", "posting_split_pending", "posting_awaiting_passport_data", "ship_failed"),
    "awaiting_registration": ("posting_awaiting_registration", "posting_registration_error",
                              "posting_transferring_to_delivery"),
    AWAITING_DELIVER: ("posting_transferring_to_delivery", "posting_registered", "posting_in_carriage",
                       "posting_not_in_carriage"),
    ACCEPTANCE: ("posting_acceptance_in_progress",),
    NOT_ACCEPTED: ("posting_not_in_sort_center",),
    "arbitration": ("posting_in_arbitration",),
    "client_arbitration": ("posting_in_client_arbitration",),
    DELIVERING: ("posting_on_way_to_city", "posting_transferred_to_courier_service", "posting_in_courier_service",
                 "posting_on_way_to_pickup_point", "posting_in_pickup_point", "posting_conditionally_delivered",
                 "posting_returned_to_warehouse"),
    "driver_pickup": ("posting_driver_pick_up",),
    DELIVERED: ("posting_delivered", "posting_received"),
    CANCELLED: ("posting_canceled",),
    "cancelled_from_split_pending": ("posting_canceled",),
}

CREATED: Place = (AWAITING_PACKAGING, "posting_created")
FINAL = frozenset({DELIVERED, CANCELLED, "cancelled_from_split_pending"})
# The API's "unfulfilled": still in the seller's hands, or about to leave them.
UNFULFILLED = ("awaiting_verification", "awaiting_approve", "awaiting_registration", AWAITING_PACKAGING,
               AWAITING_DELIVER, ACCEPTANCE)
# Tabs of the list: what the seller has to do, then what happens without them.
TABS: dict[str, tuple[str, ...]] = {
    "to_pack": ("awaiting_verification", "awaiting_approve", AWAITING_PACKAGING, "awaiting_registration"),
    "to_hand_over": (AWAITING_DELIVER,),
    "on_the_way": (ACCEPTANCE, NOT_ACCEPTED, "arbitration", "client_arbitration", DELIVERING, "driver_pickup"),
    "delivered": (DELIVERED,),
    "cancelled": (CANCELLED, "cancelled_from_split_pending"),
}

# The road of a parcel. A scan may jump ahead on it and never leads back: carriers lose scans and send them late.
ROAD: tuple[Place, ...] = (
    (ACCEPTANCE, "posting_acceptance_in_progress"),
    (DELIVERING, "posting_on_way_to_city"),
    (DELIVERING, "posting_transferred_to_courier_service"),
    (DELIVERING, "posting_in_courier_service"),
    (DELIVERING, "posting_on_way_to_pickup_point"),
    (DELIVERING, "posting_in_pickup_point"),
    (DELIVERED, "posting_received"),
)
_UNPACKED = frozenset({CREATED, (AWAITING_PACKAGING, "ship_failed")})
_PACKED = frozenset((AWAITING_DELIVER, substate) for substate in SUBSTATES[AWAITING_DELIVER])
_MISSED = frozenset({(NOT_ACCEPTED, "posting_not_in_sort_center")})
_IN_CARRIAGE: Place = (AWAITING_DELIVER, "posting_in_carriage")
_WITH_CARRIER = frozenset(ROAD[:-1]) | _MISSED


@dataclass(frozen=True, slots=True)
class Move:
    sources: frozenset[Place]
    target: Place


def _along(step: int) -> Move:
    return Move(_PACKED | _MISSED | frozenset(ROAD[:step]), ROAD[step])


MOVES: dict[str, Move] = {
    "ship": Move(_UNPACKED, (AWAITING_DELIVER, "posting_registered")),
    "hand_over": Move(_PACKED - {_IN_CARRIAGE}, _IN_CARRIAGE),
    # The seller may end a posting until the carrier has it; everybody else until the buyer has it.
    "cancel": Move(_UNPACKED | _PACKED, (CANCELLED, "posting_canceled")),
    "cancel_under_way": Move(_UNPACKED | _PACKED | _WITH_CARRIER, (CANCELLED, "posting_canceled")),
    "scan.accepted": _along(0),
    "scan.in_transit": _along(1),
    "scan.arrived_in_city": _along(2),
    "scan.with_courier": _along(3),
    "scan.to_pickup_point": _along(4),
    "scan.at_pickup_point": _along(5),
    "scan.delivered": _along(6),
    "scan.not_accepted": Move(_PACKED, (NOT_ACCEPTED, "posting_not_in_sort_center")),
    # Nobody collected it, or it is gone: the posting ends, see subscribers.
    "scan.returning": Move(frozenset(ROAD[:-1]), (CANCELLED, "posting_canceled")),
    "scan.lost": Move(_PACKED | _WITH_CARRIER, (CANCELLED, "posting_canceled")),
}

# action -> (the move that must be possible, or the places where it is offered; the API's words for it)
_ACTIONS: dict[str, tuple[frozenset[Place], tuple[str, ...]]] = {
    "ship": (MOVES["ship"].sources, ("ship",)),
    "label": (_PACKED | frozenset({ROAD[0]}), ("label_download", "label_download_small", "has_barcode_for_printing")),
    "hand_over": (MOVES["hand_over"].sources, ()),
    "cancel": (MOVES["cancel"].sources, ("cancel",)),
}


def target(move: str, place: Place) -> Place | None:
    """Where a move leads from a place, or None where the table has no such move."""
    found = MOVES[move]
    return found.target if place in found.sources else None


def available_actions(state: str, substate: str) -> tuple[str, ...]:
    """What the seller may do now: of ship, label, hand_over, cancel."""
    return tuple(name for name, (places, _) in _ACTIONS.items() if (state, substate) in places)


def api_actions(state: str, substate: str) -> list[str]:
    """The same in the API's words, sorted."""
    return sorted(word for places, words in _ACTIONS.values() if (state, substate) in places for word in words)


def left_the_shop(place: Place) -> bool:
    """Whether the carrier has the goods, so that a cancelled posting comes back as a return."""
    return place == _IN_CARRIAGE or place in _WITH_CARRIER - _MISSED
