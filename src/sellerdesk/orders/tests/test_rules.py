from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from sellerdesk.orders import rules
from sellerdesk.orders.errors import IncorrectQuantity, UnknownProduct
from sellerdesk.orders.types import LineRow


def line(sku: int, quantity: int, commission: int = 0) -> LineRow:
    return LineRow(1, sku, f"A-{sku}", "Mug", quantity, 10_000, 0, commission, 1200, 1)


@pytest.mark.parametrize(
    ("local", "zone", "hours", "due"),
    [
        ("2026-11-23 10:00", "Europe/Moscow", 24, "2026-11-24 18:00"),
        ("2026-11-23 18:00", "Europe/Moscow", 24, "2026-11-24 18:00"),
        ("2026-11-23 18:01", "Europe/Moscow", 24, "2026-11-25 18:00"),
        ("2026-11-23 10:00", "Europe/Moscow", 0, "2026-11-23 18:00"),
        ("2026-11-23 10:00", "Asia/Shanghai", 30, "2026-11-25 18:00"),
        # The clocks go back in Berlin on 25 October: the wall clock still says 18:00.
        ("2026-10-24 10:00", "Europe/Berlin", 24, "2026-10-25 18:00"),
    ],
)
def test_ship_by_is_the_cut_off_of_the_day_reached_in_the_warehouse(local: str, zone: str, hours: int,
                                                                   due: str) -> None:
    from zoneinfo import ZoneInfo

    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    found = rules.ship_by(at, zone, time(18), hours)

    assert found.tzinfo is UTC
    assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == due


def test_order_numbers_never_repeat_and_have_the_api_s_form() -> None:
    numbers = [rules.order_number(order) for order in range(33_000_000_001, 33_000_020_001)]

    assert len(set(numbers)) == 20_000
    assert all(len(number) == 13 and number[8] == "-" for number in numbers)


@pytest.mark.parametrize("packages", [
    [[(1, 2)]], [[(1, 2), (2, 2)]], [[(1, 2)], [(2, 1)], []], [[(1, 1)], [(2, 1)]], [], [[(1, 2), (2, 0)], [(2, 1)]],
    [[(1, 3), (2, 1)]], [[(1, 2), (2, 1), (2, -1)], [(2, 1)]],
])
def test_packages_must_hold_every_unit_exactly_once(packages: list[list[tuple[int, int]]]) -> None:
    with pytest.raises(IncorrectQuantity):
        rules.check_packages([line(1, 2), line(2, 1)], packages)


def test_packages_may_split_lines_and_name_a_sku_twice() -> None:
    rules.check_packages([line(1, 3), line(2, 1)], [[(1, 1), (1, 1)], [(1, 1), (2, 1)]])

    with pytest.raises(UnknownProduct):
        rules.check_packages([line(1, 1)], [[(1, 1), (3, 1)]])


def test_a_split_commission_adds_up() -> None:
    assert rules.split_commission(line(1, 3, 1000), [1, 1, 1]) == [334, 333, 333]


def test_search_words_are_found_whatever_their_case() -> None:
    assert rules.fold("  ЁЛКА　ＡＢＣ", "", "Mug") == "елка abc mug"


def test_a_buyer_s_phone_is_masked() -> None:
    assert rules.masked_phone("+7 903 123-45-67") == "+79 ••• ••• •• 67"
    assert rules.masked_phone("") == ""
