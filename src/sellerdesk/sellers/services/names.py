"""Names of shops: asked for, looked at by an operator within two working days, in force only then.

The name of registration is looked at too: one that is refused gives way to the legal name of the company. A refused
change leaves the name as it is.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity, scope
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries, rules, states
from sellerdesk.sellers.errors import ShopNameTaken, StateForbids
from sellerdesk.sellers.models import Company, Membership, NameChange, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services.moving import owners, send_letter
from sellerdesk.sellers.types import SellerRef

FAULTS = {
    "length": _("A shop name has 2 to 140 characters."),
    "letters": _("A shop name needs letters."),
    "emoji": _("Leave out emoji and other pictures."),
    "contact": _("Leave out web addresses, telephone numbers and messengers: buyers write to you in the marketplace."),
    "platform": _("A shop name must not look like the marketplace itself."),
    "boast": _("Leave out words such as “best” or “No. 1”: advertising law asks for proof of them."),
}
_UNWANTED = ("refused", "legal_name", "corrected")


def review_first(*, seller_id: int, name: str, user_id: int, now: datetime) -> None:
    """Put the name of a new shop before an operator. In the transaction of the registration, which tells of it."""
    NameChange.objects.create(seller_id=seller_id, wanted=name, asked_by_id=user_id, created_at=now, due_at=_due(now))


def ask_name(*, seller: SellerRef, name: str, user_id: int, actor: Actor, now: datetime) -> int:
    """Ask for another name; the present one stays until then. Returns the request's id.

    Raises Invalid for a name that breaks the rules, is the present one or was refused before, ShopNameTaken for one of
    the person's other shops, Conflict while a name is being looked at, StateForbids for a shop at its end.
    """
    name = rules.clean_name(name)
    fault = rules.shop_name_fault(name)
    if fault:
        raise Invalid(fault, FAULTS[fault], field="name", data={"value": name[:60]})
    if name == seller.name:
        raise Invalid("name_same", _("The shop has this name already."), field="name", data={"value": name[:60]})
    if seller.state in (*states.FINAL, states.CLOSING):
        raise StateForbids(data={"state": wording.STATES[seller.state]})
    earlier = NameChange.objects.filter(seller_id=seller.id, state__in=_UNWANTED).values_list("wanted", flat=True)
    if name.casefold() in {one.casefold() for one in earlier}:
        raise Invalid("name_refused", _("This name was refused before. Choose another one."), field="name",
                      data={"value": name[:60]})
    others = Membership.objects.filter(user_id=user_id, role="owner").exclude(seller_id=seller.id)
    with scope.across_shops():
        taken = {one.casefold() for one in others.values_list("seller__name", flat=True)}
    if name.casefold() in taken:
        raise ShopNameTaken(field="name", data={"value": name})
    try:
        with atomic():
            row = NameChange.objects.create(seller_id=seller.id, before=seller.name, wanted=name, asked_by_id=user_id,
                                            created_at=now, due_at=_due(now))
            activity.record(events.NAME_ASKED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                            target_id=seller.id, target_label=name, before={"name": seller.name})
    except IntegrityError:
        raise Conflict("name_open", _("A name is being looked at already. Take it back to ask for another one."),
                       field="name") from None
    return row.pk


def withdraw_name(*, seller: SellerRef, actor: Actor, now: datetime) -> None:
    """Take the name asked for back. The name of registration cannot be. Raises Conflict where none waits."""
    with atomic():
        row = NameChange.objects.filter(seller_id=seller.id, state="in_review").exclude(before="").first()
        if row is None:
            raise Conflict("name_decided", _("No name is waiting any more."))
        _close(row, "withdrawn", "", "", now)
        activity.record(events.NAME_WITHDRAWN, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=row.wanted)


def decide_name(*, seller_id: int, change_id: int, decision: str, reason: str = "", note: str = "", name: str = "",
                actor: Actor, now: datetime) -> str:
    """`confirm` the name asked for, `refuse` it, or `correct` it to another `name`. Returns the shop's name.

    Raises NotFound, Conflict once it was decided, Invalid for a refusal without a reason or a wrong name.
    """
    if decision not in ("confirm", "refuse", "correct"):
        raise Invalid("unknown", field="decision", data={"value": decision[:20]})
    remark = wording.stored_reason(reason, note, wording.NAME_REASONS)
    if decision == "refuse" and not remark:
        raise Invalid("reason_missing", _("Choose a reason or write one: the seller reads it."), field="reason")
    name = rules.clean_name(name)
    fault = rules.shop_name_fault(name) if decision == "correct" else ""
    if fault:
        raise Invalid(fault, FAULTS[fault], field="name", data={"value": name[:60]})
    with atomic():
        row = NameChange.objects.filter(pk=change_id, seller_id=seller_id).first()
        if row is None:
            raise NotFound()
        if decision == "confirm":
            state, given, event = "confirmed", row.wanted, events.NAME_CONFIRMED
        elif decision == "correct":
            state, given, event = "corrected", name, events.NAME_CORRECTED
        elif row.before:
            state, given, event = "refused", row.before, events.NAME_REFUSED
        else:
            legal = Company.objects.filter(pk__in=Seller.objects.filter(pk=seller_id).values("company_id"))
            state, event = "legal_name", events.NAME_CORRECTED
            given = legal.values_list("legal_name", flat=True).get()[:rules.SHOP_NAME_MAX]
        _close(row, state, given, remark, now)
        Seller.objects.filter(pk=seller_id).update(name=given)
        activity.record(event, now=now, actor=actor, seller_id=seller_id, target_type="shop", target_id=seller_id,
                        target_label=row.wanted if state == "refused" else given,
                        before={"name": row.before or row.wanted}, after={"name": given}, data={"reason": remark})
        subject, text = _LETTERS[state]
        send_letter(owners(seller_id), subject, text, seller=queries.seller_ref(seller_id), path="/shop/company/",
                    reason=remark)
    return given


_LETTERS = {
    "confirmed": (_("The name “%(name)s” is confirmed"), _("Buyers see the shop under this name now.")),
    "refused": (_("The shop is still called “%(name)s”"), _("The name you asked for was refused.")),
    "legal_name": (_("The shop is called “%(name)s” now"), _(
        "Its name broke the rules, so it carries the name of the company. You can ask for another one.")),
    "corrected": (_("The shop is called “%(name)s” now"), _("Support changed the name you asked for.")),
}


def _due(now: datetime) -> datetime:
    return rules.working_days_later(now, dated.get("sellers.name_review_days", "", now).value)


def _close(row: NameChange, state: str, given: str, remark: str, now: datetime) -> None:
    if not NameChange.objects.filter(pk=row.pk, state="in_review").update(state=state, given=given, remark=remark,
                                                                          closed_at=now):
        raise Conflict("name_decided", _("This name was decided or taken back already."))
