from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core.errors import Conflict
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import (
    AlreadyCancelled,
    AlreadyShipped,
    IncorrectQuantity,
    IncorrectStatus,
    PostingNotFound,
)
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services import moving
from sellerdesk.orders.types import PostingFilter


def ship(stall, number, *packages):
    return services.ship_posting(seller=stall.seller, number=number, packages=packages, actor=stall.actor,
                                 now=stall.now)


def test_packing_registers_a_parcel(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    assert ship(stall, number, [(stall.sku(stall.mug), 2)]) == [number]

    card = queries.posting(stall.seller, number)
    assert (card.state, card.substate) == ("awaiting_deliver", "posting_registered")
    assert (card.previous_substate, card.packed_at, card.version) == ("posting_created", stall.now, 2)
    assert card.tracking_number.startswith("VP")
    assert len(card.tracking_number) == 13
    assert [scan.code for scan in logistics.scans(stall.seller, number)] == ["registered"]
    assert [act.event for act in activity.history(stall.seller.id, "posting", number)] == [
        "orders.posting.shipped", "orders.posting.created"]
    assert stall.shelf(stall.mug) == (20, 2)
    assert queries.postings_page(stall.seller, filter=PostingFilter(search=card.tracking_number.lower())).rows


def test_several_packages_become_several_postings_without_losing_a_kopeck(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 3), (stall.pan, 1)))
    whole = queries.posting(stall.seller, number)
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)

    numbers = ship(stall, number, [(mug, 1)], [(mug, 1), (pan, 1)], [(mug, 1)])

    assert numbers == [number, f"{whole.order_number}-2", f"{whole.order_number}-3"]
    cards = queries.cards(stall.seller, numbers)
    assert [[(line.sku, line.quantity) for line in card.lines] for card in cards] == [
        [(mug, 1)], [(mug, 1), (pan, 1)], [(mug, 1)]]
    assert [card.parent_number for card in cards] == ["", number, number]
    assert [(card.units, card.weight_g, card.amount_minor) for card in cards] == [
        (1, 300, 1_000_00), (2, 600, 1_250_50), (1, 300, 1_000_00)]
    assert sum(card.commission_minor for card in cards) == whole.commission_minor
    # Each parcel is carried for its own price: 65.00 and 3.50 for each 100 g.
    assert [card.logistics_minor for card in cards] == [75_50, 86_00, 75_50]
    assert len({card.tracking_number for card in cards}) == 3
    assert {card.state for card in cards} == {"awaiting_deliver"}
    assert stall.shelf(stall.mug) == (20, 3)
    assert queries.siblings(stall.seller, whole.order_id) == numbers


def test_wrong_packages_change_nothing(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    with pytest.raises(IncorrectQuantity) as refused:
        ship(stall, number, [(stall.sku(stall.mug), 1)])

    assert refused.value.code == "HAS_INCORRECT_PRODUCT_QUANTITY"
    assert "MUG-1: ordered 2, packed 1" in refused.value.text
    assert stall.place_of(number) == ("awaiting_packaging", "posting_created")


def test_only_what_is_unpacked_can_be_packed_and_only_by_its_shop(stall, rival_stall) -> None:
    [number] = stall.packed()
    whole = [(stall.sku(stall.mug), 1)]

    with pytest.raises(AlreadyShipped):
        ship(stall, number, whole)
    with pytest.raises(PostingNotFound):
        ship(rival_stall, number, whole)
    services.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)
    with pytest.raises(AlreadyCancelled):
        ship(stall, number, whole)

    outcomes = services.ship_many(seller=rival_stall.seller, numbers=[number, "1-1-1"], actor=stall.actor,
                                  now=stall.now)
    assert [one.error.code for one in outcomes if one.error] == ["POSTING_NOT_FOUND", "POSTING_NOT_FOUND"]


def test_the_second_of_two_at_once_is_told_and_writes_nothing(stall) -> None:
    [number] = stall.place()
    mine = moving.load([number], seller_id=stall.seller.id)[number]
    services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)
    mine.go(("cancelled", "posting_canceled"), stall.now)

    with pytest.raises(Conflict):
        moving.write([mine])

    assert stall.place_of(number) == ("awaiting_deliver", "posting_registered")


def test_many_are_packed_and_handed_over_in_the_statements_of_one(stall, statements) -> None:
    numbers = stall.place(*(stall.request((stall.pan, 1)) for _ in range(15)))
    at = {number: stall.now + timedelta(minutes=index) for index, number in enumerate(numbers)}

    def pack(some: list[str]) -> None:
        services.ship_many(seller=stall.seller, numbers=some, actor=stall.actor, now=stall.now, at=at)

    def hand_over(some: list[str]) -> None:
        services.hand_over(seller=stall.seller, numbers=some, actor=stall.actor, now=stall.now, at=at)

    # The very first parcel of all opens the block of numbers.
    pack(numbers[:1])
    assert statements(lambda: pack(numbers[1:2])) == statements(lambda: pack(numbers[2:])) <= 18
    assert statements(lambda: hand_over(numbers[:1])) == statements(lambda: hand_over(numbers[1:])) <= 6

    cards = queries.cards(stall.seller, numbers)
    assert {(card.state, card.substate) for card in cards} == {("awaiting_deliver", "posting_in_carriage")}
    assert [card.handed_over_at for card in cards] == [at[card.number] for card in cards]


def test_handing_over_twice_or_unpacked_is_refused(stall) -> None:
    [unpacked], [handed] = stall.place(), stall.handed_over()

    outcomes = services.hand_over(seller=stall.seller, numbers=[unpacked, handed, handed], actor=stall.actor,
                                  now=stall.now)

    assert [type(one.error) for one in outcomes] == [IncorrectStatus] * 3
    assert Posting.objects.get(number=handed).version == 3
