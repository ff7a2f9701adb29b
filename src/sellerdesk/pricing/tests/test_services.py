from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.catalog.models import Product
from sellerdesk.core import activity, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.pricing import parts, queries, services
from sellerdesk.pricing.errors import PercentOutOfRange, PricesMoved, TooManyRows
from sellerdesk.pricing.models import Price, PriceChange
from sellerdesk.pricing.services import PercentChange
from sellerdesk.pricing.types import LIMIT_CODE, PriceInput

KEY = Actor.key(7, "Feed")


def put(seller, actor, now, *rows: PriceInput):
    return services.set_prices(seller=seller, changes=list(rows), actor=actor, now=now)


def amounts(product_id: int) -> tuple[int, int, int, int]:
    return Price.objects.values_list("price_minor", "old_price_minor", "min_price_minor", "cost_minor").get(
        pk=product_id)


def test_a_price_is_kept_with_its_history_and_one_act(shop, actor, now, goods) -> None:
    [headphones] = goods(shop)

    [outcome] = put(shop, actor, now, PriceInput("A-1", price="1 299,99", old_price="1599", cost="700"))

    assert (outcome.product_id, outcome.offer_id, outcome.updated, outcome.errors) == (headphones, "A-1", True, ())
    assert amounts(headphones) == (129_999, 159_900, 0, 70_000)
    [change] = queries.history(shop, headphones)
    assert (change.price_before_minor, change.price_minor, change.old_price_minor, change.by) == (
        None, 129_999, 159_900, "Anna")
    [act] = activity.history(shop.id, "product", headphones)
    assert act.event == "pricing.prices.changed"
    assert act.after == {"price": 129_999, "old_price": 159_900, "min_price": 0, "cost": 70_000}
    assert act.data == {"count": 1, "currency": "RUB", "product_ids": [headphones]}


def test_one_bad_row_spoils_no_other_and_answers_come_in_the_order_asked(shop, rival_shop, actor, now, goods) -> None:
    first, second, third = goods(shop, 3)
    [foreign] = goods(rival_shop, prefix="C")
    put(shop, actor, now, PriceInput("A-2", price="500"))

    outcomes = put(
        shop, actor, now,
        PriceInput("A-3", price="100"), PriceInput("A-2", price="-5"), PriceInput(product_id=foreign, price="10"),
        PriceInput("A-404", price="10"), PriceInput("A-1", price="10", currency="CNY"), PriceInput("A-1", price="ten"),
        PriceInput("A-1", product_id=third, price="250"))

    assert [(row.product_id, row.updated, [error.code for error in row.errors]) for row in outcomes] == [
        (third, True, []), (second, False, ["price_negative"]), (foreign, False, ["NOT_FOUND_ERROR"]),
        (0, False, ["NOT_FOUND_ERROR"]), (first, False, ["currency_mismatch"]), (first, False, ["money_unreadable"]),
        (first, True, [])]
    assert [amounts(id_)[0] for id_ in (first, second, third)] == [250_00, 500_00, 100_00]
    assert not Price.objects.filter(pk=foreign).exists()


def test_none_leaves_an_amount_and_zero_removes_it(shop, actor, now, goods) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, PriceInput("A-1", price="1000", old_price="1200", min_price="600", cost="400"))

    put(shop, actor, now, PriceInput("A-1", price="900"))
    assert amounts(headphones) == (900_00, 1200_00, 600_00, 400_00)

    put(shop, actor, now, PriceInput("A-1", old_price="0", min_price="0", cost="0"))
    assert amounts(headphones) == (900_00, 0, 0, 0)


def test_a_product_named_twice_is_judged_on_top_of_itself(shop, actor, now, goods) -> None:
    [headphones] = goods(shop)

    outcomes = put(shop, actor, now, PriceInput("A-1", price="1000"), PriceInput("A-1", old_price="1040"),
                   PriceInput("A-1", old_price="1050"))

    assert [row.updated for row in outcomes] == [True, False, True]
    assert amounts(headphones) == (1000_00, 1050_00, 0, 0)
    assert PriceChange.objects.filter(product_id=headphones).count() == 2


def test_resending_the_same_prices_writes_nothing(shop, actor, now, goods) -> None:
    goods(shop, 2)
    rows = [PriceInput("A-1", price="10", old_price="40"), PriceInput("A-2", price="20")]
    put(shop, actor, now, *rows)
    before = (PriceChange.objects.count(), Activity.objects.count())

    outcomes = put(shop, actor, now + timedelta(minutes=1), *rows)

    assert all(row.updated for row in outcomes)
    assert (PriceChange.objects.count(), Activity.objects.count()) == before
    assert set(Price.objects.values_list("updated_at", flat=True)) == {now}


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(shop, actor, now, goods) -> None:
    goods(shop, 101)
    put(shop, actor, now, *[PriceInput(f"A-{at}", price="1000") for at in range(1, 102)])
    counts = []

    for rows in ([1], range(2, 102)):
        rules.forget()
        with CaptureQueriesContext(connection, ) as seen:
            put(shop, actor, now, *[PriceInput(f"A-{at}", price="900", old_price="1000") for at in rows])
        counts.append(len(seen))

    assert counts[0] == counts[1]
    # Begin and commit, lock, references, prices, changes of the hour, the person's bounds, upsert, history, activity,
    # batch and rows of the journal, prices in quarantine; dated rules aside.
    assert counts[0] <= 13 + 7


def test_a_product_takes_ten_changes_in_a_real_hour(shop, now, goods) -> None:
    [headphones] = goods(shop)
    for at in range(10):
        assert put(shop, KEY, now, PriceInput("A-1", price=str(100 + at)))[0].updated

    [refused] = put(shop, KEY, now, PriceInput("A-1", price="500"))
    [error] = refused.errors
    assert error.code == LIMIT_CODE
    assert error.text == "A price can change 10 times an hour. Next change in 60 min."
    assert amounts(headphones)[0] == 109_00

    # The market's clock may run as fast as it likes: only real time counts.
    assert not put(shop, KEY, now + timedelta(days=1), PriceInput("A-1", price="500"))[0].updated
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        assert put(shop, KEY, now, PriceInput("A-1", price="500"))[0].updated


def test_the_system_itself_is_not_held_to_the_limit(shop, now, goods) -> None:
    [headphones] = goods(shop)

    for at in range(12):
        put(shop, Actor.system("demo"), now, PriceInput("A-1", price=str(100 + at)))

    assert amounts(headphones)[0] == 111_00


def test_a_first_price_makes_the_product_ready_for_stock(shop, actor, now, goods) -> None:
    [waiting] = goods(shop, status="processed")

    put(shop, actor, now, PriceInput("A-1", price="10"))

    assert Product.objects.get(pk=waiting).status == "price_sent"


def test_figures_follow_the_currency_of_the_shop(rival_shop, actor, now, goods) -> None:
    goods(rival_shop, 2, prefix="C")

    low, high = put(rival_shop, actor, now, PriceInput("C-1", price="30", old_price="31.59"),
                    PriceInput("C-2", price="30", old_price="31.60"))

    assert [error.code for error in low.errors] == ["discount_for_low_price_is_too_small"]
    assert low.errors[0].text == "At this price the crossed-out price must be at least 31.60 CNY."
    assert high.updated


def test_a_thousand_rows_are_the_most(shop, actor, now) -> None:
    with pytest.raises(TooManyRows):
        put(shop, actor, now, *[PriceInput("A-1", price="1")] * 1001)


def test_a_change_by_percent_happens_once_and_only_as_previewed(shop, actor, now, goods) -> None:
    first, second, unpriced = goods(shop, 3)
    put(shop, actor, now, PriceInput("A-1", price="1000", old_price="1200"), PriceInput("A-2", price="99.90"))
    change = PercentChange(-1000, whole=True, with_old=True)
    ids = [first, second, unpriced]

    rows, token = services.preview_percent(seller=shop, product_ids=ids, change=change, now=now)
    assert [(row.offer_id, row.after.price, row.after.old) for row in rows if row.after] == [
        ("A-1", 900_00, 1080_00), ("A-2", 90_00, 0)]
    assert amounts(first) == (1000_00, 1200_00, 0, 0)

    outcomes = services.change_percent(seller=shop, product_ids=ids, change=change, seen=token, actor=actor, now=now)
    assert [row.updated for row in outcomes] == [True, True]
    assert amounts(second)[0] == 90_00
    with pytest.raises(PricesMoved):
        services.change_percent(seller=shop, product_ids=ids, change=change, seen=token, actor=actor, now=now)
    assert amounts(first) == (900_00, 1080_00, 0, 0)
    with pytest.raises(PercentOutOfRange):
        services.preview_percent(seller=shop, product_ids=ids, change=PercentChange(0), now=now)


def test_the_price_is_a_part_of_an_offer(shop, actor, now, goods) -> None:
    first, second = goods(shop, 2)
    part = parts.PricePart()

    found = part.check(shop, [{"price": "100", "old_price": "110"}, {"price": "x"}, {"price": "100"}])
    assert [[error.code for error in row] for row in found] == [
        ["discount_for_low_price_is_too_small"], ["money_unreadable"], []]

    refused = part.apply(shop, {first: {"price": "1999,50"}, second: {"price": "-1"}}, actor, now)
    assert {id_: [error.code for error in errors] for id_, errors in refused.items()} == {second: ["price_negative"]}
    assert part.current(shop, [first, second]) == {
        first: {"price": "1999.50", "old_price": "", "min_price": "", "cost": "", "auto_action": "shop",
                "strategy": "true"}}


def test_pages_of_prices_walk_through_everything_once(shop, rival_shop, actor, now, goods) -> None:
    ids = goods(shop, 5)
    goods(rival_shop, prefix="C")
    put(shop, actor, now, *[PriceInput(f"A-{at}", price="10") for at in range(1, 6)])
    put(rival_shop, actor, now, PriceInput("C-1", price="10"))

    seen, cursor = [], None
    while cursor != "":
        page = queries.prices_page(shop, cursor=cursor, limit=2)
        seen += [row.product_id for row in page.rows]
        cursor = page.next_cursor

    assert seen == ids
    assert [row.product_id for row in queries.prices_page(shop, offer_ids=["A-2", "C-1"]).rows] == [ids[1]]
