"""What time does with tickets: silence solves what waits for the shop, and what is solved closes for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.support import events, queries, states
from sellerdesk.support.errors import TicketState
from sellerdesk.support.models import Ticket
from sellerdesk.support.services import moving

_BATCH = 500


def run_due(now: datetime) -> int:
    """Do all that is due until `now` in all shops, each thing at its own moment. Again changes nothing.

    Returns how many moves.
    """
    terms = queries.terms(now)
    done = _pass(states.WAITING, "solve_by_silence", timedelta(days=terms["silence_days"]), events.SOLVED, now)
    return done + _pass(states.SOLVED, "close", timedelta(days=terms["reopen_days"]), events.CLOSED, now)


def _pass(state: str, name: str, wait: timedelta, event: str, now: datetime) -> int:
    # Solved tickets count from their solution, for a rating does not make them younger.
    column = "solved_at" if state == states.SOLVED else "last_at"
    rows = Ticket.objects.filter(clock.shops(), state=state, **{f"{column}__lte": now - wait}).order_by(column, "id")
    done = 0
    for ticket_id, since in list(rows.values_list("id", column)[:_BATCH]):
        at = since + wait
        try:
            with atomic():
                ticket = queries.any_ticket(ticket_id)
                moving.move(ticket, name, now=at, **({"solved_at": at} if name == "solve_by_silence" else {}))
                moving.told(event, ticket, actor=Actor.system("timetable"), now=at)
        except TicketState:
            # Somebody wrote in this moment: it waits no longer.
            continue
        done += 1
    return done
