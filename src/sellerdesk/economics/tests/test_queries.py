from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.catalog import queries as catalog
from sellerdesk.economics import queries, services
from sellerdesk.economics.models import ReturnShare
from sellerdesk.economics.types import ReturnCount, Settings, WhatIf
from sellerdesk.finance import services as finance
from sellerdesk.returns.services import counting


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

    assert counts == [4, 4]


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


def test_returns_are_counted_once_a_night(stall) -> None:
    number, = stall.handed_over()
    stall.scan(number, "accepted", "delivered")
    when = stall.now + timedelta(days=1)

    assert counting.count_due(when) == 1
    assert counting.count_due(when + timedelta(minutes=5)) == 0
    assert ReturnShare.objects.values_list("product_id", "delivered", "returned").get() == (stall.mug, 1, 0)
    assert counting.count_due(when + timedelta(days=1)) == 1
