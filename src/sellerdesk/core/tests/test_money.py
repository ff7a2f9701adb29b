import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money, allocate, format_money, round_half_even, share


@pytest.mark.parametrize(("text", "minor"), [
    ("1299.99", 129999), ("1 299,99", 129999), ("1,299.99", 129999), ("1.299,99", 129999), ("0.10", 10),
    ("1\u00a0000", 100000), ("-5", -500), ("+7", 700), ("300.00", 30000), ("0", 0),
])
def test_an_amount_is_read_as_people_and_spreadsheets_write_it(text, minor):
    assert Money.parse(text, "RUB") == Money(minor, "RUB")


@pytest.mark.parametrize(("text", "code"), [
    ("", "money_unreadable"), ("abc", "money_unreadable"), ("1e2", "money_unreadable"), ("1,2,3", "money_unreadable"),
    ("NaN", "money_unreadable"), ("1.999", "money_too_precise"), ("99999999999999999", "money_too_large"),
])
def test_an_amount_that_cannot_be_read_says_which_and_why(text, code):
    with pytest.raises(Invalid) as caught:
        Money.parse(text, "RUB", field="price")

    assert (caught.value.code, caught.value.field) == (code, "price")
    assert text[:20] in caught.value.text


def test_currencies_do_not_mix():
    with pytest.raises(ValueError):
        Money(1, "RUB") + Money(1, "CNY")


@pytest.mark.parametrize(("numerator", "denominator", "result"), [
    (5, 2, 2), (7, 2, 4), (-5, 2, -2), (1, 3, 0), (2, 3, 1), (5, -2, -2),
])
def test_rounding_takes_ties_to_the_even_neighbour(numerator, denominator, result):
    assert round_half_even(numerator, denominator) == result


def test_a_share_is_taken_in_basis_points():
    assert share(129999, 1250) == 16250


@given(st.integers(-10**12, 10**12), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_parts_add_up_to_the_whole(amount, weights):
    assert sum(allocate(amount, weights)) == amount


@given(st.integers(-10**15, 10**15), st.sampled_from(["RUB", "CNY", "USD", "JPY"]))
def test_the_wire_spelling_reads_back_as_itself(amount, currency):
    money = Money(amount, currency)

    assert Money.parse(money.decimal_text(), currency) == money


def test_money_is_written_as_each_language_writes_it():
    money = Money(123456789, "RUB")

    assert format_money(money, "ru") == "1\u00a0234\u00a0567,89\u00a0₽"
    assert format_money(money, "en") == "₽1,234,567.89"
    assert format_money(money, "zh-hans") == "₽1,234,567.89"
    assert format_money(Money(50000, "CNY"), "zh-hans") == "¥500.00"
    assert format_money(Money(-50050, "CNY"), "ru") == "−500,50\u00a0¥"
    assert format_money(Money(123456, "KGS"), "en", whole=True) == "KGS\u00a01,235"
