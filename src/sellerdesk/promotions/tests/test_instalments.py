"""Buyers pay in parts; the shop gets its money at delivery, less a fee."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from sellerdesk.core import rules as dated
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import WhatIf
from sellerdesk.finance.models import Line
from sellerdesk.orders import queries as orders
from sellerdesk.pricing.models import Price
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.models import Action, ActionProduct


def fees() -> list[tuple[str, int]]:
    return list(Line.objects.filter(kind="instalment").order_by("id").values_list("account", "amount_minor"))


def delivered(stall, *lines: tuple[int, int], in_parts: bool) -> str:
    [number] = stall.handed_over(replace(stall.request(*lines), in_parts=in_parts))
    stall.scan(number, "accepted", "delivered")
    return number


def test_the_price_stays_and_the_fee_is_taken_of_what_is_paid_in_parts(stall, own) -> None:
    action_id = own("instalment", levels=())
    services.leave(seller=stall.seller, action_id=action_id, product_ids=[stall.pan], actor=stall.actor, now=stall.now)

    number = delivered(stall, (stall.mug, 2), (stall.pan, 1), in_parts=True)

    assert {line.action_ids: line.price_minor for line in orders.posting(stall.seller, number).lines} == {
        str(action_id): 1000_00, "": 250_50}
    # 5 percent of 2,000.00; the pan is paid for at once.
    assert fees() == [("seller", -100_00), ("instalments", 100_00)]
    assert Line.objects.filter(kind="sale", account="seller").count() == 2
    assert ActionProduct.objects.get(action_id=action_id).taken == 2


def test_who_pays_at_once_costs_no_fee(stall, own) -> None:
    own("instalment", levels=())

    delivered(stall, (stall.mug, 1), in_parts=False)

    assert fees() == []


def test_a_paused_instalment_is_not_offered_and_the_fee_is_the_one_of_the_day_of_the_order(stall, own) -> None:
    action_id = own("instalment", levels=())
    [number] = stall.handed_over(replace(stall.request((stall.mug, 1)), in_parts=True))
    dated.put("finance.instalment", "", {"bp": 900}, valid_from=stall.now + timedelta(minutes=1), source="test")
    services.move_own(seller=stall.seller, action_id=action_id, state="paused", actor=stall.actor, now=stall.now)
    stall.scan(number, "accepted", "delivered", at=stall.now + timedelta(days=1))
    assert fees() == [("seller", -50_00), ("instalments", 50_00)]

    delivered(stall, (stall.mug, 1), in_parts=True)

    assert len(fees()) == 2


def test_it_adds_to_a_discount_and_takes_nothing_off(stall, own) -> None:
    discount, instalment = own("discount"), own("instalment", levels=())

    [number] = stall.place(replace(stall.request((stall.mug, 1)), in_parts=True))

    line, = orders.posting(stall.seller, number).lines
    assert (line.price_minor, line.action_ids) == (900_00, f"{discount} {instalment}")
    assert queries.buyer_prices(stall.seller, [stall.mug], stall.now)[stall.mug].action_ids == (discount,)


def test_the_page_makes_one_without_a_discount_and_shows_its_products(anna_client, stall) -> None:
    form = reverse("promotions:own_new", args=["instalment"])
    page = anna_client.get(form).content.decode()
    assert 'name="title"' in page
    assert 'name="value_1"' not in page
    assert "The marketplace keeps 5% of what is paid in parts" in page

    made = anna_client.post(form, {
        "title": "In four parts", "starts_at": stall.now.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (stall.now + timedelta(days=90)).strftime("%Y-%m-%dT%H:%M")})

    action = Action.objects.get()
    assert (made.url, action.kind, action.levels) == (
        reverse("promotions:action", args=[action.pk]), "instalment", [])
    anna_client.post(reverse("promotions:selected", args=[action.pk]), {"do": "join", "ids": [stall.mug]})
    for state in ("active", "paused", "archived"):
        anna_client.post(reverse("promotions:own_move", args=[action.pk]), {"state": state})
        action.refresh_from_db()
        assert action.state == state
    shown = anna_client.get(made.url).content.decode()
    assert "payment in parts" in shown
    assert "1,000.00" in shown


def test_the_margin_after_it_is_less_by_the_fee_and_what_is_lost_of_it_with_returns(anna_client, stall, own) -> None:
    Price.objects.filter(product_id=stall.mug).update(cost_minor=400_00)
    action_id = own("instalment", levels=())
    usual, in_parts = (economics.units(stall.seller, {stall.mug: (1000_00, 400_00)}, stall.now,
                                       what_if=WhatIf(in_parts=chosen))[stall.mug] for chosen in (False, True))

    shown = anna_client.get(reverse("promotions:action", args=[action_id])).context["lines"]

    assert (usual.amount("instalment"), in_parts.amount("instalment")) == (0, -50_00)
    assert in_parts.amount("returns") < usual.amount("returns")
    assert usual.margin_minor - in_parts.margin_minor >= 50_00
    assert next(line.margin.amount_minor for line in shown if line.ref.id == stall.mug) == in_parts.margin_minor
