"""What shops learn from accounts."""

from __future__ import annotations

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.events import ACCOUNT_RECOVERED, PASSWORD_RESET
from sellerdesk.core import mail, outbox
from sellerdesk.core.activity import Entry
from sellerdesk.sellers.queries.circle import co_owners


def on_reset(entries: list[Entry]) -> None:
    """An owner got in by a mailed link: the other owners of the shops are told."""
    for entry in entries:
        for email, language in accounts.contacts(co_owners(int(entry.target_id))):
            mail.send(email, "sellers/mail/owner_reset",
                      {"person": entry.target_label, "recovered": entry.event == ACCOUNT_RECOVERED}, language)


def register() -> None:
    outbox.subscribe("sellers.owners_reset", [PASSWORD_RESET, ACCOUNT_RECOVERED], on_reset)
