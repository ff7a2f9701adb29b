"""Where a carriage can be, and the one table of moves between those places.

The words are the Seller API's, where an act lists `sended` between formed and received.
"""

from __future__ import annotations

from dataclasses import dataclass

NEW, FORMED, SENDED, RECEIVED, CLOSED, CANCELLED = "new", "formed", "sended", "received", "closed", "cancelled"
STATES = (NEW, FORMED, SENDED, RECEIVED, CLOSED, CANCELLED)
#: The carrier has still to say what it got.
OPEN = (FORMED, SENDED)
FINAL = (RECEIVED, CLOSED, CANCELLED)


@dataclass(frozen=True, slots=True)
class Move:
    sources: frozenset[str]
    target: str


MOVES: dict[str, Move] = {
    "choose": Move(frozenset({NEW}), NEW),
    "approve": Move(frozenset({NEW}), FORMED),
    "cancel": Move(frozenset({NEW}), CANCELLED),
    # The first scan of one of its parcels, the last one, and the end of the term.
    "first_scan": Move(frozenset({FORMED}), SENDED),
    "all_seen": Move(frozenset(OPEN), RECEIVED),
    "close": Move(frozenset(OPEN), CLOSED),
}
_PAPERS = frozenset({FORMED, SENDED, RECEIVED, CLOSED})
#: What a person or program may do, and where.
ACTIONS: dict[str, frozenset[str]] = {
    "choose": MOVES["choose"].sources,
    "approve": MOVES["approve"].sources,
    "cancel": MOVES["cancel"].sources,
    "act": _PAPERS,
    "waybill": _PAPERS,
    "container_labels": _PAPERS,
    "discrepancy_act": frozenset({CLOSED}),
}


def available_actions(state: str, missed: int, containers: int) -> tuple[str, ...]:
    """What may be done with a carriage now. Labels of cargo places need places, a discrepancy act something missing."""
    found = []
    for action, places in ACTIONS.items():
        fits = state in places
        if action == "container_labels":
            fits = fits and containers > 0
        if action == "discrepancy_act":
            fits = missed > 0 and state in _PAPERS
        if fits:
            found.append(action)
    return tuple(found)
