"""What has to be taken from the shelves: for a carriage, or for all that waits to be packed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.errors import Invalid
from sellerdesk.handover import queries as handover
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingCard, PostingFilter
from sellerdesk.seller_api import carriages, scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import assembly as models

#: What is still to be taken from a shelf.
_TO_PACK = ("awaiting_packaging",)
# Products are gathered over so many of the most urgent postings; a shift packs fewer.
_MOST_POSTINGS = 1000


@dataclass(slots=True)
class _Gathered:
    """One product and the postings that need it, (number, units)."""

    sku: int
    offer_id: str
    name: str
    product_id: int
    parts: list[tuple[str, int]] = field(default_factory=list)

    @property
    def quantity(self) -> int:
        return sum(units for _number, units in self.parts)


def _gathered(cards: Iterable[PostingCard]) -> list[_Gathered]:
    """Products in the order in which postings first need them."""
    found: dict[int, _Gathered] = {}
    for card in cards:
        for line in card.lines:
            one = found.setdefault(line.sku, _Gathered(line.sku, line.offer_id, line.name, line.product_id))
            one.parts.append((card.number, line.quantity))
    return list(found.values())


def _pictures(call: Call, product_ids: Sequence[int]) -> dict[int, str]:
    """The address of each product's first picture. One query."""
    ids = list(dict.fromkeys(product_ids))
    rows = catalog.products_page(call.seller, filter=ProductFilter(product_ids=ids, visibility="ANY"), limit=len(ids),
                                 language=call.language).rows if ids else []
    return {row.id: f"{call.base_url}{row.thumb_url}" for row in rows if row.thumb_url}


def _taken(card: PostingCard, pictures: dict[int, str]) -> list[models.Taken]:
    return [models.Taken(offer_id=line.offer_id, picture_url=pictures.get(line.product_id, ""), product_name=line.name,
                         quantity=line.quantity, sku=line.sku) for line in card.lines]


def _of_carriage(call: Call, asked: models.CarriageFilter) -> list[PostingCard]:
    """The postings of a carriage that the key reaches, in its order. Raises CarriageNotFound."""
    carriage = handover.carriage(call.seller, asked.carriage_id, carriages.viewer(call))
    numbers = [parcel.number for parcel in handover.parcels(call.seller, carriage.id)]
    first, last = wire.utc(asked.cutoff_from), wire.utc(asked.cutoff_to)
    by_number = {card.number: card for card in orders.cards(call.seller, numbers)}
    return [card for number in numbers if (card := by_number.get(number)) is not None
            and (first is None or card.ship_by >= first) and (last is None or card.ship_by < last)
            and asked.delivery_method_id in (0, card.delivery_method_id)]


def _start(cursor: str) -> int:
    """How far the page before came."""
    if cursor and not (cursor.isdecimal() and len(cursor) < 10):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
    return int(cursor or 0)


@endpoint("/v1/assembly/carriage/posting/list", request=models.CarriagePostingRequest,
          answer=models.CarriagePostingResponse, right="postings:read")
def carriage_postings(call: Call, request: models.CarriagePostingRequest) -> models.CarriagePostingResponse:
    """Lists the postings of a carriage with what lies in them, and whether their labels can be printed."""
    cards, start = _of_carriage(call, request.filter), _start(request.cursor)
    shown = cards[start:start + request.limit]
    pictures = _pictures(call, [line.product_id for card in shown for line in card.lines])
    return models.CarriagePostingResponse(
        can_print_mass_label=bool(cards) and all("label" in card.available_actions for card in cards),
        cursor=str(start + request.limit) if len(cards) > start + request.limit else "",
        postings=[models.CarriagePosting(
            assembly_code=card.upper_barcode, can_print_label="label" in card.available_actions,
            posting_number=card.number, products=_taken(card, pictures)) for card in shown])


@endpoint("/v1/assembly/carriage/product/list", request=models.CarriageProductRequest,
          answer=models.CarriageProductResponse, right="postings:read")
def carriage_products(call: Call, request: models.CarriageProductRequest) -> models.CarriageProductResponse:
    """Lists the products of a carriage with the postings that they lie in."""
    goods, start = _gathered(_of_carriage(call, request.filter)), _start(request.cursor)
    shown = goods[start:start + request.limit]
    pictures = _pictures(call, [one.product_id for one in shown])
    return models.CarriageProductResponse(
        cursor=str(start + request.limit) if len(goods) > start + request.limit else "",
        products=[models.CarriageProduct(
            offer_id=one.offer_id, picture_url=pictures.get(one.product_id, ""), product_name=one.name, sku=one.sku,
            quantity=one.quantity, posting_numbers=[number for number, _units in one.parts]) for one in shown])


def _waiting(call: Call, asked: models.WaitingFilter) -> PostingFilter:
    return PostingFilter(
        states=_TO_PACK, cutoff_from=wire.utc(asked.cutoff_from), cutoff_to=wire.utc(asked.cutoff_to),
        warehouse_ids=scope.warehouses(call),
        delivery_method_ids=(asked.delivery_method_id,) if asked.delivery_method_id else ())


def _cards(call: Call, numbers: Sequence[str]) -> list[PostingCard]:
    by_number = {card.number: card for card in orders.cards(call.seller, numbers)}
    return [by_number[number] for number in numbers if number in by_number]


@endpoint("/v1/assembly/fbs/posting/list", request=models.WaitingPostingRequest,
          answer=models.WaitingPostingResponse, right="postings:read")
def waiting_postings(call: Call, request: models.WaitingPostingRequest) -> models.WaitingPostingResponse:
    """Lists the postings that wait to be packed and are due within a period, with what goes into them."""
    page = orders.postings_page(
        call.seller, filter=_waiting(call, request.filter), cursor=request.cursor or None, limit=request.limit,
        newest_first=wire.descending(request.sort_dir), sort="ship_by")
    cards = _cards(call, [row.number for row in page.rows])
    pictures = _pictures(call, [line.product_id for card in cards for line in card.lines])
    return models.WaitingPostingResponse(
        cursor=page.next_cursor, cutoff=min((card.ship_by for card in cards), default=None),
        postings=[models.WaitingPosting(assembly_code=card.upper_barcode, posting_number=card.number,
                                        products=_taken(card, pictures)) for card in cards])


@endpoint("/v1/assembly/fbs/product/list", request=models.WaitingProductRequest,
          answer=models.WaitingProductResponse, right="postings:read")
def waiting_products(call: Call, request: models.WaitingProductRequest) -> models.WaitingProductResponse:
    """Lists the products that the thousand most urgent postings of a period wait for."""
    page = orders.postings_page(call.seller, filter=_waiting(call, request.filter), limit=_MOST_POSTINGS,
                                newest_first=wire.descending(request.sort_dir), sort="ship_by")
    goods = _gathered(_cards(call, [row.number for row in page.rows]))
    shown = goods[request.offset:request.offset + request.limit]
    pictures = _pictures(call, [one.product_id for one in shown])
    return models.WaitingProductResponse(
        has_next=len(goods) > request.offset + request.limit, products_count=len(goods),
        products=[models.WaitingProduct(
            offer_id=one.offer_id, picture_url=pictures.get(one.product_id, ""), product_name=one.name, sku=one.sku,
            quantity=one.quantity, postings=[models.PartOf(posting_number=number, quantity=units)
                                             for number, units in one.parts]) for one in shown])
