"""Warehouses are put out of use and brought back by programs, as by the page."""

from __future__ import annotations

import pytest

from sellerdesk.core.models import Activity
from sellerdesk.inventory.models import Warehouse

ARCHIVE, UNARCHIVE = "/v1/warehouse/archive", "/v1/warehouse/unarchive"
PAUSE, UNPAUSE = "/v1/warehouse/rfbs/pause", "/v1/warehouse/rfbs/unpause"


def state(shelf):
    return Warehouse.objects.get(pk=shelf.warehouse_id).state


@pytest.fixture
def own(shelf):
    """A warehouse whose parcels the seller delivers."""
    Warehouse.objects.filter(pk=shelf.warehouse_id).update(kind="own")
    return shelf


def test_a_warehouse_is_archived_and_brought_back_and_each_operation_can_be_asked_about(program, shelf):
    named = {"warehouse_id": shelf.warehouse_id}
    gone = program.call(ARCHIVE, {**named, "reason": "Moved  to Kazan"})
    after = state(shelf)
    told = program.call("/v1/warehouse/operation/status", gone)
    program.call(UNARCHIVE, named)

    assert (after, state(shelf)) == ("archived", "active")
    assert told == {"status": "SUCCESS", "type": "WAREHOUSE_ENABLE_DISABLE",
                    "result": {"entity_id": shelf.warehouse_id}, "error": {"code": "", "message": ""}}
    assert Activity.objects.get(event="inventory.warehouse.archived").after["pause_reason"] == "Moved to Kazan"


def test_one_with_open_orders_is_not_archived(program, shop, shelf, order_of):
    order_of(shop, (shelf.ids["A-1"], 2))

    assert program.refusal(ARCHIVE, {"warehouse_id": shelf.warehouse_id, "reason": "x"})[:2] == (400, 9)
    assert state(shelf) == "active"


def test_one_that_the_seller_delivers_from_is_paused_and_goes_on(program, own):
    named = {"warehouse_id": own.warehouse_id}
    halted = program.call(PAUSE, named)
    after = state(own)
    program.call(UNPAUSE, named)

    assert (after, state(own)) == ("paused", "active")
    assert program.call("/v1/warehouse/operation/status", halted)["type"] == "WAREHOUSE_PAUSE_UNPAUSE"


def test_each_act_moves_what_it_is_meant_for_only(program, own):
    named = {"warehouse_id": own.warehouse_id}
    program.call(ARCHIVE, {**named, "reason": "x"})
    assert program.refusal(UNPAUSE, named)[:2] == (400, 9)
    assert program.refusal(PAUSE, named)[:2] == (400, 9)
    assert state(own) == "archived"
    program.call(UNARCHIVE, named)
    program.call(PAUSE, named)

    assert program.refusal(UNARCHIVE, named)[:2] == (400, 9)
    assert state(own) == "paused"


def test_the_pause_is_for_own_delivery_and_nothing_of_others_is_reached(program, rival, shelf):
    named = {"warehouse_id": shelf.warehouse_id}
    done = program.call(ARCHIVE, {**named, "reason": "x"})
    program.call(UNARCHIVE, named)

    assert program.refusal(PAUSE, named)[0] == 404
    for path, body in ((ARCHIVE, {**named, "reason": "x"}), (UNARCHIVE, named), (PAUSE, named), (UNPAUSE, named),
                       ("/v1/warehouse/operation/status", done)):
        assert rival.refusal(path, body)[0] == 404
    for wrong in ("nonsense", "state-1", "state-1-²", f"{done['operation_id']}9"):
        assert program.refusal("/v1/warehouse/operation/status", {"operation_id": wrong})[0] == 404
    assert state(shelf) == "active"
