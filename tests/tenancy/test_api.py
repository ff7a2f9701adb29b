"""D01 for programs: a rival's ids in every field that can hold one are answered like ids that never were."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.test import Client

from sellerdesk.catalog.models import Product
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.orders.models import Posting
from sellerdesk.seller_api import budget
from sellerdesk.seller_api.urls import METHODS
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.services import calls
from tests.tenancy.conftest import NEVER, NEVER_TEXT, rows_of, undone

pytestmark = pytest.mark.django_db
inspect = msgspec.inspect

#: Fields that hold ids of a shop's things, by name, with the thing.
IDS = {"product_id": "product_id", "offer_id": "offer_id", "sku": "sku", "skus": "sku", "task_id": "task_id",
       "warehouse_id": "warehouse_id", "warehouse_ids": "warehouse_id", "posting_number": "number",
       "order_id": "order_id", "order_numbers": "order_number", "delivery_method_id": "method_id",
       "delivery_method_ids": "method_id"}
#: What else a method must be told before it looks at ids.
PLAIN: dict[str, Any] = {
    "limit": 10, "stock": 3, "quantity": 1, "price": "900", "old_price": "0", "currency_code": "CNY",
    "cancel_reason_id": 352, "since": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z",
    "cutoff_from": "2026-11-01T00:00:00Z", "cutoff_to": "2026-12-31T00:00:00Z", "visibility": "ALL",
    "description_category_id": 17000101, "type_id": 91101, "attribute_id": 85, "name": "Mine"}
#: The name of goods a rival may give their own: an offer id is unique within a shop only.
OWN_NAMES = {("/v3/product/import", "offer_id")}


def named(kind: Any) -> Any:
    """What stands behind "or nothing"."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind


def fields(path: str, kind: Any, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every place in a request that can hold an id."""
    kind = named(kind)
    if isinstance(kind, inspect.ListType):
        return fields(path, kind.item_type, at)
    found = []
    if isinstance(kind, inspect.StructType):
        for one in kind.fields:
            here = (*at, one.encode_name)
            if one.encode_name in IDS and (path, one.encode_name) not in OWN_NAMES:
                found.append(here)
            found += fields(path, one.type, here)
    return found


def request(kind: Any, place: tuple[str, ...], value: Any) -> Any:
    """The smallest request that holds a value at a place."""
    kind = named(kind)
    if isinstance(kind, inspect.ListType):
        return [request(kind.item_type, place, value)]
    if not isinstance(kind, inspect.StructType):
        return str(value) if isinstance(kind, inspect.StrType) else value
    made: dict[str, Any] = {}
    for one in kind.fields:
        name = one.encode_name
        if place and name == place[0]:
            made[name] = request(one.type, place[1:], value)
        elif name in PLAIN:
            made[name] = PLAIN[name]
        elif one.required:
            # Another id of the same request is one that never was.
            made[name] = request(one.type, (), _never(one.type))
    return made


def _never(kind: Any) -> Any:
    kind = named(kind)
    if isinstance(kind, inspect.ListType):
        return _never(kind.item_type)
    return "97654321-0009" if isinstance(kind, inspect.StrType) else 976_543_210


PLACES = [(method, place) for method in METHODS for place in fields(method.path, inspect.type_info(method.request))]


def test_D01_methods_that_take_ids_are_all_tried():
    paths = {method.path for method, _place in PLACES}

    assert len(PLACES) >= 28
    assert {method.path for method in METHODS} - paths == {
        "/v1/description-category/attribute", "/v1/description-category/attribute/values",
        "/v1/description-category/tree", "/v1/roles", "/v1/seller/info", "/v2/posting/fbs/cancel-reason/list",
        "/v3/product/import"}


def test_D01_a_rivals_ids_are_answered_like_ids_that_never_were(world, rival):
    budget.forget()
    posting = Posting.objects.select_related("order").get(number=world.ids["number"])
    # Both shops name their goods alike, so an offer id that only Anna has is needed.
    Product.objects.filter(pk=world.ids["product_id"]).update(offer_id="ANNAMARK-1")
    ids = {**world.ids, "offer_id": "ANNAMARK-1", "order_id": posting.order_id, "order_number": posting.order.number,
           "method_id": posting.delivery_method_id}
    made = sellers.create_key(seller=rival.seller, name="Tries", roles=["Admin"], actor=Actor.system("market"),
                              user_id=None, real_now=clock.real_now())
    client, faults = Client(), []
    before = rows_of(world.seller.id, world.owner.pk)
    for method, place in PLACES:
        kind, answers = inspect.type_info(method.request), []
        real = ids[IDS[place[-1]]]
        for tried in (real, NEVER_TEXT if isinstance(real, str) else NEVER):
            budget.forget()
            with undone():
                answer = client.post(method.path, json.dumps(request(kind, place, tried)),
                                     content_type="application/json",
                                     headers={"Client-Id": str(rival.seller.id), "Api-Key": made.secret})
                text = answer.content.decode("utf-8", "replace").replace(str(tried), "#")
                answers.append((answer.status_code, text))
        name = f"{method.path} {'.'.join(place)}"
        if answers[0] != answers[1]:
            faults.append(f"{name}: {answers[0]} is not {answers[1]}")
        if "ANNAMARK" in answers[0][1] or answers[0][0] >= 500:
            faults.append(f"{name}: {answers[0]}")
        if answers[0][0] == 400 and "alidation" in answers[0][1] and "not" not in answers[0][1].lower():
            faults.append(f"{name}: never got as far as looking, {answers[0][1]}")
    calls.forget()

    assert faults == []
    assert rows_of(world.seller.id, world.owner.pk) == before
