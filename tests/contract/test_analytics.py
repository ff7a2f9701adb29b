"""Figures and reports over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.analytics.models import Report
from sellerdesk.analytics.services import facts, reporting, traffic
from sellerdesk.analytics.types import Hit, Search, Visits
from sellerdesk.catalog.models import Product
from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.models import Activity


@pytest.fixture
def sold(shop, shelf, order_of, now):
    """Three mugs in two orders, yesterday and today; 50 saw them."""
    mug = shelf.ids["A-1"]
    order_of(shop, (mug, 2), ago=timedelta(days=1))
    order_of(shop, (mug, 1), ago=timedelta(hours=1))
    facts.hear([_entry(row) for row in Activity.objects.filter(event__in=facts.EVENTS).order_by("id").values_list(*_COLUMNS)])
    sku = Product.objects.get(pk=mug).sku
    traffic.note_visits([Visits(shop.id, now, mug, sku, 50, 10, 40, 38, 9, 0, 2, 100)])
    traffic.note_searches(now.date() - timedelta(days=1), [Search("кружка", 17000101, 91101, 60, 50, 1, 1, 1, 6, 100_000)],
                          [Hit(shop.id, "кружка", mug, sku, 50, 20, 6, 2, 200_000, 75)])
    return sku


def ask(now, **more):
    return {"date_from": (now - timedelta(days=6)).date().isoformat(), "date_to": now.date().isoformat(),
            "metrics": ["ordered_units", "hits_view", "revenue"], "dimension": ["sku", "day"], "limit": 100, **more}


def test_figures_come_in_the_order_asked(program, sold, now):
    found = program.call("/v1/analytics/data", ask(now, sort=[{"key": "ordered_units", "order": "DESC"}]))["result"]

    price = found["totals"][2] / 3
    assert [(row["dimensions"][0]["id"], row["dimensions"][1]["id"], row["metrics"]) for row in found["data"]] == [
        (str(sold), (now - timedelta(days=1)).date().isoformat(), [2.0, 0.0, 2 * price]),
        (str(sold), now.date().isoformat(), [1.0, 60.0, price])]
    assert found["totals"][:2] == [3.0, 60.0]


@pytest.mark.parametrize("wrong", [
    {"metrics": ["ordered_units"] * 15}, {"metrics": ["luck"]}, {"dimension": ["descriptionType"]}, {"limit": 1001},
    {"date_from": "yesterday"}, {"sort": [{"key": "returns", "order": "ASC"}]},
    {"filters": [{"key": "brand", "op": "EQ", "value": "x"}]}])
def test_what_cannot_be_answered_is_refused(program, sold, now, wrong):
    assert program.refusal("/v1/analytics/data", ask(now, **wrong))[:2] == (400, 3)


def test_once_a_minute_and_no_more(program, sold, now):
    program.call("/v1/analytics/data", ask(now, filters=[{"key": "ordered_units", "op": "GT", "value": "1"}]))

    assert program.refusal("/v1/analytics/data", ask(now))[:2] == (429, 8)


def test_stock_turnover_and_queries(program, sold, now):
    item = next(one for one in program.call("/v1/analytics/turnover/stocks", {"sku": [str(sold)]})["items"])
    assert (item["sku"], item["ads"]) == (sold, 0.05)
    span = {"date_from": (now - timedelta(days=7)).isoformat(), "page_size": 10, "skus": [sold]}
    [found] = program.call("/v1/analytics/product-queries", span)["items"]
    assert (found["unique_search_users"], found["view_conversion"], found["position"]) == (50, 40.0, 1.5)
    [query] = program.call("/v1/analytics/product-queries/details", {**span, "limit_by_sku": 3})["queries"]
    assert (query["query"], query["order_count"]) == ("кружка", 2)
    [top] = program.call("/v1/search-queries/top", {"limit": "10", "offset": "0"})["search_queries"]
    assert (top["query"], top["client_count"]) == ("кружка", 60.0)
    assert program.call("/v1/search-queries/text", {"limit": 10, "offset": 0, "text": "чай"})["search_queries"] == []


def test_a_report_is_asked_for_made_and_fetched_by_its_link(program, key_of, rival_shop, sold, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    code = program.call("/v1/report/postings/create", {"filter": {
        "processed_at_from": (now - timedelta(days=7)).isoformat(), "processed_at_to": now.isoformat(),
        "delivery_schema": ["fbs"]}})["result"]["code"]
    assert program.call("/v1/report/info", {"code": code})["result"]["status"] == "waiting"
    reporting.make(report_id=Report.objects.get(code=code).pk, now=now)

    told = program.call("/v1/report/info", {"code": code})["result"]
    assert (told["status"], told["report_type"]) == ("success", "seller_postings")
    file = program.client.get(told["file"])
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert program.client.get(told["file"][:-3] + "xx/").status_code == 404
    assert program.call("/v1/report/list", {"page": 1, "page_size": 10})["result"]["total"] == 1
    assert key_of(rival_shop).refusal("/v1/report/info", {"code": code})[:2] == (404, 5)


def test_the_other_reports_are_taken_and_a_wrong_scheme_is_refused(program, shelf, now):
    span = {"date_from": (now - timedelta(days=7)).isoformat(), "date_to": now.isoformat()}
    program.call("/v1/report/products/create", {})
    program.call("/v2/report/returns/create", {"filter": {**span, "status": "ReceivedBySeller"}})
    assert program.refusal("/v2/report/returns/create", {"filter": {**span, "status": "Nowhere"}})[:2] == (400, 3)
    program.call("/v1/report/warehouse/stock", {"warehouseId": [str(shelf.warehouse_id)]})

    code = program.call("/v1/report/discounted/create", {})["code"]

    assert program.call("/v1/report/info", {"code": code})["result"]["report_type"] == "seller_discounted"
    assert sorted(Report.objects.values_list("kind", flat=True)) == ["discounted", "products", "returns", "stock"]
    assert program.refusal("/v1/report/postings/create", {"filter": {
        "processed_at_from": now.isoformat(), "processed_at_to": now.isoformat(),
        "delivery_schema": ["fbo", "fbs"]}})[:2] == (400, 3)
    for narrowed in ({"statuses": [1]}, {"cancel_reason_id": [352]}, {"is_express": True}):
        code, number, text = program.refusal("/v1/report/postings/create", {"filter": {
            "processed_at_from": now.isoformat(), "processed_at_to": now.isoformat(), "delivery_schema": ["fbs"],
            **narrowed}})
        assert (code, number) == (400, 3)
        assert next(iter(narrowed)) in text
