"""What the shop does with its tickets: answering, saying that it is solved, opening again, rating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import limits
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef
from sellerdesk.support import events, queries, rules, states
from sellerdesk.support.errors import RatingUnknown, TextTooShort, TicketState, TooLateToReopen
from sellerdesk.support.models import Ticket
from sellerdesk.support.services import keeping, moving
from sellerdesk.support.types import TicketRow

_HOUR = 3600
_SHORTEST_REPLY = 2
RATING_TEXT_MOST = 1000


def reply(*, seller: SellerRef, ticket_id: int, user_id: int, only_own: bool, text: str, files: Sequence[Upload],
          actor: Actor, now: datetime) -> None:
    """Words of the shop. In a solved ticket they open it again.

    Raises TicketNotFound, TextTooShort, TooLateToReopen, TicketState, what `keeping.checked` raises, LimitReached.
    """
    ticket = queries.ticket(seller, ticket_id, user_id=user_id if only_own else None)
    add_words(ticket, text=text, files=files, user_id=user_id, author=actor.label, actor=actor, now=now)


def add_words(ticket: TicketRow, *, text: str, files: Sequence[Upload], user_id: int | None, author: str,
              actor: Actor, now: datetime, via: str = "page", mail_id: str | None = None) -> None:
    """The same for every door. See `reply`."""
    said = text.strip()[:rules.TEXT_MOST]
    if len(said) < _SHORTEST_REPLY and not files:
        raise TextTooShort(_SHORTEST_REPLY)
    kept = keeping.checked(files, now)
    limits.require("support_words", str(ticket.id), limit=60, seconds=_HOUR)
    name = states.of_reply(ticket.state)
    if name == "reopen":
        _still_in_time(ticket, now)
    with atomic():
        moving.move(ticket, name, now=now, **({"solved_at": None} if name == "reopen" else {}))
        keeping.keep(moving.say(ticket.id, side="seller", author=author, text=said, now=now, user_id=user_id, via=via,
                                mail_id=mail_id), kept)
        moving.told(events.REOPENED if name == "reopen" else events.REPLIED, ticket, actor=actor, now=now)


def solve(*, seller: SellerRef, ticket_id: int, user_id: int, only_own: bool, actor: Actor, now: datetime) -> None:
    """The shop has what it wanted. Raises TicketNotFound, TicketState."""
    ticket = queries.ticket(seller, ticket_id, user_id=user_id if only_own else None)
    with atomic():
        moving.move(ticket, "solve", now=now, solved_at=now)
        moving.told(events.SOLVED, ticket, actor=actor, now=now)


def reopen(*, seller: SellerRef, ticket_id: int, user_id: int, only_own: bool, actor: Actor, now: datetime) -> None:
    """Not solved after all. Raises TicketNotFound, TooLateToReopen, TicketState."""
    ticket = queries.ticket(seller, ticket_id, user_id=user_id if only_own else None)
    _still_in_time(ticket, now)
    with atomic():
        moving.move(ticket, "reopen", now=now, solved_at=None)
        moving.told(events.REOPENED, ticket, actor=actor, now=now)


def rate(*, seller: SellerRef, ticket_id: int, user_id: int, only_own: bool, stars: int, text: str, actor: Actor,
         now: datetime) -> None:
    """How it was, from one to five stars, once the ticket is solved; the last word counts.

    Raises TicketNotFound, RatingUnknown, TicketState for a ticket that is not solved.
    """
    ticket = queries.ticket(seller, ticket_id, user_id=user_id if only_own else None)
    if stars not in range(1, 6):
        raise RatingUnknown()
    with atomic():
        if not Ticket.objects.filter(pk=ticket.id, state__in=(states.SOLVED, states.CLOSED)).update(
                rating=stars, rating_text=text.strip()[:RATING_TEXT_MOST]):
            raise TicketState(ticket.number)
        moving.told(events.RATED, ticket, actor=actor, now=now)


def _still_in_time(ticket: TicketRow, now: datetime) -> None:
    days = queries.terms(now)["reopen_days"]
    if ticket.state in (states.SOLVED, states.CLOSED) and not rules.may_reopen(ticket.solved_at, days, now):
        raise TooLateToReopen(ticket.number, days)
