"""What can have happened to tickets. Target: type `ticket`, id its number, label `T-…`. What is said is never here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data of all: topic, subject
OPENED = "support.ticket.opened"
REPLIED = "support.ticket.replied"
ANSWERED = "support.ticket.answered"
SOLVED = "support.ticket.solved"
REOPENED = "support.ticket.reopened"
CLOSED = "support.ticket.closed"
RATED = "support.ticket.rated"
ASSIGNED = "support.ticket.assigned"
NOTED = "support.ticket.noted"
MACRO_SAVED = "support.macro.saved"


def _ticket(row: Any) -> str | None:
    return reverse("support:ticket", args=[row.target_id]) if row.seller_id else None


def register_events() -> None:
    register(
        EventType(OPENED, _("Support ticket %(target)s opened: %(subject)s"), _ticket),
        EventType(REPLIED, _("The shop wrote in ticket %(target)s: %(subject)s"), _ticket),
        EventType(ANSWERED, _("Support answered ticket %(target)s: %(subject)s"), _ticket),
        EventType(SOLVED, _("Ticket %(target)s solved: %(subject)s"), _ticket),
        EventType(REOPENED, _("Ticket %(target)s opened again: %(subject)s"), _ticket),
        EventType(CLOSED, _("Ticket %(target)s closed: %(subject)s"), _ticket),
        EventType(RATED, _("Ticket %(target)s rated: %(subject)s"), _ticket),
        EventType(ASSIGNED, _("%(actor)s took ticket %(target)s"), None),
        EventType(NOTED, _("%(actor)s made a note in ticket %(target)s"), None),
        EventType(MACRO_SAVED, _("%(actor)s saved the ready answer %(target)s"), None),
    )
