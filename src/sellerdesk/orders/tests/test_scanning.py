"""Acts of scanners: once is once, however often they are sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.catalog.models import Product
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.orders import queries, services
from sellerdesk.orders.models import ScanAct
from sellerdesk.orders.types import UnitInput


def pack(stall, key: str, number: str, counted, described=None):
    return services.pack_scanned(seller=stall.seller, key=key, number=number, counted=counted,
                                 described=described or {}, actor=stall.actor, now=stall.now)


def test_the_same_act_twice_packs_once_and_answers_alike(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    counted = {stall.sku(stall.mug): 2}

    first, second = pack(stall, "a", number, counted), pack(stall, "a", number, counted)

    assert (first.code, first.repeated, second.code, second.repeated) == ("", False, "", True)
    assert stall.place_of(number)[0] == "awaiting_deliver"
    assert [one.event for one in activity.history(stall.seller.id, "posting", number)].count(
        "orders.posting.shipped") == 1


def test_a_refusal_is_remembered_too(stall) -> None:
    [number] = stall.place()
    services.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)

    first = pack(stall, "a", number, {stall.sku(stall.mug): 1})
    second = pack(stall, "a", number, {stall.sku(stall.mug): 1})

    assert first.code == second.code == "POSTING_ALREADY_CANCELLED"
    assert first.text == second.text != ""
    assert ScanAct.objects.count() == 1


def test_who_was_slower_is_told_and_changes_nothing(stall) -> None:
    [number] = stall.packed()

    assert pack(stall, "late", number, {stall.sku(stall.mug): 1}).code == "POSTING_ALREADY_SHIPPED"


def test_counts_must_be_the_posting(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))

    assert pack(stall, "a", number, {stall.sku(stall.mug): 1}).code == "HAS_INCORRECT_PRODUCT_QUANTITY"
    assert pack(stall, "b", "1-1-1", {1: 1}).code == "POSTING_NOT_FOUND"
    assert stall.place_of(number)[0] == "awaiting_packaging"


def test_marks_come_with_the_act_and_go_with_its_refusal(stall) -> None:
    dated.put("orders.packing_needs", "mandatory_mark", {"goods": [{"types": [91101], "shops": "all"}]},
              valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    first, second = stall.place(stall.request(), stall.request())
    sku = stall.sku(stall.mug)
    good = {sku: (UnitInput(mark="010460000000001521SERIAL000001"),)}

    wrong = pack(stall, "a", first, {sku: 1}, {sku: (UnitInput(mark="123"),)})
    assert wrong.code == "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY"
    assert [row.unit.mark for row in queries.packing(stall.seller, first).lines[0].units] in ([], [""])
    assert pack(stall, "b", first, {sku: 1}, good).code == ""
    assert pack(stall, "c", second, {sku: 1}, good).code == "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY"


def test_the_work_names_what_scanners_read_and_no_buyer(stall, anna_client) -> None:
    Product.objects.filter(pk=stall.mug).update(barcodes=["4600000000015"])
    late, soon = stall.place(stall.request((stall.mug, 2)), stall.request(
        (stall.pan, 1), at=stall.now - timedelta(days=1)))

    sent = anna_client.get("/orders/scan/work")

    body = sent.json()
    assert [one["number"] for one in body["postings"]] == [soon, late]
    assert body["postings"][1]["lines"][0]["codes"] == ["4600000000015", "MUG-1", str(stall.sku(stall.mug))]
    assert body["postings"][1]["codes"][0] == late
    assert len(body["postings"][1]["codes"]) == 3
    assert "Dmitri" not in sent.content.decode()


def test_the_work_costs_the_same_for_any_number(stall, statements) -> None:
    stall.place(*(stall.request() for _ in range(2)))
    queries.scan_work(stall.seller)
    few = statements(lambda: queries.scan_work(stall.seller))
    stall.place(*(stall.request((stall.pan, 1)) for _ in range(6)))

    assert statements(lambda: queries.scan_work(stall.seller)) == few <= 5


def test_an_act_over_http_is_answered_and_never_an_error(stall, anna_client, clara_client) -> None:
    [number] = stall.place()
    act = {"key": "k1", "number": number, "counted": {str(stall.sku(stall.mug)): 1}, "units": {}}

    def send(client, body):
        answer = client.post("/orders/scan/act", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200
        return answer.json()["code"]

    assert send(clara_client, act) == "POSTING_NOT_FOUND"
    assert send(anna_client, {"key": "k0"}) == "scan_unreadable"
    assert send(anna_client, act) == ""
    assert send(anna_client, act) == ""
    assert stall.place_of(number)[0] == "awaiting_deliver"


def test_the_page_may_use_the_camera_and_holds_nothing_of_the_shop(stall, anna_client) -> None:
    [number] = stall.place()

    page = anna_client.get("/orders/scan/")

    assert "camera=(self)" in page["Permissions-Policy"]
    assert number not in page.content.decode()
    assert anna_client.get("/orders/scan/worker.js")["Content-Type"].startswith("text/javascript")


def test_old_acts_are_forgotten(stall) -> None:
    [number] = stall.place()
    pack(stall, "a", number, {stall.sku(stall.mug): 1})

    assert services.forget_scans(now=stall.now + timedelta(days=29)) == 0
    assert services.forget_scans(now=stall.now + timedelta(days=31)) == 1


@pytest.mark.parametrize("address", ["/orders/scan/", "/orders/scan/work"])
def test_only_who_may_pack_scans(address: str, client) -> None:
    assert client.get(address).status_code == 302
