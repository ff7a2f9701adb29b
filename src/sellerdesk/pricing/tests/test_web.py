from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.pricing import services
from sellerdesk.pricing.models import Price
from sellerdesk.pricing.types import PriceInput

HTMX = {"HX-Request": "true", "HX-Target": "tr"}


@pytest.fixture
def priced(shop, actor, now, goods) -> list[int]:
    ids = goods(shop, 3)
    services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput("A-1", price="1000", old_price="1250", cost="600"), PriceInput("A-2", price="500")])
    return ids


def test_the_grid_shows_every_product_with_its_amounts(anna_client, priced) -> None:
    page = anna_client.get(reverse("pricing:prices")).content.decode()

    assert all(text in page for text in ("Item A-1", "Item A-3", 'value="1000.00"', 'value="1250.00"', "-20%"))
    found = anna_client.get(reverse("pricing:prices"), {"q": "a-2"}).content.decode()
    assert "Item A-2" in found
    assert "Item A-1" not in found


def test_the_grid_takes_the_same_queries_for_few_and_for_many_rows(anna_client, shop, priced, goods) -> None:
    anna_client.get(reverse("pricing:prices"))
    counts = []
    for more in (1, 40):
        goods(shop, more, prefix=f"B{more}")
        clock.forget()  # on a busy machine it would be read anew for one of them only
        with CaptureQueriesContext(connection) as seen:
            assert anna_client.get(reverse("pricing:prices")).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_one_field_of_a_row_is_saved_in_place(anna_client, priced) -> None:
    answer = anna_client.post(reverse("pricing:save", args=[priced[1]]), {"old_price": "600"}, headers=HTMX)

    assert answer.status_code == 200
    assert 'value="600.00"' in answer.content.decode()
    assert Price.objects.get(pk=priced[1]).old_price_minor == 600_00


def test_a_refused_row_comes_back_as_typed_with_the_reason(anna_client, priced) -> None:
    answer = anna_client.post(reverse("pricing:save", args=[priced[0]]), {"old_price": "1001"}, headers=HTMX)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1001"' in body
    assert "At this price the crossed-out price must be at least 1050.00 RUB." in body
    assert Price.objects.get(pk=priced[0]).old_price_minor == 1250_00


def test_an_emptied_field_removes_the_amount(anna_client, priced) -> None:
    anna_client.post(reverse("pricing:save", args=[priced[0]]), {"old_price": ""}, headers=HTMX)

    assert Price.objects.get(pk=priced[0]).old_price_minor == 0


def test_a_rival_sees_and_changes_nothing(clara_client, priced) -> None:
    assert clara_client.post(reverse("pricing:save", args=[priced[0]]), {"price": "1"}).status_code in (302, 404)
    assert clara_client.post(reverse("pricing:save", args=[priced[0]]), {"price": "1"},
                             headers=HTMX).status_code == 404
    assert clara_client.get(reverse("pricing:history", args=[priced[0]])).status_code == 404
    assert Price.objects.get(pk=priced[0]).price_minor == 1000_00


def test_a_packer_may_not_touch_prices(boris_client, priced) -> None:
    assert boris_client.get(reverse("pricing:prices")).status_code == 403
    assert boris_client.post(reverse("pricing:save", args=[priced[0]]), {"price": "1"}).status_code == 403


def test_selected_prices_change_after_a_look_at_the_preview(anna_client, priced) -> None:
    chosen = anna_client.post(reverse("pricing:selected"), {"ids": priced, "action": "percent", "next": "/prices/?q=a"})
    assert chosen.status_code == 302
    query = {"ids": ",".join(map(str, priced)), "percent": "-10", "whole": "on", "next": "/prices/?q=a"}

    page = anna_client.get(reverse("pricing:percent"), query)
    preview = page.context["preview"]
    assert [(row.offer_id, row.after.decimal_text()) for row in preview.rows] == [("A-1", "900.00"), ("A-2", "450.00")]
    assert (preview.fits, preview.refused, preview.unpriced) == (2, 0, 1)

    done = anna_client.post(reverse("pricing:percent"), {**query, "seen": preview.token})
    assert (done.status_code, done["Location"]) == (302, "/prices/?q=a")
    again = anna_client.post(reverse("pricing:percent"), {**query, "seen": preview.token})
    assert again.status_code == 200
    assert sorted(Price.objects.values_list("price_minor", flat=True)) == [450_00, 900_00]


@pytest.mark.parametrize("percent", ["0", "abc", "-95", "1000", "5.555"])
def test_a_percentage_that_cannot_be_meant_is_refused(anna_client, priced, percent: str) -> None:
    page = anna_client.get(reverse("pricing:percent"), {"ids": priced[0], "percent": percent})

    assert page.status_code == 422
    assert page.context["preview"] is None


def test_the_history_tells_who_set_which_price(anna_client, priced) -> None:
    page = anna_client.get(reverse("pricing:history", args=[priced[0]])).content.decode()

    assert "₽" in page or "RUB" in page
    assert all(text in page for text in ("1,000.00", "crossed out", "Anna"))


def test_products_without_a_price_have_their_own_tab(anna_client, shop, priced, goods) -> None:
    goods(shop, prefix="new", status="processed")

    rows = anna_client.get(reverse("pricing:prices"), {"tab": "unpriced"}).context["table"].rows

    assert [row.offer_id for row in rows] == ["new-1"]


def test_the_history_of_an_archived_product_can_still_be_read(anna_client, shop, goods) -> None:
    [old] = goods(shop, prefix="old", archived=True)

    assert anna_client.get(reverse("pricing:history", args=[old])).status_code == 200
