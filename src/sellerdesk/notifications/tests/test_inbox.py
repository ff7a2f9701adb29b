"""Everything that waits, in the order in which it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.http import pulse
from sellerdesk.core.waiting import Asked, Source, Waiting, register
from sellerdesk.notifications import inbox, rules
from sellerdesk.notifications.models import Endpoint
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import permissions

pytestmark = pytest.mark.django_db


def waits(stall, rights=permissions.SHOP_RIGHTS, now=None, places=()):
    asked = Asked(stall.seller, now or stall.now, clock.real_now(), tuple(places))
    return inbox.lines(asked, lambda right: right in rights)


def kinds(lines):
    return {line.what.key.partition(":")[0] for line in lines}


def test_each_thing_waits_until_it_is_done(stall):
    one, other = stall.place(stall.request(), stall.request())

    assert kinds(waits(stall)) == {"pack"}
    assert waits(stall)[0].what.risk_minor == 200_000
    orders.ship_many(seller=stall.seller, numbers=[one], actor=stall.actor, now=stall.now)
    assert kinds(waits(stall)) == {"pack", "hand_over"}
    orders.cancel_posting(seller=stall.seller, number=other, reason_id=402, message="x", by="seller",
                          actor=stall.actor, now=stall.now)
    orders.hand_over(seller=stall.seller, numbers=[one], actor=stall.actor, now=stall.now)
    assert waits(stall) == []


def test_wishes_claims_returns_prices_and_stopped_pushes_wait_too(stall):
    [delivered] = stall.handed_over()
    stall.scan(delivered, "accepted", "at_pickup_point", "delivered")
    came = returns.request_returns(seller=stall.seller, actor=Actor.buyer("D"), requests=[
        ReturnRequest(delivered, stall.sku(stall.mug), 1, "defective", stall.now)])[0]
    returns.advance(return_ids=[came.return_id], to_state="arrived", at=stall.now, actor=Actor.courier("V"))
    [mine] = stall.handed_over(stall.request((stall.mug, 1)))
    stall.scan(mine, "accepted", "at_pickup_point", "delivered")
    Posting.objects.filter(number=mine).update(scheme="rfbs", integration="non_integrated")
    returns.request_returns(seller=stall.seller, actor=Actor.buyer("D"), requests=[
        ReturnRequest(mine, stall.sku(stall.mug), 1, "defective", stall.now, "broken")])
    [asked] = stall.place()
    Posting.objects.filter(number=asked).update(scheme="rfbs", integration="non_integrated")
    orders.ask_to_cancel(seller=stall.seller, actor=Actor.buyer("D"), wishes=[CancelWish(asked, 505, "", stall.now)])
    pricing.set_prices(seller=stall.seller, changes=[PriceInput(product_id=stall.pan, price="9")], actor=stall.actor,
                       now=stall.now)
    Endpoint.objects.create(seller_id=stall.seller.id, url="https://e.example/", state="paused", secret="x",
                            created_at=stall.now)

    found = waits(stall)

    assert kinds(found) == {"place", "claim", "request", "pack", "quarantine", "endpoint"}
    assert all(line.what.link.startswith("/") and str(line.what.act) and str(line.what.reason) for line in found)
    assert kinds(waits(stall, rights={permissions.POSTING_SHIP})) == {"pack"}


def test_of_two_things_the_dearer_and_the_sooner_one_comes_first(stall):
    hour = timedelta(hours=1)

    assert rules.urgency(1000, hour) == rules.urgency(2000, 2 * hour)
    assert rules.urgency(1000, -hour) > rules.urgency(1000, hour)
    assert rules.urgency(1000, None) == rules.urgency(1000, 72 * hour)
    assert rules.ordinary([]) == rules.ORDINARY_MINOR
    assert rules.ordinary([0, 10, 30, 20]) == 20


def test_what_is_overdue_says_so_and_comes_first(stall):
    stall.place()
    late = Posting.objects.get().ship_by + timedelta(minutes=1)
    stall.place(stall.request((stall.pan, 5), at=late))

    first, second = waits(stall, now=late)

    assert (first.overdue, second.overdue) == (True, False)
    assert first.urgency > second.urgency


def test_a_number_of_questions_does_not_grow_with_what_waits(stall, statements):
    stall.place()
    few = statements(lambda: waits(stall))
    stall.place(*[stall.request(at=stall.now + timedelta(days=day)) for day in range(6)])

    assert statements(lambda: waits(stall)) == few
    assert few <= 22


def test_people_of_one_warehouse_see_its_own(stall):
    stall.place()

    assert waits(stall, places=[stall.warehouse_id + 1]) == []


def test_the_page_and_its_live_part(anna_client, stall):
    stall.place()

    page = anna_client.get("/inbox/").content.decode()
    token = page.partition("inbox/live?seen=")[2].partition('"')[0]

    assert "1 order to pack" in page
    assert anna_client.get(f"/inbox/live?seen={token}").status_code == 204
    stall.place()
    again = anna_client.get(f"/inbox/live?seen={token}")
    assert "2 orders to pack" in again.content.decode()
    assert "Waiting for you" in anna_client.get("/inbox/live?short=1").content.decode()


def test_an_open_page_costs_nothing_while_nothing_happens(anna_client, stall, statements, now, monkeypatch):
    monkeypatch.setattr(pulse, "_SETTLE_SECONDS", -1.0)
    monkeypatch.setattr(pulse, "_FRESH_SECONDS", 3600.0)
    stall.place()
    token = anna_client.get("/inbox/").content.decode().partition("inbox/live?seen=")[2].partition('"')[0]

    def poll(seal=""):
        return anna_client.get(f"/inbox/live?seen={token}", headers={"X-Poll": "1", **({"X-Pulse": seal} if seal else {})})

    seal = poll()["X-Pulse"]
    Posting.objects.update(ship_by=now - timedelta(hours=1))  # by time alone: no act tells of it

    assert statements(lambda: poll(seal)) == 0
    assert poll(seal).status_code == 204
    with time_machine.travel(now + timedelta(seconds=31), tick=False):
        assert "Overdue" in poll(seal).content.decode()
    stall.place()
    monkeypatch.setattr(pulse, "_FRESH_SECONDS", -1.0)
    assert poll(seal).status_code == 200


def test_a_domain_brings_its_own_question(stall):
    register(Source("test.one", "Test", "bell", permissions.SHOP_VIEW, lambda asked: [
        Waiting("t:1", "Do it", "Because", "Go", "/x/", asked.now + timedelta(hours=1), 5)]))
    try:
        assert [line.what.title for line in waits(stall)] == ["Do it"]
    finally:
        from sellerdesk.core import waiting

        waiting._sources.pop("test.one")
