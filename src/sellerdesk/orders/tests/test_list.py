"""The list of postings as people see it: due-first groups, honest lengths, warehouses, shared views."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.orders import queries, services
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import PostingFilter

LIST = "/orders/"
LIVE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "section#list-orders-postings-region"}


def due(stall, **hours: float) -> dict[str, str]:
    """One posting for each name, due in so many hours."""
    numbers = stall.place(*(stall.request((stall.mug, 1)) for _ in hours))
    for number, later in zip(numbers, hours.values(), strict=True):
        Posting.objects.filter(number=number).update(ship_by=stall.now + timedelta(hours=later))
    return dict(zip(hours, numbers, strict=True))


def groups(html: str) -> list[tuple[str, str, list[str]]]:
    """Key, count and postings of each group, from top to bottom."""
    found = []
    for part in html.split('class="rows-group')[1:]:
        key = re.search(r'-group-(\w+)"', part)
        count = re.search(r'tab-count num">(\d+)<', part.split("</th>")[0])
        found.append((key.group(1), count.group(1) if count else "", re.findall(r'data-row="([^"]+)"', part)))
    return found


def test_what_is_due_stands_in_groups_the_nearest_first(stall, anna_client) -> None:
    numbers = due(stall, tomorrow=30, overdue=-1, soon=1.5, today=5, long_ago=-50)

    html = anna_client.get(LIST).content.decode()

    assert groups(html) == [
        ("overdue", "2", [numbers["long_ago"], numbers["overdue"]]), ("soon", "1", [numbers["soon"]]),
        ("today", "1", [numbers["today"]]), ("later", "", [numbers["tomorrow"]])]
    assert groups(anna_client.get(f"{LIST}?sort=-ship_by").content.decode()) == []


def test_what_is_handed_over_has_no_deadline_and_stands_last_on_every_page(stall, anna_client) -> None:
    numbers = due(stall, first=-3, second=-2, third=9)
    shop = {"seller": stall.seller, "actor": stall.actor, "now": stall.now}
    services.ship_many(numbers=list(numbers.values()), **shop)
    services.hand_over(numbers=[numbers["first"]], **shop)

    html = anna_client.get(f"{LIST}?tab=to_hand_over").content.decode()

    assert [(key, count) for key, count, _ in groups(html)] == [("overdue", "1"), ("today", "1"), ("handed", "")]
    walked, cursor = [], ""
    while True:
        page = queries.postings_page(stall.seller, filter=PostingFilter(tab="to_hand_over"), cursor=cursor, limit=1,
                                     newest_first=False, sort="urgency")
        walked += [row.number for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert walked == [numbers["second"], numbers["third"], numbers["first"]]
    assert queries.postings_page(stall.seller, filter=PostingFilter(tab="to_hand_over"), cursor=page.prev_cursor,
                                 limit=1, newest_first=False, sort="urgency").rows[0].number == numbers["third"]


def test_a_posting_moves_to_the_overdue_by_the_clock_alone(stall, anna_client) -> None:
    due(stall, soon=1)
    html = anna_client.get(LIST).content.decode()
    poll = html.split('data-poll="/orders/', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert anna_client.get(f"/orders/{poll}", **LIVE).status_code == 204

    Posting.objects.update(ship_by=stall.now - timedelta(minutes=1))

    assert groups(anna_client.get(f"/orders/{poll}", **LIVE).content.decode())[0][0] == "overdue"


@pytest.mark.parametrize(("query", "said"), [
    ("?size=25", "25 of 27"), ("?q=mug", "26 of 26"), ("?q=pan&tab=all", "2 of 2"), ("?tab=all&size=25", "25 of 28")])
def test_the_foot_says_how_long_the_list_is(stall, anna_client, query, said) -> None:
    inventory.put_back(seller=stall.seller, lines=[
        StockLine(stall.mug, stall.warehouse_id, 20, "more", stall.now)])
    stall.place(*(stall.request((stall.mug, 1)) for _ in range(26)), stall.request((stall.pan, 1)))
    stall.packed(stall.request((stall.pan, 1)))

    assert f'<span class="list-count num">{said}</span>' in anna_client.get(LIST + query).content.decode()


def test_counting_ends_somewhere_and_says_so(stall, anna_client, monkeypatch) -> None:
    monkeypatch.setattr("sellerdesk.orders.web.views.MOST_COUNTED", 2)
    stall.place(*(stall.request((stall.mug, 1)) for _ in range(4)))

    assert "4 of more than 2" in anna_client.get(f"{LIST}?q=mug").content.decode()
    assert "4 of 4" in anna_client.get(LIST).content.decode()


def test_tabs_and_warehouses_show_how_many_are_where(stall, anna_client) -> None:
    annex = inventory.create_warehouse(seller=stall.seller, name="Annex", city="Tver", address="Lesnaya 2",
                                       time_zone="Europe/Moscow", cut_off=time(18), actor=stall.actor, now=stall.now)
    first, second, third = stall.place(*(stall.request((stall.mug, 1)) for _ in range(3)))
    Posting.objects.filter(number__in=[first, second]).update(warehouse_id=annex.id)
    services.ship_many(seller=stall.seller, numbers=[second], actor=stall.actor, now=stall.now)

    table = anna_client.get(f"{LIST}?warehouse={annex.id}").context["table"]

    assert {tab.key: tab.count for tab in table.bound_tabs if tab.count} == {"to_pack": 1, "to_hand_over": 1, "all": 2}
    [places] = [bound for bound in table.bound_filters if bound.key == "warehouse"]
    assert {str(label): label.rows for _, label, _ in places.options} == {"Annex": 1, "Main": 1}
    assert places.summary == "Annex"
    assert [row.number for row in queries.postings_page(stall.seller, filter=PostingFilter(
        tab="to_pack", warehouse_ids=(stall.warehouse_id,))).rows] == [third]


def test_a_view_that_anna_shares_is_there_for_boris(stall, anna_client, boris_client, clara_client) -> None:
    query = "tab=to_hand_over&late=1&cols=goods%2Cnumber%2Ccity"
    anna_client.post(reverse("core:view_save"), {"page": "orders.postings", "name": "Late parcels", "query": query,
                                                 "shared": "on", "next": LIST})

    assert [view.name for view in boris_client.get(LIST).context["table"].saved_views] == ["Late parcels"]
    opened = boris_client.get(f"{LIST}?{query}").context["table"]
    assert (opened.tab, opened.where, opened.active_view.name) == ("to_hand_over", {"late": True}, "Late parcels")
    assert {column.key for column in opened.visible_columns} == {"goods", "number", "city", "actions"} | {
        column.key for column in opened.columns if not column.choosable}
    assert clara_client.get(LIST).context["table"].saved_views == []
