"""The life of a shop, as one table: which act leads from where to where."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT, IN_REVIEW, NEEDS_CHANGES, REJECTED = "draft", "in_review", "needs_changes", "rejected"
APPROVED, ACTIVE, SUSPENDED, CLOSING, CLOSED = "approved", "active", "suspended", "closing", "closed"
PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Move:
    """One act. `needs_reason`: the seller must read why."""

    sources: frozenset[str]
    target: str
    needs_reason: bool = False


#: draft → in_review → needs_changes | rejected | approved → active → suspended → closing → closed. An approved shop
#: sells as soon as everything required on its checklist is done; that is the act "activate". An active shop may be
#: paused, by the policy on shops that do nothing; its owner ends that with one click.
MOVES: dict[str, Move] = {
    "submit": Move(frozenset({DRAFT, NEEDS_CHANGES}), IN_REVIEW),
    "ask_changes": Move(frozenset({IN_REVIEW}), NEEDS_CHANGES),
    "reject": Move(frozenset({IN_REVIEW, NEEDS_CHANGES}), REJECTED, needs_reason=True),
    "approve": Move(frozenset({IN_REVIEW}), APPROVED),
    "activate": Move(frozenset({APPROVED}), ACTIVE),
    "pause": Move(frozenset({ACTIVE}), PAUSED, needs_reason=True),
    "unpause": Move(frozenset({PAUSED}), APPROVED),
    "suspend": Move(frozenset({APPROVED, ACTIVE, PAUSED}), SUSPENDED, needs_reason=True),
    "resume": Move(frozenset({SUSPENDED}), APPROVED),
    "start_closing": Move(frozenset({APPROVED, ACTIVE, PAUSED, SUSPENDED}), CLOSING),
    "stop_closing": Move(frozenset({CLOSING}), APPROVED),
    "close": Move(frozenset({CLOSING}), CLOSED),
    # Nothing was sold and nothing is owed, so there is nothing to sleep over.
    "give_up": Move(frozenset({DRAFT, IN_REVIEW, NEEDS_CHANGES}), CLOSED),
}

#: Company data may be corrected by the seller as long as nobody has approved them.
FREE_TO_EDIT = frozenset({DRAFT, NEEDS_CHANGES})
#: The papers were found to be in order.
PASSED = frozenset({APPROVED, ACTIVE, PAUSED, SUSPENDED, CLOSING})
#: Nothing leads out of these.
FINAL = frozenset({REJECTED, CLOSED})


def possible(state: str) -> frozenset[str]:
    """The acts that a shop in this state allows."""
    return frozenset(act for act, move in MOVES.items() if state in move.sources)
