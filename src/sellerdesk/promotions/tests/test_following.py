"""Strategies and buyers' requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.catalog.models import Batch, Product
from sellerdesk.catalog.services import undoing
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import OrderRequest
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing import services as prices
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import services
from sellerdesk.promotions.models import DiscountRequest, StrategyProduct
from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.promotions.services import strategies
from sellerdesk.promotions.services.requests import Answer

# What the system sets does not wait in quarantine.
SYSTEM = Actor.system("test")


def price_of(stall, product_id: int) -> int:
    return pricing.prices(stall.seller, [product_id])[product_id].price_minor


@pytest.fixture
def rivals(stall, rival_stall):
    """Clara sells the same mug by its barcode; her prices are in yuan at 11.20."""
    Product.objects.filter(pk__in=[stall.mug, rival_stall.mug]).update(barcodes=["4600000000017"])
    prices.set_prices(seller=rival_stall.seller, actor=SYSTEM, now=stall.now, changes=[
        PriceInput(product_id=rival_stall.mug, price="80")])
    prices.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="700")])
    return strategies.put_strategy(seller=stall.seller, name="Under Clara", actor=stall.actor, now=stall.now,
                                   competitors=[(rival_stall.seller.id, 9_500)])


def test_a_strategy_asks_for_a_lowest_price_tries_without_writing_and_can_be_undone(stall, rivals) -> None:
    refused = strategies.add_products(seller=stall.seller, strategy_id=rivals, product_ids=[stall.mug, stall.pan, 1],
                                      actor=stall.actor, now=stall.now)
    assert refused == {stall.pan: "NO_MIN_PRICE", 1: "NOT_FOUND"}
    tried, = strategies.try_strategy(seller=stall.seller, strategy_id=rivals, now=stall.now)
    # 80.00 CNY are 896.00; times 0.95.
    assert (tried.followed.outcome, tried.followed.price_minor) == ("changed", 851_20)
    assert price_of(stall, stall.mug) == 1000_00

    assert services.run_due(stall.now) == 1
    assert services.run_due(stall.now + timedelta(minutes=30)) == 0
    assert price_of(stall, stall.mug) == 851_20
    log, = queries.strategy_log(stall.seller, rivals).rows
    assert (log.before_minor, log.after_minor, log.competitor_minor, log.outcome) == (1000_00, 851_20, 896_00, "changed")
    change = pricing.history(stall.seller, stall.mug)[0]
    assert change.source == "strategy"
    undoing.undo(seller=stall.seller, batch_id=Batch.objects.get(source="strategy").pk, actor=stall.actor,
                 now=stall.now, parts=frozenset({"price"}))
    assert price_of(stall, stall.mug) == 1000_00


def test_a_strategy_keeps_above_the_floor_and_stops_at_its_limit(stall, rival_stall, rivals) -> None:
    strategies.add_products(seller=stall.seller, strategy_id=rivals, product_ids=[stall.mug], actor=stall.actor,
                            now=stall.now)
    prices.set_prices(seller=rival_stall.seller, actor=SYSTEM, now=stall.now, changes=[
        PriceInput(product_id=rival_stall.mug, price="45")])
    services.run_due(stall.now)
    assert price_of(stall, stall.mug) == 700_01

    prices.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="500")])
    services.run_due(stall.now + timedelta(hours=1))
    assert price_of(stall, stall.mug) == 700_01
    assert StrategyProduct.objects.get().stopped_at is not None


def test_coefficients_have_bounds_and_a_product_follows_one_strategy(stall, rival_stall, rivals) -> None:
    for bp in (4_999, 12_001):
        with pytest.raises(Invalid) as refused:
            strategies.put_strategy(seller=stall.seller, name="x", actor=stall.actor, now=stall.now,
                                    competitors=[(rival_stall.seller.id, bp)])
        assert refused.value.field == "coefficient"
    other = strategies.put_strategy(seller=stall.seller, name="Other", actor=stall.actor, now=stall.now,
                                    competitors=[(rival_stall.seller.id, 12_000)])
    strategies.add_products(seller=stall.seller, strategy_id=rivals, product_ids=[stall.mug], actor=stall.actor,
                            now=stall.now)
    assert strategies.add_products(seller=stall.seller, strategy_id=other, product_ids=[stall.mug], actor=stall.actor,
                                   now=stall.now) == {stall.mug: "IN_ANOTHER_STRATEGY"}


def test_an_approved_request_lowers_the_price_for_its_buyer_only_and_the_others_run_out(stall) -> None:
    def ask(buyer: str, price: int) -> int:
        return services.ask(seller=stall.seller, product_id=stall.mug, buyer_name="Dmitri", buyer=buyer,
                            requested_minor=price, quantity=1, comment="", actor=stall.actor, now=stall.now)

    with pytest.raises(Invalid):
        ask("x", 499_99)
    mine, silent = ask("a", 800_00), ask("b", 700_00)
    answered = services.answer(seller=stall.seller, actor=stall.actor, now=stall.now, answers=[
        Answer(mine, 799_99), Answer(mine, 850_00, 1, 2), Answer(mine), Answer(999)])
    assert [one.code for one in answered] == ["APPROVED_PRICE", "", "REQUEST_CLOSED", "request_unknown"]

    number, other = stall.place(
        OrderRequest("Dmitri", "+79031234567", "Казань", "", "Lenina 1", ((stall.mug, 1),), stall.now,
                     request_id=mine), stall.request())
    assert [orders.posting(stall.seller, one).lines[0].price_minor for one in (number, other)] == [850_00, 1000_00]

    services.run_due(stall.now + timedelta(hours=48))
    assert dict(DiscountRequest.objects.values_list("pk", "state")) == {mine: "PURCHASED", silent: "AUTO_DECLINED"}


def test_a_product_that_pauses_its_strategy_keeps_its_price_until_it_goes_on(stall, rivals) -> None:
    strategies.add_products(seller=stall.seller, strategy_id=rivals, product_ids=[stall.mug], actor=stall.actor,
                            now=stall.now)
    prices.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, strategy="DISABLED")])

    services.run_due(stall.now)
    tried, = strategies.try_strategy(seller=stall.seller, strategy_id=rivals, now=stall.now)
    assert (price_of(stall, stall.mug), tried.followed.outcome) == (1000_00, "paused")

    prices.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, strategy="ENABLED")])
    services.run_due(stall.now + timedelta(hours=1))
    assert price_of(stall, stall.mug) == 851_20
