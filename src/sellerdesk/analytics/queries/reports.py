"""Reading reports, mail plans and the shortlist."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.analytics.errors import IdeaNotFound, ReportNotFound
from sellerdesk.analytics.models import Idea, MailPlan, Report
from sellerdesk.analytics.types import IdeaRow, PlanRow, ReportRow
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "code", "kind", "format", "title", "params", "state", "error", "rows", "size_bytes", "created_at",
        "finished_at", "expires_at", "file_key", "made_by")

_IDEA = ("id", "title", "category_id", "type_id", "note", "owner_id", "created_at", "price_minor", "cost_minor",
         "weight_g", "depth_mm", "width_mm", "height_mm", "route")


def reports(seller: SellerRef, *, kinds: Sequence[str] = (), warehouse_ids: Sequence[int] = (), offset: int = 0,
            limit: int = 100) -> tuple[list[ReportRow], int]:
    """The newest first, and how many there are. People of single warehouses see what holds nothing of others. Two
    queries."""
    rows = Report.objects.filter(seller_id=seller.id)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    found = [_made(row) for row in rows.order_by("-id").values_list(*_ROW)[:1000 if warehouse_ids else offset + limit]]
    if warehouse_ids:
        found = [one for one in found if _within(one, warehouse_ids)]
        return found[offset:offset + limit], len(found)
    return found[offset:], rows.count()


def report(seller: SellerRef, *, code: str = "", report_id: int = 0, warehouse_ids: Sequence[int] = ()) -> ReportRow:
    """One of them. Raises ReportNotFound, also for another shop's and for what holds other warehouses' rows."""
    rows = Report.objects.filter(seller_id=seller.id)
    row = rows.filter(code=code) if code else rows.filter(pk=report_id)
    found = row.values_list(*_ROW).first()
    if found is None or (warehouse_ids and not _within(_made(found), warehouse_ids)):
        raise ReportNotFound()
    return _made(found)


def file_of(seller: SellerRef, report_id: int) -> str:
    """Where its file is stored; empty when it is not there."""
    found = Report.objects.filter(seller_id=seller.id, pk=report_id).values_list("file_key", flat=True).first()
    return found or ""


def waiting_reports(seller: SellerRef) -> int:
    """How many are being made. One query."""
    return Report.objects.filter(seller_id=seller.id, state__in=["waiting", "processing"]).count()


def plans(seller: SellerRef, user_id: int) -> list[PlanRow]:
    """What somebody gets by mail from this shop. One query."""
    return [PlanRow(*row) for row in MailPlan.objects.filter(seller_id=seller.id, user_id=user_id).order_by(
        "next_at", "id").values_list("id", "name", "query", "every", "weekday", "hour", "time_zone", "format",
                                     "next_at", "email")]


def _made(row: Sequence[object]) -> ReportRow:
    values = list(row)
    values[13] = bool(values[13])
    return ReportRow(*values)  # type: ignore[arg-type]


def _within(one: ReportRow, warehouse_ids: Sequence[int]) -> bool:
    held = one.params.get("warehouse_ids") or []
    return isinstance(held, list) and bool(held) and set(held) <= set(warehouse_ids)


def ideas(seller: SellerRef) -> list[IdeaRow]:
    """The shortlist, the newest first. One query."""
    return [IdeaRow(*row) for row in Idea.objects.filter(seller_id=seller.id).order_by("-id").values_list(
        *_IDEA)]


def idea(seller: SellerRef, idea_id: int) -> IdeaRow:
    """One query. Raises IdeaNotFound."""
    row = Idea.objects.filter(seller_id=seller.id, pk=idea_id).values_list(*_IDEA).first()
    if row is None:
        raise IdeaNotFound()
    return IdeaRow(*row)
