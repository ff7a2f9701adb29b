"""What the marketplace, aggregators and buyers report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries, services
from sellerdesk.orders.services import Report
from tests.stall import DMITRI, build

MARKET = Actor.system("marketplace")


def tell(place, number, *what, detail=""):
    return services.report(reports=[Report(number, one, place.now, MARKET, detail) for one in what])


@pytest.mark.parametrize(("waits_for", "state", "news"), [
    ("verification", "awaiting_verification", "verification_passed"),
    ("approval", "awaiting_approve", "approval_passed"),
    ("passport", "awaiting_packaging", "passport_given")])
def test_an_order_waits_for_others_with_its_goods_kept(stall, waits_for, state, news) -> None:
    [number] = stall.place(replace(stall.request(), waits_for=waits_for))

    early = services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)[0]
    assert (stall.place_of(number)[0], stall.shelf(stall.mug), early.error.code) == (
        state, (20, 1), "HAS_INCORRECT_STATUS")
    assert [one.done for one in tell(stall, number, news, news)] == [True, False]
    assert stall.place_of(number) == ("awaiting_packaging", "posting_created")


def test_a_divided_order_that_ends_says_so(stall) -> None:
    [number, other] = stall.place(stall.request(), stall.request())

    tell(stall, number, "split_held")
    tell(stall, other, "split_held", "split_released")
    services.cancel_posting(seller=stall.seller, number=number, reason_id=505, message="", by="client", actor=DMITRI,
                            now=stall.now)

    assert stall.place_of(number) == ("cancelled_from_split_pending", "posting_canceled")
    assert stall.place_of(other) == ("awaiting_packaging", "posting_created")
    assert stall.shelf(stall.mug) == (20, 1)


def test_an_aggregator_registers_refuses_and_registers_after_all(shop, actor, now, statements) -> None:
    place = build(shop, actor, now, kind="partner")
    [number, *many] = place.packed(*[place.request()] * 6)
    assert place.place_of(number) == ("awaiting_registration", "posting_awaiting_registration")
    assert queries.posting(shop, number).tracking_number == ""

    tell(place, number, "registration_accepted", "registration_failed", detail="No such street")
    card = queries.posting(shop, number)
    assert (card.substate, card.failure) == ("posting_registration_error", "No such street")
    assert {"ship", "ship_async_retry"} <= set(card.api_actions)
    again = services.ship_many(seller=shop, numbers=[number], actor=actor, now=now)[0]
    assert (again.done, queries.posting(shop, number).failure) == (True, "")
    alone = statements(lambda: tell(place, number, "registration_succeeded"))
    together = statements(lambda: services.report(reports=[
        Report(one, "registration_succeeded", now, MARKET) for one in many]))

    card = queries.posting(shop, number)
    assert (card.state, card.substate) == ("awaiting_deliver", "posting_registered")
    assert card.tracking_number.startswith("MH")
    assert len({queries.posting(shop, one).tracking_number for one in many}) == 5
    assert together <= alone


def test_a_parcel_that_could_not_be_packed_is_packed_again(stall) -> None:
    [number] = stall.packed()
    tracking = queries.posting(stall.seller, number).tracking_number

    tell(stall, number, "packing_failed", detail="Box torn")
    assert stall.place_of(number) == ("awaiting_packaging", "ship_failed")
    services.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)

    assert stall.place_of(number) == ("awaiting_deliver", "posting_registered")
    assert queries.posting(stall.seller, number).tracking_number == tracking


def test_a_dismissed_dispute_leads_back_and_a_lost_one_ends_it(stall) -> None:
    [kept, lost, arrived] = stall.handed_over(*[stall.request()] * 3)
    for number in (kept, lost, arrived):
        stall.scan(number, "accepted", "in_transit", "with_courier")

    for number in (kept, lost, arrived):
        assert tell(stall, number, "dispute_opened", detail="Where is it?")[0].done
    assert stall.place_of(kept) == ("client_arbitration", "posting_in_client_arbitration")
    tell(stall, kept, "dispute_dismissed")
    tell(stall, lost, "dispute_upheld")
    stall.scan(arrived, "delivered")

    assert stall.place_of(kept) == ("delivering", "posting_in_courier_service")
    card = queries.posting(stall.seller, lost)
    assert (card.state, card.cancelled_by, card.cancel_reason_id, card.cancelled_after_ship) == (
        "cancelled", "platform", 401, True)
    assert stall.place_of(arrived) == ("delivered", "posting_received")


def test_a_missing_parcel_is_disputed_and_decided(stall) -> None:
    numbers = stall.handed_over(*[stall.request()] * 4)
    for number in numbers:
        stall.scan(number, "not_accepted")
    [again, won, lost, found] = numbers

    def act(name, *some):
        return services.act_many(seller=stall.seller, act=name, numbers=some, actor=stall.actor, now=stall.now)

    assert [one.done for one in act("arbitration", *numbers)] == [True] * 4
    act("awaiting_delivery", again)
    tell(stall, won, "arbitration_won")
    tell(stall, lost, "arbitration_lost")
    stall.scan(found, "in_transit")

    assert stall.place_of(again) == ("awaiting_deliver", "posting_not_in_carriage")
    assert stall.place_of(found) == ("delivering", "posting_on_way_to_city")
    ends = [queries.posting(stall.seller, number) for number in (won, lost)]
    assert [(card.cancelled_by, card.cancel_reason_id) for card in ends] == [("delivery", 667), ("platform", 401)]
    # What the carrier lost is gone; what was never handed over is on the shelf again.
    assert stall.shelf(stall.mug) == (19, 2)


def test_news_of_nobody_and_after_the_end_change_nothing(stall) -> None:
    [number] = stall.handed_over()
    stall.scan(number, "accepted")

    outcomes = services.report(reports=[
        Report("1-1-1", "dispute_opened", stall.now, MARKET),
        *(Report(number, what, stall.now, MARKET) for what in ("dispute_opened", "dispute_upheld", "dispute_opened"))])

    assert [one.error.code if one.error else "" for one in outcomes] == [
        "POSTING_NOT_FOUND", "", "", "POSTING_ALREADY_CANCELLED"]
    assert stall.place_of(number) == ("cancelled", "posting_canceled")
