from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Invalid
from sellerdesk.economics import queries, services, texts
from sellerdesk.economics.models import ReturnShare
from sellerdesk.economics.types import ReturnCount, Settings, Stored, Terms, Unit, WhatIf
from sellerdesk.finance import services as finance
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock
from sellerdesk.inventory.services.storing import count_due
from sellerdesk.inventory.types import StockLine
from sellerdesk.returns.services import counting
from tests.tenancy.conftest import sign_in

PODOLSK = 1_020_004_000_000_101


@pytest.mark.parametrize("price", [1, 999_99, 1500_00, 1500_01, 5000_00, 5000_01, 77_777_77])
def test_the_engine_takes_the_commission_that_an_order_would_pay(stall, price) -> None:
    ref = catalog.refs(stall.seller, product_ids=[stall.mug])[0]
    quote = finance.quote_commission(seller=stall.seller, at=stall.now,
                                     lines=[(ref.type_id, ref.category_id, price, 1)])[0]

    part = queries.units(stall.seller, {stall.mug: (price, 100)}, stall.now)[stall.mug].part("commission")

    assert (-(part.amount_minor or 0), part.bp, part.rule_id) == (quote.amount_minor, quote.bp, quote.rule_id)


def test_terms_take_the_same_queries_for_any_number(stall) -> None:
    counts = []
    for ids in ([stall.mug], [stall.mug, stall.pan]):
        queries.units(stall.seller, dict.fromkeys(ids, (100000, 1)), stall.now)
        with CaptureQueriesContext(connection) as seen:
            queries.units(stall.seller, dict.fromkeys(ids, (100000, 1)), stall.now)
        counts.append(len(seen))

    assert counts == [5, 5]


def test_a_rival_learns_nothing(stall, rival_shop) -> None:
    assert queries.units(rival_shop, {stall.mug: (1000_00, 1)}, stall.now) == {}


def test_own_history_replaces_the_usual_share_when_there_is_enough_of_it(stall) -> None:
    def share() -> tuple[int, str]:
        one = queries.terms(stall.seller, {stall.mug: 100}, stall.now)[stall.mug]
        return one.returns_bp, one.returns_source

    assert share() == (300, "rule")
    services.keep_return_counts(counts=[ReturnCount(stall.seller.id, stall.mug, 29, 29)], now=stall.now)
    assert share() == (300, "rule")
    services.keep_return_counts(counts=[ReturnCount(stall.seller.id, stall.mug, 40, 6)], now=stall.now)
    assert share() == (1500, "own")
    services.set_settings(seller=stall.seller, settings=Settings(returns="fixed", fixed_returns_bp=200),
                          actor=stall.actor, now=stall.now)
    assert share() == (200, "fixed")
    assert queries.terms(stall.seller, {stall.mug: 100}, stall.now, what_if=WhatIf(returns_bp=7))[stall.mug].returns_bp == 7


def with_vat(stall, rate: str, **settings) -> Unit:
    services.set_settings(seller=stall.seller, settings=Settings(**settings), actor=stall.actor, now=stall.now)
    return queries.units(stall.seller, {stall.mug: (1200_00, 600_00)}, stall.now, rates={stall.mug: rate})[stall.mug]


def test_a_shop_on_vat_deducts_what_is_within_the_fees_and_as_it_says_within_the_cost(stall) -> None:
    fees_alone = with_vat(stall, "0.2", packing_minor=1)
    both = with_vat(stall, "0.2", cost_vat="0.2")

    fee = -(both.amount("commission") + both.amount("acquiring") + both.amount("delivery"))
    assert fee > 0
    assert both.amount("input_vat") - fees_alone.amount("input_vat") == 100_00
    assert fees_alone.amount("input_vat") >= fee * 2000 // 12_000
    assert fees_alone.part("input_vat").rule_id == dated.get("economics.fees_vat", "RU", stall.now).id


@pytest.mark.parametrize(("rate", "settings"), [("0.05", {}), ("0.07", {}), ("0", {}), ("0.2", {"tax": "income"}),
                                                ("0.2", {"tax": "none"})])
def test_who_does_not_pay_vat_in_full_deducts_nothing(stall, rate, settings) -> None:
    assert with_vat(stall, rate, cost_vat="0.2", **settings).amount("input_vat") == 0


def test_another_country_pays_no_vat_in_fees(stall) -> None:
    seller = replace(stall.seller, country="KZ")

    assert queries.terms(seller, {stall.mug: 1}, stall.now, rates={stall.mug: "0.2"})[stall.mug].fees_vat_bp == 0


def test_a_rate_that_is_none_is_refused(stall) -> None:
    with pytest.raises(Invalid) as refused:
        services.set_settings(seller=stall.seller, settings=Settings(cost_vat="0.3"), actor=stall.actor, now=stall.now)

    assert refused.value.fields[0].field == "cost_vat"


@pytest.fixture
def lying(stall, dated_rules) -> Any:
    """Forty mugs of half a litre with the marketplace, where one is sold a day; five days are free."""
    dated.put("inventory.storage", "", {"free_days": 5, "minor_100l": 25_000, "least_ml": 500, "currency": "RUB"},
              valid_from=stall.now - timedelta(days=99), source="test")
    inventory.receive(seller=stall.seller, lines=[StockLine(stall.mug, PODOLSK, 40, "1", stall.now)])
    Stock.objects.filter(product_id=stall.mug, warehouse_id=PODOLSK).update(daily_milli=1000)
    return stall


def storing(stall, **settings) -> Terms:
    if settings:
        services.set_settings(seller=stall.seller, settings=Settings(**settings), actor=stall.actor, now=stall.now)
    return queries.terms(stall.seller, {stall.mug: 100, stall.pan: 100}, stall.now)[stall.mug]


def test_storing_with_the_marketplace_is_foreseen_from_tariff_size_and_pace(lying) -> None:
    found = storing(lying)

    # 40 days, 35 of them paid for: 35 × 0.5 l × 2.50.
    assert (found.storage_minor, found.storage_days, found.storage_free_days) == (43_75, 40, 5)
    assert found.storage_rule == dated.get("inventory.storage", "", lying.now).id
    assert queries.unit(found, 1000_00).amount("storage") == -43_75
    # What the shop keeps itself costs what it says.
    assert queries.terms(lying.seller, {lying.pan: 1}, lying.now)[lying.pan].storage_minor == 0


def test_what_the_shop_says_of_storing_goes_before_the_tariff(lying) -> None:
    assert storing(lying, storage_minor=7_00).storage_minor == 7_00
    assert storing(lying, storage_minor=7_00).storage_rule is None
    assert queries.terms(lying.seller, {lying.mug: 1}, lying.now,
                         what_if=WhatIf(storage_minor=0))[lying.mug].storage_minor == 0


def test_goods_that_do_not_sell_cost_what_nobody_can_tell(lying) -> None:
    Stock.objects.update(daily_milli=0)

    found = storing(lying)

    assert (found.storage_minor, found.storage_days) == (None, None)
    part = queries.unit(found, 1000_00).part("storage")
    assert part.amount_minor is None
    assert "does not sell" in texts.note(part, found)


def test_booked_storage_is_told_for_each_unit_sold(lying) -> None:
    later = lying.now + timedelta(days=8)
    inventory.reserve(seller=lying.seller, lines=[StockLine(lying.mug, PODOLSK, 4, "n", lying.now)])
    inventory.consume(seller=lying.seller, lines=[StockLine(lying.mug, PODOLSK, 4, "n", later - timedelta(days=1))])
    assert count_due(now=later) == 8

    found = queries.stored(lying.seller, [lying.sku(lying.mug), lying.sku(lying.pan)], later)

    # Three days of 36 mugs, 18 l at 2.50.
    assert found == {lying.sku(lying.mug): Stored(135_00, 4)}
    assert found[lying.sku(lying.mug)].per_unit_minor == 33_75
    assert queries.stored(lying.seller, [], later) == {}


def test_the_products_page_shows_the_estimate_beside_what_was_booked(lying, anna) -> None:
    count_due(now=lying.now + timedelta(days=8))
    assert sign_in(anna).get(reverse("economics:product", args=[lying.mug])).context["stored"] is None
    with time_machine.travel(lying.now + timedelta(days=8), tick=False):
        clock.forget()
        page = sign_in(anna).get(reverse("economics:product", args=[lying.mug]))

    told = page.context["stored"]
    assert (told["amount"].amount_minor, told["sold"], told["each"]) == (150_00, 0, None)
    assert told["estimate"].amount_minor == 43_75
    assert "at its present pace, the first 5 cost nothing" in page.content.decode()


def test_returns_are_counted_once_a_night(stall) -> None:
    number, = stall.handed_over()
    stall.scan(number, "accepted", "delivered")
    when = stall.now + timedelta(days=1)

    assert counting.count_due(when) == 1
    assert counting.count_due(when + timedelta(minutes=5)) == 0
    assert ReturnShare.objects.values_list("product_id", "delivered", "returned").get() == (stall.mug, 1, 0)
    assert counting.count_due(when + timedelta(days=1)) == 1
