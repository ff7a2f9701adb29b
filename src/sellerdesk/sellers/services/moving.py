"""Moving a shop from state to state: guarded, recorded, told to its owners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import activity, mail
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import fill
from sellerdesk.core.ui import formats
from sellerdesk.sellers import events, events_onboarding, queries, states
from sellerdesk.sellers.errors import StateForbids
from sellerdesk.sellers.models import Membership, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.types import SellerRef

_EVENTS = {
    "submit": events_onboarding.SUBMITTED, "ask_changes": events_onboarding.CHANGES_ASKED,
    "reject": events_onboarding.REJECTED, "approve": events.SHOP_APPROVED, "activate": events_onboarding.ACTIVATED,
    "suspend": events_onboarding.SUSPENDED, "resume": events_onboarding.RESUMED,
    "pause": events_onboarding.PAUSED, "unpause": events_onboarding.UNPAUSED,
    "start_closing": events_onboarding.CLOSING_STARTED, "stop_closing": events_onboarding.CLOSING_STOPPED,
    "close": events.SHOP_CLOSED, "give_up": events.SHOP_CLOSED,
}
#: Subject and text of the mail to the owners.
_MAILS: Mapping[str, tuple[Any, Any]] = {
    "submit": (_("We have the papers of “%(name)s”"), _(
        "An operator looks at them within two working days. You get a mail then. Meanwhile you can prepare "
        "warehouses, products and prices.")),
    "ask_changes": (_("The papers of “%(name)s” need corrections"), _(
        "Please correct what is named below and send the shop for review again. Everything else is kept.")),
    "reject": (_("The shop “%(name)s” was refused"), _("After looking at the papers we cannot let this shop sell.")),
    "approve": (_("The shop “%(name)s” is approved"), _(
        "The papers are in order. A few steps are left before buyers see your goods; the checklist shows them.")),
    "activate": (_("Your shop “%(name)s” is open"), _("Everything is in order. Your shop may sell now.")),
    "suspend": (_("The shop “%(name)s” is suspended"), _(
        "Buyers do not see its goods until further notice. Orders already taken are still due, and all pages stay "
        "open to you.")),
    "resume": (_("The shop “%(name)s” is no longer suspended"), _("The shop may sell again.")),
    "pause": (_("The shop “%(name)s” is paused"), _(
        "Buyers do not see its goods. Orders already taken are still due. Nothing is lost: an owner lets it sell again "
        "with one click.")),
    "unpause": (_("The shop “%(name)s” sells again"), _("The pause is over.")),
    "start_closing": (_("The shop “%(name)s” is closing"), _(
        "From now on buyers do not see its goods. Orders already taken are still due. Until the day below you can stop "
        "the closing, and everything is as it was. If it was not an owner of yours who did this, stop it and change "
        "your password.")),
    "stop_closing": (_("The shop “%(name)s” is not being closed any more"), _(
        "The closing was stopped. Nothing was erased.")),
    "close": (_("The shop “%(name)s” is closed"), _(
        "Its API keys are stopped and data about people are erased. Bookings and tax documents are kept as long as the "
        "law asks. The certificate of closing lies on the page of your shops.")),
    "give_up": (_("The shop “%(name)s” is closed"), _(
        "It was never approved, so it closed at once. Papers and data about people are erased; only the history is "
        "kept.")),
}
_PATHS = {"activate": "/shop/first-steps/", "start_closing": "/shop/closing/", "stop_closing": "/shop/closing/",
          "close": "/shops/", "give_up": "/shops/"}


def move(act: str, *, seller_id: int, actor: Actor, now: datetime, reason: str = "", until: datetime | None = None,
         quiet: bool = False, remarks: Iterable[tuple[Any, str]] = ()) -> SellerRef:
    """Do one act of states.MOVES in the transaction of the caller. `remarks` are (field or document, reason as kept).

    Raises NotFound, and StateForbids where the shop is in another state meanwhile.
    """
    step = states.MOVES[act]
    before = queries.seller_ref(seller_id)
    moved = Seller.objects.filter(pk=seller_id, state=before.state, state__in=step.sources).update(
        state=step.target, state_reason=reason, state_until=until, state_at=now)
    if not moved:
        raise StateForbids(data={"state": wording.STATES.get(before.state, before.state)})
    seller = queries.seller_ref(seller_id)
    activity.record(_EVENTS[act], now=now, actor=actor, seller_id=seller_id, target_type="shop", target_id=seller_id,
                    target_label=seller.name, before={"state": before.state}, after={"state": seller.state},
                    data={"reason": reason, "until": until.isoformat() if until else ""})
    if not quiet:
        tell(act, seller=seller, reason=reason, until=until, remarks=remarks)
    return seller


def tell(act: str, *, seller: SellerRef, reason: str = "", until: datetime | None = None,
         remarks: Iterable[tuple[Any, str]] = ()) -> None:
    """Write to every owner, in their language, what happened and where to go on."""
    subject, text = _MAILS[act]
    send_letter(owners(seller.id), subject, text, seller=seller, reason=reason, until=until,
                remarks=remarks, path=_PATHS.get(act, "/shop/onboarding/"))


def send_letter(people: Iterable[int], subject: Any, text: Any, *, seller: SellerRef, path: str, reason: str = "",
                until: datetime | None = None, remarks: Iterable[tuple[Any, str]] = ()) -> None:
    """One mail to each person, in their language. `reason` and those of `remarks` are as kept."""
    remarks = list(remarks)
    for email, language in accounts.contacts(people):
        with translation.override(language or "en"):
            context = {"subject_line": fill(subject, {"name": seller.name}), "text": str(text), "path": path,
                       "reason": wording.reason_text(reason), "until": formats.when(until) if until else "",
                       "remarks": [(str(label), wording.reason_text(stored)) for label, stored in remarks]}
        mail.send(email, "sellers/mail/state", context, language or "en")


def owners(seller_id: int) -> list[int]:
    return list(Membership.objects.filter(seller_id=seller_id, role="owner").values_list("user_id", flat=True))


def settle(*, seller_id: int, actor: Actor, now: datetime, told: bool = True) -> SellerRef:
    """Let an approved shop sell once everything required on its checklist is done. In the caller's transaction."""
    from sellerdesk.sellers import checklist

    seller = queries.seller_ref(seller_id)
    if seller.state != states.APPROVED:
        return seller
    if checklist.open_before_selling(queries.progress(seller, now).items):
        return seller
    return move("activate", seller_id=seller_id, actor=actor, now=now, quiet=not told)
