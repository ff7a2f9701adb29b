"""The versions of a product, the way back, its state in a sentence, and the variants of one card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import VersionUnknown
from sellerdesk.catalog.models import Change
from sellerdesk.catalog.services import products, restoring
from sellerdesk.catalog.types import ValueInput
from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(shop, depot, draft, actor, now) -> tuple[int, list[int]]:
    """A product created, renamed, and then given another size and price: its id and the ids of the three changes."""
    product_id = products.save(seller=shop, draft=draft(stock="3"), actor=actor, now=now).id
    for at, changed in enumerate(({"name": "Second name"}, {"name": "Third name", "weight_g": 400, "price": "2100.00"})):
        products.apply_drafts(seller=shop, drafts=[draft(stock="3", **changed)], actor=actor,
                              now=now + timedelta(minutes=at + 1))
    return product_id, list(Change.objects.filter(product_id=product_id).order_by("id").values_list("id", flat=True))


def test_a_card_goes_back_to_a_version_and_its_price_stays(shop, history, actor, now):
    product_id, (_created, renamed, _last) = history

    restoring.restore(seller=shop, product_id=product_id, change_id=renamed, actor=actor, now=now)

    card = queries.product(shop, product_id)
    assert (card.name, card.weight_g) == ("Second name", 350)
    assert pricing.prices(shop, [product_id])[product_id].price_minor == 210000
    assert queries.changes.of_product(shop, product_id).rows[0].source == "restore"


def test_the_first_version_comes_back_too_and_so_does_the_last(shop, history, actor, now):
    product_id, (created, _renamed, last) = history

    restoring.restore(seller=shop, product_id=product_id, change_id=created, actor=actor, now=now)
    assert queries.product(shop, product_id).name == "Aria 5 over-ear headphones"
    restoring.restore(seller=shop, product_id=product_id, change_id=last, actor=actor, now=now)

    assert (queries.product(shop, product_id).name, queries.product(shop, product_id).weight_g) == ("Third name", 400)


def test_a_version_of_another_product_or_shop_does_not_exist(shop, rival_shop, history, draft, actor, now):
    product_id, (created, *_rest) = history
    other = products.save(seller=shop, draft=draft("OTHER"), actor=actor, now=now).id

    for seller, target, change in ((shop, other, created), (rival_shop, product_id, created), (shop, product_id, 10**9)):
        with pytest.raises(VersionUnknown):
            restoring.restore(seller=seller, product_id=target, change_id=change, actor=actor, now=now)
    assert queries.product(shop, product_id).name == "Third name"


def test_the_page_shows_each_change_field_by_field(anna_client, clara_client, shop, history, django_assert_max_num_queries):
    product_id, (_created, renamed, _last) = history
    address = reverse("catalog:versions", args=[product_id])
    anna_client.get(address)

    with django_assert_max_num_queries(12):
        page = anna_client.get(address).content.decode()
    answer = anna_client.post(reverse("catalog:restore", args=[product_id, renamed]), follow=True)

    for text in ("<del>Second name</del>", "<ins>Third name</ins>", "Weight with package, g", "As it is now",
                 "The product was created."):
        assert text in page, text
    assert "The card is as it was in that version." in answer.content.decode()
    assert clara_client.get(address).status_code == 404
    assert clara_client.post(reverse("catalog:restore", args=[product_id, renamed])).status_code == 404


def test_the_state_is_said_in_one_sentence_with_the_way_it_came(anna_client, shop, history):
    page = anna_client.get(reverse("catalog:product", args=[history[0]])).content.decode()

    assert "Buyers can buy the product." in page
    assert page.count('<li class="done"') == 6


def test_the_same_brand_and_model_make_one_card_of_several_products(anna_client, shop, rival_shop, depot, draft, actor,
                                                                    now, django_assert_num_queries):
    black, white, other = (each.product_id for each in products.apply_drafts(seller=shop, drafts=[
        draft("BLACK"), draft("WHITE", attributes={10096: [ValueInput(0, "white")], 9048: [ValueInput(0, " ARIA 5 ")]}),
        draft("OTHER", attributes={9048: [ValueInput(0, "Aria 6")]})], actor=actor, now=now))
    products.apply_drafts(seller=rival_shop, drafts=[draft("RIVAL", price=None)], actor=actor, now=now)
    card = queries.product(shop, black)

    with django_assert_num_queries(6):
        found = queries.variants(shop, card)

    assert [(one.id, one.aspects) for one in found] == [(white, "White")]
    assert queries.variants(shop, queries.product(shop, other)) == []
    assert "Variants of one card" in anna_client.get(reverse("catalog:product", args=[black])).content.decode()


def test_what_makes_the_variant_is_fixed_once_somebody_ordered_it(anna_client, shop, depot, draft, actor, now):
    made = products.save(seller=shop, draft=draft("BLACK", stock="3"), actor=actor, now=now)
    white = draft("BLACK", stock="3", attributes={10096: [ValueInput(0, "white")]})
    order = OrderRequest("Dmitri K.", "+79031234567", "Казань", "", "Lenina 1", ((made.id, 1),), now)
    free = products.apply_drafts(seller=shop, drafts=[white], actor=actor, now=now)
    orders.place_orders(seller=shop, orders=[order], actor=Actor.buyer("Dmitri"))

    refused = products.apply_drafts(seller=shop, drafts=[draft("BLACK")], actor=actor, now=now)
    other = products.apply_drafts(seller=shop, drafts=[replace(white, name="Another name")], actor=actor, now=now)
    page = anna_client.get(reverse("catalog:product_edit", args=[made.id])).content.decode()

    assert (free[0].outcome, refused[0].outcome, other[0].outcome) == ("updated", "failed", "updated")
    assert [(error.field, error.code) for error in refused[0].errors] == [("attribute.10096", "aspect_locked")]
    assert "Buyers have ordered this variant" in page
    assert f"?like={made.id}" in page
