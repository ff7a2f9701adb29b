from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.logistics import queries, rules, services
from sellerdesk.logistics.errors import NotePlaceless, NoteRefused, NoteUntimely, ParcelUnknown, UnknownScan
from sellerdesk.logistics.models import Parcel
from sellerdesk.logistics.types import ParcelInput, ScanInput

COURIER = Actor.courier("Veloport")
DAY = timedelta(days=1)


@pytest.fixture
def sent(shop, now):
    """Registers parcels with Veloport; tracking numbers by posting number."""

    def register(*numbers, carrier=None):
        method = services.create_methods(seller=shop, warehouse_id=1, now=now)[0].id
        found = services.register_parcels(seller=shop, parcels=[
            ParcelInput(number, method, 500, "Казань", now) for number in numbers])
        if carrier:
            Parcel.objects.filter(posting_number__in=numbers).update(carrier_id=carrier)
        return found

    return register


def scan(tracking, code, at, **more):
    services.record_scans(scans=[ScanInput(tracking, code, "Казань", at, **more)], actor=COURIER)


def told(shop, event):
    return [(entry.data["posting_number"], entry.at) for entry in activity.latest(shop.id, 100) if entry.event == event]


def test_a_silent_parcel_is_told_once_at_the_moment_its_time_ran_out(shop, now, sent) -> None:
    tracking = sent("1-1-1", "1-1-2")
    scan(tracking["1-1-1"], "accepted", now + DAY)

    assert [services.run_due(now + days * DAY) for days in (5, 6, 7, 14, 15, 40)] == [0, 1, 0, 0, 1, 0]
    assert told(shop, "logistics.parcel.stale") == [("1-1-2", now + 15 * DAY), ("1-1-1", now + 6 * DAY)]
    assert [row.posting_number for row in queries.parcels_page(shop, tab="silent").rows] == ["1-1-2", "1-1-1"]
    assert queries.parcel_counts(shop) == {"silent": 2, "misdirected": 0, "moving": 1}


def test_one_leap_tells_the_same_as_many_steps(shop, rival_shop, now, sent) -> None:
    tracking = sent("1-1-1", "1-1-2", "1-1-3")
    scan(tracking["1-1-1"], "in_transit", now + 2 * DAY)
    scan(tracking["1-1-3"], "at_pickup_point", now + DAY)

    assert services.run_due(now + 30 * DAY) == 3

    leap = told(shop, "logistics.parcel.stale")
    assert leap == [("1-1-3", now + 16 * DAY), ("1-1-2", now + 15 * DAY), ("1-1-1", now + 7 * DAY)]
    assert queries.parcels_page(rival_shop, tab="silent").rows == []


def test_a_scan_ends_the_silence_and_an_end_is_never_silent(shop, now, sent) -> None:
    tracking = sent("1-1-1")["1-1-1"]
    scan(tracking, "accepted", now)
    services.run_due(now + 5 * DAY)
    scan(tracking, "in_transit", now + 6 * DAY)

    assert queries.parcel(shop, "1-1-1").stale_since is None
    scan(tracking, "delivered", now + 7 * DAY)
    assert services.run_due(now + 90 * DAY) == 0


def test_many_parcels_cost_as_many_statements_as_one(shop, now, sent, statements) -> None:
    sent(*(f"1-1-{number}" for number in range(1, 41)))

    assert statements(lambda: services.run_due(now + 15 * DAY)) <= 12
    assert Parcel.objects.filter(stale_since=now + 15 * DAY).count() == 40


def test_a_number_of_another_carrier_is_told_once(shop, now, sent) -> None:
    sent("1-1-1", carrier="karavan")
    sent("1-1-2")
    Parcel.objects.filter(posting_number="1-1-1").update(tracking_number=rules.tracking_number("TC", 7))

    assert (services.run_due(now), services.run_due(now)) == (1, 0)
    assert told(shop, "logistics.parcel.misdirected") == [("1-1-1", now)]
    row = queries.parcel(shop, "1-1-1")
    assert (row.carrier_code, row.other_carrier, row.other_names["en"]) == ("karavan", "tundra", "Tundra Cargo")
    assert [one.posting_number for one in queries.parcels_page(shop, tab="misdirected").rows] == ["1-1-1"]


def test_a_scan_by_another_carrier_is_told_once(shop, now, sent) -> None:
    tracking = sent("1-1-1")["1-1-1"]
    scan(tracking, "accepted", now, carrier="veloport")
    assert queries.parcel(shop, "1-1-1").other_carrier == ""

    scan(tracking, "sorted", now + DAY, carrier="tundra")
    scan(tracking, "in_transit", now + 2 * DAY, carrier="tundra")

    assert queries.parcel(shop, "1-1-1").other_carrier == "tundra"
    assert told(shop, "logistics.parcel.misdirected") == [("1-1-1", now + DAY)]


def test_a_carrier_is_known_by_its_numbers_only() -> None:
    number = rules.tracking_number("VP", 5)
    wrong = f"{number[:10]}{(int(number[10]) + 1) % 10}ZZ"

    assert [rules.carrier_of(text) for text in (number, wrong, "VP1", "RR473124829GB", "XX473124829ZZ", "")] == [
        "veloport", "", "", "", "", ""]


def test_lists_are_walked_without_losing_a_parcel(shop, now, sent) -> None:
    tracking = sent(*(f"1-1-{number}" for number in range(1, 8)))
    for number in tracking.values():
        scan(number, "accepted", now)

    seen, cursor = [], None
    while cursor != "":
        page = queries.parcels_page(shop, tab="moving", cursor=cursor, limit=3)
        seen += [row.posting_number for row in page.rows]
        cursor = page.next_cursor
    assert seen == [f"1-1-{number}" for number in range(1, 8)]
    assert [row.posting_number for row in queries.parcels_page(shop, tab="moving", search="1-4").rows] == ["1-1-4"]


def test_a_shop_notes_what_it_brings_itself(shop, rival_shop, actor, now, sent) -> None:
    def note(number="1-1-1", seller=shop, **wish):
        services.note_event(seller=seller, posting_number=number, actor=actor, now=now + DAY, **{
            "code": "in_transit", "place": " Казань,  Баумана ", "at": now + DAY, **wish})

    sent("1-1-1", carrier="own")
    sent("1-1-2")
    services.run_due(now)

    note()
    note()

    assert [(scan.code, scan.place, scan.source) for scan in queries.scans(shop, "1-1-1")] == [
        ("registered", "", "seller"), ("in_transit", "Казань, Баумана", "seller")]
    for error, wish in ((NoteRefused, {"number": "1-1-2"}), (ParcelUnknown, {"number": "1-1-9"}),
                        (ParcelUnknown, {"seller": rival_shop}), (UnknownScan, {"code": "delivered"}),
                        (NotePlaceless, {"place": " "}), (NoteUntimely, {"at": now + 2 * DAY}),
                        (NoteUntimely, {"at": now - DAY})):
        with pytest.raises(error):
            note(**wish)
    assert len(queries.scans(shop, "1-1-1")) == 2


def test_a_note_moves_no_posting_and_the_page_shows_it(stall, anna_client, clara_client) -> None:
    [number] = stall.handed_over()
    Parcel.objects.filter(posting_number=number).update(carrier_id="own")
    before = stall.place_of(number)

    page = anna_client.get(f"/orders/{number}/").content.decode()
    answer = anna_client.post(f"/delivery/parcels/{number}/note", {"code": "with_courier", "place": "Казань"})
    stall.spread()

    assert "You bring this parcel yourself" in page
    assert answer.status_code == 302
    assert stall.place_of(number) == before
    page = anna_client.get(f"/orders/{number}/").content.decode()
    assert "<code>with_courier</code>" in page
    assert "Your shop" in page
    clara_client.post(f"/delivery/parcels/{number}/note", {"code": "sorted", "place": "Казань"})
    assert [scan.code for scan in queries.scans(stall.seller, number)] == ["registered", "with_courier"]


def test_the_list_shows_what_needs_a_look(stall, anna_client) -> None:
    numbers = stall.handed_over(stall.request(), stall.request())
    stall.scan(numbers[0], "accepted")
    services.run_due(stall.now + 5 * DAY)

    silent = anna_client.get("/delivery/parcels/", {"tab": "silent"}).content.decode()
    moving = anna_client.get("/delivery/parcels/", {"tab": "moving", "q": numbers[0]}).content.decode()

    assert numbers[0] in silent
    assert numbers[1] not in silent
    assert "News is overdue" in silent
    assert numbers[0] in moving
    assert "No news of this parcel since" in anna_client.get(f"/orders/{numbers[0]}/").content.decode()
