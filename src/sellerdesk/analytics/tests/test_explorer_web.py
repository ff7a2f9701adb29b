"""The explorer's page: what it shows, where it leads, what its files hold."""

import csv
import io
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from arro3.io import read_parquet
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.analytics.metrics import METRICS
from sellerdesk.analytics.models import CardsDay, StockDay
from sellerdesk.analytics.services import traffic
from sellerdesk.analytics.types import Hit
from sellerdesk.analytics.web import filing, words
from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Cancellation
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest

SYSTEM = Actor.system("test")


@pytest.fixture
def trade(stall, now):
    """Two orders of mugs today, one of a pan yesterday that is cancelled, one of pans a week ago."""
    stall.place(stall.request((stall.mug, 2), at=now), stall.request((stall.mug, 1), at=now, city="Пермь"))
    [gone] = stall.place(stall.request((stall.pan, 1), at=now - timedelta(days=1)))
    stall.place(stall.request((stall.pan, 4), at=now - timedelta(days=8)))
    orders.cancel_many(seller=stall.seller, actor=SYSTEM, items=[Cancellation(gone, 505, "", "client", now)])
    stall.spread()
    return stall


def page(client, **query):
    answer = client.get(reverse("analytics:explorer"), query)
    assert answer.status_code == 200
    return answer


def cell(answer, row, label):
    line = next(one for one in answer.context["lines"] if one.name.startswith(row))
    return next(one for one in line.cells if str(one.label) == label)


def test_each_figure_opens_as_many_units_as_it_counts(anna_client, trade):
    shown = page(anna_client, by="sku", period="7", m=["units", "cancelled_units"])

    units = cell(shown, "Mug", "Units sold")
    rows = [view.row for view in anna_client.get(units.href).context["table"].rows]
    assert (units.text, sum(row.units for row in rows)) == ("3", 3)
    gone = anna_client.get(cell(shown, "Pan", "Cancelled, units").href).context["table"].rows
    assert [view.row.state for view in gone] == ["cancelled"]
    assert cell(shown, "Pan", "Units sold").text == "0"


def test_a_region_opens_its_postings(anna_client, trade):
    shown = page(anna_client, by="region", period="7", m=["revenue"])

    rows = anna_client.get(cell(shown, "Пермь", "Revenue").href).context["table"].rows
    assert [view.row.city for view in rows] == ["Пермь"]


def test_what_is_not_counted_so_is_no_data_and_not_nothing(anna_client, trade):
    shown = page(anna_client, by="region", m=["views", "revenue"])

    assert cell(shown, "Казань", "Views").text == ""
    assert "no data" in shown.content.decode()


def test_the_period_before_stands_beside(anna_client, trade):
    shown = page(anna_client, by="sku", period="7", compare="before", m=["ordered_units"])

    assert cell(shown, "Pan", "Ordered, units").delta == -75.0


def test_files_hold_what_the_screen_shows(anna_client, trade):
    query = {"by": "sku", "period": "7", "m": ["units", "revenue"], "region": "Пермь"}
    text = b"".join(anna_client.get(reverse("analytics:explorer_csv"), query).streaming_content).decode("utf-8-sig")
    book = b"".join(anna_client.get(reverse("analytics:explorer_xlsx"), query).streaming_content)

    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2:] for row in rows[1:]] == [["1", "1000.00", "RUB"]]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[1][2:] == [1.0, 1000.0, "RUB"]


def test_a_saved_view_opens_first(anna_client, trade):
    anna_client.post(reverse("core:view_save"), {
        "page": "analytics.explorer", "name": "Goods", "query": "by=sku&period=7&m=units", "is_default": "on",
        "next": "/analytics/explorer/"})

    assert page(anna_client).context["by"] == "sku"


def test_a_rival_sees_their_own_figures_only(clara_client, trade):
    assert not re.search("Mug|Пермь", page(clara_client, by="sku").content.decode().split("<main")[1])


def test_more_rows_need_no_more_queries(anna_client, trade, statements, now):
    def ask():
        return page(anna_client, by="sku", compare="before", m=["revenue", "views"])

    ask()
    few = statements(ask)
    trade.place(*(trade.request((trade.pan, 1), at=now - timedelta(hours=hour)) for hour in range(1, 9)))
    trade.spread()

    assert statements(ask) == few


def test_programs_get_the_same_rows_with_types(anna_client, trade):
    query = {"by": "sku", "period": "7", "m": ["units", "revenue", "cancelled_share"], "compare": "before"}

    answer = anna_client.get(reverse("analytics:explorer_parquet"), query)

    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    assert answer["Content-Disposition"].endswith('.parquet"')
    table = read_parquet(io.BytesIO(b"".join(answer.streaming_content))).read_all()
    skus, revenue, currency = ([cell.as_py() for cell in table.column(name)]
                               for name in ("sku", "revenue_minor", "currency"))
    assert skus == [int(line.sub) for line in page(anna_client, **query).context["lines"]]
    assert (revenue, currency) == ([300_000, 0], ["RUB", "RUB"])
    assert table.column_names == ["sku", "name", "units", "units_compared", "revenue_minor", "revenue_compared_minor",
                                  "cancelled_share", "cancelled_share_compared", "currency"]


def test_weeks_are_days_to_programs(anna_client, trade):
    answer = anna_client.get(reverse("analytics:explorer_parquet"), {"by": "week", "period": "28", "m": ["units"]})

    found = [cell.as_py() for cell in read_parquet(io.BytesIO(b"".join(answer.streaming_content))).read_all().column("week")]
    assert found[1:] == [found[1] + timedelta(days=7 * at) for at in range(len(found) - 1)]
    assert found[1].weekday() == 0


@pytest.fixture
def shelves(trade, now):
    """Ten mugs lay there three days ago and four yesterday, in one warehouse; of the pan no free unit was left."""
    for ago, mugs in ((3, 10), (1, 4)):
        day = now.date() - timedelta(days=ago)
        for product, present, reserved in ((trade.mug, mugs, 1), (trade.pan, 2, 2)):
            StockDay.objects.create(seller_id=trade.seller.id, day=day, product_id=product, sku=trade.sku(product),
                                    warehouse_id=trade.warehouse_id, present=present, reserved=reserved, price_minor=5_000)
        CardsDay.objects.create(seller_id=trade.seller.id, day=day, products=2, score_sum=100 + 20 * ago)
    return trade


LYING = {"period": "7", "m": ["stock", "stock_average", "stock_value", "out_of_stock", "in_stock_share", "turnover", "units"]}


def test_stock_is_told_as_it_lay_last_and_on_average(anna_client, shelves):
    shown = page(anna_client, by="sku", **LYING)

    assert [each.text for each in next(line for line in shown.context["lines"] if line.name.startswith("Mug")).cells] == [
        "4", "7", "₽200", "0", "100%", "", "3"]
    assert [cell.text for cell in shown.context["totals"]][:5] == ["6", "9", "₽300", "2", "50%"]
    assert "Value of the stock" in shown.content.decode()


def test_days_that_nobody_kept_are_no_data_in_table_chart_and_files(anna_client, shelves, now):
    query = {"by": "day", "period": "7", "m": ["stock", "content_score"]}
    days = {ago: str(now.date() - timedelta(days=ago)) for ago in (3, 2, 1)}

    shown = page(anna_client, **query)

    assert [[each.text for each in line.cells] for line in shown.context["lines"]][-4:] == [
        ["12", "80"], ["", ""], ["6", "60"], ["", ""]]
    assert shown.context["chart"].series[0].values[-4:] == [12, None, 6, None]
    text = b"".join(anna_client.get(reverse("analytics:explorer_csv"), query).streaming_content).decode("utf-8-sig")
    rows = {row[0]: row[1:3] for row in csv.reader(io.StringIO(text))}
    assert [rows[days[ago]] for ago in (3, 2, 1)] == [["12", "80.0"], ["", ""], ["6", "60.0"]]
    book = b"".join(anna_client.get(reverse("analytics:explorer_xlsx"), query).streaming_content)
    sheet = {row[0]: row[1:3] for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()}
    assert [sheet[days[ago]] for ago in (3, 2)] == [[12.0, 80.0], ["", ""]]
    table = read_parquet(io.BytesIO(b"".join(anna_client.get(
        reverse("analytics:explorer_parquet"), query).streaming_content))).read_all()
    assert [one.as_py() for one in table.column("stock")][-4:] == [12, None, 6, None]


def test_a_plan_by_mail_tells_stock_and_cards(shelves, now):
    sheet = filing.figures(shelves.seller, {"query": "by=month&period=7&m=stock&m=cards&m=content_score",
                                            "today": now.date().isoformat()}, ZoneInfo("UTC"), "en")

    assert [list(row)[1:4] for row in sheet.rows][-1] == [6, 2, 70.0]


def test_what_lay_opens_its_goods_and_their_days(anna_client, shelves):
    shown = page(anna_client, by="day", period="7", m=["stock"])
    goods = anna_client.get(shown.context["lines"][-2].cells[0].href)
    assert {line.name[:3]: line.cells[0].text for line in goods.context["lines"]} == {"Mug": "4", "Pan": "2"}

    mug = anna_client.get(cell(goods, "Mug", "Stock, units").href)
    assert [line.cells[0].text for line in mug.context["lines"]] == ["4"]


def test_cards_open_the_products_and_are_told_of_the_whole_shop_alone(anna_client, shelves):
    shown = page(anna_client, by="week", period="7", m=["cards"])
    assert anna_client.get(shown.context["lines"][-1].cells[0].href).status_code == 200

    assert [each.text for each in page(anna_client, by="sku", period="7", m=["cards", "stock"]).context["totals"]] == ["", "6"]


def test_the_stock_of_another_shop_is_no_data(clara_client, shelves):
    assert [each.text for each in page(clara_client, by="month", period="7", m=LYING["m"][:3]).context["totals"]] == [
        "", "", ""]


def test_more_goods_in_stock_need_no_more_queries(anna_client, shelves, statements, now):
    def ask():
        return page(anna_client, by="category1", compare="before", **LYING)

    ask()
    few = statements(ask)
    StockDay.objects.bulk_create(StockDay(
        seller_id=shelves.seller.id, day=now.date() - timedelta(days=ago), product_id=shelves.mug, sku=shelves.sku(shelves.mug),
        warehouse_id=77, present=3, reserved=0) for ago in range(20))

    assert statements(ask) == few


def test_a_reason_opens_its_returns(anna_client, stall, now):
    numbers = stall.handed_over(*(stall.request((stall.mug, 2), at=now - timedelta(days=2)) for _ in range(2)))
    for number, reason in zip(numbers, ("defective", "does_not_fit"), strict=True):
        stall.scan(number, "accepted", "delivered", at=now)
        returns.request_returns(seller=stall.seller, actor=SYSTEM, requests=[
            ReturnRequest(number, stall.sku(stall.mug), 1, reason, now, "")])
    stall.spread()

    shown = page(anna_client, by="reason", period="7", m=["returned_units", "units"])

    assert {line.name: [each.text for each in line.cells] for line in shown.context["lines"]} == {
        "Defective": ["1", ""], "Does not fit": ["1", ""]}
    rows = anna_client.get(cell(shown, "Does not fit", "Returns, units").href).context["table"].rows
    assert [view.row.posting_number for view in rows] == [numbers[1]]


def test_a_query_opens_the_goods_that_it_found(anna_client, clara_client, trade, now):
    traffic.note_searches(now.date() - timedelta(days=1), [], [
        Hit(trade.seller.id, query, goods, trade.sku(goods), shown, 3, 2, 1, 5_000, 90)
        for query, goods, shown in (("mug", trade.mug, 30), ("cup", trade.mug, 10), ("cup", trade.pan, 5))])
    asked = {"by": "query", "period": "7", "m": ["search_shown", "search_amount", "units"], "sort": "-search_shown"}

    shown = page(anna_client, **asked)

    assert [(line.name, *(each.text for each in line.cells)) for line in shown.context["lines"]] == [
        ("mug", "30", "₽50", ""), ("cup", "15", "₽100", "")]
    goods = anna_client.get(shown.context["lines"][1].cells[0].href)
    assert [(line.name[:3], line.cells[0].text) for line in goods.context["lines"]] == [("Mug", "10"), ("Pan", "5")]
    assert [text for _label, text, _href in goods.context["chips"]] == ["cup"]
    assert not page(clara_client, **asked).context["lines"]


def test_every_figure_can_be_picked_under_one_heading(anna_client, trade):
    text = " ".join(page(anna_client, m=["stock", "units"]).content.decode().split())

    assert [text.count(f'name="m" value="{metric}"') for metric in METRICS] == [1] * len(METRICS)
    assert [text.count(f'name="m" value="{metric}" checked') for metric in ("stock", "units", "revenue")] == [1, 1, 0]
    assert [(str(heading), keys[0]) for heading, keys in words.grouped()] == [
        ("Sales", "revenue"), ("Delivery", "delivery_hours"), ("Views and baskets", "views"),
        ("Queries", "search_shown"), ("Stock", "stock"), ("Content", "cards")]
