"""Switches of a product: joining promotions automatically, and its strategy."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from sellerdesk.catalog.models import Batch
from sellerdesk.catalog.services import undoing
from sellerdesk.core.models import Activity
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.types import PriceInput


def put(stall, **row):
    return services.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, **row)])[0]


def switches(stall) -> tuple[bool | None, bool]:
    row = queries.prices(stall.seller, [stall.mug])[stall.mug]
    return row.auto_action, row.strategy


def test_nothing_joins_automatically_without_a_lowest_price(stall) -> None:
    refused = put(stall, auto_action="ENABLED")
    assert [(one.field, one.code) for one in refused.errors] == [
        ("auto_action", "action_price_enabled_min_price_missing")]
    assert [one.code for one in put(stall, price="990", min_needed=True).errors] == [
        "action_price_enabled_min_price_missing"]
    assert switches(stall) == (None, True)

    assert put(stall, auto_action="ENABLED", min_price="600", strategy="DISABLED").updated
    assert switches(stall) == (True, False)
    taken = put(stall, min_price="0")

    assert [(one.field, one.code) for one in taken.errors] == [("min_price", "action_price_enabled_min_price_missing")]
    assert queries.prices(stall.seller, [stall.mug])[stall.mug].min_price_minor == 600_00


@pytest.mark.parametrize(("text", "kept"), [
    ("UNKNOWN", None), ("", None), ("да", True), ("否", False), ("shop", None), ("DISABLED", False)])
def test_words_for_yes_and_no_are_read_in_three_languages(stall, text, kept) -> None:
    put(stall, min_price="600")

    assert put(stall, auto_action=text).errors == ()

    assert switches(stall)[0] is kept


def test_what_is_neither_yes_nor_no_is_refused_and_nothing_is_turned(stall) -> None:
    put(stall, min_price="600")

    refused = put(stall, auto_action="perhaps", strategy="no")

    assert [(one.field, one.code, one.value) for one in refused.errors] == [
        ("auto_action", "switch_unreadable", "perhaps")]
    assert switches(stall) == (None, True)


def test_a_price_in_quarantine_does_not_keep_its_switch_waiting(stall) -> None:
    put(stall, min_price="600")

    outcome = put(stall, price="2500", auto_action="yes")

    assert (outcome.quarantined, switches(stall)) == (True, (True, True))
    assert queries.prices(stall.seller, [stall.mug])[stall.mug].price_minor == 1000_00


def test_switches_are_kept_as_an_act_and_can_be_undone(stall) -> None:
    put(stall, min_price="600", auto_action="yes")
    turned = Activity.objects.get(event="pricing.switches.turned")
    assert (turned.before["auto_action"], turned.after["auto_action"]) == (None, True)
    assert turned.data["product_ids"] == [stall.mug]
    batch = Batch.objects.latest("pk")

    undoing.undo(seller=stall.seller, batch_id=batch.pk, actor=stall.actor, now=stall.now, parts=frozenset({"price"}))

    assert switches(stall) == (None, True)
    assert queries.prices(stall.seller, [stall.mug])[stall.mug].min_price_minor == 0


def test_the_spreadsheet_page_turns_switches_and_says_why_not(anna_client, stall) -> None:
    def save(**values: str) -> dict:
        answer = anna_client.post(reverse("pricing:grid_save"), json.dumps({"rows": [
            {"id": stall.mug, "values": values}]}), content_type="application/json")
        return answer.json()["rows"][0]

    first = anna_client.get(reverse("pricing:grid_rows")).json()["rows"]
    mine = next(row for row in first if row["id"] == stall.mug)["values"]
    assert (mine["auto_action"], mine["strategy"]) == ("shop", "true")
    assert [(one["field"], one["code"]) for one in save(auto_action="true")["errors"]] == [
        ("auto_action", "action_price_enabled_min_price_missing")]

    row = save(auto_action="true", min_price="600", strategy="false")

    assert (row["errors"], row["values"]["auto_action"], row["values"]["strategy"]) == ([], "true", "false")
    page = anna_client.get(reverse("catalog:product", args=[stall.mug])).content.decode()
    assert "Joins promotions automatically: Yes" in page
    assert "Follows its strategy: No" in page
