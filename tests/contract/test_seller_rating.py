"""Ratings and the error index over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.services import terms

ANNA = Actor.user(1, "Anna")


@pytest.fixture
def errors(shop, shelf, order_of, now) -> list[str]:
    """Yesterday: 20 postings handed over, one of them late, and one cancelled for the seller's own reason."""
    mug = shelf.ids["A-1"]
    numbers = [order_of(shop, (shelf.ids[f"A-{1 + at % 3}"], 1), ago=timedelta(days=3)) for at in range(21)]
    yesterday = now - timedelta(days=1)
    orders.ship_many(seller=shop, numbers=numbers[:20], actor=ANNA, now=yesterday - timedelta(days=1))
    orders.hand_over(seller=shop, numbers=numbers[:19], actor=ANNA, now=yesterday - timedelta(hours=20))
    orders.hand_over(seller=shop, numbers=numbers[19:20], actor=ANNA, now=yesterday)
    orders.cancel_posting(seller=shop, number=numbers[20], reason_id=352, message="", by="seller", actor=ANNA,
                          now=yesterday + timedelta(minutes=1))
    terms.run_due(now)
    assert mug
    return [numbers[19], numbers[20]]


def test_the_summary_rates_shipping(program, errors):
    answer = program.call("/v1/rating/summary")

    [group] = answer["groups"]
    figures = {one["rating"]: one for one in group["items"]}
    assert set(figures) == {"rating_on_time", "rating_general_indicator_fbs_rfbs"}
    assert figures["rating_on_time"]["current_value"] == 95.0
    assert figures["rating_on_time"]["status"] == "OK"
    index = figures["rating_general_indicator_fbs_rfbs"]
    assert (index["current_value"], index["past_value"], index["status"]) == (4.76, 0.0, "WARNING")
    assert index["change"] == {"direction": "DIRECTION_RISE", "meaning": "MEANING_BAD"}
    assert index["rating_direction"] == "LOWER_IS_BETTER"
    assert answer["penalty_score_exceeded"] is False


def test_the_shop_itself_tells_its_ratings(program, errors):
    found = {one["rating"]: one for one in program.call("/v1/seller/info")["ratings"]}

    index = found["rating_general_indicator_fbs_rfbs"]
    assert (index["status"], index["current_value"]["formatted"], index["past_value"]["value"]) == (
        "WARNING", "4.76%", 0.0)
    assert index["current_value"]["status"] == {"danger": False, "premium": False, "warning": True}


def test_the_history_tells_each_day_and_knows_its_thresholds(program, errors, now):
    def ask(**more):
        return {"ratings": ["rating_general_indicator_fbs_rfbs", "rating_ssl"],
                "date_from": (now - timedelta(days=3)).isoformat(), "date_to": now.isoformat(), **more}

    [found] = program.call("/v1/rating/history", ask())["ratings"]

    assert (found["warning_threshold"], found["danger_threshold"]) == (4.0, 40.0)
    assert [one["value"] for one in found["values"]] == [0.0, 0.0, 0.0]
    assert found["values"][0]["date_from"].endswith("21:00:00Z")
    status, code, message = program.refusal("/v1/rating/history", ask(date_to=(now - timedelta(days=9)).isoformat()))
    assert (status, code) == (400, 3)
    assert "DateTo" in message


def test_the_index_names_its_days_and_the_postings_behind_it(program, rival, errors, now):
    info = program.call("/v1/rating/index/fbs/info")
    assert (info["index"], info["period_from"], info["period_to"], info["currency_code"]) == (
        4.76, "2026-11-09", "2026-11-22", "RUB")
    assert len(info["defects"]) == 14

    span = {"date_from": (now - timedelta(days=14)).isoformat(), "date_to": now.isoformat()}
    listed = program.call("/v1/rating/index/fbs/posting/list", {"filter": span, "limit": 1})
    assert listed["has_next"] is True
    rest = program.call("/v1/rating/index/fbs/posting/list", {"filter": span, "limit": 1, "cursor": listed["cursor"]})
    late, cancelled = listed["errors"][0], rest["errors"][0]
    assert [late["posting_number"], cancelled["posting_number"]] == errors
    assert [late["posting_error_type"], cancelled["posting_error_type"]] == ["SELLER_DELAY", "SELLER_CANCELLATION"]
    # One of three goods at 1,100.00, handed over 18 hours late: 3 %.
    assert (late["charge_percent"], late["charge_price"], late["product_price"]) == (3.0, 33.0, 1100.0)
    assert (cancelled["charge_price"], cancelled["has_grace_status"], cancelled["delivery_schema"]) == (0.0, True, "FBS")
    assert rest["has_next"] is False
    one = program.call("/v1/rating/index/fbs/posting/list", {"filter": {**span, "posting_numbers": errors[:1]},
                                                             "limit": 10})
    assert len(one["errors"]) == 1
    assert rival.call("/v1/rating/index/fbs/posting/list", {"filter": span, "limit": 10})["errors"] == []
    assert program.refusal("/v1/rating/index/fbs/posting/list", {"filter": span, "limit": 1001})[0] == 400


def test_a_waiting_posting_tells_what_a_late_hand_over_costs(program, shop, shelf, order_of, now):
    order_of(shop, (shelf.ids["A-1"], 1), ago=timedelta(days=2))
    body = {"filter": {"since": (now - timedelta(days=9)).isoformat(), "to": now.isoformat()}, "limit": 10}

    [posting] = program.call("/v4/posting/fbs/list", body)["postings"]

    # Due on Sunday 18:00 in Moscow, now it is Monday noon: 18 hours late.
    tariff = posting["tariffication"]
    assert (tariff["current_tariff_rate"], tariff["current_tariff_charge"]["amount"]) == (3.0, "30.00")
    assert (tariff["next_tariff_rate"], tariff["next_tariff_starts_at"]) == (5.0, "2026-11-23T15:00:00Z")
    assert [one["tariff_rate"] for one in posting["tariffication_steps"]] == [0.0, 1.0, 3.0, 5.0]
    older = program.call("/v3/posting/fbs/get", {"posting_number": posting["posting_number"]})["result"]
    assert older["tariffication"]["next_tariff_charge"] == "50.00"
