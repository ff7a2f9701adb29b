from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from sellerdesk.catalog.models import Category
from sellerdesk.core import activity, rules
from sellerdesk.core.errors import NotFound
from sellerdesk.finance import queries, services
from sellerdesk.finance.models import Line, Transaction
from sellerdesk.finance.types import BookedLine, Charge, Commission, Converted, DeliveredPosting, ReturnedGoods


def posting(seller, now, number: str = "1000-0001-1", **changes) -> DeliveredPosting:
    return DeliveredPosting(**{
        "seller_id": seller.id, "number": number, "currency": seller.currency, "at": now,
        "lines": (BookedLine(501, 2, 2_000_00, 240_00),), "logistics_minor": 150_00, **changes})


def goods(seller, now, key: str = "77") -> ReturnedGoods:
    return ReturnedGoods(seller.id, key, "1000-0001-1", seller.currency, now,
                         (BookedLine(501, 1, 1_000_00, 120_00),), logistics_minor=90_00)


def test_a_delivery_counts_once_however_often_it_is_told(shop, now) -> None:
    assert services.book_deliveries(postings=[posting(shop, now), posting(shop, now)]) == 1
    assert services.book_deliveries(postings=[posting(shop, now), posting(shop, now, "1000-0002-1")]) == 1

    balance = queries.balance(shop)
    assert balance.by_kind == {"sale": 4_000_00, "commission": -480_00, "logistics": -300_00, "acquiring": -60_00}
    assert (balance.accrued_minor, balance.currency) == (3_160_00, "RUB")
    assert Transaction.objects.count() == 2
    assert [act.data["count"] for act in activity.latest(shop.id) if act.event == "finance.deliveries.booked"] == [1, 1]


def test_a_return_takes_back_the_sale_and_its_commission(shop, now) -> None:
    services.book_deliveries(postings=[posting(shop, now)])

    assert services.book_returns(returns=[goods(shop, now), goods(shop, now)]) == 1

    rows = queries.of_posting(shop, "1000-0001-1")
    assert [(row.kind, row.amount_minor) for row in rows] == [
        ("sale", 2_000_00), ("commission", -240_00), ("logistics", -150_00), ("acquiring", -30_00),
        ("return_sale", -1_000_00), ("return_commission", 120_00), ("return_logistics", -90_00)]
    assert rows[3].rule.source.text.startswith("Payment processing tariff")
    assert queries.balance(shop).accrued_minor == sum(row.amount_minor for row in rows) == 610_00


def test_every_booking_in_the_table_sums_to_zero(shop, rival_shop, now) -> None:
    services.book_deliveries(postings=[posting(shop, now), posting(rival_shop, now)])
    services.book_returns(returns=[goods(shop, now)])

    sums = Line.objects.values("transaction_id").annotate(rest=Sum("amount_minor")).values_list("rest", flat=True)

    assert list(sums) == [0, 0, 0]
    for row in Transaction.objects.all():
        own = Line.objects.filter(transaction=row, account="seller").aggregate(own=Sum("amount_minor"))["own"]
        assert row.amount_minor == own


def test_booking_takes_the_same_statements_for_one_and_for_fifty(shop, now) -> None:
    services.book_deliveries(postings=[posting(shop, now, "0-0-0")])
    counts = []

    for numbers in (["1-1-1"], [f"2-{at}-1" for at in range(50)]):
        with CaptureQueriesContext(connection) as seen:
            services.book_deliveries(postings=[posting(shop, now, number) for number in numbers])
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 8


def test_commission_follows_department_price_and_date(shop, now) -> None:
    Category.objects.create(id=17000100, name_en="Electronics", name_ru="Электроника", name_zh="数码")
    Category.objects.create(id=17000101, parent_id=17000100, name_en="Audio", name_ru="Аудио", name_zh="音响")
    Category.objects.create(id=5, name_en="Elsewhere", name_ru="Прочее", name_zh="其他")
    rules.put("finance.commission", "17000100", {"fbs": [1000, 1000, 1000]}, valid_from=now + timedelta(days=1),
              source="test")

    def quote(at):
        return services.quote_commission(seller=shop, at=at, lines=[
            (91101, 17000101, 1_500_00, 1), (91101, 17000101, 1_500_01, 3), (1, 5, 6_000_00, 1)])

    first = quote(now)
    assert [(row.bp, row.amount_minor) for row in first] == [(1200, 180_00), (1400, 630_00), (1800, 1_080_00)]
    assert quote(now + timedelta(days=2))[0] == Commission(
        1000, 150_00, rules.get("finance.commission", "17000100", now + timedelta(days=2)).id)
    assert first[0].rule_id != quote(now + timedelta(days=2))[0].rule_id


def test_pages_of_bookings_walk_forth_and_back(shop, rival_shop, now) -> None:
    services.book_deliveries(postings=[
        posting(shop, now + timedelta(minutes=at // 2), f"1-{at}-1") for at in range(7)])
    services.book_deliveries(postings=[posting(rival_shop, now, "9-9-9")])

    first = queries.transactions_page(shop, limit=3)
    second = queries.transactions_page(shop, limit=3, cursor=first.next_cursor)
    third = queries.transactions_page(shop, limit=3, cursor=second.next_cursor)

    numbers = [row.posting_number for page in (first, second, third) for row in page.rows]
    assert sorted(numbers) == [f"1-{at}-1" for at in range(7)]
    assert (first.prev_cursor, third.next_cursor) == ("", "")
    assert queries.transactions_page(shop, limit=3, cursor=third.prev_cursor).rows == second.rows
    assert queries.transactions_page(shop, limit=3, cursor=second.prev_cursor).rows == first.rows
    assert queries.totals(shop, now, now + timedelta(minutes=1)).by_kind["sale"] == 4_000_00


def test_another_shops_booking_does_not_exist(shop, rival_shop, now) -> None:
    services.book_deliveries(postings=[posting(shop, now)])
    booked = Transaction.objects.get()

    with pytest.raises(NotFound):
        queries.transaction(rival_shop, booked.pk)
    assert queries.of_posting(rival_shop, "1000-0001-1") == []
    assert queries.balance(rival_shop).accrued_minor == 0


def test_a_charge_is_booked_once_and_given_back_under_a_key_of_its_own(shop, now) -> None:
    def charge(kind: str, amount_minor: int, key: str = "1000-0001-1") -> Charge:
        return Charge(shop.id, key, kind, "1000-0001-1", "RUB", now, amount_minor, 5)

    assert services.book_charges(charges=[charge("penalty", -45_00), charge("penalty", 0, "nothing")]) == 1
    assert services.book_charges(charges=[charge("penalty", -45_00)]) == 0
    assert queries.balance(shop).by_kind == {"penalty": -45_00}
    services.book_charges(charges=[charge("penalty_back", 45_00)])

    assert [(row.kind, row.amount_minor, row.rule_id) for row in queries.of_posting(shop, "1000-0001-1")] == [
        ("penalty", -45_00, 5), ("penalty_back", 45_00, 5)]
    assert queries.balance(shop).accrued_minor == 0
    assert Line.objects.aggregate(rest=Sum("amount_minor"))["rest"] == 0


def test_amounts_are_converted_at_the_rate_of_the_day(dated_rules, now) -> None:
    tomorrow = now + timedelta(days=1)
    newer = rules.put("finance.rate", "CNY", {"rate": 120_000}, valid_from=tomorrow, source="test")

    assert queries.convert(1_500_00, "RUB", "RUB", now) == Converted(1_500_00, None)
    assert queries.convert(1_500_00, "RUB", "CNY", now).amount_minor == 133_93
    assert queries.convert(1_500_00, "RUB", "CNY", tomorrow) == Converted(125_00, newer)
    assert queries.convert(10_00, "CNY", "USD", tomorrow).amount_minor == 1_50
