from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.sellers.models import Seller


@pytest.fixture
def market(rival_stall):
    """Forty other shops beside the rival."""
    row = Seller.objects.get(pk=rival_stall.seller.id)
    made = []
    for at in range(40):
        row.pk, row.name = None, f"Лавка {at:02}"
        row._state.adding = True
        row.save()
        made.append(row.pk)
    return made


def test_a_competitor_is_found_by_a_part_of_its_name_in_any_case(anna_client, stall, market) -> None:
    found = anna_client.get(reverse("promotions:strategy_competitors"), {"q": "лАВ 17"}).json()

    assert found == [{"value": str(market[17]), "text": "Лавка 17"}]
    assert len(anna_client.get(reverse("promotions:strategy_competitors")).json()) == 30
    assert stall.seller.id not in {id_ for id_, _name in queries.competitors_like(stall.seller, "", limit=99)}


def test_the_form_offers_some_tens_of_shops_however_many_there_are(anna_client, stall, market) -> None:
    counts = []
    anna_client.get(reverse("promotions:strategy_new"))
    for state in ("closed", "active"):
        Seller.objects.filter(pk__in=market[5:]).update(state=state)
        with CaptureQueriesContext(connection) as seen:
            page = anna_client.get(reverse("promotions:strategy_new")).content.decode()
        counts.append(len(seen))
        assert page.count("<option") < 40

    assert counts[0] == counts[1]
    assert f'data-select-url="{reverse("promotions:strategy_competitors")}"' in page


def test_a_strategy_is_saved_with_shops_that_the_page_did_not_offer_and_changed(anna_client, stall, market) -> None:
    anna_client.post(reverse("promotions:strategy_new"), {
        "name": "Below two", "stop_loss": "30", "rows": "3", "shop_0": market[33], "coefficient_0": "0.95",
        "shop_1": market[20], "coefficient_1": "", "shop_2": market[7], "coefficient_2": "1.1"})

    [row] = queries.strategies(stall.seller)
    assert row.competitors == ((market[7], 11_000), (market[33], 9_500))
    page = anna_client.get(reverse("promotions:strategy_edit", args=[row.id])).content.decode()
    assert re.findall(r'<option value="(\d+)" selected', page) == [str(market[7]), str(market[33])]
    assert "Лавка 33" in anna_client.get(reverse("promotions:strategy", args=[row.id])).content.decode()

    anna_client.post(reverse("promotions:strategy_edit", args=[row.id]), {
        "name": "Below one", "stop_loss": "30", "rows": "3", "shop_0": market[7], "coefficient_0": "",
        "shop_1": market[33], "coefficient_1": "0.9"})
    assert queries.strategies(stall.seller)[0].competitors == ((market[33], 9_000),)


@pytest.mark.parametrize("told", ["own", "closed", "999999", "x", "9" * 30])
def test_what_is_no_other_shop_that_sells_is_refused_by_the_server(anna_client, stall, market, told) -> None:
    Seller.objects.filter(pk=market[3]).update(state="closed")
    value = {"own": stall.seller.id, "closed": market[3]}.get(told, told)

    answer = anna_client.post(reverse("promotions:strategy_new"), {
        "name": "Wrong", "stop_loss": "30", "rows": "3", "shop_0": value, "coefficient_0": "0.95"})

    assert answer.status_code == 422
    assert "No other shop that sells here now." in answer.content.decode()
    assert queries.strategies(stall.seller) == []


def test_more_rows_keep_what_was_typed_and_end_at_the_most_that_may_be_followed(anna_client, stall, market) -> None:
    typed = {"name": "Many", "stop_loss": "30", "rows": "3", "shop_0": market[9], "coefficient_0": "0.9", "more": "1"}

    page = anna_client.post(reverse("promotions:strategy_new"), typed).content.decode()

    assert 'name="shop_5"' in page
    assert 'name="shop_6"' not in page
    assert f'<option value="{market[9]}" selected' in page
    assert "invalid" not in page
    last = anna_client.post(reverse("promotions:strategy_new"), {**typed, "rows": "19"}).content.decode()
    assert 'name="shop_19"' in last
    assert 'name="shop_20"' not in last
    assert 'name="more"' not in last
