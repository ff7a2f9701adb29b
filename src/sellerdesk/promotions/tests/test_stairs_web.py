"""Discounts by quantity on the pages of a product, and where they meet other promotions."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.models import Stairway
from sellerdesk.promotions.types import JoinInput, Level, Stair, StairwayInput, Terms


def steps(**more):
    return {"enabled": "on", "quantity_1": "3", "discount_1": "10", "quantity_2": "5", "discount_2": "20", **more}


def test_a_person_sets_steps_and_sees_price_and_margin_at_each(stall, anna_client):
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now,
                       changes=[PriceInput(product_id=stall.mug, cost="300")])
    page, address = (reverse(name, args=[stall.mug]) for name in ("economics:product", "promotions:stairway"))
    assert address in anna_client.get(page).content.decode()

    assert anna_client.post(address, steps()).status_code == 302

    shown = anna_client.get(page).content.decode()
    assert "900.00" in shown
    assert "800.00" in shown
    kept = " ".join(anna_client.get(address).content.decode().split())
    assert 'name="discount_2" value="20"' in kept
    assert Stairway.objects.get().steps == [[3, 10], [5, 20]]


def test_a_warning_asks_and_an_error_stands_at_its_step(stall, anna_client):
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now,
                       changes=[PriceInput(product_id=stall.mug, min_price="850")])
    address = reverse("promotions:stairway", args=[stall.mug])

    asked = anna_client.post(address, steps())
    assert asked.status_code == 422
    assert "Save all the same" in asked.content.decode()
    assert not Stairway.objects.exists()
    assert anna_client.post(address, steps(sure="1")).status_code == 302
    assert "does not count" in anna_client.get(reverse("economics:product", args=[stall.mug])).content.decode()

    wrong = anna_client.post(address, steps(discount_2="5")).content.decode()
    assert "This step takes 11 to 90 percent off" in wrong


def test_overlaps_know_them(stall):
    def own(kind, **more):
        made = services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
            kind, "Sum", stall.now, stall.now + timedelta(days=3), **more))
        services.join(seller=stall.seller, action_id=made, rows=[JoinInput(product_id=stall.mug)], actor=stall.actor,
                      now=stall.now)
        services.move_own(seller=stall.seller, action_id=made, state="active", actor=stall.actor, now=stall.now)
        return made
    action = own("order_sum", levels=(Level(100_000, 1_000),))
    assert queries.overlaps(stall.seller, stall.now)[0] == []

    services.set_stairways(seller=stall.seller, suppress_warnings=False, actor=stall.actor, now=stall.now, changes=[
        StairwayInput(stall.sku(stall.mug), True, ((1, Stair(2, 10)), (2, Stair(4, 20))))])

    [found], _rows = queries.overlaps(stall.seller, stall.now)
    assert (found.action_ids, found.together_bp, found.price_minor) == ((0, action), 2_800, 72_000)


def test_the_page_of_overlaps_names_them(stall, anna_client):
    test_overlaps_know_them(stall)

    assert "Discount by quantity" in anna_client.get(reverse("promotions:overlaps")).content.decode()
