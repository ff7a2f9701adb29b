from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.economics import queries
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput


@pytest.fixture
def costed(stall):
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now,
                       changes=[PriceInput(product_id=stall.mug, cost="400")])
    return stall


def test_the_list_and_the_page_tell_what_the_engine_says(anna_client, costed) -> None:
    unit = queries.units(costed.seller, {costed.mug: (1000_00, 400_00)}, costed.now)[costed.mug]
    margin = f"₽{unit.margin_minor // 100}.{unit.margin_minor % 100:02d}"

    listed = anna_client.get(reverse("economics:products")).content.decode()
    page = anna_client.get(reverse("economics:product", args=[costed.mug])).content.decode()

    assert margin in listed
    assert margin in page
    assert "Units that come back" in page


def test_what_if_works_as_a_plain_form_and_writes_nothing(anna_client, costed) -> None:
    page = anna_client.get(reverse("economics:product", args=[costed.mug]),
                           {"price": "1000", "change": "50", "cost": "2000", "returns": "0", "tax": "income"})

    assert page.context["unit"].price_minor == 1500_00
    assert page.context["unit"].part("returns").amount_minor == 0
    assert page.context["unit"].part("tax").amount_minor == -90_00
    assert page.context["loss"]
    assert queries.settings(costed.seller).tax == "vat"
    assert anna_client.get(reverse("economics:product", args=[costed.mug]), {"price": "ten"}).status_code == 422


def test_settings_change_every_margin(anna_client, costed) -> None:
    before = queries.units(costed.seller, {costed.mug: (1000_00, 400_00)}, costed.now)[costed.mug].margin_minor

    anna_client.post(reverse("economics:settings"), {"tax": "income", "returns": "own", "packing": "25", "fx": "1"})

    after = queries.units(costed.seller, {costed.mug: (1000_00, 400_00)}, costed.now)[costed.mug]
    assert (after.part("packing").amount_minor, after.part("tax").amount_minor) == (-25_00, -60_00)
    assert before is not None
    assert after.margin_minor is not None
    assert after.margin_minor < before


def test_an_order_shows_the_estimate_beside_what_was_booked(anna_client, costed) -> None:
    number, = costed.handed_over()
    costed.scan(number, "accepted", "delivered")

    page = anna_client.get(reverse("orders:posting", args=[number]))

    economy = page.context["economy"]
    assert economy["foreseen"].amount_minor + economy["difference"].amount_minor == economy["booked"].amount_minor
    assert [str(row.label) for row in economy["rows"]][:4] == ["Sale", "Commission", "Payment processing", "Delivery"]
    assert economy["rows"][1].difference.amount_minor == 0
    assert "Estimate and booked" in page.content.decode()
