"""Pictures as programs replace them and ask about them."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image

from sellerdesk.catalog.services import fetching
from sellerdesk.core import worker

GOOD, GONE, SWATCH = (f"https://shop.example/{name}.jpg" for name in ("good", "gone", "red"))


pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(shelf) -> list[int]:
    """Anna's products by id."""
    return list(shelf.ids.values())


@pytest.fixture
def fetched(program, goods, now):
    """What the worker does, with a host that has everything but one picture."""
    def fetch(product_id: int, picture: bytes) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            return httpx.Response(404) if "gone" in str(request.url) else httpx.Response(200, content=picture)

        with httpx.Client(transport=httpx.MockTransport(answer)) as client:
            fetching.fetch_waiting(seller=program.seller, product_ids=[product_id], client=client, now=now)

    return fetch


@pytest.fixture
def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "teal").save(out, "JPEG")
    return out.getvalue()


def test_the_whole_set_is_replaced_and_each_picture_tells_how_far_it_is(program, goods, fetched, picture):
    product_id = goods[0]

    said = program.call("/v1/product/pictures/import",
                        {"product_id": product_id, "images": [GOOD, GONE], "color_image": SWATCH})["result"]["pictures"]
    fetched(product_id, picture)
    item = program.call("/v2/product/pictures/info", {"product_id": [str(product_id)]})["items"][0]

    assert [(one["url"], one["state"], one["is_primary"], one["is_color"]) for one in said] == [
        (GOOD, "imported", True, False), (GONE, "imported", False, False), (SWATCH, "imported", False, True)]
    assert (item["product_id"], item["photo"]) == (product_id, [])
    assert item["primary_photo"][0].startswith("http://testserver/media/pictures/")
    assert item["errors"] == [{"message": "Сервер ответил со статусом 404.", "url": GONE}]
    assert len(item["color_photo"]) == 1

    again = program.call("/v1/product/pictures/import", {"product_id": product_id, "images": [GOOD]})
    assert [(one["state"], one["is_color"]) for one in again["result"]["pictures"]] == [("uploaded", False)]


def test_the_newer_method_takes_offer_ids_and_answers_a_task(program, goods):
    task = program.call("/v2/product/pictures/import", {"items": [
        {"offer_id": "A-1", "images": [GONE], "primary_image": GOOD},
        {"offer_id": "NOBODY", "images": [GOOD]}]})["task_id"]
    worker.run_until_idle()

    rows = program.call("/v1/product/import/info", {"task_id": task})["result"]["items"]
    assert [(row["offer_id"], row["status"]) for row in rows] == [
        ("A-1", "imported"), ("NOBODY", "failed")]


def test_other_shops_products_and_wrong_addresses_change_nothing(program, rival, goods):
    before = program.call("/v2/product/pictures/info", {"product_id": [goods[0]]})

    stranger = rival.refusal("/v1/product/pictures/import", {"product_id": goods[0], "images": [GOOD]})
    wrong = program.refusal("/v1/product/pictures/import", {"product_id": goods[0], "images": ["ftp://x/y.jpg"]})

    assert stranger[:2] == (404, 5)
    assert wrong[:2] == (400, 3)
    assert rival.call("/v2/product/pictures/info", {"product_id": [goods[0]]}) == {"items": []}
    assert program.call("/v2/product/pictures/info", {"product_id": [goods[0]]}) == before


def test_a_thousand_products_cost_as_many_queries_as_one(program, goods):
    program.call("/v2/product/pictures/info", {"product_id": goods})

    one = program.queries("/v2/product/pictures/info", {"product_id": goods[:1]})

    assert program.queries("/v2/product/pictures/info", {"product_id": goods}) == one
