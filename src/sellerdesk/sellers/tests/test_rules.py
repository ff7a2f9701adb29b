"""Plain decisions: registration numbers, shop names, keys."""

from __future__ import annotations

import pytest

from sellerdesk.sellers import countries, rules


@pytest.mark.parametrize(
    ("country", "number", "fault"),
    [
        ("CN", "91440300708461136T", ""),
        ("CN", "91440300708461136U", "check_digit"),
        ("CN", "91440300708461136I", "pattern"),
        ("CN", "9144030070846113", "pattern"),
        ("RU", "7707083893", ""),
        ("RU", "7707083894", "check_digit"),
        ("RU", "500100732259", ""),
        ("RU", "500100732269", "check_digit"),
        ("RU", "77070838930", "pattern"),
        ("BY", "200988541", ""),
        ("BY", "200988542", "check_digit"),
        ("BY", "MA1953684", ""),
        ("KZ", "970740000838", ""),
        ("KZ", "970740000839", "check_digit"),
        ("TR", "4540536920", ""),
        ("TR", "4540536921", "check_digit"),
        ("TR", "17291716060", ""),
        ("TR", "17291716050", "check_digit"),
        ("HK", "12345678", ""),
        ("HK", "123456789", "pattern"),
        ("KG", "0123456789012", "pattern"),
        ("AM", "01234567", ""),
        ("DE", "DE136695976", ""),
        ("DE", "136695978", "check_digit"),
        ("FR", "FR40303265045", ""),
        ("FR", "84323140391", "check_digit"),
        ("IT", "IT00743110157", ""),
        ("IT", "00743110158", "check_digit"),
        ("ES", "ESA28015865", ""),
        ("ES", "54362315Z", "check_digit"),
        ("PL", "PL8567346215", ""),
        ("PL", "8567346216", "check_digit"),
        ("NL", "NL004495445B01", ""),
        ("NL", "123456789B90", "check_digit"),
        ("NL", "DE004495445B01", "pattern"),
        ("KZ", "97074000083", "pattern"),
        ("ZZ", "123456", "pattern"),
    ],
)
def test_registration_number_is_checked_by_the_countrys_own_rule(country, number, fault):
    assert countries.number_fault(country, number) == fault


def test_registration_number_is_kept_without_what_people_put_between_the_digits():
    assert countries.clean_number(" 7707-083 893 ") == "7707083893"
    assert countries.clean_number("de 136 695 976", "DE") == countries.clean_number("136695976", "DE") == "DE136695976"
    assert countries.clean_number("EL 094259216", "GR") == "EL094259216"
    assert countries.clean_number("９１４４0300708461136t") == "91440300708461136T"


def test_every_countrys_example_passes_its_own_pattern():
    examples = [(one.code, one.example) for one in countries.COUNTRIES.values() if one.example]

    assert [pair for pair in examples if countries.number_fault(*pair)] == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Anna's Shop", ""),
        ("Лавка Анны 24", ""),
        ("深圳小店", ""),
        ("A", "length"),
        ("x" * 141, "length"),
        ("12 34", "letters"),
        ("Nice 🛍 shop", "emoji"),
        ("write to anna@example.com", "contact"),
        ("shop.ru", "contact"),
        ("+7 (495) 123-45-67 Anna", "contact"),
        ("Sellerdesk official", "platform"),
        ("The best goods", "boast"),
        ("Самый дешёвый", "boast"),
        ("最好的店", "boast"),
    ],
)
def test_shop_name_leaves_out_contacts_pictures_and_boasts(name, fault):
    assert rules.shop_name_fault(rules.clean_name(name)) == fault


def test_key_of_all_ones_and_of_all_zeros_has_the_same_length_and_its_checksum():
    longest, shortest = rules.make_key(b"\xff" * 32), rules.make_key(b"\x00" * 32)

    assert len(longest) == len(shortest) == rules.KEY_LENGTH == 52
    assert rules.well_formed(longest)
    assert rules.well_formed(shortest)


def test_key_with_one_letter_changed_is_not_well_formed():
    key = rules.make_key(bytes(range(32)))

    changed = key[:20] + ("a" if key[20] != "a" else "b") + key[21:]

    assert not rules.well_formed(changed)
    assert not rules.well_formed(key + "0")
    assert not rules.well_formed("xx_" + key[3:])
    assert not rules.well_formed("")
