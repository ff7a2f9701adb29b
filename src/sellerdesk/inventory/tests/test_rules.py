from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.inventory import rules
from sellerdesk.inventory.types import StockLine

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("name", "code"), [
    ("A", "warehouse_name_length"), ("K" * 51, "warehouse_name_length"), ("12345", "warehouse_name_letters"),
    ("Call 8 (912) 345-67-89", "warehouse_name_contacts"), ("anna@example.com", "warehouse_name_contacts"),
    ("shop.ru depot", "warehouse_name_contacts"), ("深圳仓库 – 主仓", None), ("Казань – основной", None), ("Kazan 2", None),
])
def test_a_warehouse_name_can_be_printed_on_parcels(name: str, code: str | None) -> None:
    assert rules.name_refusal(name) == code


@pytest.mark.parametrize(("free", "daily_milli", "kept", "found"), [
    (0, 0, False, "none"), (9, 0, True, "no_sales"), (0, 500, True, "critical"), (5, 2000, True, "critical"),
    (6, 2000, True, "red"), (13, 2000, True, "red"), (14, 2000, True, "yellow"), (28, 2000, True, "green"),
])
def test_cover_is_graded_by_days(free: int, daily_milli: int, kept: bool, found: str) -> None:
    assert rules.grade(free, daily_milli, kept=kept, bounds={"critical": 3, "red": 7, "yellow": 14}) == found


def test_names_are_printed_in_latin_letters() -> None:
    assert rules.printed("深圳 – 主仓") == "ShenZhen - ZhuCang"
    assert rules.printed("Kazan 2") == "Kazan 2"


def test_lines_of_one_reference_are_granted_together_or_not_at_all() -> None:
    free = {(1, 9): 3, (2, 9): 1}
    lines = [StockLine(1, 9, 2, "first", AT), StockLine(2, 9, 1, "first", AT),
             StockLine(1, 9, 1, "second", AT), StockLine(2, 9, 1, "second", AT),
             StockLine(1, 9, 1, "third", AT)]

    assert rules.grant(free, lines) == {"first", "third"}
    assert free == {(1, 9): 0, (2, 9): 0}
