"""Returns, claims and give-outs as programs see them."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image

from sellerdesk.core.actor import Actor
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ScanInput
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services import Sighting
from sellerdesk.returns import services
from sellerdesk.returns.types import ReturnRequest

COURIER, DMITRI = Actor.courier("Veloport"), Actor.buyer("Dmitri")
JSON = {"Accept": "application/json"}


@pytest.fixture
def delivered(shelf, order_of, now):
    """Delivers A-1 × `quantity` to Dmitri; the posting's number."""

    def make(seller, quantity=2):
        number = order_of(seller, (shelf.ids["A-1"], quantity))
        acts.ship_many(seller=seller, numbers=[number], actor=DMITRI, now=now)
        acts.hand_over(seller=seller, numbers=[number], actor=DMITRI, now=now)
        tracking = orders.posting(seller, number).tracking_number
        logistics.record_scans(scans=[ScanInput(tracking, "delivered", "Perm", now)], actor=COURIER)
        acts.follow_scans(sightings=[Sighting(number, code, "Perm", now, COURIER) for code in ("accepted", "delivered")])
        return number

    return make


@pytest.fixture
def coming_back(program, shelf, delivered, now):
    """Two units of A-1 at the return point; id and posting."""
    number = delivered(program.seller)
    made = services.request_returns(seller=program.seller, actor=DMITRI, requests=[
        ReturnRequest(number, shelf.skus["A-1"], 2, "defective", now)])[0]
    services.advance(return_ids=[made.return_id], to_state="arrived", at=now - timedelta(days=7), actor=COURIER)
    return made.return_id, number


@pytest.fixture
def claim(program, shelf, delivered, now):
    number = delivered(program.seller)
    Posting.objects.filter(number=number).update(scheme="rfbs")
    return services.request_returns(seller=program.seller, actor=DMITRI, requests=[
        ReturnRequest(number, shelf.skus["A-1"], 2, "defective", now, "Broken", ("pictures/claims/1/a.webp",))])[
            0].claim_id


def test_returns_are_listed_with_place_storage_and_status(program, coming_back):
    return_id, number = coming_back

    answer = program.call("/v1/returns/list", {"limit": 10, "filter": {"posting_numbers": [number]}})

    [row] = answer["returns"]
    assert answer["has_next"] is False
    assert (row["id"], row["type"], row["schema"], row["posting_number"]) == (return_id, "ClientReturn", "Fbs", number)
    assert row["visual"]["status"] == {"id": 3, "display_name": "В пункте возврата", "sys_name": "ArrivedAtReturnPlace"}
    # Seven begun days, two of them paid, two units at 15.00.
    assert (row["storage"]["days"], row["storage"]["sum"]) == (7, {"currency_code": "RUB", "price": 60.0})
    assert row["storage"]["utilization_sum"]["price"] == 90.0
    assert row["place"]["name"] == row["target_place"]["name"] == "Пункт возврата: Moscow"
    assert row["product"]["price"]["price"] == 2000.0
    assert row["compensation_status"] is None


def test_returns_are_found_by_everything_the_contract_names(program, rival, coming_back, now):
    _return_id, number = coming_back

    def found(who=program, **where):
        return len(who.call("/v1/returns/list", {"limit": 10, "filter": where})["returns"])

    [row] = program.call("/v1/returns/list", {"limit": 1})["returns"]
    times = {"time_from": (now - timedelta(days=8)).isoformat(), "time_to": now.isoformat()}
    assert found(visual_status_name="ArrivedAtReturnPlace", return_schema="FBS", offer_id="A-1") == 1
    assert found(barcode=row["logistic"]["barcode"], order_id=str(row["order_id"]), product_name="item") == 1
    assert found(logistic_return_date=times) == found(storage_tariffication_start_date=times) == 1
    assert found(visual_status_name="DisputeOpened") == found(barcode="ii1") == found(return_schema="FBO") == 0
    assert found(compensation_status_id=1) == found(warehouse_id=1) == 0
    assert found(rival, posting_numbers=[number]) == 0
    assert program.refusal("/v1/returns/list", {"limit": 10, "filter": {
        "logistic_return_date": times, "visual_status_change_moment": times}})[:2] == (400, 3)
    assert program.refusal("/v1/returns/list", {"limit": 501})[:2] == (400, 3)


def test_points_and_what_was_picked_up(program, rival, coming_back, now):
    [point] = program.call("/v1/returns/company/fbs/info", {"pagination": {"limit": 10}})["drop_off_points"]
    assert (point["returns_count"], point["name"]) == (1, "Пункт возврата: Moscow")
    services.receive_many(seller=program.seller, return_ids=[coming_back[0]], actor=DMITRI, now=now)

    [given] = program.call("/v1/return/giveout/list", {"limit": 10})["giveouts"]
    info = program.call("/v1/return/giveout/info", {"giveout_id": given["giveout_id"]})

    assert (given["giveout_status"], given["total_articles_count"], given["approved_articles_count"]) == (
        "GIVEOUT_STATUS_COMPLETED", 1, 1)
    assert info["articles"] == [{"approved": True, "delivery_schema": "GIVEOUT_DELIVERY_SCHEMA_FBS",
                                 "name": "Item A-1", "seller_id": program.seller.id}]
    assert program.call("/v1/returns/company/fbs/info", {"pagination": {"limit": 10}})["drop_off_points"] == []
    assert rival.refusal("/v1/return/giveout/info", {"giveout_id": given["giveout_id"]}) == (
        404, 5, "GIVEOUT_NOT_FOUND")


def test_the_barcode_comes_as_text_png_and_pdf_and_is_replaced(program):
    assert program.call("/v1/return/giveout/is-enabled") == {"enabled": True}
    text = program.call("/v1/return/giveout/barcode")["barcode"]

    png = program.post("/v1/return/giveout/get-png")
    told = program.call("/v1/return/giveout/get-png", None, **JSON)
    pdf = program.post("/v1/return/giveout/get-pdf")
    fresh = program.post("/v1/return/giveout/barcode-reset")

    assert (png["Content-Type"], pdf["Content-Type"]) == ("image/png", "application/pdf")
    assert read(png.content) == read(base64.b64decode(told["file_content"])) == text
    assert pdf.content.startswith(b"%PDF")
    assert read(fresh.content) == program.call("/v1/return/giveout/barcode")["barcode"] != text
    assert program.call("/v1/return/giveout/get-pdf", None, **JSON)["content_type"] == "application/pdf"
    assert program.call("/v1/return/giveout/barcode-reset", None, **JSON)["content_type"] == "image/png"


def read(png: bytes) -> str:
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    return found.text


def test_bounds_of_disposal_are_set_and_remembered(program):
    off, on = {"enabled": False}, {"enabled": True, "value": "300"}
    update, info = "/v1/returns/settings/utilization/update", "/v1/returns/settings/utilization/info"

    program.call(update, {"utilization_price": on, "utilization_price_defects": off})

    assert program.call(info) == {
        "min_price": {"amount": "50.00", "currency": "RUB"}, "utilization_settings": {
            "utilization_price": {"amount": "300.00", "currency": "RUB"}, "utilization_price_defects": None}}
    [change] = program.call("/v1/returns/settings/utilization/history")["history"]
    assert change["user_name"] == "Feed"
    assert len(change["descriptions"]) == 1
    assert program.refusal(update, {"utilization_price": {"enabled": True, "value": 49},
                                    "utilization_price_defects": off}) == (400, 3, "DISPOSAL_PRICE_TOO_LOW")
    assert program.refusal(update, {"utilization_price": on})[:2] == (400, 3)


def test_a_claim_is_listed_read_and_decided(program, rival, claim):
    [row] = program.call("/v2/returns/rfbs/list", {"limit": 10, "filter": {"group_state": ["New"]}})["returns"]
    assert (row["return_id"], row["state"]["state"], row["state"]["group_state"]) == (claim, "OnSellerApproval", "New")
    assert row["product"] == {"name": "Item A-1", "offer_id": "A-1", "currency_code": "RUB", "price": 1000,
                              "sku": row["product"]["sku"]}
    got = program.call("/v2/returns/rfbs/get", {"return_id": claim})["returns"]
    assert [one["id"] for one in got["available_actions"]] == [1000, -1, 1010, 1020]
    assert got["client_photo"] == ["http://testserver/media/pictures/claims/1/a.webp"]
    assert (got["comment"], got["return_reason"]["is_defect"]) == ("Broken", True)
    act = "/v1/returns/rfbs/action/set"

    assert program.refusal(act, {"return_id": claim, "id": 1030}) == (400, 9, "RETURN_ACTION_NOT_AVAILABLE")
    assert program.refusal(act, {"return_id": claim, "id": 7}) == (400, 9, "RETURN_ACTION_NOT_AVAILABLE")
    assert program.refusal(act, {"return_id": claim, "id": -1}) == (400, 3, "REJECTION_REASON_INVALID")
    assert program.refusal(act, {"return_id": claim, "id": -1, "rejection_reason_id": 2}) == (
        400, 3, "COMMENT_REQUIRED")
    assert program.refusal(act, {"return_id": claim, "id": 1020}) == (400, 3, "COMPENSATION_AMOUNT_INVALID")
    assert program.refusal(act, {"return_id": claim, "id": 1020, "compensation_amount": 0.001}) == (
        400, 3, "COMPENSATION_AMOUNT_INVALID")
    assert rival.refusal(act, {"return_id": claim, "id": 1010}) == (404, 5, "RETURN_NOT_FOUND")
    assert rival.refusal("/v2/returns/rfbs/get", {"return_id": claim}) == (404, 5, "RETURN_NOT_FOUND")
    assert program.call(act, {"return_id": claim, "id": 1020, "compensation_amount": 300.5}) == {}

    got = program.call("/v2/returns/rfbs/get", {"return_id": claim})["returns"]
    assert (got["state"]["state"], got["available_actions"]) == ("OfferedPartialCompensation", [])
    assert rival.call("/v2/returns/rfbs/list", {"limit": 10})["returns"] == []


def test_a_key_without_the_role_reads_and_writes_nothing(key_of, shop):
    prices = key_of(shop, "Price")
    reader = key_of(shop, "Posting FBS read only")

    assert prices.refusal("/v1/returns/list", {"limit": 1})[:2] == (403, 7)
    assert reader.refusal("/v1/return/giveout/barcode-reset")[:2] == (403, 7)
    assert reader.call("/v1/returns/list", {"limit": 1})["returns"] == []
