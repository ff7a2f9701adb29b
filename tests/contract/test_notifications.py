"""Addresses for pushes through the methods of the contract."""

from __future__ import annotations

import pytest

from sellerdesk.notifications.tests.conftest import receiver, receivers  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_an_address_is_tried_set_changed_switched_listed_and_deleted(program, receiver, stall):  # noqa: F811
    assert program.call("/v1/notification/check", {"url": receiver.url}) == {"is_active": True, "errors": []}
    assert program.call("/v1/notification/set", {"url": receiver.url, "types": ["TYPE_NEW_POSTING"]}) == {}

    [row] = program.call("/v1/notification/list", {})["urls"]
    program.call("/v1/notification/update", {"id": str(row["id"]), "types": ["TYPE_STOCKS_CHANGED", "TYPE_NEW_MESSAGE"]})
    program.call("/v1/notification/enable", {"id": row["id"], "enabled": False})
    listed = program.call("/v1/notification/list", {})
    kinds = {one["type"]: one["seller_endpoint"] for one in program.call("/v1/notification/push-type/list", {})["types"]}

    assert (row["enable"], [one["type"] for one in row["types"]]) == (True, ["TYPE_NEW_POSTING"])
    assert listed["total_count"] == 1
    assert listed["urls"][0]["enable"] is False
    assert listed["urls"][0]["disable_reason"] == "SELLER"
    assert [one["status"] for one in listed["availability_status_thresholds"]] == ["GREEN", "YELLOW", "RED"]
    assert kinds["TYPE_STOCKS_CHANGED"] == {"id": row["id"], "url": receiver.url}
    assert (kinds["TYPE_NEW_POSTING"], len(kinds)) == (None, 21)
    assert program.call("/v1/notification/delete", {"id": row["id"]}) == {}
    assert program.call("/v1/notification/list", {})["urls"] == []
    assert program.refusal("/v1/notification/delete", {"id": row["id"]})[0] == 404


def test_what_is_wrong_with_an_address_is_told_in_the_contracts_words(program, receiver, stall):  # noqa: F811
    receiver.always = (200, b"<p>", 0.0)

    answer = program.call("/v1/notification/check", {"url": receiver.url})

    assert (answer["is_active"], answer["errors"][0]["type"]) == (False, "INVALID_JSON")
    assert program.refusal("/v1/notification/set", {"url": receiver.url, "types": ["TYPE_NEW_POSTING"]})[0] == 400
    assert program.refusal("/v1/notification/set", {"url": receiver.url, "types": ["TYPE_X"]})[0] == 400
    assert program.call("/v1/notification/list", {})["urls"] == []
