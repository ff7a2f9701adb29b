"""Anna's stall: a shop that can sell, for tests of what happens to orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.catalog.models import Category, Product, ProductType
from sellerdesk.core import ids, outbox, rules
from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ScanInput
from sellerdesk.orders import queries, services
from sellerdesk.orders.types import OrderRequest, Placed
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.sellers.types import SellerRef

DMITRI = Actor.buyer("Dmitri")
COURIER = Actor.courier("Veloport")


@dataclass
class Stall:
    """A shop with a warehouse and goods on the shelf: 20 mugs at 1,000.00 and 20 pans at 250.50, both 300 g."""

    seller: SellerRef
    actor: Actor
    warehouse_id: int
    mug: int
    pan: int
    now: datetime
    told: dict[str, int] = field(default_factory=dict)

    def request(self, *lines: tuple[int, int], at: datetime | None = None, buyer: str = "Dmitri K.",
                city: str = "Казань") -> OrderRequest:
        return OrderRequest(buyer, "+79031234567", city, "", "Lenina 1", lines or ((self.mug, 1),), at or self.now)

    def place(self, *requests: OrderRequest) -> list[str]:
        """Places orders that must succeed; their posting numbers."""
        placed = services.place_orders(seller=self.seller, orders=requests or [self.request()], actor=DMITRI)
        assert all(isinstance(one, Placed) for one in placed), placed
        return [one.posting_number for one in placed if isinstance(one, Placed)]

    def packed(self, *requests: OrderRequest) -> list[str]:
        numbers = self.place(*requests)
        # A minute ago: the carrier needs a moment for the label.
        services.ship_many(seller=self.seller, numbers=numbers, actor=self.actor, now=self.now - timedelta(minutes=1))
        return numbers

    def handed_over(self, *requests: OrderRequest) -> list[str]:
        numbers = self.packed(*requests)
        services.hand_over(seller=self.seller, numbers=numbers, actor=self.actor, now=self.now)
        return numbers

    def scan(self, number: str, *codes: str, at: datetime | None = None) -> None:
        """Scans the posting's parcel and lets the news spread."""
        tracking = queries.posting(self.seller, number).tracking_number
        logistics.record_scans(scans=[ScanInput(tracking, code, "Казань", at or self.now) for code in codes],
                               actor=COURIER)
        self.spread()

    def spread(self) -> None:
        """Tells orders and returns what is new, as the worker would.

        On PostgreSQL the outbox gives out a row only when its transaction has ended, which that of a test never does.
        """
        for name in ("orders.parcels", "returns.news", "analytics.facts"):
            subscriber = outbox._subscribers[name]
            news = [_entry(row) for row in Activity.objects.filter(
                id__gt=self.told.get(name, 0), event__in=subscriber.events).order_by("id").values_list(*_COLUMNS)]
            if news:
                subscriber.handler(news)
                self.told[name] = news[-1].id

    def shelf(self, product_id: int) -> tuple[int, int]:
        """present, reserved"""
        row = stock.stocks(self.seller, [product_id])[product_id][0]
        return row.present, row.reserved

    def place_of(self, number: str) -> tuple[str, str]:
        card = queries.posting(self.seller, number)
        return card.state, card.substate

    def sku(self, product_id: int) -> int:
        return Product.objects.get(pk=product_id).sku


def build(seller: SellerRef, actor: Actor, now: datetime, prefix: str = "", kind: str = "drop_off") -> Stall:
    category, _ = Category.objects.get_or_create(id=17000101, defaults={
        "name_en": "Kitchen", "name_ru": "Кухня", "name_zh": "厨房"})
    product_type, _ = ProductType.objects.get_or_create(id=91101, defaults={
        "category": category, "name_en": "Mug", "name_ru": "Кружка", "name_zh": "杯子"})
    products = ids.allocate("catalog.product", 2, seller.id)
    skus = ids.allocate("catalog.sku", 2)
    for id_, sku, name in zip(products, skus, ("Mug", "Pan"), strict=True):
        Product.objects.create(id=id_, seller_id=seller.id, offer_id=f"{prefix}{name.upper()}-1", sku=sku,
                               name=f"{name} «Ёлка»", category=category, type=product_type, weight_g=300, status="price_sent",
                               search_text=name.lower(), created_at=now, updated_at=now)
    place = inventory.create_warehouse(
        seller=seller, name="Main", city="Москва", address="", time_zone="Europe/Moscow", cut_off=time(18), kind=kind,
        actor=actor, now=now)
    priced = pricing.set_prices(seller=seller, actor=actor, now=now, changes=[
        PriceInput(product_id=product, price=price) for product, price in zip(products, ("1000", "250.50"),
                                                                              strict=True)])
    assert all(one.updated for one in priced), priced
    stocked = inventory.set_stocks(seller=seller, actor=actor, now=now, changes=[
        StockInput(warehouse_id=place.id, stock=20, product_id=product) for product in products])
    assert all(one.updated for one in stocked), stocked
    return Stall(seller, actor, place.id, products[0], products[1], now)


@pytest.fixture
def stall(shop: SellerRef, actor: Actor, now: datetime) -> Stall:
    """Anna's stall."""
    return build(shop, actor, now)


@pytest.fixture
def labels_at_once(dated_rules: None) -> None:
    """A carrier that makes labels the moment a parcel is packed."""
    rules.put("handover.label_delay", "", {"seconds": 0}, valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")


@pytest.fixture
def rival_stall(rival_shop: SellerRef, actor: Actor, now: datetime) -> Stall:
    """Clara's."""
    return build(rival_shop, actor, now, "C-")


@pytest.fixture
def statements(db: None) -> Callable[[Callable[[], object]], int]:
    """How many statements a call needs."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as seen:
            call()
        return len(seen)

    return count
