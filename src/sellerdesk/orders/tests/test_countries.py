"""Buyers of neighbouring countries: what their orders cost to carry, and what the shop sees of the border."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from sellerdesk.logistics import services as logistics
from sellerdesk.orders import queries, services

pytestmark = pytest.mark.django_db


def test_an_order_from_abroad_is_carried_to_its_country_and_says_so(stall, anna_client, monkeypatch):
    asked = []
    quote_many = logistics.quote_many
    monkeypatch.setattr(logistics, "quote_many", lambda *, seller, requests: (
        asked.extend(requests), quote_many(seller=seller, requests=requests))[1])

    [abroad] = stall.packed(replace(stall.request((stall.mug, 2), city="Минск"), country="BY"))
    [home] = stall.packed(stall.request())

    assert [one.country for one in asked] == ["BY", "RU"]
    card = queries.posting(stall.seller, abroad)
    assert (card.country, card.warehouse_country, card.crosses_border) == ("BY", "RU", True)
    assert not queries.posting(stall.seller, home).crosses_border
    page = anna_client.get(reverse("orders:posting", args=[abroad])).content.decode()
    assert "Across the border: Russia → Belarus" in page
    assert "Belarus, Минск" in " ".join(page.split())
    assert "Across the border" not in anna_client.get(reverse("orders:posting", args=[home])).content.decode()


def test_parts_of_an_order_from_abroad_are_carried_there_too(stall, monkeypatch):
    asked = []
    quote_many = logistics.quote_many
    [number] = stall.place(replace(stall.request((stall.mug, 1), (stall.pan, 1), city="Алматы"), country="KZ"))
    monkeypatch.setattr(logistics, "quote_many", lambda *, seller, requests: (
        asked.extend(one.country for one in requests), quote_many(seller=seller, requests=requests))[1])

    services.split_posting(seller=stall.seller, number=number, actor=stall.actor, now=stall.now,
                           parts=[[(stall.sku(stall.mug), 1)]])

    assert set(asked) == {"KZ"}
