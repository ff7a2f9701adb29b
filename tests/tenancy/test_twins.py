"""D04: two shops that name everything alike; whatever one does, no row of the other moves and no word of it is shown."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sellerdesk.catalog import services as catalog
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import DomainError
from sellerdesk.core.models import Activity, Message
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as selling
from sellerdesk.orders.types import PostingFilter
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.services import calls
from tests.tenancy.conftest import plain, rows_of, sign_in
from tests.tenancy.test_pages import ids_of, pages

pytestmark = pytest.mark.django_db
STEPS = 60


def step(dice: random.Random, world: Any, client: Client, at: int) -> None:
    """One thing that people or programs of a shop do."""
    seller, stall, actor, now = world.seller, world.stall, Actor.user(world.owner.pk, "Anna"), world.stall.now
    goods, offers = [stall.mug, stall.pan], ["MUG-1", "PAN-1"]
    numbers = [row.number for row in orders.postings_page(seller, filter=PostingFilter(), cursor=None, limit=50).rows]
    number = dice.choice(numbers)
    price = f"{dice.randrange(500, 2000)}.{dice.randrange(100):02d}"
    acts = [
        lambda: pricing.set_prices(seller=seller, changes=[PriceInput(offer_id=dice.choice(offers), price=price)],
                                   actor=actor, now=now),
        lambda: inventory.set_stocks(seller=seller, actor=actor, now=now, changes=[
            StockInput(stall.warehouse_id, dice.randrange(50), offer_id=dice.choice(offers))]),
        lambda: stall.place(stall.request((dice.choice(goods), 1))),
        lambda: selling.ship_many(seller=seller, numbers=[number], actor=actor, now=now),
        lambda: selling.hand_over(seller=seller, numbers=[number], actor=actor, now=now),
        lambda: selling.cancel_posting(seller=seller, number=number, reason_id=352, message="", by="seller",
                                       actor=actor, now=now),
        lambda: catalog.shelving.archive(seller=seller, product_ids=[dice.choice(goods)], actor=actor, now=now),
        lambda: catalog.shelving.unarchive(seller=seller, product_ids=goods, actor=actor, now=now),
        lambda: sellers.create_key(seller=seller, name=f"K{at}", roles=["Price"], actor=actor,
                                   user_id=world.owner.pk, real_now=now),
        lambda: client.post(reverse("catalog:product_price", args=[dice.choice(goods)]), {"price": price}),
        lambda: client.post(reverse("orders:bulk"), {"action": "pack", "ids": numbers}),
        lambda: client.post(reverse("sellers:role_new"), {"name": f"R{at}", "rights": ["orders:posting:view"]}),
        lambda: client.post(reverse("inventory:save", args=[stall.mug, stall.warehouse_id]), {"free": "7"}),
    ]
    try:
        with atomic():
            dice.choice(acts)()
    except (DomainError, AssertionError):
        return


#: Pages that name other shops, as the window shows them to every buyer: whom a strategy may follow.
NAMING = {"promotions:strategy_new", "promotions:strategy_edit", "promotions:strategy_competitors"}
KNOWN = {(name, b"Clara Trade") for name in NAMING}


@pytest.mark.parametrize("seed", range(4))
def test_D04_a_program_of_one_shop_moves_no_row_of_its_twin(seed, world, rival):
    """Refused steps are steps too: what is refused must not leave traces elsewhere either."""
    dice, client = random.Random(seed), sign_in(world.owner)
    before = rows_of(rival.seller.id, rival.owner.pk, rival.ids["user_id"])
    own = rows_of(world.seller.id)

    for at in range(STEPS):
        step(dice, world, client, at)

    assert rows_of(rival.seller.id, rival.owner.pk, rival.ids["user_id"]) == before
    assert rows_of(world.seller.id) != own


def test_D04_no_word_of_the_twin_stands_on_any_page_file_mail_or_answer_of_a_shop(world, rival):
    client, ids, leaks, seen = sign_in(world.owner), ids_of(world), [], 0
    marks = [b"CLARAMARK", b"Clara Trade", b"Clara Trading", b"91440300708461136T", rival.ids["number"].encode()]
    searches = ["", "?q=CLARAMARK", "?tab=all", "?view=all"]
    for page in pages():
        if page.kind not in ("seller", "user"):
            continue
        for search in searches:
            client.cookies.pop("messages", None)
            answer = client.get(page.path(ids) + search)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            seen += answer.status_code == 200
            if answer.headers.get("Content-Type", "").startswith("application/vnd"):
                body = _sheet(body)
            # What was searched for stands in the field.
            for echo in ("q=CLARAMARK", 'value="CLARAMARK"', '"search": "CLARAMARK"', "“CLARAMARK”"):
                body = body.replace(echo.encode(), b"")
            leaks += [f"{page.name}{search}: {mark!r}" for mark in marks
                      if mark in body and (page.name, mark) not in KNOWN]
    made = sellers.create_key(seller=world.seller, name="Reads", roles=["Admin read only"], actor=Actor.system("market"),
                              user_id=None, real_now=clock.real_now())
    for path, body in (("/v3/product/list", {"filter": {}}), ("/v2/warehouse/list", {"limit": 50}),
                       ("/v3/product/info/list", {"offer_id": ["MUG-1", "PAN-1"]}), ("/v1/seller/info", {}),
                       ("/v5/product/info/prices", {"filter": {"offer_id": ["MUG-1"]}, "limit": 50}),
                       ("/v4/product/info/stocks", {"filter": {"offer_id": ["MUG-1"]}, "limit": 50}),
                       ("/v3/posting/fbs/list", {"filter": {"since": "2026-11-01T00:00:00Z",
                                                            "to": "2026-12-01T00:00:00Z"}, "limit": 50}),
                       ("/v3/posting/fbs/get", {"posting_number": world.ids["number"]})):
        budget.forget()
        answer = client.post(path, json.dumps(body), content_type="application/json", headers={
            "Client-Id": str(world.seller.id), "Api-Key": made.secret})
        assert answer.status_code == 200, (path, answer.content)
        seen += 1
        leaks += [f"{path}: {mark!r}" for mark in marks if mark in answer.content]
    calls.forget()
    for mail in Message.objects.filter(to__in=["anna@example.com", "boris@example.com"]):
        leaks += [f"mail {mail.subject}: {mark!r}" for mark in marks if mark in f"{mail.subject} {mail.text}".encode()]
    for row in Activity.objects.filter(seller_id=world.seller.id).values():
        leaks += [f"activity: {mark!r}" for mark in marks if mark in repr(row).encode()]

    assert not leaks, "\n".join(leaks)
    assert seen > 60


def test_D04_pages_of_a_shop_are_the_same_bytes_whether_its_twin_exists_or_not(world, request):
    """Totals, counters, suggestions and figures too: nothing of a shop is computed from another one's rows."""
    client, ids, shown = sign_in(world.owner), ids_of(world), []
    wanted = [page for page in pages() if page.kind == "seller" and page.name not in NAMING]
    # Figures follow the news; what there is of it is in them before anybody else comes.
    world.stall.spread()
    for late in (False, True):
        if late:
            request.getfixturevalue("rival")
        texts = {}
        for page in wanted:
            client.cookies.pop("messages", None)
            for search in ("", "?tab=all"):
                texts[page.name + search] = plain(client.get(page.path(ids) + search))
        shown.append(texts)

    other = [name for name in shown[0] if shown[0][name] != shown[1][name]]
    assert not other, "\n".join(other)


def _sheet(body: bytes) -> bytes:
    import zipfile

    import polars

    if body.startswith(b"PAR1"):
        return polars.read_parquet(io.BytesIO(body)).write_csv().encode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
