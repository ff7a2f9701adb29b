"""From what happens in a shop to its program: bodies, tries, order, pauses, made-up trouble."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from sellerdesk.core import activity, clock, mail, trouble, worker
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity, Message
from sellerdesk.core.trouble import Order
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput, StockLine
from sellerdesk.messaging import services as talking
from sellerdesk.messaging.types import Said
from sellerdesk.notifications import errors, events, queries, rules, services
from sellerdesk.notifications.models import Attempt, Delivery, Endpoint, Push
from sellerdesk.notifications.services import posting, sending
from sellerdesk.orders import queries as orders_queries
from sellerdesk.orders import services as orders

pytestmark = pytest.mark.django_db
SLOW = (200, b'{"result":true}', 1.0)
FAULT = (500, b"oops", 0.0)
EXAMPLES = Path(__file__).parents[5] / "shared" / "contract" / "push-payloads.json"


def at(moment, traveller=None):
    return {"real_now": moment}


def send(moment) -> int:
    return services.run_due(real_now=moment)


def test_a_new_order_reaches_the_program_in_the_contracts_body(stall, receiver, listening, news):
    listening()
    [number] = stall.place()
    news()

    send(stall.now)

    [body] = receiver.bodies()
    assert body == {
        "message_type": "TYPE_NEW_POSTING", "posting_number": number,
        "products": [{"sku": stall.sku(stall.mug), "offer_id": "MUG-1", "quantity": 1}],
        "in_process_at": "2026-11-23T09:00:00.000Z", "warehouse_id": stall.warehouse_id,
        "shipment_date": body["shipment_date"], "tpl_integration_type": "ozon", "is_express": False,
        "tracking_number": "", "delivery_date_begin": body["delivery_date_begin"],
        "delivery_date_end": body["delivery_date_end"], "seller_id": stall.seller.id}
    headers = receiver.got[-1].headers
    assert headers["x-push-key"] == f"posting:{number}"
    assert headers["webhook-signature"].startswith("v1,")


def test_each_kind_of_news_has_its_push(stall, receiver, listening, news):
    listening(*queries.api_types())
    one, other = stall.packed(stall.request((stall.mug, 1)), stall.request((stall.pan, 2)))
    stall.scan(one, "accepted", "delivered")
    orders.cancel_posting(seller=stall.seller, number=other, reason_id=402, message="Broken", by="seller",
                          actor=stall.actor, now=stall.now)
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        StockInput(warehouse_id=stall.warehouse_id, stock=7, product_id=stall.pan)])
    news()

    send(stall.now)

    told = Counter(body["message_type"] for body in receiver.bodies())
    assert told == {"TYPE_NEW_POSTING": 2, "TYPE_ORDER_NEW": 2, "TYPE_STATE_CHANGED": 4, "TYPE_POSTING_CANCELLED": 1,
                    "TYPE_ORDER_CANCELLED": 1, "TYPE_ORDER_STATE_CHANGED": 1, "TYPE_STOCKS_CHANGED": 1}
    cancelled = next(body for body in receiver.bodies() if body["message_type"] == "TYPE_POSTING_CANCELLED")
    assert (cancelled["old_state"], cancelled["new_state"]) == ("posting_registered", "posting_canceled")
    assert cancelled["reason"] == {"id": 402, "message": "Broken"}
    stocks = next(body for body in receiver.bodies() if body["message_type"] == "TYPE_STOCKS_CHANGED")
    assert {item["sku"]: item["stocks"] for item in stocks["items"]} == {
        stall.sku(product): [dict(zip(("warehouse_id", "present", "reserved"),
                                      (stall.warehouse_id, *stall.shelf(product)), strict=True))]
        for product in (stall.mug, stall.pan)}


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the folder with the contract's examples is not beside this checkout")
def test_bodies_have_the_fields_of_the_contracts_examples(stall, receiver, listening, news):
    listening(*queries.api_types())
    one, other = stall.packed(stall.request(), stall.request())
    stall.scan(one, "accepted", "delivered")
    orders.cancel_posting(seller=stall.seller, number=other, reason_id=402, message="x", by="seller",
                          actor=stall.actor, now=stall.now)
    news()

    send(stall.now)

    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))["payloads"]
    for body in receiver.bodies():
        assert set(body) == set(examples[body["message_type"]])


def test_units_in_the_marketplaces_warehouses_are_told_before_and_after(stall, receiver, listening, news, dated_rules):
    listening("TYPE_FBO_STOCKS_CHANGED")
    place, later = 1_020_004_000_000_101, stall.now + timedelta(minutes=1)
    inventory.receive(seller=stall.seller, lines=[StockLine(stall.mug, place, 5, "S-1", stall.now)])
    activity.record("supply.supply.counted", now=stall.now, actor=Actor.system("marketplace"), seller_id=stall.seller.id,
                    target_type="supply", target_id=1, target_label="S-1", data={"good": 5})
    news()
    [number] = stall.place(stall.request((stall.mug, 2), at=later))
    assert orders_queries.posting(stall.seller, number).scheme == "fbo"
    news()

    send(later)

    assert [body["stocks"] for body in receiver.bodies()] == [
        {"new_present": 5, "new_reserved": 0, "old_present": 0, "old_reserved": 0},
        {"new_present": 5, "new_reserved": 2, "old_present": 5, "old_reserved": 0}]
    assert {body["sku"] for body in receiver.bodies()} == {stall.sku(stall.mug)}
    assert receiver.bodies()[1]["updated_at"] == rules.stamp(later)
    if EXAMPLES.exists():
        example = json.loads(EXAMPLES.read_text(encoding="utf-8"))["payloads"]["TYPE_FBO_STOCKS_CHANGED"]
        assert set(receiver.bodies()[0]) == set(example)
        assert set(receiver.bodies()[0]["stocks"]) == set(example["stocks"])


def test_what_nobody_wants_to_hear_is_not_kept(stall, receiver, listening, news):
    listening("TYPE_POSTING_CANCELLED")
    stall.place()
    news()

    assert (send(stall.now), Push.objects.count()) == (0, 0)


@pytest.mark.parametrize("answer", [FAULT, (0, b"", 0.0), (200, b"<p>", 0.0), (200, b'{"result":false}', 0.0),
                                    (302, b"", 0.0), (200, b'{"a":"' + b"x" * 70_000 + b'"}', 0.0)])
def test_F02_a_bad_answer_is_tried_again_and_every_try_is_in_the_log(answer, stall, receiver, listening, news):
    listening()
    stall.place()
    news()
    receiver.plan = [answer, answer]

    send(stall.now)
    assert send(stall.now + timedelta(seconds=4)) == 0
    send(stall.now + timedelta(seconds=7))
    send(stall.now + timedelta(seconds=60))

    row = Delivery.objects.get(type="TYPE_NEW_POSTING")
    assert (row.state, row.tries) == ("done", 3)
    assert [bool(code) for code in Attempt.objects.order_by("pk").values_list("code", flat=True)] == [True, True, False]
    assert len(receiver.bodies()) == 3
    # The very same bytes and id each time, so that the receiver can tell a second copy.
    assert len({(one.body, one.headers["webhook-id"]) for one in receiver.got[1:]}) == 1


def test_F02_a_slow_answer_counts_as_none(stall, receiver, listening, news, monkeypatch):
    monkeypatch.setattr("sellerdesk.notifications.rules.TIMEOUT_SECONDS", 0.2)
    listening()
    stall.place()
    news()
    receiver.plan = [SLOW]

    send(stall.now)

    assert Attempt.objects.get().code == "REQUEST_TIMEOUT"


def test_F02_the_timetable_ends_and_the_push_can_be_sent_again_by_hand(stall, receiver, listening, news):
    endpoint = listening(form="standard")
    stall.place()
    news()
    receiver.always = FAULT
    moment, tries = stall.now, []

    while (row := Delivery.objects.get(type="TYPE_NEW_POSTING")).state == "waiting":
        Endpoint.objects.update(failing_since=None)  # not to be paused before the end
        moment = max(row.next_at, Endpoint.objects.get().hold_until or row.next_at)
        tries.append(moment)
        send(moment)

    assert len(tries) == 10
    assert [round((later - sooner) / timedelta(seconds=1)) // base for sooner, later, base in zip(
        tries, tries[1:], [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400], strict=False)] == [1] * 9
    assert row.state == "dropped"
    receiver.always = None
    count = services.redeliver_failed(seller=stall.seller, endpoint_id=endpoint, since=stall.now - timedelta(hours=1),
                                      actor=stall.actor, now=stall.now, real_now=moment + timedelta(hours=1))
    assert (count, send(moment + timedelta(hours=1))) == (1, 1)
    assert Delivery.objects.get(pk=row.pk).state == "done"


def test_the_next_push_of_an_object_waits_for_the_one_before_and_others_do_not(stall, receiver, listening, news):
    listening()
    one, other = stall.place(stall.request(), stall.request())
    orders.cancel_posting(seller=stall.seller, number=one, reason_id=402, message="x", by="seller", actor=stall.actor,
                          now=stall.now)
    news()
    receiver.plan = [FAULT]

    send(stall.now)
    send(stall.now + timedelta(seconds=60))

    assert [(body["message_type"], body["posting_number"]) for body in receiver.bodies()] == [
        ("TYPE_NEW_POSTING", one), ("TYPE_NEW_POSTING", one), ("TYPE_NEW_POSTING", other),
        ("TYPE_POSTING_CANCELLED", one)]


def test_F02_410_stops_and_lets_go(stall, receiver, listening, news):
    listening()
    stall.place(stall.request(), stall.request())
    news()
    receiver.plan = [(410, b"", 0.0)]

    send(stall.now)
    stall.place()
    news()

    assert Endpoint.objects.get().state == "gone"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"stopped"}
    assert Delivery.objects.count() == 2
    assert Message.objects.filter(subject__contains="stopped").count() == 1


def test_F02_after_long_failure_it_is_paused_people_are_told_and_it_goes_on_from_there(
        stall, receiver, listening, news, anna):
    endpoint = listening()
    first = stall.place()[0]
    news()
    receiver.always = FAULT
    Endpoint.objects.update(failing_since=stall.now - timedelta(hours=25))

    send(stall.now)
    second = stall.place()[0]
    news()

    assert Endpoint.objects.get().state == "paused"
    assert Message.objects.filter(to=anna.email, subject__contains="paused").count() == 1
    assert Activity.objects.filter(event=events.ENDPOINT_PAUSED).count() == 1
    assert send(stall.now + timedelta(hours=3)) == 0
    receiver.always, later = None, stall.now + timedelta(hours=4)
    assert services.resume_endpoint(seller=stall.seller, endpoint_id=endpoint, actor=stall.actor, now=stall.now,
                                    real_now=later) == 2
    send(later)
    assert [body["posting_number"] for body in receiver.bodies()] == [first, first, second]
    with pytest.raises(errors.NotPaused):
        services.resume_endpoint(seller=stall.seller, endpoint_id=endpoint, actor=stall.actor, now=stall.now,
                                 real_now=later)


def test_F02_a_sender_that_dies_after_sending_leaves_a_second_copy_and_no_gap(stall, receiver, listening, news):
    listening()
    stall.place()
    news()
    [letter] = sending.claim(limit=1, real_now=stall.now)
    with posting.client() as calls:
        posting.send(calls, letter)  # and dies before it is written down

    assert send(stall.now + timedelta(seconds=5)) == 0
    assert send(stall.now + timedelta(seconds=31)) == 1

    assert Delivery.objects.get(type="TYPE_NEW_POSTING").state == "done"
    assert len({one.headers["webhook-id"] for one in receiver.got[1:]}) == 1
    assert len(receiver.bodies()) == 2
    # The first sender wakes up late: its try is written down and changes nothing.
    sending.note(letter=letter, exchange=sending.Exchange(stall.now, 1, {}, errors_verdict()), real_now=stall.now)
    assert Delivery.objects.get(type="TYPE_NEW_POSTING").state == "done"


def errors_verdict():
    from sellerdesk.notifications.types import Verdict

    return Verdict(False, "SERVER_FAULT", "500")


def test_F03_whoever_keeps_the_highest_version_ends_in_our_state(stall, receiver, listening, news):
    listening()
    [number] = stall.packed()
    stall.scan(number, "accepted", "in_transit", "at_pickup_point", "delivered")
    news()
    send(stall.now)
    told = [(int(one.headers["x-push-version"]), one.message) for one in receiver.got[1:]]
    draw = random.Random(7)
    assert [version for version, _ in told] == sorted({version for version, _ in told})

    for _round in range(1000):
        known: tuple[int, dict] = (0, {})
        for version, body in draw.choices(told, k=len(told)) + draw.sample(told, k=len(told)):
            known = max(known, (version, body), key=lambda one: one[0])
        assert known[1]["new_state"] == stall.place_of(number)[1]


def test_made_up_trouble_sends_pushes_late_and_twice(stall, receiver, listening, news):
    listening()
    for kind, seconds in (("push_late", 20), ("push_duplicate", 0)):
        trouble.make(seller_id=stall.seller.id, order=Order(kind, path="TYPE_NEW", seconds=seconds, times=1),
                     made_by="Anna", real_now=stall.now)
    stall.place()
    news()

    assert send(stall.now + timedelta(seconds=19)) == 0
    send(stall.now + timedelta(seconds=21))

    assert len(receiver.bodies()) == 2
    assert len({one.headers["webhook-id"] for one in receiver.got[1:]}) == 1
    assert trouble.strike(stall.seller.id, "/v3/product/list", stall.now) is None


def test_an_address_is_kept_only_when_it_answers_the_test_push(stall, receiver, listening):
    receiver.plan = [(200, b'{"version":"1","name":"x","time":"now"}', 0.0)]

    with pytest.raises(errors.CheckFailed) as refused:
        listening()

    assert (refused.value.word, Endpoint.objects.count()) == ("WRONG_RESULT_TIME_FIELD", 0)
    listening()
    assert Endpoint.objects.count() == 1
    with pytest.raises(errors.DomainError) as twice:
        listening()
    assert twice.value.fields[0].code == "url_taken"


@pytest.mark.parametrize("url", ["http://10.0.0.1/x", "http://[::1]/x", "http://169.254.169.254/latest"])
def test_an_address_inside_is_not_called(url, stall, settings):
    settings.PUSH_NETWORKS = []

    verdict = services.check_address(url=url, real_now=stall.now).verdict

    assert (verdict.code, verdict.detail) == ("REQUEST_ERROR", "fetch_private")


@pytest.mark.parametrize("url", ["ftp://example.com/", "https://a:b@example.com/", "https://", "x", "http://e.com/ x"])
def test_what_is_no_address_is_refused(url, stall):
    with pytest.raises(errors.DomainError) as refused:
        services.add_endpoint(seller=stall.seller, url=url, types=["TYPE_NEW_POSTING"], actor=stall.actor,
                              now=stall.now, real_now=stall.now)
    assert refused.value.fields[0].code == "url_invalid"


def test_both_secrets_sign_while_one_is_rolled(stall, receiver, listening, news):
    endpoint = listening()
    made = services.roll_secret(seller=stall.seller, endpoint_id=endpoint, overlap_hours=24, actor=stall.actor,
                                now=stall.now, real_now=stall.now)
    stall.place(stall.request(), stall.request())
    news()

    [one] = sending.claim(limit=1, real_now=stall.now)
    later = sending.open_secrets(Endpoint.objects.get(), stall.now + timedelta(hours=25))

    assert one.secrets[0] == made.secret
    assert len(one.secrets) == 2
    assert later == (made.secret,)
    assert made.secret not in Endpoint.objects.get().secret


def test_the_log_is_kept_thirty_days(stall, receiver, listening, news):
    listening()
    stall.place()
    news()
    send(stall.now)

    assert services.forget_old(real_now=stall.now + timedelta(days=29), days=30) == 0
    assert services.forget_old(real_now=stall.now + timedelta(days=31), days=30) == 1
    assert (Push.objects.count(), Attempt.objects.count()) == (0, 0)


def test_mail_about_a_pause_speaks_the_readers_language_and_carries_a_code(stall, receiver, listening, boris):
    from sellerdesk.core.actor import Actor
    from sellerdesk.notifications.services import stopping
    from sellerdesk.sellers import services as sellers

    endpoint = listening()
    sellers.add_member(seller=stall.seller, user_id=boris.pk, role="administrator", label="Boris",
                       actor=Actor.system("t"), now=stall.now)

    stopping.pause(endpoint_id=endpoint, code="SERVER_FAULT", since=stall.now, real_now=stall.now)

    row = Message.objects.get(to=boris.email, subject__contains="риостановлен")
    assert mail.normal_code(row.code) in row.text
    assert row.code in row.html


@pytest.mark.django_db(transaction=True)
def test_one_dead_receiver_holds_up_nobody(stall, receivers, listening, news, monkeypatch):
    """The real loop, with threads: the healthy one has everything while the dead one still waits."""
    monkeypatch.setattr("sellerdesk.notifications.rules.TIMEOUT_SECONDS", 1.5)
    monkeypatch.setattr(sending, "IDLE_SECONDS", 0.05)
    dead, well = receivers(), receivers()
    listening(at=dead)
    listening(at=well)
    dead.always = (200, b'{"result":true}', 3.0)
    for _round in range(3):
        stall.place(*[stall.request() for _ in range(5)])
    news()
    import time_machine

    stop, real = threading.Event(), time.monotonic()
    with time_machine.travel(clock.real_now(), tick=True):
        sender = threading.Thread(target=worker._accompany, args=("pushes", services.run, stop))
        sender.start()
        while len(well.bodies()) < 15 and time.monotonic() - real < 60:
            time.sleep(0.05)
        tried = Attempt.objects.exclude(code="").count()
        stop.set()
        sender.join()

    assert len(well.bodies()) == 15
    # One after the other, the dead one would have had its say fifteen times by then.
    assert tried < 15


def test_chats_are_told_in_the_contracts_words(stall, receiver, listening, news):
    listening("TYPE_NEW_MESSAGE", "TYPE_UPDATE_MESSAGE", "TYPE_MESSAGE_READ", "TYPE_CHAT_CLOSED")
    [number] = stall.place()
    where = {"seller": stall.seller, "actor": stall.actor, "now": stall.now}
    [chat] = talking.buyers_say(seller=stall.seller, actor=stall.actor, said=[Said(number, "Where is it?", stall.now)])
    message = talking.send(chat_id=chat, text="Tomorow", **where)
    talking.edit(chat_id=chat, message_id=message, text="Tomorrow", **where)
    talking.postings_ended([(stall.seller.id, number, stall.now - timedelta(days=9))])
    talking.run_due(stall.now + timedelta(hours=48))
    news()

    send(stall.now)

    told = receiver.bodies()
    assert [(body["message_type"], body["user"]["type"], body.get("data")) for body in told] == [
        ("TYPE_NEW_MESSAGE", "Customer", ["Where is it?"]), ("TYPE_MESSAGE_READ", "Seller", None),
        ("TYPE_NEW_MESSAGE", "Seller", ["Tomorrow"]), ("TYPE_UPDATE_MESSAGE", "Seller", ["Tomorrow"]),
        ("TYPE_CHAT_CLOSED", "Customer", None)]
    assert len({body["chat_id"] for body in told}) == 1
    if EXAMPLES.exists():
        shown = json.loads(EXAMPLES.read_text(encoding="utf-8"))["payloads"]
        assert all(set(shown[body["message_type"]]) == set(body) for body in told)


def test_a_hundred_that_never_answer_hold_their_share_and_leave_room_for_one_that_does(stall, listening, news):
    endpoint = Endpoint.objects.get(pk=listening())
    mine = {"seller_id": stall.seller.id, "created_at": stall.now}
    silent = Endpoint.objects.bulk_create(Endpoint(**mine, url="https://e.example/", secret=endpoint.secret)
                                          for _one in range(150))
    facts = Push.objects.bulk_create(Push(**mine, uid=f"f{at}", type="TYPE_NEW_POSTING", key=str(at), happened_at=stall.now,
                                          body={}) for at in range(6))
    # Those in sight longest come first; the one that answers was added last.
    Endpoint.objects.filter(pk=endpoint.pk).update(last_ok_at=stall.now)
    Delivery.objects.bulk_create(
        Delivery(**mine, endpoint_id=one.pk, push_id=fact.pk, key=fact.key, type=fact.type, next_at=stall.now)
        for one in (*silent, endpoint) for fact in facts)

    first = sending.claim(limit=sending.THREADS, real_now=stall.now, answering={endpoint.pk})
    busy = Counter(letter.endpoint_id for letter in first)
    again = sending.claim(limit=sending.THREADS - len(first), real_now=stall.now, busy=busy, answering={endpoint.pk},
                          trial_left=0)

    assert busy.pop(endpoint.pk) == sending.AT_ONCE
    assert set(busy.values()) == {1}
    assert len(busy) == sending.TRIAL_AT_ONCE
    assert again == []
    assert sending.TRIAL_AT_ONCE + sending.AT_ONCE < sending.THREADS


def test_those_that_fail_get_the_smallest_share(stall, listening, news):
    endpoint = Endpoint.objects.get(pk=listening())
    mine = {"seller_id": stall.seller.id, "created_at": stall.now}
    failing = Endpoint.objects.bulk_create(Endpoint(**mine, url="https://e.example/", secret=endpoint.secret,
                                                    failing_since=stall.now) for _one in range(30))
    fact = Push.objects.create(**mine, uid="f", type="TYPE_NEW_POSTING", key="1", happened_at=stall.now, body={})
    Delivery.objects.bulk_create(Delivery(**mine, endpoint_id=one.pk, push_id=fact.pk, key="1", type=fact.type,
                                          next_at=stall.now) for one in (*failing, endpoint))

    letters = sending.claim(limit=sending.THREADS, real_now=stall.now)

    assert letters[0].endpoint_id == endpoint.pk
    assert len(letters) == 1 + sending.FAILING_AT_ONCE
