"""The operator's first rooms."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries as orders
from sellerdesk.sellers import services
from sellerdesk.sellers.models import Seller

pytestmark = pytest.mark.django_db

PAGES = ["console:home", "console:sellers", "console:products", "console:postings", "console:reviews",
         "console:checklists", "console:checklist_new", "console:offers"]


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
@pytest.mark.parametrize("name", PAGES)
def test_operators_see_the_whole_market(operator, operator_client, shop, rival_shop, name, language):
    operator.language = language
    operator.save()

    answer = operator_client.get(reverse(name))

    html = unescape(answer.content.decode())
    assert answer.status_code == 200
    if name in {"console:home", "console:sellers"}:
        assert "Anna's Shop" in html
        assert "Clara Trade" in html


@pytest.mark.parametrize("name", PAGES)
def test_sellers_find_nothing_in_the_console(anna_client, client, name):
    assert anna_client.get(reverse(name)).status_code == 404
    assert client.get(reverse(name))["Location"].startswith("/accounts/login/")


def test_operators_without_a_shop_start_in_the_console(operator_client):
    assert operator_client.get("/")["Location"] == reverse("console:home")


def test_approving_opens_a_waiting_shop_and_is_recorded(operator_client, anna_client, shop):
    Seller.objects.filter(pk=shop.id).update(state="in_review")
    assert anna_client.post(reverse("console:review_approve", args=[shop.id])).status_code == 404

    answer = operator_client.post(reverse("console:review_approve", args=[shop.id]))

    assert answer["Location"] == reverse("console:review", args=[shop.id])
    assert Seller.objects.get(pk=shop.id).state == "active"
    assert anna_client.get(reverse("sellers:keys")).status_code == 200


@pytest.mark.parametrize("name", ["console:sellers", "console:products", "console:postings"])
def test_a_made_up_cursor_is_refused_and_search_finds_nothing_politely(operator_client, shop, name):
    assert operator_client.get(reverse(name), {"c": "bm9wZQ"}).status_code == 422
    assert operator_client.get(reverse(name), {"q": "nothing like that"}).status_code == 200


def test_lists_need_a_fixed_number_of_queries(operator_client, anna, shop, rival_shop, actor, now,
                                              django_assert_max_num_queries):
    for number in range(5):
        services.register_shop(user_id=anna.pk, legal_name="Anna LLC", country="RU",
                               registration_number="7707083893", shop_name=f"Branch {number}", currency="RUB",
                               language="en", actor=Actor.system("test"), now=now)

    # Eight of them are counters of the menu: papers, proposed values, claims, disputes, tickets, payouts, reports.
    with django_assert_max_num_queries(8):
        operator_client.get(reverse("console:sellers"))


def test_market_page_of_orders_is_empty_without_orders(shop):
    assert orders.market_page().rows == []
