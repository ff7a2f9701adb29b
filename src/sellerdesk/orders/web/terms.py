"""Screens of terms: the error index, what waits, the penalty ledger and disputes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.attachments import Upload, file_name
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.media import download
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money
from sellerdesk.core.ui import charts, formats
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.orders import permissions, queries
from sellerdesk.orders.errors_terms import DisputeFileTooLarge
from sellerdesk.orders.queries import ledger, ratings
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services import terms as services
from sellerdesk.orders.terms.types import Index, IndexRule
from sellerdesk.orders.web import scope
from sellerdesk.orders.web import terms_words as words
from sellerdesk.orders.web.terms_tables import PenaltyTable, QueueTable, WaitingView, views
from sellerdesk.orders.web.views import bounds

_CHART_DAYS = 28
_QUEUE = 50


@require_GET
@seller_view(permissions.TERMS_VIEW)
def overview(request: WebRequest) -> HttpResponse:
    """How the error index stands, what an error costs, and what is due, the dearest first."""
    now, seller = clock.now(), request.seller
    asked = reading.what_if(seller, [], now)
    rule = reading.day_rule(reading.today_of(now))
    queue = QueueTable(request)
    waiting, count = reading.dearest(seller, now, scope.warehouses(request), limit=_QUEUE, standing=asked.today)
    queue.fill([WaitingView(row, seller.currency) for row in waiting])
    today = reading.today_of(now)
    days = ratings.days(seller, today - timedelta(days=_CHART_DAYS), today)
    first, last = ratings.index_window(now)
    low, high = reading.day_start(first), reading.day_start(today)
    return render(request, "orders/terms.html", {
        "index": asked.today, "share": words.share(asked.today.bp), "zones": _zones(rule, asked.today),
        "tiles": _tiles(request, asked.today, asked.room, days, now), "queue": queue, "waiting": count,
        "shown": len(waiting), "first": first, "last": last, "chart": _chart(days, seller.currency),
        "has_days": any(day.index_shipments for day in days), "min_shipments": rule.min_shipments,
        "cap": Money(reading.index_cap(rule, seller.currency, now).amount_minor, seller.currency),
        "excused": [(one, localized(one.names, request.language)) for one in ledger.excused(seller, low, high, 20)],
        "tomorrow": words.share(asked.before.bp), "tomorrow_differs": asked.before.bp != asked.today.bp})


def _zones(rule: IndexRule, standing: Index) -> list[tuple[str, str, bool]]:
    """The table of the rule: from – to, fee, whether the shop is there."""
    rows, below = [], None
    for at, zone in enumerate(rule.zones):
        if zone.up_to_bp is None:
            span = _("above %(share)s") % {"share": words.share(below or 0)}
        elif below is None:
            span = _("up to %(share)s") % {"share": words.share(zone.up_to_bp)}
        else:
            span = f"{words.share(below + 1)} – {words.share(zone.up_to_bp)}"
        fee = _("%(share)s of the goods") % {"share": words.share(zone.fee_bp)} if zone.fee_bp else _("nothing")
        if zone.block:
            fee = _("%(fee)s, and no new orders") % {"fee": fee}
        rows.append((span, fee, at == standing.zone_at))
        below = zone.up_to_bp
    return rows


def _tiles(request: WebRequest, standing: Index, room: int | None, days: list[ratings.IndexDay],
           now: datetime) -> list[dict[str, Any]]:
    on_time = ratings.standing(request.seller, now)[0]
    charged = sum(day.charged_minor for day in days)
    tone = "danger" if standing.blocked else "warning" if standing.fee_bp else ""
    return [
        {"label": _("Error index"), "value": words.share(standing.bp), "icon": "gauge", "tone": tone,
         "hint": ngettext("%(errors)s of %(shipments)s shipment", "%(errors)s of %(shipments)s shipments",
                          standing.shipments) % {"errors": standing.errors, "shipments": standing.shipments}},
        {"label": _("An error today costs"), "icon": "receipt",
         "value": words.share(standing.fee_bp) if standing.fee_bp else pgettext("penalty", "nothing"),
         "hint": _("too few shipments to judge") if standing.grace else _("of the goods’ price"), "tone": tone},
        {"label": _("Room in this zone"), "icon": "scale", "tone": "warning" if room == 0 else "",
         "value": "—" if room is None else formats.number(room),
         "hint": _("errors before a dearer zone")},
        {"label": _("Handed over in time"), "icon": "clock", "value": words.share(on_time.value),
         "tone": {"OK": "", "WARNING": "warning", "CRITICAL": "danger"}[on_time.status], "hint": _("14 days")},
        {"label": _("Penalties"), "icon": "coins", "value": words.money(charged, request.seller.currency), "tone": "",
         "hint": _("28 days, less what was given back")},
    ]


def _chart(days: list[ratings.IndexDay], currency: str) -> charts.Chart:
    return charts.Chart(
        id="error-index", label=_("Error index, 28 days"),
        categories=[formats.day(day.day, year=False) for day in days],
        series=[
            charts.Series(_("Error index"), [day.index_bp / 100 for day in days],
                          [words.share(day.index_bp) for day in days], kind="line", tone="danger"),
            charts.Series(_("Penalties"), [day.charged_minor / 100 for day in days],
                          [words.money(day.charged_minor, currency) for day in days], axis=1)],
        axis_texts=[_("Error index"), _("Penalties")])


@require_GET
@seller_view(permissions.TERMS_VIEW)
def penalties(request: WebRequest) -> HttpResponse:
    """Every error with what it cost and why."""
    table = PenaltyTable(request)
    since, to = bounds(table.where.get("at"), ZoneInfo(request.seller.time_zone))
    found = ledger.faults_page(
        request.seller, cursor=table.cursor, limit=table.page_size, filter=ledger.FaultFilter(
            since=since, to=to, search=table.where.get("q", ""), tab=table.tab,
            kinds=(table.where["kind"],) if table.where.get("kind") else (), warehouse_ids=scope.warehouses(request)))
    table.fill(views(found.rows, ledger.disputes_of(request.seller, [row.id for row in found.rows])),
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor)
    return table.respond("orders/penalties.html")


@require_GET
@seller_view(permissions.TERMS_VIEW)
def penalty(request: WebRequest, fault_id: int) -> HttpResponse:
    """One error: rule, inputs, formula, evidence, and the dispute about it."""
    return _penalty_page(request, fault_id)


def _penalty_page(request: WebRequest, fault_id: int, *, typed: str = "", error: str = "") -> HttpResponse:
    row = ledger.fault(request.seller, fault_id)
    scope.require(request, row.number)
    now = clock.now()
    dispute = ledger.disputes_of(request.seller, [row.id]).get(row.id)
    until = services.disputable_until(row.at)
    largest, most = services.file_limits(now)
    return render(request, "orders/penalty.html", {
        "nav_key": "terms", "row": row, "badge": words.KINDS[row.kind], "dispute": dispute, "until": until, "now": now,
        "dispute_badge": words.DISPUTES[dispute.state] if dispute else None, "typed": typed, "error": error,
        "files": ledger.dispute_files(request.seller, dispute.id) if dispute else [], "files_most": most,
        "files_mb": largest // (1024 * 1024),
        "may_dispute": request.can(permissions.PENALTY_DISPUTE) and dispute is None and now <= until
        and (row.counts or row.amount_minor > 0 or not row.judged_at),
        "may_withdraw": request.can(permissions.PENALTY_DISPUTE) and dispute is not None and dispute.state == "open",
        "returned": Money(dispute.returned_minor, row.currency) if dispute else None,
        **facts(request.language, row)}, status=422 if error else 200)


def facts(language: str, row: ledger.FaultRow) -> dict[str, Any]:
    """How the amount came about, for the shop's page and the operator's."""
    versions = dated.notes(id_ for id_ in (row.rule_id, row.rate_rule_id) if id_)
    amount = Money(row.amount_minor, row.currency)
    inputs: list[tuple[str, str, str]] = []
    if row.judged_at:
        if row.kind == "cancellation":
            inputs.append((_("Errors ÷ shipments of the 14 days before"),
                           f"{row.index_errors} ÷ {row.index_shipments} = {words.share(row.index_bp)}",
                           _("too few shipments to judge") if row.grace else ""))
        inputs.append((_("Share for it"), words.share(row.fee_bp), _version(versions.get(row.rule_id or 0))))
        inputs.append((_("Price of the goods"), words.money(row.price_minor, row.currency), ""))
        inputs.append((_("At most"), words.money(row.cap_minor, row.currency), _version(versions.get(
            row.rate_rule_id or 0))))
    return {
        "amount": amount, "first": Money(row.first_minor, row.currency), "inputs": inputs,
        "excluded": words.EXCLUDED.get(row.excluded, ""), "timeline": _evidence(language, row),
        "formula": f"{words.money(row.price_minor, row.currency)} × {words.share(row.fee_bp)}",
        "source": versions[row.rule_id].source if row.rule_id in versions else ""}


def _version(rule: dated.Note | None) -> str:
    return _("rule in force since %(day)s") % {"day": formats.day(rule.valid_from)} if rule else ""


def _evidence(language: str, row: ledger.FaultRow) -> list[TimelineItem]:
    """What was seen when the error was made, oldest first."""
    seen = row.evidence
    late = row.kind == "delay"

    def at(name: str) -> datetime | None:
        return datetime.fromisoformat(seen[name]) if seen.get(name) else None

    reason = next((one for one in queries.cancel_reasons(row.at) if one.id == seen.get("reason_id")), None)
    items = [
        TimelineItem(_("Packed"), at("packed_at"), "", "package"),
        TimelineItem(_("Deadline for the hand-over"), at("ship_by"), "", "alarm", "warning"),
        TimelineItem(_("Handed over to the carrier"), at("handed_over_at"), "", "truck", "danger" if late else ""),
        TimelineItem(_("Cancelled"), at("cancelled_at"), seen.get("message") or (
            localized(reason.names, language) if reason else ""), "ban", "danger",
            by=_("automatically") if seen.get("by") == "platform" else ""),
        TimelineItem(_("Penalty found and booked"), row.judged_at, "", "receipt"),
    ]
    return sorted((one for one in items if one.when), key=lambda one: one.when or row.at)


def _uploads(request: WebRequest) -> list[Upload]:
    """Files of the form. One that is too large is refused before it is read. Raises DisputeFileTooLarge."""
    largest, _most = services.file_limits(clock.now())
    found = []
    for file in request.FILES.getlist("files"):
        if (file.size or 0) > largest:
            raise DisputeFileTooLarge(file_name(file.name or ""), largest // (1024 * 1024))
        found.append(Upload(file.name or "file", file.read()))
    return found


@require_GET
@seller_view(permissions.TERMS_VIEW)
def dispute_file(request: WebRequest, fault_id: int, dispute_file_id: int) -> HttpResponse:
    """A file of the objection, as a download."""
    scope.require(request, ledger.fault(request.seller, fault_id).number)
    found = ledger.dispute_file(request.seller, fault_id, dispute_file_id)
    return download(found.id, found.kind, found.storage_key)


@require_POST
@seller_view(permissions.PENALTY_DISPUTE)
def dispute(request: WebRequest, fault_id: int) -> HttpResponse:
    """Object to an error, or take the objection back."""
    scope.require(request, ledger.fault(request.seller, fault_id).number)
    try:
        if request.POST.get("act") == "withdraw":
            services.withdraw(seller=request.seller, fault_id=fault_id, actor=request.actor, now=clock.now())
            messages.success(request, _("The dispute is taken back."))
        else:
            services.open_dispute(seller=request.seller, fault_id=fault_id, text=request.POST.get("text", ""),
                                  files=_uploads(request), actor=request.actor, now=clock.now())
            messages.success(request, _("The marketplace has your dispute. The answer stands here in time."))
    except Invalid as refused:
        return _penalty_page(request, fault_id, typed=request.POST.get("text", ""), error=refusal_text(refused))
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    return redirect("orders:penalty", fault_id)
