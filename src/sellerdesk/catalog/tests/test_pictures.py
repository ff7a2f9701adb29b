"""Pictures are made anew, kept once, and fetched from public addresses only."""

from __future__ import annotations

import http.server
import io
import threading
from collections.abc import Iterator

import httpx
import pytest
from django.utils import translation
from PIL import Image

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import PictureRefused, ProductUnknown
from sellerdesk.catalog.services import fetching, imaging, pictures, products, undoing
from sellerdesk.catalog.types import ImageInput
from sellerdesk.core import fetch, storage

pytestmark = pytest.mark.django_db


def test_a_photo_is_turned_upright_freed_of_its_metadata_and_kept_once(shop, rival_shop, photo, now):
    data = photo((3000, 1000), exif=True)

    first, second = pictures.store_many(seller=shop, pictures=[data, data], now=now)
    foreign = pictures.store(seller=rival_shop, data=data, now=now)

    assert first == second == pictures.store(seller=shop, data=data, now=now)
    assert foreign.key != first.key
    stored = storage.open_bytes(first.key)
    picture = Image.open(io.BytesIO(stored))
    thumb = Image.open(io.BytesIO(storage.open_bytes(first.thumb_key)))
    assert (picture.format, picture.size, thumb.size) == ("WEBP", (667, 2000), (53, 160))
    assert b"camera" not in stored
    assert not picture.getexif()


def test_what_is_no_sound_picture_is_refused_with_the_reason(shop, photo, now, monkeypatch):
    whole = photo((900, 900), kind="PNG")
    for data, code in ((b"<svg/>", "picture_unreadable"), (whole[:400], "picture_broken"),
                       (b"0" * (10 * 1024 * 1024 + 1), "picture_too_large")):
        with pytest.raises(PictureRefused) as refused:
            pictures.store(seller=shop, data=data, now=now)
        assert refused.value.code == code
    monkeypatch.setattr(imaging, "MAX_PIXELS", 800 * 900)
    with pytest.raises(PictureRefused) as refused:
        pictures.store_many(seller=shop, pictures=[photo(), whole], now=now)
    assert refused.value.code == "picture_too_many_pixels"


def answers(photo: bytes) -> httpx.Client:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/moved":
            return httpx.Response(302, headers={"location": "/good.jpg"})
        if request.url.path == "/loop":
            return httpx.Response(302, headers={"location": "/loop"})
        if request.url.path == "/good.jpg":
            return httpx.Response(200, content=photo)
        return httpx.Response(200, content=b"<html>") if request.url.path == "/page" else httpx.Response(404)

    return httpx.Client(transport=httpx.MockTransport(handle))


def test_pictures_by_address_are_fetched_and_each_failure_stays_on_its_card(shop, depot, draft, photo, actor, now):
    wish = draft(images=tuple(ImageInput(url=f"https://shop.example/{path}") for path in ("moved", "loop", "page")))
    made = products.apply_drafts(seller=shop, drafts=[wish], actor=actor, now=now)[0]
    assert [image.state for image in queries.product(shop, made.product_id).images] == ["waiting"] * 3

    with answers(photo()) as client:
        fetching.fetch_waiting(seller=shop, product_ids=[made.product_id], client=client, now=now)

    card = queries.product(shop, made.product_id)
    assert [(image.state, bool(image.key)) for image in card.images] == [
        ("ready", True), ("failed", False), ("failed", False)]
    assert [(error.code, error.value) for error in card.errors] == [
        ("image_failed", "https://shop.example/loop"), ("image_failed", "https://shop.example/page")]
    assert card.errors[0].text == "The address redirects too often."
    assert (card.status, queries.counts(shop)["errors"]) == ("price_sent", 1)
    own = draft(images=(ImageInput(url=f"http://localhost:8000{card.images[0].url}"),))
    products.apply_drafts(seller=shop, drafts=[own], actor=actor, now=now)
    again = queries.product(shop, made.product_id)
    assert ([image.key for image in again.images], again.errors) == ([card.images[0].key], ())


def test_a_picture_of_another_shop_cannot_be_used(shop, rival_shop, depot, draft, photo, actor, now):
    foreign = pictures.store(seller=rival_shop, data=photo(), now=now)

    outcome = products.apply_drafts(seller=shop, drafts=[draft(images=(ImageInput(key=foreign.key),))], actor=actor,
                                    now=now)[0]

    assert (outcome.outcome, outcome.errors[0].code) == ("failed", "image_unknown")


@pytest.fixture
def inner_server() -> Iterator[int]:
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_the_guard_reaches_public_addresses_only(inner_server, monkeypatch):
    monkeypatch.setattr(fetch, "PORTS", {inner_server})
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"):
        with fetch.guarded_client() as client, pytest.raises(fetch.FetchFailed) as refused:
            fetch.get_bytes(client, f"http://{host}:{inner_server}/")
        assert refused.value.code == "fetch_private", host
    with fetch.guarded_client() as client:
        for url, code in (("ftp://example.com/x", "fetch_scheme"), ("http://127.0.0.1:22/", "fetch_port"),
                          ("nonsense", "fetch_scheme")):
            with pytest.raises(fetch.FetchFailed) as refused:
                fetch.get_bytes(client, url)
            assert refused.value.code == code
    for address, public in (("8.8.8.8", True), ("10.1.2.3", False), ("169.254.169.254", False), ("::1", False),
                            ("2606:4700::1111", True), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
                            ("100.64.0.1", False), ("224.0.0.1", False), ("name", False)):
        assert fetch.is_public(address) is public, address


def test_refused_pictures_are_told_apart_and_fetched_once_more_on_demand(shop, depot, draft, photo, actor, now):
    wish = draft(images=(ImageInput(url="https://shop.example/lost"), ImageInput(url="https://shop.example/good.jpg")))
    product_id = products.apply_drafts(seller=shop, drafts=[wish], actor=actor, now=now)[0].product_id
    with answers(photo((150, 150))) as client:
        fetching.fetch_waiting(seller=shop, product_ids=[product_id], client=client, now=now)
    before = queries.product(shop, product_id)
    assert [(image.state, image.code, dict(image.data)) for image in before.images] == [
        ("failed", "fetch_status", {"value": "", "status": 404}),
        ("failed", "picture_too_small", {"value": "", "width": 150, "height": 150, "limit": 200})]
    assert before.images[0].error == "The host answered with status 404."
    assert [error.code for error in before.errors] == ["all_image_failed", "image_failed", "image_failed"]

    queued = fetching.retry(seller=shop, product_id=product_id, actor=actor, now=now)
    waiting = queries.product(shop, product_id)
    with answers(photo((300, 300))) as client:
        fetching.fetch_waiting(seller=shop, product_ids=[product_id], client=client, now=now)

    after = queries.product(shop, product_id)
    assert (queued, [image.state for image in waiting.images], waiting.errors) == (2, ["waiting", "waiting"], ())
    assert [image.state for image in after.images] == ["failed", "ready"]
    assert [error.code for error in after.errors] == ["image_failed"]
    assert (before.version, after.version) == (1, 1)
    with translation.override("ru"):
        assert queries.product(shop, product_id, "ru").images[0].error == "Сервер ответил со статусом 404."


def test_retry_finds_no_product_of_another_shop(shop, rival_shop, depot, draft, actor, now):
    product_id = products.apply_drafts(seller=shop, drafts=[draft()], actor=actor, now=now)[0].product_id

    with pytest.raises(ProductUnknown):
        fetching.retry(seller=rival_shop, product_id=product_id, actor=actor, now=now)


def test_what_pictures_show_and_the_swatch_stay_with_them_and_come_back_by_undo(shop, depot, draft, photo, actor, now):
    front, swatch = pictures.store_many(seller=shop, pictures=[photo(colour="red"), photo(colour="blue")], now=now)
    said = (ImageInput(key=swatch.key, color=True), ImageInput(key=front.key, alt="Front view"))
    product_id = products.apply_drafts(seller=shop, drafts=[draft(images=said)], actor=actor, now=now)[0].product_id
    kept = queries.product(shop, product_id).images
    assert [(image.key, image.alt, image.color) for image in kept] == [
        (front.key, "Front view", False), (swatch.key, "", True)]

    same = draft(images=(ImageInput(key=front.key), ImageInput(key=swatch.key)))
    unchanged = products.apply_drafts(seller=shop, drafts=[same], actor=actor, now=now)[0]
    bare = draft(images=(ImageInput(key=front.key, alt=""), ImageInput(key=swatch.key, color=False)))
    changed = products.apply_drafts(seller=shop, drafts=[bare], actor=actor, now=now)[0]
    stripped = queries.product(shop, product_id).images
    undoing.undo(seller=shop, batch_id=queries.changes.batches(shop).rows[0].id, actor=actor, now=now)

    assert (unchanged.outcome, changed.outcome) == ("unchanged", "updated")
    assert [(image.alt, image.color) for image in stripped] == [("", False), ("", False)]
    assert queries.product(shop, product_id).images == kept
