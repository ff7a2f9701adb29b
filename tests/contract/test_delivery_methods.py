"""Listings of delivery methods, in both versions."""

from __future__ import annotations

import pytest

from sellerdesk.logistics import queries as logistics
from sellerdesk.logistics import services

pytestmark = pytest.mark.django_db
V1, V2 = "/v1/delivery-method/list", "/v2/delivery-method/list"


@pytest.fixture
def methods(stall):
    """The methods of the shop's warehouse; the second one is switched off."""
    services.methods.set_method(
        seller=stall.seller, warehouse_id=stall.warehouse_id, tariff="tundra.cargo", active=False, max_weight_g=None,
        max_price_minor=None, places=[], actor=stall.actor, now=stall.now)
    return logistics.methods(stall.seller)


def test_every_method_is_listed_with_its_carrier(program, methods, stall) -> None:
    answer = program.call(V2, {"limit": 100})

    assert [(row["id"], row["status"], row["provider_id"], row["tpl_integration_type"], row["warehouse_id"])
            for row in answer["delivery_methods"]] == [
        (row.id, "ACTIVE" if row.active else "DISABLED", row.carrier_number, "ozon", stall.warehouse_id) for row in methods]
    assert {row["status"] for row in answer["delivery_methods"]} == {"ACTIVE", "DISABLED"}
    assert (answer["has_next"], answer["cursor"]) == (False, "")


def test_filters_and_pages(program, methods) -> None:
    first = program.call(V2, {"limit": 1, "sort_dir": "DESC"})
    rest = program.call(V2, {"limit": 1, "sort_dir": "DESC", "cursor": first["cursor"]})
    off = program.call(V2, {"limit": 10, "filter": {"status": ["DISABLED"]}})
    one = program.call(V2, {"limit": 10, "filter": {"delivery_method_ids": [str(methods[0].id)],
                                                    "provider_ids": [str(methods[0].carrier_number)]}})

    assert [row["id"] for answer in (first, rest) for row in answer["delivery_methods"]] == [
        row.id for row in reversed(methods)]
    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert [row["id"] for row in off["delivery_methods"]] == [methods[1].id]
    assert [row["id"] for row in one["delivery_methods"]] == [methods[0].id]
    assert program.call(V2, {"limit": 10, "filter": {"warehouse_ids": ["1"]}})["delivery_methods"] == []
    assert program.refusal(V2, {"limit": 101})[0] == 400
    assert program.refusal(V2, {"limit": 10, "cursor": "zzz"})[0] == 400


def test_the_older_version_tells_the_same_by_offset(program, methods, shop) -> None:
    newer = program.call(V2, {"limit": 100})["delivery_methods"]
    older = program.call(V1, {"limit": 50})

    assert [{name: row[name] for name in row if name != "company_id"} for row in older["result"]] == [
        {name: row[name] for name in older["result"][0] if name != "company_id"} for row in newer]
    assert {row["company_id"] for row in older["result"]} == {shop.id}
    page = program.call(V1, {"limit": 1, "offset": 1, "filter": {"status": "DISABLED"}})
    assert (page["result"], page["has_next"]) == ([], False)
    assert program.call(V1, {"limit": 1})["has_next"]


def test_nobody_lists_another_s(rival, methods) -> None:
    assert rival.call(V2, {"limit": 100, "filter": {
        "warehouse_ids": [str(methods[0].warehouse_id)]}})["delivery_methods"] == []
