from __future__ import annotations

from datetime import UTC, datetime

from sellerdesk.sellers.numbers import russia
from sellerdesk.simulator.buyers import Arrival, Offer, wish

AT = datetime(2026, 11, 5, 9, tzinfo=UTC)


def test_some_orders_are_for_companies_with_numbers_that_fit_and_belong_to_nobody() -> None:
    offer = Offer(1, 100_00, 0, "RUB")

    wishes = [wish(Arrival(AT, f"7:1:{at}"), [offer], [1.0], {1: 10_000}) for at in range(400)]

    firms = [one.firm for one in wishes if one and one.firm]
    assert 10 < len(firms) < 60
    assert all(russia(firm.tax_number) and firm.tax_number.startswith("00") for firm in firms)
    assert all(firm.name and firm.address and len(firm.tax_reason) == 9 for firm in firms)
    again = wish(Arrival(AT, "7:1:3"), [offer], [1.0], {1: 10_000})
    assert again == wishes[3]
