"""What packing asks about the goods of one posting: the page where it is filled in, and its panel on the posting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import permissions, queries, services, states, texts
from sellerdesk.orders.types import Packing, PackingLine, PostingCard, UnitInput, UnitRow, UnitsInput
from sellerdesk.orders.web import scope

_ABSENT = {"gtd", "rnpt"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question about one unit. `absent` is None where “there is none” is no answer."""

    name: str
    need: str
    label: Any
    help: Any
    value: str
    faults: tuple[Any, ...]
    done: bool
    absent: bool | None
    optional: bool


@dataclass(frozen=True, slots=True)
class LineView:
    row: PackingLine
    countries: list[tuple[str, str]]
    units: list[list[FieldView]]

    @property
    def asks_country(self) -> bool:
        return "country" in self.row.needs

    @property
    def country_name(self) -> str:
        return dict(self.countries).get(self.row.country, self.row.country)


@dataclass(frozen=True, slots=True)
class NeedView:
    """One kind of answer about one product, for the panel: how many units have it."""

    label: Any
    done: int
    total: int

    @property
    def complete(self) -> bool:
        return self.done >= self.total


def panel(request: WebRequest, card: PostingCard) -> dict[str, Any]:
    """What the posting's page shows about its goods; nothing where packing asks nothing. Three queries, or none."""
    may_describe = card.state == states.AWAITING_PACKAGING and permissions.SHIP in request.permissions
    shown: dict[str, Any] = {"may_describe": may_describe, "open_needs": card.open_needs, "needs": []}
    if not any(line.needs for line in card.lines):
        return shown
    sheet = queries.packing(request.seller, card.number)
    shown["needs"] = [(line, _summary(line), [row for row in line.units if row.unit.mark or row.unit.imeis])
                      for line in sheet.lines if line.needs]
    return shown


def _summary(line: PackingLine) -> list[NeedView]:
    found = []
    if "country" in line.needs:
        found.append(NeedView(texts.NEEDS["country"][0], int(not line.country_missing), 1))
    for need in line.wanted:
        met = sum(need not in row.missing for row in line.units)
        found.append(NeedView(texts.NEEDS[need][0], met, line.quantity))
    return found


@require_http_methods(["GET", "POST"])
@seller_view(permissions.SHIP)
def units(request: WebRequest, number: str) -> HttpResponse:
    """Fill in what is asked; wrong answers stay on the page with what is wrong about them."""
    card = scope.posting(request, number)
    sheet = queries.packing(request.seller, number)
    if sheet.state != states.AWAITING_PACKAGING:
        messages.info(request, _("%(number)s is not waiting to be packed.") % {"number": number})
        return redirect("orders:posting", number=number)
    error, boxes = "", str(sheet.boxes)
    if request.method == "POST":
        boxes = request.POST.get("boxes", boxes)[:6]
        try:
            outcome = services.set_units(seller=request.seller, sheets=[_read(request, sheet)], actor=request.actor,
                                         now=clock.now())[0]
            if outcome.error:
                raise outcome.error
        except DomainError as refused:
            error = refusal_text(refused)
        else:
            sheet = queries.packing(request.seller, number)
            if not sheet.open_needs:
                messages.success(request, _("Everything about the goods of %(number)s is known: pack it.")
                                 % {"number": number})
                return redirect("orders:posting", number=number)
            messages.warning(request, ngettext(
                "Saved. %(count)s answer is still missing or wrong.",
                "Saved. %(count)s answers are still missing or wrong.", sheet.open_needs) % {"count": sheet.open_needs})
    return render(request, "orders/units.html", {
        "posting": card, "sheet": sheet, "error": error, "boxes": boxes,
        "lines": [_line(request, line) for line in sheet.lines]}, status=422 if error else 200)


def _line(request: WebRequest, line: PackingLine) -> LineView:
    countries = list(queries.countries(request.language).items()) if "country" in line.needs else []
    rows: list[UnitRow | None] = [*line.units, *[None] * (line.quantity - len(line.units))]
    return LineView(line, countries, [_fields(line, row, at) for at, row in enumerate(rows)])


def _asked(line: PackingLine) -> list[str]:
    return [*line.wanted, *(["optional_mark"] if "optional_mark" in line.needs else [])]


def _fields(line: PackingLine, row: UnitRow | None, at: int) -> list[FieldView]:
    made = []
    for need in _asked(line):
        label: Any
        about: Any
        label, about = texts.NEEDS[need]
        kept = "mandatory_mark" if need == "optional_mark" else need
        value = _value(row.unit, kept) if row else ""
        absent = getattr(row.unit, f"{kept}_absent") if row and kept in _ABSENT else False
        faults = tuple(texts.FAULTS.get(name, name) for name in (row.faults.get(kept, ()) if row else ()))
        if need == "weight" and line.most_g:
            about = texts.WEIGHT_BETWEEN % {"least": line.least_g, "most": line.most_g}
        made.append(FieldView(
            f"{kept}-{line.sku}-{at}", kept, label, about, value, faults, bool(value or absent) and not faults,
            absent if kept in _ABSENT else None, need == "optional_mark"))
    return made


def _value(unit: UnitInput, need: str) -> str:
    return {"mandatory_mark": unit.mark, "jw_uin": unit.uin, "imei": " ".join(unit.imeis), "gtd": unit.gtd,
            "rnpt": unit.rnpt, "weight": str(unit.weight_g or "")}[need]


def _read(request: WebRequest, sheet: Packing) -> UnitsInput:
    """The form as it was sent. Raises Invalid for a weight or a number of boxes that is no number."""
    post = request.POST

    def text(need: str, sku: int, at: int) -> str:
        return post.get(f"{need}-{sku}-{at}", "").strip()[:200]

    def number(value: str) -> int | None:
        if value and not value.isdecimal():
            raise Invalid("quantity_unreadable", _("“%(value)s” is not a whole number."), data={"value": value})
        return int(value[:9]) if value else None

    found = {}
    for line in sheet.lines:
        if _asked(line):
            found[line.sku] = tuple(UnitInput(
                id=line.units[at].unit.id if at < len(line.units) else 0,
                mark=text("mandatory_mark", line.sku, at), uin=text("jw_uin", line.sku, at),
                imeis=tuple(text("imei", line.sku, at).split()), gtd=text("gtd", line.sku, at),
                gtd_absent=f"gtd-{line.sku}-{at}-absent" in post, rnpt=text("rnpt", line.sku, at),
                rnpt_absent=f"rnpt-{line.sku}-{at}-absent" in post,
                weight_g=number(text("weight", line.sku, at))) for at in range(line.quantity))
    countries = {line.sku: post.get(f"country-{line.sku}", "")[:2] for line in sheet.lines if "country" in line.needs}
    return UnitsInput(sheet.number, found, number(post.get("boxes", "").strip()[:6]), countries)
