"""A buyer's word, the shop's answer, the read mark; and when each is possible."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from sellerdesk.core import clock, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.messaging import errors, events, queries, services
from sellerdesk.messaging.models import Chat
from sellerdesk.messaging.rules import key_of
from sellerdesk.messaging.types import ChatFilter, Said

pytestmark = pytest.mark.django_db
DMITRI = Actor.buyer("Dmitri")


def say(stall, number, text, at=None, **more):
    return services.buyers_say(seller=stall.seller, actor=DMITRI, said=[
        Said(number, text, at or stall.now, **more)])[0]


def last(chat_id):
    return Activity.objects.filter(target_type="chat", target_id=str(chat_id)).order_by("-id").values_list(
        "event", flat=True)[0]


@pytest.fixture
def chat_id(stall):
    [number] = stall.place()
    return say(stall, number, "Where is my mug? Call +7 903 123-45-67")


def test_a_word_of_the_buyer_opens_a_chat_that_waits_for_the_shop(stall, chat_id):
    row = queries.chat(stall.seller, chat_id)
    [message], more = queries.messages(stall.seller, chat_id)

    assert (row.opened, row.awaiting, row.unread, row.write_until) == (True, True, 1, None)
    assert (message.text, message.masked, message.by, more) == ("Where is my mug? Call •••", True, "buyer", False)
    assert row.buyer_name == "Dmitri K."
    [waiting] = queries.chats_to_answer(stall.seller)
    assert waiting.due_at == stall.now + timedelta(hours=48)


def test_an_answer_is_read_by_the_buyer(stall, chat_id):
    later = stall.now + timedelta(minutes=5)

    message = services.send(seller=stall.seller, chat_id=chat_id, text="It leaves today", actor=stall.actor, now=later)
    sent = queries.chat(stall.seller, chat_id)
    services.buyers_read(seller=stall.seller, posting_numbers=[sent.posting_number], at=later, actor=DMITRI)

    read = queries.chat(stall.seller, chat_id)
    assert (sent.awaiting, sent.unread, sent.last_id, sent.buyer_read_id) == (False, 0, message, 0)
    assert read.buyer_read_id == message
    assert read.version > sent.version
    assert last(chat_id) == events.MESSAGES_READ
    assert services.buyers_read(seller=stall.seller, posting_numbers=[sent.posting_number], at=later,
                                actor=DMITRI) == 0


def test_reading_leaves_what_came_later_unread(stall, chat_id):
    first = queries.chat(stall.seller, chat_id)
    say(stall, first.posting_number, "And my pan?")

    left = services.read(seller=stall.seller, chat_id=chat_id, upto=first.last_id, actor=stall.actor, now=stall.now)
    none = services.read(seller=stall.seller, chat_id=chat_id, upto=0, actor=stall.actor, now=stall.now)

    assert (left, none) == (1, 0)
    assert queries.chat(stall.seller, chat_id).awaiting


def test_a_delivered_posting_leaves_72_hours_and_each_word_of_the_buyer_48_more(stall, chat_id):
    row = queries.chat(stall.seller, chat_id)
    came = stall.now + timedelta(days=3)
    services.postings_ended([(stall.seller.id, row.posting_number, came)])

    assert queries.chat(stall.seller, chat_id).write_until == came + timedelta(hours=72)
    said = came + timedelta(hours=71)
    say(stall, row.posting_number, "It is broken", said)
    assert queries.chat(stall.seller, chat_id).write_until == said + timedelta(hours=48)
    closed = said + timedelta(hours=48)
    assert services.run_due(closed) == 1
    assert services.run_due(closed) == 0
    assert (queries.chat(stall.seller, chat_id).opened, last(chat_id)) == (False, events.CHAT_CLOSED)
    with pytest.raises(errors.ChatClosed):
        services.send(seller=stall.seller, chat_id=chat_id, text="Sorry", actor=stall.actor, now=closed)
    say(stall, row.posting_number, "Hello?", closed + timedelta(hours=1))
    assert queries.chat(stall.seller, chat_id).opened


def test_a_window_that_has_run_out_refuses_before_anybody_closed_the_chat(stall, chat_id):
    row = queries.chat(stall.seller, chat_id)
    services.postings_ended([(stall.seller.id, row.posting_number, stall.now)])

    with pytest.raises(errors.ChatClosed):
        services.send(seller=stall.seller, chat_id=chat_id, text="Late", actor=stall.actor,
                      now=stall.now + timedelta(hours=72))
    assert queries.messages(stall.seller, chat_id)[0][-1].by == "buyer"


def test_a_shop_begins_within_72_hours_of_payment_or_delivery_by_the_rule_of_that_day(stall):
    first, second, third = stall.place(stall.request(), stall.request(), stall.request())

    def start(number, hours):
        return services.start_chat(seller=stall.seller, posting_number=number, actor=stall.actor,
                                   now=stall.now + timedelta(hours=hours))

    begun = start(first, 71)
    assert start(first, 100) == begun
    with pytest.raises(errors.MayNotStart):
        start(second, 72)
    rules.put("messaging.windows", "fbs", {"start_after_payment": 100, "start_after_end": 72, "until_delivered": True,
                                           "reply": 48}, valid_from=stall.now, source="test")
    rules.forget()
    assert start(third, 99)
    assert queries.chat(stall.seller, begun).last_id == 0


def test_a_message_can_be_changed_for_a_while_and_says_so(stall, chat_id):
    message = services.send(seller=stall.seller, chat_id=chat_id, text="Tomorow", actor=stall.actor, now=stall.now)

    services.edit(seller=stall.seller, chat_id=chat_id, message_id=message, text="Tomorrow", actor=stall.actor,
                  now=stall.now + timedelta(minutes=14))

    row = queries.message(stall.seller, message)
    assert (row.text, row.edited_at) == ("Tomorrow", stall.now + timedelta(minutes=14))
    assert last(chat_id) == events.MESSAGE_EDITED
    with pytest.raises(errors.TooLateToEdit):
        services.edit(seller=stall.seller, chat_id=chat_id, message_id=message, text="Never", actor=stall.actor,
                      now=stall.now + timedelta(minutes=15))


def test_pictures_are_encoded_anew_and_pages_in_disguise_refused(stall, chat_id):
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(out, "JPEG")

    def send(name, data):
        return queries.message(stall.seller, services.send_file(
            seller=stall.seller, chat_id=chat_id, name=name, data=data, actor=stall.actor, now=stall.now))

    picture, paper = send("../../mug.exe", out.getvalue()), send("guide.pdf", b"%PDF-1.7\n%%EOF")

    assert (picture.kind, picture.file_name, picture.file_key.endswith(".webp")) == ("image", "mug.exe", True)
    assert (paper.kind, paper.size_bytes) == ("file", 14)
    for data in (b"<html>", b"%PDF-1.7 <script>", b"", b"MZ" + bytes(100)):
        with pytest.raises(errors.FileRefused):
            send("x.pdf", data)
    assert len(queries.messages(stall.seller, chat_id)[0]) == 3


def test_chats_are_found_by_any_form_of_a_word_in_three_languages(stall):
    numbers = stall.place(*[stall.request() for _ in range(4)])
    texts = ("Когда придут мои заказы?", "我的订单什么时候到？", "Two orders came broken", "请问什么材质的")
    ids = [say(stall, number, text) for number, text in zip(numbers, texts, strict=True)]

    def found(text):
        return {row.id for row in queries.chats_page(stall.seller, filter=ChatFilter(search=text)).rows}

    assert found("заказ") == found("заказы") == found("заказов") == {ids[0]}
    assert found("订单") == {ids[1]}
    assert found("order") == found("orders") == {ids[2]}
    assert found("材质") == {ids[3]}
    assert found(numbers[3]) == {ids[3]}
    assert found("订单 заказ") == set()


def test_colleagues_share_a_chat_with_notes_and_a_name(stall, chat_id, staff_boris):
    services.assign(seller=stall.seller, chat_id=chat_id, user_id=staff_boris.pk, actor=stall.actor, now=stall.now)
    services.write_note(seller=stall.seller, chat_id=chat_id, text="Asked the courier", actor=stall.actor,
                        now=stall.now)

    assert queries.chat(stall.seller, chat_id).assignee == "Boris"
    assert [note.text for note in queries.notes(stall.seller, chat_id)] == ["Asked the courier"]
    assert len(queries.messages(stall.seller, chat_id)[0]) == 1
    with pytest.raises(errors.NotAColleague):
        services.assign(seller=stall.seller, chat_id=chat_id, user_id=987, actor=stall.actor, now=stall.now)


def test_templates_are_filled_in_from_the_order(stall, chat_id):
    services.save_template(seller=stall.seller, name="Hello", text="{buyer}, {product} ({posting}) {tracking}",
                           actor=stall.actor, now=stall.now)
    row = queries.chat(stall.seller, chat_id)

    [template] = queries.templates_filled(stall.seller, row, "")

    assert template.text == f"Dmitri, Mug «Ёлка» ({row.posting_number}) …"
    with pytest.raises(errors.UnknownVariable):
        services.save_template(seller=stall.seller, name="Other", text="{price}", actor=stall.actor, now=stall.now)
    with pytest.raises(errors.NameTaken):
        services.save_template(seller=stall.seller, name="Hello", text="Hi", actor=stall.actor, now=stall.now)


def test_an_abused_chat_is_reported_once_and_closed_by_an_operator(stall, chat_id):
    report = services.report_chat(seller=stall.seller, chat_id=chat_id, reason="blackmail", comment="Wants money",
                                  actor=stall.actor, now=stall.now)
    with pytest.raises(errors.AlreadyReported):
        services.report_chat(seller=stall.seller, chat_id=chat_id, reason="spam", comment="", actor=stall.actor,
                             now=stall.now)

    services.decide(report_id=report, upheld=True, answer="Seen", actor=Actor.operator(1, "Olga"), now=stall.now)

    assert not queries.chat(stall.seller, chat_id).opened
    assert [one.state for one in queries.reports_of(stall.seller, chat_id=chat_id)] == ["upheld"]
    with pytest.raises(errors.AlreadyDecided):
        services.decide(report_id=report, upheld=False, answer="", actor=Actor.operator(1, "Olga"), now=stall.now)


def test_a_rivals_chat_does_not_exist(stall, rival_stall, chat_id):
    for act in (lambda: queries.chat(rival_stall.seller, chat_id),
                lambda: services.send(seller=rival_stall.seller, chat_id=chat_id, text="x", actor=stall.actor,
                                      now=stall.now)):
        with pytest.raises(errors.ChatNotFound):
            act()
    assert queries.id_of("chat", key_of("chat", chat_id)) == chat_id
    assert queries.id_of("review", key_of("chat", chat_id)) == 0
    assert Chat.objects.count() == 1
    assert clock.now() == stall.now


def test_a_page_of_chats_costs_the_same_however_many_there_are(stall, statements):
    def read():
        return queries.chats_page(stall.seller, filter=ChatFilter(), limit=50)

    say(stall, stall.place()[0], "One")
    few = statements(read)
    for number in stall.place(*[stall.request() for _ in range(5)]):
        say(stall, number, "More")

    assert statements(read) == few == 1
