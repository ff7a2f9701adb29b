"""Papers about goods: handed in, bound to products, looked at, running out and renewed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog import queries, screening, states
from sellerdesk.catalog.errors import CertificateUnknown, unknown_products
from sellerdesk.catalog.models import Certificate, CertificateProduct, PaperFile, Product
from sellerdesk.catalog.services import paperfiles, placing
from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, of_shop
from sellerdesk.core.errors import Conflict, FieldError, Invalid, LimitReached
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

MAX_PRODUCTS = 1000
MAX_CERTIFICATES = 1000
MAX_YEARS = 30
#: What a paper may attest accordance with; the codes are those of the Seller API.
ACCORDANCE = {
    "technical_regulations_eac": _("Technical regulations of the Eurasian Economic Union (EAC)"),
    "technical_regulations_rf": _("Technical regulations of the Russian Federation"),
    "gost": _("Standards (GOST)"),
    "state_registration": _("Uniform sanitary requirements"),
    "other": _("Something else"),
}
#: Why a paper is declined.
DECLINE_REASONS = {
    "unreadable": _("The file cannot be read. Scan it again, all pages, in colour."),
    "number_wrong": _("The number or the dates differ from what stands on the paper."),
    "not_found": _("The paper is not in the public register."),
    "other_goods": _("The paper is about other goods than those it is bound to."),
    "expired": _("The paper has expired."),
    "other_holder": _("The holder of the paper is another company, and there is no contract with it."),
    "infected": _("A virus scanner found something in the file. Make it anew on a clean device."),
    "other": _("See the note."),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate as its seller fills it in."""

    type: str
    number: str
    name: str
    issued_on: date | None
    expires_on: date | None = None
    accordance: str = ""
    brand_id: int | None = None


def check(paper: Paper, today: date) -> list[FieldError]:
    """What is wrong with the data of a paper."""
    wrong: list[FieldError] = []

    def refuse(field: str, code: str, message: Any, value: str = "") -> None:
        wrong.append(FieldError(field, code, message, value))

    if paper.type not in screening.PAPER_KINDS:
        refuse("type", "paper_type_unknown", _("Choose the kind of paper."), paper.type[:40])
    if paper.accordance and paper.accordance not in ACCORDANCE:
        refuse("accordance", "accordance_unknown", _("Choose what the paper attests."), paper.accordance[:40])
    if not paper.number.strip():
        refuse("number", "number_empty", _("Write the number as it stands on the paper."))
    elif len(paper.number) > 100:
        refuse("number", "number_too_long", _("The number is longer than 100 characters."), paper.number[:120])
    if not paper.name.strip():
        refuse("name", "name_empty", _("Give the paper a name by which you find it again."))
    elif len(paper.name) > 200:
        refuse("name", "name_too_long", _("The name is longer than 200 characters."), paper.name[:220])
    if paper.issued_on is None:
        refuse("issued_on", "date_missing", _("Write the day of issue."))
    elif paper.issued_on > today:
        refuse("issued_on", "date_ahead", _("The day of issue lies ahead."), str(paper.issued_on))
    if paper.expires_on is not None and paper.expires_on < today:
        refuse("expires_on", "expired", _("The paper has expired already."), str(paper.expires_on))
    if paper.expires_on is not None and paper.expires_on.year > today.year + MAX_YEARS:
        refuse("expires_on", "date_far", _("No paper holds that long. Leave the day empty if it has no end."),
               str(paper.expires_on))
    if paper.type == "brand" and not paper.brand_id:
        refuse("brand_id", "brand_missing", _("Choose the brand the paper is about."))
    return wrong


def create(*, seller: SellerRef, paper: Paper, files: Sequence[tuple[str, bytes]], product_ids: Collection[int] = (),
           replaces_id: int | None = None, actor: Actor, now: datetime) -> int:
    """Hand in a paper; with files it goes to review at once, without it waits for them. Returns its id.

    A renewal covers the products of the paper it replaces. Raises Invalid naming each field, LimitReached,
    CertificateUnknown for another shop's paper.
    """
    wrong = check(paper, now.date())
    number = paper.number.strip()
    if not wrong and Certificate.objects.filter(seller_id=seller.id, type=paper.type, number=number).exists():
        wrong.append(FieldError("number", "number_taken", _("You have handed in a paper with this number already."),
                                number))
    if wrong or paper.issued_on is None:
        raise Invalid.many(wrong)
    if Certificate.objects.filter(seller_id=seller.id).count() >= MAX_CERTIFICATES:
        raise LimitReached("too_many_certificates", _("A shop can have at most %(limit)s papers about goods."),
                           data={"limit": MAX_CERTIFICATES})
    with atomic():
        covered = set(product_ids)
        if replaces_id is not None:
            _own(seller, replaces_id)
            covered |= set(CertificateProduct.objects.filter(certificate_id=replaces_id).values_list(
                "product_id", flat=True))
        row = Certificate.objects.create(
            seller_id=seller.id, type=paper.type, accordance=paper.accordance, number=number, name=paper.name.strip(),
            issued_on=paper.issued_on, expires_on=paper.expires_on, brand_id=paper.brand_id, replaces_id=replaces_id,
            state="review" if files else "new", created_at=now, sent_at=now if files else None)
        paperfiles.keep(seller_id=seller.id, files=files, now=now, certificate_id=row.pk)
        _bind(seller, row.pk, covered)
        _record(events.CERTIFICATE_ADDED, row, seller.id, actor, now)
    return row.pk


def send(*, seller: SellerRef, certificate_id: int, files: Sequence[tuple[str, bytes]], actor: Actor,
         now: datetime) -> None:
    """Add files to a paper that is new or was declined, and send it to review. Raises Invalid, Conflict."""
    row = _own(seller, certificate_id)
    if not files:
        raise Invalid("files_missing", _("Add the file of the paper."), field="files")
    with atomic():
        moved = Certificate.objects.filter(pk=row.pk, state__in=["new", "declined"]).update(
            state="review", reason="", note="", sent_at=now)
        if not moved:
            raise Conflict("certificate_state", _("Files are added while the paper is new or after it was declined."))
        paperfiles.keep(seller_id=seller.id, files=files, now=now, certificate_id=row.pk)
        _record(events.CERTIFICATE_SENT, row, seller.id, actor, now)


def bind(*, seller: SellerRef, certificate_id: int, product_ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Let a paper cover more products; returns how many were added. Raises Invalid for unknown ones, LimitReached.

    Where the paper is accepted, products that waited for it come back.
    """
    row = _own(seller, certificate_id)
    with atomic():
        added = _bind(seller, row.pk, set(product_ids))
        if added:
            _record(events.CERTIFICATE_BOUND, row, seller.id, actor, now, count=len(added))
        if row.state == "accepted":
            show_again(seller, added, states.NO_PAPER, now=now)
    return len(added)


def unbind(*, seller: SellerRef, certificate_id: int, product_ids: Collection[int], actor: Actor,
           now: datetime) -> int:
    """Take products off a paper; those that need it are hidden. Returns how many were taken off."""
    row = _own(seller, certificate_id)
    with atomic():
        gone = list(CertificateProduct.objects.filter(certificate_id=row.pk, product_id__in=list(product_ids)
                                                      ).values_list("product_id", flat=True))
        CertificateProduct.objects.filter(certificate_id=row.pk, product_id__in=gone).delete()
        if gone:
            _record(events.CERTIFICATE_UNBOUND, row, seller.id, actor, now, count=len(gone))
        hide_lacking(seller, gone, states.NO_PAPER, now=now)
    return len(gone)


def remove(*, seller: SellerRef, certificate_id: int, actor: Actor, now: datetime) -> int:
    """Throw a paper away with its files; goods that need it are hidden. Returns how many were.

    Its line in the history stays. Raises CertificateUnknown.
    """
    row = _own(seller, certificate_id)
    with atomic():
        covered = _covered(row) if row.state == "accepted" else []
        paperfiles.forget(row.pk)
        if not Certificate.objects.filter(pk=row.pk, seller_id=seller.id).delete()[0]:
            raise CertificateUnknown()
        hidden = hide_lacking(seller, covered, states.NO_PAPER, now=now)
        _record(events.CERTIFICATE_REMOVED, row, seller.id, actor, now, count=len(hidden))
    return len(hidden)


def decide(*, certificate_id: int, accepted: bool, reason: str = "", note: str = "", actor: Actor,
           now: datetime) -> None:
    """Accept or decline a paper that waits. Products that waited for it come back by themselves.

    Raises CertificateUnknown, Conflict where it does not wait any more or the virus scanner has not let its files pass,
    Invalid without a reason.
    """
    if not accepted and reason not in DECLINE_REASONS:
        raise Invalid("reason_missing", _("Choose a reason: the seller must know what to correct."), field="reason")
    row = Certificate.objects.filter(pk=certificate_id).first()
    if row is None:
        raise CertificateUnknown()
    if accepted and row.expires_on is not None and row.expires_on < now.date():
        raise Conflict("certificate_expired", _("The paper has expired; it can only be declined."))
    if accepted:
        paperfiles.must_be_clean(row.pk)
    with atomic():
        moved = Certificate.objects.filter(pk=row.pk, state="review").update(
            state="accepted" if accepted else "declined", reason="" if accepted else reason, note=note.strip()[:400],
            decided_at=now, decided_by=actor.label[:200])
        if not moved:
            raise Conflict("certificate_state", _("This paper was decided already."))
        _record(events.CERTIFICATE_ACCEPTED if accepted else events.CERTIFICATE_DECLINED, row, row.seller_id, actor,
                now, reason=reason)
        if accepted:
            seller = sellers.seller_ref(row.seller_id)
            show_again(seller, _covered(row), states.NO_PAPER, now=now)


def decline_infected(key: str, finding: str, now: datetime) -> None:
    """The virus scanner found something in a file: its paper is declined where it waits for a decision."""
    row = Certificate.objects.filter(
        pk__in=PaperFile.objects.filter(storage_key=key).values("certificate_id"), state="review").first()
    if row is not None:
        decide(certificate_id=row.pk, accepted=False, reason="infected", note=finding,
               actor=Actor.system("virus-scanner"), now=now)


def restore(*, seller: SellerRef, certificate_id: int, actor: Actor, now: datetime) -> int:
    """Bring back the products that an expired paper hid, now that a new one covers them. Returns how many.

    Raises Conflict where the paper is not accepted.
    """
    row = _own(seller, certificate_id)
    if row.state != "accepted":
        raise Conflict("certificate_state", _("The paper must be accepted first."))
    with atomic():
        back = show_again(seller, _covered(row), states.PAPER_EXPIRED, now=now)
        if back:
            _record(events.CERTIFICATE_RESTORED, row, seller.id, actor, now, count=len(back))
    return len(back)


def expire_due(*, now: datetime) -> int:
    """End papers whose last day is over, and hide the products that have no other. Returns how many papers ended."""
    due = list(Certificate.objects.filter(
        clock.shops(), state="accepted", expires_on__lt=now.date()).order_by("pk")[:500])
    actor = Actor.system("calendar")
    for row in due:
        with atomic():
            if Certificate.objects.filter(pk=row.pk, state="accepted").update(state="expired"):
                seller = sellers.seller_ref(row.seller_id)
                hidden = hide_lacking(seller, _covered(row), states.PAPER_EXPIRED, now=now)
                _record(events.CERTIFICATE_EXPIRED, row, row.seller_id, actor, now, count=len(hidden))
    return len(due)


def notices_due(*, now: datetime) -> list[tuple[int, int]]:
    """Papers whose end is near, with the days left, each marked as told. For those who write the mails."""
    today = now.date()
    marks = sorted(int(one) for one in dated.get("catalog.certificate_notice_days", "", now).value)
    told: list[tuple[int, int]] = []
    rows = Certificate.objects.filter(clock.shops(), state="accepted", expires_on__gte=today,
                                      expires_on__lte=today + timedelta(days=marks[-1])) if marks else []
    for row in rows:
        left = (row.expires_on - today).days  # type: ignore[operator]
        mark = next(one for one in marks if left <= one)
        waiting = Q(noticed_days=None) | Q(noticed_days__gt=mark)
        with atomic():
            if Certificate.objects.filter(waiting, pk=row.pk).update(noticed_days=mark):
                _record(events.CERTIFICATE_ENDS, row, row.seller_id, Actor.system("calendar"), now, days=left)
                told.append((row.pk, left))
    return told


def show_again(seller: SellerRef, product_ids: Collection[int], because: str, *, now: datetime) -> list[int]:
    """Show products that are hidden for this reason and lack no paper any more. Returns their ids."""
    waiting = list(Product.objects.filter(of_shop(seller.id), id__in=list(product_ids), status=states.HIDDEN,
                                          hidden_because=because).values_list("id", flat=True))
    lacking = placing.missing_papers(seller, waiting, now)
    back = placing.move("show", seller=seller, product_ids=[one for one in waiting if one not in lacking], now=now,
                        errors=[])
    _tell_products(events.PRODUCT_SHOWN, seller, back, now)
    return back


def hide_lacking(seller: SellerRef, product_ids: Collection[int], because: str, *, now: datetime) -> list[int]:
    """Hide those of these products that lack a paper. Returns their ids."""
    lacking = placing.missing_papers(seller, product_ids, now)
    gone = placing.move("hide", seller=seller, product_ids=list(lacking), now=now, hidden_because=because)
    _tell_products(events.PRODUCT_HIDDEN, seller, gone, now, because=because)
    return gone


def _tell_products(event: Any, seller: SellerRef, product_ids: Collection[int], now: datetime, **data: str) -> None:
    activity.record_many([
        activity.Entry(event.name, now, Actor.system("moderation"), seller.id, "product", str(ref.id), ref.offer_id,
                       data=dict(data) or None) for ref in queries.refs(seller, product_ids=list(product_ids))])


def _own(seller: SellerRef, certificate_id: int) -> Certificate:
    row = Certificate.objects.filter(pk=certificate_id, seller_id=seller.id).first()
    if row is None:
        raise CertificateUnknown()
    return row


def _covered(row: Certificate) -> list[int]:
    """The products a paper covers; a brand's paper covers all goods of the brand that wait for one."""
    found = set(CertificateProduct.objects.filter(certificate_id=row.pk).values_list("product_id", flat=True))
    if row.type == "brand":
        found |= set(Product.objects.filter(seller_id=row.seller_id, archived=False, status__in=[
            states.HIDDEN, states.PROCESSED, states.PRICE_SENT]).values_list("id", flat=True))
    return sorted(found)


def _bind(seller: SellerRef, certificate_id: int, product_ids: Collection[int]) -> list[int]:
    """Bind products; the ids that were not bound before."""
    if not product_ids:
        return []
    known = {ref.id for ref in queries.refs(seller, product_ids=list(product_ids))}
    strangers = set(product_ids) - known
    if strangers:
        raise unknown_products("product_ids", [str(min(strangers))])
    bound = set(CertificateProduct.objects.filter(certificate_id=certificate_id).values_list("product_id", flat=True))
    fresh = sorted(known - bound)
    if len(bound) + len(fresh) > MAX_PRODUCTS:
        raise LimitReached("too_many_products", _("A paper covers at most %(limit)s products."),
                           data={"limit": MAX_PRODUCTS})
    CertificateProduct.objects.bulk_create([CertificateProduct(certificate_id=certificate_id, product_id=one)
                                            for one in fresh], ignore_conflicts=True)
    return fresh


def _record(event: Any, row: Certificate, seller_id: int, actor: Actor, now: datetime, **data: Any) -> None:
    activity.record(event.name, now=now, actor=actor, seller_id=seller_id, target_type="certificate", target_id=row.pk,
                    target_label=row.number, data=data or None)
