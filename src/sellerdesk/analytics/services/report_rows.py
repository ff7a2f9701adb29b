"""What stands in each report, row by row: read in pages, so that its length does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.db import utc
from sellerdesk.core.money import Money
from sellerdesk.core.sheets import Column
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.queries import storage_file
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingFilter
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries as promotions
from sellerdesk.returns import queries as returns
from sellerdesk.returns.types import ReturnFilter
from sellerdesk.sellers.types import SellerRef

Row = Sequence[Any]
Params = dict[str, Any]
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns with headings in the reader's language, and the rows, made while they are read."""

    columns: Sequence[Column]
    rows: Iterator[Row]


def products(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """`visibility`, `offer_id`, `sku`, `search` narrow the list, as in the API."""
    where = ProductFilter(visibility=str(params.get("visibility") or "ALL"), search=str(params.get("search") or ""),
                          offer_ids=[str(one) for one in params.get("offer_id") or ()],
                          skus=[int(one) for one in params.get("sku") or ()])

    def rows() -> Iterator[Row]:
        cursor: str | None = None
        while cursor is None or cursor:
            page = catalog.products_page(seller, filter=where, cursor=cursor, limit=_PAGE, language=language)
            ids = [row.id for row in page.rows]
            prices, free = pricing.prices(seller, ids), inventory.free(seller, ids)
            for row in page.rows:
                price = prices.get(row.id)
                yield (row.offer_id, row.id, row.sku, row.name, row.category_name, row.type_name, row.status,
                       Money(price.price_minor, price.currency) if price else None,
                       Money(price.old_price_minor, price.currency) if price and price.old_price_minor else None,
                       price.currency if price else "", free.get(row.id, 0), row.score, _local(row.created_at, zone))
            cursor = page.next_cursor

    return Sheet((
        Column("offer_id", _("Offer ID")), Column("product_id", _("Product ID"), "whole"),
        Column("sku", "SKU", "whole"), Column("name", _("Name")), Column("category", _("Category")),
        Column("type", _("Type")), Column("status", _("Status")), Column("price", _("Price"), "money"),
        Column("old_price", _("Price before the discount"), "money"), Column("currency", _("Currency")),
        Column("free_units", _("Free units"), "whole"), Column("score", pgettext("analytics", "Content score"),
                                                               "whole"),
        Column("created_at", _("Created"), "moment")), rows())


def postings(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """Lines of postings taken into process between `since` and `to`; `scheme`, `statuses`, `warehouse_id`, `sku`,
    `offer_id` narrow them. Without buyers' names: a file goes further than a page."""
    where = PostingFilter(
        since=_moment(params.get("since")), to=_moment(params.get("to")), scheme=str(params.get("scheme") or ""),
        states=tuple(params.get("states") or ()), warehouse_ids=tuple(params.get("warehouse_ids") or ()),
        delivery_method_ids=tuple(params.get("delivery_method_ids") or ()))
    skus = {int(one) for one in params.get("sku") or ()}
    offer, title = str(params.get("offer_id") or ""), str(params.get("title") or "").lower()
    places = {row.id: row.name for row in inventory.warehouses(seller)}

    def rows() -> Iterator[Row]:
        for posting, lines in orders.every_posting(seller, filter=where):
            (ordered_at, _id, order, number, scheme, state, substate, ship_by, handed_over_at, delivered_at,
             cancelled_at, warehouse_id, city, tracking_number, currency) = posting
            told = (order, number, scheme, state, substate, *(_local(utc(at), zone) for at in (
                ordered_at, ship_by, handed_over_at, delivered_at, cancelled_at)),
                    places.get(warehouse_id, ""), city, tracking_number)
            for sku, offer_id, name, quantity, price_minor, commission_minor in lines:
                if (skus and sku not in skus) or (offer and offer_id != offer) or (title and title not in name.lower()):
                    continue
                yield (*told, sku, offer_id, name, quantity, Money(price_minor, currency),
                       Money(price_minor * quantity, currency), Money(commission_minor, currency), currency)

    return Sheet((
        Column("order", _("Order")), Column("posting", _("Posting")), Column("scheme", _("Scheme")),
        Column("status", _("Status")), Column("substatus", _("Substatus")),
        Column("ordered_at", _("Ordered"), "moment"), Column("ship_by", _("Ship by"), "moment"),
        Column("handed_over_at", _("Handed over"), "moment"), Column("delivered_at", _("Delivered"), "moment"),
        Column("cancelled_at", _("Cancelled"), "moment"), Column("warehouse", _("Warehouse")),
        Column("destination", _("Destination")), Column("tracking_number", _("Tracking number")),
        Column("sku", "SKU", "whole"), Column("offer_id", _("Offer ID")), Column("name", _("Name")),
        Column("units", _("Units"), "whole"), Column("price", _("Price"), "money"),
        Column("amount", _("Amount"), "money"), Column("commission", _("Commission"), "money"),
        Column("currency", _("Currency"))), rows())


def returned(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """Returns started between `since` and `to`; `scheme` and `states` narrow them, and `visual`: what the API calls
    where they are, at the moment `at`."""
    visual, at = str(params.get("visual") or ""), _moment(params.get("at"))
    where = ReturnFilter(since=_moment(params.get("since")), to=_moment(params.get("to")),
                         scheme=str(params.get("scheme") or ""), states=tuple(params.get("states") or ()),
                         warehouse_ids=tuple(params.get("warehouse_ids") or ()))

    def rows() -> Iterator[Row]:
        last, more = 0, True
        while more:
            page, more = returns.returns_after(seller, filter=where, last_id=last, limit=_PAGE)
            for row in page:
                last = row.id
                if visual and at and returns.visual_of(row, at).name != visual:
                    continue
                yield (row.id, row.posting_number, row.kind, row.scheme, row.sku, row.offer_id, row.name, row.quantity,
                       Money(row.amount_minor, row.currency), row.currency, str(returns.reason_text(row.reason)),
                       row.state, _local(row.created_at, zone), _local(row.received_at, zone))

    return Sheet((
        Column("return", _("Return"), "whole"), Column("posting", _("Posting")), Column("kind", _("Kind")),
        Column("scheme", _("Scheme")), Column("sku", "SKU", "whole"), Column("offer_id", _("Offer ID")),
        Column("name", _("Name")), Column("units", _("Units"), "whole"), Column("amount", _("Amount"), "money"),
        Column("currency", _("Currency")), Column("reason", _("Reason")), Column("status", _("Status")),
        Column("started_at", pgettext("analytics", "Started"), "moment"), Column("received_at", _("Taken in"),
                                                                                 "moment")), rows())


def stock(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """What lies in the warehouses `warehouse_ids`, in all without any."""
    chosen = tuple(int(one) for one in params.get("warehouse_ids") or ())
    places = {row.id: row.name for row in inventory.warehouses(seller)}

    def rows() -> Iterator[Row]:
        cursor: str | None = None
        while cursor is None or cursor:
            page = catalog.products_page(seller, filter=ProductFilter(visibility="ALL"), cursor=cursor, limit=_PAGE,
                                         language=language)
            found = inventory.stocks(seller, [row.id for row in page.rows], chosen)
            for row in page.rows:
                for place in found.get(row.id, ()):
                    yield (places.get(place.warehouse_id, ""), row.offer_id, row.sku, row.name, place.present,
                           place.reserved, place.present - place.reserved)
            cursor = page.next_cursor

    return Sheet((
        Column("warehouse", _("Warehouse")), Column("offer_id", _("Offer ID")), Column("sku", "SKU", "whole"),
        Column("name", _("Name")), Column("in_stock", _("In stock"), "whole"),
        Column("reserved", _("Reserved"), "whole"), Column("free_units", _("Free units"), "whole")), rows())


def placement(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """What lay in the marketplace's warehouses from the day `since` until before `to`, and what each SKU cost a day.
    People and keys of single warehouses of the shop see none of it."""
    since, to = _moment(params.get("since")), _moment(params.get("to"))
    first = since.astimezone(zone).date() if since else date.min
    last = to.astimezone(zone).date() - timedelta(days=1) if to else date.max
    lines = iter(()) if params.get("warehouse_ids") else storage_file.lines(seller, first, last)
    return Sheet(storage_file.columns(), lines)


def discounted(seller: SellerRef, params: Params, zone: ZoneInfo, language: str) -> Sheet:
    """Products that cost less than before: with a crossed-out price, or in promotions at `made_at`, and which ones."""
    at = _moment(params["made_at"]) or datetime.now(UTC)
    titles = {row.id: row.terms.title for own in (True, False) for row in promotions.shop_actions(seller, own=own)}

    def rows() -> Iterator[Row]:
        cursor: str | None = None
        while cursor is None or cursor:
            page = catalog.products_page(seller, filter=ProductFilter(visibility="ALL"), cursor=cursor, limit=_PAGE,
                                         language=language)
            prices = pricing.prices(seller, [row.id for row in page.rows])
            paid = promotions.buyer_prices(seller, list(prices), at, prices)
            free = inventory.free(seller, list(prices))
            for row in page.rows:
                price, now = prices.get(row.id), paid.get(row.id)
                if price is None or now is None:
                    continue
                before = max(price.old_price_minor, price.price_minor)
                if now.price_minor < before:
                    yield (row.offer_id, row.id, row.sku, row.name, Money(before, price.currency),
                           Money(price.price_minor, price.currency), Money(now.price_minor, price.currency),
                           Money(before - now.price_minor, price.currency), price.currency,
                           "; ".join(titles.get(id_, str(id_)) for id_ in now.action_ids), free.get(row.id, 0))
            cursor = page.next_cursor

    return Sheet((
        Column("offer_id", _("Offer ID")), Column("product_id", _("Product ID"), "whole"),
        Column("sku", "SKU", "whole"), Column("name", _("Name")),
        Column("old_price", _("Price before the discount"), "money"), Column("price", _("Price"), "money"),
        Column("buyer_price", _("Buyers pay"), "money"), Column("discount", pgettext("analytics", "Discount"), "money"),
        Column("currency", _("Currency")), Column("promotions", pgettext("analytics", "Promotions")),
        Column("free_units", _("Free units"), "whole")), rows())


Maker = Callable[[SellerRef, Params, ZoneInfo, str], Sheet]


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """In the zone of whoever reads the file."""
    return at.astimezone(zone) if at else None


def _moment(text: Any) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
