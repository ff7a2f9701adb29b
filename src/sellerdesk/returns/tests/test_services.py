from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.finance import queries as finance
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as order_services
from sellerdesk.returns import queries, services
from sellerdesk.returns.errors import NotArrived, ReturnNotFound
from sellerdesk.returns.types import ReturnFilter, ReturnRequest

DMITRI = Actor.buyer("Dmitri")


@pytest.fixture
def delivered(stall) -> str:
    """A delivered posting of three mugs and a pan."""
    [number] = stall.handed_over(stall.request((stall.mug, 3), (stall.pan, 1)))
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    return number


def ask(stall, number, product, quantity=1, reason="defective"):
    return services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(number, stall.sku(product), quantity, reason, stall.now)])[0]


def arrive(stall, *ids) -> int:
    return services.advance(return_ids=ids, to_state="arrived", at=stall.now, actor=DMITRI)


def test_received_goods_are_back_on_the_shelf_and_off_the_books(stall, delivered) -> None:
    before = finance.balance(stall.seller)
    line = orders.posting(stall.seller, delivered).lines[0]
    made = ask(stall, delivered, stall.mug, 2)
    with pytest.raises(NotArrived):
        services.receive(seller=stall.seller, return_id=made.return_id, actor=stall.actor, now=stall.now)
    arrive(stall, made.return_id)

    services.receive(seller=stall.seller, return_id=made.return_id, actor=stall.actor, now=stall.now)

    assert stall.shelf(stall.mug) == (19, 0)
    booked = {row.kind: row.amount_minor for row in finance.of_posting(stall.seller, delivered)
              if row.kind.startswith("return")}
    # 65.00 and 3.50 for each of six begun 100 g, at the seller's cost: the mugs were defective.
    assert booked == {"return_sale": -2_000_00, "return_commission": line.commission_minor * 2 // 3,
                      "return_logistics": -86_00}
    assert finance.balance(stall.seller).accrued_minor == before.accrued_minor + sum(booked.values())
    [row] = queries.by_posting(stall.seller, delivered)
    assert (row.state, row.received_at, row.kind) == ("received", stall.now, "ClientReturn")
    with pytest.raises(NotArrived):
        services.receive(seller=stall.seller, return_id=made.return_id, actor=stall.actor, now=stall.now)
    assert stall.shelf(stall.mug) == (19, 0)
    assert [act.event for act in activity.history(stall.seller.id, "return", made.return_id)] == [
        "returns.return.received", "returns.return.moved", "returns.return.requested"]


def test_a_buyer_who_changed_their_mind_pays_the_way_back(stall, delivered) -> None:
    made = ask(stall, delivered, stall.pan, reason="changed_mind")
    arrive(stall, made.return_id)
    services.receive(seller=stall.seller, return_id=made.return_id, actor=stall.actor, now=stall.now)

    assert finance.balance(stall.seller).kind("return_logistics") == 0
    assert finance.balance(stall.seller).kind("return_sale") == -250_50


def test_what_cannot_come_back_is_refused_with_its_reason(stall, delivered) -> None:
    [packed] = stall.packed()
    assert ask(stall, delivered, stall.mug).return_id

    assert [ask(stall, *what).code for what in (
        (delivered, stall.mug), (delivered, stall.pan, 2), (delivered, stall.pan, 0), (packed, stall.mug),
        (packed, stall.pan), ("1-1-1", stall.mug))] == [
        "twice", "too_many", "too_many", "not_delivered", "unknown_sku", "unknown_posting"]
    assert queries.counts(stall.seller)["all"] == 1


def test_goods_of_a_cancelled_posting_come_back_without_a_booking(stall) -> None:
    [number] = stall.handed_over(stall.request((stall.mug, 2), (stall.pan, 1)))
    order_services.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller",
                                  actor=stall.actor, now=stall.now)
    stall.spread()
    ids = [row.id for row in queries.by_posting(stall.seller, number)]
    arrive(stall, *ids)

    assert services.receive_many(seller=stall.seller, return_ids=[*ids, 999], actor=stall.actor, now=stall.now) == 2

    assert (stall.shelf(stall.mug), stall.shelf(stall.pan)) == ((20, 0), (20, 0))
    assert finance.balance(stall.seller).accrued_minor == 0
    assert finance.of_posting(stall.seller, number) == []


def test_returns_only_go_forward(stall, delivered) -> None:
    made = ask(stall, delivered, stall.mug)
    arrive(stall, made.return_id)

    assert services.advance(return_ids=[made.return_id], to_state="on_the_way", at=stall.now, actor=DMITRI) == 0
    assert queries.by_posting(stall.seller, delivered)[0].state == "arrived"


def test_a_rival_neither_sees_nor_takes(stall, rival_stall, delivered) -> None:
    made = ask(stall, delivered, stall.mug)
    arrive(stall, made.return_id)

    with pytest.raises(ReturnNotFound):
        services.receive(seller=rival_stall.seller, return_id=made.return_id, actor=stall.actor, now=stall.now)
    assert queries.returns_page(rival_stall.seller, filter=ReturnFilter()).rows == []
    assert ask(rival_stall, delivered, stall.mug).code == "unknown_posting"
    assert queries.counts(stall.seller)["arrived"] == 1


def test_lists_page_and_filter(stall) -> None:
    numbers = stall.handed_over(*(stall.request((stall.mug, 1)) for _ in range(5)))
    for number in numbers:
        stall.scan(number, "accepted", "delivered")
        ask(stall, number, stall.mug)

    first = queries.returns_page(stall.seller, filter=ReturnFilter(), limit=3)
    second = queries.returns_page(stall.seller, filter=ReturnFilter(), cursor=first.next_cursor, limit=3)
    ids = [row.id for row in (*first.rows, *second.rows)]

    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 5
    assert second.next_cursor == ""
    assert queries.returns_page(stall.seller, filter=ReturnFilter(), cursor=second.prev_cursor,
                                limit=3).rows == first.rows
    assert [row.posting_number for row in queries.returns_page(
        stall.seller, filter=ReturnFilter(search=f"MUG-1 {numbers[2]}", tab="requested")).rows] == [numbers[2]]
    after, more = queries.returns_after(stall.seller, filter=ReturnFilter(), last_id=min(ids), limit=3)
    assert ([row.id for row in after], more) == (sorted(ids)[1:4], True)
    assert len(queries.open_returns(stall.now + timedelta(seconds=1))) == 5
