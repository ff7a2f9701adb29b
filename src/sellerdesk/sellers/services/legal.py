"""Changing legal data of an approved company: asked for with a paper, in force only once an operator approves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries
from sellerdesk.sellers.errors import StateForbids
from sellerdesk.sellers.models import Company, Document, LegalChange, Seller
from sellerdesk.sellers.services import documents, onboarding
from sellerdesk.sellers.services.moving import owners, send_letter
from sellerdesk.sellers.types import SellerRef

#: The registration number is not among them: another number is another company, and needs a shop of its own.
CHANGEABLE = ("legal_name", "local_name", "address", "director")
PAPER = "legal_change"


def ask_change(*, seller: SellerRef, values: Mapping[str, str], reason: str, file_name: str, data: bytes,
               user_id: int, actor: Actor, now: datetime) -> int:
    """Ask for other legal data, with a paper that proves them. The old ones stay in force. Returns the request's id.

    Raises Invalid by field, Conflict while another request is open, StateForbids for data that may still be corrected.
    """
    if not onboarding.approved_once(seller):
        raise StateForbids("company_free", _("These data are not approved yet. They are corrected during the review."))
    profile = queries.profile(seller)
    values = onboarding.clean_company(profile.country, {key: values[key] for key in CHANGEABLE if key in values})
    changes = {field: text for field, text in values.items() if getattr(profile, field) != text}
    if not changes:
        raise Invalid("nothing_changed", _("Nothing differs from the data in force."), field="legal_name")
    wrong = onboarding.company_faults(profile.country, changes, cross_border=profile.cross_border, now=now)
    if wrong:
        raise Invalid.many(wrong)
    if LegalChange.objects.filter(seller_id=seller.id, state="in_review").exists():
        raise Conflict("change_open", _("A change is being reviewed already. Take it back to ask for another one."))
    documents.inspect(data)
    with atomic():
        paper = documents.keep(seller=seller, item_key=PAPER, name=file_name, data=data, user_id=user_id, actor=actor,
                               now=now)
        row = LegalChange.objects.create(seller_id=seller.id, changes=changes, reason=" ".join(reason.split())[:500],
                                         document_id=paper, requested_by_id=user_id, created_at=now)
        activity.record(events.LEGAL_ASKED, now=now, actor=actor, seller_id=seller.id, target_type="legal_change",
                        target_id=row.pk, after=changes)
    return row.pk


def withdraw(*, seller: SellerRef, change_id: int, actor: Actor, now: datetime) -> None:
    """Take a request back. Raises NotFound, Conflict once it was decided."""
    with atomic():
        row = _row(seller.id, change_id)
        _close(row, "withdrawn", "", now)
        activity.record(events.LEGAL_WITHDRAWN, now=now, actor=actor, seller_id=seller.id, target_type="legal_change",
                        target_id=change_id)


def decide(*, seller_id: int, change_id: int, approved: bool, remark: str = "", actor: Actor, now: datetime) -> None:
    """Put the new data into force, or refuse them with a remark. Raises NotFound, Conflict, Invalid."""
    remark = " ".join(remark.split())[:500]
    if not approved and not remark:
        raise Invalid("reason_missing", _("Choose a reason or write one: the seller reads it."), field="remark")
    with atomic():
        row = _row(seller_id, change_id)
        company = Company.objects.filter(pk__in=Seller.objects.filter(pk=seller_id).values("company_id")).get()
        row.before = {field: getattr(company, field) for field in row.changes}
        _close(row, "approved" if approved else "rejected", remark, now)
        if approved:
            Company.objects.filter(pk=company.pk).update(**row.changes)
        Document.objects.filter(pk=row.document_id or 0, state="in_review").update(
            state="approved" if approved else "rejected", reason=remark, reviewed_at=now)
        activity.record(events.LEGAL_APPROVED if approved else events.LEGAL_REJECTED, now=now, actor=actor,
                        seller_id=seller_id, target_type="legal_change", target_id=change_id, before=row.before,
                        after=row.changes, data={"reason": remark})
        seller = queries.seller_ref(seller_id)
        subject, text = ((_("The new legal data of “%(name)s” are in force"), _("We have checked the paper."))
                         if approved else (_("The change of legal data of “%(name)s” was refused"),
                                           _("The old data stay in force.")))
        send_letter(owners(seller_id), subject, text, seller=seller, path="/shop/company/",
                    reason=remark)


def _row(seller_id: int, change_id: int) -> LegalChange:
    row = LegalChange.objects.filter(pk=change_id, seller_id=seller_id).first()
    if row is None:
        raise NotFound()
    return row


def _close(row: LegalChange, state: str, remark: str, now: datetime) -> None:
    if not LegalChange.objects.filter(pk=row.pk, state="in_review").update(
            state=state, remark=remark, before=row.before, closed_at=now):
        raise Conflict("change_decided", _("This change was decided or taken back already."))
