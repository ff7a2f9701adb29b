"""The console's lists: the whole market, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import ProductRow
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.orders.types import MarketPosting
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import wording

SHOP_STATES = {key: t.Badge(label, wording.STATE_TONES[key]) for key, label in wording.STATES.items()}
PRODUCT_STATES = {
    "pending": t.Badge(_("Being checked"), "info"),
    "moderating": t.Badge(_("Being checked"), "info"),
    "processed": t.Badge(_("Without a price"), "warning"),
    "price_sent": t.Badge(_("Ready to sell"), "success"),
    "failed": t.Badge(pgettext_lazy("product", "Errors"), "danger"),
    "declined": t.Badge(pgettext_lazy("product", "Declined"), "danger"),
    "hidden": t.Badge(pgettext_lazy("product", "Hidden"), "danger"),
    "draft": t.Badge(pgettext_lazy("product", "Draft"), "neutral"),
}
POSTING_STATES = {
    "awaiting_packaging": t.Badge(pgettext_lazy("posting", "To pack"), "warning"),
    "awaiting_deliver": t.Badge(pgettext_lazy("posting", "To hand over"), "primary"),
    "acceptance_in_progress": t.Badge(pgettext_lazy("posting", "Being accepted"), "info"),
    "delivering": t.Badge(pgettext_lazy("posting", "On the way"), "info"),
    "arbitration": t.Badge(_("In dispute"), "danger"),
    "client_arbitration": t.Badge(_("In dispute"), "danger"),
    "delivered": t.Badge(pgettext_lazy("posting", "Delivered"), "success"),
    "cancelled": t.Badge(pgettext_lazy("posting", "Cancelled"), "neutral"),
    "not_accepted": t.Badge(pgettext_lazy("posting", "Not accepted"), "danger"),
}
_OPEN = {"awaiting_packaging", "awaiting_deliver"}


def _labels(states: Mapping[str, t.Badge]) -> list[tuple[str, Any]]:
    return [(key, badge.label) for key, badge in states.items()]


def _of_seller(name: str) -> Any:
    return lambda row: f"{reverse(name)}?seller={row.id}"


class SellerTable(t.Table):
    page = "console.sellers"
    caption = pgettext_lazy("console", "Sellers")
    columns = (
        t.Column("name", _("Shop"), sub=lambda row: f"ID {row.id}", primary=True),
        t.Column("legal_name", _("Company"), sub=lambda row: f"{row.country} {row.registration_number}"),
        t.Column("owner_email", _("Owner"), hide_on_phone=True),
        t.Column("currency", _("Currency"), hide_on_phone=True),
        t.Column("state", _("State"), kind="badge", choices=SHOP_STATES),
        t.Column("created_at", pgettext_lazy("when", "Registered"), kind="datetime"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Papers and review"), "user-check",
                        href=lambda row: reverse("console:review", args=[row.id])),
            t.RowAction(_("Products"), "package", href=_of_seller("console:products")),
            t.RowAction(_("Orders"), "shopping-cart", href=_of_seller("console:postings")),
        )),
    )
    filters = (
        t.SearchFilter("q", _("Shop, company, number or e-mail")),
        t.ChoiceFilter("state", _("State"), choices=_labels(SHOP_STATES)),
    )
    empty = t.Empty("building-store", _("No shops yet"), _("They appear here as soon as somebody registers."))


def shop_choices(request: WebRequest) -> list[tuple[int, str]]:
    """The newest shops, and the one that is looked at: the list of shops leads here from any of them."""
    newest = [(row.id, row.name) for row in sellers.sellers_page(cursor=None, limit=500).rows]
    asked = request.GET.get("seller", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18 or int(asked) in dict(newest):
        return newest
    return [*newest, *sellers.names([int(asked)]).items()]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product with the name of its shop."""

    row: ProductRow
    shop: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("console:product", args=[self.row.seller_id, self.row.id])


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting with the name of its shop."""

    row: MarketPosting
    shop: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def ship_by(self) -> datetime | None:
        return self.row.ship_by if self.row.state in _OPEN else None


class ProductTable(t.Table):
    page = "console.products"
    row_href = "url"
    caption = _("Products")
    columns = (
        t.Column("image", _("Picture"), kind="image", value=lambda line: line.row.thumb_url,
                 sub=lambda line: line.row.name),
        t.Column("name", _("Product"), kind="link", primary=True, href="url", value=lambda line: line.row.name,
                 sub=lambda line: f"{line.row.offer_id} · SKU {line.row.sku}"),
        t.Column("shop", _("Shop")),
        t.Column("category", _("Category"), value=lambda line: line.row.type_name,
                 sub=lambda line: line.row.category_name, hide_on_phone=True),
        t.Column("status", _("State"), kind="badge", value=lambda line: line.row.status, choices=PRODUCT_STATES),
        t.Column("updated_at", pgettext_lazy("when", "Changed"), kind="datetime",
                 value=lambda line: line.row.updated_at),
    )
    row_name = "shop"
    filters = (
        t.SearchFilter("q", _("Name, offer ID or SKU")),
        t.ChoiceFilter("seller", _("Shop"), choices=shop_choices),
    )
    empty = t.Empty("package", _("No products yet"), _("They appear here as soon as a shop adds some."))


class PostingTable(t.Table):
    page = "console.postings"
    caption = _("Orders")
    columns = (
        t.Column("number", _("Number"), primary=True, value=lambda line: line.row.number,
                 sub=lambda line: line.row.city),
        t.Column("shop", _("Shop")),
        t.Column("state", _("State"), kind="badge", value=lambda line: line.row.state, choices=POSTING_STATES),
        t.Column("units", pgettext_lazy("console", "Units"), kind="number", value=lambda line: line.row.units,
                 hide_on_phone=True),
        t.Column("amount", _("Amount"), kind="money", value=lambda line: Money(line.row.amount_minor,
                                                                                line.row.currency)),
        t.Column("ship_by", _("Ship by"), kind="due"),
        t.Column("in_process_at", pgettext_lazy("when", "Ordered"), kind="datetime",
                 value=lambda line: line.row.in_process_at),
    )
    row_name = "id"
    filters = (
        t.SearchFilter("q", _("Number, tracking or product")),
        t.ChoiceFilter("state", _("State"), choices=_labels(POSTING_STATES)),
        t.ChoiceFilter("seller", _("Shop"), choices=shop_choices),
    )
    empty = t.Empty("shopping-cart", _("No orders yet"), _("They appear here as soon as buyers order."))
