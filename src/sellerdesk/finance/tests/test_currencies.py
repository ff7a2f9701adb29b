"""Currencies from the price to the refund, a sentence a test.

The contract's currency, what prices are in and what buyers pay; rates by day with their source; what an order keeps; what
a refund is made at; how amounts are rounded, and that the page says so; the past stays as it is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, Unavailable
from sellerdesk.core.money import allocate
from sellerdesk.finance import queries, rules
from sellerdesk.finance.models import Line
from sellerdesk.finance.queries import rates as reading
from sellerdesk.finance.services import rates
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.models import PostingLine
from sellerdesk.pricing import queries as pricing
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest

OPERATOR = Actor.user(1, "Olga")
SCALE = rules.RATE_SCALE
#: Rates from a ten-thousandth to a hundred thousand roubles, and digits of minor units that currencies have.
RATES, DIGITS = st.integers(1, 10**9), st.sampled_from([0, 2, 3])
AMOUNTS = st.integers(1, 10**12)


def bring(text: str, now: datetime, source: str = "Bank of Russia") -> int:
    return rates.import_rates(text=text, source=source, actor=OPERATOR, now=now)


def line_of(number: str) -> PostingLine:
    return PostingLine.objects.get(posting__number=number)


# --- which currency is what -----------------------------------------------------------------------------------------


def test_prices_orders_and_bookings_are_in_the_currency_of_the_contract(rival_stall) -> None:
    [number] = rival_stall.handed_over(rival_stall.request((rival_stall.mug, 2)))
    rival_stall.scan(number, "accepted", "at_pickup_point", "delivered")

    assert rival_stall.seller.currency == "CNY"
    assert pricing.prices(rival_stall.seller, [rival_stall.mug])[rival_stall.mug].currency == "CNY"
    assert orders.posting(rival_stall.seller, number).currency == "CNY"
    assert set(Line.objects.filter(transaction__posting_number=number).values_list("currency", flat=True)) == {"CNY"}


def test_what_buyers_pay_in_is_a_dated_rule_and_holds_for_later_orders_only(rival_stall, now) -> None:
    [before] = rival_stall.place()
    dated.put("finance.buyer_currency", "", {"currency": "KZT"}, valid_from=now + timedelta(minutes=1), source="test")

    [after] = rival_stall.place(rival_stall.request(at=now + timedelta(minutes=2)))

    assert (line_of(before).buyer_currency, line_of(before).buyer_price_minor) == ("RUB", 11_200_00)
    # 1,000 yuan at 11.2 roubles, a tenge at 0.155.
    assert (line_of(after).buyer_currency, line_of(after).buyer_price_minor) == ("KZT", 72_258_06)


# --- rates by day ---------------------------------------------------------------------------------------------------


def test_a_day_without_a_rate_has_that_of_the_last_day_before_it(dated_rules, now) -> None:
    bring("CNY;2026-11-10;11.5\nCNY;2026-11-20;12.5", now)

    def on(day: int) -> str:
        return reading.rate_of("CNY", datetime(2026, 11, day, 23, 59, tzinfo=UTC)).text

    assert [on(day) for day in (9, 10, 15, 19, 20, 30)] == ["11.2", "11.5", "11.5", "11.5", "12.5", "12.5"]


def test_a_currency_without_any_rate_is_an_error_that_names_it_and_no_guess(dated_rules, now) -> None:
    with pytest.raises(Unavailable) as refused:
        queries.convert(100_00, "JPY", "RUB", now)

    assert (refused.value.code, refused.value.data["key"]) == ("rule_missing", "JPY")


def test_the_operator_reads_rate_day_and_source(operator_client, dated_rules, now) -> None:
    bring("CNY;2026-11-22;12.3456", now)

    body = operator_client.get(reverse("console:rates")).content.decode()

    assert "12.3456" in body
    assert "Bank of Russia" in body


def test_the_operator_says_the_source_in_three_languages_and_each_shop_reads_its_own(
        operator_client, clara, clara_client, dated_rules, now) -> None:
    said = operator_client.post(reverse("console:rates"), {
        "text": "CNY;2026-11-22;12.3456", "source": "Bank of Russia", "source_ru": "Банк России", "source_zh": "俄罗斯央行"})
    read = {}
    for language in ("en", "ru", "zh-hans"):
        clara.language = language
        clara.save()
        read[language] = clara_client.get(reverse("finance:payout_settings")).content.decode()

    assert said.status_code == 302
    for language, name in (("en", "Bank of Russia"), ("ru", "Банк России"), ("zh-hans", "俄罗斯央行")):
        assert name in read[language]


def test_a_correction_of_today_holds_from_now_on_under_a_version_of_its_own(dated_rules, now) -> None:
    bring("CNY;2026-11-23;12", now)
    first = reading.rate_of("CNY", now)
    bring("CNY;2026-11-23;13", now)
    second = reading.rate_of("CNY", now + timedelta(seconds=1))
    bring("CNY;2026-11-23;14", now)
    third = reading.rate_of("CNY", now + timedelta(seconds=1))

    assert (second.text, third.text) == ("13", "14")
    kept = reading.by_version()
    assert [kept[one.rule_id].text for one in (first, second, third)] == ["12", "13", "14"]


def test_a_day_that_is_over_is_not_corrected_and_today_s_rate_stays(dated_rules, now) -> None:
    bring("CNY;2026-11-20;11.5\nCNY;2026-11-23;12.3", now)

    with pytest.raises(Invalid) as refused:
        bring("CNY;2026-11-20;11.6", now)

    assert refused.value.fields[0].code == "rate_day_over"
    assert reading.rate_of("CNY", now + timedelta(seconds=1)).text == "12.3"


def test_the_same_rate_once_more_changes_nothing_not_even_its_source(dated_rules, now) -> None:
    bring("CNY;2026-11-23;12.5", now)
    before = reading.rate_of("CNY", now)

    bring("CNY;2026-11-23;12.5", now, source="Somebody else")

    assert reading.rate_of("CNY", now) == before


# --- what an order keeps --------------------------------------------------------------------------------------------


def test_each_line_keeps_amount_currency_and_the_version_with_rate_source_and_time(rival_stall, now) -> None:
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.place(rival_stall.request((rival_stall.mug, 2), (rival_stall.pan, 1)))

    mug, pan = orders.posting(rival_stall.seller, number).lines
    assert [(one.buyer_price_minor, one.buyer_currency) for one in (mug, pan)] == [(12_500_00, "RUB"), (3_131_25, "RUB")]
    for one in (mug, pan):
        rate = reading.by_version()[one.rate_id]
        assert (rate.currency, rate.text, rate.source.text, rate.since.date()) == (
            "CNY", "12.5", "Bank of Russia", date(2026, 11, 23))
    assert orders.posting(rival_stall.seller, number).in_process_at == now


def test_later_rates_and_corrections_leave_orders_and_their_pages_alone(rival_stall, clara_client, now) -> None:
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.place()
    before = orders.posting(rival_stall.seller, number).lines
    bring("CNY;2026-11-23;20", now)
    bring("CNY;2026-11-24;30", now)

    page = clara_client.get(reverse("orders:posting", args=[number])).content.decode()

    assert orders.posting(rival_stall.seller, number).lines == before
    assert "1 CNY = 12.5 RUB" in page
    assert "1 CNY = 20 RUB" not in page


def test_a_posting_that_is_divided_takes_its_rate_and_price_along(rival_stall, now) -> None:
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.place(rival_stall.request((rival_stall.mug, 3)))
    bring("CNY;2026-11-23;20", now)

    parts = acts.split_posting(seller=rival_stall.seller, number=number, actor=rival_stall.actor,
                               now=now + timedelta(hours=1), parts=[[(rival_stall.sku(rival_stall.mug), 1)]])

    lines = [line for part in parts for line in orders.posting(rival_stall.seller, part).lines]
    assert {(one.buyer_price_minor, reading.by_version()[one.rate_id].text) for one in lines} == {(12_500_00, "12.5")}
    assert sum(one.buyer_price_minor * one.quantity for one in lines) == 3 * 12_500_00


def test_a_value_for_customs_is_converted_at_the_rate_of_the_order_whenever_it_is_declared(rival_stall, now) -> None:
    [number] = rival_stall.place()
    bring("USD;2026-11-24;160", now)

    acts.declare_value(seller=rival_stall.seller, number=number, sku=rival_stall.sku(rival_stall.mug), text="10 USD",
                       actor=rival_stall.actor, now=now + timedelta(days=2))

    # 10 dollars at 80 and 11.2 roubles, not at 160.
    assert line_of(number).declared_price_minor == 71_43
    assert reading.by_version()[line_of(number).declared_rate_id].text == "80"


# --- refunds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("later", "quantity"), [("0.5", 1), ("12.5", 2), ("99.9999", 3)])
def test_a_refund_gives_back_what_was_booked_at_the_rate_of_the_order(rival_stall, now, later, quantity) -> None:
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.handed_over(rival_stall.request((rival_stall.mug, 3)))
    kept = line_of(number)
    rival_stall.scan(number, "accepted", "at_pickup_point", "delivered")
    bring(f"CNY;2026-11-24;{later}", now)
    back = now + timedelta(days=2)
    assert reading.rate_of("CNY", back).text == later

    [made] = returns.request_returns(seller=rival_stall.seller, actor=Actor.buyer("Dmitri"), requests=[
        ReturnRequest(number, kept.sku, quantity, "defective", back)])
    returns.advance(return_ids=[made.return_id], to_state="arrived", at=back, actor=Actor.courier("x"))
    returns.receive_many(seller=rival_stall.seller, return_ids=[made.return_id], actor=rival_stall.actor, now=back)

    booked = Line.objects.filter(transaction__posting_number=number, account="seller")
    [sale] = booked.filter(kind="sale").values_list("amount_minor", "rate_id")
    [refund] = booked.filter(kind="return_sale").values_list("amount_minor", "rate_id")
    assert (sale, refund) == ((3_000_00, kept.rate_id), (-quantity * 1_000_00, kept.rate_id))
    # What the buyer paid for these units and gets back: the same amount, at the same rate.
    assert reading.by_version()[refund[1]].text == "12.5"
    assert line_of(number).buyer_price_minor * quantity == quantity * 12_500_00
    # Each booking moves money from one account to another.
    assert sum(Line.objects.filter(transaction__posting_number=number).values_list("amount_minor", flat=True)) == 0


# --- rounding -------------------------------------------------------------------------------------------------------


def test_the_page_with_a_price_in_the_buyer_s_currency_names_rate_source_and_rule(rival_stall, clara, clara_client, now) -> None:
    clara.language = "en"
    clara.save()
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.place()

    body = clara_client.get(reverse("orders:posting", args=[number])).content.decode()

    assert "₽12,500.00" in body
    assert "1 CNY = 12.5 RUB" in body
    assert "Bank of Russia" in body
    assert "rounded once, half to even" in body


@pytest.mark.parametrize(("minor", "rate", "rounded"), [
    (1, 5_000, 0), (3, 5_000, 2), (5, 5_000, 2), (1, 15_000, 2), (1, 25_000, 2), (100, 112_345, 1123)])
def test_half_a_kopeck_goes_to_the_even_neighbour(minor, rate, rounded) -> None:
    assert rules.convert(minor, (rate, 2), (SCALE, 2)) == rounded


@given(AMOUNTS, RATES, DIGITS, RATES, DIGITS)
def test_what_is_rounded_is_at_most_half_a_minor_unit_away(minor, source, source_digits, target, target_digits) -> None:
    found = rules.convert(minor, (source, source_digits), (target, target_digits))

    exact_over, exact_under = minor * source * 10**target_digits, target * 10**source_digits
    assert abs(found * exact_under - exact_over) * 2 <= exact_under


@given(AMOUNTS, RATES, st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_parts_of_a_line_add_up_to_the_whole_in_both_currencies(price, rate, parts) -> None:
    """A unit is converted once; whatever a line is divided into, and whatever comes back, the sums are those units."""
    unit = rules.convert(price, (rate, 2), (SCALE, 2))
    whole = unit * sum(parts)

    assert sum(unit * part for part in parts) == whole
    assert allocate(whole, parts) == [unit * part for part in parts]


@given(AMOUNTS, st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any))
def test_what_is_split_between_products_never_loses_a_kopeck(amount, weights) -> None:
    parts = allocate(amount, weights)

    assert sum(parts) == amount
    assert all(abs(part * sum(weights) - amount * weight) < sum(weights) for part, weight in zip(parts, weights,
                                                                                                 strict=True))
