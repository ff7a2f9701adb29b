from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.pricing import calculating, formula
from sellerdesk.pricing.calculating import Calculation
from sellerdesk.pricing.types import Amounts

KNOWN = {"price": Fraction(1000), "cost": Fraction(400), "fee": Fraction(155), "old_price": None}


@pytest.mark.parametrize(("text", "expected"), [
    ("cost*1.6+fee", 795), ("=cost * 1,6 + fee", 795), ("(cost+fee)/(1-15%)", Fraction(55500, 85)), ("-cost+price", 600),
    ("price-10-5", 985), ("price/2/2", 250), ("2+3*4", 14), ("max(cost*2; price)", 1000), ("min(cost; 1)", 1),
    ("COST", 400), ("--cost", 400), ("50%*price", 500)])
def test_a_formula_is_calculated_exactly(text: str, expected) -> None:
    assert formula.value(formula.read(text), KNOWN) == expected


@pytest.mark.parametrize(("text", "code", "piece"), [
    ("", "formula_empty", ""), ("=", "formula_empty", ""), ("cost*", "formula_unfinished", ""),
    ("(cost", "formula_unfinished", ""), ("cost)", "formula_unreadable", ")"), ("cost cost", "formula_unreadable", "cost"),
    ("profit*2", "formula_name_unknown", "profit"), ("__import__", "formula_name_unknown", "__import__"),
    ("cost.real", "formula_unreadable", ".real"), ("cost**2", "formula_unreadable", "*"), ("1e9", "formula_unreadable", "e"),
    ("min(cost)", "formula_unreadable", ")"), ("+" * 300, "formula_too_long", ""), ("(" * 60 + "1", "formula_too_long", ""),
    ("-" * 60 + "1", "formula_too_long", "")])
def test_what_is_no_formula_is_named(text: str, code: str, piece: str) -> None:
    with pytest.raises(formula.FormulaError) as refused:
        formula.read(text)

    assert (refused.value.code, refused.value.piece) == (code, piece)


def test_what_cannot_be_calculated_is_named() -> None:
    for text, code in (("old_price+1", "formula_value_missing"), ("cost/(price-1000)", "formula_division")):
        with pytest.raises(formula.FormulaError) as refused:
            formula.value(formula.read(text), KNOWN)
        assert refused.value.code == code


@given(st.text(alphabet="cost+-*/().%;0123456789 pricefeemax=", max_size=40))
def test_no_text_ends_in_anything_but_a_number_or_a_named_refusal(text: str) -> None:
    try:
        found = formula.value(formula.read(text), KNOWN)
    except formula.FormulaError:
        return

    assert isinstance(found, Fraction)


@pytest.mark.parametrize(("amount", "rounding", "expected"), [
    (1234_56, "cents", 1234_56), (1234_56, "whole", 1235_00), (1234_50, "whole", 1234_00), (1234_00, "9", 1229_00),
    (1235_00, "9", 1239_00), (1234_00, "90", 1190_00), (1241_00, "90", 1290_00), (1234_00, "99", 1199_00),
    (3_00, "90", 90_00), (40, "whole", 1_00), (0, "90", 0)])
def test_amounts_get_pretty_ends(amount: int, rounding: str, expected: int) -> None:
    assert calculating.rounded(amount, rounding, 100) == expected


def test_a_percentage_is_a_formula_too() -> None:
    rule = Calculation("price", calculating.percent("price", -1250), "cents")

    assert calculating.calculated(rule, Amounts(1000_00), {}, 100) == 875_00
    assert calculating.calculated(Calculation("price", formula.read("cost*2+fee"), "99"), Amounts(1000_00, cost=400_00),
                                  {"fee": 155_00}, 100) == 999_00
