"""What people of a shop can be told of, and by which channels: one table for the matrix, the bell and the mails.

A kind gathers events; whoever lacks its right hears nothing of it. `crowd` kinds come in numbers: an unread note of one
is counted up instead of a second one being written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sellerdesk.sellers import permissions as p

APP, PUSH, MAIL, DIGEST = "app", "push", "mail", "digest"
CHANNELS = (APP, PUSH, MAIL, DIGEST)


@dataclass(frozen=True, slots=True)
class Kind:
    """`usual` are the channels of whoever has chosen nothing. `locked` says why nobody can choose."""

    key: str
    label: Any
    icon: str
    right: str
    events: tuple[str, ...]
    usual: frozenset[str]
    crowd: Callable[[int], str] | None = None
    locked: Any = ""
    #: Only what buyers did: the shop's own half of a talk is no news to it.
    by_buyers: bool = False
    #: Sent by its own domain at once, so that nothing here may send it a second time.
    mailed_elsewhere: bool = False


def _orders(count: int) -> str:
    return ngettext("%(count)s new order", "%(count)s new orders", count) % {"count": count}


def _low(count: int) -> str:
    return ngettext("Stock is running out: %(count)s note", "Stock is running out: %(count)s notes", count) % {
        "count": count}


KINDS: tuple[Kind, ...] = (
    Kind("orders", _("New orders"), "shopping-bag", p.POSTING_VIEW, ("orders.posting.created",),
         frozenset({APP, PUSH}), _orders),
    Kind("requests", _("Buyers who want to cancel"), "message", p.POSTING_CANCEL,
         ("orders.cancel_request.asked", "orders.cancel_request.reminded"),
         frozenset({APP, PUSH, MAIL})),
    Kind("claims", _("Claims and returns"), "truck-return", p.RETURN_VIEW,
         ("returns.claim.opened", "returns.claim.disputed", "returns.claim.reminded", "returns.return.requested"),
         frozenset({APP, PUSH, MAIL})),
    Kind("messages", _("Messages of buyers"), "messages", p.CHAT_VIEW, ("messaging.message.sent",),
         frozenset({APP, PUSH}),
         by_buyers=True),
    Kind("opinions", _("Reviews and questions"), "star", p.REVIEW_VIEW,
         ("messaging.review.written", "messaging.question.asked"), frozenset({APP, DIGEST})),
    Kind("support", _("Answers of support"), "headset", p.TICKET_VIEW,
         ("support.ticket.answered", "support.ticket.solved"), frozenset({APP, PUSH})),
    Kind("penalties", _("Penalties and disputes"), "alert-triangle", p.TERMS_VIEW,
         ("orders.penalty.charged", "orders.dispute.won", "orders.dispute.lost"), frozenset({APP, DIGEST})),
    Kind("moderation", _("Decisions of the moderators"), "shield-check", p.PRODUCT_VIEW,
         ("catalog.case.declined", "catalog.case.revision", "catalog.case.reversed", "catalog.product.stopped"),
         frozenset({APP, DIGEST})),
    Kind("prices", _("Prices held in quarantine"), "tag", p.QUARANTINE_RELEASE, ("pricing.prices.quarantined",),
         frozenset({APP, PUSH})),
    Kind("stock", _("Stock that runs out"), "box", p.STOCK_VIEW, ("inventory.stock.low", "inventory.stock.short"),
         frozenset({APP, DIGEST}), _low),
    Kind("papers", _("Certificates that end"), "file-text", p.PRODUCT_VIEW,
         ("catalog.certificate.ends", "catalog.certificate.expired", "catalog.certificate.declined"),
         frozenset({APP, MAIL})),
    Kind("imports", _("Finished uploads"), "file-import", p.PRODUCT_IMPORT, ("catalog.import.finished",),
         frozenset({APP})),
    Kind("pushes", _("Pushes that have stopped"), "webhook", p.PUSH_EDIT,
         ("notifications.endpoint.paused", "notifications.endpoint.gone"), frozenset({APP, PUSH, MAIL}),
         locked=_("Your programs hear nothing meanwhile, so this is always told."), mailed_elsewhere=True),
)
BY_KEY = {kind.key: kind for kind in KINDS}
OF_EVENT = {event: kind for kind in KINDS for event in kind.events}

#: Told by other domains whatever anybody chooses, shown in the matrix with the reason: name, icon, channels, reason.
ALWAYS: tuple[tuple[Any, str, frozenset[str], Any], ...] = (
    (_("Security of the account"), "shield-lock", frozenset({MAIL}),
     _("Whoever takes over an account would switch this off first.")),
    (_("API keys that end or leak"), "key", frozenset({APP, MAIL}),
     _("Programs stop without a key, and a leaked one must be replaced at once.")),
    (_("New contracts and decisions on papers"), "file-invoice", frozenset({APP}),
     _("The law wants you to know; they also stand above every page and in the inbox.")),
)
