"""What an operator does with a shop: approve, ask for corrections, refuse, suspend, let sell again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.sellers import checklist, queries, states
from sellerdesk.sellers.models import FieldRemark, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services.moving import move, settle, tell
from sellerdesk.sellers.types import SellerRef


def possible_acts(state: str) -> frozenset[str]:
    """Which of the acts of this module a shop in a state allows."""
    return states.possible(state)


def approve_shop(*, seller_id: int, actor: Actor, now: datetime) -> SellerRef:
    """Approve a shop; it sells at once if nothing else is required. Doing it again changes nothing.

    Raises NotFound, StateForbids, and Conflict `items_open` while required papers are not approved or data missing.
    """
    seller = queries.seller_ref(seller_id)
    if seller.state in (states.APPROVED, states.ACTIVE):
        return seller
    left = [one for one in queries.progress(seller, now).items
            if one.item.required and one.item.kind in checklist.BEFORE_REVIEW and not one.done]
    if left:
        raise Conflict("items_open", _("Not everything required is in order yet: %(count)s items are open."),
                       data={"count": len(left)})
    with atomic():
        move("approve", seller_id=seller_id, actor=actor, now=now, quiet=True)
        settled = settle(seller_id=seller_id, actor=Actor.system("checklist"), now=now)
        if settled.state == states.APPROVED:
            tell("approve", seller=settled)
    return settled


def ask_changes(*, seller_id: int, remarks: Mapping[str, str], actor: Actor, now: datetime) -> SellerRef:
    """Send a shop back with a remark for each wrong field; refused papers count too.

    `remarks` maps fields of wording.FIELDS to reasons as kept. Raises Invalid `nothing_named` without any.
    """
    remarks = {field: text for field, text in remarks.items() if text}
    unknown = [field for field in remarks if field not in wording.FIELDS]
    if unknown:
        raise Invalid("field_unknown", field="remarks", data={"value": unknown[0][:40]})
    seller = queries.seller_ref(seller_id)
    refused = [(row.file_name, row.reason) for row in queries.documents(seller) if row.state == "rejected"]
    if not remarks and not refused:
        raise Invalid("nothing_named", _("Name at least one field or refuse a document: the seller must know what to "
                                         "correct."), field="remarks")
    with atomic():
        FieldRemark.objects.filter(seller_id=seller_id, field__in=list(remarks), resolved_at=None).update(
            resolved_at=now)
        FieldRemark.objects.bulk_create([FieldRemark(seller_id=seller_id, field=field, text=text, created_at=now)
                                         for field, text in remarks.items()])
        return move("ask_changes", seller_id=seller_id, actor=actor, now=now, remarks=[
            *((wording.FIELDS[field], text) for field, text in remarks.items()), *refused])


def reject_shop(*, seller_id: int, reason: str, note: str, actor: Actor, now: datetime) -> SellerRef:
    """Refuse a shop for good. Raises Invalid without a reason, StateForbids."""
    stored = _reason(reason, note)
    with atomic():
        return move("reject", seller_id=seller_id, actor=actor, now=now, reason=stored)


def suspend_shop(*, seller_id: int, reason: str, note: str, until: datetime | None, actor: Actor,
                 now: datetime) -> SellerRef:
    """Stop a shop from selling, until a moment or further notice. Raises Invalid, StateForbids."""
    stored = _reason(reason, note)
    if until is not None and until <= now:
        raise Invalid.many([FieldError("until", "past", _("Choose a day in the future, or none."))])
    with atomic():
        return move("suspend", seller_id=seller_id, actor=actor, now=now, reason=stored, until=until)


def resume_shop(*, seller_id: int, actor: Actor, now: datetime) -> SellerRef:
    """End a suspension; the shop sells again if its checklist still holds. Raises StateForbids."""
    with atomic():
        move("resume", seller_id=seller_id, actor=actor, now=now, quiet=True)
        settled = settle(seller_id=seller_id, actor=Actor.system("checklist"), now=now, told=False)
        tell("resume" if settled.state == states.ACTIVE else "approve", seller=settled)
        return settled


def resume_due(*, now: datetime) -> int:
    """End suspensions whose time is over. Returns how many."""
    due = list(Seller.objects.filter(clock.shops("pk"), state=states.SUSPENDED, state_until__lte=now).values_list(
        "pk", flat=True)[:500])
    for seller_id in due:
        resume_shop(seller_id=seller_id, actor=Actor.system("calendar"), now=now)
    return len(due)


def _reason(code: str, note: str) -> str:
    stored = wording.stored_reason(code, note, wording.SHOP_REASONS)
    if not stored:
        raise Invalid("reason_missing", _("Choose a reason or write one: the seller reads it."), field="reason")
    return stored
