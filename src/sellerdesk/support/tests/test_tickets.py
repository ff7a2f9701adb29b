"""A ticket's life: asked with its thing, answered by mail and page, solved, rated, opened again, closed by time."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import override_settings
from django.urls import reverse

from sellerdesk.accounts.events import PROBLEM_ASKED
from sellerdesk.accounts.services import problems
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import attachments
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.models import Activity, Message
from sellerdesk.support import queries, services, states, subscribers
from sellerdesk.support.models import Ticket
from sellerdesk.support.types import Attached

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def asked(shop, anna, actor, now):
    return services.open_ticket(
        seller=shop, user_id=anna.pk, email=anna.email, language="en", topic="money.fee", subject="Commission",
        text="Why is the commission higher than in May?", attached=Attached("transaction", "7", "1-1"),
        files=[Upload("screen.png", PNG)], actor=actor, now=now)


def by_operator(operator):
    return Actor.operator(operator.pk, "Olga")


def answered(ticket_id, operator, now, *, solved=False):
    services.answer(ticket_id=ticket_id, text="It is the rule of October.", files=[], solved=solved,
                    actor=by_operator(operator), now=now)


def act(shop, ticket_id, anna, actor, now):
    return {"seller": shop, "ticket_id": ticket_id, "user_id": anna.pk, "only_own": False, "actor": actor, "now": now}


# -- states ------------------------------------------------------------------------------------------------------------


def test_every_state_is_reached_by_the_table_and_time_alone_closes():
    assert {move.target for move in states.MOVES.values()} == set(states.STATES)
    assert [name for name, move in states.MOVES.items() if move.target == states.CLOSED] == ["close"]


def test_targets_stand_on_the_ticket_with_the_rule_they_come_from(shop, asked, now):
    row = queries.ticket(shop, asked, user_id=None)

    assert (row.first_due_at - now, row.solve_due_at - now) == (timedelta(hours=8), timedelta(hours=72))
    assert Ticket.objects.get().rule_id == queries.targets("money", now)[1]
    assert row.attached == Attached("transaction", "7", "1-1")


def test_an_answer_waits_for_the_shop_a_reply_gives_it_back(shop, anna, actor, operator, asked, now):
    answered(asked, operator, now)

    assert [one.id for one in queries.waiting(shop)] == [asked]
    assert queries.any_ticket(asked).first_answered_at == now
    services.reply(text="Thank you, and in June?", files=[], **act(shop, asked, anna, actor, now))
    assert queries.waiting(shop) == []
    assert queries.any_ticket(asked).state == states.OPEN


def test_solved_is_rated_opened_again_for_two_weeks_and_then_never(shop, anna, actor, operator, asked, now):
    answered(asked, operator, now, solved=True)
    services.rate(stars=2, text="Slow", **act(shop, asked, anna, actor, now))
    with pytest.raises(Invalid):
        services.rate(stars=6, text="", **act(shop, asked, anna, actor, now))
    end = now + timedelta(days=14)

    services.reopen(**act(shop, asked, anna, actor, end - timedelta(seconds=1)))
    answered(asked, operator, now, solved=True)
    assert services.run_due(end - timedelta(seconds=1)) == 0
    assert services.run_due(end) == 1
    assert services.run_due(end) == 0
    with pytest.raises(Conflict) as refused:
        services.reply(text="Once more", files=[], **act(shop, asked, anna, actor, end))
    assert refused.value.code == "ticket_closed"
    assert queries.any_ticket(asked).rating == 2


def test_silence_of_a_week_solves(shop, operator, asked, now):
    answered(asked, operator, now)

    services.run_due(now + timedelta(days=7))

    row = queries.any_ticket(asked)
    assert (row.state, row.solved_at) == (states.SOLVED, now + timedelta(days=7))


def test_two_operators_never_both_solve(operator, asked, now):
    answered(asked, operator, now, solved=True)

    with pytest.raises(Conflict):
        answered(asked, operator, now, solved=True)


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "kind"), [
    (PNG, "image/png"), (b"%PDF-1.4\n...", "application/pdf"), ("Заказ 1, две кружки".encode(), "text/plain"),
    (b"%PDF-1.4 /JavaScript", None), (b"MZ\x90\x00\x03", None), (b"PK\x03\x04junk", None), (b"<html><script>", None),
    (b"#!/bin/sh\nrm", None), (b"", None),
])
def test_files_are_known_by_their_bytes_and_programs_are_refused(data, kind):
    assert (attachments.sniff(data) or (None,))[0] == kind


def test_a_file_over_20_mb_is_refused_and_nothing_is_kept(shop, anna, actor, now, dated_rules):
    with pytest.raises(Invalid) as refused:
        services.open_ticket(
            seller=shop, user_id=anna.pk, email=anna.email, language="en", topic="money.fee", subject="x",
            text="A large file comes with this.", attached=Attached(), actor=actor, now=now,
            files=[Upload("big.png", PNG + b"0" * (20 * 1024 * 1024))])

    assert refused.value.code == "ticket_file_large"
    assert not Ticket.objects.exists()


# -- mail --------------------------------------------------------------------------------------------------------------


def letter(ticket_id, sender, text, *, mark=None, **headers):
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, f"support+{mark or queries.reply_mark(ticket_id)}@localhost"
    mail["Message-ID"] = "<one@example.com>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(f"{text}\n\nOn Monday, Support wrote:\n> Answer above this line\n> old words")
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="screen.png")
    return mail.as_bytes()


def test_an_answer_by_mail_lands_once_without_what_it_quotes(shop, anna, operator, asked, now):
    answered(asked, operator, now)
    sent = Message.objects.get(reply_to__contains=f"+{asked}.")
    assert queries.reply_mark(asked) in sent.reply_to

    for _twice in range(2):
        assert services.take_mail(data=letter(asked, anna.email, "In June as well."), now=now) == asked

    last = queries.messages(asked, notes=False)[-1]
    assert (last.text, last.via, last.author, len(last.files)) == ("In June as well.", "mail", anna.email, 1)
    assert len(queries.messages(asked, notes=False)) == 3
    assert queries.any_ticket(asked).state == states.OPEN


def test_strangers_machines_and_made_up_seals_are_not_heard(shop, anna, clara, operator, asked, now):
    refused = [letter(asked, clara.email, "Let me in"), letter(asked, "who@example.com", "Hello"),
               letter(asked, anna.email, "Out of office", Auto_Submitted="auto-replied"),
               letter(asked, anna.email, "Hello", mark=f"{asked}.{'0' * 24}"), b"no mail at all"]

    for data in refused:
        with pytest.raises(Invalid) as why:
            services.take_mail(data=data, now=now)
        assert why.value.code == "mail_refused"
    assert len(queries.messages(asked, notes=True)) == 1


def test_the_door_for_mail_servers_asks_for_its_secret(client, shop, anna, operator, asked, now):
    data = letter(asked, anna.email, "By the door.")
    where = reverse("support:mail")

    assert client.post(where, data, content_type="message/rfc822").status_code == 404
    with override_settings(MAIL_IN_SECRET="s3cret"):
        assert client.post(where, data, content_type="message/rfc822").status_code == 403
        found = client.post(where, data, content_type="message/rfc822", headers={"X-Mail-Secret": "s3cret"})
    assert found.json() == {"ticket": f"T-{asked}"}


# -- people who cannot sign in -----------------------------------------------------------------------------------------


def test_who_cannot_sign_in_gets_a_ticket_and_the_answer_by_mail(operator, dated_rules, now):
    problems.ask_support(code="", email="lost@example.com", text="The code never comes to my phone.", findings={},
                         info=RequestInfo(), now=now)
    # Read as the outbox would bring it; on PostgreSQL that waits for the end of the transaction.
    [news] = Activity.objects.filter(event=PROBLEM_ASKED)
    for _twice in range(2):
        subscribers.open_tickets([Entry(news.event, news.at, Actor.system("sign-in"), target_id=news.target_id)])
    row = Ticket.objects.get()
    assert (row.topic, row.email, row.seller_id) == ("account.sign_in", "lost@example.com", None)

    answered(row.pk, operator, now)
    assert "rule of October" in Message.objects.get(to="lost@example.com").text
    assert services.take_mail(data=letter(row.pk, "lost@example.com", "It works now."), now=now) == row.pk
    # The report itself is answered too, once.
    from sellerdesk.accounts import queries as accounts
    assert accounts.signin_problem(row.problem_id).state == "answered"
    assert services.open_for_problem(problem_id=row.problem_id, now=now) == row.pk


# -- pages -------------------------------------------------------------------------------------------------------------


def test_facts_come_first_and_the_thing_one_comes_from_is_attached(stall, anna):
    from tests.tenancy.conftest import sign_in
    number = stall.place()[0]
    client = sign_in(anna)

    page = client.get(reverse("support:ask"), {"path": f"/orders/{number}/"}).content.decode()
    assert f"orders.ship/?kind=posting&amp;id={number}" in page
    assert "ship-by" in client.get(reverse("support:topic", args=["orders.ship"])).content.decode()
    sent = client.post(reverse("support:topic", args=["orders.ship"]), {
        "kind": "posting", "id": number, "text": "The label does not print here."})
    row = Ticket.objects.get()
    assert sent.url == reverse("support:ticket", args=[row.pk])
    assert (row.object_kind, row.object_label) == ("posting", number)
    shown = client.get(sent.url).content.decode()
    assert reverse("orders:posting", args=[number]) in shown
    # Somebody else's thing is left off, silently.
    client.post(reverse("support:topic", args=["orders.ship"]), {
        "kind": "posting", "id": "99999999-0001-1", "text": "The label does not print here."})
    assert Ticket.objects.latest("pk").object_kind == ""


@pytest.mark.parametrize("topic", [one for one in queries.topics() if one.facts], ids=lambda one: one.key)
def test_each_topic_with_facts_tells_them(stall, anna, topic):
    from tests.tenancy.conftest import sign_in
    stall.place()

    answer = sign_in(anna).get(reverse("support:topic", args=[topic.key]))

    assert answer.status_code == 200
    assert len(answer.context["facts"]) > 0 or topic.facts in {"returns", "review"}


def test_staff_see_their_own_tickets_owners_all(asked, anna_client, boris_client):
    where = reverse("support:ticket", args=[asked])

    assert anna_client.get(where).status_code == 200
    assert boris_client.get(where).status_code == 404
    assert "Commission" not in boris_client.get(reverse("support:tickets")).content.decode()


def test_an_operator_works_through_the_queue(operator_client, asked, shop, anna_client):
    queue = reverse("console:tickets")
    assert f"T-{asked}" in operator_client.get(queue).content.decode()
    operator_client.post(reverse("console:macros"), {
        "name": "Fee", "text_en": "Dear {name}, about {number}: {unknown}", "text_ru": "Х", "text_zh": "您"})
    macro = queries.macros()[0]
    page = operator_client.get(reverse("console:ticket", args=[asked]), {"macro": macro.id}).content.decode()
    assert f"Dear Anna, about T-{asked}: {{unknown}}" in page
    operator_client.post(reverse("console:ticket_assign", args=[asked]), {"to": "me"})
    assert queries.any_ticket(asked).state == states.OPEN
    operator_client.post(reverse("console:ticket_answer", args=[asked]), {"act": "note", "text": "Ask the bank."})
    operator_client.post(reverse("console:ticket_answer", args=[asked]), {
        "act": "solve", "text": "It is the rule of October."})

    assert queries.any_ticket(asked).state == states.SOLVED
    shown = anna_client.get(reverse("support:ticket", args=[asked])).content.decode()
    assert "rule of October" in shown
    assert "Ask the bank" not in shown
    assert f"T-{asked}" not in operator_client.get(queue).content.decode()


# -- searching ---------------------------------------------------------------------------------------------------------


def test_tickets_are_found_by_any_word_of_the_talk_solved_ones_too(shop, asked, operator, anna_client, clara_client, now):
    answered(asked, operator, now, solved=True)
    services.note(ticket_id=asked, text="Friend of a colleague", actor=by_operator(operator), now=now)

    def page(text, client=anna_client):
        return client.get(reverse("support:tickets"), {"q": text}).content.decode()

    for text in ("commissions", "MAY", "rule october", f"T-{asked}", str(asked), "1-1"):
        assert f"/support/tickets/{asked}/" in page(text), text
    assert "Nothing found" in page("colleague")
    assert "Nothing found" in page("tractor")
    assert f"/support/tickets/{asked}/" not in page("commissions", clara_client)


def test_operators_find_tickets_by_word_number_and_address(asked, anna, operator_client):
    def page(text):
        return operator_client.get(reverse("console:tickets"), {"q": text, "state": "all"}).content.decode()

    for text in ("commissions", f"t-{asked}", anna.email.upper(), "anna@"):
        assert f"/console/support/{asked}/" in page(text), text
    assert f"/console/support/{asked}/" not in page("tractor")
