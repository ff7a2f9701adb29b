"""A shop with goods, warehouse, prices, stock and orders, and a program that holds a key to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sellerdesk.catalog.models import Category, Product, ProductType
from sellerdesk.catalog.services import loading
from sellerdesk.core import clock, ids
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.services import calls
from sellerdesk.sellers.types import SellerRef

SHAPES = {
    shape["path"]: shape
    for shape in (json.loads(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "shapes").iterdir())
}
# A type of the starter catalogue, with its category.
TYPE_ID, CATEGORY_ID = 91101, 17000101
MARKET = Actor.system("market")


@pytest.fixture(autouse=True)
def _full_budgets() -> Iterator[None]:
    budget.forget()
    calls.forget()
    yield
    budget.forget()


@dataclass
class Program:
    """A client of the API with the key of one shop. `call` checks every answer against its recorded shape."""

    seller: SellerRef
    key: str
    client: Client

    def post(self, path: str, body: Any = None, **headers: str | None) -> Any:
        sent = {"Client-Id": str(self.seller.id), "Api-Key": self.key, **headers}
        content = body if isinstance(body, (bytes, str)) else json.dumps(body or {})
        return self.client.post(
            path,
            content,
            content_type="application/json",
            headers={name: value for name, value in sent.items() if value is not None},
        )

    def send(self, method: str, path: str, body: bytes) -> Any:
        """By the method's own verb; a GET takes nothing."""
        if method == "POST":
            return self.post(path, body)
        return self.client.get(path, headers={"Client-Id": str(self.seller.id), "Api-Key": self.key})

    def call(self, path: str, body: Any = None, **headers: str) -> Any:
        response = self.post(path, body, **headers)
        assert response.status_code == 200, response.content
        answer = response.json()
        faults = list(wrong(SHAPES[path]["answer"], answer))
        assert faults == []
        return answer

    def queries(self, path: str, body: Any = None) -> int:
        """How many queries a call needs, without what a process looks up anew twice a second (clock, dated rules)."""
        with CaptureQueriesContext(connection) as drawn:
            self.call(path, body)
        return sum("core_clockstate" not in one["sql"] and "core_datedrule" not in one["sql"] for one in drawn)

    def refusal(self, path: str, body: Any = None, **headers: str | None) -> tuple[int, int, str]:
        response = self.post(path, body, **headers)
        refused = response.json()
        assert refused["details"] == []
        return response.status_code, refused["code"], refused["message"]


def wrong(shape: Any, value: Any, at: str = "$") -> Iterator[str]:
    """What in an answer is not as recorded: absent or unknown fields, other types. null stands for any object or time."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{at}: a list expected, got {value!r}"
            return
        for index, item in enumerate(value):
            yield from wrong(shape[0], item, f"{at}[{index}]")
    elif isinstance(shape, dict):
        if value is None or not shape:
            return
        if not isinstance(value, dict):
            yield f"{at}: an object expected, got {value!r}"
            return
        # In the category tree a node is a category or a type, and carries only its own fields.
        if "type_name" not in shape:
            yield from (f"{at}.{name}: absent" for name in shape if name not in value)
        yield from (f"{at}.{name}: unknown" for name in value if name not in shape)
        for name, inner in shape.items():
            if name in value:
                yield from wrong(inner, value[name], f"{at}.{name}")
    else:
        fits = {
            "text": lambda: isinstance(value, str) or value is None,
            "bool": lambda: isinstance(value, bool),
            "int64": lambda: (isinstance(value, int) and not isinstance(value, bool)) or (str(value).isdigit()),
            "number": lambda: isinstance(value, (int, float)) and not isinstance(value, bool),
            "time": lambda: value is None or (value.endswith("Z") and datetime.fromisoformat(value)),
        }
        if not fits[shape]():
            yield f"{at}: {shape} expected, got {value!r}"


@pytest.fixture
def key_of(client: Client, now: datetime) -> Callable[..., Program]:
    """A program for a shop, with the roles given."""

    def make(seller: SellerRef, *roles: str) -> Program:
        made = sellers.create_key(
            seller=seller, name="Feed", roles=roles or ("Admin",), actor=MARKET, user_id=None, real_now=clock.real_now()
        )
        return Program(seller, made.secret, client)

    return make


@pytest.fixture
def program(shop: SellerRef, key_of: Callable[..., Program]) -> Program:
    """Anna's program, which may do everything."""
    return key_of(shop)


@pytest.fixture
def rival(rival_shop: SellerRef, key_of: Callable[..., Program]) -> Program:
    """Clara's program."""
    return key_of(rival_shop)


@pytest.fixture
def starter(now: datetime, db: None) -> None:
    """The whole starter catalogue."""
    loading.load_starter(now)


@dataclass
class Shelf:
    """Goods of one shop: product ids and SKUs by offer id, and the warehouse they lie in."""

    warehouse_id: int
    ids: dict[str, int]
    skus: dict[str, int]


@pytest.fixture
def shelf_of(now: datetime) -> Callable[..., Shelf]:
    """Puts `count` plain goods on a shop's shelf, at 1000.00 + 100 a piece, ten of each."""

    def make(seller: SellerRef, count: int = 3, prefix: str = "A") -> Shelf:
        category, _ = Category.objects.get_or_create(
            id=CATEGORY_ID, defaults={"name_en": "Audio", "name_ru": "Аудио", "name_zh": "音响"}
        )
        kind, _ = ProductType.objects.get_or_create(
            id=TYPE_ID,
            defaults={"category": category, "name_en": "Headphones", "name_ru": "Наушники", "name_zh": "耳机"},
        )
        offers = [f"{prefix}-{number}" for number in range(1, count + 1)]
        taken, skus = ids.allocate("catalog.product", count, seller.id), ids.allocate("catalog.sku", count)
        Product.objects.bulk_create(
            Product(
                id=id_, seller_id=seller.id, offer_id=offer, sku=sku, name=f"Item {offer}", category=category,
                type=kind, barcodes=["4600000000017"], depth_mm=100, width_mm=200, height_mm=50, weight_g=400,
                vat="0.2", status="price_sent", created_at=now, updated_at=now,
            )
            for id_, sku, offer in zip(taken, skus, offers, strict=True)
        )  # fmt: skip
        pricing.set_prices(
            seller=seller,
            changes=[
                PriceInput(product_id=id_, price=f"{1000 + 100 * at}", old_price=f"{1500 + 100 * at}")
                for at, id_ in enumerate(taken)
            ],
            actor=MARKET,
            now=now,
        )
        depot = inventory.create_warehouse(
            seller=seller, name=f"Depot {prefix}", city="Moscow", time_zone="Europe/Moscow", cut_off=time(18),
            actor=MARKET, now=now,
        )  # fmt: skip
        inventory.set_stocks(
            seller=seller,
            changes=[StockInput(depot.id, 10, product_id=id_) for id_ in taken],
            actor=MARKET,
            now=now,
        )
        return Shelf(depot.id, dict(zip(offers, taken, strict=True)), dict(zip(offers, skus, strict=True)))

    return make


@pytest.fixture
def shelf(shop: SellerRef, shelf_of: Callable[..., Shelf]) -> Shelf:
    return shelf_of(shop)


@pytest.fixture
def order_of(now: datetime) -> Callable[..., str]:
    """Dmitri buys; returns the posting number."""

    def buy(seller: SellerRef, *lines: tuple[int, int], ago: timedelta = timedelta(hours=1)) -> str:
        placed = orders.place_orders(
            seller=seller,
            orders=[OrderRequest("Dmitri", "+79990000000", "Perm", "Perm Krai", "Lenina 1", lines, now - ago)],
            actor=Actor.buyer("Dmitri"),
        )[0]
        return placed.posting_number  # type: ignore[union-attr]

    return buy
