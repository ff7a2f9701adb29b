"""Notes to people: who hears what, by which channel, when, and what they read."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.core import mail, tally
from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity, Message
from sellerdesk.notifications import queries, rules, services
from sellerdesk.notifications.kinds import KINDS
from sellerdesk.notifications.models import Note
from sellerdesk.notifications.services import noting
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(db):
    last = [0]

    def spread(now, real_now=None):
        rows = list(Activity.objects.filter(id__gt=last[0], event__in=noting.EVENTS).order_by("id").values_list(*_COLUMNS))
        last[0] = rows[-1][0] if rows else last[0]
        return services.tell(entries=[_entry(row) for row in rows], now=now, real_now=real_now or now)

    return spread


def choose(seller, user_id, now, **chosen):
    services.choose(seller=seller, user_id=user_id, actor=Actor.system("t"), now=now, **{
        "channels": {}, "quiet_from": None, "quiet_to": None, "digest": "daily", "digest_hour": 9, **chosen})


def ask(stall):
    [number] = stall.place()
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    orders.ask_to_cancel(seller=stall.seller, actor=Actor.buyer("D"), wishes=[CancelWish(number, 505, "", stall.now)])
    return number


def test_every_kind_tells_of_known_events_with_rights_that_exist():
    from sellerdesk.core import events
    from sellerdesk.sellers import permissions

    assert {event for kind in KINDS for event in kind.events} <= set(events.known())
    assert {kind.right for kind in KINDS} <= permissions.SHOP_RIGHTS


def test_a_crowd_is_one_note_until_it_is_read(stall, anna, tell):
    stall.place(stall.request(), stall.request())
    tell(stall.now)
    stall.place()
    tell(stall.now)

    assert tally.ask([queries.unread_count(stall.seller, anna.pk)]) == [1]
    [note] = queries.notes_page(stall.seller, anna.pk).rows
    assert note.text == "3 new orders"
    services.mark_read(seller=stall.seller, user_id=anna.pk, note_id=None, real_now=stall.now)
    stall.place()
    tell(stall.now)
    assert [row.read for row in queries.notes_page(stall.seller, anna.pk).rows] == [False, True]


def test_who_lacks_the_right_or_did_it_themselves_hears_nothing(stall, anna, boris, tell):
    from sellerdesk.sellers import services as sellers

    sellers.add_member(seller=stall.seller, user_id=boris.pk, role="assembler", label="Boris", actor=stall.actor,
                       now=stall.now)
    number = ask(stall)
    tell(stall.now)

    assert set(Note.objects.values_list("user_id", "kind")) == {
        (anna.pk, "orders"), (boris.pk, "orders"), (anna.pk, "requests")}
    assert Note.objects.filter(kind="requests").get().link == f"/orders/{number}/"


def test_old_news_of_a_market_that_has_lived_is_told_to_nobody(stall, tell):
    stall.place()

    assert tell(stall.now + timedelta(days=3)) == 0


def test_mail_goes_out_once_with_phrase_and_code_in_the_readers_language(stall, anna, tell):
    anna.language, anna.phrase = "ru", "Синий ёж"
    anna.save()
    ask(stall)
    tell(stall.now)

    assert services.send_letters(real_now=stall.now) == 1
    assert services.send_letters(real_now=stall.now + timedelta(hours=1)) == 0

    row = Message.objects.get(to=anna.email)
    assert "Покупатель" in row.text
    assert "Синий ёж" in row.text
    assert mail.normal_code(row.code) in row.text
    assert "<a href" in row.html


def test_what_was_read_meanwhile_is_not_mailed(stall, anna, tell):
    ask(stall)
    tell(stall.now)
    services.mark_read(seller=stall.seller, user_id=anna.pk, note_id=None, real_now=stall.now)

    assert services.send_letters(real_now=stall.now + timedelta(hours=1)) == 0


def test_quiet_hours_and_digests_hold_mail_back(stall, anna, tell):
    anna.time_zone = "Asia/Shanghai"  # it is 17:00 there
    anna.save()
    choose(stall.seller, anna.pk, stall.now, quiet_from=time(16), quiet_to=time(7, 30),
           channels={"orders": ["app", "digest"], "requests": ["mail"]}, digest="hourly")
    ask(stall)
    tell(stall.now)

    assert {row.kind: row.mail_at for row in Note.objects.all()} == {
        "orders": stall.now + timedelta(hours=1), "requests": datetime(2026, 11, 23, 23, 30, tzinfo=UTC)}
    assert tally.ask([queries.unread_count(stall.seller, anna.pk)]) == [1]  # the request is mailed only


@pytest.mark.parametrize(("hour", "expected"), [(21, 21), (22, 31), (2, 7), (7, 7)])
def test_quiet_hours_lie_across_midnight(hour, expected):
    zone = ZoneInfo("Europe/Moscow")
    moment = datetime(2026, 11, 23, hour, tzinfo=zone)

    found = rules.after_quiet(moment.astimezone(UTC), zone, time(22), time(7))

    assert found == (datetime(2026, 11, 23, tzinfo=zone) + timedelta(hours=expected)).astimezone(UTC)


def test_locked_kinds_stay_and_the_shops_setting_is_for_who_has_none(stall, anna, boris):
    choose(stall.seller, None, stall.now, channels={"orders": ["mail"], "pushes": []})
    choose(stall.seller, boris.pk, stall.now, channels={"orders": []})

    found = queries.wishes(stall.seller, [anna.pk, boris.pk])

    assert found[anna.pk].channels["orders"] == {"mail"}
    assert found[boris.pk].channels["orders"] == frozenset()
    assert found[boris.pk].channels["pushes"] == {"app", "push", "mail"}


def test_the_pages(anna_client, stall, anna, tell):
    ask(stall)
    tell(stall.now)

    assert "2 unread notes" in anna_client.get("/").content.decode()
    assert anna_client.get("/notes/bell?seen=2").status_code == 204
    page = anna_client.get("/notes/").content.decode()
    assert "The buyer asks to cancel" in page
    note = Note.objects.get(kind="requests")
    assert anna_client.post(f"/notes/{note.pk}/").headers["Location"] == note.link
    assert tally.ask([queries.unread_count(stall.seller, anna.pk)]) == [1]
    assert anna_client.post("/notes/987654/").headers["Location"] == "/notes/"
    sent = {"channels": ["orders:mail"], "shown:orders": "1", "digest": "daily", "digest_hour": "8"}
    assert anna_client.post("/notes/settings/", sent).status_code == 302
    wishes = queries.wishes(stall.seller, [anna.pk])[anna.pk]
    assert (wishes.channels["orders"], wishes.digest_hour) == ({"mail"}, 8)
    assert wishes.channels["requests"] == {"app", "push", "mail"}
    assert anna_client.post("/notes/settings/", {**sent, "quiet_from": "22:00"}).status_code == 422
    anna_client.post("/notes/settings/test")
    assert Message.objects.filter(to=anna.email, subject__startswith="Test").count() == 1


def test_an_address_that_takes_no_mail_is_told_in_the_product(anna_client, stall, anna, monkeypatch):
    mail.send(anna.email, "notifications/mail/test", {"shop": "x"}, "en")
    row = Message.objects.get(to=anna.email)

    def refuse(self):
        raise SMTPRecipientsRefused({anna.email: (550, b"no such mailbox")})

    monkeypatch.setattr("sellerdesk.core.mail.EmailMultiAlternatives.send", refuse)
    mail.deliver.func(row.pk)

    assert "came back" in anna_client.get("/notes/settings/").content.decode()
    Message.objects.create(channel="mail", to=anna.email, text="x", created_at=stall.now, sent_at=stall.now)
    assert "came back" not in anna_client.get("/notes/settings/").content.decode()


def test_a_talk_waits_and_is_told_only_by_the_buyers_half(stall, anna, tell):
    from sellerdesk.core import clock
    from sellerdesk.core.waiting import Asked
    from sellerdesk.messaging import services as talks
    from sellerdesk.messaging.types import Said
    from sellerdesk.notifications import inbox

    [number] = stall.place()
    talks.buyers_say(seller=stall.seller, said=[Said(number, "Where is it?", stall.now)], actor=Actor.buyer("D"))
    tell(stall.now)
    waiting = inbox.lines(Asked(stall.seller, stall.now, clock.real_now()), lambda _right: True)

    assert {"chat", "pack"} == {line.what.key.partition(":")[0] for line in waiting}
    chat = int(next(line for line in waiting if line.source == "messaging.chats").what.key.partition(":")[2])
    assert Note.objects.filter(kind="messages", user_id=anna.pk).count() == 1
    services.mark_read(seller=stall.seller, user_id=anna.pk, note_id=None, real_now=stall.now)
    talks.send(seller=stall.seller, chat_id=chat, text="On its way", actor=Actor.system("x"), now=stall.now)
    tell(stall.now)
    assert Note.objects.filter(kind="messages", read_at=None).count() == 0
