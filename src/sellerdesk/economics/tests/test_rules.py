"""The engine alone: what it promises for any terms and any price."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sellerdesk.economics import rules
from sellerdesk.economics.types import Band, FreightStep, Terms

BANDS = (Band(1500_00, 1200), Band(5000_00, 1400), Band(None, 1500))
PLAIN = Terms(BANDS, 150, (FreightStep(None, 110_00),), returns_bp=500, vat_bp=2000, cost_minor=500_00)


@st.composite
def terms(draw) -> Terms:
    """Shares that rise with the price, as real tariffs do."""
    shares = sorted(draw(st.lists(st.integers(0, 2500), min_size=3, max_size=3)))
    bounds = sorted(draw(st.lists(st.integers(1, 10**7), min_size=2, max_size=2, unique=True)))
    freights = sorted(draw(st.lists(st.integers(0, 10**6), min_size=2, max_size=2)))
    return Terms(
        (Band(bounds[0], shares[0]), Band(bounds[1], shares[1]), Band(None, shares[2])), draw(st.integers(0, 300)),
        (FreightStep(draw(st.integers(1, 10**7)), freights[0]), FreightStep(None, freights[1])),
        returns_bp=draw(st.integers(0, 4000)), vat_bp=draw(st.sampled_from([0, 500, 1000, 2000])),
        tax_base=draw(st.sampled_from(["", "income", "profit"])), tax_bp=draw(st.integers(0, 2000)),
        tax_least_bp=draw(st.integers(0, 100)), fx_bp=draw(st.integers(0, 1000)),
        packing_minor=draw(st.integers(0, 50_000)), storage_minor=draw(st.none() | st.integers(0, 50_000)),
        storage_rule=draw(st.none() | st.just(7)), cost_vat_bp=draw(st.sampled_from([0, 1000, 2000])),
        fees_vat_bp=draw(st.sampled_from([0, 2000, 2200])), instalment_bp=draw(st.sampled_from([0, 500])),
        cost_minor=draw(st.integers(1, 10**8)))


@given(terms(), st.integers(1, 10**9))
@settings(max_examples=300, deadline=None)
def test_parts_sum_to_the_margin_and_each_is_within_half_a_unit_of_exact(known, price) -> None:
    unit = rules.unit(known, price, with_break_even=False)

    assert sum(part.amount_minor or 0 for part in unit.parts) == unit.margin_minor
    share = Fraction(rules.bp_at(known.commission, price), 10_000)
    assert abs(-unit.amount("commission") - price * share) <= Fraction(1, 2)
    assert abs(-unit.amount("vat") - price * Fraction(known.vat_bp, 10_000 + known.vat_bp)) <= Fraction(1, 2)
    back = Fraction(known.returns_bp, 10_000)
    assert abs(-unit.amount("instalment") - price * Fraction(known.instalment_bp, 10_000)) <= Fraction(1, 2)
    paying = -unit.amount("acquiring") - unit.amount("instalment")
    lost = -2 * unit.amount("delivery") + paying + known.packing_minor
    assert abs(-unit.amount("returns") - lost * back / (1 - back)) <= Fraction(1, 2)
    fees = -sum(unit.amount(key) for key in ("commission", "acquiring", "instalment", "delivery")) - (
        unit.amount("storage") if known.storage_rule else 0)
    fees += rules.round_half_even((-2 * unit.amount("delivery") + paying) * known.returns_bp,
                                  10_000 - known.returns_bp)
    within = sum(Fraction(amount * bp, 10_000 + bp) for amount, bp in (
        (known.cost_minor, known.cost_vat_bp), (fees, known.fees_vat_bp)))
    # The cost and the fees are rounded by themselves.
    assert abs(unit.amount("input_vat") - within) <= 1


@given(terms())
@settings(max_examples=300, deadline=None)
def test_nothing_is_left_or_lost_at_the_break_even_price(known) -> None:
    price = rules.break_even(known)

    if price is None:
        assert rules.margin(known, rules.MOST) < 0
        return
    assert -1 <= rules.margin(known, price) <= 1
    assert price == 1 or rules.margin(known, price - 1) < 0


def test_the_worked_example_of_the_docs() -> None:
    unit = rules.unit(PLAIN, 1200_00)

    assert {part.key: part.amount_minor for part in unit.parts if part.amount_minor} == {
        "price": 1200_00, "commission": -144_00, "acquiring": -18_00, "delivery": -110_00, "returns": -12_53,
        "vat": -200_00, "cost": -500_00}
    assert (unit.margin_minor, unit.margin_bp, unit.roi_bp) == (215_47, 1795, 4309)
    assert rules.margin(PLAIN, unit.break_even_minor or 0) == 0


def test_the_worked_example_with_vat_within_cost_and_fees() -> None:
    unit = rules.unit(replace(PLAIN, cost_vat_bp=2000, fees_vat_bp=2000), 1200_00)

    assert unit.amount("input_vat") == 83_33 + 47_42
    assert unit.margin_minor == 346_22


def test_only_storage_that_the_marketplace_charges_holds_its_vat() -> None:
    own = replace(PLAIN, storage_minor=60_00, fees_vat_bp=2000)

    assert rules.unit(own, 1200_00).amount("input_vat") == 47_42
    assert rules.unit(replace(own, storage_rule=7), 1200_00).amount("input_vat") == 57_42


def test_a_tax_on_profit_counts_the_vat_deducted_as_left() -> None:
    taxed = replace(PLAIN, tax_base="profit", tax_bp=1000, fees_vat_bp=2000)

    assert rules.unit(taxed, 1200_00).amount("tax") == -26_29


def test_a_dearer_band_can_make_a_loss_again_above_the_break_even() -> None:
    known = Terms((Band(1000_00, 1000), Band(None, 1500)), 0, cost_minor=880_00)

    assert rules.break_even(known) == 977_78
    assert rules.margin(known, 1000_00) > 0 > rules.margin(known, 1000_01)


def test_without_a_cost_there_is_no_margin_and_without_a_way_no_break_even() -> None:
    assert rules.unit(Terms(BANDS, 150), 1000_00).margin_minor is None
    assert rules.break_even(Terms((Band(None, 9000),), 150, vat_bp=2000, cost_minor=1)) is None
