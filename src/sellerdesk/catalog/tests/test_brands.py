"""The brand that figures are summed up by is what the card says today, however it was written."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from sellerdesk.catalog.models import DictionaryValue, Product
from sellerdesk.catalog.queries.facets import facets
from sellerdesk.catalog.services import products
from sellerdesk.catalog.tests.conftest import NO_BRAND
from sellerdesk.catalog.types import ValueInput

pytestmark = pytest.mark.django_db


def kept(shop):
    return list(Product.objects.filter(seller_id=shop.id).order_by("offer_id").values_list("offer_id", "brand_id", "brand"))


@pytest.fixture
def cards(shop, depot, draft, actor, now):
    outcomes = products.apply_drafts(seller=shop, actor=actor, now=now, drafts=[draft("A"), draft("B")])
    assert [one.outcome for one in outcomes] == ["created", "created"]
    return [one.product_id for one in outcomes]


def test_a_card_keeps_its_brand_when_it_is_made_and_when_it_changes(shop, cards, draft, actor, now):
    text = kept(shop)[0][2]
    assert kept(shop) == [("A", NO_BRAND, text), ("B", NO_BRAND, text)]
    assert text

    other = DictionaryValue.objects.filter(dictionary_id=28732849).exclude(pk=NO_BRAND).order_by("pk")[0]
    [changed] = products.apply_drafts(seller=shop, actor=actor, now=now, drafts=[draft("A", attributes={
        85: [ValueInput(other.pk)]})])

    assert changed.outcome == "updated"
    assert kept(shop)[0][:2] == ("A", other.pk)
    assert facets(shop, "ru")[cards[0]].brand == other.value_ru
    assert facets(shop, "ru")[cards[1]].brand == "Нет бренда"


def test_cards_of_before_are_filled_in(shop, cards):
    before = kept(shop)
    Product.objects.update(brand_id=0, brand="")
    Product.objects.filter(pk=cards[1]).update(attributes=[{"id": 85, "values": []}, {"id": 1, "values": [{"value": "x"}]}])

    fill = import_module("sellerdesk.catalog.migrations.0016_brands_of_cards").fill
    with connection.cursor() as cursor:
        fill(None, SimpleNamespace(connection=connection, execute=cursor.execute))

    assert kept(shop) == [before[0], ("B", 0, "")]
