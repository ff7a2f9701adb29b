from __future__ import annotations

import pytest

from sellerdesk.core import activity
from sellerdesk.core.errors import Invalid
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.logistics import queries, services
from sellerdesk.logistics.errors import MethodUnknown
from sellerdesk.logistics.types import QuoteRequest


def choose(stall, tariff="tundra.cargo", **wish):
    return services.methods.set_method(
        seller=stall.seller, warehouse_id=stall.warehouse_id, tariff=tariff, actor=stall.actor, now=stall.now,
        **{"active": True, "max_weight_g": None, "max_price_minor": None, "places": [], **wish})


def choices(stall):
    place = inventory.warehouse(stall.seller, stall.warehouse_id)
    found = services.methods.choices(seller=stall.seller, warehouses=[place], now=stall.now)
    return [(one.tariff, one.active) for one in found[place.id]]


def cheapest(stall, **wish):
    return services.quote(seller=stall.seller, request=QuoteRequest(
        stall.warehouse_id, **{"weight_g": 500, "city": "Казань", "at": stall.now, **wish})).amount_minor


def test_a_warehouse_shows_what_it_starts_with_before_it_has_a_row(stall) -> None:
    assert choices(stall) == [("veloport.standard", True), ("tundra.cargo", True)]
    assert queries.methods(stall.seller) == []


def test_choosing_one_keeps_the_others_that_a_warehouse_starts_with(stall) -> None:
    choose(stall, active=False)

    assert choices(stall) == [("veloport.standard", True), ("tundra.cargo", False)]
    assert cheapest(stall) == 82_50


def test_an_order_goes_by_what_is_on_and_within_the_shop_s_own_bounds(stall) -> None:
    before = cheapest(stall)
    choose(stall, "veloport.standard", max_weight_g=1_000, max_price_minor=500_00, places=["Казань", " казань ", "Москва"])

    row = next(row for row in queries.methods(stall.seller) if row.tariff == "veloport.standard")
    assert (before, cheapest(stall)) == (82_50, 82_50)
    assert row.places == ("казань", "Москва")
    assert {cheapest(stall, weight_g=1_001), cheapest(stall, price_minor=500_01), cheapest(stall, city="Тула")} == {
        508_00 + 180, 499_00}


def test_a_change_is_told_once_and_the_same_again_is_none(stall) -> None:
    choose(stall, max_weight_g=9_000)
    choose(stall, max_weight_g=9_000)

    told = [entry for entry in activity.latest(stall.seller.id) if entry.event == "logistics.method.changed"]
    assert [(entry.before["max_weight_g"], entry.after["max_weight_g"]) for entry in told] == [(None, 9_000)]


def test_what_cannot_be_is_refused(stall, rival_shop) -> None:
    for tariff in ("own.courier", "sinotrek.standard", "nothing.at_all"):
        with pytest.raises(MethodUnknown):
            choose(stall, tariff)
    with pytest.raises(Invalid) as refused:
        choose(stall, max_weight_g=0, max_price_minor=-1, places=["x" * 101])
    with pytest.raises(WarehouseUnknown):
        services.methods.set_method(
            seller=rival_shop, warehouse_id=stall.warehouse_id, tariff="tundra.cargo", active=True, max_weight_g=None,
            max_price_minor=None, places=[], actor=stall.actor, now=stall.now)

    assert [(error.field, error.code) for error in refused.value.fields] == [
        ("max_weight_g", "not_positive"), ("max_price", "not_positive"), ("places", "too_long")]
    assert queries.methods(stall.seller) == []


def test_the_screen_changes_a_method(stall, anna_client, boris_client, clara_client) -> None:
    door = f"/delivery/methods/{stall.warehouse_id}/veloport.standard/"
    wish = {"active": "on", "max_weight_g": "5000", "max_price": "1000", "places": "Казань\nМосква"}

    assert "Veloport, to pickup point" in anna_client.get("/delivery/").content.decode()
    assert "₽65.00 and ₽3.50 for each begun 100 g" in anna_client.get(door).content.decode()
    assert anna_client.post(door, {**wish, "max_price": "a lot"}).status_code == 422
    assert queries.methods(stall.seller) == []
    assert anna_client.post(door, wish).status_code == 302
    page = anna_client.get("/delivery/").content.decode()
    assert "up to 5 kg, goods up to ₽1,000.00, to 2 places only" in page
    assert anna_client.get(f"/delivery/methods/{stall.warehouse_id}/own.courier/").status_code == 404
    assert clara_client.get(door).status_code == 404
    assert boris_client.post(door, wish).status_code == 403
