"""The report centre: files made in the background, kept for a dated time, made again on request, sent by mail."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from sellerdesk.analytics.errors import ReportKindUnknown, ReportNotFound, ReportsTooMany
from sellerdesk.analytics.models import Report
from sellerdesk.analytics.services import report_rows
from sellerdesk.analytics.services.report_rows import Sheet
from sellerdesk.analytics.types import ReportRow
from sellerdesk.core import clock, jobs, mail, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import DomainError
from sellerdesk.core.jobs.queue import LostLease
from sellerdesk.core.sheets import write_csv, write_parquet, write_xlsx
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

log = structlog.get_logger(__name__)
LIFE = "analytics.report_life"
WRITERS = {"xlsx": write_xlsx, "csv": write_csv, "parquet": write_parquet}
_SALT = "analytics.report"
#: How many reports of a shop may wait or be made at once.
MOST_AT_ONCE = 20
Maker = Callable[[SellerRef, dict[str, Any], ZoneInfo, str], Sheet]
#: What reports there are; the explorer adds its own (web), because its words live there.
KINDS: dict[str, Maker] = {"products": report_rows.products, "postings": report_rows.postings,
                           "returns": report_rows.returned, "stock": report_rows.stock,
                           "placement": report_rows.placement, "discounted": report_rows.discounted}


def register(kind: str, maker: Maker) -> None:
    """Add a kind of report, in AppConfig.ready."""
    KINDS[kind] = maker


def create(*, seller: SellerRef, kind: str, params: dict[str, Any], format: str, language: str, time_zone: str,
           actor: Actor, now: datetime, title: str = "", mail_to: str = "") -> ReportRow:
    """Ask for a report. Raises ReportKindUnknown, ReportsTooMany."""
    if kind not in KINDS or format not in WRITERS:
        raise ReportKindUnknown(kind)
    with atomic():
        open_now = Report.objects.filter(seller_id=seller.id, state__in=["waiting", "processing"])
        if open_now.count() >= MOST_AT_ONCE:
            raise ReportsTooMany(MOST_AT_ONCE)
        days = dated.get(LIFE, "", now).value["days"]
        row = Report.objects.create(
            seller_id=seller.id, code=f"REPORT_seller_{kind}_{seller.id}_{int(now.timestamp())}_{uuid.uuid4()}",
            kind=kind, format=format, title=title[:160], params=params, language=language, time_zone=time_zone,
            created_at=now, expires_at=now + timedelta(days=days), made_by=actor.label[:200], mail_to=mail_to)
        jobs.enqueue(make_report, row.pk, seller_id=seller.id, unique_key=f"report:{row.pk}")
    return shown(row)


@task(queue_name="slow")
def make_report(report_id: int) -> None:
    make(report_id=report_id, now=clock.now())


def again(*, seller: SellerRef, report_id: int, actor: Actor, now: datetime) -> ReportRow:
    """The same report anew, with today's rows. Raises ReportNotFound, ReportsTooMany."""
    row = Report.objects.filter(pk=report_id, seller_id=seller.id).first()
    if row is None:
        raise ReportNotFound()
    return create(seller=seller, kind=row.kind, params=row.params, format=row.format, language=row.language,
                  time_zone=row.time_zone, actor=actor, now=now, title=row.title)


def make(*, report_id: int, now: datetime) -> None:
    """Write the file. One worker at a time; one that died leaves the report to the next try of its job."""
    if not Report.objects.filter(pk=report_id, state__in=["waiting", "processing"]).update(state="processing"):
        return
    row = Report.objects.get(pk=report_id)
    seller = sellers.seller_ref(row.seller_id)
    try:
        with translation.override(row.language), tempfile.TemporaryFile() as handle:
            sheet = KINDS[row.kind](seller, {**row.params, "made_at": now.isoformat()}, ZoneInfo(row.time_zone),
                                    row.language)
            counted = _told(sheet)
            written = WRITERS[row.format](handle, counted.columns, counted.rows)
            size = handle.seek(0, 2)
            key, _digest = storage.save_file(f"reports/{row.seller_id}", handle, row.format)
    except LostLease:
        raise
    except DomainError as refused:
        _end(row, now, state="failed", error=refused.code[:40])
        return
    except Exception:
        log.exception("report_failed", report=row.pk, kind=row.kind)
        _end(row, now, state="failed", error="internal")
        return
    _end(row, now, state="success", rows=written, file_key=key, size_bytes=size)
    if row.mail_to and seller.twin_of is None:
        mail.send(row.mail_to, "analytics/mail/report", {"title": row.title, "rows": written, "code": row.code,
                                                         "shop": seller.name}, row.language)


def link(seller: SellerRef, report_id: int) -> str:
    """An address that gives the file to whoever holds it, for a day: programs have no session."""
    return reverse("analytics:report_shared", args=[signing.dumps([seller.id, report_id], salt=_SALT)])


def of_link(token: str) -> tuple[int, int]:
    """Shop and report of such an address. Raises ReportNotFound for made-up and old ones."""
    try:
        seller_id, report_id = signing.loads(token, salt=_SALT, max_age=timedelta(days=1))
    except signing.BadSignature:
        raise ReportNotFound() from None
    return int(seller_id), int(report_id)


def run_due(now: datetime) -> int:
    """Delete files whose time is over; the row stays and says that there was one. Returns how many."""
    over = Report.objects.filter(clock.shops(), expires_at__lte=now).exclude(file_key="")
    due = list(over.values_list("pk", "file_key")[:500])
    for pk, key in due:
        if Report.objects.filter(pk=pk, file_key=key).update(file_key=""):
            storage.delete(key)
    return len(due)


def shown(row: Report) -> ReportRow:
    return ReportRow(row.pk, row.code, row.kind, row.format, row.title, row.params, row.state, row.error, row.rows,
                     row.size_bytes, row.created_at, row.finished_at, row.expires_at, bool(row.file_key), row.made_by)


def _end(row: Report, now: datetime, **values: Any) -> None:
    Report.objects.filter(pk=row.pk, state="processing").update(finished_at=max(now, row.created_at), **values)


def _told(sheet: Sheet) -> Sheet:
    """The same rows, with a sign of life for the job every thousand of them."""
    def rows() -> Any:
        for at, row in enumerate(sheet.rows, start=1):
            if at % 1000 == 0:
                jobs.progress(at, 0)
            yield row

    return Sheet(sheet.columns, rows())
