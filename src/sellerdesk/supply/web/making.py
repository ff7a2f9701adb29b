"""Making a supply in two steps: what and where to, then which warehouse and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import Step
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.supply import permissions, queries, rules, services, texts
from sellerdesk.supply.errors import StorageUnknown
from sellerdesk.supply.services.sheets import in_words
from sellerdesk.supply.types import DraftRow, ItemInput, RowError, Slot
from sellerdesk.supply.web.scope import whole_shop
from sellerdesk.supply.web.words import litres

_SUGGESTED = 12
_DAYS_SHOWN = 7


def _steps(now: int) -> list[Step]:
    labels = (_("Goods"), _("Warehouse and time"), _("Boxes and car"))
    return [Step(label, "done" if place < now else "now" if place == now else "todo")
            for place, label in enumerate(labels)]


@require_http_methods(["GET", "POST"])
@seller_view(permissions.VIEW)
def new(request: WebRequest) -> HttpResponse:
    """First step: which goods, how many, to which part of the country."""
    whole_shop(request)
    wrong: list[RowError] = []
    error = ""
    if request.method == "POST":
        require(request, permissions.EDIT)
        try:
            items, wrong = _told(request)
            if not wrong:
                draft_id = services.create_draft(
                    seller=request.seller, kind="crossdock" if request.POST.get("kind") == "crossdock" else "direct",
                    cluster_id=posted.number(request.POST.get("cluster", "")), items=items, partial=True,
                    drop_off_id=posted.number(request.POST.get("drop_off", "")) or None, actor=request.actor,
                    now=clock.now(), real_now=clock.real_now())
                return redirect("supply:draft", draft_id=draft_id)
        except DomainError as refused:
            error = refusal_text(refused)
    now = clock.now()
    given, rows = _given(request, now)
    suggested = _suggested(request, given)
    beside = {f"units-{one.sku}" for one in suggested}
    return render(request, "supply/new.html", {
        "steps": _steps(0), "wrong": wrong, "error": error, "given": given,
        "lines": given.get("lines", "\n".join(f"{offer}\t{units}" for key, offer, units in rows if key not in beside)),
        "clusters": [(str(row.id), localized(row.names, request.language)) for row in inventory.clusters(now)],
        "points": [(str(row.id), row.name, row.address) for row in inventory.platform_warehouses("receiving")],
        "suggested": suggested, "kinds": [(kind, label, texts.WAYS[kind]) for kind, label in texts.KINDS.items()]},
        status=422 if wrong or error else 200)


def _given(request: WebRequest, now: datetime) -> tuple[Mapping[str, str], list[tuple[str, str, int]]]:
    """What the form shows: what was sent, or the draft somebody comes back from, with its list as rows of
    (name of the field beside the product, offer id, units)."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in request.POST}, []
    asked = posted.number(request.GET.get("draft", ""))
    if not asked:
        return {}, []
    row = queries.draft(request.seller, asked, now)
    offers = {one.sku: one.offer_id for one in queries.goods(request.seller, skus=[one.sku for one in row.items])}
    rows = [(f"units-{one.sku}", offers[one.sku], one.quantity) for one in row.items if one.sku in offers]
    known = {key: str(units) for key, _offer, units in rows}
    rows += [("", one.offer_id, one.quantity) for one in row.rejected if one.offer_id]
    return {**known, "cluster": str(row.cluster_id), "kind": row.kind, "drop_off": str(row.drop_off_id or "")}, rows



def typed(request: WebRequest) -> list[tuple[int, str]]:
    """What was written beside products: (SKU, text), empty fields left out."""
    return [(posted.number(name.removeprefix("units-")), text) for name in request.POST
            if name.startswith("units-") and (text := request.POST.get(name, "").strip())]


def _told(request: WebRequest) -> tuple[list[ItemInput], list[RowError]]:
    """Units typed beside products, lines that were pasted, and a file: all of them together."""
    items: list[ItemInput] = []
    wrong: list[RowError] = []
    for sku, units in typed(request):
        if units.isdecimal() and len(units) < 9:
            items.append(ItemInput(sku, int(units)))
        else:
            wrong.append(RowError(0, units, in_words("units_unreadable")))
    pasted = [(place, rules.cells_of(line)) for place, line in enumerate(
        request.POST.get("lines", "")[:200_000].splitlines(), 1) if line.strip()]
    more, bad = rules.read_lines(pasted)
    items += more
    wrong += [RowError(one.row, one.value, in_words(one.text)) for one in bad]
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        more, bad = services.read_contents(file, file.size or 0, clock.now())
        items += more
        wrong += bad
    return [item for item in items if item.quantity], wrong


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product that lies in the shop's own warehouses, and how many of it the marketplace has."""

    sku: int
    name: str
    offer_id: str
    thumb_url: str
    own: int
    theirs: int
    #: What was written beside it.
    units: str = ""


def _suggested(request: WebRequest, given: Mapping[str, str]) -> list[Suggestion]:
    """The goods of which most lie ready in the shop."""
    seller = request.seller
    ids = [id_ for place in inventory.warehouses(seller)[:1] for id_ in inventory.lying_in(seller, place.id, 200)]
    rows = catalog.products_page(seller, filter=ProductFilter(product_ids=ids, visibility="IN_SALE"), limit=200,
                                 language=request.language).rows if ids else []
    by_id = {row.id: row for row in rows if row.sku}
    chosen = [id_ for id_ in ids if id_ in by_id][:_SUGGESTED]
    free: dict[int, list[int]] = {id_: [0, 0] for id_ in chosen}
    for id_, stocks in inventory.stocks(seller, chosen, platform=True).items():
        for one in stocks:
            free[id_][1 if one.platform else 0] += one.free
    return [Suggestion(by_id[id_].sku, by_id[id_].name, by_id[id_].offer_id, by_id[id_].thumb_url, free[id_][0],
                       free[id_][1], given.get(f"units-{by_id[id_].sku}", ""))
            for id_ in chosen]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the timetable with its free hours, in the time of the place."""

    label: str
    #: What the form sends, or nothing where the hour is taken or past; and the hour, the same ones on every day.
    hours: list[tuple[str, str]]

    @property
    def free(self) -> int:
        return sum(1 for value, _hour in self.hours if value)


def days_of(slots: list[Slot], time_zone: str) -> list[Day]:
    zone = ZoneInfo(time_zone)
    found: dict[date, dict[str, str]] = {}
    for slot in slots:
        local = slot.start.astimezone(zone)
        found.setdefault(local.date(), {})[f"{local:%H:%M}"] = slot.start.isoformat()
    days = list(found.items())[:_DAYS_SHOWN]
    hours = sorted({hour for _day, free in days for hour in free})
    return [Day(formats.weekday(day), [(free.get(hour, ""), hour) for hour in hours]) for day, free in days]


def week_of(place: WarehouseRow, now: datetime) -> list[Day]:
    """The next days on which a place still takes supplies in."""
    today = now.astimezone(ZoneInfo(place.time_zone)).date()
    return days_of(queries.free_slots(place, today, today + timedelta(days=_DAYS_SHOWN + 1), now), place.time_zone)


def read_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@require_http_methods(["GET", "POST"])
@seller_view(permissions.VIEW)
def draft(request: WebRequest, draft_id: int) -> HttpResponse:
    """Second step: which warehouse takes the goods, and when."""
    whole_shop(request)
    now = clock.now()
    row = queries.draft(request.seller, draft_id, now)
    if row.supply_id is not None:
        return redirect("supply:supply", supply_id=row.supply_id)
    if request.method == "POST":
        require(request, permissions.EDIT)
        try:
            supply_id = services.create_supply(
                seller=request.seller, draft_id=draft_id, storage_id=posted.number(request.POST.get("storage", "")),
                slot_from=read_moment(request.POST.get("slot", "")), actor=request.actor, now=now)
        except DomainError as refused:
            if refused.kind == "not_found":
                raise
            messages.error(request, refusal_text(refused))
        else:
            messages.success(request, _("The supply is made. Put the goods into boxes and name the car."))
            return redirect("supply:supply", supply_id=supply_id)
    return render(request, "supply/draft.html", _draft_page(request, row, now))


def _draft_page(request: WebRequest, row: DraftRow, now: datetime) -> dict[str, Any]:
    choices = queries.choices(row) if row.state == "ready" else []
    asked = posted.number(request.GET.get("storage", "") or request.POST.get("storage", ""))
    usable = [one for one in choices if one.state != "none"]
    chosen = next((one for one in usable if one.warehouse_id == asked), usable[0] if usable else None)
    days: list[Day] = []
    place = None
    if chosen is not None:
        place = queries.place(row.drop_off_id or chosen.warehouse_id)
        if place is None:
            raise StorageUnknown()
        days = week_of(place, now)
    cluster = next((one for one in inventory.clusters(now) if one.id == row.cluster_id), None)
    minutes = max(1, int((row.expires_at - now).total_seconds() // 60))
    return {
        "steps": _steps(1), "draft": row, "choices": choices, "chosen": chosen, "days": days, "place": place,
        "litres": litres(row.volume_ml), "failure": texts.FAILURES.get(row.error, ""),
        "cluster": localized(cluster.names, request.language) if cluster else "",
        "left": ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes},
        "rejected": [(one, [texts.REASONS.get(reason, reason) for reason in one.reasons]) for one in row.rejected]}
