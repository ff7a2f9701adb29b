"""Reading tickets. Shops see their own, people without the right to all of them only those they wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from sellerdesk.core import clock, crypto, tally, words
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import NotFound
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef
from sellerdesk.support import states
from sellerdesk.support.errors import TicketNotFound
from sellerdesk.support.models import Macro, Ticket, TicketFile, TicketMessage
from sellerdesk.support.topics import BY_KEY, TOPICS
from sellerdesk.support.types import FileRow, MacroRow, MessageRow, QueueFilter, Targets, TicketRow, Topic

_FIELDS = ("id", "seller_id", "user_id", "email", "topic", "subject", "state", "created_at", "last_at", "first_due_at",
           "solve_due_at", "first_answered_at", "solved_at", "assigned_to_id", "rating", "object_kind", "object_id",
           "object_label", "problem_id", "language", "rating_text")
_LONGEST_SEARCH, _LONGEST_NUMBER = 200, 19


def targets(queue: str, at: datetime) -> tuple[Targets, int]:
    """The targets in force for a queue, and the id of their rule."""
    rule = dated.get("support.targets", queue, at)
    return Targets(rule.value["first_hours"], rule.value["solve_hours"]), rule.id


def terms(at: datetime) -> dict[str, int]:
    """Days in which a ticket may be opened again, and after which silence solves it."""
    found: dict[str, int] = dated.get("support.terms", "", at).value
    return found


def _of_shop(seller: SellerRef, user_id: int | None) -> Any:
    rows = Ticket.objects.filter(seller_id=seller.id)
    return rows if user_id is None else rows.filter(user_id=user_id)


def tickets_page(seller: SellerRef, *, user_id: int | None, unsolved: bool, cursor: str | None,
                 limit: int, search: str = "") -> Page[TicketRow]:
    """Tickets of a shop, what was said last on top; with `user_id` only those of one person. One query.

    A search looks through solved ones and the others alike.
    """
    rows = _of_shop(seller, user_id)
    if search.strip():
        rows = _searched(rows, search)
    else:
        rows = rows.filter(state__in=states.UNSOLVED) if unsolved else rows.exclude(state__in=states.UNSOLVED)
    return _page(rows.order_by("-last_at", "-id"), cursor, limit)


def _searched(rows: Any, text: str) -> Any:
    """Those of the number asked for, else those that hold every word in some form.

    Without an index of words: a shop has some hundreds of tickets, and operators look at what waits.
    """
    number = text.strip().upper().removeprefix("T-")
    if number.isdecimal() and len(number) < _LONGEST_NUMBER:
        return rows.filter(Q(pk=int(number)) | Q(search_text__contains=number))
    for part in words.sought(text[:_LONGEST_SEARCH]):
        rows = rows.filter(search_text__contains=part)
    return rows


def _page(rows: Any, cursor: str | None, limit: int) -> Page[TicketRow]:
    if cursor:
        at, last = cursor_decode(cursor, 2)
        rows = rows.filter(Q(last_at__lt=at) | Q(last_at=at, id__lt=last))
    picked = [TicketRow(*row) for row in rows.values_list(*_FIELDS)[:limit + 1]]
    more = len(picked) > limit
    last_row = picked[limit - 1] if more else None
    return Page(picked[:limit], next_cursor=cursor_encode(last_row.last_at.isoformat(), last_row.id)
                if last_row else "", prev_cursor="")


def counts(seller: SellerRef, *, user_id: int | None) -> tuple[int, int]:
    """How many are unsolved, and how many of them wait for the shop. One query."""
    found = _of_shop(seller, user_id).aggregate(open=Count("id", filter=Q(state__in=states.UNSOLVED)),
                                                waiting=Count("id", filter=Q(state__in=states.SELLERS_TURN)))
    return found["open"], found["waiting"]


def sellers_turn(seller: SellerRef, *, user_id: int | None) -> Tally:
    """How many wait for the shop, for the menu."""
    return tally.rows(_of_shop(seller, user_id).filter(state__in=states.SELLERS_TURN))


def waiting(seller: SellerRef, *, user_id: int | None = None, limit: int = 50) -> list[TicketRow]:
    """Tickets that wait for the shop's word, the oldest answer first: what an inbox shows. One query."""
    rows = _of_shop(seller, user_id).filter(state__in=states.SELLERS_TURN).order_by("last_at", "id")
    return [TicketRow(*row) for row in rows.values_list(*_FIELDS)[:limit]]


def ticket(seller: SellerRef, ticket_id: int, *, user_id: int | None) -> TicketRow:
    """Raises TicketNotFound."""
    row = _of_shop(seller, user_id).filter(pk=ticket_id).values_list(*_FIELDS).first()
    if row is None:
        raise TicketNotFound(ticket_id)
    return TicketRow(*row)


def messages(ticket_id: int, *, notes: bool) -> list[MessageRow]:
    """What was said in a ticket asked for before, in order, with files; notes for operators only. Two queries."""
    rows = TicketMessage.objects.filter(ticket_id=ticket_id).order_by("id")
    rows = rows if notes else rows.exclude(side="note")
    files: dict[int, list[FileRow]] = defaultdict(list)
    for values in TicketFile.objects.filter(message__ticket_id=ticket_id).order_by("id").values_list(
            "id", "message_id", "name", "kind", "size_bytes", "storage_key"):
        files[values[1]].append(FileRow(*values))
    return [MessageRow(*row, files=tuple(files.get(row[0], ())))
            for row in rows.values_list("id", "at", "side", "author", "text", "via")]


def file_of(ticket_id: int, file_id: int, *, notes: bool) -> FileRow:
    """A file of a ticket that was asked for before. Raises NotFound."""
    rows = TicketFile.objects.filter(pk=file_id, message__ticket_id=ticket_id)
    rows = rows if notes else rows.exclude(message__side="note")
    row = rows.values_list("id", "message_id", "name", "kind", "size_bytes", "storage_key").first()
    if row is None:
        raise NotFound()
    return FileRow(*row)


# -- for operators -----------------------------------------------------------------------------------------------------


def queue_page(where: QueueFilter, *, cursor: str | None, limit: int) -> Page[TicketRow]:
    """Tickets of all shops and guests, what was said last on top. One query."""
    rows = Ticket.objects.filter(clock.shops())
    if where.state == "turn":
        rows = rows.filter(state__in=states.OPERATORS_TURN)
    elif where.state in states.STATES:
        rows = rows.filter(state=where.state)
    if where.queue:
        rows = rows.filter(topic__startswith=f"{where.queue}.")
    if where.assigned == "me":
        rows = rows.filter(assigned_to_id=where.user_id)
    elif where.assigned == "nobody":
        rows = rows.filter(assigned_to=None)
    if where.search.strip():
        rows = _searched(rows, where.search)
    return _page(rows.order_by("-last_at", "-id"), cursor, limit)


def any_ticket(ticket_id: int) -> TicketRow:
    """Raises TicketNotFound."""
    row = Ticket.objects.filter(pk=ticket_id).values_list(*_FIELDS).first()
    if row is None:
        raise TicketNotFound(ticket_id)
    return TicketRow(*row)


def of_problem(problem_id: int) -> int | None:
    """The ticket that a report of somebody who cannot sign in has become."""
    return Ticket.objects.filter(problem_id=problem_id).values_list("pk", flat=True).first()


def operators_turn() -> Tally:
    """How many tickets wait for an operator, for the menu."""
    return tally.rows(Ticket.objects.filter(clock.shops(), state__in=states.OPERATORS_TURN))


def queue_counts() -> dict[str, int]:
    """How many wait for an operator in each queue. One query."""
    found: dict[str, int] = defaultdict(int)
    for topic, count in Ticket.objects.filter(clock.shops(), state__in=states.OPERATORS_TURN).order_by().values_list(
            "topic").annotate(count=Count("id")):
        found[topic.partition(".")[0]] += count
    return dict(found)


def macros() -> list[MacroRow]:
    """Ready answers by name."""
    return [MacroRow(*row) for row in Macro.objects.order_by("name").values_list(
        "id", "name", "text_en", "text_ru", "text_zh")]


# -- words -------------------------------------------------------------------------------------------------------------


def topics() -> tuple[Topic, ...]:
    return TOPICS


def topic(key: str) -> Topic | None:
    return BY_KEY.get(key)


def topic_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: str(BY_KEY[key].name) for key in set(keys) if key in BY_KEY}


def reply_mark(ticket_id: int) -> str:
    """What stands in the address that answers go to: the ticket and a seal that nobody can make up."""
    return f"{ticket_id}.{crypto.seal('ticket replies', str(ticket_id))[:24]}"
