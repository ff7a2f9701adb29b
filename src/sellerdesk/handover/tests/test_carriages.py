from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from sellerdesk.core import activity
from sellerdesk.handover import queries, rules, services, states
from sellerdesk.handover.errors import (
    CarriageMoved,
    CarriageUnknown,
    ContainersInvalid,
    DepartureInvalid,
    MethodUnknown,
    NoPostings,
    NotFormed,
)
from sellerdesk.handover.models import CarriageParcel
from sellerdesk.handover.types import CarriageFilter, PaperFilter, Seen
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as orders_services
from sellerdesk.orders.models import Posting


def method_of(stall, number: str) -> int:
    return orders.posting(stall.seller, number).delivery_method_id


def gather(stall, method_id: int, **more) -> int:
    return services.create_carriage(seller=stall.seller, method_id=method_id, departs_on=more.pop("departs_on", None),
                                    actor=stall.actor, now=more.pop("now", stall.now), **more)


def form(stall, carriage_id: int, containers: int = 0) -> None:
    services.approve(seller=stall.seller, carriage_id=carriage_id, containers=containers, actor=stall.actor,
                     now=stall.now)


def paper(stall, carriage_id: int, kind: str, language: str = "en"):
    return services.carriage_paper(seller=stall.seller, carriage_id=carriage_id, kind=kind, language=language,
                                   actor=stall.actor, now=stall.now)


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.fixture
def numbers(stall):
    return stall.packed(stall.request(), stall.request(city="乌鲁木齐", buyer="王小明"), stall.request())


def test_a_carriage_takes_every_packed_parcel_of_its_method_and_hands_it_over_when_formed(stall, numbers) -> None:
    [unpacked] = stall.place()
    [wait] = queries.waiting(stall.seller)

    made = gather(stall, wait.method_id)
    row = queries.carriage(stall.seller, made)

    assert (wait.postings, row.state, row.postings, row.departs_on) == (3, "new", 3, date(2026, 11, 23))
    assert [one.number for one in queries.parcels(stall.seller, made)] == numbers
    assert queries.waiting(stall.seller) == []
    assert stall.place_of(numbers[0]) == ("awaiting_deliver", "posting_registered")
    form(stall, made, containers=2)
    row = queries.carriage(stall.seller, made)
    assert (row.state, row.containers, row.formed_at) == ("formed", 2, stall.now)
    assert {stall.place_of(number) for number in numbers} == {("awaiting_deliver", "posting_in_carriage")}
    assert stall.place_of(unpacked)[0] == "awaiting_packaging"
    assert queries.carriage_of(stall.seller, numbers[1]).id == made
    events = [entry.event for entry in activity.latest(stall.seller.id) if entry.target_type == "carriage"]
    assert sorted(events) == ["handover.carriage.created", "handover.carriage.formed"]


def test_what_the_marketplace_brings_itself_waits_for_no_carriage(stall, numbers, anna_client) -> None:
    Posting.objects.filter(number=numbers[0]).update(scheme="fbo", delivery_method_id=method_of(stall, numbers[0]) + 999)

    [wait] = queries.waiting(stall.seller)

    assert wait.postings == 2
    assert anna_client.get("/carriages/").status_code == 200


def test_parcels_handed_over_by_hand_get_their_act_too(stall, numbers) -> None:
    orders_services.hand_over(seller=stall.seller, numbers=numbers[:1], actor=stall.actor, now=stall.now)

    made = gather(stall, method_of(stall, numbers[0]))
    form(stall, made)

    assert queries.carriage(stall.seller, made).postings == 3


def test_only_a_new_carriage_can_be_changed_and_whoever_comes_second_is_told(stall, numbers) -> None:
    made = gather(stall, method_of(stall, numbers[0]))
    act = {"seller": stall.seller, "carriage_id": made, "actor": stall.actor, "now": stall.now}

    outcomes = services.set_postings(numbers=[numbers[2], "1-1-1", numbers[0]], **act)
    assert [(one.number, one.error) for one in outcomes] == [
        (numbers[2], ""), ("1-1-1", "POSTING_NOT_FOUND"), (numbers[0], "")]
    assert [one.number for one in queries.parcels(stall.seller, made)] == [numbers[2], numbers[0]]
    with pytest.raises(NoPostings):
        services.set_postings(numbers=["1-1-1"], **act)
    assert queries.carriage(stall.seller, made).postings == 2
    with pytest.raises(ContainersInvalid):
        form(stall, made, containers=3)
    form(stall, made)
    for refused in (lambda: services.set_postings(numbers=numbers, **act), lambda: services.cancel(**act),
                    lambda: form(stall, made)):
        with pytest.raises(CarriageMoved):
            refused()
    assert queries.carriage(stall.seller, made).actions == ("act", "waybill")


def test_a_posting_is_in_one_live_carriage_and_the_database_says_so(stall, numbers) -> None:
    method = method_of(stall, numbers[0])
    first = gather(stall, method)
    with pytest.raises(NoPostings):
        gather(stall, method)
    with pytest.raises(IntegrityError), transaction.atomic():
        CarriageParcel.objects.create(carriage_id=first, seller_id=stall.seller.id, posting_number=numbers[0],
                                      currency="RUB", place=9)

    services.cancel(seller=stall.seller, carriage_id=first, actor=stall.actor, now=stall.now)

    second = gather(stall, method)
    assert (queries.carriage(stall.seller, first).state, queries.carriage(stall.seller, second).postings) == (
        "cancelled", 3)


def test_what_is_cancelled_meanwhile_falls_out(stall, numbers) -> None:
    made = gather(stall, method_of(stall, numbers[0]))
    orders_services.cancel_posting(seller=stall.seller, number=numbers[0], reason_id=352, message="", by="seller",
                                   actor=stall.actor, now=stall.now)

    form(stall, made)

    assert [one.number for one in queries.parcels(stall.seller, made)] == numbers[1:]


def test_what_cannot_be_a_carriage_is_refused(stall, rival_stall, numbers) -> None:
    method = method_of(stall, numbers[0])
    with pytest.raises(DepartureInvalid):
        gather(stall, method, departs_on=date(2026, 11, 22))
    with pytest.raises(MethodUnknown):
        gather(stall, method, only_in=(1,))
    with pytest.raises(MethodUnknown):
        gather(rival_stall, method)
    made = gather(stall, method)
    for shop, unknown in ((rival_stall.seller, made), (stall.seller, made + 1), (stall.seller, 0),
                          (stall.seller, 2**65)):
        with pytest.raises(CarriageUnknown):
            queries.carriage(shop, unknown)
    assert queries.carriages(rival_stall.seller, CarriageFilter()) == []
    assert queries.carriages(stall.seller, CarriageFilter(), viewer=queries.Viewer((1,), "user:0")) == []


def test_scans_tell_what_the_carrier_got_and_the_rest_is_missing_at_the_end_of_the_term(stall, numbers) -> None:
    made = gather(stall, method_of(stall, numbers[0]))
    form(stall, made)

    def state() -> tuple[str, int, int]:
        row = queries.carriage(stall.seller, made)
        return row.state, row.accepted, row.missed

    services.follow_scans(seen=[Seen(numbers[0], "registered", stall.now)])
    assert state() == ("formed", 0, 0)
    for _ in range(2):
        services.follow_scans(seen=[Seen(numbers[0], "accepted", stall.now), Seen(numbers[1], "not_accepted", stall.now)])
    assert state() == ("sended", 1, 1)
    # Late but there: what was missing is accepted after all, and never the other way round.
    services.follow_scans(seen=[Seen(numbers[1], "in_transit", stall.now), Seen(numbers[0], "not_accepted", stall.now)])
    assert state() == ("sended", 2, 0)
    due = stall.now + timedelta(hours=72)
    assert services.close_due(now=due - timedelta(seconds=1)) == 0
    assert [services.close_due(now=due + timedelta(days=9)) for _ in range(2)] == [1, 0]

    row = queries.carriage(stall.seller, made)
    assert (row.state, row.accepted, row.missed, row.changed_at) == ("closed", 2, 1, due)
    assert "discrepancy_act" in row.actions
    words = text_of(paper(stall, made, "discrepancy_act").file.data)
    assert numbers[2] in words
    assert numbers[0] not in words


def test_a_carriage_all_of_which_arrived_is_received_by_the_news_of_scans(stall, numbers) -> None:
    from sellerdesk.core import outbox

    made = gather(stall, method_of(stall, numbers[0]))
    form(stall, made)

    for number in numbers:
        stall.scan(number, "accepted")
    news = [entry for entry in activity.latest(stall.seller.id, 100) if entry.event == "logistics.parcel.scanned"]
    outbox._subscribers["handover.parcels"].handler(news)

    row = queries.carriage(stall.seller, made)
    assert (row.state, row.accepted, row.missed) == ("received", 3, 0)
    assert services.close_due(now=stall.now + timedelta(days=30)) == 0


def test_a_carriage_costs_the_same_for_one_and_for_fifteen(stall, statements) -> None:
    [first] = stall.packed()
    method = method_of(stall, first)

    def whole() -> None:
        form(stall, gather(stall, method))

    # The very first carriage of all opens the block of numbers.
    whole()
    stall.packed()
    one = statements(whole)
    stall.packed(*(stall.request((stall.pan, 1)) for _ in range(15)))

    assert statements(whole) == one <= 45


@pytest.mark.parametrize(("kind", "language", "says"), [
    ("act", "ru", "Акт приёма-передачи"), ("act", "zh-hans", "交接单"), ("waybill", "en", "Waybill"),
    ("waybill", "ru", "Товарно-транспортная накладная"), ("container_labels", "en", "1 / 2")])
def test_papers_of_a_carriage_are_in_the_reader_s_language_and_a_scanner_reads_their_code(stall, numbers, kind, language,
                                                                                          says) -> None:
    made = gather(stall, method_of(stall, numbers[0]))
    with pytest.raises(NotFormed):
        paper(stall, made, kind)
    form(stall, made, containers=2)

    kept = paper(stall, made, kind, language)

    assert paper(stall, made, kind, language).id == kept.id
    assert says in text_of(kept.file.data).replace("\xa0", " ")
    document = pypdfium2.PdfDocument(kept.file.data)
    picture = document[0].render(scale=203 / 72).to_pil()
    document.close()
    code = rules.barcode(made)
    assert {one.text for one in zxingcpp.read_barcodes(picture)} == {
        f"{code}-1" if kind == "container_labels" else code}
    if kind == "act":
        words = text_of(kept.file.data)
        assert all(number in words for number in numbers)
        assert "乌鲁木齐" in words
    [row] = queries.papers_page(stall.seller, filter=PaperFilter(search=code)).rows
    assert (row.kind, row.carriage_id) == (kind, made)


def test_the_code_on_a_telephone_is_read_by_a_scanner(stall, numbers) -> None:
    made = gather(stall, method_of(stall, numbers[0]))

    file = services.barcode_png(seller=stall.seller, carriage_id=made)

    [seen] = zxingcpp.read_barcodes(Image.open(io.BytesIO(file.data)).convert("L"))
    assert (str(seen.format), seen.text) == ("Code 128", f"%303%{made}")


def test_from_the_pages_a_carriage_is_gathered_formed_and_printed(stall, numbers, anna_client) -> None:
    html = anna_client.get(reverse("handover:carriages")).content.decode()
    assert "3 parcels" in html

    page = anna_client.post(reverse("handover:carriage_create"), {"method": method_of(stall, numbers[0]),
                                                                  "departs_on": ""}, follow=True)
    address = page.redirect_chain[-1][0]
    assert numbers[1] in page.content.decode()
    fewer = anna_client.post(f"{address}choose", {"numbers": numbers[:2]}, follow=True).content.decode()
    assert "The parcels of the carriage are chosen." in fewer
    wrong = anna_client.post(f"{address}approve", {"containers": "9"}, follow=True).content.decode()
    assert "Cargo places are a number" in wrong
    formed = anna_client.post(f"{address}approve", {"containers": "1"}, follow=True).content.decode()
    assert "The carriage is formed" in formed
    act = anna_client.post(f"{address}paper", {"kind": "act"}, follow=True)
    assert act["Content-Type"] == "application/pdf"
    late = anna_client.post(f"{address}cancel", follow=True).content.decode()
    assert "This cannot be done with carriage" in late
    assert anna_client.get(f"{address}barcode.png")["Content-Type"] == "image/png"
    assert "1 parcel" in anna_client.get(reverse("handover:carriages")).content.decode()


def test_every_state_can_be_reached_and_left_as_the_table_says() -> None:
    reached = {states.NEW} | {move.target for move in states.MOVES.values()}

    assert reached == set(states.STATES)
    assert all(not (move.sources & set(states.FINAL)) for move in states.MOVES.values())
    assert set().union(*states.ACTIONS.values()) <= set(states.STATES)
