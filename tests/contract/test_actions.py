"""Promotions, strategies and requests for a discount, as programs use them."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.pricing import queries as prices
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import services
from sellerdesk.promotions.types import Terms

OPERATOR = Actor.operator(1, "Olga")


@pytest.fixture
def autumn(shelf, now) -> int:
    action_id = services.create_platform(actor=OPERATOR, now=now, terms=Terms(
        "platform", "Autumn", now, now + timedelta(days=7), discount_bp=1000))
    services.publish(action_id=action_id, actor=OPERATOR, now=now)
    return action_id


def price_of(program, shelf, name: str) -> float:
    page = program.call("/v5/product/info/prices", {"filter": {"offer_id": [name]}, "limit": 10})
    return page["items"][0]["price"]["price"]


def test_the_switches_of_prices_are_kept_and_told(program, shelf, now):
    def told() -> tuple[bool, bool]:
        page = program.call("/v5/product/info/prices", {"filter": {"offer_id": ["A-1"]}, "limit": 10})
        price = page["items"][0]["price"]
        return price["auto_action_enabled"], price["auto_add_to_ozon_actions_list_enabled"]

    def put(**row) -> list[str]:
        answer = program.call("/v1/product/import/prices", {"prices": [{"offer_id": "A-1", **row}]})
        return [error["code"] for error in answer["result"][0]["errors"]]

    lowest = f"{price_of(program, shelf, 'A-1') * 0.8:.2f}"
    assert told() == (False, False)
    assert put(auto_action_enabled="ENABLED") == ["action_price_enabled_min_price_missing"]
    assert put(min_price_for_auto_actions_enabled=True) == ["action_price_enabled_min_price_missing"]
    assert put(auto_action_enabled="ENABLED", min_price=lowest, price_strategy_enabled="DISABLED") == []
    assert told() == (True, True)
    assert prices.prices(program.seller, [shelf.ids["A-1"]])[shelf.ids["A-1"]].strategy is False
    assert put(auto_add_to_ozon_actions_list_enabled="DISABLED", price_strategy_enabled="UNKNOWN") == []
    assert told() == (False, False)
    # A product that says no stays out, whatever its shop says.
    services.set_auto_join(seller=program.seller, enabled=True, actor=OPERATOR, now=now)
    assert told() == (False, False)


def test_the_list_of_products_that_join_automatically_is_read_and_changed(program, rival, shelf, now, client):
    begins = now + timedelta(days=7)
    winter = services.create_platform(actor=OPERATOR, now=now, terms=Terms(
        "platform", "Winter", begins, begins + timedelta(days=7), discount_bp=1000))
    services.publish(action_id=winter, actor=OPERATOR, now=now)
    first, second, price = shelf.ids["A-1"], shelf.ids["A-2"], price_of(program, shelf, "A-1")
    program.call("/v1/product/import/prices", {"prices": [
        {"offer_id": "A-1", "auto_action_enabled": "ENABLED", "min_price": f"{price * 0.6:.2f}"}]})
    listed = client.get("/v1/actions", headers={"Client-Id": str(program.seller.id), "Api-Key": program.key}).json()
    [moment] = listed["result"][0]["auto_add_dates"]
    named = {"action_id": winter, "auto_add_date": moment}

    def money(share: float) -> dict:
        return {"amount": f"{price * share:.2f}", "currency": program.seller.currency}

    page = program.call("/v2/actions/auto-add/products/list", {**named, "limit": 10})
    assert [(one["product_id"], one["add_mode"], page["total"]) for one in page["products"]] == [(first, True, 1)]
    assert page["products"][0]["action_price_to_auto_add"] == page["products"][0]["max_discount_price"]
    fits = program.call("/v2/actions/auto-add/products/candidates", {**named, "limit": 10})
    assert first not in (ids := [one["id"] for one in fits["products"]])
    assert second in ids

    answer = program.call("/v2/actions/auto-add/products/update", {**named, "products": [
        {"id": first, "action_price": money(0.8), "stock": 0}, {"id": 1, "action_price": money(0.8), "stock": 0},
        {"id": second, "action_price": money(100), "stock": 0}]})
    assert (answer["product_ids"], answer["deactivated_ids"]) == ([str(first)], [])
    assert [(one["product_id"], one["reason"]) for one in answer["rejected"]] == [
        (1, "NOT_FOUND"), (second, "INVALID_ACTION_PRICE")]
    old = program.call("/v1/actions/auto-add/products/update", {**named, "to_update": [
        {"product_id": first, "action_price": round(price * 0.5, 2), "currency": "", "quantity": 0},
        {"product_id": first, "action_price": round(price * 0.95, 2), "currency": "", "quantity": 0}]})
    assert [one["code"] for one in old["rejected"]] == ["REJECTED_LOW_PRICE", "MAX_ACTION_PRICE"]
    assert old["below_min_price"] == [{"key": first, "value": round(price * 0.6, 2)}]
    assert [one["key"] for one in old["failed_price"]] == [first]
    [one] = program.call("/v1/actions/auto-add/products/list", {**named, "limit": 10})["products"]
    assert (one["add_mode"], one["action_price_to_auto_add"]) == ("MANUAL", round(price * 0.8, 2))
    assert rival.call("/v2/actions/auto-add/products/list", {**named, "limit": 10})["products"] == []
    assert program.call("/v1/actions/auto-add/products/candidates", {**named, "limit": 1})["total"] == fits["total"]

    # Above the allowed price: off the list.
    gone = program.call("/v2/actions/auto-add/products/update", {**named, "products": [
        {"id": first, "action_price": money(1), "stock": 0}]})
    assert gone["deactivated_ids"] == [str(first)]
    program.call("/v2/actions/auto-add/products/update", {**named, "products": [
        {"id": first, "action_price": money(0.8), "stock": 0}]})
    for method in ("/v2/actions/auto-add/products/delete", "/v1/actions/auto-add/products/delete"):
        assert program.call(method, {**named, "product_ids": [str(first), "1"]})["product_ids"] == (
            [str(first)] if method.startswith("/v2") else [])
    assert program.refusal("/v2/actions/auto-add/products/list", {**named, "auto_add_date": begins.isoformat(),
                                                                  "limit": 1}) == (
        400, 3, "Request validation error: invalid value of auto_add_date")
    services.run_due(begins - timedelta(hours=24))
    assert program.call("/v2/actions/auto-add/products/list", {**named, "limit": 10})["total"] == 0


def test_products_join_and_leave_a_promotion(program, rival, shelf, autumn, client):
    listed = client.get("/v1/actions", headers={"Client-Id": str(program.seller.id), "Api-Key": program.key}).json()
    assert [(one["id"], one["participating_products_count"]) for one in listed["result"]] == [(autumn, 0)]
    assert program.post("/v1/actions").status_code == 404

    first, price = shelf.ids["A-1"], price_of(program, shelf, "A-1")
    fits = program.call("/v2/actions/candidates", {"action_id": autumn, "limit": 100})
    assert first in [one["id"] for one in fits["products"]]
    update = {"action_id": autumn, "products": [
        {"product_id": first, "action_price": {"amount": f"{price * 0.8:.2f}", "currency": program.seller.currency}},
        {"product_id": 1, "action_price": {"amount": "1", "currency": program.seller.currency}}]}
    answer = program.call("/v1/actions/products/update", update)
    assert (answer["active_product_ids"], answer["rejected"]) == (
        [str(first)], [{"product_id": 1, "reason": "NOT_FOUND"}])
    [inside] = program.call("/v2/actions/products", {"action_id": autumn, "limit": 10})["products"]
    assert (inside["id"], float(inside["action_price"]["amount"]), inside["add_mode"]) == (
        first, round(price * 0.8, 2), "SELLER")
    assert rival.call("/v2/actions/products", {"action_id": autumn, "limit": 10})["products"] == []

    # Above the allowed price: out.
    update["products"] = [{"product_id": first, "action_price": {"amount": f"{price:.2f}", "currency": ""}}]
    assert program.call("/v1/actions/products/update", update)["deactivated_product_ids"] == [str(first)]
    old = {"action_id": autumn, "products": [{"product_id": first, "action_price": round(price * 0.7, 2), "stock": 0}]}
    assert program.call("/v1/actions/products/activate", old)["result"]["product_ids"] == [first]
    assert program.call("/v1/actions/products", {"action_id": autumn})["result"]["total"] == 1
    gone = program.call("/v2/actions/products/deactivate", {"action_id": autumn, "product_ids": [str(first), "1"]})
    assert gone["product_ids"] == [str(first)]
    assert program.refusal("/v2/actions/products", {"action_id": 999, "limit": 1}) == (404, 5, "ACTION_UNKNOWN")


def test_own_promotions_are_made_filled_switched_and_listed(program, rival, shelf, now):
    dates = {"date_start": (now - timedelta(days=1)).isoformat(), "date_end": (now + timedelta(days=9)).isoformat()}
    discount = program.call("/v1/seller-actions/create/discount", {
        **dates, "title": "Ten off", "min_action_percent": 10})["action_id"]
    voucher = program.call("/v1/seller-actions/create/voucher", {
        **dates, "title": "Codes", "discount_type": "PERCENT", "discount_value": 5.5, "budget": 1000,
        "voucher_parameters": {"count_codes": 3, "is_private": True, "type": "UNIQUE"}})["action_id"]
    program.call("/v1/seller-actions/create/discount-with-condition", {
        **dates, "title": "Sum", "discount_type": "CURRENCY", "discount_value": 100, "min_order_amount": 1000})
    program.call("/v1/seller-actions/create/multi-level-discount", {
        **dates, "title": "Levels", "discount_type": "PERCENT", "discount_levels": [
            {"order_amount": 1000, "discount_value": 5}, {"order_amount": 2000, "discount_value": 10}]})
    assert program.refusal("/v1/seller-actions/create/discount", {**dates, "min_action_percent": 95})[:2] == (400, 3)

    [found] = program.call("/v1/seller-actions/products/candidates", {"action_id": discount, "limit": 1})["products"]
    sku = int(found["sku"][0])
    assert program.refusal("/v1/seller-actions/products/add", {"action_id": discount, "products": [
        {"sku": sku, "discount_percent": 20}, {"sku": 1, "discount_percent": 20}]})[:2] == (400, 3)
    assert program.call("/v1/seller-actions/products/list", {"action_id": discount, "limit": 10})["products"] == []
    program.call("/v1/seller-actions/products/add", {"action_id": discount, "products": [
        {"sku": sku, "discount_percent": 20}]})
    [inside] = program.call("/v1/seller-actions/products/list", {"action_id": discount, "limit": 10})["products"]
    assert inside["discount_percent"] == pytest.approx(20, abs=0.1)
    program.call("/v1/seller-actions/change-activity", {"action_id": discount, "is_turn_on": True})
    program.call("/v1/seller-actions/update/discount", {"action_id": discount, "action_parameters": {
        **dates, "title": "A tenth"}})

    listed = program.call("/v1/seller-actions/list", {"limit": 10, "status": ["ACTIVE"]})
    assert [(one["action_id"], one["action_parameters"]["title"], one["sku_count"], one["is_turn_on"])
            for one in listed["actions"]] == [(discount, "A tenth", 1, True)]
    codes = base64.b64decode(program.call("/v1/seller-actions/voucher/get", {"action_id": voucher})["file"]).decode()
    assert len(set(codes.split())) == 4
    program.call("/v1/seller-actions/products/delete", {"action_id": discount, "skus": [str(sku)]})
    program.call("/v1/seller-actions/archive", {"action_id": discount})
    assert program.refusal("/v1/seller-actions/archive", {"action_id": discount}) == (400, 9, "ACTION_MOVED")
    assert rival.refusal("/v1/seller-actions/archive", {"action_id": voucher}) == (404, 5, "ACTION_UNKNOWN")


def test_strategies_follow_competitors(program, rival, shelf, now):
    rivals = program.call("/v1/pricing-strategy/competitors/list", {"page": 1, "limit": 20})
    assert rivals["competitor"] == [{"id": rival.seller.id, "name": rival.seller.name}]
    body = {"strategy_name": "Under", "competitors": [{"competitor_id": rival.seller.id, "coefficient": 0.95}]}
    made = program.call("/v1/pricing-strategy/create", body)["result"]["strategy_id"]
    body["competitors"][0]["coefficient"] = 1.3
    assert program.refusal("/v1/pricing-strategy/create", body)[:2] == (400, 3)

    first, second = shelf.ids["A-1"], shelf.ids["A-2"]
    price = price_of(program, shelf, "A-1")
    pricing.set_prices(seller=program.seller, actor=Actor.system("test"), now=now, changes=[
        PriceInput(product_id=first, min_price=f"{price * 0.9:.2f}")])
    added = program.call("/v1/pricing-strategy/products/add", {"strategy_id": made, "product_id": [
        str(first), str(second)]})["result"]
    assert [(one["product_id"], one["code"]) for one in added["errors"]] == [(second, "NO_MIN_PRICE")]
    assert program.call("/v1/pricing-strategy/products/list", {"strategy_id": made})["result"]["product_id"] == [
        str(first)]
    assert program.call("/v1/pricing-strategy/info", {"strategy_id": made})["result"]["competitors"] == [
        {"competitor_id": rival.seller.id, "coefficient": 0.95}]
    program.call("/v1/pricing-strategy/status", {"strategy_id": made, "enabled": False})
    assert program.call("/v1/pricing-strategy/product/info", {"product_id": first})["result"]["is_enabled"] is False
    [line] = program.call("/v1/pricing-strategy/list", {"page": 1, "limit": 20})["strategies"]
    assert (line["id"], line["products_count"], line["update_type"]) == (made, 1, "strategyDisabled")
    found = program.call("/v1/pricing-strategy/strategy-ids-by-product-ids", {"product_id": [str(first), str(second)]})
    assert found["result"]["products_info"] == [{"product_id": first, "strategy_id": made}]
    assert program.call("/v1/pricing-strategy/products/delete", {"product_id": [str(first), str(second)]}
                        )["result"]["failed_product_count"] == 1
    assert rival.refusal("/v1/pricing-strategy/delete", {"strategy_id": made}) == (404, 5, "STRATEGY_UNKNOWN")
    assert program.call("/v1/pricing-strategy/delete", {"strategy_id": made}) == {}


def test_requests_for_a_discount_are_listed_and_answered(program, shelf, now):
    price = round(price_of(program, shelf, "A-1") * 100)
    ids = [services.ask(seller=program.seller, product_id=shelf.ids["A-1"], buyer_name="Dmitri", buyer=name, quantity=2,
                        requested_minor=price * 8 // 10, comment="Please", actor=Actor.buyer("Dmitri"), now=now)
           for name in "ab"]

    listed = program.call("/v1/actions/discounts-task/list", {"status": "NEW", "page": 1, "limit": 50})["result"]
    assert [one["id"] for one in listed] == ids[::-1]
    assert listed[0]["discount_percent"] == pytest.approx(20, abs=0.1)
    answer = program.call("/v1/actions/discounts-task/approve", {"tasks": [
        {"id": ids[0], "approved_price": price * 9 // 10 / 100, "approved_quantity_min": 1, "approved_quantity_max": 2},
        {"id": 999, "approved_price": 1, "approved_quantity_min": 1, "approved_quantity_max": 1}]})["result"]
    assert (answer["success_count"], answer["fail_count"], answer["fail_details"][0]["task_id"]) == (1, 1, 999)
    program.call("/v1/actions/discounts-task/decline", {"tasks": [{"id": ids[1]}]})
    assert [one["status"] for one in program.call("/v2/actions/discounts-task/list", {"limit": 50})["tasks"]] == [
        "DECLINED", "APPROVED"]


def test_an_instalment_is_made_changed_filled_and_ended(program, rival, shelf, now):
    made = program.call("/v1/seller-actions/create/installment", {"title": "In parts", "date_start": now.isoformat()})
    named = {"action_id": made["action_id"]}
    program.call("/v1/seller-actions/products/add", {**named, "products": [
        {"sku": shelf.skus["A-1"], "discount_percent": 0, "action_price": 0, "currency": ""}]})
    program.call("/v1/seller-actions/change-activity", {**named, "is_turn_on": True})

    def told() -> tuple:
        [one] = program.call("/v1/seller-actions/list", {"limit": 10, "action_type": ["INSTALLMENT"]})["actions"]
        about = one["action_parameters"]
        return about["title"], about["type"], about["discount_type"], about["status"], one["sku_count"]

    assert told() == ("In parts", "INSTALLMENT", "INSTALLED_PERIOD", "ACTIVE", 1)
    later = (now + timedelta(days=3)).isoformat()
    change = {**named, "action_parameters": {"title": "In four parts", "date_start": later}}
    program.call("/v1/seller-actions/update/installment", change)
    assert told()[:4:3] == ("In four parts", "PLANNED")
    assert rival.refusal("/v1/seller-actions/update/installment", change) == (404, 5, "ACTION_UNKNOWN")
    assert program.refusal("/v1/seller-actions/create/installment", {"title": "", "date_start": later})[:2] == (400, 3)
    program.call("/v1/seller-actions/archive", named)
    assert told()[3] == "ENDED"
