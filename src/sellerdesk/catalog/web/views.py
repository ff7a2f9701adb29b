"""The list of products and the page of one product."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.permissions import PRODUCT_ARCHIVE, PRODUCT_EDIT, PRODUCT_IMPORT, PRODUCT_VIEW
from sellerdesk.catalog.types import ImageInfo, ProductCard, ProductFilter, ProductRow
from sellerdesk.catalog.web.tables import PRICE_EDIT, STATUS, STOCK_EDIT, ProductTable, ProductView, state_of, view_of
from sellerdesk.core import activity, clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing

_EVENT_ICONS = {
    "catalog.product.created": ("plus", "success"), "catalog.product.updated": ("pencil", ""),
    "catalog.products.archived": ("archive", ""), "catalog.products.unarchived": ("archive-off", ""),
    "pricing.prices.changed": ("tag", "info"), "inventory.stocks.changed": ("building-warehouse", "info"),
}
_MAX_IDS = 1000


@require_GET
@seller_view(PRODUCT_VIEW)
def products(request: HttpRequest) -> HttpResponse:
    """What the shop sells: tabs, search, prices and stock edited in place."""
    table = _table(request)
    where = ProductFilter(tab=table.tab, search=table.where.get("q", ""),
                          category_id=int(table.where.get("category", 0)), sort=table.sort)
    page = queries.products_page(request.seller, filter=where, cursor=table.cursor, limit=table.page_size,
                                 language=request.language)
    table.fill(_views(request, page.rows), next_cursor=page.next_cursor, prev_cursor=page.prev_cursor,
               tab_counts=queries.counts(request.seller))
    return table.respond("catalog/products.html", {
        "may_edit": request.can(PRODUCT_EDIT), "may_import": request.can(PRODUCT_IMPORT)})


def _table(request: HttpRequest) -> ProductTable:
    active = [place for place in inventory.warehouses(request.seller) if place.active]
    return ProductTable(request, one_warehouse=len(active) == 1)


def _views(request: HttpRequest, rows: Sequence[ProductRow]) -> list[ProductView]:
    ids = [row.id for row in rows]
    prices = pricing.prices(request.seller, ids)
    free = inventory.free(request.seller, ids)
    return [view_of(row, prices.get(row.id), free.get(row.id, 0), request.seller.currency) for row in rows]


@require_POST
@seller_view(PRODUCT_ARCHIVE)
def selected(request: HttpRequest) -> HttpResponse:
    """Archive or bring back the selected products."""
    ids = [int(text) for text in request.POST.getlist("ids") if text.isdecimal()][:_MAX_IDS]
    away = request.POST.get("action") != "unarchive"
    act = services.products.archive if away else services.products.unarchive
    outcomes = act(seller=request.seller, product_ids=ids, actor=request.actor, now=clock.now())
    moved = sum(one.outcome == "updated" for one in outcomes)
    text = (ngettext("%(count)s product moved to the archive.", "%(count)s products moved to the archive.", moved)
            if away else ngettext("%(count)s product brought back.", "%(count)s products brought back.", moved))
    messages.success(request, text % {"count": moved})
    return redirect(tables.next_url(request, reverse("catalog:products")))


@require_POST
@seller_view(PRODUCT_ARCHIVE)
def shelve(request: HttpRequest, product_id: int) -> HttpResponse:
    """Archive one product, or bring it back when it is there already."""
    card = queries.product(request.seller, product_id)
    act = services.products.unarchive if card.archived else services.products.archive
    act(seller=request.seller, product_ids=[product_id], actor=request.actor, now=clock.now())
    messages.success(request, (_("%(offer)s is back.") if card.archived else _("%(offer)s is in the archive now."))
                     % {"offer": card.offer_id})
    return redirect(tables.next_url(request, reverse("catalog:product", args=[product_id])))


@require_POST
@seller_view(PRICE_EDIT)
def save_price(request: HttpRequest, product_id: int) -> HttpResponse:
    """The price field of the list."""
    return _save_cell(request, product_id, "price", "price")


@require_POST
@seller_view(STOCK_EDIT)
def save_stock(request: HttpRequest, product_id: int) -> HttpResponse:
    """The stock field of the list."""
    return _save_cell(request, product_id, "stock", "stock")


def _save_cell(request: HttpRequest, product_id: int, part: str, key: str) -> HttpResponse:
    """One cell of the list: the row as saved, or as typed with the reason under the field."""
    typed = request.POST.get(key, "").strip()[:40]
    errors: dict[str, str] = {}
    try:
        services.products.set_part(seller=request.seller, product_id=product_id, part=part, values={key: typed or "0"},
                                   actor=request.actor, now=clock.now())
    except Invalid as refused:
        errors = {key: refused.fields[0].text}
    page = queries.products_page(request.seller, filter=ProductFilter(product_ids=[product_id], visibility="ANY"),
                                 limit=1, language=request.language)
    return _table(request).row_response(_views(request, page.rows)[0], errors=errors,
                                        values={key: typed} if errors else {})


@require_GET
@seller_view(PRODUCT_VIEW)
def product(request: HttpRequest, product_id: int) -> HttpResponse:
    """One product: how buyers see it, what it costs, what there is of it, what happened to it."""
    card = queries.product(request.seller, product_id, request.language)
    price = pricing.prices(request.seller, [card.id]).get(card.id)
    stocks = inventory.stocks(request.seller, [card.id]).get(card.id, [])
    places = {place.id: place.name for place in inventory.warehouses(request.seller)}
    currency = request.seller.currency
    free = inventory.free(request.seller, [card.id]).get(card.id, 0)
    return render(request, "catalog/product.html", {
        "nav_key": "products", "card": card, "title": card.title(request.language),
        "status": STATUS[state_of(card.status, card.archived, free)],
        "price": Money(price.price_minor, currency) if price else None,
        "old_price": Money(price.old_price_minor, currency) if price and price.old_price_minor else None,
        "min_price": Money(price.min_price_minor, currency) if price and price.min_price_minor else None,
        "stocks": [(places.get(row.warehouse_id, ""), row.present - row.reserved, row.reserved) for row in stocks],
        "free": free, "groups": _groups(card), "history": _history(request, card),
        "pictures": [image for image in card.images if image.key],
        "problem_pictures": [image for image in card.images if image.state == "failed"],
        "waiting": _waiting(card.images), "may_edit": request.can(PRODUCT_EDIT),
        "may_archive": request.can(PRODUCT_ARCHIVE),
        "other_names": [(label, card.names[code]) for code, label in
                        (("en", _("In English")), ("ru", _("In Russian")), ("zh-hans", _("In Chinese")))
                        if card.names.get(code)]})


def _waiting(images: Sequence[ImageInfo]) -> int:
    return sum(image.state == "waiting" for image in images)


def _groups(card: ProductCard) -> list[tuple[str, list[tuple[str, str]]]]:
    """Attributes under their headings, values joined as a buyer reads them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    words = {"true": _("Yes"), "false": _("No")}
    for each in card.attributes:
        text = ", ".join(words.get(value.value, value.value) if not value.dictionary_value_id else value.value
                         for value in each.values)
        groups.setdefault(each.group, []).append((each.name, f"{text} {each.unit}".strip()))
    return list(groups.items())


def _history(request: HttpRequest, card: ProductCard) -> list[TimelineItem]:
    """What people did with this product by itself, and the imports that brought it, newest first."""
    items = [TimelineItem(entry.sentence, entry.at, "", *_EVENT_ICONS.get(entry.event, ("circle-dot", "")),
                          by=entry.actor.label)
             for entry in activity.history(request.seller.id, "product", card.id, limit=20)]
    items += [TimelineItem(_("Came with the import %(file)s") % {"file": task.file_name or f"#{task.id}"},
                           task.created_at, "", "file-import", "", by=task.actor_label)
              for task in queries.last_imports_of(request.seller, card.id)]
    if all(item.icon != "plus" for item in items):
        # It came with many others in one act, which is not told of each.
        items.append(TimelineItem(_("Created"), card.created_at, "", "plus", "success"))
    return sorted(items, key=lambda item: item.when or card.created_at, reverse=True)[:20]
