"""The list of products with what is left of their prices."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import ProductRow
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.economics import texts
from sellerdesk.economics.types import Unit


@dataclass(frozen=True, slots=True)
class UnitView:
    """One product; amounts are None where there is no price, or no cost."""

    id: int
    offer_id: str
    name: str
    thumb_url: str
    price: Money | None
    fees: Money | None
    margin: Money | None
    share: str
    roi: str
    break_even: Money | None
    loss: bool


def view_of(product: ProductRow, unit: Unit | None, currency: str) -> UnitView:
    def money(amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, currency)

    if unit is None:
        return UnitView(product.id, product.offer_id, product.name, product.thumb_url, None, None, None, "", "", None,
                        loss=False)
    left = unit.margin_minor
    return UnitView(
        product.id, product.offer_id, product.name, product.thumb_url, money(unit.price_minor),
        money(-(unit.named["fee"] or 0)), money(left), "" if unit.margin_bp is None else texts.share(unit.margin_bp),
        "" if unit.roi_bp is None else texts.share(unit.roi_bp), money(unit.break_even_minor),
        loss=left is not None and left < 0)


def _page(row: UnitView) -> str:
    return reverse("economics:product", args=[row.id])


class EconomyTable(t.Table):
    page = "economics.products"
    caption = _("Unit economics")
    columns = (
        t.Column("thumb_url", _("Picture"), kind="image", sub="name"),
        t.Column("name", _("Product"), kind="link", primary=True, sub="offer_id", href=_page),
        t.Column("price", pgettext_lazy("margin", "Price"), kind="money"),
        t.Column("fees", _("Fees"), kind="money", help=_("Commission, payment processing and delivery."),
                 hide_on_phone=True),
        t.Column("margin", _("Margin"), kind="money", tone=lambda row: "danger" if row.loss else "",
                 help=_("What is left of one unit that stays with its buyer, after everything.")),
        t.Column("share", _("Margin share"), align="end", tone=lambda row: "danger" if row.loss else ""),
        t.Column("roi", _("ROI"), align="end", help=_("Margin against what the goods and their packing cost."),
                 hide_on_phone=True),
        t.Column("break_even", _("Break-even"), kind="money", help=_("The price at which nothing is left or lost."),
                 hide_on_phone=True),
    )
    filters = (t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),)
    row_href = staticmethod(_page)
    empty = t.Empty("calculator", _("No products to calculate yet"), _("Add a product with a price and its cost."),
                    action_label=_("Add product"), action_url="catalog:product_new")
