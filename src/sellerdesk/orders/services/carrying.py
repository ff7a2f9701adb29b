"""What carriers take on the packing table: the bounds of the method that a posting goes by, and what helps where a
parcel breaks them. The bounds are those of the day of the order, so that a later tariff stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.db import execute, fetch_all, json_param, json_rows
from sellerdesk.logistics import queries as logistics_queries
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import PackedParcel, Quote, QuoteRequest, Refused
from sellerdesk.orders.errors import ParcelOverLimits
from sellerdesk.orders.packing import dividing
from sellerdesk.orders.services import moving
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import CarriedLine, OverLimits, PostingCard
from sellerdesk.sellers.types import SellerRef

#: Bounds that several parcels can keep where one cannot.
_DIVISIBLE = frozenset({"weight", "side", "sides", "price", "units"})


@dataclass(frozen=True, slots=True)
class Carried:
    """A posting as its carrier sees it. `at` is when it was ordered."""

    number: str
    tariff: str
    method_id: int
    warehouse_id: int
    integration: str
    at: datetime
    city: str
    lines: tuple[CarriedLine, ...]
    # Region and country of the buyer; None is asked of the order where it matters.
    place: tuple[str, str] | None = None


def check(seller: SellerRef, postings: Sequence[Working]) -> dict[str, ParcelOverLimits]:
    """Why postings cannot be carried as one parcel each, by number; those that can are left out. Lines are loaded.

    One query, one more where units were weighed, and three where something is refused.
    """
    found = over_limits(seller, loaded(seller, postings))
    return {number: ParcelOverLimits(number, seller.currency, over) for number, over in found.items()}


def keep(seller: SellerRef, numbers: Sequence[str]) -> None:
    """Write anew with these postings what their carriers do not take, after goods, values or weights have changed."""
    postings = list(moving.load(numbers, seller_id=seller.id).values())
    moving.load_lines(postings)
    found = over_limits(seller, loaded(seller, postings))
    execute(
        f"""UPDATE orders_posting SET over_limits = v.word FROM {json_rows("v", id="int", word="text")}
            WHERE orders_posting.id = v.id AND orders_posting.over_limits <> v.word""",
        [json_param([(one.id, found[one.number].word if one.number in found else "") for one in postings])])


def loaded(seller: SellerRef, postings: Sequence[Working | PostingCard]) -> list[Carried]:
    """Postings with their lines, as their carriers see them. One query, two where units were weighed."""
    tariffs = {one.id: one.tariff for one in logistics_queries.methods(seller)}
    weighed = _weighed([one.id for one in postings if any("weight" in line.needs.split() for line in one.lines)])
    return [Carried(
        one.number, tariffs.get(_method_of(one), ""), _method_of(one), one.warehouse_id, one.integration,
        one.in_process_at, one.city, tuple(CarriedLine(
            line.product_id, line.sku, line.quantity, _of_unit(weighed.get((one.id, line.sku)), line.weight_g),
            line.sides_mm, line.declared_price_minor or line.price_minor, line.batteries) for line in one.lines))
        for one in postings]


def _method_of(posting: Working | PostingCard) -> int:
    return posting.method_id if isinstance(posting, Working) else posting.delivery_method_id


def _weighed(posting_ids: Sequence[int]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """By posting and SKU, the grams of all weighed units and how many they are."""
    if not posting_ids:
        return {}
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in fetch_all(
        f"""SELECT e.posting_id, e.sku, SUM(e.weight_g), COUNT(e.weight_g)
            FROM {json_rows("v", id="int")} CROSS JOIN orders_exemplar e
            WHERE e.posting_id = v.id AND e.weight_g IS NOT NULL GROUP BY e.posting_id, e.sku""",
        [json_param([[id_] for id_ in posting_ids])])}


def _of_unit(weighed: tuple[int, int] | None, card_g: int) -> int:
    """What one unit weighs: as the scales say, rounded up, else as the card does."""
    return -(-weighed[0] // weighed[1]) if weighed else card_g


def over_limits(seller: SellerRef, carried: Iterable[Carried]) -> dict[str, OverLimits]:
    """Bounds broken by postings, by number, with what helps. No query where none is broken, else two."""
    broken = [(one, refused) for one in carried if (refused := _refusals(one, seller.currency, _whole(one)))]
    if not broken:
        return {}
    ways = _ways(seller, [one for one, _ in broken])
    return {one.number: OverLimits(refused, _parts(one, seller.currency), tuple(quotes))
            for (one, refused), quotes in zip(broken, ways, strict=True)}


def look(seller: SellerRef, card: PostingCard) -> OverLimits | None:
    """What the carrier of a posting does not take of it as it is now; None where it takes it. Nothing is written.

    One or two queries, and three more where something is refused.
    """
    return over_limits(seller, loaded(seller, [card])).get(card.number)


def ways(seller: SellerRef, posting: Working) -> list[Quote]:
    """The methods that take a posting as one parcel and work as its own does, the cheapest first; its own among them
    where it takes it. Lines are loaded. Four queries."""
    return _ways(seller, loaded(seller, [posting]), own=True)[0]


def _ways(seller: SellerRef, carried: Sequence[Carried], *, own: bool = False) -> list[list[Quote]]:
    kinds = {ref.id: (ref.type_id, ref.category_id) for ref in catalog.refs(
        seller, product_ids=sorted({line.product_id for one in carried for line in one.lines}))}
    places = _places([one.number for one in carried if one.place is None])
    found = logistics.quotes_of(seller=seller, requests=[
        _request(one, one.place or places[one.number], kinds) for one in carried])
    return [[quote for quote in quotes if quote.integration == one.integration and (
        own or quote.method_id != one.method_id)] for one, quotes in zip(carried, found, strict=True)]


def _places(numbers: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Region and country of the buyers of these postings."""
    if not numbers:
        return {}
    return {row[0]: (row[1], row[2]) for row in fetch_all(
        f"""SELECT p.number, o.region, o.country FROM {json_rows("v", number="text")} CROSS JOIN orders_posting p
            JOIN orders_order o ON o.id = p.order_id WHERE p.number = v.number""",
        [json_param([[number] for number in numbers])])}


def _whole(one: Carried) -> dividing.Parcel:
    return {at: line.quantity for at, line in enumerate(one.lines)}


def _refusals(one: Carried, currency: str, parcel: dividing.Parcel) -> tuple[Refused, ...]:
    inside = [(one.lines[at], quantity) for at, quantity in parcel.items()]
    return logistics.packed_refusals(PackedParcel(
        one.tariff, one.at, sum(line.weight_g * quantity for line, quantity in inside),
        logistics.packed_sides((line.sides_mm, quantity) for line, quantity in inside),
        sum(line.value_minor * quantity for line, quantity in inside), any(line.batteries for line, _ in inside),
        sum(quantity for _, quantity in inside)), currency)


def _parts(one: Carried, currency: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Several parcels of (SKU, units) that the method takes; empty where dividing does not help."""
    parcels = dividing.divide(
        [(line.weight_g, line.quantity) for line in one.lines],
        lambda parcel: not any(refused.code in _DIVISIBLE for refused in _refusals(one, currency, parcel))) or ()
    if any(_refusals(one, currency, parcel) for parcel in parcels):
        return ()
    return tuple(tuple((one.lines[at].sku, quantity) for at, quantity in sorted(parcel.items())) for parcel in parcels)


def _request(one: Carried, place: tuple[str, str], kinds: Mapping[int, tuple[int, int]]) -> QuoteRequest:
    return QuoteRequest(
        one.warehouse_id, sum(line.weight_g * line.quantity for line in one.lines), one.city, one.at, place[0],
        logistics.packed_sides((line.sides_mm, line.quantity) for line in one.lines),
        sum(line.value_minor * line.quantity for line in one.lines), any(line.batteries for line in one.lines),
        country=place[1], units=sum(line.quantity for line in one.lines),
        goods=tuple(kinds[line.product_id] for line in one.lines if line.product_id in kinds))
