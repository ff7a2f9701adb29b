"""Where a product can be, and the one table of moves between those places.

`archived` is no place but a flag beside it: a product comes back from the archive to where it was. Whatever asks "may
this be done now", and every guarded UPDATE, reads this file.
"""

from __future__ import annotations

from dataclasses import dataclass

DRAFT, PENDING, FAILED = "draft", "pending", "failed"
MODERATING, DECLINED = "moderating", "declined"
PROCESSED, PRICE_SENT, HIDDEN = "processed", "price_sent", "hidden"
ALL = (DRAFT, PENDING, FAILED, MODERATING, DECLINED, PROCESSED, PRICE_SENT, HIDDEN)


@dataclass(frozen=True, slots=True)
class Move:
    """One act: from any of `sources` to `target`. `needs_reason`: the seller must read why."""

    sources: frozenset[str]
    target: str
    needs_reason: bool = False


#: draft, pending → failed | moderating → processed → price_sent ⇄ hidden; declined and failed come back by an edit.
#: `approve` and `show` lead to `processed`; a product with a price takes the move `price` in the same breath.
MOVES: dict[str, Move] = {
    "submit": Move(frozenset({DRAFT, FAILED}), PENDING),
    "fail": Move(frozenset({DRAFT, PENDING}), FAILED, needs_reason=True),
    "examine": Move(frozenset({DRAFT, PENDING, FAILED, DECLINED, PROCESSED, PRICE_SENT, HIDDEN}), MODERATING),
    "approve": Move(frozenset({PENDING, MODERATING, DECLINED}), PROCESSED),
    "decline": Move(frozenset({MODERATING, PROCESSED, PRICE_SENT, HIDDEN}), DECLINED, needs_reason=True),
    "price": Move(frozenset({PROCESSED}), PRICE_SENT),
    "hide": Move(frozenset({PROCESSED, PRICE_SENT}), HIDDEN, needs_reason=True),
    "show": Move(frozenset({HIDDEN}), PROCESSED),
}

#: Buyers see it, as soon as there is stock.
SOLD = frozenset({PRICE_SENT})
#: The content was found to be in order.
ACCEPTED = frozenset({PROCESSED, PRICE_SENT, HIDDEN})
#: The seller has to do something before it can be sold.
WRONG = frozenset({FAILED, DECLINED, HIDDEN})
#: The road of a card that meets no obstacle, in the order a timeline shows it.
ROAD = (DRAFT, PENDING, MODERATING, PROCESSED, PRICE_SENT)

#: Why a product is hidden: a paper it needs is missing or has run out, or an operator stopped it.
NO_PAPER, PAPER_EXPIRED, STOPPED = "no_paper", "paper_expired", "stopped"
HIDDEN_BECAUSE = (NO_PAPER, PAPER_EXPIRED, STOPPED)


def possible(state: str) -> frozenset[str]:
    """The acts that a product in this state allows."""
    return frozenset(act for act, move in MOVES.items() if state in move.sources)


def sources(act: str) -> list[str]:
    """The states an act may start from, for the WHERE of a guarded update."""
    return sorted(MOVES[act].sources)


def after_check(*, priced: bool) -> str:
    """Where a card stands whose content is in order: without a price it waits for one."""
    return PRICE_SENT if priced else PROCESSED
