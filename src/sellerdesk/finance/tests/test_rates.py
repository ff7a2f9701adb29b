from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.finance import queries
from sellerdesk.finance.models import Line
from sellerdesk.finance.queries import rates as reading
from sellerdesk.finance.services import rates
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import PostingLine
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest

OPERATOR = Actor.user(1, "Olga")


def bring(text: str, now: datetime) -> int:
    return rates.import_rates(text=text, source="Bank of Russia", actor=OPERATOR, now=now)


def test_rates_come_with_their_day_and_source_and_older_days_keep_theirs(dated_rules, now) -> None:
    assert bring("currency;day;rate\nCNY;2026-11-20;11,5\ncny;2026-11-23;12.3456\n\nUSD;2026-11-23;80\n", now) == 3

    at = reading.rate_of("CNY", now)
    assert (at.text, at.since.date(), at.source.text) == ("12.3456", date(2026, 11, 23), "Bank of Russia")
    assert reading.rate_of("CNY", datetime(2026, 11, 21, tzinfo=UTC)).text == "11.5"
    assert queries.convert(100_00, "CNY", "RUB", now).amount_minor == 1_234_56


@pytest.mark.parametrize(("text", "code"), [
    ("CNY;2026-11-23;0", "rate_unreadable"), ("CNY;2026-11-23;11.23456", "rate_unreadable"),
    ("RUB;2026-11-23;1", "rate_unreadable"), ("CNY;yesterday;11", "rate_unreadable"), ("XQZ;2026-11-23;1", "rate_unreadable"),
    ("CNY;2026-11-23", "rate_unreadable"), ("", "required")])
def test_a_wrong_line_is_named_and_nothing_is_brought_in(dated_rules, now, text, code) -> None:
    before = reading.rates_in_force(now)

    with pytest.raises(Invalid) as refused:
        bring(f"{text}" if not text else f"USD;2026-11-23;90\n{text}", now)

    assert refused.value.fields[0].code == code
    assert reading.rates_in_force(now) == before


def test_an_order_keeps_its_rate_and_the_refund_is_made_at_it(rival_stall, dated_rules, now) -> None:
    bring("CNY;2026-11-23;12.5", now)
    [number] = rival_stall.handed_over(rival_stall.request((rival_stall.mug, 2)))
    line = PostingLine.objects.get(posting__number=number)
    rate = reading.rate_of("CNY", now).rule_id
    assert (line.buyer_price_minor, line.buyer_currency, line.rate_id) == (12_500_00, "RUB", rate)

    rival_stall.scan(number, "accepted", "at_pickup_point", "delivered")
    bring("CNY;2026-11-23;20", now)
    [made] = returns.request_returns(seller=rival_stall.seller, actor=Actor.buyer("Dmitri"), requests=[
        ReturnRequest(number, line.sku, 1, "defective", now)])
    returns.advance(return_ids=[made.return_id], to_state="arrived", at=now, actor=Actor.courier("x"))
    returns.receive_many(seller=rival_stall.seller, return_ids=[made.return_id], actor=rival_stall.actor, now=now)

    booked = dict(Line.objects.filter(transaction__posting_number=number, account="seller",
                                      kind__in=("sale", "return_sale")).values_list("kind", "rate_id"))
    assert booked == {"sale": line.rate_id, "return_sale": line.rate_id}
    assert orders.posting(rival_stall.seller, number).lines[0].buyer_price_minor == 12_500_00


def test_where_both_pay_in_one_currency_no_rate_is_needed(stall) -> None:
    [number] = stall.place()

    line = orders.posting(stall.seller, number).lines[0]
    assert (line.buyer_price_minor, line.buyer_currency, line.rate_id) == (line.price_minor, "RUB", None)


def test_sellers_read_the_rate_its_source_and_the_rule_of_rounding(clara_client, operator_client, rival_shop, now) -> None:
    answer = operator_client.post(reverse("console:rates"), {"text": "CNY;2026-11-23;12.3", "source": "Bank of Russia"})
    assert answer.status_code == 302
    assert operator_client.post(reverse("console:rates"), {"text": "nonsense;", "source": "x"}).status_code == 422

    body = clara_client.get(reverse("finance:payout_settings")).content.decode()

    assert "1 CNY = 12.3 RUB" in body
    assert "Bank of Russia" in body
    assert "half" in body or "四舍六入" in body
