"""What a search finds in chats, tickets, orders and products, measured: the tables of docs/guide/search.md.

SEARCH_TABLES=write pytest tests/search writes them anew. The table of help articles stands in docs/guide/help.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.rules import fold
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.actor import Actor
from sellerdesk.messaging import queries as messaging
from sellerdesk.messaging import services as talking
from sellerdesk.messaging.types import ChatFilter, Said
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingFilter
from sellerdesk.support import queries as support
from sellerdesk.support import services as asking
from sellerdesk.support.types import Attached, QueueFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
DOC = Path(__file__).resolve().parents[2] / "docs" / "guide" / "search.md"
#: What people write, by a short name. Each is said in a chat of its own and in a ticket of its own.
SAID = {
    "late-en": "My orders have not arrived, the carrier lost one parcel",
    "one-en": "This order came with a broken mug, I want a refund",
    "label-en": "The label was printed twice and the barcode cannot be scanned",
    "price-en": "Prices of headphones changed while I was paying",
    "late-ru": "Где мои заказы? Курьер потерял посылку",
    "one-ru": "По этому заказу пришла разбитая кружка, верните деньги",
    "label-ru": "Этикетка не читается, штрихкод не сканируется",
    "price-ru": "Цена наушников изменилась во время оплаты заказов",
    "late-zh": "我的订单还没有到，快递把包裹弄丢了",
    "one-zh": "这个订单里的杯子碎了，我要退款",
    "label-zh": "标签打印了两次，条形码扫不出来",
    "price-zh": "付款的时候耳机的价格变了",
}
ASKED = {
    "orders": {"late-en", "one-en"}, "order": {"late-en", "one-en"}, "ORDERS": {"late-en", "one-en"},
    "заказы": {"late-ru", "one-ru", "price-ru"}, "заказ": {"late-ru", "one-ru", "price-ru"},
    "заказами": {"late-ru", "one-ru", "price-ru"}, "Заказов": {"late-ru", "one-ru", "price-ru"},
    "订单": {"late-zh", "one-zh"}, "我的订单": {"late-zh"},
    "parcels": {"late-en"}, "посылки": {"late-ru"}, "посылка": {"late-ru"}, "包裹": {"late-zh"},
    "broken mugs": {"one-en"}, "разбитые кружки": {"one-ru"}, "杯子 碎了": {"one-zh"},
    "refunds": {"one-en"}, "деньгами": {"one-ru"}, "退款": {"one-zh"},
    "labels": {"label-en"}, "этикетки": {"label-ru"}, "标签": {"label-zh"},
    "scanning barcodes": {"label-en"}, "штрихкоды": {"label-ru"}, "条形码": {"label-zh"},
    "headphone": {"price-en"}, "наушники": {"price-ru"}, "耳机": {"price-zh"},
    "price": {"price-en"}, "цены": {"price-ru"}, "价格": {"price-zh"},
    "pay": {"price-en"}, "оплата": {"price-ru"}, "付款": {"price-zh"},
    "tractor": set(), "трактор": set(), "拖拉机": set(),
}
#: Names of goods, which products and orders are found by, and what somebody types who looks for them.
GOODS = {"mug": "Кружка эмалированная с ёлкой", "pan": "Steel frying pans 28 cm 不粘煎锅"}
GOODS_ASKED = {
    "кружки": {"mug"}, "кружку": {"mug"}, "эмалированные кружки": {"mug"}, "елки": {"mug"}, "Ёлкой": {"mug"},
    "frying pan": {"pan"}, "pans": {"pan"}, "煎锅": {"pan"}, "不粘": {"pan"}, "чайник": set(), "水壶": set(),
}
Row = tuple[str, str, int, int, int]


@pytest.fixture
def chats(stall: Any) -> dict[int, str]:
    numbers = stall.place(*(stall.request((stall.pan, 1), buyer="Buyer") for _text in SAID))
    ids = talking.buyers_say(seller=stall.seller, actor=Actor.buyer("Buyer"), said=[
        Said(number, text, stall.now) for number, text in zip(numbers, SAID.values(), strict=True)])
    return dict(zip(ids, SAID, strict=True))


@pytest.fixture
def tickets(stall: Any, anna: Any) -> dict[int, str]:
    return {asking.open_ticket(
        seller=stall.seller, user_id=anna.pk, email=anna.email, language="en", topic="money.fee", subject="", text=text,
        attached=Attached(), files=[], actor=stall.actor, now=stall.now): name for name, text in SAID.items()}


@pytest.fixture
def goods(stall: Any) -> dict[int, str]:
    for name, text in GOODS.items():
        Product.objects.filter(pk=getattr(stall, name)).update(name=text, search_text=fold(text))
    return {getattr(stall, name): name for name in GOODS}


@pytest.fixture
def postings(stall: Any, goods: dict[int, str]) -> dict[str, str]:
    numbers = stall.place(*(stall.request((product, 1), buyer="Buyer") for product in goods))
    return dict(zip(numbers, goods.values(), strict=True))


def measured(asked: dict[str, set[str]], find: Callable[[str], set[str]]) -> Iterator[Row]:
    """Query, what it means, how many were found of how many, and how many beside them."""
    for query, wanted in asked.items():
        found = find(query)
        yield query, ", ".join(sorted(wanted)), len(found & wanted), len(wanted), len(found - wanted)


def test_every_query_finds_what_is_meant_and_the_tables_say_so(
        stall: Any, chats: dict[int, str], tickets: dict[int, str], goods: dict[int, str], postings: dict[str, str]
        ) -> None:
    seller = stall.seller
    tables = {
        "Chats": measured(ASKED, lambda text: {chats[row.id] for row in messaging.chats_page(
            seller, filter=ChatFilter(search=text)).rows}),
        "Tickets of the shop": measured(ASKED, lambda text: {tickets[row.id] for row in support.tickets_page(
            seller, user_id=None, unsolved=True, cursor=None, limit=50, search=text).rows}),
        "Tickets for operators": measured(ASKED, lambda text: {tickets[row.id] for row in support.queue_page(
            QueueFilter(state="all", search=text), cursor=None, limit=50).rows}),
        "Products": measured(GOODS_ASKED, lambda text: {goods[row.id] for row in catalog.products_page(
            seller, filter=ProductFilter(search=text)).rows}),
        "Orders": measured(GOODS_ASKED, lambda text: {postings[row.number] for row in orders.postings_page(
            seller, filter=PostingFilter(search=text)).rows if row.number in postings}),
    }
    rows = {name: list(each) for name, each in tables.items()}

    text = told(rows)
    if os.environ.get("SEARCH_TABLES") == "write":
        DOC.write_text(text, encoding="utf-8")
    missed = [(name, row) for name, each in rows.items() for row in each if row[2] < row[3] or row[4]]
    assert missed == []
    assert DOC.read_text(encoding="utf-8") == text


def told(rows: dict[str, list[Row]]) -> str:
    head, mark, _rest = DOC.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    parts = [head + mark]
    for name, each in rows.items():
        right = sum(row[2] == row[3] and not row[4] for row in each)
        parts.append(f"\n## {name}\n\n{len(each)} queries, {right} of them find all that is meant and nothing else.\n\n"
                     "| query | what is meant | found | beside |\n|---|---|---:|---:|\n")
        parts += [f"| {query} | {wanted or '–'} | {found} of {of} | {beside} |\n"
                  for query, wanted, found, of, beside in each]
    return "".join(parts)
