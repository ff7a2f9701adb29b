"""One posting becomes several, packed or not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Conflict
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import AlreadyShipped, IncorrectQuantity, UnknownProduct
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services import moving
from sellerdesk.orders.types import UnitInput, UnitsInput


def split(stall, number: str, *parts):
    return services.split_posting(seller=stall.seller, number=number, parts=parts, actor=stall.actor, now=stall.now)


def test_parts_leave_and_the_rest_stays_without_losing_a_kopeck(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 3), (stall.pan, 2)))
    whole = queries.posting(stall.seller, number)
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)

    numbers = split(stall, number, [(mug, 1), (pan, 2)], [(mug, 1)])

    cards = queries.cards(stall.seller, numbers)
    assert [card.number for card in cards] == [number, f"{number[:-1]}2", f"{number[:-1]}3"]
    assert [[(line.sku, line.quantity) for line in card.lines] for card in cards] == [
        [(mug, 1)], [(mug, 1), (pan, 2)], [(mug, 1)]]
    assert {(card.state, card.substate) for card in cards} == {("awaiting_packaging", "posting_created")}
    assert sum(card.commission_minor for card in cards) == whole.commission_minor
    assert sum(card.amount_minor for card in cards) == whole.amount_minor
    assert stall.shelf(stall.mug) == (20, 3)
    assert activity.history(stall.seller.id, "posting", number)[0].event == "orders.posting.divided"


def test_where_nothing_would_stay_the_first_part_does(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    mug = stall.sku(stall.mug)

    numbers = split(stall, number, [(mug, 1)], [(mug, 1)])

    assert numbers == [number, f"{number[:-1]}2"]
    assert [[line.quantity for line in card.lines] for card in queries.cards(stall.seller, numbers)] == [[1], [1]]


def test_the_whole_in_one_part_changes_nothing(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    assert split(stall, number, [(stall.sku(stall.mug), 2)]) == [number]
    assert Posting.objects.get().version == 1


def test_what_is_not_there_cannot_be_split_off(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    mug = stall.sku(stall.mug)

    for parts, refusal in (([[(mug, 3)]], IncorrectQuantity), ([[(1, 1)]], UnknownProduct), ([[]], IncorrectQuantity),
                           ([[(mug, 0)]], IncorrectQuantity), ([], IncorrectQuantity)):
        with pytest.raises(refusal):
            split(stall, number, *parts)
    assert Posting.objects.count() == 1


def test_packed_goods_are_not_split(stall) -> None:
    [number] = stall.packed(stall.request((stall.mug, 2)))

    with pytest.raises(AlreadyShipped):
        split(stall, number, [(stall.sku(stall.mug), 1)])


def test_whoever_acts_on_the_undivided_posting_is_told(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    stale = moving.load([number], seller_id=stall.seller.id)[number]
    split(stall, number, [(stall.sku(stall.mug), 1)])
    moving.step(stale, "ship", stall.now)

    with pytest.raises(Conflict):
        moving.write([stale])


def test_a_part_is_packed_now_and_the_rest_later(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)))
    mug = stall.sku(stall.mug)

    packed = services.ship_package(seller=stall.seller, number=number, goods=[(mug, 2)], actor=stall.actor,
                                   now=stall.now)

    assert stall.place_of(packed) == ("awaiting_deliver", "posting_registered")
    assert stall.place_of(number) == ("awaiting_packaging", "posting_created")
    assert queries.posting(stall.seller, packed).tracking_number
    assert services.ship_package(seller=stall.seller, number=number, goods=[(stall.sku(stall.pan), 1)],
                                 actor=stall.actor, now=stall.now) == number
    assert stall.shelf(stall.mug) == (20, 2)


def test_what_is_asked_is_counted_anew_for_every_part(stall) -> None:
    dated.put("orders.packing_needs", "weight", {"goods": [{"types": [91101], "shops": "all"}]},
              valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    [number] = stall.place(stall.request((stall.mug, 3)))
    mug = stall.sku(stall.mug)
    services.set_units(seller=stall.seller, actor=stall.actor, now=stall.now, sheets=[UnitsInput(
        number, {mug: (UnitInput(weight_g=300), UnitInput(), UnitInput())})])

    numbers = split(stall, number, [(mug, 1)])
    services.cancel_units(seller=stall.seller, number=number, items=[(mug, 1)], reason_id=352, message="out of stock",
                          by="seller", actor=stall.actor, now=stall.now)

    # The weighed unit stays, one of the others left with its part, one is cancelled.
    assert [sheet.open_needs for sheet in queries.packings(stall.seller, numbers)] == [0, 1]
    assert services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)[0].done
