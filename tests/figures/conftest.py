"""Three shops that traded over the change of the clocks: every scheme, split postings, cancellations, returns, visits.

Berlin put its clocks back on 25 October 2026; India is half an hour off and never changes its clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from sellerdesk.analytics.services import closing, facts, traffic
from sellerdesk.analytics.types import Hit, Visits
from sellerdesk.catalog.models import Category, Dictionary, DictionaryValue, Product, ProductType
from sellerdesk.core import ids
from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Charge
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock
from sellerdesk.inventory.types import StockInput, StockLine
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.types import Cancellation
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.models import Price
from sellerdesk.pricing.types import PriceInput
from sellerdesk.returns import services as returns
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import services as sellers
from tests.figures.lying import Closed
from tests.stall import Stall, build

ZONES = ("Europe/Berlin", "Asia/Kolkata")
SINCE, UNTIL, NOW = date(2026, 10, 18), date(2026, 11, 10), datetime(2026, 11, 10, 13, 7, tzinfo=UTC)
#: UTC days that were closed; of the others nothing is known.
CLOSED = tuple(date(2026, month, day) for month, days in ((10, (20, 21, 22, 24, 25, 26, 30)), (11, (1, 2, 5, 6, 9)))
               for day in days)
_SYSTEM = Actor.system("test")
_KAZAN = 1_020_004_000_000_301
_BRANDS, _NORDLICHT = 28732849, 971_000_001
#: name, price, category, brand (dictionary value, text), model key; the stall's mug and pan come before them.
_GOODS = (
    ("Kettle", "3190", 17000104, (_NORDLICHT, "Nordlicht"), "91101:1:polar"),
    ("Pot", "2750.50", 17000104, (_NORDLICHT, "Nordlicht"), "91101:1:polar"),
    ("Bowl", "410", 17000103, (0, "Handmade"), ""), ("Plate", "299.99", 17000102, (0, "Handmade"), "91101:0:plain"),
    ("Jug", "1250", 17000101, (0, ""), ""), ("Spoon", "89.90", 17000104, (0, ""), "91101:0:plain"),
    ("Fork", "95", 17000103, (_NORDLICHT, "Nordlicht"), ""), ("Knife", "650", 17000102, (0, "Handmade"), ""),
    ("Whisk", "340", 17000101, (0, ""), ""))


@dataclass
class Market:
    """The stalls, every visit that the storefront told of, one by one, and what lay there as days were closed."""

    stalls: list[Stall] = field(default_factory=list)
    visits: list[Visits] = field(default_factory=list)
    closed: Closed = field(default_factory=Closed)


@pytest.fixture
def market(shop, rival_shop, clara, now, dated_rules, actor) -> Market:
    """One shop in Moscow paid in roubles, one paid in yuan, one in India."""
    third = sellers.register_shop(
        user_id=clara.pk, legal_name="Third LLC", country="RU", registration_number="7728168971", shop_name="Third",
        currency="RUB", time_zone="Asia/Kolkata", language="en", accepts_offer=True, actor=actor, now=now)
    made = Market()
    for number, (one, prefix) in enumerate(((shop, ""), (rival_shop, "C-"), (third, "T-"))):
        stall, dice = build(one, actor, now, prefix), Random(number)
        made.stalls.append(stall)
        goods = _goods(stall, prefix)
        _trade(stall, goods, dice)
        made.visits += _visits(stall, [stall.mug, stall.pan, *goods[:6]], dice)
    facts.hear([_entry(row) for row in Activity.objects.filter(event__in=facts.EVENTS).order_by("id").values_list(
        *_COLUMNS)])
    traffic.note_visits(made.visits)
    _close(made.closed)
    _search(made)
    return made


def _search(made: Market) -> None:
    """What buyers searched for, on some days and about some goods."""
    dice = Random(11)
    for day in CLOSED[::2]:
        pairs = {(dice.choice(("mug", "чайник", "big pot")), dice.choice(list(Product.objects.values_list(
            "seller_id", "id", "sku")))) for _ in range(25)}
        hits = [Hit(seller, query, product, sku, *(dice.randrange(0, 60) for _ in range(4)), dice.randrange(10**5),
                    dice.randrange(900)) for query, (seller, product, sku) in sorted(pairs)]
        made.closed.hits += [(day, hit) for hit in hits]
        traffic.note_searches(day, [], hits)


def _close(closed: Closed) -> None:
    """Days that end with other shelves, prices and cards than today's, which are put back."""
    dice, goods = Random(7), {row.pk: row for row in Product.objects.all()}
    shelves, prices = list(Stock.objects.order_by("id")), {row.product_id: row for row in Price.objects.all()}
    for day in CLOSED:
        unpriced = dice.choice(sorted(prices))
        for shelf in shelves:
            present = dice.choice((0, 0, dice.randrange(1, 40)))
            reserved = dice.choice((0, present, dice.randrange(present + 1)))
            price = None if shelf.product_id == unpriced else dice.randrange(1, 10**6)
            Stock.objects.filter(pk=shelf.pk).update(present=present, reserved=reserved, short=0)
            # One shop's product has one price, wherever it lies.
            price = next((row[6] for row in closed.shelves if row[1:3] == (day, shelf.product_id)), price)
            Price.objects.filter(pk=shelf.product_id).update(price_minor=price or 1)
            closed.shelves.append((shelf.seller_id, day, shelf.product_id, shelf.warehouse_id, present, reserved, price))
        for card in goods.values():
            score = dice.randrange(101)
            Product.objects.filter(pk=card.pk).update(score=score)
            closed.cards.append((card.seller_id, day, score))
        Price.objects.filter(pk=unpriced).delete()
        assert closing.close(day, NOW)
        prices[unpriced].save(force_insert=True)
    for price in prices.values():
        price.save()
    for shelf in shelves:
        shelf.save()
    for card in goods.values():
        card.save(update_fields=["score"])


def _goods(stall: Stall, prefix: str) -> list[int]:
    """Nine more products over four levels of the tree; some lie in a second warehouse that delivers itself, one with
    the marketplace, some are nearly sold out and some have errors."""
    for depth in (1, 2, 3):
        Category.objects.get_or_create(id=17000101 + depth, defaults={
            "parent_id": 17000100 + depth, "depth": depth, "name_en": f"Level {depth + 1}", "name_ru": f"Уровень {depth + 1}",
            "name_zh": f"第{depth + 1}层"})
        ProductType.objects.get_or_create(id=91101 + depth, defaults={
            "category_id": 17000101 + depth, "name_en": "Ware", "name_ru": "Посуда", "name_zh": "器皿"})
    Dictionary.objects.get_or_create(id=_BRANDS, defaults={"name_en": "Brand"})
    DictionaryValue.objects.get_or_create(id=_NORDLICHT, defaults={
        "dictionary_id": _BRANDS, "value_en": "Nordlicht", "value_ru": "Нордлихт", "value_zh": "北光"})
    made = list(ids.allocate("catalog.product", len(_GOODS), stall.seller.id))
    for id_, sku, (name, _price, category, (value, text), model) in zip(
            made, ids.allocate("catalog.sku", len(_GOODS)), _GOODS, strict=True):
        said = [{"id": 85, "values": [{"dictionary_value_id": value, "value": text}]}] if text else []
        said += [{"id": 9048, "values": [{"dictionary_value_id": 0, "value": model.rpartition(":")[2]}]}] if model else []
        Product.objects.create(
            id=id_, seller_id=stall.seller.id, offer_id=f"{prefix}{name.upper()}", sku=sku, name=name,
            category_id=category, type_id=91101 + category - 17000101, weight_g=300, status="price_sent",
            model_key=model, attributes=said, brand_id=value, brand=text, search_text=name.lower(), created_at=stall.now, updated_at=stall.now,
            problem_count=2 if name == "Whisk" else 0)
    own = inventory.create_warehouse(
        seller=stall.seller, name="Yard", city="Москва", address="", time_zone="Europe/Moscow", cut_off=time(18), kind="own",
        actor=stall.actor, now=stall.now)
    priced = pricing.set_prices(seller=stall.seller, actor=_SYSTEM, now=datetime(2026, 10, 1, tzinfo=UTC), changes=[
        PriceInput(product_id=id_, price=row[1]) for id_, row in zip(made, _GOODS, strict=True)])
    assert all(one.updated for one in priced), priced
    stocked = inventory.set_stocks(seller=stall.seller, actor=_SYSTEM, now=stall.now, changes=[
        StockInput(warehouse_id=own.id if at in (2, 3) else stall.warehouse_id, stock=stock, product_id=id_)
        for at, (id_, stock) in enumerate(zip(made, (60, 60, 60, 60, 60, 60, 60, 3, 0), strict=True))])
    assert all(one.updated for one in stocked), stocked
    Product.objects.filter(pk=made[-2]).update(status="declined")
    inventory.receive(seller=stall.seller, lines=[StockLine(made[4], _KAZAN, 30, "supply", datetime(2026, 10, 1, tzinfo=UTC))])
    inventory.set_stocks(seller=stall.seller, actor=_SYSTEM, now=stall.now, changes=[
        StockInput(warehouse_id=stall.warehouse_id, stock=60, product_id=id_) for id_ in (stall.mug, stall.pan)])
    return made


def _moments(dice: Random) -> list[datetime]:
    """Anywhere in the weeks, and thick around the midnights of both zones on the day that had 25 hours."""
    since = datetime(2026, 9, 20, tzinfo=UTC)
    anywhere = [since + timedelta(minutes=dice.randrange(24 * 27 * 60)) for _ in range(9)]
    anywhere += [datetime(2026, 10, 17, 12, tzinfo=UTC) + timedelta(minutes=dice.randrange(24 * 24 * 60))
                 for _ in range(22)]
    edges = [datetime(2026, 10, 24 + day, hour, minute, 59 * (minute == 59), tzinfo=UTC) for day in (0, 1)
             for hour, minute in ((21, 59), (22, 0), (22, 59), (23, 0), (18, 29), (18, 30))]
    today = [datetime(2026, 11, day, hour, minute, tzinfo=UTC) for day in (3, 10)
             for hour, minute in ((9, 0), (13, 6), (13, 7), (20, 0))]
    return sorted([*anywhere, *edges, *today])


def _trade(stall: Stall, goods: list[int], dice: Random) -> None:
    moments = _moments(dice)
    mostly = [stall.mug, stall.pan, *goods[:6]]
    requests = []
    for at in moments:
        first = dice.choice(mostly[:2] if _ends_the_month(at) else mostly)
        lines = [(first, dice.randrange(1, 3))]
        # What delivers itself lies alone in its warehouse, what the marketplace keeps in another one.
        if first not in goods[2:5] and dice.random() < 0.4:
            lines.append((stall.pan if first != stall.pan else stall.mug, 1))
        request = stall.request(*lines, at=at, city=dice.choice(["Казань", "Пермь"]))
        region = dice.choice(["", "Татарстан", "Пермский край"])
        requests.append(type(request)(**{name: getattr(request, name) for name in request.__slots__} | {"region": region}))
    numbers = stall.place(*requests)
    place = dict(zip(numbers, moments, strict=True))
    schemes = dict(Posting.objects.filter(number__in=numbers).values_list("number", "scheme"))
    for number in [one for one in numbers if schemes[one] == "fbs" and one in _two_lines(numbers)][:4]:
        _kept, part = orders.split_posting(seller=stall.seller, number=number, parts=[[_one_unit(number)]], actor=_SYSTEM,
                                           now=place[number] + timedelta(minutes=5))
        if dice.random() < 0.6:
            _cancel(stall, part, place[number] + timedelta(hours=3))
    ends = {number: dice.random() for number in numbers}
    ends |= {number: 0.9 for number in numbers if _ends_the_month(place[number])}
    for number in numbers:
        if ends[number] < 0.25:
            _cancel(stall, number, place[number] + timedelta(hours=dice.randrange(1, 50)))
    done = [number for number in numbers if ends[number] > 0.5 and place[number] < NOW - timedelta(days=3)]
    for number in done:
        _carry(stall, number, schemes[number], place[number])
    packed = [number for number in numbers if 0.25 <= ends[number] < 0.33 and schemes[number] == "fbs"]
    for number in packed:
        orders.ship_many(seller=stall.seller, numbers=[number], actor=_SYSTEM, now=place[number] + timedelta(hours=1))
    orders.confirm_due(NOW)
    first = {number: _one_unit(number)[0] for number in done}
    returns.request_returns(seller=stall.seller, actor=_SYSTEM, requests=[
        ReturnRequest(number, first[number], 1, dice.choice(("defective", "does_not_fit")), place[number] + timedelta(hours=dice.randrange(70, 190)), "")
        for number in done[::2] if schemes[number] == "fbs"])
    stall.spread()
    some = list(Return.objects.filter(seller_id=stall.seller.id, kind="ClientReturn").order_by("id").values_list("id", flat=True))
    Return.objects.filter(pk__in=some[:2]).update(state="arrived")
    finance.book_charges(charges=[Charge(
        stall.seller.id, f"{stall.seller.id}-{at}", kind, numbers[at], stall.seller.currency,
        NOW - timedelta(days=days, minutes=1), amount, 3) for at, (kind, days, amount) in enumerate((
            ("penalty", 0, -12_345), ("storage", 7, -777), ("compensation", 6, 50_050), ("storage", 1, -1_001),
            ("compensation_back", 2, -9)))])


def _two_lines(numbers: list[str]) -> set[str]:
    found = list(PostingLine.objects.filter(posting__number__in=numbers).values_list("posting__number", flat=True))
    return {number for number in found if found.count(number) > 1}


def _one_unit(number: str) -> tuple[int, int]:
    return PostingLine.objects.filter(posting__number=number).order_by("id").values_list("sku", flat=True)[0], 1


def _cancel(stall: Stall, number: str, at: datetime) -> None:
    orders.cancel_many(seller=stall.seller, actor=_SYSTEM, items=[Cancellation(number, 505, "", "client", at)])


def _carry(stall: Stall, number: str, scheme: str, at: datetime) -> None:
    """To the buyer's door, as each scheme does it."""
    if scheme == "fbo":
        for step in ("picking", "packed"):
            orders.fulfil_many(seller=stall.seller, numbers=[number], step=step, actor=_SYSTEM, now=at + timedelta(hours=1))
    else:
        orders.ship_many(seller=stall.seller, numbers=[number], actor=_SYSTEM, now=at + timedelta(hours=1))
    if scheme == "fbs":
        orders.hand_over(seller=stall.seller, numbers=[number], actor=_SYSTEM, now=at + timedelta(hours=9))
    if scheme == "rfbs":
        for act, hours in (("delivering", 5), ("last_mile", 9), ("delivered", 41)):
            [outcome] = orders.act_many(seller=stall.seller, act=act, numbers=[number], actor=_SYSTEM,
                                        now=at + timedelta(hours=hours))
            assert outcome.done, outcome
        return
    stall.scan(number, "accepted", "delivered", at=at + timedelta(hours=168 if _ends_the_month(at) else 60))


def _ends_the_month(at: datetime) -> bool:
    """What was ordered around the midnights of October's long day comes around those that end the month."""
    return at.date() == date(2026, 10, 24)


def _visits(stall: Stall, products: list[int], dice: Random) -> list[Visits]:
    made = []
    for at in _moments(dice) * 4:
        seen, opened = dice.randrange(40), dice.randrange(12)
        carts = dice.randrange(3), dice.randrange(4)
        product = dice.choice(products)
        made.append(Visits(
            stall.seller.id, at, product, stall.sku(product), seen, opened, seen // 2 + opened, seen // 2, opened,
            *carts, seen * dice.randrange(1, 30)))
    return made
