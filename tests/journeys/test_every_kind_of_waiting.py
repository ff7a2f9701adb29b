"""Each question of the inbox: what makes it wait, where it leads, and the act after which it is gone.

A domain that brings a new question brings a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services import certificates, shelving
from sellerdesk.core import clock, waiting
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.messaging import services as messaging
from sellerdesk.messaging.types import QuestionInput, ReviewInput, Said
from sellerdesk.notifications import inbox
from sellerdesk.notifications import services as notifications
from sellerdesk.notifications.models import Endpoint
from sellerdesk.notifications.types import InboxLine
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.models import QuarantinedPrice
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions.services import requests as discounts
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import Decision, ReturnRequest
from sellerdesk.sellers import permissions
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.models import ApiKey
from sellerdesk.sellers.services import approvals, keys, offers
from sellerdesk.supply import services as supply
from sellerdesk.supply.types import Car, ItemInput
from sellerdesk.support import services as support
from sellerdesk.support.types import Attached
from tests.stall import Stall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
DMITRI, OLGA = Actor.buyer("Dmitri"), Actor.operator(1, "Olga")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF\n"
Act = Callable[[], object]


def by(stall: Stall) -> dict[str, Any]:
    return {"seller": stall.seller, "actor": stall.actor, "now": stall.now}


def of_another_delivery(stall: Stall) -> str:
    """The number of an order that the shop brings itself."""
    [number] = stall.place()
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    return number


# -- what makes each wait, and the act that ends it ----------------------------------------------------------------------


def wish_to_cancel(stall: Stall) -> Act:
    [asked] = orders.ask_to_cancel(seller=stall.seller, actor=DMITRI, wishes=[
        CancelWish(of_another_delivery(stall), 505, "", stall.now)])
    return lambda: orders.approve_request(request_id=asked.request_id, comment="", **by(stall))


def order_to_pack(stall: Stall) -> Act:
    numbers = stall.place()
    return lambda: orders.ship_many(numbers=numbers, **by(stall))


def parcel_to_hand_over(stall: Stall) -> Act:
    numbers = stall.packed()
    return lambda: orders.hand_over(numbers=numbers, **by(stall))


def missing_parcel(stall: Stall) -> Act:
    [number] = stall.handed_over()
    stall.scan(number, "not_accepted")
    return lambda: orders.act_many(act="arbitration", numbers=[number], **by(stall))


def refused_card(stall: Stall) -> Act:
    inventory.set_stocks(changes=[StockInput(stall.warehouse_id, 0, product_id=stall.mug)], **by(stall))
    Product.objects.filter(pk=stall.mug).update(status="declined")
    return lambda: shelving.archive(product_ids=[stall.mug], **by(stall))


def ending_paper(stall: Stall) -> Act:
    def hand_in(number: str, days: int, replaces: int | None) -> int:
        return certificates.create(
            seller=stall.seller, replaces_id=replaces, files=[("d.pdf", PDF)], actor=stall.actor, now=stall.now,
            paper=certificates.Paper(type="declaration", number=number, name="Mugs",
                                     issued_on=stall.now.date() - timedelta(days=10),
                                     expires_on=stall.now.date() + timedelta(days=days)))

    first = hand_in("D-1", 20, None)
    certificates.decide(certificate_id=first, accepted=True, actor=OLGA, now=stall.now)
    return lambda: hand_in("D-2", 300, first)


def held_price(stall: Stall) -> Act:
    pricing.set_prices(changes=[PriceInput(product_id=stall.pan, price="9")], **by(stall))
    return lambda: pricing.discard(item_ids=list(QuarantinedPrice.objects.values_list("pk", flat=True)), **by(stall))


def asked_discount(stall: Stall) -> Act:
    made = discounts.ask(seller=stall.seller, product_id=stall.mug, buyer_name="Dmitri", buyer="d", actor=DMITRI,
                         requested_minor=90_000, quantity=1, comment="", now=stall.now)
    return lambda: discounts.answer(answers=[discounts.Answer(made, 95_000)], **by(stall))


def empty_shelf(stall: Stall) -> Act:
    def put(units: int) -> None:
        inventory.set_stocks(changes=[StockInput(stall.warehouse_id, units, product_id=stall.mug)], **by(stall))

    put(1)
    return lambda: put(50)


def supply_to_fill_in(stall: Stall) -> Act:
    draft = supply.create_draft(kind="direct", cluster_id=4001, partial=False, drop_off_id=None,
                                items=[ItemInput(stall.sku(stall.mug), 10)], real_now=stall.now, **by(stall))
    made = supply.create_supply(draft_id=draft, storage_id=1_020_004_000_000_101,
                                slot_from=stall.now + timedelta(days=1), **by(stall))

    def fill_in() -> None:
        supply.pack_evenly(supply_id=made, kind="box", count=2, **by(stall))
        supply.set_pass(supply_id=made, car=Car("А123ВС77", "ГАЗель", "Борис К.", "+7 900 000-11-22"), **by(stall))

    return fill_in


def claim(stall: Stall) -> Act:
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    [made] = returns.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", stall.now, "broken")])
    return lambda: returns.decide_claim(claim_id=made.claim_id,
                                        decision=Decision("reject", "It was whole", "used"), **by(stall))


def returned_goods(stall: Stall) -> Act:
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    [made] = returns.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", stall.now)])
    returns.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=Actor.courier("V"))
    return lambda: returns.receive(return_id=made.return_id, **by(stall))


def word_of_a_buyer(stall: Stall) -> Act:
    [number] = stall.place()
    orders.ship_many(numbers=[number], **by(stall))
    [chat] = messaging.buyers_say(seller=stall.seller, actor=DMITRI, said=[Said(number, "Where is it?", stall.now)])
    return lambda: messaging.send(chat_id=chat, text="It leaves today", **by(stall))


def opinion(stall: Stall) -> Act:
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    [made] = messaging.write_reviews(seller=stall.seller, actor=DMITRI, reviews=[
        ReviewInput(number, stall.sku(stall.mug), 2, "It leaks", stall.now)])
    return lambda: messaging.reply(review_id=made, text="We send you another one", **by(stall))


def question(stall: Stall) -> Act:
    [made] = messaging.ask_questions(seller=stall.seller, actor=DMITRI, questions=[
        QuestionInput(stall.mug, "How large is it?", stall.now)])
    return lambda: messaging.answer(question_id=made, text="Three hundred millilitres", **by(stall))


def answered_ticket(stall: Stall) -> Act:
    user_id = int(stall.actor.id)
    made = support.open_ticket(user_id=user_id, email="anna@example.com", language="en", topic="money.fee",
                               subject="Commission", text="Why is it higher than in May?", attached=Attached(), files=[],
                               **by(stall))
    support.answer(ticket_id=made, text="Which month do you mean?", files=[], solved=False,
                   actor=Actor.operator(user_id, "Olga"), now=stall.now)
    return lambda: support.reply(ticket_id=made, user_id=user_id, only_own=False, text="October", files=[], **by(stall))


def stopped_pushes(stall: Stall) -> Act:
    made = Endpoint.objects.create(seller_id=stall.seller.id, url="https://e.example/", state="paused", secret="x",
                                   created_at=stall.now)
    return lambda: notifications.resume_endpoint(endpoint_id=made.pk, real_now=stall.now, **by(stall))


def new_contract(stall: Stall) -> Act:
    made = offers.publish_offer(version="2.0", texts={"en": "New", "ru": "Новое", "zh": "新"}, valid_from=stall.now,
                                actor=OLGA, now=stall.now)
    return lambda: offers.accept_offer(offer_id=made, user_id=int(stall.actor.id), **by(stall))


def ending_key(stall: Stall) -> Act:
    who = {"actor": stall.actor, "user_id": int(stall.actor.id)}
    made = keys.create_key(seller=stall.seller, name="Robot", roles=["Product"], life_days=90, real_now=stall.now, **who)
    assert not waits(stall, "sellers.keys")
    ApiKey.objects.filter(pk=made.id).update(created_at=stall.now - timedelta(days=88),
                                             expires_at=stall.now + timedelta(days=2))
    return lambda: keys.rotate_key(seller=stall.seller, key_id=made.id, overlap_hours=0, real_now=stall.now, **who)


def second_person(stall: Stall) -> Act:
    made = approvals.ask(seller=stall.seller, kind="key_write", label="Robot", wish={}, actor=stall.actor,
                         real_now=stall.now)
    boris = Actor.user(stall.boris, "Boris")  # type: ignore[attr-defined]
    return lambda: approvals.decide(seller=stall.seller, approval_id=made, approve=False, actor=boris,
                                    real_now=stall.now)


KINDS: dict[str, Callable[[Stall], Act]] = {
    "orders.requests": wish_to_cancel, "orders.to_pack": order_to_pack, "orders.to_hand_over": parcel_to_hand_over,
    "orders.missing": missing_parcel, "catalog.refused": refused_card, "catalog.papers": ending_paper,
    "pricing.quarantine": held_price, "promotions.requests": asked_discount, "inventory.needs": empty_shelf,
    "supply.supplies": supply_to_fill_in, "returns.claims": claim, "returns.arrived": returned_goods,
    "messaging.chats": word_of_a_buyer, "messaging.reviews": opinion, "messaging.questions": question,
    "support.tickets": answered_ticket, "notifications.stopped": stopped_pushes, "sellers.offer": new_contract,
    "sellers.keys": ending_key, "sellers.approvals": second_person}


def waits(stall: Stall, source: str) -> list[InboxLine]:
    asked = waiting.Asked(stall.seller, stall.now, clock.real_now())
    return [line for line in inbox.lines(asked, set(permissions.SHOP_RIGHTS).__contains__) if line.source == source]


def test_every_question_of_the_inbox_has_its_row() -> None:
    assert {source.name for source in waiting.sources()} == set(KINDS)


@pytest.mark.parametrize("source", sorted(KINDS))
def test_it_waits_with_reason_and_way_until_the_act_is_done(source: str, stall: Stall, anna_client: Client, boris: Any
                                                            ) -> None:
    if source == "sellers.approvals":
        sellers.add_member(user_id=boris.pk, role="administrator", label="Boris", **by(stall))
        stall.boris = boris.pk  # type: ignore[attr-defined]
    act = KINDS[source](stall)

    [line] = waits(stall, source)
    assert all(str(text).strip() for text in (line.what.title, line.what.reason, line.what.act, line.label, line.icon))
    assert anna_client.get(line.what.link).status_code == 200
    act()

    assert waits(stall, source) == []
