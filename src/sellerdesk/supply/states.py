"""Where a supply can be, and the one table of moves between those places. The words are the Seller API's.

Whatever asks “may this be done now” (a button, a method of the API, a service) asks this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from sellerdesk.supply.types import Facts

DATA_FILLING = "data_filling"
READY = "ready_to_supply"
AT_DROP_OFF = "accepted_at_supply_warehouse"
IN_TRANSIT = "in_transit"
ACCEPTANCE = "acceptance_at_storage_warehouse"
REPORTS = "reports_confirmation_awaiting"
DISPUTE = "report_rejected"
COMPLETED = "completed"
REJECTED = "rejected_at_supply_warehouse"
CANCELLED = "cancelled"
OVERDUE = "overdue"
STATES = (DATA_FILLING, READY, AT_DROP_OFF, IN_TRANSIT, ACCEPTANCE, REPORTS, DISPUTE, COMPLETED, REJECTED, CANCELLED,
          OVERDUE)
FINAL = frozenset({COMPLETED, REJECTED, CANCELLED})
#: Still with the shop, holding its place in the timetable.
PREPARING = (DATA_FILLING, READY)
#: Tabs of the list: what the shop has to do, then what happens without it.
TABS: dict[str, tuple[str, ...]] = {
    "preparing": (DATA_FILLING, READY, OVERDUE),
    "under_way": (AT_DROP_OFF, IN_TRANSIT, ACCEPTANCE),
    "to_check": (REPORTS, DISPUTE),
    "completed": (COMPLETED,),
    "ended": (CANCELLED, REJECTED),
}
#: The road of a supply that goes as planned, for the picture on its page; receiving points only on the longer one.
ROAD = (DATA_FILLING, READY, AT_DROP_OFF, IN_TRANSIT, ACCEPTANCE, REPORTS, COMPLETED)


@dataclass(frozen=True, slots=True)
class Move:
    """From any of `sources` to `target`; `crossdock` where goods are handed in at a receiving point first."""

    sources: frozenset[str]
    target: str
    crossdock: str = ""


MOVES: dict[str, Move] = {
    # By themselves, when nothing is missing any more, or something is again.
    "fill": Move(frozenset({DATA_FILLING}), READY),
    "reopen": Move(frozenset({READY}), DATA_FILLING),
    # What the shop does.
    "reschedule": Move(frozenset({OVERDUE}), DATA_FILLING),
    "cancel": Move(frozenset({DATA_FILLING, READY, OVERDUE}), CANCELLED),
    "accept_report": Move(frozenset({REPORTS}), COMPLETED),
    "dispute": Move(frozenset({REPORTS}), DISPUTE),
    # What the marketplace does.
    "hand_in": Move(frozenset({READY}), ACCEPTANCE, AT_DROP_OFF),
    "refuse": Move(frozenset({READY}), REJECTED),
    "depart": Move(frozenset({AT_DROP_OFF}), IN_TRANSIT),
    "unload": Move(frozenset({IN_TRANSIT}), ACCEPTANCE),
    "report": Move(frozenset({ACCEPTANCE}), REPORTS),
    "settle": Move(frozenset({DISPUTE}), COMPLETED),
    # What time does.
    "miss": Move(frozenset({DATA_FILLING, READY}), OVERDUE),
}
#: What the shop may ask for, and where.
ACTIONS: dict[str, frozenset[str]] = {
    "set_contents": frozenset({DATA_FILLING}),
    "set_cargoes": frozenset({DATA_FILLING, READY}),
    "set_pass": frozenset({DATA_FILLING, READY}),
    "set_slot": frozenset({DATA_FILLING, READY, OVERDUE}),
    "labels": frozenset({DATA_FILLING, READY, AT_DROP_OFF, IN_TRANSIT}),
    "cancel": MOVES["cancel"].sources,
    "accept_report": MOVES["accept_report"].sources,
    "dispute": MOVES["dispute"].sources,
}
_WHILE_OPEN = frozenset({"set_contents", "set_cargoes", "set_pass"})


def target(move: str, facts: Facts) -> str | None:
    """Where a move leads, or None where the table has no such move from here."""
    found = MOVES[move]
    if facts.state not in found.sources or (move == "fill" and missing(facts)):
        return None
    return found.crossdock if found.crossdock and facts.kind == "crossdock" else found.target


def missing(facts: Facts) -> tuple[str, ...]:
    """What still has to be filled in before the supply may come: slot, cargoes, car."""
    found = [("slot", facts.slot), ("cargoes", facts.packed), ("car", facts.car or facts.kind == "crossdock")]
    return tuple(name for name, there in found if not there)


def may(action: str, facts: Facts) -> bool:
    """Whether the shop may do this now."""
    if facts.state not in ACTIONS[action] or (action in _WHILE_OPEN and facts.closed):
        return False
    if action == "labels":
        return facts.cargoes
    return facts.changes_left > 0 if action == "set_slot" and facts.slot else True


def available_actions(facts: Facts) -> tuple[str, ...]:
    return tuple(action for action in ACTIONS if may(action, facts))
