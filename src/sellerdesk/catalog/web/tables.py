"""The list of products and the list of imports, as declared tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.catalog import queries
from sellerdesk.catalog.permissions import CHANGE_UNDO, PRODUCT_ARCHIVE, PRODUCT_EDIT
from sellerdesk.catalog.types import BatchInfo, ImportTaskInfo, ProductRow
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats, people
from sellerdesk.core.ui import tables as t

PRICE_EDIT = "pricing:price:edit"
PRICE_VIEW = "pricing:price:view"
STOCK_EDIT = "inventory:stock:shop"

STATUS = {
    "selling": t.Badge(_("On sale"), "success"),
    "ready": t.Badge(_("Out of stock"), "warning"),
    "processed": t.Badge(_("Needs a price"), "warning"),
    "pending": t.Badge(_("Being checked"), "info"),
    "moderating": t.Badge(_("Being checked"), "info"),
    "failed": t.Badge(_("Has errors"), "danger"),
    "declined": t.Badge(_("Declined"), "danger"),
    "hidden": t.Badge(pgettext_lazy("product", "Hidden"), "danger"),
    "draft": t.Badge(pgettext_lazy("product", "Draft"), "neutral"),
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
    score: int = 0
    poor: bool = False
    rating: str = ""

    @property
    def numbers(self) -> str:
        return f"{self.offer_id} · {self.sku}"

    @property
    def problems(self) -> str:
        if not self.problem_count:
            return ""
        return ngettext("%(count)s remark", "%(count)s remarks", self.problem_count) % {"count": self.problem_count}


def view_of(row: ProductRow, price: Any, stock: int, currency: str, rating: Any = None) -> ProductView:
    def money(amount_minor: int) -> Money | None:
        return Money(amount_minor, currency) if amount_minor else None

    return ProductView(
        row.id, row.name, row.offer_id, row.sku, row.thumb_url, row.type_name, row.category_name,
        money(price.price_minor) if price else None, money(price.old_price_minor) if price else None, stock,
        state_of(row.status, row.archived, stock), row.archived, row.problem_count, row.updated_at,
        reverse("catalog:product", args=[row.id]), row.score, row.score < queries.improve_below(),
        f"{formats.number(rating.stars, 2)} ★ ({rating.count})" if rating else "")


def _category_choices(request: WebRequest) -> list[tuple[int, str]]:
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
                 hidden=True, help=_("The price before the discount.")),
        stock,
        t.Column("state", _("Status"), kind="badge", choices=STATUS, sub="problems"),
        t.Column("score", _("Content score"), kind="number", sortable=True, hide_on_phone=True,
                 tone=lambda row: "warning" if row.poor else "",
                 help=_("How complete the card is, 0 to 100. The editor says what would raise it.")),
        t.Column("rating", pgettext_lazy("product", "Rating"), align="end", hide_on_phone=True,
                 help=_("The average of the reviews that count, and how many they are.")),
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
        t.Tab("improve", pgettext_lazy("tab", "To improve")),
        t.Tab("hidden", pgettext_lazy("tab", "Hidden"), tone="danger"),
        t.Tab("quarantine", pgettext_lazy("tab", "Price in quarantine"), tone="warning"),
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
    deleting = t.BulkAction("delete", _("Delete for good"), "trash", url="catalog:products_bulk", tone="danger",
                            permission=PRODUCT_ARCHIVE,
                            confirm=_("Only products that were never offered to buyers are deleted; the others stay in "
                                      "the archive."))
    default_sort = "-id"
    row_href = "url"
    empty = t.Empty("package", _("No products yet"), _("Add your first product by hand, or upload a spreadsheet with "
                                                       "all of them."),
                    action_label=_("Add product"), action_url="catalog:product_new")

    def __init__(self, request: WebRequest, *, one_warehouse: bool = True) -> None:
        super().__init__(request)
        if self.tab == "archived":
            self.bulk_actions = (*self.bulk_actions[1:], self.deleting)  # type: ignore[misc]
        # With several warehouses the number is a sum, which cannot be typed in one field.
        self.columns = _columns(request.can(PRICE_EDIT), request.can(STOCK_EDIT) and one_warehouse)  # type: ignore[misc]


IMPORT_STATE = {
    "waiting": t.Badge(_("Waiting"), "neutral"),
    "parsing": t.Badge(pgettext_lazy("import", "Being read"), "info"),
    "mapping": t.Badge(_("Columns to be named"), "warning"),
    "checking": t.Badge(_("Being checked"), "info"),
    "ready": t.Badge(_("Waits for your yes"), "warning"),
    "applying": t.Badge(_("Being saved"), "info"),
    "paused": t.Badge(pgettext_lazy("import", "Paused"), "warning"),
    "done": t.Badge(pgettext_lazy("import", "Done"), "success"),
    "partly": t.Badge(_("Done with errors"), "warning"),
    "nothing": t.Badge(_("Nothing saved"), "danger"),
    "stopped": t.Badge(pgettext_lazy("import", "Stopped"), "neutral"),
    "failed": t.Badge(_("Not read"), "danger"),
}


def import_state(task: ImportTaskInfo) -> str:
    """An import that saved nothing and changed nothing is no success."""
    if task.state != "done" or not task.failed:
        return task.state
    return "partly" if task.saved or task.unchanged else "nothing"


class ImportTable(t.Table):
    caption = _("Imports")
    columns = (
        t.Column("file", _("File"), kind="link", primary=True, sub=lambda row: people.who(row.actor_label),
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


SOURCES: dict[str, Any] = {
    "file": pgettext_lazy("change", "Spreadsheet"), "api": pgettext_lazy("change", "API"),
    "form": pgettext_lazy("change", "Form"), "grid": pgettext_lazy("change", "Price grid"),
    "percent": pgettext_lazy("change", "Percent"), "stock": pgettext_lazy("change", "Stock grid"),
    "images": pgettext_lazy("change", "Pictures"), "archive": pgettext_lazy("change", "Archive"),
    "delete": pgettext_lazy("change", "Deletion"), "sku": pgettext_lazy("change", "By SKU"),
    "restore": pgettext_lazy("change", "Earlier version"), "undo": pgettext_lazy("change", "Undo"),
    "strategy": pgettext_lazy("change", "Strategy"), "quarantine": pgettext_lazy("change", "Quarantine"),
    "console": pgettext_lazy("change", "Operator"), "system": pgettext_lazy("change", "Marketplace"),
}
BATCH_STATE = {
    "applied": t.Badge(pgettext_lazy("change", "In force"), "success"),
    "undoing": t.Badge(pgettext_lazy("change", "Being undone"), "info"),
    "undone": t.Badge(pgettext_lazy("change", "Undone"), "neutral"),
    "partly_undone": t.Badge(pgettext_lazy("change", "Partly undone"), "warning"),
}


def batch_title(batch: BatchInfo) -> str:
    """What an act is called: its file, else the door it came through and its number."""
    return batch.title or f"{SOURCES.get(batch.source, batch.source)} #{batch.id}"


class BatchTable(t.Table):
    caption = _("Changes")
    columns = (
        t.Column("title", pgettext_lazy("catalog", "Change"), kind="link", primary=True,
                 sub=lambda row: people.who(row.actor_label), value=batch_title,
                 href=lambda row: reverse("catalog:batch", args=[row.id])),
        t.Column("source", pgettext_lazy("change", "Came by"), hide_on_phone=True,
                 value=lambda row: str(SOURCES.get(row.source, row.source))),
        t.Column("at", pgettext_lazy("change", "When"), kind="datetime"),
        t.Column("created", pgettext_lazy("rows", "New"), kind="number"),
        t.Column("changed", pgettext_lazy("rows", "Changed"), kind="number"),
        t.Column("state", _("Status"), kind="badge", choices=BATCH_STATE),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(pgettext_lazy("act", "Undo"), "arrow-back-up", permission=CHANGE_UNDO,
                        post=lambda row: reverse("catalog:batch_undo", args=[row.id]),
                        show=lambda row: row.may_undo(clock.now()),
                        confirm=_("Values go back to what they were before. What somebody changed since stays.")),
        )),
    )
    filters = (t.ChoiceFilter("source", pgettext_lazy("change", "Came by"), choices=tuple(SOURCES.items())),)
    per_page = 25
    empty = t.Empty("history", _("No changes yet"),
                    _("Every file, API call and edit of products is listed here and can be undone."))
