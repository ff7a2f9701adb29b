"""The person's security history: what happened, from where, and “this was not me”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.accounts.events_security import GROUPS, KINDS
from sellerdesk.accounts.places import place_of
from sellerdesk.accounts.queries import history as reading
from sellerdesk.accounts.services import denial, history
from sellerdesk.accounts.types import HistoryRow
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.accounts.wording import sentence
from sellerdesk.core import clock
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.spreadsheet import csv_response
from sellerdesk.core.ui import people
from sellerdesk.core.ui import tables as t

#: More rows than this are not put into one file; the filters narrow it.
EXPORT_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event as the list shows it."""

    id: int
    at: datetime
    sentence: str
    by: str
    group: t.Badge
    device: str
    address: str
    deniable: bool


def _by(row: HistoryRow) -> str:
    """Who did it, where it was not the person."""
    if row.actor_label:
        return people.who(row.actor_label)
    return people.of_kind(row.actor_kind)


def _line(row: HistoryRow, now: datetime) -> HistoryLine:
    spec = KINDS.get(row.kind)
    group = GROUPS[spec.group] if spec else row.kind
    return HistoryLine(
        row.number, row.at, sentence(row.kind, row.detail), _by(row),
        t.Badge(group, spec.tone if spec else "neutral"), row.device or ("…" if row.erased else "—"),
        " · ".join(filter(None, (place_of(row.address), row.address))) or ("…" if row.erased else ""),
        bool(spec and spec.deniable and not row.erased and row.at > now - denial.DENIABLE_FOR))


class HistoryTable(t.Table):
    caption = gettext_lazy("Security history")
    columns = (
        t.Column("sentence", gettext_lazy("What happened"), sub="by", primary=True),
        t.Column("group", gettext_lazy("Area"), kind="badge", hide_on_phone=True),
        t.Column("device", gettext_lazy("Device and address"), sub="address"),
        t.Column("at", pgettext_lazy("column", "When"), kind="datetime"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(gettext_lazy("This was not me"), "flag",
                        post=lambda row: reverse("accounts:history_deny", args=[row.id]), tone="danger",
                        confirm=gettext_lazy("All other sessions end at once, remembered devices are forgotten, and a "
                                             "new password is asked for at the next sign-in. Report this event?"),
                        show=lambda row: row.deniable),)),
    )
    filters = (
        t.ChoiceFilter("area", gettext_lazy("Area"), choices=list(GROUPS.items()), multiple=True),
        t.DateRangeFilter("day", gettext_lazy("Period")),
        t.SearchFilter("address", gettext_lazy("Address, from its start")),
    )
    per_page = 50
    empty = t.Empty("history", gettext_lazy("Nothing has happened yet"),
                    gettext_lazy("Every sign-in and every change of your account will stand here."))


def _wanted(where: Mapping[str, Any]) -> reading.HistoryFilter:
    """The filters of the page. Days are days of the reader's own zone."""
    zone = timezone.get_current_timezone()
    first, last = where.get("day", (None, None))
    return reading.HistoryFilter(
        kinds=[kind for kind, spec in KINDS.items() if spec.group in where.get("area", ())],
        since=datetime.combine(first, time.min, zone) if first else None,
        until=datetime.combine(last + timedelta(days=1), time.min, zone) if last else None,
        address=where.get("address", ""))


def _me(request: WebRequest) -> int:
    return int(request.actor.id)


@user_view
def page(request: WebRequest) -> HttpResponse:
    now = clock.real_now()
    table = HistoryTable(request)
    found = reading.history_page(_me(request), wanted=_wanted(table.where), cursor=table.cursor,
                                 limit=table.page_size)
    table.fill([_line(row, now) for row in found.rows], next_cursor=found.next_cursor, prev_cursor=found.prev_cursor)
    return table.respond("accounts/history.html", {})


@user_view
@require_POST
def export(request: WebRequest) -> HttpResponse:
    """The events that the filters let through, as a file; making it is an event too."""
    rows = []
    for row in reading.history_all(_me(request), wanted=_wanted(HistoryTable(request).where), limit=EXPORT_ROWS):
        spec = KINDS.get(row.kind)
        rows.append([row.number, timezone.localtime(row.at).isoformat(timespec="seconds"), row.kind,
                     GROUPS[spec.group] if spec else "", sentence(row.kind, row.detail), _by(row), row.device,
                     row.address, row.agent, row.request_id])
    history.record(user_id=_me(request), kind="export.requested", info=request_info(request),
                   detail={"what": "history", "rows": len(rows)})
    day = timezone.localtime(clock.real_now()).date().isoformat()
    return csv_response(f"security-history-{day}.csv", [
        _("No."), _("Time"), _("Kind"), _("Area"), _("What happened"), _("Done by"), _("Device"), _("Address"),
        _("Browser"), _("Request")], rows)


@user_view
@require_POST
def deny(request: WebRequest, number: int) -> HttpResponse:
    denial.deny(user_id=_me(request), number=number, keep=request.session.session_key or "",
                info=request_info(request), now=clock.real_now())
    return redirect("accounts:history_denied")


@user_view
def denied(request: WebRequest) -> HttpResponse:
    """What was done after “this was not me”, and what is left to do."""
    return render(request, "accounts/denied.html")
