"""Where a ticket can be, and the one table of moves."""

from __future__ import annotations

from dataclasses import dataclass

NEW, OPEN, WAITING, SOLVED, CLOSED = "new", "open", "waiting", "solved", "closed"
STATES = (NEW, OPEN, WAITING, SOLVED, CLOSED)
#: Here the shop has to say something; here the operator has.
SELLERS_TURN, OPERATORS_TURN = frozenset({WAITING}), frozenset({NEW, OPEN})
UNSOLVED = frozenset({NEW, OPEN, WAITING})


@dataclass(frozen=True, slots=True)
class Move:
    """Who makes it (seller, operator, time), from where, and where it leads; `same` keeps the state."""

    by: frozenset[str]
    sources: frozenset[str]
    target: str


_S, _O, _T = frozenset({"seller"}), frozenset({"operator"}), frozenset({"time"})
MOVES: dict[str, Move] = {
    "take": Move(_O, frozenset({NEW}), OPEN),
    "answer": Move(_O, frozenset({NEW, OPEN, WAITING}), WAITING),
    "reply": Move(_S, frozenset({OPEN, WAITING}), OPEN),
    # Nobody has looked yet; more words do not make it less new.
    "add": Move(_S, frozenset({NEW}), NEW),
    "solve": Move(_S | _O, UNSOLVED, SOLVED),
    "reopen": Move(_S, frozenset({SOLVED, CLOSED}), OPEN),
    "solve_by_silence": Move(_T, frozenset({WAITING}), SOLVED),
    "close": Move(_T, frozenset({SOLVED}), CLOSED),
}


def target(move: str, state: str) -> str | None:
    """Where a move leads from a state, or None where the table has no such move."""
    found = MOVES[move]
    return found.target if state in found.sources else None


def of_reply(state: str) -> str:
    """The move that words of the shop make in a state."""
    return {NEW: "add", SOLVED: "reopen", CLOSED: "reopen"}.get(state, "reply")
