from __future__ import annotations

import pytest

from sellerdesk.core import activity
from sellerdesk.core.db import is_postgres
from sellerdesk.inventory import queries as stock
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import (
    AlreadyCancelled,
    AlreadyShipped,
    IncorrectQuantity,
    IncorrectReason,
    IncorrectStatus,
    MessageRequired,
    PostingNotFound,
    UnknownProduct,
)
from sellerdesk.orders.types import Cancellation
from sellerdesk.returns import queries as returns


def cancel(stall, number, reason_id=352, message="", by="seller") -> None:
    services.cancel_posting(seller=stall.seller, number=number, reason_id=reason_id, message=message, by=by,
                            actor=stall.actor, now=stall.now)


def test_the_catalogue_of_reasons(dated_rules, now) -> None:
    reasons = queries.cancel_reasons(now)

    assert [(one.id, one.kind, one.available, one.message_required) for one in reasons] == [
        (352, "seller", True, False), (400, "seller", True, False), (401, "seller", False, False),
        (402, "seller", True, True), (501, "buyer", False, False), (503, "buyer", False, False),
        (505, "buyer", False, False), (506, "buyer", False, False), (507, "seller", False, False), (665, "buyer", True, False),
        (666, "buyer", False, False), (667, "buyer", True, False)]
    assert all(set(one.names) == {"en", "ru", "zh-hans"} for one in reasons)


@pytest.mark.parametrize("step", ["place", "packed"])
def test_cancelled_goods_in_the_shop_are_free_again(stall, step) -> None:
    [number] = getattr(stall, step)(stall.request((stall.mug, 2)))

    cancel(stall, number, 402, "  The mug broke ")
    stall.spread()

    card = queries.posting(stall.seller, number)
    assert (card.state, card.substate) == ("cancelled", "posting_canceled")
    assert (card.cancel_reason_id, card.cancel_message, card.cancelled_by) == (402, "The mug broke", "seller")
    assert (card.cancelled_at, card.cancelled_after_ship) == (stall.now, False)
    assert stall.shelf(stall.mug) == (20, 0)
    assert returns.by_posting(stall.seller, number) == []
    assert activity.history(stall.seller.id, "posting", number)[0].event == "orders.posting.cancelled"


def test_goods_with_the_carrier_come_back_as_a_return(stall) -> None:
    [number] = stall.handed_over(stall.request((stall.mug, 2)))

    cancel(stall, number)
    stall.spread()

    assert queries.posting(stall.seller, number).cancelled_after_ship is True
    assert stall.shelf(stall.mug) == (18, 0)
    [back] = returns.by_posting(stall.seller, number)
    assert (back.kind, back.state, back.quantity, back.reason) == (
        "Cancellation", "on_the_way", 2, "cancelled_under_way")


def test_what_a_seller_may_not(stall) -> None:
    [fresh], [carried] = stall.place(), stall.handed_over()
    stall.scan(carried, "accepted")

    # 665 and 667 are for parcels the carrier has.
    for reason_id in (401, 505, 665, 666, 667, 1):
        with pytest.raises(IncorrectReason):
            cancel(stall, fresh, reason_id)
    with pytest.raises(MessageRequired):
        cancel(stall, fresh, 402, "  ")
    with pytest.raises(IncorrectStatus) as late:
        cancel(stall, carried)
    assert late.value.code == "HAS_INCORRECT_STATUS"
    assert stall.place_of(fresh) == ("awaiting_packaging", "posting_created")
    assert stall.shelf(stall.mug) == (20, 2)

    cancel(stall, carried, 505, by="client")
    assert stall.place_of(carried) == ("cancelled", "posting_canceled")
    with pytest.raises(AlreadyCancelled):
        cancel(stall, carried, 505, by="client")
    assert stall.shelf(stall.mug) == (19, 1)


def test_what_the_carrier_lost_does_not_come_back(stall) -> None:
    [number] = stall.handed_over()

    cancel(stall, number, 667)
    stall.spread()

    assert stall.shelf(stall.mug) == (19, 0)
    assert returns.by_posting(stall.seller, number) == []


def test_broken_goods_are_written_off_by_choice(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    services.cancel_posting(seller=stall.seller, number=number, reason_id=400, message="", by="seller",
                            actor=stall.actor, now=stall.now, stock="write_off")

    assert stall.shelf(stall.mug) == (18, 0)
    assert stock.moves(stall.seller, stall.mug).rows[0].reason == "write_off"


def take(stall, number, *items, reason_id=352, message="One is missing", by="seller", choice="shelf") -> str:
    return services.cancel_units(seller=stall.seller, number=number, items=items, reason_id=reason_id,
                                 message=message, by=by, actor=stall.actor, now=stall.now, stock=choice)


def test_single_units_are_cancelled_as_a_posting_of_their_own(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 3), (stall.pan, 1)))
    before = queries.posting(stall.seller, number)

    part = take(stall, number, (stall.sku(stall.mug), 1), (stall.sku(stall.pan), 1), choice="write_off")

    kept, gone = queries.posting(stall.seller, number), queries.posting(stall.seller, part)
    assert part == number[:-1] + "2"
    assert ([(line.product_id, line.quantity) for line in kept.lines], kept.amount_minor, kept.state) == (
        [(stall.mug, 2)], 2_000_00, "awaiting_packaging")
    assert ([(line.product_id, line.quantity) for line in gone.lines], gone.amount_minor, gone.state) == (
        [(stall.mug, 1), (stall.pan, 1)], 1_250_50, "cancelled")
    assert (gone.cancel_reason_id, gone.cancel_message, gone.parent_number) == (352, "One is missing", number)
    # Nothing of the commission is lost or made up.
    assert kept.commission_minor + gone.commission_minor == before.commission_minor
    assert (stall.shelf(stall.mug), stall.shelf(stall.pan)) == ((19, 2), (19, 0))
    # The rest goes its way.
    assert services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)[0].done


def test_taking_every_unit_ends_the_posting_itself(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    assert take(stall, number, (stall.sku(stall.mug), 2)) == number

    assert stall.place_of(number) == ("cancelled", "posting_canceled")
    assert stall.shelf(stall.mug) == (20, 0)


def test_units_that_cannot_be_taken_are_refused_and_nothing_changes(stall, rival_stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    [packed] = stall.packed()
    mug = stall.sku(stall.mug)

    for wrong, error in (((stall.sku(stall.pan), 1), UnknownProduct), ((mug, 3), IncorrectQuantity),
                         ((mug, 0), IncorrectQuantity)):
        with pytest.raises(error):
            take(stall, number, wrong)
    with pytest.raises(IncorrectQuantity):
        take(stall, number)
    with pytest.raises(MessageRequired):
        take(stall, number, (mug, 1), message=" ")
    with pytest.raises(IncorrectReason):
        take(stall, number, (mug, 1), reason_id=401)
    with pytest.raises(AlreadyShipped):
        take(stall, packed, (mug, 1))
    with pytest.raises(PostingNotFound):
        take(rival_stall, number, (mug, 1))
    assert queries.posting(stall.seller, number).units == 2
    assert queries.siblings(stall.seller, queries.posting(stall.seller, number).order_id) == [number]
    assert stall.shelf(stall.mug) == (20, 3)


def test_the_preview_says_what_a_cancellation_would_do(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 3), (stall.pan, 1)))
    card = queries.posting(stall.seller, number)

    found = queries.cancel_preview(card, items=[(stall.sku(stall.mug), 2)], reason_id=352, stock="write_off",
                                   at=stall.now)

    mugs = card.lines[0].commission_minor
    assert (found.units, found.units_left, found.refund_minor, found.goods, found.counts, found.whole) == (
        2, 2, 2_000_00, "write_off", True, False)
    assert found.commission_minor == mugs * 2 // 3
    part = take(stall, number, (stall.sku(stall.mug), 2))
    gone = queries.posting(stall.seller, part)
    assert (gone.amount_minor, gone.commission_minor) == (found.refund_minor, found.commission_minor)


def test_a_batch_tells_of_each_and_costs_the_same(stall, statements) -> None:
    numbers = stall.place(*(stall.request((stall.pan, 1)) for _ in range(12)))

    def end(some: list[str]):
        return services.cancel_many(seller=stall.seller, actor=stall.actor, items=[
            Cancellation(number, 505, "", "client", stall.now) for number in some])

    end(numbers[:1])
    # On PostgreSQL one more: the turn of the shop's vouchers; SQLite has one writer.
    assert statements(lambda: end(numbers[1:2])) == statements(lambda: end(numbers[2:])) <= 12 + is_postgres()
    again = end([numbers[0], "1-1-1"])

    assert [one.error.code for one in again if one.error] == ["POSTING_ALREADY_CANCELLED", "POSTING_NOT_FOUND"]
    assert stall.shelf(stall.pan) == (20, 0)
