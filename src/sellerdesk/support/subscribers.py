"""Reactions to news: who cannot sign in and asked for help gets a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.accounts import events as accounts
from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.support import services


def register() -> None:
    outbox.subscribe("support.signin_problems", [accounts.PROBLEM_ASKED], open_tickets)


def open_tickets(entries: Sequence[Entry]) -> None:
    for entry in entries:
        services.open_for_problem(problem_id=int(entry.target_id), now=entry.at)
