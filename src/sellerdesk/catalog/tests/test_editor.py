"""The editor: drafts, merging, units, what another type changes, the score beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Certificate, EditorDraft, Product
from sellerdesk.catalog.services import products
from sellerdesk.catalog.types import ValueInput
from sellerdesk.core import rules
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing import services as prices
from sellerdesk.pricing.types import PriceInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def headphones(shop, depot, draft, actor, now) -> int:
    return products.save(seller=shop, draft=draft(stock="3"), actor=actor, now=now).id


def _open(client, address: str) -> dict[str, list[str]]:
    """What a browser would send back from the form as it is opened."""
    answer = client.get(address)
    form, base = answer.context["form"], answer.context["base"]
    sent = {}
    for name in form.fields:
        value = form[name].value()
        sent[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else [""]
    return {**sent, "base": [base], "images": [tile.value for tile in answer.context["tiles"]]}


def _change(shop, actor, now, draft, **changed):
    done = products.apply_drafts(seller=shop, drafts=[draft(stock="3", **changed)], actor=actor, now=now)
    assert done[0].outcome == "updated"


def test_changes_of_different_fields_are_both_kept(anna_client, shop, headphones, draft, actor, now):
    address = reverse("catalog:product_edit", args=[headphones])
    sent = _open(anna_client, address)
    _change(shop, actor, now, draft, name="Saved by Boris")

    answer = anna_client.post(address, {**sent, "barcodes": "4600000000001"}, follow=True)

    card = queries.product(shop, headphones)
    assert (card.name, card.barcodes) == ("Saved by Boris", ("4600000000001",))
    assert "What others changed meanwhile was kept: Product name." in answer.content.decode()


def test_changes_of_the_same_field_are_asked_about_and_nothing_typed_is_lost(anna_client, shop, headphones, draft,
                                                                             actor, now, photo):
    address = reverse("catalog:product_edit", args=[headphones])
    sent = _open(anna_client, address)
    _change(shop, actor, now, draft, name="Saved by Boris")
    prices.set_prices(seller=shop, changes=[PriceInput(product_id=headphones, price="2500.00")], actor=actor, now=now)

    asked = anna_client.post(address, {
        **sent, "name": "Typed by Anna", "part_price_price": "2100", "barcodes": "4600000000001",
        "new_images": [SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]})
    page = asked.content.decode()

    assert asked.status_code == 409
    assert queries.product(shop, headphones).name == "Saved by Boris"
    for text in ("Saved by Boris", "Typed by Anna", "2500.00", "2100", "Aria 5 over-ear headphones", "Barcodes"):
        assert text in page, text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    again = {}
    for name, value in hidden:
        again.setdefault(name, []).append(value)
    saved = anna_client.post(address, {**again, "choose_name": "mine", "choose_part_price_price": "theirs"})

    card = queries.product(shop, headphones)
    assert saved.status_code == 302
    assert (card.name, card.barcodes, len(card.images)) == ("Typed by Anna", ("4600000000001",), 1)
    assert pricing.prices(shop, [headphones])[headphones].price_minor == 250000


def test_a_form_opened_before_an_order_does_not_put_its_old_stock_back(anna_client, shop, headphones, draft, actor, now):
    address = reverse("catalog:product_edit", args=[headphones])
    sent = _open(anna_client, address)
    products.apply_drafts(seller=shop, drafts=[draft(stock="9")], actor=actor, now=now)

    anna_client.post(address, {**sent, "name": "Newer"})

    assert inventory.free(shop, [headphones]) == {headphones: 9}


def test_a_new_card_begins_with_what_the_address_tells(anna_client, shop, tree, depot):
    form = anna_client.get(reverse("catalog:product_create", args=[91101]), {
        "name": "Wireless headphones, graphite", "price": "1490", "weight_g": "350"}).context["form"]

    # A value of a dictionary that stands in the name as a whole word is chosen.
    assert (form["attribute_10096"].value(), form["name"].value(), form["weight_g"].value(),
            form["part_price_price"].value()) == (["61574"], "Wireless headphones, graphite", "350", "1490")
    bare = anna_client.get(reverse("catalog:product_create", args=[91101]), {"name": "Graphitewear"}).context["form"]
    assert not bare["attribute_10096"].value()


def test_what_was_typed_is_kept_for_its_author_and_comes_back(anna_client, shop, tree, depot, now):
    address = reverse("catalog:product_create", args=[91101])
    kept = anna_client.post(reverse("catalog:new_draft", args=[91101]), {
        "name": "Half a name", "attribute_10096": ["61574", "61571"], "weight_g": "a lot", "images": []})
    back = anna_client.get(address).content.decode()

    assert kept.json() == {"saved": "09:00"}
    for text in ("This is what you had typed and not saved", 'value="Half a name"', 'value="a lot"'):
        assert text in back, text
    assert "Half a name" in anna_client.get("/products/new").content.decode()
    assert not Product.objects.exists()

    anna_client.post(reverse("catalog:new_draft", args=[91101]), {"discard": "1"})

    assert not EditorDraft.objects.exists()
    assert "Half a name" not in anna_client.get(address).content.decode()


def test_a_draft_of_a_product_is_nobody_elses_and_ends_with_saving(anna_client, clara_client, shop, headphones):
    address = reverse("catalog:product_edit", args=[headphones])
    keep = reverse("catalog:product_draft", args=[headphones, 91101])
    sent = _open(anna_client, address)

    assert clara_client.post(keep, {"name": "X"}).status_code == 404
    anna_client.post(keep, {**sent, "name": "Almost"})
    assert anna_client.get(address).context["form"]["name"].value() == "Almost"
    anna_client.post(address, {**sent, "name": "Done"})

    assert queries.product(shop, headphones).name == "Done"
    assert not EditorDraft.objects.exists()


def test_a_draft_without_measure_is_refused(anna_client, shop, tree):
    answer = anna_client.post(reverse("catalog:new_draft", args=[91101]), {"description": "x" * 100_001},
                              headers={"Accept": "application/json"})

    assert answer.status_code == 429
    assert not EditorDraft.objects.exists()


@pytest.mark.parametrize(("sent", "saved"), [
    ({"size_unit": "cm", "depth_mm": "20,5", "weight_unit": "kg", "weight_g": "0.35"}, (205, 350)),
    ({"size_unit": "in", "depth_mm": "8", "weight_unit": "lb", "weight_g": "1"}, (203, 454)),
    ({"size_unit": "mm", "depth_mm": "200", "weight_unit": "g", "weight_g": "1 350"}, (200, 1350)),
])
def test_sizes_are_taken_in_the_units_people_measure_in(anna_client, shop, headphones, sent, saved):
    address = reverse("catalog:product_edit", args=[headphones])
    form = _open(anna_client, address)
    scale = {"cm": ("9", "22"), "in": ("4", "9"), "mm": ("90", "220")}[sent["size_unit"]]

    anna_client.post(address, {**form, "width_mm": scale[0], "height_mm": scale[1], **sent})

    card = queries.product(shop, headphones)
    assert (card.depth_mm, card.weight_g) == saved


def test_a_wrong_density_is_refused_with_its_formula(anna_client, shop, headphones):
    address = reverse("catalog:product_edit", args=[headphones])

    answer = anna_client.post(address, {**_open(anna_client, address), "weight_g": "3", "depth_mm": "9000",
                                        "width_mm": "9000", "height_mm": "220"})

    assert answer.status_code == 422
    assert "3 g ÷ 17820000 cm³ (9000 × 9000 × 220 mm) = 1.684e-7 g/cm³" in answer.content.decode()
    assert queries.product(shop, headphones).weight_g == 350


def test_another_type_shows_what_goes_and_what_comes(anna_client, shop, headphones):
    page = anna_client.get(reverse("catalog:product_edit", args=[headphones]) + "?type=91303")

    moved = page.context["moved"]
    assert moved.before == "Over-ear headphones"
    assert "Goes away:" in page.content.decode()
    assert moved.lost
    assert queries.product(shop, headphones).type_id == 91101


def test_markup_of_a_description_is_made_harmless_where_it_is_shown(anna_client, shop, headphones, draft, actor, now):
    _change(shop, actor, now, draft, description='<p onclick="x()">Loud <b>bass</b></p><script>alert(1)</script>'
                                                 '<img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a>')

    for name in ("product", "product_edit"):
        page = anna_client.get(reverse(f"catalog:{name}", args=[headphones])).content.decode()
        assert "<p>Loud <b>bass</b></p>" in page
        for bad in ("<script>alert", "onerror=alert(1)>", 'href="javascript', '<p onclick'):
            assert bad not in page, (name, bad)


def test_the_score_names_what_would_raise_it(anna_client, shop, headphones):
    page = anna_client.get(reverse("catalog:product_edit", args=[headphones]))

    score = page.context["score"]
    assert (score.groups[0].points, score.groups[1].points) == (0, 30)
    assert score.total < 60
    assert page.context["hints"][0].text == "Add a picture"
    assert 'data-jump="new_images"' in page.content.decode()


def test_a_brand_that_needs_papers_is_told_beside_the_field_before_saving(anna_client, shop, headphones, draft, actor,
                                                                          now):
    note = "This brand needs papers: a contract or a letter of its owner."
    address = reverse("catalog:product_edit", args=[headphones])
    page = anna_client.get(address)
    assert page.context["brand_papers"].brands == "126745838"
    assert page.context["brand_papers"].chosen is False

    _change(shop, actor, now, draft, attributes={85: [ValueInput(126745838)]})
    page = anna_client.get(address)
    assert page.context["brand_papers"].chosen is True
    assert note in page.content.decode()
    assert Product.objects.get(id=headphones).status == "hidden"

    Certificate.objects.create(seller_id=shop.id, type="brand", brand_id=126745838, state="accepted", number="1",
                               name="Letter", issued_on=now.date(), created_at=now)
    assert anna_client.get(address).context["brand_papers"] is None


def test_the_first_step_of_a_new_product_says_how_much_room_there_is(anna_client, shop, headphones):
    rules.put("catalog.assortment", str(shop.id), {"live": 7}, valid_from=datetime(2021, 1, 1, tzinfo=UTC),
              source="test")
    assert "1 of 7 products." in anna_client.get(reverse("catalog:product_new")).content.decode()
