from __future__ import annotations

from sellerdesk.logistics import defaults, rules, texts
from sellerdesk.logistics.types import SCAN_CODES


def test_tracking_numbers_have_the_postal_form_and_never_repeat() -> None:
    numbers = [rules.tracking_number("VP", parcel) for parcel in range(1, 20_001)]

    assert len(set(numbers)) == 20_000
    assert all(len(number) == 13 and number[-2:] == "ZZ" for number in numbers)
    # The example of the postal union's own standard S10: RR 47312482 9 GB.
    assert rules.check_digit("47312482") == 9


def test_sort_letters_are_short_in_every_script() -> None:
    assert [rules.sort_code(city) for city in ("Нижний Новгород", "乌鲁木齐", "St. Louis", "")] == [
        "НИЖ", "乌鲁", "STL", "—"]


def test_every_scan_has_words_and_every_service_a_carrier_and_a_tariff() -> None:
    assert set(texts.SCANS) == set(SCAN_CODES)
    assert {service.carrier for service in rules.SERVICES.values()} <= rules.CARRIERS.keys()
    assert rules.SERVICES.keys() == defaults.TARIFFS.keys()
