import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import services as order_services
from sellerdesk.orders.types import Cancellation

SYSTEM = Actor.system("test")


def place(stall, product_id, *moments, quantity=1):
    numbers = stall.place(*(stall.request((product_id, quantity), at=at) for at in moments))
    stall.spread()
    return numbers


@pytest.fixture
def trade(stall, now):
    """Three orders today, one of them cancelled; a week ago one this morning, packed, and one this afternoon, not."""
    numbers = place(stall, stall.mug, now - timedelta(hours=1), now - timedelta(hours=2), now - timedelta(hours=3))
    order_services.cancel_many(seller=stall.seller, actor=SYSTEM, items=[
        Cancellation(numbers[2], 505, "", "client", now - timedelta(minutes=5))])
    week_ago = now - timedelta(days=7)
    old = place(stall, stall.pan, week_ago - timedelta(hours=1), week_ago + timedelta(hours=1), quantity=2)
    order_services.ship_many(seller=stall.seller, numbers=old[:1], actor=SYSTEM, now=week_ago)
    stall.spread()
    return old


def tile(page, key):
    return next(one for one in page.context["tiles"] if one.key == key)


def rows_behind(client, href):
    page = client.get(href)
    assert page.status_code == 200
    return [view.row for view in page.context["table"].rows]


def test_todays_figures_are_those_of_the_rows_behind_them(anna_client, trade):
    page = anna_client.get(reverse("home"))

    rows = rows_behind(anna_client, tile(page, "orders").href)
    sold = [row for row in rows if row.state != "cancelled"]
    assert (tile(page, "orders").value, len(rows)) == ("3", 3)
    assert tile(page, "units").value == str(sum(row.units for row in sold)) == "2"
    assert digits(tile(page, "revenue").value) == sum(row.amount_minor for row in sold) // 100


def digits(text):
    return int(re.sub(r"\D", "", text))


def test_today_is_compared_with_the_same_weekday_up_to_the_same_minute(anna_client, trade):
    page = anna_client.get(reverse("home"))

    assert tile(page, "orders").delta == 200.0
    assert tile(page, "units").delta == 0.0


def test_each_task_leads_to_as_many_rows_as_it_counts(anna_client, trade, now):
    page = anna_client.get(reverse("home"))

    pack, hand_over = page.context["tasks"][:2]
    assert (pack.count, len(rows_behind(anna_client, pack.href))) == (3, 3)
    assert (hand_over.count, len(rows_behind(anna_client, hand_over.href))) == (1, 1)
    assert page.context["overdue"]["text"].startswith("2 ")
    assert {row.number for row in rows_behind(anna_client, page.context["overdue"]["href"])} == set(trade)


def watched(page, key):
    return next(one for one in page.context["watched"] if one.key == key)


def test_what_is_pressing_opens_its_rows_and_their_sum(anna_client, trade, now):
    page = anna_client.get(reverse("home"))

    risk, due, cancelled = (watched(page, key) for key in ("risk", "due", "cancelled"))
    late = rows_behind(anna_client, risk.href)
    assert digits(risk.value) == sum(row.amount_minor for row in late) // 100 > 0
    assert due.value == str(len(rows_behind(anna_client, due.href)))
    assert (cancelled.value, len(rows_behind(anna_client, cancelled.href))) == ("1", 1)


def test_days_are_the_readers_own(anna, anna_client, stall, now):
    """Noon in Moscow: in Kathmandu, five and three quarters ahead of UTC, today began 18:15 UTC yesterday."""
    anna.time_zone = "Asia/Kathmandu"
    anna.save()
    edge = now.replace(hour=18, minute=15) - timedelta(days=1)
    place(stall, stall.mug, edge - timedelta(seconds=1), edge, now - timedelta(hours=1))

    page = anna_client.get(reverse("home"))

    assert tile(page, "orders").value == "2"
    assert len(rows_behind(anna_client, tile(page, "orders").href)) == 2


def test_a_bar_of_the_chart_opens_the_orders_of_its_day(anna_client, trade, now):
    chart = anna_client.get(reverse("home")).context["chart"]

    orders_line = chart.series[1]
    assert len(chart.categories) == 28
    assert orders_line.values[-8:] == [2, 0, 0, 0, 0, 0, 0, 3]
    assert len(rows_behind(anna_client, chart.hrefs[-8])) == 2


def test_the_board_needs_as_many_queries_for_many_orders_as_for_few(anna_client, trade, stall, now, statements):
    anna_client.get(reverse("home"))
    few = statements(lambda: anna_client.get(reverse("home")))

    place(stall, stall.pan, *(now - timedelta(minutes=minutes) for minutes in range(1, 15)))

    assert statements(lambda: anna_client.get(reverse("home"))) == few


def test_a_part_is_sent_again_only_when_something_happened(anna_client, trade, stall, now):
    token = anna_client.get(reverse("home")).context["token"]
    address = reverse("home_live", args=["tasks"])

    assert anna_client.get(f"{address}?seen={token}").status_code == 204
    place(stall, stall.pan, now)
    fresh = anna_client.get(f"{address}?seen={token}")

    assert fresh.status_code == 200
    assert fresh.context["tasks"][0].count == 4
    assert anna_client.get(reverse("home_live", args=["secrets"])).status_code == 404


def test_scarce_products_are_shown_with_what_is_left(anna_client, trade, stall, now):
    inventory.set_stocks(seller=stall.seller, actor=SYSTEM, now=now, changes=[
        StockInput(stall.warehouse_id, 2, product_id=stall.mug)])

    page = anna_client.get(reverse("home"))

    assert [(row.product_id, row.free) for row in page.context["low"]] == [(stall.mug, 2)]
    assert [one.row.product_id for one in page.context["best"]] == [stall.pan, stall.mug]
    low = next(one for one in page.context["tasks"] if "low" in one.href)
    assert (low.count, len(list(anna_client.get(low.href).context["table"].rows))) == (1, 1)


def test_a_packer_sees_the_board_without_money(boris_client, trade):
    page = boris_client.get(reverse("home"))

    assert page.status_code == 200
    assert "balance" not in {one.key for one in page.context["tiles"]}


def test_a_rival_sees_nothing_of_it(clara_client, trade):
    page = clara_client.get(reverse("home"))

    assert tile(page, "orders").value == "0"
    assert not page.context["low"]
    assert not page.context["best"]


def test_a_new_shop_is_shown_the_way_to_its_first_steps(anna_client, shop, now):
    assert reverse("sellers:welcome") in anna_client.get(reverse("home")).content.decode().split("<main")[1]


def test_operators_without_a_shop_are_led_to_their_console(operator_client):
    assert operator_client.get(reverse("home")).url == reverse("console:home")
