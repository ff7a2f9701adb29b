"""Market insight: cells of enough sellers, one's own figures always, no data never told as nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.analytics.models import CardsDay, Idea, MarketDay, StockDay
from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.services import closing, traffic
from sellerdesk.analytics.types import Search, Sold
from sellerdesk.core import rules


@pytest.fixture
def traded(stall, now):
    """Yesterday Anna sold two mugs; four others sold in her category, and in another one only three did."""
    stall.place(stall.request((stall.mug, 2), at=now - timedelta(days=1)))
    stall.spread()
    day = now.date() - timedelta(days=1)
    closing.keep_market(day, [Sold(-seller, -seller, 17000101, "Kedr", 1, 100_000, seller == 1) for seller in range(1, 5)])
    closing.keep_market(day, [Sold(-seller, -50 - seller, 17000999, "Rare", 5, 9_900, False) for seller in range(1, 4)])
    assert closing.run_due(now) == 1
    return day


def cells(seller, day, now, kind="category"):
    return {one.key: one for one in insight.cells(seller, kind, day, day, language="en", now=now)}


def test_a_cell_of_five_sellers_is_told_and_one_of_fewer_is_not(stall, traded, now):
    found = cells(stall.seller, traded, now)

    told, hidden = found["17000101"], found["17000999"]
    assert (told.sellers, told.minor, told.units, told.own_minor, told.own_share) == (5, 600_000, 6, 200_000, 33.3)
    assert (told.new_share, told.growth) == (40.0, None)
    assert (hidden.minor, hidden.units, hidden.average_minor, hidden.new_share) == (None, None, None, None)


def test_the_least_number_of_sellers_is_a_dated_rule(stall, traded, now):
    rules.put(insight.LEAST, "", {"sellers": 6}, valid_from=now - timedelta(days=1), source="test")
    rules.forget()

    found = cells(stall.seller, traded, now)
    assert (found["17000101"].minor, found["17000101"].own_minor) == (None, 200_000)


def test_the_page_says_no_data_and_how_it_is_counted(anna_client, clara_client, traded):
    page = anna_client.get(reverse("analytics:market"), {"period": "7"})
    text = page.content.decode()

    assert "no data" in text
    assert "a day late" in text
    assert anna_client.get(reverse("analytics:market_category", args=[17000101])).status_code == 200
    assert "Anna" not in clara_client.get(reverse("analytics:market")).content.decode().split("<main")[1]


def test_own_products_have_their_place(anna_client, stall, traded, now):
    [row] = insight.own_places(stall.seller, traded, traded, language="en", now=now)

    assert (row.product_id, row.units, row.place, row.goods) == (stall.mug, 2, 1, 5)
    assert insight.shop_place(stall.seller, traded, traded, now=now) == (1, 5)


def test_a_day_is_closed_once_with_its_stock_and_cards(stall, traded, now):
    assert closing.run_due(now) == 0
    assert StockDay.objects.filter(seller_id=stall.seller.id).count() == 2
    assert CardsDay.objects.get(seller_id=stall.seller.id).products == 2
    assert MarketDay.objects.filter(seller_id=stall.seller.id).count() == 1


def test_what_is_missed_goes_into_the_shortlist_and_leads_to_a_new_card(anna, anna_client, clara_client, traded):
    traffic.note_searches(traded, [Search("самовар", 17000101, 91101, 30, 0, 0, 0, 0, 0, 0)], [])
    board = anna_client.get(reverse("analytics:missed"))
    assert [row.query for row, _category in board.context["missed"]] == ["самовар"]

    for _ in range(2):
        anna_client.post(reverse("analytics:idea_add"), {"title": "самовар", "category": "17000101", "type": "91101"})
    idea = Idea.objects.get()
    anna_client.post(reverse("analytics:idea_note", args=[idea.pk]), {"note": "Ask Tula", "owner": str(anna.pk)})
    assert clara_client.post(reverse("analytics:idea_note", args=[idea.pk]), {"note": "x"}).status_code == 404

    [view] = anna_client.get(reverse("analytics:shortlist")).context["ideas"]
    assert (view.row.note, view.owner) == ("Ask Tula", "Anna")
    start = anna_client.get(reverse("analytics:idea", args=[idea.pk])).context["start"]
    assert start.startswith(reverse("catalog:product_create", args=[91101]))
    anna_client.post(reverse("analytics:idea_remove", args=[idea.pk]))
    assert not Idea.objects.exists()
