"""The report centre: files that were asked for, asking for one, and views sent by mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.analytics import queries
from sellerdesk.analytics.errors import ReportNotFound
from sellerdesk.analytics.permissions import REPORT_MAKE
from sellerdesk.analytics.services import mailing, reporting
from sellerdesk.analytics.types import PlanRow, ReportRow
from sellerdesk.analytics.web import words
from sellerdesk.analytics.web.explorer import TYPES
from sellerdesk.core import clock, scope, storage
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

KINDS: dict[str, Any] = {"products": _("Products"), "postings": _("Orders"), "returns": _("Returns"),
                         "stock": pgettext_lazy("analytics", "Stock"),
                         "placement": pgettext_lazy("analytics", "Storage with the marketplace"),
                         "discounted": pgettext_lazy("analytics", "Goods at a discount"),
                         "figures": _("Figures")}
STATES = {"waiting": t.Badge(pgettext_lazy("report", "Waiting"), "neutral"),
          "processing": t.Badge(pgettext_lazy("report", "Being made"), "primary"),
          "success": t.Badge(pgettext_lazy("report", "Ready"), "success"),
          "expired": t.Badge(pgettext_lazy("report", "File deleted"), "neutral"),
          "failed": t.Badge(pgettext_lazy("report", "Failed"), "danger")}
ERRORS: dict[str, Any] = {"internal": _("Something went wrong on our side. Make it again; the case is noted.")}


class NewReport(forms.Form):
    """What a report holds."""

    kind = forms.ChoiceField(label=pgettext_lazy("analytics", "Report"), choices=[(key, KINDS[key]) for key in
                                                         ("postings", "products", "returns", "stock", "placement",
                                                          "discounted")])
    since = forms.DateField(label=pgettext_lazy("analytics", "From"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=pgettext_lazy("analytics", "To"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))
    scheme = forms.ChoiceField(label=_("Scheme"), required=False, choices=[("", _("All")), *words.SCHEMES.items()])
    format = forms.ChoiceField(label=_("File"), choices=list(words.FILES.items()))


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report as the list shows it."""

    row: ReportRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def name(self) -> str:
        return self.row.title or str(KINDS.get(self.row.kind, self.row.kind))

    @property
    def file_href(self) -> str:
        return reverse("analytics:report_file", args=[self.row.id]) if self.row.has_file else ""

    @property
    def about(self) -> str:
        """What narrows it, and who asked."""
        params, parts = self.row.params, [words.FILES[self.row.format]]
        for name in ("since", "to"):
            if params.get(name):
                day = datetime.fromisoformat(str(params[name])).date()
                parts.append(formats.day(day if name == "since" else day - timedelta(days=1)))
        if params.get("scheme"):
            parts.append(str(words.SCHEMES.get(str(params["scheme"]), "")))
        return " · ".join([*parts, *([self.row.made_by] if self.row.made_by else [])])

    @property
    def state(self) -> str:
        return "expired" if self.row.state == "success" and not self.row.has_file else self.row.state

    @property
    def problem(self) -> str:
        return str(ERRORS.get(self.row.error, self.row.error)) if self.row.error else ""


class ReportTable(t.Table):
    page = "analytics.reports"
    caption = pgettext_lazy("analytics", "Reports")
    columns = (
        t.Column("name", pgettext_lazy("analytics", "Report"), kind="link", primary=True, sub="about",
                 href="file_href"),
        t.Column("state", _("State"), kind="badge", choices=STATES, sub="problem"),
        t.Column("rows", pgettext_lazy("analytics", "Rows"), kind="number",
                 value=lambda view: view.row.rows if view.row.finished_at else None),
        t.Column("size", pgettext_lazy("analytics", "Size"), value=lambda view: _size(view.row.size_bytes),
                 hide_on_phone=True),
        t.Column("created_at", _("Asked for"), kind="ago", value=lambda view: view.row.created_at),
        t.Column("expires_at", _("Kept until"), kind="date", value=lambda view: view.row.expires_at),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Make again"), "refresh",
                        post=lambda view: reverse("analytics:report_again", args=[view.id])),
        )),
    )
    row_name = "name"
    live_seconds = 2
    empty = t.Empty("file-spreadsheet", _("No reports yet"),
                    _("Ask for one above. It is made in the background and kept here for everybody with the right."))


def _size(count: int) -> str:
    if not count:
        return ""
    return f"{formats.number(count / 1024 / 1024, 1)} MB" if count > 1024 * 1024 else \
        f"{formats.number(max(count // 1024, 1))} KB"


@seller_view(REPORT_MAKE)
@require_GET
def reports(request: WebRequest) -> HttpResponse:
    """The newest reports; those being made come up by themselves."""
    table = ReportTable(request)
    found, total = queries.reports(request.seller, warehouse_ids=request.warehouse_ids)
    token = "-".join(f"{row.id}{row.state}{row.has_file}" for row in found[:30])
    if table.unchanged(token):
        return table.nothing_new()
    table.fill([ReportView(row) for row in found], total=total, live_token=token)
    return table.respond("analytics/reports.html", lambda: {
        "form": NewReport(initial=_usual(request)),
        "plans": [(plan, _when(plan)) for plan in queries.plans(request.seller, int(request.user.pk or 0))]})


@seller_view(REPORT_MAKE)
@require_POST
def create(request: WebRequest) -> HttpResponse:
    form = NewReport(request.POST)
    if not form.is_valid():
        return render(request, "analytics/reports.html", {"form": form, "table": _filled(request), "plans": []},
                      status=422)
    asked, zone = form.cleaned_data, reader_zone(request)
    params: dict[str, Any] = {"warehouse_ids": list(request.warehouse_ids)}
    if asked["since"]:
        params["since"] = datetime.combine(asked["since"], time(), zone).isoformat()
    if asked["until"]:
        params["to"] = datetime.combine(asked["until"] + timedelta(days=1), time(), zone).isoformat()
    if asked["scheme"]:
        params["scheme"] = asked["scheme"]
    reporting.create(seller=request.seller, kind=asked["kind"], params=params, format=asked["format"],
                     language=request.language, time_zone=zone.key, actor=request.actor, now=clock.now())
    messages.success(request, gettext("The report is being made. It comes up in the list by itself."))
    return redirect("analytics:reports")


@seller_view(REPORT_MAKE)
@require_POST
def again(request: WebRequest, report_id: int) -> HttpResponse:
    queries.report(request.seller, report_id=report_id, warehouse_ids=request.warehouse_ids)
    reporting.again(seller=request.seller, report_id=report_id, actor=request.actor, now=clock.now())
    messages.success(request, gettext("The report is being made. It comes up in the list by itself."))
    return redirect("analytics:reports")


@seller_view(REPORT_MAKE)
@require_GET
def file(request: WebRequest, report_id: int) -> HttpResponseBase:
    """The file itself. Its address can be sent to colleagues: it opens for whoever has the right in this shop."""
    return _sent(request.seller, report_id, request.warehouse_ids)


@public_view
@require_GET
def shared(request: WebRequest, token: str) -> HttpResponseBase:
    """The same for programs, by a link of the API that holds for a day."""
    seller_id, report_id = reporting.of_link(token)
    with scope.one_shop(seller_id):
        return _sent(sellers.seller_ref(seller_id), report_id)


def _sent(seller: SellerRef, report_id: int, warehouse_ids: Sequence[int] = ()) -> FileResponse:
    row = queries.report(seller, report_id=report_id, warehouse_ids=warehouse_ids)
    if not row.has_file:
        raise ReportNotFound()
    return FileResponse(storage.open_file(queries.file_of(seller, row.id)), as_attachment=True,
                        filename=f"{row.kind}-{row.created_at:%Y-%m-%d}.{row.format}", content_type=TYPES[row.format])


@seller_view(REPORT_MAKE)
@require_POST
def plan(request: WebRequest) -> HttpResponse:
    """Have what the explorer shows sent by mail."""
    data, zone, email = request.POST, reader_zone(request), str(getattr(request.user, "email", ""))
    every = data.get("every", "day")
    mailing.plan(
        seller=request.seller, user_id=int(request.user.pk or 0), email=email,
        name=" ".join(data.get("name", "").split())[:80] or gettext("Figures"), query=data.get("query", ""),
        every=every if every in ("day", "week") else "day", weekday=_bounded(data.get("weekday", ""), 6),
        hour=_bounded(data.get("hour", "9"), 23), time_zone=zone.key, language=request.language,
        format=chosen if (chosen := data.get("format", "")) in words.FILES else "xlsx", now=clock.now())
    messages.success(request, gettext("You will get it by mail at %(email)s.") % {"email": email})
    return redirect("analytics:reports")


@seller_view(REPORT_MAKE)
@require_POST
def plan_stop(request: WebRequest, plan_id: int) -> HttpResponse:
    if not mailing.stop(seller=request.seller, user_id=int(request.user.pk or 0), plan_id=plan_id):
        raise ReportNotFound()
    messages.success(request, gettext("It is not sent any more."))
    return redirect("analytics:reports")


def _filled(request: WebRequest) -> ReportTable:
    table = ReportTable(request)
    found, total = queries.reports(request.seller, warehouse_ids=request.warehouse_ids)
    table.fill([ReportView(row) for row in found], total=total)
    return table


def _usual(request: WebRequest) -> dict[str, Any]:
    """The last four weeks."""
    today = clock.now().astimezone(reader_zone(request)).date()
    return {"since": (today - timedelta(days=27)).isoformat(), "until": today.isoformat(), "format": "xlsx"}


def _when(plan: PlanRow) -> str:
    if plan.every == "day":
        return gettext("Every day at %(hour)s:00") % {"hour": plan.hour}
    return gettext("%(day)s at %(hour)s:00") % {"day": words.weekdays()[plan.weekday][1], "hour": plan.hour}


def _bounded(text: str, most: int) -> int:
    return min(posted.number(text), most)
