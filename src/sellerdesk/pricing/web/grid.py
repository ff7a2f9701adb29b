"""The grid that edits like a spreadsheet: its page, and what its script asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import undoing
from sellerdesk.catalog.types import ProductFilter, ProductRow
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, FieldError, Invalid
from sellerdesk.core.http import answers
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import TabLink
from sellerdesk.core.ui.tables.cells import money_text
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import PARTS, Unit
from sellerdesk.pricing import calculating, formula, queries, services
from sellerdesk.pricing.errors import PercentOutOfRange, formula_invalid
from sellerdesk.pricing.types import Amounts, PriceInput, PriceRow
from sellerdesk.pricing.web.tables import BULK, EDIT

PAGE_ROWS = 250
_FIELDS = ("price", "old_price", "min_price", "cost", "vat", "auto_action", "strategy")
_CLEARABLE = ("old_price", "min_price", "cost")
_PERCENT = re.compile(r"^[+−-]?\d{1,3}([.,]\d{1,2})?$")
_LONGEST_TEXT = 40


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refusals as the script reads them: {"error": text}, with the status of their kind."""

    @wraps(view)
    def spelled(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return JsonResponse({"error": answers.refusal_text(error)}, status=answers.STATUS[error.kind])

    return spelled


class Cells(msgspec.Struct, forbid_unknown_fields=True):
    """One row as the script sends it: what was on screen before, and the fields that were typed."""

    id: int
    seen: dict[str, str] = {}
    values: dict[str, str] = {}


class Sheet(msgspec.Struct, forbid_unknown_fields=True):
    rows: list[Cells]


class Sum(msgspec.Struct, forbid_unknown_fields=True):
    """A column to calculate: by a percentage or a formula."""

    field: str
    rounding: str
    rows: list[Cells]
    percent: str = ""
    formula: str = ""


@require_GET
@seller_view("pricing:price:view")
def grid(request: WebRequest) -> HttpResponse:
    """The page; its rows come as data, and without a script it leads to the list."""
    search, tab = request.GET.get("q", "").strip()[:100], request.GET.get("tab", "")
    first = _rows(request, search, tab, None)
    return render(request, "pricing/grid.html", {
        "first": first, "search": search, "tab": tab, "nav_key": "prices",
        "held": queries.waiting_count(request.seller), "can_edit": request.can(EDIT), "can_bulk": request.can(BULK),
        "rates": [(rate, rate_text(rate)) for rate in catalog.VAT_RATES], "names": ", ".join(formula.NAMES),
        "currency": request.seller.currency, "tabs": view_tabs("grid"),
        "setup": {
            "rows": reverse("pricing:grid_rows"), "check": reverse("pricing:grid_check"),
            "save": reverse("pricing:grid_save"), "calculate": reverse("pricing:grid_calculate"),
            "edit": request.can(EDIT), "bulk": request.can(BULK), "most": services.MAX_ROWS,
            "choices": _choices(), "language": request.language},
        "words": _words(),
    })


def _choices() -> dict[str, dict[str, str]]:
    """The columns whose cells are chosen from a list: values and what they are called."""
    turned = {"true": _("Yes"), "false": _("No")}
    return {"vat": {rate: rate_text(rate) for rate in catalog.VAT_RATES},
            "auto_action": {"shop": pgettext("price grid", "As the shop"), **turned}, "strategy": turned}


def view_tabs(active: str) -> list[TabLink]:
    """The two ways to look at prices."""
    return [TabLink(pgettext("price grid", "List"), reverse("pricing:prices"), active=active == "list", icon="list"),
            TabLink(_("Spreadsheet"), reverse("pricing:grid"), active=active == "grid", icon="table")]


def _words() -> dict[str, str]:
    """What the script says, in the reader's language; {n} and the like are filled in there."""
    return {
        "dirty": _("Changed and not saved: {n}"), "bad": _("Against a rule: {n}"), "held": _("To quarantine: {n}"),
        "clean": _("Nothing to save"), "saved": _("Saved: {n}"),
        "kept": _("Not saved: {n}. The reasons stand in the rows."),
        "waits": _("Waiting in quarantine: {n}"), "undo": _("Undo"),
        "undone": pgettext("price grid", "Undone"),
        "changed": pgettext("price grid", "changed"),
        "waiting": _("in quarantine: {amount}"), "bigstep": _("will wait in quarantine"),
        "checking": _("Checking…"), "saving": _("Saving…"), "rows": _("Products: {n}"),
        "pasted": _("Pasted: {n} cells"), "outside": _("Cells that fit nowhere were left out: {n}"),
        "theirs": _("Take theirs"), "mine": _("Keep mine"),
        "unknown": _("cost not known"), "none": _("Nothing found"),
        "calculated": _("Calculated: {n}"), "uncalculated": _("Could not be calculated: {n}"),
        "history": _("Price history"), "expired": _("You were signed out. Reload the page to sign in."),
        "price": pgettext("price grid", "Price"), "commission": _("Commission {percent}"),
        "acquiring": _("Payment processing"), "delivery": _("Delivery, at least"), "returns": _("Returns {percent}"),
        "storage": _("Storing"), "packing": _("Packing"), "fx": _("Buffer for the rate {percent}"),
        "vat": _("VAT in the price"), "input_vat": _("VAT deducted"), "tax": _("Tax {percent}"),
        "cost": pgettext("price", "Cost"),
        "left": _("Left for you"),
    }


def rate_text(rate: str) -> str:
    whole = float(rate) * 100
    return f"{whole:g}%"


@require_GET
@seller_view("pricing:price:view")
@in_json
def grid_rows(request: WebRequest) -> HttpResponse:
    """The next rows, in the order of ids; the cursor comes from the answer before."""
    return JsonResponse(_rows(request, request.GET.get("q", "").strip()[:100], request.GET.get("tab", ""),
                              request.GET.get("c") or None))


def _rows(request: WebRequest, search: str, tab: str, cursor: str | None) -> dict[str, Any]:
    visibility = {"unpriced": "UNPRICED", "held": "QUARANTINE"}.get(tab, "")
    page = catalog.products_page(request.seller, filter=ProductFilter(search=search, visibility=visibility),
                                 cursor=cursor, limit=PAGE_ROWS, language=request.language)
    ids = [row.id for row in page.rows]
    prices = queries.prices(request.seller, ids)
    rates = catalog.vat_rates(request.seller, ids)
    waiting = {row.product_id: row for row in queries.waiting(request.seller, product_ids=ids)} if ids else {}
    known = economics.units(request.seller, {
        id_: (row.price_minor, row.cost_minor) for id_, row in prices.items()}, clock.now(), rates=rates)
    return {"next": page.next_cursor, "rows": [
        {**_row(row, prices.get(row.id), rates.get(row.id, "0")), "margin": _margin(known.get(row.id), request),
         "waiting": money_text(Money(waiting[row.id].price_minor, waiting[row.id].currency))
         if row.id in waiting else ""} for row in page.rows]}


def _row(product: ProductRow, price: PriceRow | None, rate: str) -> dict[str, Any]:
    return {"id": product.id, "offer": product.offer_id, "name": product.name, "thumb": product.thumb_url,
            "url": reverse("catalog:product", args=[product.id]),
            "history": reverse("pricing:history", args=[product.id]),
            "values": _values(price, rate)}


def _values(price: PriceRow | None, rate: str) -> dict[str, str]:
    """What stands in the cells of a row; a product without a price has no amounts."""
    empty = {**dict.fromkeys(_FIELDS[:4], ""), "auto_action": "shop", "strategy": "true"}
    return {**(_now(price) if price else empty), "vat": rate}


def _share(left: int, price: int) -> str:
    """The margin as a share of the price; a price of next to nothing makes no number worth reading."""
    return "< −999%" if left < -10 * price else formats.percent(left * 100 / price)


def _margin(unit: Unit | None, request: WebRequest) -> dict[str, Any] | None:
    """The parts of a margin, written out in their order; parts of nothing are left out."""
    if unit is None:
        return None
    currency, left = request.seller.currency, unit.margin_minor
    return {
        "percent": _share(left, unit.price_minor) if left is not None else "",
        "left": money_text(Money(left, currency)) if left is not None else "", "loss": left is not None and left < 0,
        "parts": [[key, money_text(Money(part.amount_minor, currency)),
                   formats.percent(part.bp / 100) if part.bp else ""]
                  for key in PARTS if (part := unit.part(key)).amount_minor]}


@require_POST
@seller_view("pricing:price:view")
@in_json
def grid_check(request: WebRequest) -> HttpResponse:
    """What saving would do with the rows as typed; nothing is written."""
    sheet = _read(request, Sheet)
    tried = services.try_rows(seller=request.seller, rows=[_input(row, request) for row in sheet.rows], now=clock.now())
    return JsonResponse({"rows": [
        {"id": row.preview.product_id, "errors": _errors(row.preview.errors), "held": row.preview.quarantined,
         "margin": _margin(row.margin, request),
         "now": _now(row.preview.before) if row.preview.before else None}
        for row in tried]})


@require_POST
@seller_view(EDIT)
@in_json
def grid_save(request: WebRequest) -> HttpResponse:
    """Save the rows that may be saved; each row is answered for itself."""
    sheet = _read(request, Sheet)
    if len(sheet.rows) > 1:
        require(request, BULK)
    now = clock.now()
    outcomes, batch_id = services.save_rows(
        seller=request.seller, rows=[_input(row, request) for row in sheet.rows], actor=request.actor, now=now)
    ids = [one.product_id for one in outcomes]
    current, rates = queries.prices(request.seller, ids), catalog.vat_rates(request.seller, ids)
    held = {row.product_id: row for row in queries.waiting(request.seller, product_ids=ids)}
    known = economics.units(request.seller, {
        id_: (row.price_minor, row.cost_minor) for id_, row in current.items()}, now, rates=rates)
    return JsonResponse({
        "undo": reverse("pricing:grid_undo", args=[batch_id]) if batch_id else "",
        "rows": [{"id": one.product_id, "saved": one.updated and not one.quarantined, "held": one.quarantined,
                  "errors": _errors(one.errors),
                  "values": _values(current.get(one.product_id), rates.get(one.product_id, "0")),
                  "margin": _margin(known.get(one.product_id), request),
                  "waiting": money_text(Money(held[one.product_id].price_minor, held[one.product_id].currency))
                  if one.product_id in held else ""} for one in outcomes]})


@require_POST
@seller_view(BULK)
@in_json
def grid_undo(request: WebRequest, batch_id: int) -> HttpResponse:
    """Set back what one save did; what others changed since is left alone and counted."""
    undoing.undo(seller=request.seller, batch_id=batch_id, actor=request.actor, now=clock.now(),
                 parts=frozenset({"price"}))
    return JsonResponse({"left": catalog.changes.conflicts_total(request.seller, batch_id)})


@require_POST
@seller_view(EDIT)
@in_json
def grid_calculate(request: WebRequest) -> HttpResponse:
    """A column calculated for the rows sent; nothing is written."""
    asked = _read(request, Sum)
    rows = services.calculate(seller=request.seller, rows=[_input(row, request) for row in asked.rows],
                              rule=_rule(asked), now=clock.now())
    return JsonResponse({"rows": [{"id": row.product_id, "text": row.text, "error": row.error.text if row.error else ""}
                                  for row in rows]})


def _rule(asked: Sum) -> calculating.Calculation:
    return calculation(asked.field, asked.rounding, asked.percent, asked.formula)


def calculation(field: str, rounding: str, percent: str, text: str) -> calculating.Calculation:
    """The rule that somebody asked for. Raises Invalid, PercentOutOfRange."""
    if field not in _FIELDS[:4] or rounding not in calculating.ROUNDINGS:
        raise Invalid("invalid", field="field")
    if text:
        try:
            return calculating.Calculation(field, formula.read(text), rounding)
        except formula.FormulaError as error:
            raise formula_invalid(error) from None
    return calculating.Calculation(field, calculating.percent(field, percent_bp(percent)), rounding)


def percent_bp(text: str) -> int:
    """A change in basis points from −5, +3,5 or 5%. Raises PercentOutOfRange."""
    plain = text.strip().rstrip("%").strip()
    if not _PERCENT.match(plain):
        raise PercentOutOfRange(field="percent")
    whole, _point, rest = plain.replace("−", "-").replace(",", ".").partition(".")
    bp = abs(int(whole)) * 100 + int((rest + "00")[:2])
    bp = -bp if whole.startswith("-") else bp
    if not -9_000 <= bp <= 90_000 or bp == 0:
        raise PercentOutOfRange(field="percent")
    return bp


def _read(request: WebRequest, kind: type[Any]) -> Any:
    """The body as `kind`. Raises Invalid `unreadable`."""
    try:
        return msgspec.json.decode(request.body, type=kind)
    except msgspec.MsgspecError as error:
        raise Invalid("unreadable", data={"value": str(error)[:200]}) from None


def _input(row: Cells, request: WebRequest) -> PriceInput:
    """What was typed; an emptied amount is one removed, an emptied price is left as it is."""
    given: dict[str, Any] = {}
    for field in _FIELDS:
        if field in row.values:
            text = row.values[field].strip()[:_LONGEST_TEXT]
            given[field] = text or ("0" if field in _CLEARABLE else None)
    return PriceInput(product_id=row.id, seen=_seen(row.seen, request) if row.seen else None, **given)


def _seen(texts: Mapping[str, str], request: WebRequest) -> Amounts:
    def amount(field: str) -> int:
        return Money.parse(texts.get(field) or "0", request.seller.currency, field=field).amount_minor

    return Amounts(amount("price"), amount("old_price"), amount("min_price"), amount("cost"))


def _now(row: PriceRow) -> dict[str, str]:
    turned = {None: "shop", True: "true", False: "false"}
    amounts = zip(_FIELDS, (row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor), strict=False)
    return {**{key: Money(amount, row.currency).decimal_text() if amount else "" for key, amount in amounts},
            "auto_action": turned[row.auto_action], "strategy": turned[row.strategy]}


def _errors(errors: Sequence[FieldError]) -> list[dict[str, str]]:
    return [{"field": error.field if error.field in _FIELDS else "price", "code": error.code, "text": error.text}
            for error in errors]
