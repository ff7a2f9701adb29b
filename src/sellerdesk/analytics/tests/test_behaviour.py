"""What buyers looked at and searched for, as told by the storefront."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.analytics.models import SearchDay, Traffic
from sellerdesk.analytics.services import traffic
from sellerdesk.analytics.types import Hit, Search, Visits


@pytest.fixture
def looked_at(stall, now):
    sku = stall.sku(stall.mug)
    for at in (now - timedelta(days=1), now - timedelta(days=1)):
        traffic.note_visits([Visits(stall.seller.id, at, stall.mug, sku, 100, 40, 90, 80, 36, 1, 9, 500)])
    traffic.note_searches(now.date() - timedelta(days=1), [
        Search("кружка", 17000101, 91101, 60, 50, 1, 1, 1, 6, 100_000), Search("самовар", 17000101, 91102, 30, 0, 0, 0, 0, 0, 0),
        Search("чайник", 17000101, 91103, 12, 9, 2, 0, 2, 0, 0), Search("редкость", 17000101, 91104, 4, 0, 0, 0, 0, 0, 0),
    ], [Hit(stall.seller.id, "кружка", stall.mug, sku, 50, 20, 6, 2, 200_000, 75)])
    return stall


def test_visits_add_up_and_queries_of_a_day_replace_what_was_told(looked_at, now):
    traffic.note_searches(now.date() - timedelta(days=1), [Search("кружка", 1, 1, 5, 5, 1, 1, 1, 0, 1)], [])

    assert Traffic.objects.values_list("views_search", "cart_card").get() == (200, 18)
    assert SearchDay.objects.count() == 1


def test_the_funnel_narrows_from_view_to_order(anna_client, looked_at, now):
    looked_at.place(looked_at.request((looked_at.mug, 2), at=now - timedelta(days=1)))
    looked_at.spread()

    page = anna_client.get(reverse("analytics:behaviour"))

    assert [step.text for step in page.context["steps"]] == ["200", "80", "20", "2"]
    assert [step.share for step in page.context["steps"]] == ["", "40%", "25%", "10%"]


def test_queries_that_found_goods_and_those_that_found_nothing(anna_client, clara_client, looked_at):
    page = anna_client.get(reverse("analytics:behaviour"))

    [(row, opened, place, _amount)] = page.context["found"]
    assert (row.query, row.orders, opened, place) == ("кружка", 2, "40%", "1.5")
    # Sold out and nowhere offered; what four buyers asked for is told to nobody.
    assert [(row.query, row.found) for row, _category in page.context["missed"]] == [("самовар", 0), ("чайник", 2)]
    assert not clara_client.get(reverse("analytics:behaviour")).context["found"]
