"""The explorer's page: what it shows, where it leads, what its files hold."""

import csv
import io
import re
from datetime import timedelta

import pytest
from arro3.io import read_parquet
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Cancellation

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
