from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import outbox
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import is_postgres
from sellerdesk.finance import queries as finance
from sellerdesk.logistics import queries as parcels
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ScanInput
from sellerdesk.orders import queries
from sellerdesk.orders.services import Sighting, follow_scans
from sellerdesk.returns import queries as returns

COURIER = Actor.courier("Veloport")
ROAD = ("accepted", "sorted", "in_transit", "arrived_in_city", "to_pickup_point", "at_pickup_point", "delivered")


# Real transactions: here the news goes through the outbox itself.
@pytest.mark.django_db(transaction=True)
def test_a_posting_lives_from_order_to_money(stall) -> None:
    [number] = stall.handed_over(stall.request((stall.mug, 2), (stall.pan, 1)))
    tracking = queries.posting(stall.seller, number).tracking_number
    places = []
    for hour, code in enumerate(ROAD):
        logistics.record_scans(actor=COURIER, scans=[
            ScanInput(tracking, code, "Казань", stall.now + timedelta(hours=hour))])
        outbox.drain()
        places.append(stall.place_of(number))

    assert places == [
        ("acceptance_in_progress", "posting_acceptance_in_progress"),
        ("acceptance_in_progress", "posting_acceptance_in_progress"),
        ("delivering", "posting_on_way_to_city"), ("delivering", "posting_transferred_to_courier_service"),
        ("delivering", "posting_on_way_to_pickup_point"), ("delivering", "posting_in_pickup_point"),
        ("delivered", "posting_received")]
    card = queries.posting(stall.seller, number)
    assert card.delivered_at == card.changed_at == stall.now + timedelta(hours=6)
    assert (stall.shelf(stall.mug), stall.shelf(stall.pan)) == ((18, 0), (19, 0))
    booked = {row.kind: row.amount_minor for row in finance.of_posting(stall.seller, number) if row.kind != "sale"
              and row.kind != "commission"}
    assert booked == {"logistics": -card.logistics_minor, "acquiring": -33_76}
    balance = finance.balance(stall.seller)
    assert balance.kind("sale") == 2_250_50
    assert balance.kind("commission") == -card.commission_minor
    assert balance.accrued_minor == card.payout_minor + booked["acquiring"]
    assert [scan.code for scan in parcels.scans(stall.seller, number)] == ["registered", *ROAD]


def test_late_and_double_scans_change_nothing(stall) -> None:
    [number] = stall.handed_over()
    stall.scan(number, "at_pickup_point")

    stall.scan(number, "accepted", "in_transit")
    stall.scan(number, "at_pickup_point")
    stall.scan(number, "delivered")
    stall.scan(number, "delivered", "lost", "returning", at=stall.now + timedelta(hours=1))

    assert stall.place_of(number) == ("delivered", "posting_received")
    assert stall.shelf(stall.mug) == (19, 0)
    assert finance.balance(stall.seller).kind("sale") == 1_000_00


def test_a_parcel_nobody_marked_as_handed_over_is_proved_by_its_scan(stall) -> None:
    [number] = stall.packed()

    stall.scan(number, "accepted", at=stall.now + timedelta(hours=3))

    assert queries.posting(stall.seller, number).handed_over_at == stall.now + timedelta(hours=3)


def test_a_parcel_nobody_collects_goes_back_to_the_shelf_s_door(stall) -> None:
    [number] = stall.handed_over(stall.request((stall.mug, 2)))

    stall.scan(number, "accepted", "at_pickup_point", "returning")
    stall.spread()
    card = queries.posting(stall.seller, number)
    states = [row.state for row in returns.by_posting(stall.seller, number)]
    stall.scan(number, "returned")

    assert (card.state, card.cancel_reason_id, card.cancelled_by) == ("cancelled", 665, "client")
    assert card.cancelled_after_ship
    assert (states, [row.state for row in returns.by_posting(stall.seller, number)]) == (["on_the_way"], ["arrived"])
    assert stall.shelf(stall.mug) == (18, 0)
    assert finance.balance(stall.seller).accrued_minor == 0


def test_the_news_may_come_in_any_order(stall) -> None:
    [number] = stall.handed_over()

    stall.scan(number, "accepted", "returning", "returned")
    stall.spread()

    assert [row.state for row in returns.by_posting(stall.seller, number)] == ["arrived"]


def test_a_lost_parcel_does_not_come_back(stall) -> None:
    [number] = stall.handed_over()

    stall.scan(number, "accepted", "lost")
    stall.spread()

    card = queries.posting(stall.seller, number)
    assert (card.state, card.cancel_reason_id, card.cancelled_by) == ("cancelled", 667, "delivery")
    assert stall.shelf(stall.mug) == (19, 0)
    assert returns.by_posting(stall.seller, number) == []


def test_two_hundred_scans_cost_the_statements_of_one(stall, rival_stall, statements) -> None:
    numbers = stall.handed_over(*(stall.request((stall.pan, 1)) for _ in range(16)))

    def follow(some: list[str], codes=ROAD) -> None:
        follow_scans(sightings=[Sighting(number, code, "", stall.now, COURIER) for code in codes for number in some])

    follow(numbers[:1])
    one = statements(lambda: follow(numbers[1:2]))
    many = statements(lambda: follow(numbers[2:]))

    # One of them keeps the sums of the account by the hour. On PostgreSQL one more: the shop's turn; SQLite has one
    # writer.
    assert one == many <= 21 + is_postgres()
    assert queries.counts(stall.seller)["delivered"] == 16
    assert finance.balance(stall.seller).kind("sale") == 16 * 250_50


def test_scans_of_two_shops_in_one_batch_book_each_to_its_own(stall, rival_stall) -> None:
    [ours], [theirs] = stall.handed_over(), rival_stall.handed_over()
    numbers = {ours: stall.seller, theirs: rival_stall.seller}
    tracking = {number: queries.posting(seller, number).tracking_number for number, seller in numbers.items()}

    unknown = logistics.record_scans(actor=COURIER, scans=[
        ScanInput(code, "delivered", "Казань", stall.now) for code in (*tracking.values(), "VP000000000ZZ")])
    stall.spread()

    assert unknown == ["VP000000000ZZ"]
    assert finance.balance(stall.seller).kind("sale") == finance.balance(rival_stall.seller).kind("sale") == 1_000_00
    assert finance.balance(rival_stall.seller).currency == "CNY"
    assert (stall.shelf(stall.mug), rival_stall.shelf(rival_stall.mug)) == ((19, 0), (19, 0))
