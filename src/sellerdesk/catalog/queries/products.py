"""A seller's products: lists, cards, the counters of the tabs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from sellerdesk.catalog import offer_parts, rules, stored
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.models import Attribute, DictionaryValue, Product
from sellerdesk.catalog.types import (
    AttributeValue,
    ImageInput,
    ProductCard,
    ProductDraft,
    ProductFilter,
    ProductRef,
    ProductRow,
    Sellable,
    ValueInput,
)
from sellerdesk.core.db import cursor_decode, cursor_encode, fetch_one
from sellerdesk.core.errors import Invalid
from sellerdesk.core.i18n import name_column
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

_STOCK = "in_stock"
# Tab → SQL over the outer row; {stock} is the condition that inventory registers with its part of the offer.
TABS = {
    "": "NOT archived",
    "selling": "NOT archived AND status = 'price_sent' AND {stock}",
    "ready": "NOT archived AND status = 'price_sent' AND NOT {stock}",
    "errors": "NOT archived AND (status IN ('failed', 'declined', 'processed') OR problem_count > 0)",
    "archived": "archived",
}
_NEVER = "1 = 0"
# What the API calls visibility. What this marketplace has no notion of yet (bans, quarantine) matches nothing.
_VISIBILITY = {
    "ANY": "1 = 1",  # goods named by their numbers: visibility does not count then
    "ALL": "NOT archived",
    "VISIBLE": TABS["selling"],
    "IN_SALE": TABS["selling"],
    "INVISIBLE": "NOT archived AND NOT (status = 'price_sent' AND {stock})",
    "REMOVED_FROM_SALE": TABS["ready"],
    "EMPTY_STOCK": TABS["ready"],
    "READY_TO_SUPPLY": TABS["ready"],
    "TO_SUPPLY": TABS["ready"],
    "STATE_FAILED": "NOT archived AND status IN ('failed', 'declined')",
    "VALIDATION_STATE_FAIL": "NOT archived AND status = 'failed'",
    "VALIDATION_STATE_PENDING": "NOT archived AND status = 'pending'",
    "VALIDATION_STATE_SUCCESS": "NOT archived AND status NOT IN ('pending', 'failed')",
    "MODERATED": "NOT archived AND status IN ('processed', 'price_sent')",
    "NOT_MODERATED": "NOT archived AND status IN ('pending', 'moderating')",
    "EMPTY_BARCODE": "NOT archived AND barcodes = '[]'",
    "BARCODE_EXISTS": "NOT archived AND barcodes <> '[]'",
    "ARCHIVED": "archived",
    "MANUAL_ARCHIVED": "archived",
    "UNPRICED": "NOT archived AND status = 'processed'",  # ours, for the grid of prices
}
_SORTS = {"id", "name", "updated_at"}
_REF = ("id", "offer_id", "sku", "name", "status", "archived", "type_id", "category_id", "version", "weight_g")


def _sql(condition: str) -> str:
    return condition.replace("{stock}", offer_parts.condition(_STOCK))


def refs(seller: SellerRef, *, product_ids: Sequence[int] | None = None, offer_ids: Sequence[str] | None = None,
         skus: Sequence[int] | None = None) -> list[ProductRef]:
    """Products named in any of the three ways, by id. One query. Unknown and foreign ones are simply not there."""
    wanted = Q()
    for name, values in (("id", product_ids), ("offer_id", offer_ids), ("sku", skus)):
        if values:
            wanted |= Q(**{f"{name}__in": set(values)})
    if not wanted:
        return []
    rows = Product.objects.filter(wanted, seller_id=seller.id).order_by("id").values_list(*_REF)
    return [ProductRef(*row) for row in rows]


def _filtered(rows: QuerySet[Product], where: ProductFilter) -> QuerySet[Product]:
    # The conditions are constants of ours and of the parts; nothing a person wrote goes into them.
    if where.tab or not where.visibility:
        rows = rows.extra(where=[_sql(TABS.get(where.tab, TABS[""]))])  # noqa: S610
    if where.visibility:
        rows = rows.extra(where=[_sql(_VISIBILITY.get(where.visibility, _NEVER))])  # noqa: S610
    for word in rules.fold(where.search).split()[:6]:
        rows = rows.filter(search_text__contains=word)
    if where.type_id:
        rows = rows.filter(type_id=where.type_id)
    if where.category_id:
        # A department shows what hangs on its categories too; the tree of the starter is two levels deep.
        rows = rows.filter(Q(category_id=where.category_id) | Q(category__parent_id=where.category_id)
                           | Q(category__parent__parent_id=where.category_id))
    for name, values in (("id", where.product_ids), ("offer_id", where.offer_ids), ("sku", where.skus)):
        if values:
            rows = rows.filter(**{f"{name}__in": set(values)})
    return rows


def products_page(seller: SellerRef, *, filter: ProductFilter, cursor: str | None = None, limit: int = 50,
                  language: str = "en") -> Page[ProductRow]:
    """One page of the shop's products. One query. Raises Invalid `cursor_invalid`."""
    return _page(Product.objects.filter(seller_id=seller.id), filter, cursor, limit, language)


def market_page(*, filter: ProductFilter, cursor: str | None = None, limit: int = 50,
                language: str = "en") -> Page[ProductRow]:
    """One page of all shops' products, for the operator's console. One query."""
    return _page(Product.objects.all(), filter, cursor, limit, language)


def market_total() -> int:
    """How many products all shops together have, archived ones left out. One query."""
    return Product.objects.filter(archived=False).count()


def products_total(seller: SellerRef, filter: ProductFilter) -> int:
    """How many products the filter lets through. One query."""
    return _filtered(Product.objects.filter(seller_id=seller.id), filter).count()


def _page(rows: QuerySet[Product], where: ProductFilter, cursor: str | None, limit: int,
          language: str) -> Page[ProductRow]:
    column = where.sort.lstrip("-") if where.sort.lstrip("-") in _SORTS else "id"
    falling = where.sort.startswith("-")
    rows = _filtered(rows, where)
    backwards = False
    if cursor:
        way, value, last_id = cursor_decode(cursor, 3)
        backwards = way == "prev"
        rows = rows.filter(_beyond(column, _typed(column, value), last_id, falling != backwards))
    sign = "-" if falling != backwards else ""
    order = [f"{sign}id"] if column == "id" else [f"{sign}{column}", f"{sign}id"]
    name = name_column(language)
    found = list(rows.order_by(*order).annotate(
        title=KeyTextTransform(language, "names"), thumb=KeyTextTransform("thumb", KeyTransform("0", "images")),
    ).values_list("id", "offer_id", "sku", "name", "title", "thumb", "type_id", f"type__{name}", "category_id",
                  f"category__{name}", "status", "archived", "problem_count", "version", "created_at", "updated_at",
                  "seller_id")[:limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    made = [ProductRow(row[0], row[1], row[2], row[4] or row[3], f"/media/{row[5]}" if row[5] else "", *row[6:])
            for row in found]

    def mark(way: str, row: tuple[Any, ...]) -> str:
        return cursor_encode(way, {"id": row[0], "name": row[3], "updated_at": row[15]}[column], row[0])

    has_next, has_prev = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(made, mark("next", found[-1]) if found and has_next else "",
                mark("prev", found[0]) if found and has_prev else "")


def _beyond(column: str, value: Any, last_id: int, falling: bool) -> Q:
    side = "lt" if falling else "gt"
    if column == "id":
        return Q(**{f"id__{side}": last_id})
    return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"id__{side}": last_id})


def _typed(column: str, value: Any) -> Any:
    if column != "updated_at":
        return value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Invalid("cursor_invalid", field="cursor") from None


def counts(seller: SellerRef) -> dict[str, int]:
    """How many products each tab holds. One query."""
    columns = ", ".join(f"count(*) FILTER (WHERE {_sql(condition)})" for condition in TABS.values())
    row = fetch_one(f"SELECT {columns} FROM catalog_product WHERE seller_id = %s", [seller.id])
    return dict(zip(TABS, row or [0] * len(TABS), strict=True))


def shop_categories(seller: SellerRef, language: str = "en") -> list[tuple[int, str, int]]:
    """The categories a shop has goods in: id, name, how many. One query."""
    name = f"category__{name_column(language)}"
    rows = Product.objects.filter(seller_id=seller.id).values("category_id", name)
    return list(rows.annotate(count=Count("id")).order_by(name).values_list("category_id", name, "count"))


def recent_types(seller: SellerRef, language: str = "en", limit: int = 8) -> list[tuple[int, str]]:
    """The types a shop added goods of most recently. One query."""
    name = f"type__{name_column(language)}"
    rows = Product.objects.filter(seller_id=seller.id, type__disabled=False).values("type_id", name)
    return list(rows.annotate(last=Max("id")).order_by("-last").values_list("type_id", name)[:limit])


def sellable(seller: SellerRef) -> list[Sellable]:
    """All that is priced and not archived. One query."""
    rows = Product.objects.filter(seller_id=seller.id, archived=False, status=Product.Status.PRICE_SENT)
    return [Sellable(*row) for row in rows.order_by("id").values_list(
        "id", "type_id", "category_id", "sku", "offer_id", "weight_g")]


_CARD = ("id", "offer_id", "sku", "name", "names", "description", "descriptions", "type_id", "category_id", "barcodes",
         "depth_mm", "width_mm", "height_mm", "weight_g", "vat", "attributes", "images", "status", "errors",
         "archived", "version", "created_at", "updated_at")


def product(seller: SellerRef, product_id: int, language: str = "en") -> ProductCard:
    """One card. Raises ProductUnknown, for another shop's product too."""
    found = cards(seller, [product_id], language)
    if not found:
        raise ProductUnknown()
    return found[0]


def cards(seller: SellerRef, product_ids: Iterable[int], language: str = "en") -> list[ProductCard]:
    """Whole cards by id, names and values in one language. Three queries, whatever their number."""
    name = name_column(language)
    rows = list(Product.objects.filter(seller_id=seller.id, id__in=set(product_ids)).order_by("id").values_list(
        *_CARD, f"type__{name}", f"category__{name}"))
    attribute_ids = {each["id"] for row in rows for each in row[15]}
    attribute_ids |= {error["data"]["attribute_id"] for row in rows for error in row[18]
                      if "attribute_id" in error.get("data", {})}
    lang = name.removeprefix("name_")
    known = {row[0]: row for row in Attribute.objects.filter(id__in=attribute_ids).values_list(
        "id", name, f"unit_{lang}", f"group_{lang}", "kind")} if attribute_ids else {}
    value_ids = {value["dictionary_value_id"] for row in rows for each in row[15] for value in each["values"]} - {0}
    texts = dict(DictionaryValue.objects.filter(id__in=value_ids).values_list(
        "id", name_column(language, "value"))) if value_ids else {}
    names = {key: row[1] for key, row in known.items()}

    def value(each: dict[str, Any]) -> ValueInput:
        value_id = each.get("dictionary_value_id", 0)
        return ValueInput(value_id, texts.get(value_id, each.get("value", "")))

    made = []
    for row in rows:
        attributes = tuple(
            AttributeValue(each["id"], known[each["id"]][1], known[each["id"]][2], known[each["id"]][3],
                           tuple(value(one) for one in each["values"]))
            for each in row[15] if each["id"] in known)
        made.append(ProductCard(
            id=row[0], offer_id=row[1], sku=row[2], name=row[3], names=row[4], description=row[5],
            descriptions=row[6], type_id=row[7], type_name=row[23], category_id=row[8], category_name=row[24],
            barcodes=tuple(row[9]), depth_mm=row[10], width_mm=row[11], height_mm=row[12], weight_g=row[13],
            vat=row[14], attributes=attributes, images=tuple(stored.image(each) for each in row[16]),
            status=row[17], errors=tuple(stored.error(each, names) for each in row[18]), archived=row[19],
            version=row[20], created_at=row[21], updated_at=row[22]))
    return made


def drafts(seller: SellerRef, *, offer_ids: Sequence[str] = (),
           product_ids: Sequence[int] = ()) -> dict[str, tuple[int, ProductDraft]]:
    """Existing cards as drafts, by offer id, for changing some of their fields. One query."""
    rows = Product.objects.filter(Q(offer_id__in=set(offer_ids)) | Q(id__in=set(product_ids)), seller_id=seller.id)
    return {row[1]: (row[0], ProductDraft(
        offer_id=row[1], name=row[3], type_id=row[7], category_id=row[8], description=row[5], names=row[4],
        descriptions=row[6], barcodes=tuple(row[9]), depth_mm=row[10], width_mm=row[11], height_mm=row[12],
        weight_g=row[13], vat=row[14], attributes=stored.attribute_inputs(row[15]),
        images=tuple(ImageInput(each.get("key", ""), each.get("source", "")) for each in row[16])))
        for row in rows.values_list(*_CARD)}
