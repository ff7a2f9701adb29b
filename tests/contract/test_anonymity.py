"""What programs are told of other shops: cells of enough sellers and searches, by the same query as the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.services import closing, traffic
from sellerdesk.analytics.types import Hit, Search, Sold, Visits
from sellerdesk.core import rules
from sellerdesk.seller_api import budget
from sellerdesk.seller_api.urls import METHODS

WORDS = {"four sellers": (4, 60), "five sellers": (5, 60), "four searches": (9, 4), "five searches": (9, 5)}
#: Methods that tell of the whole marketplace, each with what is asked of it.
MARKET = {
    "/v1/search-queries/top": {"limit": 50, "offset": 0},
    "/v1/search-queries/text": {"limit": 50, "offset": 0, "text": "e"},
}
# What these tell is the shop's own, whatever others do.
OWN = {
    "/v1/analytics/data": {"metrics": ["ordered_units", "hits_view", "revenue"], "dimension": ["sku", "category1"],
                           "limit": 100},
    "/v1/analytics/turnover/stocks": {}, "/v1/analytics/stocks": {}, "/v1/analytics/manage/stocks": {"limit": 10},
    "/v2/analytics/stock_on_warehouses": {"limit": 10}, "/v1/analytics/product-queries": {"page_size": 10},
    "/v1/analytics/product-queries/details": {"page_size": 10, "limit_by_sku": 5},
}


@pytest.fixture
def asked(now):
    """A day on which buyers of the whole marketplace searched, and what they were shown."""
    day = now.date() - timedelta(days=1)
    traffic.note_searches(day, [
        Search(word, 17000101, 91101, searches, 50, 1, 9, sellers, 6, 100_000)
        for word, (sellers, searches) in WORDS.items()], [])
    return day


def told(program, path) -> dict[str, dict]:
    return {row["query"]: row for row in program.call(path, MARKET[path])["search_queries"]}


def test_every_method_of_figures_is_known_to_tell_of_the_market_or_of_oneself():
    assert {one.path for one in METHODS if one.right == "analytics:read"} == {*MARKET, *OWN}


@pytest.mark.parametrize("path", MARKET)
def test_a_cell_of_four_sellers_is_hidden_and_one_of_five_is_told(program, asked, path):
    rows = told(program, path)

    hidden, open_ = rows["four sellers"], rows["five sellers"]
    assert {hidden[name] for name in ("add_to_cart", "avg_price", "conversion_to_cart", "items_views")} == {0}
    # How many buyers asked is no figure of any shop.
    assert hidden["client_count"] == 60
    assert (open_["add_to_cart"], open_["avg_price"], open_["conversion_to_cart"], open_["items_views"]) == (
        6, 1000, 10, 50)


@pytest.mark.parametrize("path", MARKET)
def test_a_query_of_four_searches_is_left_out_and_one_of_five_is_told(program, asked, path):
    assert set(told(program, path)) == set(WORDS) - {"four searches"}


@pytest.mark.parametrize("path", MARKET)
def test_both_numbers_are_of_one_dated_rule(program, asked, now, path):
    rules.put(insight.LEAST, "", {"sellers": 10, "searches": 61}, valid_from=now - timedelta(days=9), source="test")
    rules.forget()
    assert told(program, path) == {}

    rules.put(insight.LEAST, "", {"sellers": 10, "searches": 5}, valid_from=now - timedelta(days=8), source="test")
    rules.forget()
    assert {row["avg_price"] for row in told(program, path).values()} == {0}


@pytest.mark.parametrize("path", MARKET)
def test_a_day_of_few_sellers_is_not_told_by_a_day_of_many(program, asked, path):
    traffic.note_searches(asked - timedelta(days=1), [
        Search("five sellers", 17000101, 91101, 100, 70, 1, 9, 1, 90, 900_000)], [])

    row = told(program, path)["five sellers"]

    assert row["client_count"] == 160
    assert (row["add_to_cart"], row["avg_price"], row["conversion_to_cart"], row["items_views"]) == (6, 1000, 10, 50)


def test_what_is_hidden_does_not_order_the_list(program, asked):
    traffic.note_searches(asked - timedelta(days=1), [Search("the most expensive", 17000101, 91101, 60, 50, 1, 9, 2, 60, 9_000_000)], [])

    for by in ("AVG_PRICE", "ADD_TO_CART", "CONVERSION_TO_CART"):
        body = {**MARKET["/v1/search-queries/text"], "sort_by": by, "sort_dir": "DESC"}
        rows = program.call("/v1/search-queries/text", body)["search_queries"]
        # Without a figure, by name.
        assert [row["query"] for row in rows if not row["avg_price"]] == ["four sellers", "the most expensive"], by


def test_pages_and_programs_are_told_the_same(program, asked, now):
    shown, total = insight.search_queries(asked, asked, now=now)

    rows = told(program, "/v1/search-queries/top")
    assert total == len(rows)
    assert {row.query: (row.price_minor or 0) / 100 for row in shown} == {
        query: row["avg_price"] for query, row in rows.items()}


@pytest.mark.parametrize("path", OWN)
def test_what_is_one_s_own_is_the_same_whatever_others_do(program, shelf, rival, asked, now, path):
    sku = shelf.skus["A-1"]
    traffic.note_visits([Visits(program.seller.id, now, shelf.ids["A-1"], sku, 50, 10, 40, 38, 9, 0, 2, 100)])
    own = [Hit(program.seller.id, "five sellers", shelf.ids["A-1"], sku, 50, 20, 6, 2, 200_000, 75)]
    traffic.note_searches(asked, [], own)
    span = {"date_from": (now - timedelta(days=6)).date().isoformat(), "date_to": now.date().isoformat()}
    if "product-queries" in path:
        span = {"date_from": (now - timedelta(days=6)).isoformat(), "skus": [sku]}
    body = {**OWN[path], **span, **({"skus": [str(sku)]} if path == "/v1/analytics/stocks" else {})}
    before = program.call(path, body)
    assert before.get("total", 1)

    for sellers in (4, 5):
        closing.keep_market(asked, [Sold(-seller, -seller, 17000101, "Kedr", 9, 700_000, False)
                                    for seller in range(1, sellers + 1)])
        traffic.note_searches(asked - timedelta(days=1), [], [Hit(rival.seller.id, "five sellers", -1, -1, 500, 9, 9, 9, 900_000, 9)])
    budget.forget()

    assert program.call(path, body) == before
