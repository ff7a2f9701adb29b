"""Making documents of money: asked for by people and programs, or by themselves when a month has ended.

A short one is made at once, a long one is a job. The same document of an unchanged ledger is not made twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import structlog
from django.db.models import Q
from django_tasks import task

from sellerdesk.core import activity, clock, jobs, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.ui import formats
from sellerdesk.finance import events, periods
from sellerdesk.finance.errors import DocumentUnknown, DocumentUnready, PeriodOpen
from sellerdesk.finance.models import ShopBalance, Transaction
from sellerdesk.finance.models_documents import Document
from sellerdesk.finance.queries import companies, figures
from sellerdesk.finance.queries.documents import TYPES
from sellerdesk.finance.services import drawing
from sellerdesk.finance.texts import DOCUMENTS
from sellerdesk.finance.types.documents import DocumentFile
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

log = structlog.get_logger(__name__)
ARCHIVIST = Actor.system("documents")
#: Documents of so many bookings are made while somebody waits.
AT_ONCE = 2_000
#: What is made by itself when a month, or a quarter, has ended.
_MONTHLY, _QUARTERLY = ("realization_month", "commission_invoice", "b2b_sales", "buyout"), ("mutual_settlement",)
_PREFIX = {"realization_month": "R", "realization_day": "RD", "realization_posting": "RP", "mutual_settlement": "MS",
           "commission_invoice": "I", "compensation": "C", "decompensation": "DC", "b2b_sales": "B", "buyout": "BO"}
#: Made by themselves only where companies bought: these kinds of sales.
_COMPANIES = {"b2b_sales": "invoice", "buyout": "buyout"}
_A_TURN = 200


@task(queue_name="slow")
def build_document(document_id: int) -> None:
    """The job of a long document."""
    build(document_id=document_id, now=clock.now())


def days_of(kind: str, day: date) -> tuple[date, date]:
    """The days that a document of a kind covers: a day, a quarter, or a month."""
    if kind == "realization_day":
        return day, day
    return periods.quarter_of(day) if kind == "mutual_settlement" else periods.month_of(day.year, day.month)


def make_document(*, seller: SellerRef, kind: str, day: date, language: str, actor: Actor, now: datetime,
                  report_type: str = "", params: Mapping[str, str] | None = None) -> str:
    """Ask for the document of the month, quarter or day that `day` lies in; returns its code.

    Raises PeriodOpen while the period still runs, KeyError for a kind that is none.
    """
    start, end = days_of(kind, day)
    if periods.local_day(now, seller.time_zone) <= end:
        raise PeriodOpen(data={"day": formats.day(end + timedelta(days=1))})
    bookings = figures.booked(seller, start, end)
    same = Document.objects.filter(
        seller_id=seller.id, kind=kind, start_day=start, end_day=end, language=language, bookings=bookings).exclude(
        state="failed").exclude(files={}, state="success").order_by("-id").first()
    if same:
        if same.state == "waiting" and bookings <= AT_ONCE:
            # Asked for by the calendar; whoever waits for it now need not wait for the worker.
            build(document_id=same.pk, now=now)
        return same.code
    document = _ask(seller, kind, start, end, language, bookings, actor, now, report_type, params)
    if bookings > AT_ONCE:
        jobs.enqueue(build_document, document.pk, seller_id=seller.id, unique_key=f"finance.document:{document.pk}")
    else:
        build(document_id=document.pk, now=now)
    return document.code


def _ask(seller: SellerRef, kind: str, start: date, end: date, language: str, bookings: int, actor: Actor,
         now: datetime, report_type: str = "", params: Mapping[str, str] | None = None) -> Document:
    kept = dated.get("finance.documents_kept", "", now).value["days"]
    earlier = Document.objects.filter(seller_id=seller.id, kind=kind, start_day=start, end_day=end).count()
    day = f"{start:%Y%m}" + (f"{start:%d}" if kind == "realization_day" else "")
    return Document.objects.create(
        seller_id=seller.id, kind=kind, start_day=start, end_day=end, language=language, currency=seller.currency,
        code=f"REPORT_{report_type or kind}_{seller.id}_{int(now.timestamp())}_{secrets.token_hex(4)}",
        number=f"{_PREFIX[kind]}-{seller.id}-{day}" + (f"-{earlier + 1}" if earlier else ""), bookings=bookings,
        params=dict(params or {}), created_at=now, expires_at=now + timedelta(days=kept), maker_label=actor.label[:200])


def build(*, document_id: int, now: datetime) -> None:
    """Draw every form from one set of figures. A finished document stays as it is; a fault is kept with it."""
    if not Document.objects.filter(pk=document_id, state__in=("waiting", "processing")).update(state="processing"):
        return
    row = Document.objects.get(pk=document_id)
    seller = sellers.seller_ref(row.seller_id)
    try:
        with atomic():
            found = figures.figures(seller, row.kind, row.start_day, row.end_day)
            bookings = figures.booked(seller, row.start_day, row.end_day)
        company, made = sellers.profile(seller), periods.local_day(now, seller.time_zone)
        files = {form: storage.save_bytes(f"finance/{seller.id}", draw(
            found, company=company, shop=seller.name, number=row.number, made=made, language=row.language), form)
            for form, draw in drawing.FORMS.items()}
    except Exception as fault:
        log.exception("finance.document_failed", document=document_id)
        Document.objects.filter(pk=document_id).update(state="failed", error=type(fault).__name__, made_at=now)
        return
    if found.difference_minor:
        log.error("finance.document_differs", document=document_id, difference_minor=found.difference_minor)
    with atomic():
        Document.objects.filter(pk=document_id, state="processing").update(
            state="success", rows=found.rows, bookings=bookings, total_minor=found.total_minor,
            difference_minor=found.difference_minor, files=files, made_at=now)
        activity.record(events.DOCUMENT_MADE, now=now, actor=ARCHIVIST, seller_id=seller.id, target_type="document",
                        target_id=row.pk, target_label=row.number,
                        data={"kind": row.kind, "difference_minor": found.difference_minor})


def issue_due(*, now: datetime) -> int:
    """Make the documents of months that have ended, once each; on the day of the rule `finance.documents_day`.

    Returns how many were asked for; jobs make them.
    """
    done = 0
    for kept in ShopBalance.objects.filter(clock.shops(), bookings__gt=0).filter(
            Q(documents_from=None) | Q(documents_from__lte=now.date() - timedelta(days=28))).order_by("seller_id"):
        seller = sellers.seller_ref(kept.seller_id)
        start = kept.documents_from or periods.local_day(Transaction.objects.filter(
            seller_id=seller.id).order_by("at").values_list("at", flat=True)[0], seller.time_zone).replace(day=1)
        day = dated.get("finance.documents_day", "", now).value["day"]
        last = start
        while periods.local_day(now, seller.time_zone) >= (_next_month(last) + timedelta(days=day - 1)):
            last = _next_month(last)
            done += _issue(seller, last - timedelta(days=1), now)
        if last != kept.documents_from:
            ShopBalance.objects.filter(pk=seller.id, documents_from=kept.documents_from).update(documents_from=last)
    return done


def _next_month(day: date) -> date:
    return periods.month_of(day.year, day.month)[1] + timedelta(days=1)


def _issue(seller: SellerRef, day: date, now: datetime) -> int:
    done = 0
    for kind in (*_MONTHLY, *(_QUARTERLY if day.month % 3 == 0 else ())):
        start, end = days_of(kind, day)
        bookings = figures.booked(seller, start, end)
        if kind in _COMPANIES and not companies.sold_any(
                seller, _COMPANIES[kind], *periods.bounds(start, end, seller.time_zone)):
            continue
        if bookings:
            row = _ask(seller, kind, start, end, sellers.shop_language(seller), bookings, ARCHIVIST, now)
            jobs.enqueue(build_document, row.pk, seller_id=seller.id, unique_key=f"finance.document:{row.pk}")
            done += 1
    return done


def open_document(*, seller: SellerRef, document_id: int, form: str) -> DocumentFile:
    """A document in one form, as made. Raises DocumentUnknown, DocumentUnready."""
    row = Document.objects.filter(seller_id=seller.id, pk=document_id).first() if 0 < document_id < 2**63 else None
    if row is None or form not in TYPES:
        raise DocumentUnknown()
    if row.state != "success" or form not in row.files:
        raise DocumentUnready()
    name = f"{DOCUMENTS[row.kind]} {row.number}.{form}"
    return DocumentFile(name, TYPES[form], storage.open_bytes(row.files[form]))


def end_terms(*, now: datetime) -> int:
    """Delete files whose term is over; the row with its total stays. Returns how many documents."""
    rows = list(Document.objects.filter(clock.shops(), expires_at__lte=now).exclude(files={}).order_by("id")[:_A_TURN])
    for row in rows:
        Document.objects.filter(pk=row.pk).update(files={})
        for key in row.files.values():
            storage.delete(key)
    return len(rows)
