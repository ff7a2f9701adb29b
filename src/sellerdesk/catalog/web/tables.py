"""The list of products and the list of imports, as declared tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.catalog import queries
from sellerdesk.catalog.permissions import PRODUCT_ARCHIVE, PRODUCT_EDIT
from sellerdesk.catalog.types import ImportTaskInfo, ProductRow
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t

PRICE_EDIT = "pricing:price:edit"
STOCK_EDIT = "inventory:stock:shop"

STATUS = {
    "selling": t.Badge(_("On sale"), "success"),
    "ready": t.Badge(_("Out of stock"), "warning"),
    "processed": t.Badge(_("Needs a price"), "warning"),
    "pending": t.Badge(_("Being checked"), "info"),
    "moderating": t.Badge(_("Being checked"), "info"),
    "failed": t.Badge(_("Has errors"), "danger"),
    "declined": t.Badge(_("Declined"), "danger"),
    "archived": t.Badge(_("In the archive"), "neutral"),
}


def state_of(status: str, archived: bool, stock: int) -> str:
    """The one word for where a product stands, as sellers see it."""
    if archived:
        return "archived"
    if status == "price_sent":
        return "selling" if stock > 0 else "ready"
    return status


@dataclass(frozen=True, slots=True)
class ProductView:
    """One line of the list: the card, with its price and stock beside it."""

    id: int
    name: str
    offer_id: str
    sku: int
    thumb_url: str
    type_name: str
    category_name: str
    price: Money | None
    old_price: Money | None
    stock: int
    state: str
    archived: bool
    problem_count: int
    updated_at: datetime
    url: str

    @property
    def numbers(self) -> str:
        return f"{self.offer_id} · {self.sku}"

    @property
    def problems(self) -> str:
        if not self.problem_count:
            return ""
        return ngettext("%(count)s remark", "%(count)s remarks", self.problem_count) % {"count": self.problem_count}


def view_of(row: ProductRow, price: Any, stock: int, currency: str) -> ProductView:
    def money(amount_minor: int) -> Money | None:
        return Money(amount_minor, currency) if amount_minor else None

    return ProductView(
        row.id, row.name, row.offer_id, row.sku, row.thumb_url, row.type_name, row.category_name,
        money(price.price_minor) if price else None, money(price.old_price_minor) if price else None, stock,
        state_of(row.status, row.archived, stock), row.archived, row.problem_count, row.updated_at,
        reverse("catalog:product", args=[row.id]))


def _category_choices(request: HttpRequest) -> list[tuple[int, str]]:
    found = queries.shop_categories(request.seller, request.language)
    return [(category_id, f"{name} ({count})") for category_id, name, count in found]


def _shelve_url(row: ProductView) -> str:
    return reverse("catalog:product_shelve", args=[row.id])


def _columns(price_edit: bool, stock_edit: bool) -> tuple[t.Column, ...]:
    price = (t.Column("price", _("Price"), kind="edit", edit_url=lambda row: reverse("catalog:product_price",
                                                                                     args=[row.id]), align="end")
             if price_edit else t.Column("price", _("Price"), kind="money", sub="old_price"))
    stock = (t.Column("stock", _("Stock"), kind="edit", edit_url=lambda row: reverse("catalog:product_stock",
                                                                                     args=[row.id]), align="end",
                      help=_("Units free for sale, without those in open orders."))
             if stock_edit else t.Column("stock", _("Stock"), kind="number",
                                         tone=lambda row: "" if row.stock > 0 else "danger",
                                         help=_("Units free for sale, without those in open orders.")))
    return (
        t.Column("thumb_url", _("Picture"), kind="image", sub="name", fixed=True),
        t.Column("name", _("Product"), kind="link", primary=True, sub="numbers", href="url", sortable=True),
        t.Column("type_name", _("Product type"), sub="category_name", hide_on_phone=True, width="md"),
        price,
        t.Column("old_price", pgettext_lazy("price", "Crossed out"), kind="money", hide_on_phone=True,
                 hidden=not price_edit, help=_("The price before the discount.")),
        stock,
        t.Column("state", _("Status"), kind="badge", choices=STATUS, sub="problems"),
        t.Column("updated_at", _("Changed"), kind="ago", sortable=True, hide_on_phone=True, hidden=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Edit"), "pencil", href=lambda row: reverse("catalog:product_edit", args=[row.id]),
                        permission=PRODUCT_EDIT),
            t.RowAction(_("Move to the archive"), "archive", post=_shelve_url, show=lambda row: not row.archived,
                        permission=PRODUCT_ARCHIVE,
                        confirm=_("The product leaves the shop window. Its orders and history stay, and you can bring "
                                  "it back at any time.")),
            t.RowAction(_("Bring back"), "archive-off", post=_shelve_url, show=lambda row: row.archived,
                        permission=PRODUCT_ARCHIVE),
        )),
    )


class ProductTable(t.Table):
    page = "catalog.products"
    caption = _("Products")
    columns = _columns(price_edit=True, stock_edit=True)
    tabs = (
        t.Tab("", _("All")),
        t.Tab("selling", pgettext_lazy("tab", "On sale")),
        t.Tab("ready", pgettext_lazy("tab", "Out of stock"), tone="warning"),
        t.Tab("errors", pgettext_lazy("tab", "Need attention"), tone="danger"),
        t.Tab("archived", pgettext_lazy("tab", "Archive")),
    )
    filters = (
        t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),
        t.ChoiceFilter("category", _("Category"), choices=_category_choices, searchable=True),
    )
    bulk_actions = (
        t.BulkAction("archive", _("Archive"), "archive", url="catalog:products_bulk", permission=PRODUCT_ARCHIVE,
                     confirm=_("The selected products leave the shop window. You can bring them back at any time.")),
        t.BulkAction("unarchive", _("Bring back"), "archive-off", url="catalog:products_bulk",
                     permission=PRODUCT_ARCHIVE),
    )
    default_sort = "-id"
    row_href = "url"
    empty = t.Empty("package", _("No products yet"), _("Add your first product by hand, or upload a spreadsheet with "
                                                       "all of them."),
                    action_label=_("Add product"), action_url="catalog:product_new")

    def __init__(self, request: HttpRequest, *, one_warehouse: bool = True) -> None:
        super().__init__(request)
        # With several warehouses the number is a sum, which cannot be typed in one field.
        self.columns = _columns(request.can(PRICE_EDIT), request.can(STOCK_EDIT) and one_warehouse)  # type: ignore[misc]


IMPORT_STATE = {
    "waiting": t.Badge(_("Waiting"), "neutral"),
    "checking": t.Badge(_("Being checked"), "info"),
    "applying": t.Badge(_("Being saved"), "info"),
    "done": t.Badge(pgettext_lazy("import", "Done"), "success"),
    "partly": t.Badge(_("Done with errors"), "warning"),
    "failed": t.Badge(_("Not read"), "danger"),
}


def import_state(task: ImportTaskInfo) -> str:
    return "partly" if task.state == "done" and task.failed else task.state


class ImportTable(t.Table):
    caption = _("Imports")
    columns = (
        t.Column("file", _("File"), kind="link", primary=True, sub="actor_label",
                 value=lambda row: row.file_name or f"API #{row.id}",
                 href=lambda row: reverse("catalog:import", args=[row.id])),
        t.Column("created_at", pgettext_lazy("import", "Sent"), kind="datetime"),
        t.Column("state", _("Status"), kind="badge", value=lambda row: IMPORT_STATE[import_state(row)]),
        t.Column("total", _("Rows"), kind="number"),
        t.Column("created", pgettext_lazy("rows", "New"), kind="number", hide_on_phone=True),
        t.Column("updated", pgettext_lazy("rows", "Changed"), kind="number", hide_on_phone=True),
        t.Column("unchanged", pgettext_lazy("rows", "As before"), kind="number", hide_on_phone=True),
        t.Column("failed", pgettext_lazy("rows", "Failed"), kind="number",
                 tone=lambda row: "danger" if row.failed else ""),
    )
    per_page = 25
    row_href = None
    empty = t.Empty("file-spreadsheet", _("No imports yet"), _("Files you upload are listed here with what became of "
                                                               "each row."))
