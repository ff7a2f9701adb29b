"""A seller's products: lists, cards, the counters of the tabs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from sellerdesk.catalog import offer_parts, rules, scoring, stored
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.models import Attribute, DayCount, DictionaryValue, Product, TypeAttribute
from sellerdesk.catalog.queries.reference import type_info
from sellerdesk.catalog.queries.searching import searched
from sellerdesk.catalog.types import (
    ArchiveLimits,
    AttributeValue,
    ProductCard,
    ProductDraft,
    ProductFilter,
    ProductRef,
    ProductRow,
    Sellable,
    TypeInfo,
    ValueInput,
    Variant,
)
from sellerdesk.core import clock, words
from sellerdesk.core import rules as dated
from sellerdesk.core.db import (
    cursor_decode,
    cursor_encode,
    fetch_all,
    fetch_one,
    is_postgres,
    json_param,
    json_rows,
    of_shop,
    utc,
)
from sellerdesk.core.errors import Invalid
from sellerdesk.core.i18n import name_column
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

# Conditions that higher domains register with their parts of an offer.
_STOCK, _QUARANTINE = "in_stock", "quarantined"
_PRICED = "archived = false AND status = 'price_sent'"
_SELLING = f"{_PRICED} AND {{stock}}"
_READY = f"{_PRICED} AND NOT {{stock}}"
# Tab → SQL over the outer row. {improve} is the score below which a card should be made better (a dated rule).
TABS = {
    "": "archived = false",
    "selling": _SELLING,
    "ready": _READY,
    "errors": "archived = false AND (status IN ('failed', 'declined', 'processed') OR problem_count > 0)",
    "improve": "archived = false AND score < {improve}",
    "hidden": "archived = false AND status = 'hidden'",
    "quarantine": "archived = false AND {quarantine}",
    "archived": "archived",
}
_NEVER = "1 = 0"
# Each of the API's words for visibility as an exact set; docs/api/visibility.md says them in sentences. A product is
# shown to buyers exactly when it can be bought, and this marketplace keeps no stock of its own and compares no prices
# with other shops, so the words about that match nothing.
_VISIBILITY = {
    "ANY": "1 = 1",  # goods named by their numbers: visibility does not count then
    "ALL": "archived = false",
    "VISIBLE": _SELLING,
    "IN_SALE": _SELLING,
    "INVISIBLE": "archived = false AND NOT (status = 'price_sent' AND {stock})",
    "DISABLED": _NEVER,
    "EMPTY_STOCK": "archived = false AND NOT {stock}",
    "READY_TO_SUPPLY": _READY,
    "TO_SUPPLY": _READY,
    "REMOVED_FROM_SALE": "archived = false AND status = 'hidden'",
    "BANNED": "archived = false AND status = 'hidden'",
    "STATE_FAILED": "archived = false AND status = 'failed'",
    "VALIDATION_STATE_FAIL": "archived = false AND status = 'failed'",
    "VALIDATION_STATE_PENDING": "archived = false AND status IN ('draft', 'pending')",
    "VALIDATION_STATE_SUCCESS": "archived = false AND status NOT IN ('draft', 'pending', 'failed')",
    "MODERATED": "archived = false AND status IN ('processed', 'price_sent', 'hidden')",
    "NOT_MODERATED": "archived = false AND status = 'declined'",
    "PARTIAL_APPROVED": f"{_SELLING} AND score < {{improve}}",
    "QUARANTINE": "archived = false AND {quarantine}",
    "EMPTY_BARCODE": "archived = false AND barcodes = '[]'",
    "BARCODE_EXISTS": "archived = false AND barcodes <> '[]'",
    "OVERPRICED": _NEVER,
    "CRITICALLY_OVERPRICED": _NEVER,
    "OVERPRICED_WITH_STOCK": _NEVER,
    "VISIBLE_WITH_FBO_STOCK": _NEVER,
    "SHOWCASE_SELECT_ACTIVE": _NEVER,
    "ARCHIVED": "archived",
    "MANUAL_ARCHIVED": "archived AND archived_how = 'manual'",
    "AUTO_ARCHIVED": "archived AND archived_how = 'auto'",
    "SEASONAL_AUTO_ARCHIVED": "archived AND archived_how = 'seasonal'",
    "UNPRICED": "archived = false AND status = 'processed'",  # ours, for the grid of prices
}
VISIBILITIES = tuple(_VISIBILITY)
_SORTS = {"id", "name", "updated_at", "score", "sku", "offer_id"}
_MAX_VARIANTS = 100
_MOSCOW = ZoneInfo("Europe/Moscow")
_REF = ("id", "offer_id", "sku", "name", "status", "archived", "type_id", "category_id", "version", "weight_g",
        "depth_mm", "width_mm", "height_mm")


def _sql(condition: str) -> str:
    return (condition.replace("{stock}", offer_parts.condition(_STOCK))
            .replace("{quarantine}", offer_parts.condition(_QUARANTINE))
            .replace("{improve}", str(improve_below())))


def improve_below() -> int:
    """The content score below which a card is to be made better."""
    return int(dated.get("catalog.score", "", clock.now()).value["improve_below"])


def in_stock(seller: SellerRef, product_ids: Sequence[int]) -> set[int]:
    """Which of the products have units for sale. One query."""
    rows = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids))
    return set(rows.extra(where=[_sql("{stock}")]).values_list("id", flat=True))  # noqa: S610 - a constant of ours


def _shelf(seller: SellerRef, now: datetime) -> tuple[int, int]:
    """How many products stand outside the archive, and how many may."""
    return (Product.objects.filter(seller_id=seller.id, archived=False).count(),
            dated.get("catalog.assortment", str(seller.id), now).value["live"])


def room(seller: SellerRef, now: datetime) -> tuple[int, int]:
    """For how many more products the shop has room, and how many it may have. One query."""
    live, limit = _shelf(seller, now)
    return limit - live, limit


def archive_limits(seller: SellerRef, now: datetime) -> ArchiveLimits:
    """What the shop may still bring back and hold. Two queries."""
    rule = dated.get("catalog.archive", "", now).value
    day = (now.astimezone(_MOSCOW) - timedelta(hours=rule["day_begins_hour"])).date()
    used = DayCount.objects.filter(seller_id=seller.id, name="restored_auto", day=day).values_list(
        "used", flat=True).first()
    live, limit = _shelf(seller, now)
    return ArchiveLimits(day, live, limit, used or 0,
                         rule["restored_a_day"], rule["archive_a_call"])


#: A product's name in the language of one parameter: see `_path`.
_NAMED_SQLITE = "COALESCE(NULLIF(json_extract(p.names, %s), ''), p.name)"
_NAMED_POSTGRES = "COALESCE(NULLIF(p.names ->> %s, ''), p.name)"


def _path(language: str) -> str:
    return language if is_postgres() else f'$."{language}"'


def refs(seller: SellerRef, *, product_ids: Sequence[int] | None = None, offer_ids: Sequence[str] | None = None,
         skus: Sequence[int] | None = None, language: str = "") -> list[ProductRef]:
    """Products named in any of the three ways, by id. One query. Unknown and foreign ones are simply not there.

    With a language their names are in it where the seller gave one, as in lists.
    """
    named = (_NAMED_POSTGRES if is_postgres() else _NAMED_SQLITE) if language else "p.name"
    columns = ", ".join(named if one == "name" else f"p.{one}" for one in _REF)
    in_language = [_path(language)] if language else []
    # Numbers travel as one parameter: a thousand of them in a list cost Django more than the query itself. They lead
    # the join, each way of naming in a part of its own: of one condition with many values SQLite thinks that reading
    # the whole shop is cheaper.
    ways, params = [], []
    for name, kind, values in (("id", "int", product_ids), ("offer_id", "text", offer_ids), ("sku", "int", skus)):
        if values:
            ways.append(f"SELECT {columns} FROM {json_rows('v', it=kind)}"
                        f" CROSS JOIN catalog_product p WHERE p.{name} = v.it AND p.seller_id = %s")
            params += [*in_language, json_param([[value] for value in dict.fromkeys(values)]), seller.id]
    if not ways:
        return []
    rows = fetch_all(" UNION ".join(ways) + " ORDER BY 1", params)
    # SQLite keeps truth as 0 and 1.
    return [ProductRef(id_, offer_id, sku, name, status, bool(archived), type_id, category_id, version, weight_g,
                       (depth, width, height))
            for (id_, offer_id, sku, name, status, archived, type_id, category_id, version, weight_g, depth, width,
                 height) in rows]


def filtered(rows: QuerySet[Product], where: ProductFilter) -> QuerySet[Product]:
    # The conditions are constants of ours and of the parts; nothing a person wrote goes into them.
    if where.tab or not where.visibility:
        rows = rows.extra(where=[_sql(TABS.get(where.tab, TABS[""]))])  # noqa: S610
    if where.visibility:
        rows = rows.extra(where=[_sql(_VISIBILITY.get(where.visibility, _NEVER))])  # noqa: S610
    for word in rules.fold(where.search).split()[:6]:
        rows = rows.filter(search_text__contains=words.part_of(word))
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
    """One page of the shop's products. One query, two with words to search. Raises Invalid `cursor_invalid`."""
    rows = searched(_of(seller, filter), seller, filter.search)
    return _page(rows, filter, cursor, limit, language)


def market_page(*, filter: ProductFilter, cursor: str | None = None, limit: int = 50,
                language: str = "en") -> Page[ProductRow]:
    """One page of all shops' products, for the operator's console. One query."""
    return _page(Product.objects.filter(clock.shops()), filter, cursor, limit, language)


def market_total() -> int:
    """How many products all shops together have, archived ones left out. One query."""
    return Product.objects.filter(clock.shops(), archived=False).count()


def products_total(seller: SellerRef, filter: ProductFilter) -> int:
    """How many products the filter lets through. One query."""
    return filtered(_of(seller, filter), filter).count()


def _of(seller: SellerRef, where: ProductFilter) -> QuerySet[Product]:
    """The shop's products; where they are named by numbers, looked up by these."""
    named = where.product_ids or where.skus
    return Product.objects.filter(of_shop(seller.id) if named else Q(seller_id=seller.id))


def _page(rows: QuerySet[Product], where: ProductFilter, cursor: str | None, limit: int,
          language: str) -> Page[ProductRow]:
    column = where.sort.lstrip("-") if where.sort.lstrip("-") in _SORTS else "id"
    falling = where.sort.startswith("-")
    rows = filtered(rows, where)
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
                  "seller_id", "score")[:limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    made = [ProductRow(row[0], row[1], row[2], row[4] or row[3], f"/media/{row[5]}" if row[5] else "", *row[6:])
            for row in found]

    def mark(way: str, row: tuple[Any, ...]) -> str:
        by = {"id": row[0], "offer_id": row[1], "sku": row[2], "name": row[3], "updated_at": row[15], "score": row[17]}
        return cursor_encode(way, by[column], row[0])

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


def first_products(seller_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these shops added the first product of its list; shops without any are left out.

    One query that reads one entry of the index for each shop, however many products it has.
    """
    rows = fetch_all(
        "SELECT v.id, (SELECT p.created_at FROM catalog_product p WHERE p.seller_id = v.id"
        f" ORDER BY p.archived, p.status, p.id LIMIT 1) FROM {json_rows('v', id='int')}",
        [json_param([[id_] for id_ in seller_ids])])
    return {seller_id: moment for seller_id, first in rows if (moment := utc(first))}


def counts(seller: SellerRef, tabs: Collection[str] = tuple(TABS)) -> dict[str, int]:
    """How many products each tab holds, or each of these: those that look at stock or prices take longer. One query.

    What the card says alone is counted in one pass over an index that holds all of it. Each tab that looks elsewhere is
    a count of its own: joined as sets, where a pass over the cards would ask again for each of them.
    """
    asked = dict.fromkeys(tab if tab != "ready" else "selling" for tab in tabs)
    told = "SELECT COUNT(*) FROM catalog_product WHERE seller_id = %s AND "
    columns = [f"({told}{_sql(TABS[tab])})" if "{stock}" in TABS[tab] or "{quarantine}" in TABS[tab] else
               f"COUNT(*) FILTER (WHERE {_sql(TABS[tab])})" for tab in asked]
    columns.append(f"COUNT(*) FILTER (WHERE {_PRICED})")
    elsewhere = [seller.id] * sum(column.startswith("(") for column in columns)
    row = fetch_one(f"SELECT {', '.join(columns)} FROM catalog_product WHERE seller_id = %s", [*elsewhere, seller.id])
    counted = dict(zip([*asked, _PRICED], row or [0] * len(columns), strict=True))
    # What is priced lies in stock or does not.
    return {tab: counted[_PRICED] - counted["selling"] if tab == "ready" else counted[tab] for tab in tabs}


def shop_categories(seller: SellerRef, language: str = "en") -> list[tuple[int, str, int]]:
    """The categories a shop has goods in: id, name, how many. One query."""
    name = f"category__{name_column(language)}"
    rows = Product.objects.filter(seller_id=seller.id).values("category_id", name)
    return list(rows.annotate(count=Count("id")).order_by(name).values_list("category_id", name, "count"))


def recent_types(seller: SellerRef, language: str = "en", limit: int = 8) -> list[TypeInfo]:
    """The open types a shop added goods of most recently, latest first. Three queries."""
    rows = Product.objects.filter(seller_id=seller.id, type__disabled=False).values("type_id")
    ids = list(rows.annotate(last=Max("id")).order_by("-last").values_list("type_id", flat=True)[:limit])
    found = type_info(ids, language)
    return [found[key] for key in ids if key in found]


def sellable(seller: SellerRef) -> list[Sellable]:
    """All that is priced and not archived. One query."""
    rows = Product.objects.filter(seller_id=seller.id, archived=False, status=Product.Status.PRICE_SENT)
    return [Sellable(*row) for row in rows.order_by("id").values_list(
        "id", "type_id", "category_id", "sku", "offer_id", "weight_g", "score")]


CARD = ("id", "offer_id", "sku", "name", "names", "description", "descriptions", "type_id", "category_id", "barcodes",
         "depth_mm", "width_mm", "height_mm", "weight_g", "vat", "attributes", "images", "status", "errors",
         "archived", "version", "created_at", "updated_at", "score", "archived_how",
         "hidden_because", "in_review", "documents", "complexes")


def product(seller: SellerRef, product_id: int, language: str = "en") -> ProductCard:
    """One card. Raises ProductUnknown, for another shop's product too."""
    found = cards(seller, [product_id], language)
    if not found:
        raise ProductUnknown()
    return found[0]


def cards(seller: SellerRef, product_ids: Iterable[int], language: str = "en") -> list[ProductCard]:
    """Whole cards by id, names and values in one language. Three queries, whatever their number."""
    name = name_column(language)
    rows = list(Product.objects.filter(of_shop(seller.id), id__in=set(product_ids)).order_by("id").values_list(
        *CARD, f"type__{name}", f"category__{name}"))
    attribute_ids = {each["id"] for row in rows for each in (*row[15], *_of_rows(row[28]))}
    attribute_ids |= {error["data"]["attribute_id"] for row in rows for error in row[18]
                      if "attribute_id" in error.get("data", {})}
    lang = name.removeprefix("name_")
    known = {row[0]: row for row in Attribute.objects.filter(id__in=attribute_ids).values_list(
        "id", name, f"unit_{lang}", f"group_{lang}", "kind")} if attribute_ids else {}
    value_ids = {value["dictionary_value_id"] for row in rows for each in (*row[15], *_of_rows(row[28]))
                 for value in each["values"]} - {0}
    texts = dict(DictionaryValue.objects.filter(id__in=value_ids).values_list(
        "id", name_column(language, "value"))) if value_ids else {}
    names = {key: row[1] for key, row in known.items()}

    def value(each: dict[str, Any]) -> ValueInput:
        value_id = each.get("dictionary_value_id", 0)
        return ValueInput(value_id, texts.get(value_id, each.get("value", "")))

    def named(each: Sequence[dict[str, Any]]) -> tuple[AttributeValue, ...]:
        return tuple(AttributeValue(one["id"], known[one["id"]][1], known[one["id"]][2], known[one["id"]][3],
                                    tuple(map(value, one["values"]))) for one in each if one["id"] in known)

    made = []
    for row in rows:
        made.append(ProductCard(
            id=row[0], offer_id=row[1], sku=row[2], name=row[3], names=row[4], description=row[5],
            descriptions=row[6], type_id=row[7], type_name=row[29], category_id=row[8], category_name=row[30],
            barcodes=tuple(row[9]), depth_mm=row[10], width_mm=row[11], height_mm=row[12], weight_g=row[13],
            vat=row[14], attributes=named(row[15]), images=tuple(stored.image(each) for each in row[16]),
            status=row[17], errors=tuple(stored.error(each, names) for each in row[18]), archived=row[19],
            version=row[20], created_at=row[21], updated_at=row[22], score=row[23],
            archived_how=row[24], hidden_because=row[25], in_review=row[26],
            documents=tuple(map(stored.document, row[27])),
            complexes=tuple((each["id"], named(each["attributes"])) for each in row[28])))
    return made


def _of_rows(complexes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for row in complexes for each in row["attributes"]]


def scores(seller: SellerRef, skus: Sequence[int],
           language: str = "en") -> dict[int, tuple[scoring.Score, dict[int, str]]]:
    """The content score of products by SKU, with the names of the attributes it speaks of. Two queries."""
    rows = list(Product.objects.filter(of_shop(seller.id), sku__in=set(skus)).order_by("id").values_list(
        "sku", "type_id", "name", "description", "names", "images", "attributes"))
    asked: dict[int, dict[int, tuple[bool, str]]] = defaultdict(dict)
    for type_id, key, required, name in TypeAttribute.objects.filter(
            type_id__in={row[1] for row in rows}, attribute__complex_id=0).exclude(
            attribute_id__in=(rules.TYPE_ATTRIBUTE, rules.DESCRIPTION_ATTRIBUTE)).order_by("position").values_list(
            "type_id", "attribute_id", "required", f"attribute__{name_column(language)}"):
        asked[type_id][key] = (required, name)
    return {row[0]: (scoring.judge(
        name=row[2], description=row[3], names=row[4], images=len(row[5]),
        filled=[each["id"] for each in row[6] if each["values"]],
        asked=[(key, required) for key, (required, _name) in asked[row[1]].items()]),
        {key: name for key, (_required, name) in asked[row[1]].items()}) for row in rows}


def variants(seller: SellerRef, card: ProductCard, language: str = "en") -> list[Variant]:
    """The shop's other products that buyers see on the same card: the same type, brand and model name. Five queries.

    Archived ones do not count. Empty where the card has no model name.
    """
    key = Product.objects.filter(seller_id=seller.id, id=card.id).values_list("model_key", flat=True).first()
    if not key:
        return []
    near = Product.objects.filter(seller_id=seller.id, model_key=key, archived=False).exclude(id=card.id)
    ids = list(near.order_by("id").values_list("id", flat=True)[:_MAX_VARIANTS])
    aspects = set(TypeAttribute.objects.filter(type_id=card.type_id, is_aspect=True).values_list(
        "attribute_id", flat=True))
    return [Variant(one.id, one.offer_id, one.images[0].thumb_url if one.images else "", ", ".join(
        value.value for each in one.attributes if each.id in aspects for value in each.values))
            for one in cards(seller, ids, language)] if ids else []


def card_models(seller: SellerRef, product_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """What buyers see of each product as one card: its number, and how many products it holds. Two queries.

    The number is the smallest id of the products with the same type, brand and model name; a product without a model
    name is a card of its own.
    """
    keys = dict(Product.objects.filter(of_shop(seller.id), id__in=list(product_ids)).values_list("id", "model_key"))
    named = {key for key in keys.values() if key}
    found = {key: (first, count) for key, first, count in Product.objects.filter(
        seller_id=seller.id, model_key__in=named).order_by().values("model_key").annotate(
        first=Min("id"), count=Count("id")).values_list("model_key", "first", "count")} if named else {}
    return {id_: found.get(key, (id_, 1)) for id_, key in keys.items()}


def drafts(seller: SellerRef, *, offer_ids: Sequence[str] = (),
           product_ids: Sequence[int] = ()) -> dict[str, tuple[int, ProductDraft]]:
    """Existing cards as drafts, by offer id, for changing some of their fields. One query."""
    rows = Product.objects.filter(Q(offer_id__in=set(offer_ids)) | Q(id__in=set(product_ids)), seller_id=seller.id)
    return {row[1]: (row[0], draft_of(row)) for row in rows.values_list(*CARD)}


def draft_of(row: Sequence[Any]) -> ProductDraft:
    """The columns CARD of a product as a draft."""
    return ProductDraft(
        offer_id=row[1], name=row[3], type_id=row[7], category_id=row[8], description=row[5], names=row[4],
        descriptions=row[6], barcodes=tuple(row[9]), depth_mm=row[10], width_mm=row[11], height_mm=row[12],
        weight_g=row[13], vat=row[14], attributes=stored.attribute_inputs(row[15]),
        images=tuple(map(stored.image_input, row[16])), complexes=stored.complex_inputs(row[28]))
