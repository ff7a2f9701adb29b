"""G05, L02: a shop, its carriers, buyers and the marketplace do whatever comes to their minds with postings, through
the service, the page and the Seller API. What the second table of spec.py allows must happen and nothing else may.

Few programs by default; `SELLERDESK_LIFE_PROGRAMS=2000` is the promise. A found case is printed as a program.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError
from sellerdesk.inventory.models import Stock
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.orders import rules, services
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.services import Report, Sighting
from sellerdesk.orders.types import BUYER_CHANGED_MIND, OUT_OF_STOCK, Cancellation
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from tests.lifecycle import spec
from tests.stall import COURIER, DMITRI, Stall, build

# The few are always the same ones, so that a red run is red again.
FEW = 8
PROGRAMS = int(os.environ.get("SELLERDESK_LIFE_PROGRAMS", FEW))
STEPS, ACTS, MOST = 14, 6, 8
MARKET = Actor.system("marketplace")
SERVICES = {"platform": "veloport.standard", "aggregator": "meridian.hub", "3pl_tracking": "karavan.parcel",
            "non_integrated": "own.express"}
_ACTS = ("delivering", "last_mile", "delivered", "bring_back", "arbitration", "awaiting_delivery", "take_out")
_API = {"delivering": "/v2/fbs/posting/delivering", "last_mile": "/v2/fbs/posting/last-mile",
        "delivered": "/v2/fbs/posting/delivered", "arbitration": "/v2/posting/fbs/arbitration",
        "awaiting_delivery": "/v2/posting/fbs/awaiting-delivery"}
_PAGES = {"ship": "orders:pack", "hand_over": "orders:hand_over", "cancel": "orders:cancel", **dict.fromkeys(
    ("delivering", "last_mile", "delivered", "bring_back"), "orders:deliver"), **dict.fromkeys(
    ("arbitration", "awaiting_delivery"), "orders:dispute")}
# What the API offers for a move, and for what moves nothing.
_WORDS = {"ship": "ship", "cancel": "cancel", "cancel_units": "product_cancel", "delivering": "non_int_delivering",
          "last_mile": "non_int_last_mile", "delivered": "non_int_delivered", "arbitration": "arbitration",
          "awaiting_delivery": "awaiting_delivery"}
# Moves that nobody asks for by themselves: single units and the units' own tests do that.
_LEFT_OUT = {"cancel_units"}
MOVES = sorted(spec.MOVES.keys() - _LEFT_OUT)
DOORS = {move: ("service", *(("page",) if move in _PAGES or move == "pass_to_courier" else ()),
                *(("api",) if move in _API or move in ("ship", "cancel", "pass_to_courier") else ())) for move in MOVES}


@dataclass(frozen=True)
class Model:
    """Where a posting must be, by the second table."""

    place: spec.Place
    integration: str
    previous: str = ""
    tracking: bool = False

    def target(self, move: str) -> spec.Place | None:
        return spec.target(move, self.place, self.integration, previous=self.previous, tracking=self.tracking,
                           express=True)

    def moved(self, move: str) -> Model:
        to = self.target(move)
        assert to is not None
        numbered = self.tracking or move == "registration_succeeded" or (
            move == "ship" and self.integration == "platform")
        return replace(self, place=to, previous=self.place[1], tracking=numbered)


class Life(RuleBasedStateMachine):
    stall: Stall
    client: Client
    key: str
    # (door, legal) → how often
    tried: Counter[tuple[str, bool]]

    def __init__(self) -> None:
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.postings: dict[str, Model] = {}
        # Whom a tracking number was given.
        self.given: set[str] = set()
        budget.forget()

    def teardown(self) -> None:
        # The next program starts from the same shelf.
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)

    # -- acts ----------------------------------------------------------------------------------------------------

    @initialize()
    def open_the_day(self) -> None:
        """One order for each kind of carrier."""
        for integration in spec.INTEGRATIONS:
            self._order(integration, "")

    @precondition(lambda self: len(self.postings) < MOST)
    @rule(integration=st.sampled_from(spec.INTEGRATIONS),
          waits_for=st.sampled_from(["", "", "", "verification", "approval", "passport"]))
    def order(self, integration: str, waits_for: str) -> None:
        """Somebody buys."""
        self._order(integration, waits_for)

    def _order(self, integration: str, waits_for: str) -> None:
        """The method of this kind is the only one on offer."""
        methods = DeliveryMethod.objects.filter(seller_id=self.stall.seller.id)
        methods.update(active=False)
        methods.filter(integration=integration).update(active=True)
        [number] = self.stall.place(replace(self.stall.request(), waits_for=waits_for))
        start = {"": "new", "verification": "verify", "approval": "approve", "passport": "passport"}[waits_for]
        self.postings[number] = Model(spec.SHORT[start], integration)

    @rule(data=st.data())
    def act(self, data: Any) -> None:
        """Any acts on any postings through any door; half of them such as the table allows."""
        for _ in range(ACTS):
            number = data.draw(st.sampled_from(sorted(self.postings)), label="posting")
            model = self.postings[number]
            legal = [move for move in MOVES if model.target(move)]
            move = data.draw(st.sampled_from(legal if legal and data.draw(st.booleans()) else MOVES), label="move")
            door = data.draw(st.sampled_from(DOORS[move]), label="door")
            expected = model.target(move)

            done = getattr(self, f"_by_{door}")(move, number)

            again = move == "pass_to_courier" and model.place == spec.SHORT["driver"] and (
                model.integration == "non_integrated")
            assert done is (expected is not None or again), (move, door, model)
            self.tried[door, expected is not None] += 1
            if expected:
                self.postings[number] = model.moved(move)
            self.everything_is_where_the_table_says()

    @rule(data=st.data(), door=st.sampled_from(["service", "page", "api"]))
    def give_a_tracking_number(self, data: Any, door: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.postings)), label="posting")
        model = self.postings[number]
        tracking = f"TN-{number}"
        if door == "service":
            services.set_tracking(seller=self.stall.seller, items=[(number, tracking)], actor=self.stall.actor,
                                  now=clock.now())
        elif door == "page":
            self.client.post(reverse("orders:tracking", args=[number]), {"tracking_number": tracking})
        else:
            self._post("/v2/fbs/posting/tracking-number/set",
                       {"tracking_numbers": [{"posting_number": number, "tracking_number": tracking}]})
        legal = _trackable(model)
        assert (Posting.objects.get(number=number).tracking_number == tracking) is (legal or number in self.given)
        if legal:
            self.postings[number] = replace(model, tracking=True)
            self.given.add(number)

    @rule(data=st.data())
    def look(self, data: Any) -> None:
        """Page and API offer what the table allows, and nothing else."""
        number = data.draw(st.sampled_from(sorted(self.postings)), label="posting")
        model = self.postings[number]

        offered = self._post("/v3/posting/fbs/get", {"posting_number": number})["result"]["available_actions"]
        text = self.client.get(reverse("orders:posting", args=[number])).content.decode()

        assert {move for move, word in _WORDS.items() if word in offered} == {
            move for move in _WORDS if model.target(move)}
        assert ("set_track_number" in offered) is _trackable(model)
        for move, name in _PAGES.items():
            assert (f'"{_address(name, number, move)}"' in text) is (model.target(move) is not None), (move, model)

    # -- doors ---------------------------------------------------------------------------------------------------

    def _by_service(self, move: str, number: str) -> bool:
        shop: dict[str, Any] = {"seller": self.stall.seller, "actor": self.stall.actor, "now": clock.now()}
        if move.startswith("scan."):
            return services.follow_scans(sightings=[
                Sighting(number, move.removeprefix("scan."), "Kazan", clock.now(), COURIER)]) == 1
        if move == "ship":
            return services.ship_many(numbers=[number], **shop)[0].done
        if move == "hand_over":
            return services.hand_over(numbers=[number], **shop)[0].done
        if move in _ACTS:
            return services.act_many(act=move, numbers=[number], **shop)[0].done  # type: ignore[arg-type]
        if move == "pass_to_courier":
            return _agrees(lambda: services.verify_pickup_code(number=number, code=_code(number), **shop))
        if move in ("cancel", "cancel_under_way"):
            by_seller = move == "cancel"
            return services.cancel_many(seller=self.stall.seller, actor=self.stall.actor if by_seller else DMITRI, items=[
                Cancellation(number, OUT_OF_STOCK if by_seller else BUYER_CHANGED_MIND, "",
                             "seller" if by_seller else "client", clock.now())])[0].done
        return services.report(reports=[Report(number, move, clock.now(), MARKET)])[0].done  # type: ignore[arg-type]

    def _by_page(self, move: str, number: str) -> bool:
        before = _version(number)
        if move == "pass_to_courier":
            shown = self.client.post(reverse("orders:code", args=[number]), {"code": _code(number)}, follow=True)
            return "The code is right" in shown.content.decode()
        self.client.post(_address(_PAGES[move], number, move), {"reason_id": OUT_OF_STOCK, "stock": "shelf"})
        return _version(number) != before

    def _by_api(self, move: str, number: str) -> bool:
        if move == "pass_to_courier":
            answer = self._post("/v1/posting/fbs/pick-up-code/verify",
                                {"posting_number": number, "pickup_code": _code(number)})
            return bool(answer.get("valid"))
        if move == "ship":
            sku = PostingLine.objects.get(posting__number=number).sku
            answer = self._post("/v4/posting/fbs/ship", {"posting_number": number, "packages": [
                {"products": [{"product_id": sku, "quantity": 1}]}]})
            return answer.get("result") == [number]
        if move == "cancel":
            return self._post("/v2/posting/fbs/cancel", {
                "posting_number": number, "cancel_reason_id": OUT_OF_STOCK}).get("result") is True
        result = self._post(_API[move], {"posting_number": [number]}).get("result")
        return result is True or (isinstance(result, list) and result[0]["result"])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.client.post(path, json.dumps(body), content_type="application/json",
                                  headers={"Client-Id": str(self.stall.seller.id), "Api-Key": self.key})
        assert answer.status_code in (200, 400), (path, answer.content)
        return answer.json()

    # -- what is always true -------------------------------------------------------------------------------------

    @invariant()
    def everything_is_where_the_table_says(self) -> None:
        places = {number: (state, substate) for number, state, substate in Posting.objects.filter(
            number__in=self.postings).values_list("number", "state", "substate")}
        assert places == {number: model.place for number, model in self.postings.items()}

    @invariant()
    def open_postings_and_nothing_else_hold_the_shelf(self) -> None:
        """Every open posting holds one mug; what has ended holds none."""
        ended = {"delivered", "cancelled", "cancelled_from_split_pending"}
        held = sum(model.place[0] not in ended for model in self.postings.values())
        assert Stock.objects.get(product_id=self.stall.mug).reserved == held


def _trackable(model: Model) -> bool:
    on_the_way = {"sent", "packed", "left", "carriage", "driver", "accepted", "way", "city", "courier", "topoint",
                  "point", "back"}
    return model.integration in ("3pl_tracking", "non_integrated") and model.place in {
        spec.SHORT[name] for name in on_the_way}


def _address(name: str, number: str, move: str) -> str:
    return reverse(name, args=[number, move] if name in ("orders:deliver", "orders:dispute") else [number])


def _code(number: str) -> str:
    return rules.pickup_code(Posting.objects.get(number=number).pk)


def _version(number: str) -> int:
    return Posting.objects.values_list("version", flat=True).get(number=number)


def _agrees(call: Any) -> bool:
    try:
        return bool(call())
    except DomainError:
        return False


@pytest.mark.django_db
def test_G05_no_illegal_move_succeeds_and_no_legal_one_is_refused(shop, actor, now, anna_client) -> None:
    stall = build(shop, actor, now, kind="express")
    stall.place()
    kept = DeliveryMethod.objects.get(seller_id=shop.id)
    for index, (integration, tariff) in enumerate(SERVICES.items(), 1):
        if integration != kept.integration:
            scheme = "fbs" if integration == "platform" else "rfbs"
            DeliveryMethod.objects.create(
                id=kept.id + 1000 + index, seller_id=shop.id, warehouse_id=stall.warehouse_id, name=tariff,
                carrier_id=tariff.partition(".")[0], tariff=tariff, scheme=scheme, integration=integration)
    Posting.objects.all().delete()
    Stock.objects.filter(product_id=stall.mug).update(reserved=0)
    key = sellers.create_key(seller=shop, name="Machine", roles=("Admin",), actor=MARKET, user_id=None,
                             real_now=clock.real_now()).secret
    tried: Counter[tuple[str, bool]] = Counter()
    machine = type("LifeOfAnna", (Life,), {"stall": stall, "client": anna_client, "key": key, "tried": tried})

    run_state_machine_as_test(machine, settings=settings(
        max_examples=PROGRAMS, stateful_step_count=STEPS, deadline=None, derandomize=PROGRAMS == FEW,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]))

    assert set(tried) == {(door, legal) for door in ("service", "page", "api") for legal in (False, True)}, tried
