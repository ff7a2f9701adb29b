"""Goods in the marketplace's warehouses: counted by the day, charged by litre, free at first."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sellerdesk.catalog.models import Category, Product
from sellerdesk.core import clock, scope
from sellerdesk.core import rules as dated
from sellerdesk.finance import queries as finance
from sellerdesk.finance.models import Line, Settlement, Transaction
from sellerdesk.inventory import rules, services, tasks
from sellerdesk.inventory.models import StorageDay, StorageRow
from sellerdesk.inventory.queries import storage
from sellerdesk.inventory.services import storing
from sellerdesk.inventory.types import StockLine
from sellerdesk.simulator.services import clockwork
from tests.stall import Stall

pytestmark = pytest.mark.django_db
PODOLSK, KAZAN = 1_020_004_000_000_101, 1_020_004_000_000_301
LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)


def put_tariff(free_days: int = 2, minor_100l: int = 25_000, since: datetime = LONG_AGO, key: str = "") -> int:
    return dated.put("inventory.storage", key, {"free_days": free_days, "minor_100l": minor_100l, "least_ml": 500,
                                                "currency": "RUB"}, valid_from=since, source="Tariff of a test")


@pytest.fixture
def stored(stall: Stall, dated_rules: None) -> Stall:
    """Ten mugs of half a litre came to Podolsk on Monday; storing is free for two days, then 2.50 a litre."""
    put_tariff()
    arrive(stall, 10)
    return stall


def arrive(stall: Stall, units: int, days: int = 0, place: int = PODOLSK) -> None:
    services.receive(seller=stall.seller, lines=[
        StockLine(stall.mug, place, units, "supply-1", stall.now + timedelta(days=days))])


def count(stall: Stall, days: int) -> int:
    return storing.count_due(now=stall.now + timedelta(days=days))


def charged(stall: Stall) -> dict[str, int]:
    return {key.rpartition(":")[2]: amount for key, amount in Transaction.objects.filter(
        seller_id=stall.seller.id, kind="placement").order_by("at").values_list("key", "amount_minor")}


def test_days_are_free_first_and_then_charged_by_litre(stored) -> None:
    assert count(stored, 4) == 4

    # Half a litre each at 2.50 a litre and day: ten cost 12.50. They came on the 23rd, which is a day of theirs.
    assert charged(stored) == {"2026-11-25": -12_50, "2026-11-26": -12_50}
    assert [(row.day.day, row.units, row.paid_units, row.volume_ml, row.paid_ml, row.amount_minor)
            for row in storage.days(stored.seller, date(2026, 11, 1), date(2026, 11, 30)).rows] == [
        (26, 10, 10, 5000, 5000, 12_50), (25, 10, 10, 5000, 5000, 12_50), (24, 10, 0, 5000, 0, 0),
        (23, 10, 0, 5000, 0, 0)]
    assert finance.balance(stored.seller).by_kind == {"placement": -25_00}


def test_a_day_is_booked_once_as_both_sides_with_its_tariff_and_units(stored) -> None:
    count(stored, 3)
    assert count(stored, 3) == 0
    assert storing.count_day(seller=stored.seller, day=date(2026, 11, 25), now=stored.now) is False

    booking = Transaction.objects.get()
    rule = dated.get("inventory.storage", "", stored.now).id
    assert list(Line.objects.order_by("id").values_list("account", "kind", "amount_minor", "quantity", "rule_id")) == [
        ("seller", "placement", -12_50, 10, rule), ("warehouses", "placement", 12_50, 10, rule)]
    # The last second of the day where the shop is.
    assert booking.at == datetime(2026, 11, 25, 20, 59, 59, tzinfo=UTC)
    assert StorageRow.objects.filter(day=date(2026, 11, 25)).get().amount_minor == -booking.amount_minor


def test_missed_days_are_caught_up_with_what_lay_there_then(stored) -> None:
    arrive(stored, 6, days=3)
    arrive(stored, 100, days=6)

    assert count(stored, 6) == 6

    rows = storage.rows(stored.seller, date(2026, 11, 23), date(2026, 11, 28)).rows
    assert [(row.day.day, row.units, row.paid_units) for row in rows] == [
        (23, 10, 0), (24, 10, 0), (25, 10, 10), (26, 16, 10), (27, 16, 10), (28, 16, 16)]


def test_counting_each_day_or_all_at_once_is_the_same(stored) -> None:
    arrive(stored, 6, days=3)
    for day in range(1, 7):
        count(stored, day)
    daily = charged(stored)

    StorageDay.objects.all().delete()
    StorageRow.objects.all().delete()
    assert count(stored, 6) == 6

    # The ledger knows the days: nothing is charged twice even where the rows were lost.
    assert charged(stored) == daily
    assert {row.day.isoformat(): -row.amount_minor for row in storage.days(
        stored.seller, date(2026, 11, 23), date(2026, 11, 28)).rows if row.amount_minor} == daily


def test_units_promised_to_buyers_cost_nothing_and_the_oldest_leave_first(stored) -> None:
    arrive(stored, 5, days=4)
    stored.place(stored.request((stored.mug, 3)))

    count(stored, 6)

    last = storage.rows(stored.seller, date(2026, 11, 28), date(2026, 11, 28)).rows
    assert [(row.units, row.paid_units, row.amount_minor) for row in last] == [(12, 7, 8_75)]


def test_a_new_tariff_counts_from_its_day_on(stored) -> None:
    first = dated.get("inventory.storage", "", stored.now).id
    second = put_tariff(minor_100l=50_000, since=stored.now + timedelta(days=3))

    count(stored, 4)

    assert charged(stored) == {"2026-11-25": -12_50, "2026-11-26": -25_00}
    assert [row.rule_id for row in storage.rows(stored.seller, date(2026, 11, 25), date(2026, 11, 26)).rows] == [first, second]


def test_a_department_has_a_tariff_of_its_own_and_known_sizes_count(stored) -> None:
    # The category of the stall is a department of its own here.
    put_tariff(free_days=0, minor_100l=10_000, key="17000101")
    Product.objects.filter(pk=stored.mug).update(depth_mm=100, width_mm=100, height_mm=201)
    assert Category.objects.get(pk=17000101).parent_id is None
    finance.forget()

    count(stored, 1)

    [row] = storage.rows(stored.seller, date(2026, 11, 23), date(2026, 11, 23)).rows
    # The day on which they came is paid for where nothing is free: 10 × 2.01 l × 1.00.
    assert (row.unit_ml, row.paid_units, row.amount_minor) == (2010, 10, 20_10)


def test_a_shop_with_a_contract_in_yuan_pays_at_the_days_rate(stored) -> None:
    seller = replace(stored.seller, currency="CNY")

    rows = storage.count(seller, date(2026, 11, 25))

    # 12.50 roubles at 11.2.
    assert [(row.amount_minor, row.currency) for row in rows] == [(1_12, "CNY")]
    assert rows[0].rate_id == dated.get("finance.rate", "CNY", stored.now).id


def test_a_test_shop_is_counted_by_its_own_clock(stored) -> None:
    clock.give_own(stored.seller.id, stored.now + timedelta(days=3))
    assert count(stored, 9) == 0

    tasks.count_storage.func()

    assert list(charged(stored)) == ["2026-11-25"]
    with scope.one_shop(stored.seller.id):
        assert storing.count_due(now=clock.now()) == 0


def test_a_rival_sees_no_row(stored, rival_shop) -> None:
    count(stored, 3)

    span = (date(2026, 11, 1), date(2026, 11, 30))
    assert storage.rows(rival_shop, *span).rows == storage.days(rival_shop, *span).rows == storage.by_sku(rival_shop, *span) == []


def test_rows_go_on_after_the_last_one_and_sum_up_by_sku(stored) -> None:
    arrive(stored, 4, place=KAZAN)
    count(stored, 3)
    span = (date(2026, 11, 23), date(2026, 11, 25))
    every = storage.rows(stored.seller, *span).rows
    assert len(every) == 6
    found, cursor = [], ""
    for _at in range(6):
        page = storage.rows(stored.seller, *span, cursor=cursor, limit=1)
        found, cursor = [*found, *page.rows], page.next_cursor
    assert (found, cursor) == (every, "")
    [one] = storage.by_sku(stored.seller, *span)
    assert (one.sku, one.unit_days, one.paid_days, one.amount_minor) == (stored.sku(stored.mug), 42, 14, 17_50)


def test_counting_takes_the_same_statements_for_any_number_of_goods(stored) -> None:
    def statements(day: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            storing.count_day(seller=stored.seller, day=date(2026, 11, day), now=stored.now)
        return len(seen)

    count(stored, 2)
    few = statements(25)
    for place in (KAZAN, 1_020_004_000_000_201, 1_020_004_000_000_401):
        services.receive(seller=stored.seller, lines=[
            StockLine(product, place, 7, "s", stored.now) for product in (stored.mug, stored.pan)])

    assert statements(26) == few
    assert StorageRow.objects.filter(day=date(2026, 11, 26), amount_minor__gt=0).count() == 7


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30), st.integers(0, 30)), max_size=12), st.integers(0, 6))
def test_what_is_paid_for_is_what_a_queue_of_units_says(moves, free_days) -> None:
    """Units stand in line; the oldest leaves first."""
    queue: list[int] = []
    for day, came, left in sorted(moves):
        queue += [day] * came
        queue = queue[min(left, len(queue)):]

    arrived = sum(came for day, came, _left in moves if day > 9 - free_days)

    assert rules.paid_units(len(queue), arrived) == sum(day <= 9 - free_days for day in queue)


def test_amounts_are_rounded_once() -> None:
    assert rules.storage_minor(40, 1_500, 25_000) == 150_00
    assert rules.storage_minor(3, 200, 25_000) == 1_50
    assert rules.storage_until_sold(90, 60, 1_500, 25_000) == 112_50
    assert (rules.unit_ml((0, 100, 100), 200), rules.unit_ml((101, 10, 10), 1)) == (200, 11)


def test_pages_lead_from_the_booking_to_what_lay_there(stored, anna_client, clara_client) -> None:
    count(stored, 4)
    booking = Transaction.objects.get(key__endswith="2026-11-26")

    accrual = anna_client.get(reverse("finance:transaction", args=[booking.pk]))
    days = anna_client.get(reverse("inventory:storage"), {"day_to": "2026-11-30"})
    one = anna_client.get(accrual.context["day_href"])

    assert "10 units" in accrual.content.decode()
    assert [row.amount_minor for row in days.context["table"].rows] == [12_50, 12_50, 0, 0]
    assert days.context["total"].amount_minor == 25_00
    assert "₽250.00 for 100 litres and a day; the first 2 days" in " ".join(days.content.decode().split())
    assert [(view.name, view.place, view.row.amount_minor) for view in one.context["table"].rows] == [
        ("Mug «Ёлка»", "ПОДОЛЬСК_ФУЛФИЛМЕНТ", 12_50)]
    assert "Tariff of a test" in one.content.decode()
    address = reverse("inventory:storage_day", args=["2026-11-26"])
    assert clara_client.get(address).status_code == 404
    assert anna_client.get(reverse("inventory:storage_day", args=["2026-11-27"])).status_code == 404
    assert anna_client.get(reverse("inventory:storage_day", args=["yesterday"])).status_code == 404


def test_the_list_of_days_goes_on_page_by_page(stored, anna_client) -> None:
    count(stored, 60)
    asked = {"day_from": "2026-11-01", "day_to": "2027-01-31"}
    first = anna_client.get(reverse("inventory:storage"), asked)
    rest = anna_client.get(reverse("inventory:storage"), {**asked, "c": first.context["table"].next_cursor})

    seen = [row.day for page in (first, rest) for row in page.context["table"].rows]
    assert seen == [date(2027, 1, 21) - timedelta(days=at) for at in range(60)]


def test_the_file_holds_every_row_and_sums_to_the_booking(stored, anna_client) -> None:
    count(stored, 3)

    answer = anna_client.get(reverse("inventory:storage_file"), {"from": "2026-11-23", "to": "2026-11-25"})

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["Date", "SKU"]
    assert [(row[5], row[6], row[7], row[8], row[9]) for row in rows[1:]] == [
        (10, 0, 5000, 0, 0), (10, 0, 5000, 0, 0), (10, 10, 5000, 5000, 12.5)]
    assert finance.balance(stored.seller).by_kind["placement"] == -12_50


def test_a_market_that_jumps_ahead_counts_every_day_before_it_closes_periods(stored) -> None:
    clockwork.run_due(stored.now + timedelta(days=20))

    assert len(charged(stored)) == 18
    assert not Settlement.objects.exclude(late_minor=0).exists()
    assert Settlement.objects.get(end_day=date(2026, 11, 30)).accrued_minor == -6 * 12_50


@pytest.mark.parametrize("path", ["/stocks/storage/?day_from=0001-01-01&day_to=0001-01-01",
                                  "/stocks/storage/file/?to=0001-01-01", "/stocks/storage/file/?from=9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_days_without_storage(anna_client, path) -> None:
    assert anna_client.get(path).status_code == 200
