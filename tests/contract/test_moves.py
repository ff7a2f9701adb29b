"""The shop's own delivery, missing parcels and promises of time, as programs report them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.inventory.models import Warehouse
from sellerdesk.orders import rules, services
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services import Sighting

CARRIER = Actor.courier("Veloport")


@pytest.fixture
def packed(program, shelf, order_of, now):
    """A packed posting from a warehouse of some kind."""

    def make(kind="own", count=1):
        Warehouse.objects.filter(pk=shelf.warehouse_id).update(kind=kind)
        numbers = [order_of(program.seller, (shelf.ids["A-1"], 1)) for _ in range(count)]
        done = services.ship_many(seller=program.seller, numbers=numbers, actor=CARRIER, now=now)
        assert all(one.done for one in done)
        return numbers

    return make


def get(program, number):
    return program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]


def test_a_shop_s_own_delivery_is_reported_in_order(program, packed):
    [number] = packed()
    shown = get(program, number)
    assert (shown["tpl_integration_type"], shown["integration_type_flow"]) == ("non_integrated", "non_integrated")
    assert shown["available_actions"] == ["cancel", "customer_phone_available", "non_int_delivering", "set_cutoff",
                                          "set_timeslot", "set_track_number"]
    # The shop must find the door; the number is called through the marketplace.
    assert shown["customer"]["name"]
    assert "•••" in shown["customer"]["phone"]

    def step(path, *numbers):
        return program.call(f"/v2/fbs/posting/{path}", {"posting_number": list(numbers)})["result"]

    assert step("last-mile", number, "1-1-1") == [
        {"posting_number": number, "result": False, "error": "HAS_INCORRECT_STATUS"},
        {"posting_number": "1-1-1", "result": False, "error": "POSTING_NOT_FOUND"}]
    for path in ("delivering", "last-mile", "delivered"):
        assert step(path, number) == [{"posting_number": number, "result": True, "error": ""}]
    assert step("delivered", number)[0]["error"] == "HAS_INCORRECT_STATUS"

    shown = get(program, number)
    assert (shown["status"], shown["substatus"]) == ("delivering", "posting_conditionally_delivered")
    assert shown["available_actions"] == ["customer_phone_available"]


def test_tracking_numbers_go_twenty_at_a_time(program, packed):
    first, second = packed(count=2)

    def pairs(*rows):
        return {"tracking_numbers": [{"posting_number": one, "tracking_number": text} for one, text in rows]}

    result = program.call("/v2/fbs/posting/tracking-number/set", pairs((first, "AB-12345"), (second, "AB-12345")))

    assert [(row["result"], row["error"]) for row in result["result"]] == [
        (True, ""), (False, "TRACKING_NUMBER_TAKEN")]
    assert get(program, first)["tracking_number"] == "AB-12345"
    assert program.refusal("/v2/fbs/posting/tracking-number/set", pairs(*[(first, "A")] * 21))[:2] == (400, 3)


def test_hand_over_and_delivery_are_promised_within_bounds(program, packed, now):
    [number] = packed()
    shown = get(program, number)
    cutoff = (now + timedelta(hours=2)).isoformat()
    begin, end = now + timedelta(days=2), now + timedelta(days=2, hours=3)
    slot = {"posting_number": number, "new_timeslot": {"from": begin.isoformat(), "to": end.isoformat()}}

    assert program.call("/v1/posting/cutoff/set", {"posting_number": number, "new_cutoff_date": cutoff})["result"]
    bounds = program.call("/v1/posting/fbs/timeslot/change-restrictions", {"posting_number": number})
    assert bounds["remaining_changes_count"] == 2
    for _ in range(2):
        assert program.call("/v1/posting/fbs/timeslot/set", slot)["result"]

    assert program.refusal("/v1/posting/cutoff/set", {
        "posting_number": number, "new_cutoff_date": "2031-01-01T00:00:00Z"}) == (400, 3, "CUTOFF_INVALID")
    assert program.refusal("/v1/posting/fbs/timeslot/set", slot)[2] == "TIMESLOT_CHANGES_USED_UP"
    assert get(program, number)["shipment_date"] == shown["shipment_date"]
    assert "set_timeslot" not in get(program, number)["available_actions"]


def test_an_express_courier_is_known_by_the_code(program, packed):
    [number] = packed("express")
    code = rules.pickup_code(Posting.objects.get(number=number).pk)

    def verify(text):
        return program.call("/v1/posting/fbs/pick-up-code/verify", {"posting_number": number, "pickup_code": text})

    assert [verify("nope")["valid"], verify(code)["valid"]] == [False, True]
    assert get(program, number)["status"] == "driver_pickup"


def test_a_missing_parcel_is_disputed_or_handed_over_again_all_or_none(program, packed, now):
    missing, other = packed("drop_off", count=2)
    services.follow_scans(sightings=[Sighting(missing, "not_accepted", "Perm", now, CARRIER)])

    assert program.refusal("/v2/posting/fbs/arbitration", {"posting_number": [missing, other]}) == (
        400, 9, "HAS_INCORRECT_STATUS")
    assert get(program, missing)["status"] == "not_accepted"
    assert program.call("/v2/posting/fbs/arbitration", {"posting_number": [missing]})["result"]
    assert get(program, missing)["substatus"] == "posting_in_arbitration"
    assert program.call("/v2/posting/fbs/awaiting-delivery", {"posting_number": [missing]})["result"]
    assert get(program, missing)["substatus"] == "posting_not_in_carriage"
    assert program.refusal("/v2/posting/fbs/awaiting-delivery", {"posting_number": ["1"] * 101})[:2] == (400, 3)


def test_a_label_s_barcode_finds_its_posting(program, packed):
    [number] = packed("drop_off")
    codes = program.call("/v3/posting/fbs/get", {"posting_number": number, "with": {"barcodes": True}})["result"][
        "barcodes"]

    for code in codes.values():
        assert program.call("/v2/posting/fbs/get-by-barcode", {"barcode": code})["result"]["posting_number"] == number
    for wrong in ("%101%", "%101%5", "000", "9" * 40, "%101%²"):
        assert program.refusal("/v2/posting/fbs/get-by-barcode", {"barcode": wrong}) == (404, 5, "POSTING_NOT_FOUND")
    limits = program.call("/v1/posting/fbs/restrictions", {"posting_number": number})["result"]
    assert (limits["max_posting_weight"], limits["max_posting_price"]) == (25_000, 500_000)


def test_the_older_list_of_what_waits_counts_and_pages(program, packed):
    numbers = packed("drop_off", count=3)

    def page(offset, **filter):
        return program.call("/v3/posting/fbs/unfulfilled/list", {"filter": filter, "limit": 2, "offset": offset})[
            "result"]

    listed = [row["posting_number"] for offset in (0, 2) for row in page(offset)["postings"]]
    assert (listed, page(0)["count"]) == (numbers, 3)
    assert page(0, status="delivered")["count"] == 0
