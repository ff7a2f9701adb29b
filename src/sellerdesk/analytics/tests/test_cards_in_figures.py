"""Categories and brands are summed up by the database. It says what summing up the goods in Python says."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.analytics.metrics import METRICS, SALES, TRAFFIC
from sellerdesk.analytics.models import GoodsDay, GoodsSlot, StockDay, Traffic
from sellerdesk.analytics.queries import explorer
from sellerdesk.analytics.rules import slot_of
from sellerdesk.analytics.types import Question
from sellerdesk.catalog.models import Category, Dictionary, DictionaryValue, Product
from sellerdesk.catalog.queries.facets import facets

ZONE = ZoneInfo("Asia/Kolkata")
LEVELS = ("category1", "category2", "category3", "category4")
ADDED = tuple(key for key, metric in METRICS.items() if not metric.made.below and set(metric.needs) <= {*SALES, *TRAFFIC})


@pytest.fixture
def goods(stall, now):
    """Sixty products over a tree of four levels; brands of a dictionary, two of one name, and brands as they were typed."""
    dice = Random(5)
    places = [17000101, 18000000]
    Category.objects.create(id=18000000, depth=0, name_en="Garden", name_ru="Сад", name_zh="花园")
    for number in range(1, 12):
        parent = dice.choice([place for place in places if depth(place) < 4])
        Category.objects.create(id=18000000 + number, parent_id=parent, depth=depth(parent), name_en=f"C{number}",
                                name_ru=f"К{number}", name_zh=f"类{number}")
        places.append(18000000 + number)
    Dictionary.objects.create(id=1, name_en="Brand")
    for number, name in enumerate(("Nord", "Süd", "Nord", "")):
        DictionaryValue.objects.create(id=500 + number, dictionary_id=1, value_en=name, value_ru=f"{name}р", value_zh=name)
    brands = [(0, ""), (500, "x"), (501, "y"), (502, "z"), (503, "untold"), (0, "Nord"), (0, "Nordр"), (999, "lost")]
    made = []
    for number in range(60):
        brand = dice.choice(brands)
        made.append(Product(
            id=stall.pan + 1000 + number, seller_id=stall.seller.id, offer_id=f"G{number}", sku=9_000_000 + number,
            name=f"G{number}", category_id=dice.choice(places), type_id=91101, created_at=now, updated_at=now,
            brand_id=brand[0], brand=brand[1], archived=dice.random() < 0.1, model_key=dice.choice(("", "1:1:a"))))
    Product.objects.bulk_create(made)
    # Facts outlive their product.
    sold = [(row.id, row.sku) for row in made] + [(stall.pan + 5000, 9_100_000)]
    slots, days, visits, lying = [], defaultdict(lambda: defaultdict(int)), [], {}
    for _ in range(600):
        product, sku = dice.choice(sold)
        at = now - timedelta(minutes=dice.randrange(12 * 24 * 60))
        place = (dice.choice((1, 2)), dice.choice(("Perm", "")), dice.choice(("fbs", "fbo")))
        values = {name: dice.randrange(50) for name in SALES}
        slots.append((slot_of(at), product, sku, place, values))
        for name, value in values.items():
            days[at.date(), product, sku, place][name] += value
        visits.append((slot_of(at), product, sku, {name: dice.randrange(50) for name in TRAFFIC}))
        lying[at.date(), product, sku, place[0]] = dice.randrange(20)

    def placed(place):
        return dict(zip(("warehouse_id", "region", "scheme"), place, strict=True))

    seller = {"seller_id": stall.seller.id}
    GoodsSlot.objects.bulk_create([GoodsSlot(slot=slot, product_id=product, sku=sku, **placed(place), **values, **seller)
                                   for slot, product, sku, place, values in slots], ignore_conflicts=True)
    kept = set(GoodsSlot.objects.values_list("slot", "sku", "warehouse_id", "region", "scheme"))
    assert len(kept) == len(slots)
    GoodsDay.objects.bulk_create([GoodsDay(day=day, product_id=product, sku=sku, **placed(place), **values, **seller)
                                  for (day, product, sku, place), values in days.items()])
    Traffic.objects.bulk_create([Traffic(slot=slot, product_id=product, sku=sku, **values, **seller)
                                 for slot, product, sku, values in visits], ignore_conflicts=True)
    StockDay.objects.bulk_create([StockDay(day=day, product_id=product, sku=sku, warehouse_id=place, present=units,
                                           reserved=0, price_minor=7, **seller)
                                  for (day, product, sku, place), units in lying.items()])
    return stall


def depth(place: int) -> int:
    found, at = 0, place
    while at is not None:
        found, at = found + 1, Category.objects.filter(pk=at).values_list("parent_id", flat=True).first()
    return found


def ask(goods, now, *by, language="en", **asked):
    return explorer.answer(goods.seller, Question(now.date() - timedelta(days=9), now.date(), by, (*ADDED, "stock"), **{
        "limit": 10**6, **asked}), zone=ZONE, language=language)


def of_card(card, dimension):
    if card is None:
        return ""
    if dimension == "brand":
        return card.brand
    level = int(dimension[-1]) - 1
    return str(card.categories[level][0]) if level < len(card.categories) else ""


def summed(rows, cards, dimension):
    """Rows by (…, SKU) summed up in Python."""
    found = defaultdict(lambda: [0] * len(ADDED))
    for row in rows:
        key = (*row.keys[:-1], of_card(cards.get(int(row.keys[-1])), dimension))
        for at, value in enumerate(row.values[:len(ADDED)]):
            found[key][at] += value
    return {key: tuple(values) for key, values in found.items()}


def told(answer):
    return {row.keys: row.values[:len(ADDED)] for row in answer.rows}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_sums_by_card_are_those_of_the_goods(goods, now, language):
    cards = {one.sku: one for one in facets(goods.seller, language).values()}
    for dimension in (*LEVELS, "brand"):
        for before in ((), ("week",)):
            each = ask(goods, now, *before, "sku", language=language).rows
            shared = ask(goods, now, *before, dimension, language=language)
            assert told(shared) == summed(each, cards, dimension), (dimension, before)
            assert len(shared.rows) > 2
    names = {row.names[0] for row in ask(goods, now, "brand", language=language).rows}
    assert names == {"en": {"", "Nord", "Süd", "untold", "Nordр", "lost"},
                     "ru": {"", "Nordр", "Südр", "р", "Nord", "lost"}}[language]


def test_goods_are_chosen_by_their_card_as_they_are_summed_up_by_it(goods, now):
    cards = {one.sku: one for one in facets(goods.seller, "en").values()}
    for dimension in (*LEVELS, "brand"):
        for row in ask(goods, now, dimension).rows:
            key = row.keys[0]
            if key:
                chosen = {"brand": key} if dimension == "brand" else {"category_id": int(key)}
                found = ask(goods, now, "sku", **chosen)
                assert found.totals == row.values, (dimension, key)
                assert {of_card(cards.get(int(one.keys[0])), dimension) for one in found.rows} == {key}
    assert {int(one.keys[0]) for one in ask(goods, now, "sku", model_key="1:1:a").rows} <= {
        sku for sku, card in cards.items() if card.model_key == "1:1:a"}
    assert ask(goods, now, "sku", brand="Nobody").rows == ()


def test_python_gets_no_row_a_product(goods, now, monkeypatch):
    """What a hundred thousand goods share is few rows."""
    read = []

    def counted(sql, params=()):
        read.append(len(rows := explorer_fetch(sql, params)))
        return rows

    explorer_fetch = explorer.fetch_all
    monkeypatch.setattr(explorer, "fetch_all", counted)
    places, brands = Category.objects.count(), 8

    ask(goods, now, "category2")
    assert max(read) <= places + 1
    ask(goods, now, "brand", category_id=17000101)
    assert max(read) <= max(places, brands) + 1


def test_a_card_that_changes_takes_its_past_along(goods, now):
    before = ask(goods, now, "brand", brand="Süd").totals
    Product.objects.filter(brand_id=501).update(brand_id=0, brand="West")

    assert ask(goods, now, "brand", brand="West").totals == before
    assert ask(goods, now, "brand", brand="Süd").rows == ()
