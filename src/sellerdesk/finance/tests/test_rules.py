from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.finance import rules
from sellerdesk.finance.types import BookedLine, DeliveredPosting, ReturnedGoods

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BOUNDS = (1_500_00, 5_000_00)


@pytest.mark.parametrize(("price", "bp"), [
    (1, 1200), (1_500_00, 1200), (1_500_01, 1400), (5_000_00, 1400), (5_000_01, 1500), (10**12, 1500),
])
def test_the_band_of_a_price_decides_the_commission(price: int, bp: int) -> None:
    assert rules.band_bp(price, BOUNDS, (1200, 1400, 1500)) == bp


def test_a_delivery_is_booked_as_worked_out_by_hand() -> None:
    posting = DeliveredPosting(
        1, "89491381-0072-1", "RUB", AT, (BookedLine(501, 2, 2_000_00, 240_00, 7), BookedLine(502, 1, 99_99, 12_00, 7)),
        logistics_minor=150_00, logistics_rule_id=9)

    entries = rules.delivery_entries(posting, acquiring_bp=150, acquiring_rule_id=11)

    own = [(entry.kind, entry.amount_minor, entry.rule_id, entry.sku) for entry in entries if entry.account == "seller"]
    # 1.5 % of 2,099.99 are 31.49985, booked as 31.50.
    assert own == [("sale", 200000, None, 501), ("commission", -24000, 7, 501), ("sale", 9999, None, 502),
                   ("commission", -1200, 7, 502), ("logistics", -15000, 9, None), ("acquiring", -3150, 11, None)]
    assert rules.seller_sum(entries) == 166649


AMOUNT = st.integers(min_value=0, max_value=10**12)
LINES = st.lists(st.builds(BookedLine, st.integers(1, 10**9), st.integers(1, 99), AMOUNT, AMOUNT), max_size=8)


@given(lines=LINES, logistics=AMOUNT, bp=st.integers(0, 1000))
def test_every_booking_sums_to_zero_kind_by_kind(lines: list[BookedLine], logistics: int, bp: int) -> None:
    delivery = DeliveredPosting(1, "1-1", "RUB", AT, tuple(lines), logistics)
    goods = ReturnedGoods(1, "r1", "1-1", "RUB", AT, tuple(lines), logistics)

    for entries in (rules.delivery_entries(delivery, bp, 1), rules.return_entries(goods)):
        for kind in {entry.kind for entry in entries}:
            assert sum(entry.amount_minor for entry in entries if entry.kind == kind) == 0
        assert all(entry.amount_minor for entry in entries)


@given(price=st.integers(1, 10**9), bp=st.integers(0, 5000), parts=st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_giving_units_back_in_parts_gives_back_the_whole_commission(price: int, bp: int, parts: list[int]) -> None:
    whole = rules.commission_minor(price, sum(parts), bp)

    assert sum(rules.commission_minor(price, part, bp) for part in parts) == whole
