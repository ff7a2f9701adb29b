"""Where a posting can be and the one table of moves between those places.

States and substates are the words of the Seller API. Everything that asks "may this be done now" (a button, the API's
available_actions, a service) asks this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sellerdesk.orders.types import Facts, Place

AWAITING_PACKAGING = "awaiting_packaging"
AWAITING_DELIVER = "awaiting_deliver"
ACCEPTANCE = "acceptance_in_progress"
NOT_ACCEPTED = "not_accepted"
DELIVERING = "delivering"
DELIVERED = "delivered"
CANCELLED = "cancelled"
ARBITRATION = "arbitration"
CLIENT_ARBITRATION = "client_arbitration"
REGISTRATION = "awaiting_registration"

# Every state of the API with its substates, in the order of a posting's life.
SUBSTATES: dict[str, tuple[str, ...]] = {
    "awaiting_verification": ("posting_created",),
    "awaiting_approve": ("posting_created",),
    AWAITING_PACKAGING: ("posting_created", "posting_split_pending", "posting_awaiting_passport_data", "ship_failed"),
    REGISTRATION: ("posting_awaiting_registration", "posting_registration_error",
                   "posting_transferring_to_delivery"),
    AWAITING_DELIVER: ("posting_transferring_to_delivery", "posting_registered", "posting_in_carriage",
                       "posting_not_in_carriage"),
    ACCEPTANCE: ("posting_acceptance_in_progress",),
    NOT_ACCEPTED: ("posting_not_in_sort_center",),
    ARBITRATION: ("posting_in_arbitration",),
    CLIENT_ARBITRATION: ("posting_in_client_arbitration",),
    DELIVERING: ("posting_on_way_to_city", "posting_transferred_to_courier_service", "posting_in_courier_service",
                 "posting_on_way_to_pickup_point", "posting_in_pickup_point", "posting_conditionally_delivered",
                 "posting_returned_to_warehouse"),
    "driver_pickup": ("posting_driver_pick_up",),
    DELIVERED: ("posting_delivered", "posting_received"),
    CANCELLED: ("posting_canceled",),
    "cancelled_from_split_pending": ("posting_canceled",),
}

CREATED: Place = (AWAITING_PACKAGING, "posting_created")
# Where an order starts that has to wait for somebody first, by what it waits for.
STARTS: dict[str, Place] = {
    "": CREATED,
    # The payment of a legal entity, or the marketplace's own look at the buyer.
    "verification": ("awaiting_verification", "posting_created"),
    "approval": ("awaiting_approve", "posting_created"),
    # Customs want the buyer's passport before the parcel may be packed.
    "passport": (AWAITING_PACKAGING, "posting_awaiting_passport_data"),
}
FINAL = frozenset({DELIVERED, CANCELLED, "cancelled_from_split_pending"})
# The API's "unfulfilled": still in the seller's hands, or about to leave them.
UNFULFILLED = ("awaiting_verification", "awaiting_approve", REGISTRATION, AWAITING_PACKAGING, AWAITING_DELIVER,
               ACCEPTANCE)
# Tabs of the list: what the seller has to do, then what happens without them.
TABS: dict[str, tuple[str, ...]] = {
    "to_pack": ("awaiting_verification", "awaiting_approve", AWAITING_PACKAGING, REGISTRATION),
    "to_hand_over": (AWAITING_DELIVER,),
    "on_the_way": (ACCEPTANCE, NOT_ACCEPTED, ARBITRATION, CLIENT_ARBITRATION, DELIVERING, "driver_pickup"),
    "delivered": (DELIVERED,),
    "cancelled": (CANCELLED, "cancelled_from_split_pending"),
}

# The road of a parcel. A scan may jump ahead on it and never leads back: carriers lose scans and send them late.
ROAD: tuple[Place, ...] = (
    ("driver_pickup", "posting_driver_pick_up"),
    (ACCEPTANCE, "posting_acceptance_in_progress"),
    (DELIVERING, "posting_on_way_to_city"),
    (DELIVERING, "posting_transferred_to_courier_service"),
    (DELIVERING, "posting_in_courier_service"),
    (DELIVERING, "posting_on_way_to_pickup_point"),
    (DELIVERING, "posting_in_pickup_point"),
    (DELIVERED, "posting_received"),
)
SCANS = ("picked_up", "accepted", "in_transit", "arrived_in_city", "with_courier", "to_pickup_point",
         "at_pickup_point", "delivered")
CONDITIONALLY: Place = (DELIVERING, "posting_conditionally_delivered")
BROUGHT_BACK: Place = (DELIVERING, "posting_returned_to_warehouse")
SPLIT_PENDING: Place = (AWAITING_PACKAGING, "posting_split_pending")
WITH_DRIVER, _ACCEPTED, _ON_WAY, _IN_CITY, _COURIER, _TO_POINT, _AT_POINT, _RECEIVED = ROAD
_FAILED: Place = (AWAITING_PACKAGING, "ship_failed")
_REGISTERING: Place = (REGISTRATION, "posting_awaiting_registration")
_REGISTRATION_ERROR: Place = (REGISTRATION, "posting_registration_error")
_TRANSFERRING: Place = (REGISTRATION, "posting_transferring_to_delivery")
_REGISTERED: Place = (AWAITING_DELIVER, "posting_registered")
_IN_CARRIAGE: Place = (AWAITING_DELIVER, "posting_in_carriage")
_NOT_IN_CARRIAGE: Place = (AWAITING_DELIVER, "posting_not_in_carriage")
_NOT_ACCEPTED: Place = (NOT_ACCEPTED, "posting_not_in_sort_center")
_DISPUTED: Place = (ARBITRATION, "posting_in_arbitration")
_BUYER_DISPUTE: Place = (CLIENT_ARBITRATION, "posting_in_client_arbitration")
_ENDED: Place = (CANCELLED, "posting_canceled")

_WAITING = frozenset(STARTS.values()) - {CREATED}
_UNPACKED = frozenset({CREATED, _FAILED, _REGISTRATION_ERROR})
_IN_REGISTRATION = frozenset({_REGISTERING, _REGISTRATION_ERROR, _TRANSFERRING})
_PACKED = frozenset((AWAITING_DELIVER, substate) for substate in SUBSTATES[AWAITING_DELIVER])
_UNDER_WAY = frozenset(ROAD[:-1])
_OPEN_DISPUTES = frozenset({_DISPUTED, _BUYER_DISPUTE})
# Everything in which the parcel has not reached the buyer, by the marketplace's own knowledge.
_UNDELIVERED = (_WAITING | _UNPACKED | _IN_REGISTRATION | {SPLIT_PENDING} | _PACKED | _UNDER_WAY | _OPEN_DISPUTES
                | {_NOT_ACCEPTED, BROUGHT_BACK})

_EVERYONE = frozenset({"platform", "aggregator", "3pl_tracking", "non_integrated"})
_BY_SELLER = frozenset({"non_integrated"})
_FOLLOWED = _EVERYONE - _BY_SELLER


@dataclass(frozen=True, slots=True)
class Move:
    """From any of `sources` to `target`, for carriers of these `integrations`.

    `by_carrier` and `by_source` name other targets; an empty target leads back to where the posting came from.
    `also` are more sources for single integrations.
    """

    sources: frozenset[Place]
    target: Place
    integrations: frozenset[str] = _EVERYONE
    by_carrier: Mapping[str, Place] = field(default_factory=dict)
    by_source: Mapping[Place, Place] = field(default_factory=dict)
    also: Mapping[str, frozenset[Place]] = field(default_factory=dict)

    def allows(self, facts: Facts) -> bool:
        return facts.integration in self.integrations and (
            facts.place in self.sources or facts.place in self.also.get(facts.integration, ()))


_BACK: Place = ("", "")


def _along(step: int) -> Move:
    return Move(_PACKED | {_NOT_ACCEPTED, _DISPUTED} | frozenset(ROAD[:step]), ROAD[step])


_SPLIT_ENDED = {SPLIT_PENDING: ("cancelled_from_split_pending", "posting_canceled")}
_OWN_ROAD = frozenset({_ON_WAY, _IN_CITY, _COURIER, _TO_POINT, _AT_POINT, WITH_DRIVER, BROUGHT_BACK})

MOVES: dict[str, Move] = {
    # What sellers do.
    "ship": Move(_UNPACKED, _REGISTERED, by_carrier={"aggregator": _REGISTERING}),
    "hand_over": Move(_PACKED - {_IN_CARRIAGE}, _IN_CARRIAGE, _FOLLOWED),
    "take_out": Move(frozenset({_IN_CARRIAGE}), _NOT_IN_CARRIAGE, _FOLLOWED),
    "arbitration": Move(frozenset({_NOT_ACCEPTED, _ACCEPTED, _ON_WAY}), _DISPUTED, _FOLLOWED),
    "awaiting_delivery": Move(frozenset({_NOT_ACCEPTED, _DISPUTED}), _NOT_IN_CARRIAGE, _FOLLOWED),
    "delivering": Move(_PACKED | {BROUGHT_BACK, WITH_DRIVER}, _ON_WAY, _BY_SELLER),
    "last_mile": Move(frozenset({_ON_WAY, _IN_CITY, WITH_DRIVER}), _COURIER, _BY_SELLER),
    "delivered": Move(frozenset({_COURIER, _AT_POINT}), CONDITIONALLY, _BY_SELLER),
    "bring_back": Move(_OWN_ROAD - {BROUGHT_BACK}, BROUGHT_BACK, _BY_SELLER),
    "pass_to_courier": Move(_PACKED, WITH_DRIVER, _BY_SELLER),
    # The seller may end a posting until the carrier has it, and where the shop itself delivers until the buyer has it;
    # everybody else until the buyer has it.
    "cancel": Move(_WAITING | _UNPACKED | _IN_REGISTRATION | _PACKED | {_NOT_ACCEPTED}, _ENDED,
                   also={"non_integrated": _OWN_ROAD}),
    # Single units leave only a posting that is not packed yet.
    "cancel_units": Move(frozenset({CREATED, _FAILED}), _ENDED),
    "cancel_under_way": Move(_UNDELIVERED, _ENDED, by_source=_SPLIT_ENDED),
    # What others report.
    "verification_passed": Move(frozenset({STARTS["verification"]}), CREATED),
    "approval_passed": Move(frozenset({STARTS["approval"]}), CREATED),
    "passport_given": Move(frozenset({STARTS["passport"]}), CREATED),
    "split_held": Move(frozenset({CREATED}), SPLIT_PENDING),
    "split_released": Move(frozenset({SPLIT_PENDING}), CREATED),
    "registration_accepted": Move(frozenset({_REGISTERING}), _TRANSFERRING),
    "registration_succeeded": Move(_IN_REGISTRATION, _REGISTERED),
    "registration_failed": Move(frozenset({_REGISTERING, _TRANSFERRING}), _REGISTRATION_ERROR),
    "packing_failed": Move(_IN_REGISTRATION | (_PACKED - {_IN_CARRIAGE}), _FAILED),
    "dispute_opened": Move(_UNDER_WAY | {_IN_CARRIAGE, CONDITIONALLY, BROUGHT_BACK}, _BUYER_DISPUTE),
    "dispute_dismissed": Move(frozenset({_BUYER_DISPUTE}), _BACK),
    "dispute_upheld": Move(frozenset({_BUYER_DISPUTE}), _ENDED),
    "arbitration_won": Move(frozenset({_DISPUTED}), _ENDED),
    "arbitration_lost": Move(frozenset({_DISPUTED}), _ENDED),
    "delivery_confirmed": Move(frozenset({CONDITIONALLY}), (DELIVERED, "posting_delivered")),
    # What carriers see.
    **{f"scan.{code}": _along(step) for step, code in enumerate(SCANS[:-1])},
    # The buyer has it after all, whatever was disputed.
    "scan.delivered": Move(_PACKED | _UNDER_WAY | _OPEN_DISPUTES | {_NOT_ACCEPTED, CONDITIONALLY}, _RECEIVED),
    "scan.not_accepted": Move(_PACKED, _NOT_ACCEPTED),
    # Nobody collected it, or it is gone: the posting ends, see services/tracking.py.
    "scan.returning": Move(_UNDER_WAY, _ENDED),
    "scan.lost": Move(_PACKED | _UNDER_WAY | {_NOT_ACCEPTED, _DISPUTED}, _ENDED),
}

# Goods that lie with the marketplace (FBO): its people pick, pack and bring them, the shop only looks on.
PICKING: Place = (AWAITING_PACKAGING, "posting_packing")
PICKED: Place = (AWAITING_DELIVER, "posting_transferring_to_delivery")
FULFIL_STEPS = ("picking", "packed")
_FBO_WAY = (_ON_WAY, _IN_CITY, _COURIER, _TO_POINT, _AT_POINT)
_FBO_SCANS = {"picked_up": 0, "accepted": 0, "in_transit": 0, "arrived_in_city": 1, "with_courier": 2,
              "to_pickup_point": 3, "at_pickup_point": 4}
_FBO_INSIDE = frozenset({CREATED, PICKING, PICKED})
FBO_MOVES: dict[str, Move] = {
    "fulfil.picking": Move(frozenset({CREATED}), PICKING),
    "fulfil.packed": Move(frozenset({CREATED, PICKING}), PICKED),
    **{f"scan.{code}": Move(frozenset({PICKED, *_FBO_WAY[:step]}), _FBO_WAY[step])
       for code, step in _FBO_SCANS.items()},
    "scan.delivered": Move(frozenset({PICKED, *_FBO_WAY}), _RECEIVED),
    "scan.returning": Move(frozenset(_FBO_WAY), _ENDED),
    "scan.lost": Move(frozenset({PICKED, *_FBO_WAY}), _ENDED),
    # Buyers and the marketplace may end it until the buyer has it; the shop has no say.
    "cancel_under_way": Move(_FBO_INSIDE | frozenset(_FBO_WAY), _ENDED),
}

FBO_PLACES = frozenset({*_FBO_INSIDE, *_FBO_WAY, _RECEIVED, _ENDED})

_LABELLED = _FOLLOWED - {"3pl_tracking"}
_TRACKED = frozenset({"3pl_tracking", "non_integrated"})
_ASYNC = frozenset({_FAILED, _REGISTRATION_ERROR})


def target(move: str, facts: Facts) -> Place | None:
    """Where a move leads, or None where the table has no such move for this posting."""
    if facts.scheme == "fbo":
        own = FBO_MOVES.get(move)
        return own.target if own is not None and own.allows(facts) else None
    found = MOVES[move]
    if not found.allows(facts):
        return None
    if move == "hand_over" and facts.integration == "3pl_tracking" and not facts.tracking:
        return None
    if move == "pass_to_courier" and not facts.express:
        return None
    if found.target == _BACK:
        return place_of(facts.previous)
    return found.by_source.get(facts.place) or found.by_carrier.get(facts.integration) or found.target


def place_of(substate: str) -> Place | None:
    """The place of a substate that only one state has."""
    places = [(state, substate) for state, members in SUBSTATES.items() if substate in members]
    return places[0] if len(places) == 1 else None


def available_actions(facts: Facts) -> tuple[str, ...]:
    """What the seller may do now. The names are those of MOVES and of what changes no place: describe, split,
    label, set_track_number, set_cutoff, set_timeslot.
    """
    return tuple(name for name in _ACTIONS if may(name, facts))


def may(action: str, facts: Facts) -> bool:
    """Whether the seller may do one of `available_actions` now."""
    if facts.scheme == "fbo":
        return False
    match action:
        case "ship":
            return target("ship", facts) is not None and not facts.requirements_open
        case "describe":
            return facts.requirements_open and target("ship", facts) is not None
        case "split":
            return facts.place in (CREATED, _FAILED)
        case "label":
            return facts.integration in _LABELLED and facts.place in _PACKED | {WITH_DRIVER, _ACCEPTED}
        case "set_track_number":
            return facts.integration in _TRACKED and (
                facts.place in _PACKED or facts.place in _OWN_ROAD or facts.place == _ACCEPTED)
        case "set_cutoff":
            return facts.scheme == "rfbs" and facts.place in {CREATED, _FAILED, *_PACKED} - {_IN_CARRIAGE}
        case "set_timeslot":
            return (facts.integration == "non_integrated" and facts.slots_left > 0
                    and facts.place in {CREATED, _FAILED, *_PACKED, *_OWN_ROAD})
        case _:
            return target(action, facts) is not None


# action -> the API's words for it
_ACTIONS: dict[str, tuple[str, ...]] = {
    "ship": ("ship",),
    # Instead of ship, while packing waits for data about the goods.
    "describe": ("ship_with_additional_info",),
    "split": (),
    "label": ("label_download", "label_download_small", "has_barcode_for_printing"),
    "hand_over": (),
    "set_track_number": ("set_track_number",),
    "pass_to_courier": (),
    "delivering": ("non_int_delivering",),
    "last_mile": ("non_int_last_mile",),
    "delivered": ("non_int_delivered",),
    "bring_back": (),
    "set_cutoff": ("set_cutoff",),
    "set_timeslot": ("set_timeslot",),
    "arbitration": ("arbitration",),
    "awaiting_delivery": ("awaiting_delivery",),
    "cancel": ("cancel",),
    "cancel_units": ("product_cancel",),
}


def api_actions(facts: Facts) -> list[str]:
    """The same in the API's words, sorted; with them what the API calls an action and is only a fact."""
    words = {word for name in available_actions(facts) for word in _ACTIONS[name]}
    if facts.place in _ASYNC:
        words.add("ship_async_retry")
    if facts.place in _IN_REGISTRATION - _ASYNC:
        words.add("ship_async_in_process")
    if facts.tracking and facts.integration == "3pl_tracking" and facts.state not in FINAL:
        words.add("click_track_number")
    if facts.scheme == "rfbs" and facts.state not in FINAL:
        words.add("customer_phone_available")
    return sorted(words)


def left_the_shop(place: Place, previous: str = "") -> bool:
    """Whether the carrier has the goods, so that a cancelled posting comes back as a return.

    A dispute leaves them where they were before it.
    """
    if place in _OPEN_DISPUTES:
        before = place_of(previous)
        return before is not None and before not in _OPEN_DISPUTES and left_the_shop(before)
    return place in _UNDER_WAY or place in (_IN_CARRIAGE, CONDITIONALLY)
