"""Selling by somebody's SKU: taken over as it stands, unless forbidden, and told to both."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import ImportTask, Product, ProductBarcode
from sellerdesk.catalog.services import copying, pictures, products
from sellerdesk.catalog.types import CopyItem, ImageInput
from sellerdesk.core import activity, worker
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(shop, depot, draft, actor, now, photo) -> Product:
    """Anna's headphones, with a picture and a barcode, on sale."""
    stored = pictures.store_many(seller=shop, pictures=[photo()], now=now)[0]
    made = products.save(seller=shop, draft=draft("THEIRS", stock="3", barcodes=("4600000000001",),
                                                  images=(ImageInput(key=stored.key),)), actor=actor, now=now)
    return Product.objects.get(pk=made.id)


def _told(seller) -> list[str]:
    return [entry.event for entry in activity.latest(seller.id, 30) if entry.event.startswith("catalog.c")]


def test_a_card_is_taken_over_with_pictures_and_a_price_of_ones_own(shop, rival_shop, theirs, actor, now):
    asked = copying.copy_by_sku(seller=rival_shop, items=[CopyItem(theirs.sku, "MINE", price={"price": "2500.00"})],
                                actor=actor, now=now)
    worker.run_until_idle()

    item = queries.import_items(rival_shop, asked.task_id)[0]
    card = queries.product(rival_shop, item.product_id)
    origin = queries.product(shop, theirs.pk)
    assert (item.status, item.errors, asked.unmatched) == ("imported", (), ())
    assert (card.offer_id, card.name, card.weight_g, card.attributes) == (
        "MINE", origin.name, origin.weight_g, origin.attributes)
    assert card.sku != origin.sku
    assert [image.url for image in card.images] == [image.url for image in origin.images]
    assert pricing.prices(rival_shop, [card.id])[card.id].price_minor == 250000
    assert (_told(shop)[:1], _told(rival_shop)) == (["catalog.card.lent"], ["catalog.card.taken"])


def test_what_may_not_be_taken_over_is_named_and_nothing_happens(shop, rival_shop, theirs, actor, now):
    copying.forbid(seller=shop, forbidden=True, actor=actor, now=now)

    asked = copying.copy_by_sku(seller=rival_shop, items=[CopyItem(theirs.sku, "MINE"), CopyItem(1, "NONE")],
                                actor=actor, now=now)
    own = copying.copy_by_sku(seller=shop, items=[CopyItem(theirs.sku, "AGAIN")], actor=actor, now=now)
    worker.run_until_idle()

    assert (asked.unmatched, own.unmatched) == ((theirs.sku, 1), (theirs.sku,))
    assert Product.objects.count() == 1
    assert _told(rival_shop) == []
    copying.forbid(seller=shop, forbidden=True, actor=actor, now=now)
    copying.forbid(seller=shop, forbidden=False, actor=actor, now=now)
    assert _told(shop)[:2] == ["catalog.copying.allowed", "catalog.copying.forbidden"]
    assert list(queries.copyable(rival_shop, [theirs.sku])) == [theirs.sku]


def test_what_is_archived_or_not_on_sale_cannot_be_taken_over(rival_shop, theirs):
    for changed in ({"archived": True}, {"archived": False, "status": "moderating"}, {"status": "hidden"}):
        Product.objects.filter(pk=theirs.pk).update(**changed)
        assert queries.copyable(rival_shop, [theirs.sku]) == {}, changed


def test_barcodes_are_found_one_by_one_and_follow_the_card(shop, theirs, draft, actor, now):
    assert queries.by_barcode("4600000000001") == [(theirs.sku, 91101)]

    products.apply_drafts(seller=shop, drafts=[draft("THEIRS", stock="3", barcodes=("4600000000002", "AB-12"))],
                          actor=actor, now=now)

    assert queries.by_barcode("4600000000001") == []
    assert sorted(ProductBarcode.objects.values_list("code", flat=True)) == ["4600000000002", "AB-12"]


def test_the_page_finds_by_barcode_and_leads_to_the_outcome(anna_client, clara_client, theirs):
    offered = clara_client.get("/products/new?q=4600000000001").content.decode()
    shown = clara_client.get("/products/by-sku?sku=4600000000001")
    refused = clara_client.post("/products/by-sku", {"sku": theirs.sku, "offer_id": ""})
    taken = clara_client.post("/products/by-sku", {"sku": theirs.sku, "offer_id": "MINE", "price": "2500"})

    assert "/products/by-sku?sku=4600000000001" in offered
    assert shown.context["origin"].sku == theirs.sku
    assert (refused.status_code, ImportTask.objects.count()) == (422, 1)
    assert taken.url == reverse("catalog:import", args=[ImportTask.objects.get().pk])
    assert anna_client.get(f"/products/by-sku?sku={theirs.sku}").context["origin"] is None


def test_the_switch_is_the_owners(anna_client, boris_client, shop):
    assert boris_client.post("/products/copying", {"forbidden": "1"}).status_code == 403
    assert not queries.copying_forbidden(shop)

    anna_client.post("/products/copying", {"forbidden": "1"})

    assert queries.copying_forbidden(shop)
