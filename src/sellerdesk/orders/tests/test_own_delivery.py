"""Postings that the shop brings to the buyer itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity, faults
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import LimitReached
from sellerdesk.finance import queries as finance
from sellerdesk.logistics import queries as parcels
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.orders import queries, rules, services
from sellerdesk.orders.errors import (
    CutoffInvalid,
    IncorrectIntegration,
    IncorrectStatus,
    Overtaken,
    SlotChangesUsedUp,
    TimeslotInvalid,
    TooManyTrackingNumbers,
)
from sellerdesk.orders.models import Posting
from tests.stall import build


@pytest.fixture
def own(shop, actor, now):
    """Anna delivers with couriers of her own."""
    return build(shop, actor, now, kind="own")


def do(place, act, *numbers, at=None):
    return services.act_many(seller=place.seller, act=act, numbers=numbers, actor=place.actor, now=at or place.now)


def test_the_shop_takes_a_parcel_to_the_buyer_step_by_step(own) -> None:
    [number] = own.packed(own.request((own.mug, 2)))
    hours = [own.now + timedelta(hours=hour) for hour in range(1, 4)]

    for act, at in zip(("delivering", "last_mile", "delivered"), hours, strict=True):
        assert do(own, act, number, at=at)[0].done

    card = queries.posting(own.seller, number)
    assert (card.state, card.substate) == ("delivering", "posting_conditionally_delivered")
    assert (card.handed_over_at, card.delivered_at, card.logistics_minor) == (hours[0], None, 0)
    assert card.available_actions == ()
    assert not finance.of_posting(own.seller, number)
    # Reported at three o'clock, confirmed three days later to the minute, whenever somebody looks.
    assert services.confirm_due(hours[2] + timedelta(hours=72) - timedelta(seconds=1)) == 0
    assert services.confirm_due(hours[2] + timedelta(days=9)) == 1
    assert services.confirm_due(hours[2] + timedelta(days=9)) == 0
    card = queries.posting(own.seller, number)
    assert (card.state, card.substate) == ("delivered", "posting_delivered")
    assert card.delivered_at == hours[2] + timedelta(hours=72)
    assert own.shelf(own.mug) == (18, 0)
    assert [row.amount_minor for row in finance.of_posting(own.seller, number) if row.kind == "sale"] == [2_000_00]


def test_the_steps_keep_their_order_and_their_carrier(own, rival_stall) -> None:
    [number] = own.packed()
    [foreign] = rival_stall.packed()

    outcomes = [do(own, act, number)[0] for act in ("last_mile", "delivered", "arbitration")]
    by_platform = do(rival_stall, "delivering", foreign)[0]

    assert [type(one.error) for one in outcomes] == [IncorrectStatus, IncorrectStatus, IncorrectIntegration]
    assert by_platform.error.code == "HAS_INCORRECT_TPL_INTEGRATION_TYPE"
    assert do(own, "delivering", foreign)[0].error.code == "POSTING_NOT_FOUND"
    assert own.place_of(number) == ("awaiting_deliver", "posting_registered")


def test_what_is_brought_back_can_set_out_again_or_be_cancelled(own) -> None:
    [again, ended] = own.packed(own.request(), own.request())
    do(own, "delivering", again, ended)

    do(own, "bring_back", again, ended)
    services.cancel_posting(seller=own.seller, number=ended, reason_id=352, message="", by="seller", actor=own.actor,
                            now=own.now)
    set_out = do(own, "delivering", again)

    assert set_out[0].done
    assert own.place_of(ended) == ("cancelled", "posting_canceled")
    assert not queries.posting(own.seller, ended).cancelled_after_ship
    assert own.shelf(own.mug) == (20, 1)


def test_many_take_as_many_statements_as_one(own, statements) -> None:
    one, *many = own.packed(*[own.request()] * 8)

    assert statements(lambda: do(own, "delivering", one)) == statements(lambda: do(own, "delivering", *many))


def test_who_comes_second_hears_who_was_faster_and_when(own) -> None:
    [number] = own.packed()
    boris = Actor.user(77, "Boris")
    services.act_many(seller=own.seller, act="delivering", numbers=[number], actor=boris,
                      now=own.now + timedelta(minutes=3))

    [outcome] = do(own, "delivering", number)

    assert (outcome.error.who, outcome.error.when) == ("Boris", own.now + timedelta(minutes=3))
    assert outcome.error.text.endswith("Last change: Boris, 23 Nov 2026, 09:03.")


def test_of_two_at_once_one_wins_and_the_other_hears_who(own) -> None:
    """G05: Boris acts between Anna's look and her write."""
    [number] = own.packed()

    def boris() -> None:
        services.act_many(seller=own.seller, act="delivering", numbers=[number], actor=Actor.user(77, "Boris"),
                          now=own.now)

    with faults.at("orders.acting.decided", boris), pytest.raises(Overtaken) as refused:
        do(own, "delivering", number)

    assert refused.value.text == (
        f"Someone else changed posting {number} a moment ago. Look at its new state and try again."
        " Last change: Boris, 23 Nov 2026, 09:00.")


def test_tracking_numbers_are_taken_twenty_at_once_and_may_be_corrected(own, rival_stall) -> None:
    [first, second, unpacked] = own.packed(own.request(), own.request()) + own.place(own.request())
    [foreign] = rival_stall.packed()
    taken = queries.posting(rival_stall.seller, foreign).tracking_number

    outcomes = services.set_tracking(seller=own.seller, actor=own.actor, now=own.now, items=[
        (first, " ab-12345 "), (second, taken), (unpacked, "AB-99999"), ("1-1-1", "AB-1"), (foreign, "AB-2")])
    [wrong] = services.set_tracking(seller=own.seller, items=[(second, "№ 5")], actor=own.actor, now=own.now)
    [fixed] = services.set_tracking(seller=own.seller, items=[(first, "AB-12346")], actor=own.actor, now=own.now)

    assert [one.error.code if one.error else "" for one in outcomes] == [
        "", "TRACKING_NUMBER_TAKEN", "HAS_INCORRECT_STATUS", "POSTING_NOT_FOUND", "POSTING_NOT_FOUND"]
    assert (wrong.error.code, fixed.done) == ("TRACKING_NUMBER_INVALID", True)
    card = queries.posting(own.seller, first)
    assert (card.tracking_number, own.place_of(first)) == ("AB-12346", ("awaiting_deliver", "posting_registered"))
    assert Posting.objects.get(number=first).search_text.endswith(" ab-12345 ab-12346")
    assert [scan.code for scan in parcels.scans(own.seller, first)] == ["registered"]
    assert queries.posting(own.seller, second).tracking_number == ""
    for count in (0, 21):
        with pytest.raises(TooManyTrackingNumbers):
            services.set_tracking(seller=own.seller, items=[(first, "AB-1")] * count, actor=own.actor, now=own.now)


def test_a_carrier_of_the_shop_s_own_contract_is_followed_by_its_number(shop, actor, now) -> None:
    place = build(shop, actor, now, kind="partner")
    place.place()
    DeliveryMethod.objects.filter(seller_id=shop.id).update(active=False)
    DeliveryMethod.objects.filter(seller_id=shop.id, integration="3pl_tracking").update(active=True)
    [number] = place.packed()

    before = services.hand_over(seller=shop, numbers=[number], actor=actor, now=now)[0]
    services.set_tracking(seller=shop, items=[(number, "KE12345")], actor=actor, now=now)
    after = services.hand_over(seller=shop, numbers=[number], actor=actor, now=now)[0]
    place.scan(number, "accepted", "delivered")

    assert (before.error.code, after.done) == ("TRACKING_NUMBER_REQUIRED", True)
    assert place.place_of(number) == ("delivered", "posting_received")


def test_an_earlier_hand_over_lies_before_the_deadline(own) -> None:
    [number] = own.place()
    ship_by = queries.posting(own.seller, number).ship_by

    def promise(at):
        services.set_cutoff(seller=own.seller, number=number, cutoff=at, actor=own.actor, now=own.now)

    promise(ship_by - timedelta(hours=2))
    for wrong in (own.now, ship_by + timedelta(seconds=1)):
        with pytest.raises(CutoffInvalid):
            promise(wrong)

    card = queries.posting(own.seller, number)
    assert (card.cutoff_at, card.ship_by) == (ship_by - timedelta(hours=2), ship_by)
    assert activity.history(own.seller.id, "posting", number)[0].event == (
        "orders.posting.cutoff_set")


def test_the_day_of_delivery_moves_twice_and_not_beyond_a_month(own) -> None:
    [number] = own.place()
    day = own.now + timedelta(days=3)

    def move(begin, end):
        services.set_timeslot(seller=own.seller, number=number, begin=begin, end=end, actor=own.actor, now=own.now)

    for begin, end in ((own.now, day), (day, day), (day, own.now + timedelta(days=30, seconds=1))):
        with pytest.raises(TimeslotInvalid):
            move(begin, end)
    move(day, day + timedelta(hours=3))
    move(day, own.now + timedelta(days=30))
    with pytest.raises(SlotChangesUsedUp):
        move(day, day + timedelta(hours=1))

    card = queries.posting(own.seller, number)
    assert (card.deliver_from, card.deliver_by, card.slot_changes) == (day, own.now + timedelta(days=30), 2)
    assert "set_timeslot" not in card.available_actions


def test_only_express_orders_have_a_code(shop, own, actor, now) -> None:
    [plain] = own.packed()

    with pytest.raises(IncorrectStatus):
        services.verify_pickup_code(seller=shop, number=plain, code="0000", actor=actor, now=now)


def test_codes_of_couriers_cannot_be_tried_through(shop, actor, now, fresh_limits) -> None:
    place = build(shop, actor, now, kind="express")
    [number] = place.packed()
    code = rules.pickup_code(Posting.objects.get(number=number).pk)

    def verify(text):
        return services.verify_pickup_code(seller=shop, number=number, code=text, actor=actor, now=now)

    assert not any(verify("x") for _ in range(10))
    with pytest.raises(LimitReached):
        verify(code)
    assert place.place_of(number) == ("awaiting_deliver", "posting_registered")


def test_the_courier_s_code_is_right_once_and_for_all(shop, actor, now) -> None:
    place = build(shop, actor, now, kind="express")
    [number] = place.packed()
    code = rules.pickup_code(Posting.objects.get(number=number).pk)

    def verify(text):
        return services.verify_pickup_code(seller=shop, number=number, code=text, actor=actor, now=now)

    assert not verify("x" + code)
    assert place.place_of(number) == ("awaiting_deliver", "posting_registered")
    assert verify(f" {code} ")
    assert place.place_of(number) == ("driver_pickup", "posting_driver_pick_up")
    assert verify(code)
    assert do(place, "last_mile", number)[0].done
