"""The life of a posting as the contract tells it, written down a second time.

Nothing here is taken from the product: a mistake in its table has to be made here again to go unnoticed. A line is
`move | carriers | from | to`. Places are `state/substate` in short, see SHORT; `*` stands for all carriers, several
are joined by `+`.
"""

from __future__ import annotations

Place = tuple[str, str]

INTEGRATIONS = ("platform", "aggregator", "3pl_tracking", "non_integrated")
_LETTERS = {"p": "platform", "a": "aggregator", "t": "3pl_tracking", "n": "non_integrated"}

SHORT: dict[str, Place] = {
    "verify": ("awaiting_verification", "posting_created"),
    "approve": ("awaiting_approve", "posting_created"),
    "passport": ("awaiting_packaging", "posting_awaiting_passport_data"),
    "new": ("awaiting_packaging", "posting_created"),
    "split": ("awaiting_packaging", "posting_split_pending"),
    "failed": ("awaiting_packaging", "ship_failed"),
    "reg": ("awaiting_registration", "posting_awaiting_registration"),
    "regerror": ("awaiting_registration", "posting_registration_error"),
    "regsent": ("awaiting_registration", "posting_transferring_to_delivery"),
    "sent": ("awaiting_deliver", "posting_transferring_to_delivery"),
    "packed": ("awaiting_deliver", "posting_registered"),
    "carriage": ("awaiting_deliver", "posting_in_carriage"),
    "left": ("awaiting_deliver", "posting_not_in_carriage"),
    "driver": ("driver_pickup", "posting_driver_pick_up"),
    "accepted": ("acceptance_in_progress", "posting_acceptance_in_progress"),
    "missing": ("not_accepted", "posting_not_in_sort_center"),
    "arbitration": ("arbitration", "posting_in_arbitration"),
    "dispute": ("client_arbitration", "posting_in_client_arbitration"),
    "way": ("delivering", "posting_on_way_to_city"),
    "city": ("delivering", "posting_transferred_to_courier_service"),
    "courier": ("delivering", "posting_in_courier_service"),
    "topoint": ("delivering", "posting_on_way_to_pickup_point"),
    "point": ("delivering", "posting_in_pickup_point"),
    "conditional": ("delivering", "posting_conditionally_delivered"),
    "back": ("delivering", "posting_returned_to_warehouse"),
    "delivered": ("delivered", "posting_delivered"),
    "received": ("delivered", "posting_received"),
    "cancelled": ("cancelled", "posting_canceled"),
    "splitend": ("cancelled_from_split_pending", "posting_canceled"),
}

_TABLE = """
ship | p+t+n | new failed regerror | packed
ship | a | new failed regerror | reg
hand_over | p+a | sent packed left | carriage
hand_over | t, tracked | sent packed left | carriage
take_out | p+a+t | carriage | left
arbitration | p+a+t | missing accepted way | arbitration
awaiting_delivery | p+a+t | missing arbitration | left
delivering | n | sent packed left carriage driver back | way
last_mile | n | way city driver | courier
delivered | n | courier point | conditional
bring_back | n | driver way city courier topoint point | back
pass_to_courier | n, express | sent packed left carriage | driver
cancel | * | verify approve passport new failed reg regerror regsent sent packed left carriage missing | cancelled
cancel | n | driver way city courier topoint point back | cancelled
cancel_units | * | new failed | cancelled
cancel_under_way | * | verify approve passport new failed reg regerror regsent sent packed left carriage | cancelled
cancel_under_way | * | driver accepted missing arbitration dispute way city courier topoint point back | cancelled
cancel_under_way | * | split | splitend
verification_passed | * | verify | new
approval_passed | * | approve | new
passport_given | * | passport | new
split_held | * | new | split
split_released | * | split | new
registration_accepted | * | reg | regsent
registration_succeeded | * | reg regerror regsent | packed
registration_failed | * | reg regsent | regerror
packing_failed | * | reg regerror regsent sent packed left | failed
dispute_opened | * | carriage driver accepted way city courier topoint point conditional back | dispute
dispute_dismissed | * | dispute | before
dispute_upheld | * | dispute | cancelled
arbitration_won | * | arbitration | cancelled
arbitration_lost | * | arbitration | cancelled
delivery_confirmed | * | conditional | delivered
scan.picked_up | * | sent packed left carriage missing arbitration | driver
scan.accepted | * | sent packed left carriage missing arbitration driver | accepted
scan.in_transit | * | sent packed left carriage missing arbitration driver accepted | way
scan.arrived_in_city | * | sent packed left carriage missing arbitration driver accepted way | city
scan.with_courier | * | sent packed left carriage missing arbitration driver accepted way city | courier
scan.to_pickup_point | * | sent packed left carriage missing arbitration driver accepted way city courier | topoint
scan.at_pickup_point | * | sent packed left carriage missing arbitration driver accepted way city courier topoint | point
scan.delivered | * | sent packed left carriage missing arbitration driver accepted way city courier topoint | received
scan.delivered | * | point conditional dispute | received
scan.not_accepted | * | sent packed left carriage | missing
scan.returning | * | driver accepted way city courier topoint point | cancelled
scan.lost | * | sent packed left carriage missing arbitration driver accepted way city courier topoint point | cancelled
"""


def _read(table: str) -> dict[str, dict[tuple[str, Place], tuple[str, str]]]:
    """move -> (carrier, place) -> (short target, condition)"""
    moves: dict[str, dict[tuple[str, Place], tuple[str, str]]] = {}
    for line in table.strip().splitlines():
        name, carriers, sources, to = (part.strip() for part in line.split("|"))
        letters, _, condition = carriers.partition(", ")
        for letter in letters.replace("*", "p+a+t+n").split("+"):
            for source in sources.split():
                moves.setdefault(name, {})[_LETTERS[letter], SHORT[source]] = to, condition
    return moves


MOVES = _read(_TABLE)
_BEFORE = {place[1]: place for place in SHORT.values() if place[1] not in ("posting_created", "posting_canceled")}


def target(move: str, place: Place, integration: str, *, previous: str = "", tracking: bool = False,
           express: bool = False) -> Place | None:
    """Where the contract lets a move lead, or None where it must be refused."""
    to, condition = MOVES[move].get((integration, place), ("", ""))
    if not to or (condition == "tracked" and not tracking) or (condition == "express" and not express):
        return None
    return _BEFORE.get(previous) if to == "before" else SHORT[to]
