"""The list of products and the page of one product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.permissions import PICTURE_EDIT, PRODUCT_ARCHIVE, PRODUCT_EDIT, PRODUCT_IMPORT, PRODUCT_VIEW
from sellerdesk.catalog.types import ImageInfo, ItemOutcome, ProductCard, ProductFilter, ProductRow
from sellerdesk.catalog.web.moderation import decision_of, stop_of
from sellerdesk.catalog.web.tables import (
    PRICE_EDIT,
    PRICE_VIEW,
    STATUS,
    STOCK_EDIT,
    ProductTable,
    ProductView,
    state_of,
    view_of,
)
from sellerdesk.core import activity, clock, html
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats, tables
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.economics import queries as economics
from sellerdesk.inventory import queries as inventory
from sellerdesk.messaging import queries as messaging
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries as promotions

_EVENT_ICONS = {
    "catalog.product.created": ("plus", "success"), "catalog.product.updated": ("pencil", ""),
    "catalog.products.archived": ("archive", ""), "catalog.products.unarchived": ("archive-off", ""),
    "pricing.prices.changed": ("tag", "info"), "inventory.stocks.changed": ("building-warehouse", "info"),
}
_MAX_IDS = 100
# More reasons than these are told by their number.
_REASONS = 3


@require_GET
@seller_view(PRODUCT_VIEW)
def products(request: WebRequest) -> HttpResponse:
    """What the shop sells: tabs, search, prices and stock edited in place."""
    table = _table(request)
    where = ProductFilter(tab=table.tab, search=table.where.get("q", ""),
                          category_id=int(table.where.get("category", 0)), sort=table.sort)
    page = queries.products_page(request.seller, filter=where, cursor=table.cursor, limit=table.page_size,
                                 language=request.language)
    corrected = queries.corrected(request.seller, where.search) if where.search and not page.rows and not table.cursor \
        else ""
    if corrected:
        page = queries.products_page(request.seller, filter=replace(where, search=corrected), limit=table.page_size,
                                     language=request.language)
    table.fill(_views(request, page.rows), next_cursor=page.next_cursor, prev_cursor=page.prev_cursor,
               tab_counts=queries.counts(request.seller), corrected=corrected if page.rows else "")
    return table.respond("catalog/products.html", lambda: {
        "may_edit": request.can(PRODUCT_EDIT), "may_import": request.can(PRODUCT_IMPORT),
        "limits": queries.archive_limits(request.seller, clock.now()), "in_archive": table.tab == "archived"})


def _table(request: WebRequest) -> ProductTable:
    active = [place for place in inventory.warehouses(request.seller) if place.active]
    return ProductTable(request, one_warehouse=len(active) == 1)


def _views(request: WebRequest, rows: Sequence[ProductRow]) -> list[ProductView]:
    ids = [row.id for row in rows]
    prices = pricing.prices(request.seller, ids)
    free = inventory.free(request.seller, ids, request.warehouse_ids)
    ratings = messaging.ratings(request.seller, ids, clock.now()) if ids else {}
    return [view_of(row, prices.get(row.id), free.get(row.id, 0), request.seller.currency, ratings.get(row.id))
            for row in rows]


@require_POST
@seller_view(PRODUCT_ARCHIVE)
def selected(request: WebRequest) -> HttpResponse:
    """Archive, bring back or delete the selected products; says what could not be done and why."""
    ids = posted.numbers(request.POST.getlist("ids"))[:_MAX_IDS]
    act = request.POST.get("action", "archive")
    how: dict[str, Any] = {"seller": request.seller, "actor": request.actor, "now": clock.now()}
    if act == "delete":
        refs = queries.refs(request.seller, product_ids=ids)
        outcomes = services.shelving.delete(offer_ids=[ref.offer_id for ref in refs], **how)
    elif act == "unarchive":
        outcomes = services.shelving.unarchive(product_ids=ids, **how)
    else:
        outcomes = services.shelving.archive(product_ids=ids, **how)
    moved = sum(one.outcome == "updated" for one in outcomes)
    _say(request, act, moved, outcomes)
    return redirect(tables.next_url(request, reverse("catalog:products")))


def _say(request: WebRequest, act: str, moved: int, outcomes: Sequence[ItemOutcome]) -> None:
    if moved:
        text = (ngettext("%(count)s product deleted.", "%(count)s products deleted.", moved) if act == "delete"
                else ngettext("%(count)s product brought back.", "%(count)s products brought back.", moved)
                if act == "unarchive"
                else ngettext("%(count)s product moved to the archive.", "%(count)s products moved to the archive.",
                              moved))
        messages.success(request, text % {"count": moved})
    reasons = [error.text for one in outcomes for error in one.errors]
    for text in list(dict.fromkeys(reasons))[:_REASONS]:
        messages.error(request, text)
    if len(set(reasons)) > _REASONS:
        left = len(set(reasons)) - _REASONS
        messages.error(request, ngettext("%(count)s more product stays as it is for such a reason.",
                                         "%(count)s more products stay as they are for such reasons.", left)
                       % {"count": left})


@require_POST
@seller_view(PRODUCT_ARCHIVE)
def shelve(request: WebRequest, product_id: int) -> HttpResponse:
    """Archive one product, or bring it back when it is there already."""
    card = queries.product(request.seller, product_id)
    act = services.shelving.unarchive if card.archived else services.shelving.archive
    outcome = act(seller=request.seller, product_ids=[product_id], actor=request.actor, now=clock.now())[0]
    if outcome.errors:
        messages.error(request, outcome.errors[0].text)
    else:
        messages.success(request, (_("%(offer)s is back.") if card.archived
                                   else _("%(offer)s is in the archive now.")) % {"offer": card.offer_id})
    return redirect(tables.next_url(request, reverse("catalog:product", args=[product_id])))


@require_POST
@seller_view(PRICE_EDIT)
def save_price(request: WebRequest, product_id: int) -> HttpResponse:
    """The price field of the list."""
    return _save_cell(request, product_id, "price", "price")


@require_POST
@seller_view(STOCK_EDIT)
def save_stock(request: WebRequest, product_id: int) -> HttpResponse:
    """The stock field of the list."""
    return _save_cell(request, product_id, "stock", "stock")


def _save_cell(request: WebRequest, product_id: int, part: str, key: str) -> HttpResponse:
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
def product(request: WebRequest, product_id: int) -> HttpResponse:
    """One product: how buyers see it, what it costs, what there is of it, what happened to it."""
    card = queries.product(request.seller, product_id, request.language)
    price = pricing.prices(request.seller, [card.id]).get(card.id)
    stocks = inventory.stocks(request.seller, [card.id], request.warehouse_ids).get(card.id, [])
    places = {place.id: place.name for place in inventory.warehouses(request.seller)}
    currency = request.seller.currency
    free = inventory.free(request.seller, [card.id], request.warehouse_ids).get(card.id, 0)
    unit = economics.units(request.seller, {card.id: (price.price_minor, price.cost_minor)}, clock.now(),
                           with_break_even=True).get(card.id) if price and request.can(PRICE_VIEW) else None
    paid = promotions.buyer_prices(request.seller, [card.id], clock.now(), {card.id: price})[card.id] if price else None
    rating = messaging.ratings(request.seller, [card.id], clock.now()).get(card.id)
    return render(request, "catalog/product.html", {
        "nav_key": "products", "card": card, "title": card.title(request.language),
        "status": STATUS[state_of(card.status, card.archived, free)],
        "price": Money(price.price_minor, currency) if price else None,
        "old_price": Money(price.old_price_minor, currency) if price and price.old_price_minor else None,
        "min_price": Money(price.min_price_minor, currency) if price and price.min_price_minor else None,
        "auto_action": price.auto_action if price else None, "strategy_paused": bool(price and not price.strategy),
        "paid": Money(paid.price_minor, currency) if paid and paid.action_ids else None,
        "paid_by": paid.action_ids[0] if paid and paid.action_ids else 0,
        "unit": unit, "margin": Money(unit.margin_minor, currency) if unit and unit.margin_minor is not None else None,
        "margin_share": formats.percent(unit.margin_bp / 100) if unit and unit.margin_bp is not None else "",
        "break_even": Money(unit.break_even_minor, currency) if unit and unit.break_even_minor is not None else None,
        "stocks": [(places.get(row.warehouse_id, ""), row.present - row.reserved, row.reserved) for row in stocks],
        "rating": rating, "rating_stars": formats.number(rating.stars, 2) if rating else "",
        "free": free, "decision": decision_of(request.seller, card),
        "stop": stop_of(request.seller, card), "groups": _groups(card),
        "history": _history(request, card),
        "pictures": [image for image in card.images if image.key],
        "problem_pictures": [image for image in card.images if image.state == "failed"],
        "remarks": [error for error in card.errors if error.code != "image_failed"],
        "may_picture": request.can(PICTURE_EDIT), "waiting": _waiting(card.images),
        "may_edit": request.can(PRODUCT_EDIT),
        "may_archive": request.can(PRODUCT_ARCHIVE),
        "state": queries.state_of(card.status, archived=card.archived, free=free, hidden_because=card.hidden_because,
                                  in_review=card.in_review),
        "variants": queries.variants(request.seller, card, request.language), "about": html.clean(card.description),
        "other_names": [(label, card.names[code]) for code, label in
                        (("en", _("In English")), ("ru", _("In Russian")), ("zh-hans", _("In Chinese")))
                        if card.names.get(code)]})


def _waiting(images: Sequence[ImageInfo]) -> int:
    return sum(image.state in ("waiting", "fetching") for image in images)


def _groups(card: ProductCard) -> list[tuple[str, list[tuple[str, str]]]]:
    """Attributes under their headings, values joined as a buyer reads them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    words = {"true": _("Yes"), "false": _("No")}
    for each in (*card.attributes, *(one for _id, row in card.complexes for one in row)):
        text = ", ".join(words.get(value.value, value.value) if not value.dictionary_value_id else value.value
                         for value in each.values)
        groups.setdefault(each.group, []).append((each.name, f"{text} {each.unit}".strip()))
    return list(groups.items())


def _history(request: WebRequest, card: ProductCard) -> list[TimelineItem]:
    """What people did with this product by itself, and the imports that brought it, newest first."""
    items = [TimelineItem(entry.sentence, entry.at, "", *_EVENT_ICONS.get(entry.event, ("circle-dot", "")),
                          by=entry.actor.label)
             for entry in activity.history(request.seller.id, "product", card.id, limit=20)]
    items += [TimelineItem(_("Came with the import %(file)s") % {"file": task.file_name or f"#{task.id}"},
                           task.created_at, "", "file-import", "", by=task.actor_label)
              for task in queries.last_imports_of(request.seller, card.id)]
    if all(item.icon != "plus" for item in items):
        # It came with many others in one act, which is not told of each.
        items.append(TimelineItem(pgettext("catalog", "Created"), card.created_at, "", "plus", "success"))
    return sorted(items, key=lambda item: item.when or card.created_at, reverse=True)[:20]
