"""The grid of prices and the preview of a change in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import ProductRow
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.economics.types import Unit
from sellerdesk.pricing.types import PreviewRow, PriceRow

EDIT = "pricing:price:edit"
BULK = "pricing:price:bulk"
HISTORY = "pricing:price:history"
FIELDS = ("price", "old_price", "min_price", "cost")


@dataclass(frozen=True, slots=True)
class PriceView:
    """One product in the grid; amounts are None where there is none."""

    id: int
    offer_id: str
    name: str
    thumb_url: str
    price: Money | None
    old_price: Money | None
    min_price: Money | None
    cost: Money | None
    updated_at: datetime | None
    unit: Unit | None = None

    @property
    def discount(self) -> str:
        if not self.price or not self.old_price:
            return ""
        return formats.percent((self.price.amount_minor - self.old_price.amount_minor) * 100
                               / self.old_price.amount_minor)

    @property
    def margin(self) -> str:
        """What is left of the price after everything, as a share of it."""
        return "" if self.unit is None or self.unit.margin_bp is None else formats.percent(self.unit.margin_bp / 100)

    @property
    def loss(self) -> bool:
        return bool(self.unit and self.unit.margin_minor is not None and self.unit.margin_minor < 0)


def view_of(product: ProductRow, row: PriceRow | None, currency: str, unit: Unit | None = None) -> PriceView:
    def money(amount_minor: int) -> Money | None:
        return Money(amount_minor, currency) if amount_minor else None

    if row is None:
        return PriceView(product.id, product.offer_id, product.name, product.thumb_url, None, None, None, None, None)
    return PriceView(product.id, product.offer_id, product.name, product.thumb_url, money(row.price_minor),
                     money(row.old_price_minor), money(row.min_price_minor), money(row.cost_minor), row.updated_at,
                     unit)


def _save_url(row: PriceView) -> str:
    return reverse("pricing:save", args=[row.id])


def _amount(key: str, label: Any, help_text: Any, *, editable: bool, hide_on_phone: bool = False) -> t.Column:
    if not editable:
        return t.Column(key, label, kind="money", help=help_text, hide_on_phone=hide_on_phone)

    def plain(row: PriceView) -> str:
        # The currency stands once, above the column.
        amount: Money | None = getattr(row, key)
        return amount.decimal_text() if amount else ""

    return t.Column(key, label, kind="edit", align="end", value=plain, edit_url=_save_url, help=help_text,
                    hide_on_phone=hide_on_phone)


def _columns(editable: bool, currency: str = "") -> tuple[t.Column, ...]:
    price = format_lazy("{}, {}", _("Price"), currency) if editable and currency else _("Price")
    return (
        t.Column("thumb_url", _("Picture"), kind="image", sub="name"),
        t.Column("name", _("Product"), kind="link", primary=True, sub="offer_id",
                 href=lambda row: reverse("catalog:product", args=[row.id])),
        _amount("price", price, _("What the buyer pays."), editable=editable),
        _amount("old_price", pgettext_lazy("price", "Crossed out"),
                _("The price before the discount. Empty or 0: none."), editable=editable),
        t.Column("discount", _("Discount"), align="end", hide_on_phone=True),
        _amount("min_price", pgettext_lazy("price", "Lowest"),
                _("Promotions never go below it. At least half of the price."), editable=editable, hide_on_phone=True),
        _amount("cost", pgettext_lazy("price", "Cost"), _("What the goods cost you. Only your shop sees it."),
                editable=editable, hide_on_phone=True),
        t.Column("margin", pgettext_lazy("pricing", "Margin"), align="end",
                 tone=lambda row: "danger" if row.loss else "",
                 help=_("What is left of the price after fees, delivery, returns, taxes and cost.")),
        t.Column("updated_at", pgettext_lazy("pricing", "Changed"), kind="ago", hide_on_phone=True, hidden=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Unit economics"), "calculator",
                        href=lambda row: reverse("economics:product", args=[row.id])),
            t.RowAction(_("Price history"), "history", drawer=True,
                        href=lambda row: reverse("pricing:history", args=[row.id]), permission=HISTORY),
        )),
    )


class PriceTable(t.Table):
    page = "pricing.prices"
    caption = _("Prices")
    columns = _columns(editable=True)
    tabs = (t.Tab("", _("All")), t.Tab("unpriced", _("No price yet"), tone="warning"))
    filters = (t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),)
    bulk_actions = (
        t.BulkAction("percent", _("Change by percent"), "percentage", url="pricing:selected", permission=BULK),
    )
    empty = t.Empty("tag", _("No products to price yet"), _("Add a product, and its price appears here."),
                    action_label=_("Add product"), action_url="catalog:product_new")

    def __init__(self, request: WebRequest) -> None:
        super().__init__(request)
        self.columns = _columns(request.can(EDIT), request.seller.currency)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class PreviewView:
    """One product in the preview of a change in bulk."""

    id: int
    name: str
    offer_id: str
    before: Money
    after: Money
    old_before: Money | None
    old_after: Money | None
    change_percent: float
    problem: str
    large: bool

    @property
    def change(self) -> str:
        return formats.percent(self.change_percent, signed=True)


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of a preview with their totals."""

    rows: list[PreviewView] = dataclass_field(default_factory=list)
    token: str = ""
    unpriced: int = 0

    @property
    def fits(self) -> int:
        return sum(not row.problem for row in self.rows)

    @property
    def refused(self) -> int:
        return len(self.rows) - self.fits

    @property
    def large(self) -> int:
        return sum(row.large and not row.problem for row in self.rows)


def preview_views(rows: Iterable[PreviewRow], names: dict[int, str], large_percent: float) -> list[PreviewView]:
    made = []
    for row in rows:
        if row.before is None or row.after is None:
            continue
        change = row.change_percent or 0.0
        made.append(PreviewView(
            row.product_id, names.get(row.product_id, ""), row.offer_id, Money(row.before.price_minor, row.currency),
            Money(row.after.price, row.currency),
            Money(row.before.old_price_minor, row.currency) if row.before.old_price_minor else None,
            Money(row.after.old, row.currency) if row.after.old else None, change,
            " ".join(error.text for error in row.errors), abs(change) > large_percent))
    return made


class PreviewTable(t.Table):
    caption = _("Preview of the new prices")
    columns = (
        t.Column("name", _("Product"), primary=True, sub="offer_id"),
        t.Column("before", pgettext_lazy("price", "Now"), kind="money", sub="old_before"),
        t.Column("after", _("New price"), kind="money", sub="old_after",
                 tone=lambda row: "danger" if row.problem else ""),
        t.Column("change", pgettext_lazy("price", "Change"), align="end",
                 tone=lambda row: "warning" if row.large else ""),
        t.Column("problem", _("Why not"), tone=lambda row: "danger"),
    )

    @property
    def visible_columns(self) -> list[t.Column]:
        """Without the reasons where nothing is refused."""
        return [column for column in self.columns if column.key != "problem" or any(row.problem for row in self.rows)]

    empty = t.Empty("tag", _("None of the selected products has a price"))
