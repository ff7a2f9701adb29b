from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.pricing import rules
from sellerdesk.pricing.types import LIMIT_CODE, Amounts, Wish

GAP = rules.Gap(low_below=400_00, low_gap=20_00, average_bp=500, top_above=10_000_00, top_gap=500_00, most_bp=9000)
LIMITS = rules.Limits(GAP, min_share_bp=5000, changes=10, large_bp=5000)


def codes(current: Amounts | None, wish: Wish, recent: int = 0) -> list[str]:
    return [problem.code for problem in rules.judge(current, wish, LIMITS, recent)[1]]


@pytest.mark.parametrize(("price", "old", "expected"), [
    (399_99, 419_98, ["discount_for_low_price_is_too_small"]),
    (399_99, 419_99, []),
    (400_00, 419_99, ["discount_for_average_price_is_too_small"]),
    (400_00, 420_00, []),
    (10_000_00, 10_499_99, ["discount_for_average_price_is_too_small"]),
    (10_000_00, 10_500_00, []),
    (10_000_01, 10_500_00, ["discount_for_top_price_is_too_small"]),
    (10_000_01, 10_500_01, []),
    (1_000_00, 1_000_00, ["discount_for_average_price_is_too_small"]),
    (1_000_00, 900_00, ["discount_for_average_price_is_too_small"]),
    (1_000_00, 9_999_99, []),
    (1_000_00, 10_000_00, ["discount_too_big"]),
    (1_000_00, 0, []),
])
def test_the_crossed_out_price_keeps_its_distance(price: int, old: int, expected: list[str]) -> None:
    assert codes(None, Wish(price=price, old=old)) == expected


@pytest.mark.parametrize(("wish", "expected"), [
    (Wish(price=0), ["price_negative"]),
    (Wish(price=-1), ["price_negative"]),
    (Wish(price=100, old=-1), ["price_negative"]),
    (Wish(old=500_00), ["price_missing"]),
    (Wish(price=100_00, min=49_99), ["min_auto_price_too_small"]),
    (Wish(price=100_00, min=50_00), []),
    (Wish(price=100_00, min=100_00), ["min_auto_price_too_big"]),
])
def test_a_first_price_obeys_the_bounds(wish: Wish, expected: list[str]) -> None:
    assert codes(None, wish) == expected


def test_a_price_may_not_fall_to_the_lowest_price_and_may_rise_far_above_it() -> None:
    current = Amounts(price=1_000_00, min=600_00)

    assert codes(current, Wish(price=600_00)) == ["price_less_than_min_auto_price"]
    assert codes(current, Wish(price=5_000_00)) == []


def test_the_eleventh_change_within_an_hour_is_refused_unless_nobody_would_see_it() -> None:
    current = Amounts(price=1_000_00, cost=400_00)

    assert codes(current, Wish(price=999_00), recent=9) == []
    assert codes(current, Wish(price=999_00), recent=10) == [LIMIT_CODE]
    assert codes(current, Wish(price=1_000_00), recent=10) == []
    assert codes(current, Wish(cost=300_00), recent=10) == []


AMOUNT = st.integers(min_value=1, max_value=10**9)


@given(price=AMOUNT, old=AMOUNT)
def test_the_bounds_named_in_a_refusal_are_the_tightest_that_pass(price: int, old: int) -> None:
    _, problems = rules.judge(None, Wish(price=price, old=old), LIMITS, 0)

    for problem in problems:
        bound = problem.data.get("least", problem.data.get("most"))
        beyond = bound - 1 if "least" in problem.data else bound + 1
        if codes(None, Wish(price=price, old=bound)) == []:
            assert codes(None, Wish(price=price, old=beyond)) == [problem.code]
        else:
            # Only where no crossed-out price fits at all: tiny prices, whose gap alone is over 90 percent.
            assert price + 20_00 >= 10 * price


@given(price=AMOUNT, percent_bp=st.integers(min_value=-9_000, max_value=90_000), whole=st.sampled_from([1, 100]))
def test_a_percentage_is_rounded_to_the_nearest_multiple(price: int, percent_bp: int, whole: int) -> None:
    wish = rules.scaled(Amounts(price), percent_bp, whole=whole, with_old=True)

    assert wish.price is not None
    assert wish.price % whole == 0
    assert abs(wish.price * 10_000 - price * (10_000 + percent_bp)) <= 5_000 * whole
    assert wish.old is None
