"""Pictures on the pages of a product: states, reasons, one more try, and what the editor's field says of each."""

from __future__ import annotations

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Picture
from sellerdesk.catalog.services import fetching, pictures, products
from sellerdesk.catalog.types import ImageInput
from sellerdesk.catalog.web import tiles
from sellerdesk.sellers import permissions

pytestmark = pytest.mark.django_db
GONE = "https://shop.example/gone.jpg"
DOWN = "https://shop.example/down.jpg"


@pytest.fixture
def refused(shop, depot, draft, actor, now) -> int:
    """A product with one picture refused and one whose host is down for now."""
    wish = draft(images=(ImageInput(url=GONE), ImageInput(url=DOWN)))
    made = products.apply_drafts(seller=shop, drafts=[wish], actor=actor, now=now)[0].product_id

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404 if request.url.path == "/gone.jpg" else 503)

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        fetching.fetch_waiting(seller=shop, product_ids=[made], client=client, now=now)
    return made


def test_states_tell_of_each_picture_given_by_address(anna_client, refused):
    told = anna_client.get(reverse("catalog:picture_states", args=[refused])).json()["pictures"]

    assert [(one["source"], one["state"], one["note"]) for one in told] == [
        (GONE, "failed", "The host answered with status 404."),
        (DOWN, "waiting", "The host answered with status 503.")]


def test_a_fault_that_may_pass_is_tried_three_times_by_itself(shop, refused, now):
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    states = []
    for _again in range(3):
        with httpx.Client(transport=httpx.MockTransport(answer)) as client:
            fetching.fetch_waiting(seller=shop, product_ids=[refused], client=client, now=now)
        states.append(queries.product(shop, refused).images[1].state)

    assert states == ["waiting", "failed", "failed"]
    assert queries.product(shop, refused).images[1].code == "fetch_failed"


def test_the_product_page_names_the_reason_and_offers_one_more_try(anna_client, shop, refused):
    page = anna_client.get(reverse("catalog:product", args=[refused])).content.decode()

    answer = anna_client.post(reverse("catalog:picture_retry", args=[refused]))

    assert "1 picture was refused" in page
    assert "The host answered with status 404." in page
    assert answer.headers["Location"] == reverse("catalog:product", args=[refused])
    assert [image.state for image in queries.product(shop, refused).images] == ["waiting", "waiting"]
    assert "was refused" not in anna_client.get(answer.headers["Location"]).content.decode()


def test_the_editor_shows_each_state_and_saving_keeps_what_pictures_show(anna_client, shop, refused):
    page = anna_client.get(reverse("catalog:product_edit", args=[refused])).content.decode()

    assert "picture-failed" in page
    assert "picture-waiting" in page
    assert f'value="url:{GONE}"' in page
    assert "Fetch them once more" in page


def test_what_the_form_says_of_a_picture_is_read_back(shop, now, photo):
    kept = pictures.store(seller=shop, data=photo(), now=now)

    assert tiles.image_input(f"{kept.key}\tFront\tcolor") == ImageInput(kept.key, "", "Front", True)
    assert tiles.image_input(f"url:{GONE}") == ImageInput("", GONE, "", False)
    assert [tile.url for tile in tiles.named([], [kept.key, "", f"url:{GONE}\tSide"])] == [kept.url, ""]
    assert tiles.tile_of_stored(kept).thumb_url == kept.url.replace(".webp", "-card.webp")


def test_who_may_not_touch_pictures_saves_the_rest_of_the_card(anna_client, shop, refused, photo, monkeypatch):
    card = queries.product(shop, refused)
    whole = anna_client.get(reverse("catalog:product_edit", args=[refused])).context["form"]
    fields = {name: values[0] if len(values) == 1 else values for name, values in whole.shown([], []).items() if values}
    monkeypatch.setitem(permissions.ROLES, "owner", permissions.ROLES["owner"] - {permissions.PICTURE_EDIT})

    saved = anna_client.post(reverse("catalog:product_edit", args=[refused]), {
        **fields, "name": "Aria 6 over-ear headphones", "images": [],
        "new_images": [SimpleUploadedFile("a.jpg", photo())]})
    tries = [anna_client.post(reverse("catalog:pictures")).status_code,
             anna_client.post(reverse("catalog:picture_retry", args=[refused])).status_code]

    after = queries.product(shop, refused)
    assert (saved.status_code, tries) == (302, [403, 403])
    assert after.name == "Aria 6 over-ear headphones"
    assert [image.source for image in after.images] == [image.source for image in card.images] == [GONE, DOWN]
    assert Picture.objects.count() == 0
