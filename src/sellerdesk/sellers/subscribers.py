"""What shops learn from accounts."""

from __future__ import annotations

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.events import ACCOUNT_RECOVERED, PASSWORD_RESET
from sellerdesk.core import clock, mail, outbox
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.sellers.queries.circle import co_owners
from sellerdesk.sellers.services import moving


def on_reset(entries: list[Entry]) -> None:
    """An owner got in by a mailed link: the other owners of the shops are told."""
    for entry in entries:
        for email, language in accounts.contacts(co_owners(int(entry.target_id))):
            mail.send(email, "sellers/mail/owner_reset",
                      {"person": entry.target_label, "recovered": entry.event == ACCOUNT_RECOVERED}, language)


#: Events of higher domains that may tick off an item of the checklist. Names, because domains look down only.
_PROGRESS = ("inventory.warehouse.created", "inventory.warehouse.changed", "catalog.product.created",
             "catalog.products.saved", "catalog.products.unarchived")


def on_progress(entries: list[Entry]) -> None:
    """A warehouse or product came: an approved shop may be ready to sell now."""
    now = clock.now()
    for seller_id in sorted({entry.seller_id for entry in entries if entry.seller_id}):
        moving.settle(seller_id=seller_id, actor=Actor.system("checklist"), now=now)


def register() -> None:
    outbox.subscribe("sellers.checklist", _PROGRESS, on_progress)
    outbox.subscribe("sellers.owners_reset", [PASSWORD_RESET, ACCOUNT_RECOVERED], on_reset)
