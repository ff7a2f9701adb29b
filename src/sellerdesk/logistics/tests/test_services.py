from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.logistics import queries, services
from sellerdesk.logistics.errors import NoTariff, UnknownScan
from sellerdesk.logistics.models import Parcel
from sellerdesk.logistics.types import ParcelInput, QuoteRequest, ScanInput

COURIER = Actor.courier("Veloport")
WAREHOUSE = 10_200_050_000_001


def quote(seller, weight_g, at):
    return services.quote(seller=seller, request=QuoteRequest(WAREHOUSE, weight_g, "Казань", at))


def parcel(number, method_id, now):
    return ParcelInput(number, method_id, 500, "Казань", now)


def test_the_cheapest_method_that_carries_the_weight_is_quoted(shop, now) -> None:
    light, heavy = quote(shop, 1_240, now), quote(shop, 40_000, now)

    assert (light.amount_minor, light.days) == (110_50, 4)
    assert (heavy.amount_minor, heavy.days) == (490_00 + 400 * 180, 6)
    assert len({light.method_id, heavy.method_id}) == 2
    assert all(len(str(method.id)) == 16 for method in queries.methods(shop))
    with pytest.raises(NoTariff) as refused:
        quote(shop, 300_001, now)
    assert refused.value.text.startswith("No delivery method carries 300001 g in RUB")


def test_a_tariff_is_that_of_the_moment_and_the_shop_s_currency(shop, rival_shop, now) -> None:
    dated.put("logistics.tariff", "veloport.standard",
              {"days": 3, "max_weight_g": 25_000, "prices": {"RUB": [100_00, 0], "CNY": [8_00, 0]}},
              valid_from=now, source="test")

    old, new = quote(shop, 500, now - timedelta(seconds=1)), quote(shop, 500, now)

    assert (old.amount_minor, new.amount_minor) == (82_50, 100_00)
    assert old.rule_id != new.rule_id
    assert quote(rival_shop, 500, now).amount_minor == 8_00


def test_methods_are_made_once(shop, now, statements) -> None:
    made = services.create_methods(seller=shop, warehouse_id=WAREHOUSE, now=now)
    quote(shop, 500, now)

    assert services.create_methods(seller=shop, warehouse_id=WAREHOUSE, now=now) == made
    assert statements(lambda: services.quote_many(seller=shop, requests=[
        QuoteRequest(WAREHOUSE, 500, "Казань", now)] * 50)) == 1
    assert [method.carrier_names["zh-hans"] for method in made] == ["维洛快递", "冻原货运"]
    assert queries.service_names(made[0].tariff)["ru"] == made[0].name


def test_a_posting_has_one_parcel_however_often_it_is_registered(shop, now) -> None:
    method = services.create_methods(seller=shop, warehouse_id=WAREHOUSE, now=now)[0].id

    first = services.register_parcels(seller=shop, parcels=[parcel("1-1-1", method, now)])
    again = services.register_parcels(seller=shop, parcels=[parcel("1-1-1", method, now), parcel("1-1-2", method, now)])

    assert again["1-1-1"] == first["1-1-1"] != again["1-1-2"]
    assert Parcel.objects.count() == 2
    assert [scan.code for scan in queries.scans(shop, "1-1-1")] == ["registered"]


def test_the_same_report_twice_is_one_scan_and_one_piece_of_news(shop, rival_shop, now) -> None:
    method = services.create_methods(seller=shop, warehouse_id=WAREHOUSE, now=now)[0].id
    tracking = services.register_parcels(seller=shop, parcels=[parcel("1-1-1", method, now)])["1-1-1"]
    later = ScanInput(tracking, "in_transit", "Казань", now + timedelta(hours=2))
    earlier = ScanInput(tracking, "accepted", "Москва", now + timedelta(hours=1))

    services.record_scans(scans=[later, later], actor=COURIER)
    services.record_scans(scans=[later, earlier], actor=COURIER)

    assert [(scan.code, scan.place) for scan in queries.scans(shop, "1-1-1")] == [
        ("registered", ""), ("accepted", "Москва"), ("in_transit", "Казань")]
    # A report that comes late does not turn the parcel back.
    assert Parcel.objects.get().status == "in_transit"
    news = [entry for entry in activity.latest(shop.id) if entry.event == "logistics.parcel.scanned"]
    assert [(entry.data["posting_number"], entry.data["code"]) for entry in news] == [
        ("1-1-1", "accepted"), ("1-1-1", "in_transit")]
    assert queries.scans(rival_shop, "1-1-1") == []
    with pytest.raises(UnknownScan):
        services.record_scans(scans=[ScanInput(tracking, "teleported", "", now)], actor=COURIER)
