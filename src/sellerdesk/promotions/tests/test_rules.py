"""What actions do to prices, alone and together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellerdesk.promotions import rules
from sellerdesk.promotions.following import Seen, follow
from sellerdesk.promotions.types import BasketAction, BasketLine, Candidate, Level, PriceAction, Terms

START = datetime(2026, 11, 1, tzinfo=UTC)
TERMS = Terms("platform", "Autumn", START, START + timedelta(days=7), discount_bp=1000, least_stock=5,
              freeze_at=START - timedelta(days=1))
MUG = Candidate(1, (17000101, 17000100), 1000_00, 700_00, 20, "RUB")


@pytest.mark.parametrize(("price", "stock", "code"), [
    (900_00, None, ""), (900_01, None, "MAX_ACTION_PRICE"), (1000_00, None, "INVALID_ACTION_PRICE"),
    (700_00, 5, ""), (699_99, None, "REJECTED_LOW_PRICE"), (99_99, None, "EXTREMELY_LOW_PRICE"),
    (900_00, 4, "STOCK_REQUIRED"), (900_00, 21, "STOCK_REQUIRED")])
def test_a_product_is_judged_by_the_terms(price, stock, code) -> None:
    assert rules.judge(TERMS, MUG, price, stock)[0] == code


def test_terms_choose_products_by_department_and_freeze_before_they_begin() -> None:
    assert rules.judge(Terms("platform", "x", START, START, category_ids=(1,)), MUG, 900_00, None)[0] == "NOT_ELIGIBLE"
    assert [rules.frozen(TERMS, START + timedelta(days=days)) for days in (-2, -1, 6, 7)] == [False, True, True, False]
    assert [rules.status("active", TERMS, START + timedelta(days=days)) for days in (-1, 0, 7)] == [
        "planned", "active", "ended"]


def test_the_lowest_price_holds_then_the_sum_then_the_voucher() -> None:
    lines = [BasketLine(1, 2, 1000_00, 0), BasketLine(2, 1, 500_00, 0)]
    offers = {1: [PriceAction(7, 900_00), PriceAction(8, 800_00), PriceAction(9, 100_00, left=1)]}
    sums = [BasketAction(10, "order_sum", "PERCENT", (Level(2000_00, 1000),), frozenset()),
            BasketAction(11, "multi_level", "PERCENT", (Level(1000_00, 500), Level(3000_00, 5000)), frozenset())]
    voucher = BasketAction(12, "voucher", "CURRENCY", (Level(0, 189_00),), frozenset({1, 2}))

    made = rules.with_voucher(lines, rules.basket(lines, offers, sums), voucher)

    # 800 and 500; 10 % from 2,000 on; then 189.00 of 1,890.00.
    assert [(one.price_minor, one.action_ids) for one in made] == [(648_00, (8, 10, 12)), (405_00, (10, 12))]


@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 5), st.integers(0, 10**7)), min_size=1, max_size=4),
       st.integers(1, 9000), st.integers(1, 10**6), st.integers(1, 10**7))
@settings(max_examples=200, deadline=None)
def test_buyers_never_pay_more_nor_less_than_the_lowest_price(rows, percent, amount, action_price) -> None:
    lines = [BasketLine(at, units, price, low) for at, (price, units, low) in enumerate(rows)]
    made = rules.with_voucher(lines, rules.basket(
        lines, {0: [PriceAction(1, action_price)]},
        [BasketAction(2, "order_sum", "PERCENT", (Level(0, percent),), frozenset())]),
        BasketAction(3, "voucher", "CURRENCY", (Level(0, amount),), frozenset()))

    for line, paid in zip(lines, made, strict=True):
        assert 1 <= paid.price_minor <= line.list_minor
        assert paid.price_minor >= min(line.min_minor, line.list_minor)


def test_overlaps_add_up_and_name_the_lowest_price() -> None:
    product = BasketLine(1, 1, 1000_00, 700_00)
    baskets = [BasketAction(2, "multi_level", "PERCENT", (Level(0, 500), Level(5000_00, 2000)), frozenset({1})),
               BasketAction(3, "voucher", "PERCENT", (Level(0, 1806),), frozenset({1}))]

    found = rules.overlap(product, [PriceAction(1, 900_00)], baskets)

    assert found is not None
    assert (found.action_ids, found.together_bp, found.price_minor, found.below) == ((1, 2, 3), 4100, 589_97, True)
    assert rules.overlap(product, [PriceAction(1, 900_00)], []) is None


def test_a_strategy_takes_the_lowest_of_competitors_above_the_floor_and_stops_at_the_loss_limit() -> None:
    seen = [Seen(5, 50, 900_00), Seen(6, 60, 1000_00)]

    def told(floor: int, stop: int = 5000, **coefficients: int):
        one = follow(1000_00, floor, 1000_00, stop, seen, {int(key[1:]): bp for key, bp in coefficients.items()})
        return one.outcome, one.price_minor

    assert told(1, _5=10_000, _6=8_000) == ("changed", 800_00)
    assert told(850_00, _5=9_800) == ("changed", 882_00)
    assert told(899_99, _5=9_800) == ("changed", 900_00)
    assert told(1, 1000, _6=8_000) == ("stopped", 1000_00)
    assert told(1, _6=10_000) == ("same", 1000_00)
    assert told(1, _7=10_000) == ("alone", 0)
