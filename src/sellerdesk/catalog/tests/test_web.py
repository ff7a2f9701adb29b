"""The screens of the catalogue: what people see, keep and are told."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import ImportTask, Picture, Product
from sellerdesk.catalog.services import products
from sellerdesk.core import worker
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def headphones(shop, depot, draft, actor, now) -> int:
    return products.save(seller=shop, draft=draft(stock="3"), actor=actor, now=now).id


@pytest.fixture
def typed() -> dict[str, str | list[str]]:
    """The form of new headphones, filled in well."""
    return {"offer_id": "N-1", "name": "Nova", "depth_mm": "200", "width_mm": "90", "height_mm": "220",
            "weight_g": "350", "vat": "0.2", "attribute_85": "126745801", "attribute_9048": "Nova 1",
            "attribute_10096": ["61571"], "attribute_10140": "", "part_price_price": "1 500,50",
            "part_stock_stock": "7", "name_ru": "Нова"}


def _complete(typed: dict, type_id: int = 91101) -> dict:
    """The form with the first allowed value for each required list."""
    for info in queries.attributes(type_id, "en"):
        name = f"attribute_{info.id}"
        if info.required and info.dictionary_id and info.id != 8229 and not typed.get(name):
            rows, _more = queries.attribute_values(type_id, info.id, "en", limit=1)
            typed[name] = [str(rows[0].id)]
    return typed


def test_the_list_shows_price_stock_and_state_in_a_fixed_number_of_queries(
        anna_client, shop, headphones, draft, actor, now, django_assert_max_num_queries):
    products.apply_drafts(seller=shop, drafts=[draft(f"M-{at}") for at in range(20)], actor=actor, now=now)
    anna_client.get("/products/")

    with django_assert_max_num_queries(14):
        page = anna_client.get("/products/").content.decode()

    assert "Aria 5 over-ear headphones" in page
    assert "On sale" in page
    assert 'value="1999.00"' in page
    assert anna_client.get("/products/?tab=ready&q=M-7").content.decode().count("<tr id=") == 1


def test_a_rival_sees_nothing_of_it_and_a_packer_cannot_change_it(clara_client, boris_client, headphones):
    assert "HP-1" not in clara_client.get("/products/").content.decode()
    for name in ("product", "product_edit"):
        assert clara_client.get(reverse(f"catalog:{name}", args=[headphones])).status_code == 404
    assert clara_client.post(reverse("catalog:product_shelve", args=[headphones])).status_code == 404
    assert clara_client.post(reverse("catalog:products_bulk"), {"ids": [headphones], "action": "archive"}).status_code == 302
    assert boris_client.get(reverse("catalog:product_edit", args=[headphones])).status_code == 403
    assert not Product.objects.get(pk=headphones).archived


def test_a_product_is_made_with_pictures_in_one_submit(anna_client, shop, depot, tree, typed, photo):
    sent = {**_complete(typed), "new_images": [SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]}

    answer = anna_client.post(reverse("catalog:product_create", args=[91101]), sent, follow=True)

    card = queries.product(shop, queries.refs(shop, offer_ids=["N-1"])[0].id)
    assert answer.redirect_chain[-1][0] == reverse("catalog:product", args=[card.id])
    assert (card.names, card.status, len(card.images)) == ({"ru": "Нова"}, "price_sent", 1)
    assert pricing.prices(shop, [card.id])[card.id].price_minor == 150050
    assert inventory.free(shop, [card.id]) == {card.id: 7}
    assert "N-1 is created." in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_the_field(anna_client, shop, depot, tree, typed):
    wrong = {**_complete(typed), "weight_g": "a lot", "part_price_price": "-1", "attribute_9048": ""}

    answer = anna_client.post(reverse("catalog:product_create", args=[91101]), wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ('value="a lot"', 'value="-1"', "Write a whole number greater than zero.", "3 places need a correction",
                 "“Model name” is required. Fill it in."):
        assert text in page, text
    assert not Product.objects.exists()


def test_a_cell_edited_in_place_answers_its_row_or_the_reason(anna_client, shop, headphones):
    saved = anna_client.post(reverse("catalog:product_price", args=[headphones]), {"price": "2 500"})
    refused = anna_client.post(reverse("catalog:product_stock", args=[headphones]), {"stock": "few"})

    assert (saved.status_code, 'value="2500.00"' in saved.content.decode()) == (200, True)
    assert refused.status_code == 422
    assert 'value="few"' in refused.content.decode()
    assert "is not a number of units" in refused.content.decode()
    assert inventory.free(shop, [headphones]) == {headphones: 3}


def test_each_picture_dropped_answers_its_tile_or_why_it_is_refused(anna_client, shop, tree, photo):
    answer = anna_client.post(reverse("catalog:pictures"), {"new_images": [
        SimpleUploadedFile("a.png", photo(kind="PNG")), SimpleUploadedFile("b.jpg", photo()[:300])]})

    good, broken = answer.json()["files"]
    assert 'name="images" value="pictures/' in good["tile"]
    assert broken == {"name": "b.jpg", "reason": "The picture file is broken or cut off. Save it again and retry."}
    assert Picture.objects.count() == 1


def test_types_are_chosen_by_search_or_through_the_tree(anna_client, shop, tree):
    found = anna_client.get("/products/new?q=耳机").content.decode()
    below = anna_client.get("/products/new?category=17000101").content.decode()

    assert reverse("catalog:product_create", args=[91101]) in found
    assert reverse("catalog:product_create", args=[91101]) in below
    assert anna_client.get("/products/types?q=headset").json()[0] == {
        "value": "91101", "text": "Over-ear headphones — Electronics / Headphones and audio"}
    assert anna_client.get("/products/values/91101/10096?q=bla").json()[0]["text"] == "Black"


def test_a_spreadsheet_goes_from_template_to_report(anna_client, shop, depot, tree):
    template = anna_client.get("/imports/template?category=17000101")
    header = CalamineWorkbook.from_filelike(io.BytesIO(template.content)).get_sheet_by_index(0).to_python()[0]
    sent = SimpleUploadedFile("goods.csv", b"Offer ID;Product type;Price\nX-1;Power bank;-5\n")

    answer = anna_client.post("/imports/", {"file": sent, "at_once": "1"}, follow=True)
    running = answer.content.decode()
    worker.run_until_idle()
    task_id = ImportTask.objects.get().pk
    page = anna_client.get(f"/imports/{task_id}/").content.decode()

    assert template.headers["Content-Disposition"] == 'attachment; filename="products-category-17000101.xlsx"'
    assert header[:3] == ["Offer ID *", "Product name *", "Product type *"]
    assert "data-poll=" in running
    for text in ("Rows that failed", "C2", "Price", "-5", "X-1", "Download failed rows"):
        assert text in page, text
    assert anna_client.get(f"/imports/{task_id}/failed").status_code == 200


def test_what_is_no_spreadsheet_is_refused_at_once(anna_client, shop, depot, photo):
    answer = anna_client.post("/imports/", {"file": SimpleUploadedFile("photo.xlsx", photo())})

    assert answer.status_code == 422
    assert "This is not a spreadsheet." in answer.content.decode()
    assert not ImportTask.objects.exists()
