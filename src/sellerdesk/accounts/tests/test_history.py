"""The security history: append-only, chained, readable, and mailed where it matters."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.db import DatabaseError, connection, transaction
from django.test import Client

from sellerdesk.accounts import chain
from sellerdesk.accounts.models import SecurityChain, SecurityEvent
from sellerdesk.accounts.queries import history as reading
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.config.commands import audit
from sellerdesk.core.db import as_owner
from sellerdesk.core.models import Message

pytestmark = pytest.mark.django_db

HOME = RequestInfo(address="203.0.113.7", agent="Mozilla/5.0 Firefox/130.0 (Windows)", device="Firefox, Windows",
                   session_id="s1", request_id="r1")


@pytest.fixture
def anna_client(anna):
    """Anna's browser. The history belongs to the person; she needs no shop for it."""
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def clara_client(clara):
    client = Client()
    client.force_login(clara)
    return client


@pytest.fixture
def story(anna, clara):
    """Five events of Anna's, one of Clara's."""
    history.record(user_id=clara.pk, kind="sign_in.succeeded", info=HOME, detail={"method": "password"})
    for kind, detail in (("sign_in.succeeded", {"method": "password"}), ("profile.changed", {}),
                         ("key.created", {"name": "ERP", "shop": "Anna's Shop"}),
                         ("sign_in.failed", {"method": "password"}), ("sign_in.ended", {})):
        history.record(user_id=anna.pk, kind=kind, info=HOME, detail=detail)
    return anna


@pytest.fixture
def unguarded(db):
    """Somebody with full rights on the database, who takes the guards off first."""
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER accounts_history_no_update")
            cursor.execute("DROP TRIGGER accounts_history_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_securityevent DISABLE TRIGGER accounts_history_guard")


def problems(user_id: int) -> list[tuple[int, str]]:
    return [(one.number, one.problem) for one in reading.verify(user_id).breaks]


def rows(user):
    return SecurityEvent.objects.filter(user=user)


def test_M02_untouched_history_verifies(story, clara):
    assert reading.verify(story.pk).events == 5
    assert problems(story.pk) == problems(clara.pk) == []


def test_M02_database_itself_refuses_to_change_or_delete_an_event(story):
    for act in (lambda: rows(story).filter(number=2).update(kind="sign_in.ended"),
                lambda: rows(story).filter(number=2).update(address="198.51.100.1"),
                lambda: rows(story).filter(number=2).update(at="2020-01-01T00:00:00Z"),
                lambda: rows(story).filter(number=2)._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert problems(story.pk) == []


def test_M02_changed_fact_is_found(story, unguarded):
    rows(story).filter(number=3).update(kind="key.deactivated")
    assert (3, "changed") in problems(story.pk)


def test_M02_changed_detail_or_address_is_found(story, unguarded, clara):
    rows(story).filter(number=3).update(detail={"name": "harmless", "shop": "Anna's Shop"})
    rows(story).filter(number=4).update(address="198.51.100.1")
    assert problems(story.pk) == [(3, "changed"), (4, "changed")]
    assert problems(clara.pk) == []


def test_M02_missing_row_is_found_in_the_middle_and_at_the_end(story, unguarded):
    rows(story).filter(number=5)._raw_delete("default")
    assert [number for number, _ in problems(story.pk)] == [5]
    rows(story).filter(number=2)._raw_delete("default")
    assert (2, "missing") in problems(story.pk)


def test_M02_inserted_row_is_found(story, unguarded):
    row = rows(story).get(number=5)
    row.pk, row.number = None, 6
    row.previous_hash = row.hash
    row.save(force_insert=True)
    assert {number for number, _ in problems(story.pk)} == {6}


def test_M02_chain_rewritten_with_fitting_hashes_is_found(story, unguarded):
    row = rows(story).get(number=5)
    row.kind = "password.changed"
    row.hash = chain.row_hash(
        user_id=row.user_id, number=5, at=row.at, kind=row.kind, actor_kind=row.actor_kind, session_id=row.session_id,
        seller_id=row.seller_id, request_id=row.request_id, detail_hash=row.detail_hash,
        previous_hash=row.previous_hash)
    row.save()
    SecurityChain.objects.filter(pk=story.pk).update(hash=row.hash)
    assert problems(story.pk) == [(5, "the seal does not fit")]


def test_M02_erasing_personal_detail_keeps_the_chain_and_hides_nothing_else(story):
    assert history.erase_personal(user_id=story.pk, up_to=4, info=RequestInfo()) == 4

    kept = list(rows(story).filter(number__lte=4).values_list("address", "agent", "device", "detail", "salt"))
    assert kept == [("", "", "", None, "")] * 4
    assert rows(story).get(number=5).address == "203.0.113.7"
    assert problems(story.pk) == []


def test_M02_blanking_rows_without_saying_so_is_found(story):
    """The guard lets blanking through, for erasure; the chain tells who did it behind our back."""
    rows(story).filter(number=4).update(actor_label="", address="", agent="", device="", salt="", detail=None)
    assert problems(story.pk) == [(4, "blanked without an event that says so")]


def test_M04_details_that_look_like_secrets_are_refused(anna):
    with pytest.raises(ValueError, match="password"):
        history.record(user_id=anna.pk, kind="profile.changed", info=HOME, detail={"Password": "marker"})
    assert not rows(anna).exists()


@pytest.mark.parametrize(("language", "subject"), [
    ("en", "The API key “ERP” was created in “Anna's Shop”"), ("ru", "В магазине «Anna's Shop» создан API-ключ «ERP»"),
    ("zh-hans", "在店铺“Anna's Shop”中创建了 API 密钥“ERP”")])
def test_important_event_is_mailed_in_the_persons_language(anna, language, subject):
    type(anna).objects.filter(pk=anna.pk).update(language=language)
    history.record(user_id=anna.pk, kind="key.created", info=HOME, detail={"name": "ERP", "shop": "Anna's Shop"})
    history.record(user_id=anna.pk, kind="sign_in.ended", info=HOME)

    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("anna@example.com", subject)
    for part in ("203.0.113.7", "Firefox, Windows"):
        assert part in mail.text
        assert part in mail.html


# -- the page ----------------------------------------------------------------------------------------------------------


def test_M03_page_shows_filters_and_pages_the_own_events_only(anna_client, story, clara):
    page = anna_client.get("/account/history/").content.decode()
    for part in ("Signed in (password)", "The API key “ERP” was created in “Anna&#x27;s Shop”", "Firefox, Windows",
                 "203.0.113.7"):
        assert part in page or part.replace("&#x27;", "&#39;") in page
    assert page.count('data-row-id="') == 5 or page.count("Signed in (password)") == 1

    narrowed = anna_client.get("/account/history/?area=key").content.decode()
    assert "ERP" in narrowed
    assert "Signed out" not in narrowed
    assert "ERP" not in anna_client.get("/account/history/?day_to=2020-01-01").content.decode()
    assert "ERP" in anna_client.get("/account/history/?address=203.0.113").content.decode()
    assert "ERP" not in anna_client.get("/account/history/?address=198.51").content.decode()


def test_M03_pages_follow_each_other_without_gaps_both_ways(story):
    wanted = reading.HistoryFilter()
    first = reading.history_page(story.pk, wanted=wanted, cursor=None, limit=2)
    second = reading.history_page(story.pk, wanted=wanted, cursor=first.next_cursor, limit=2)
    third = reading.history_page(story.pk, wanted=wanted, cursor=second.next_cursor, limit=2)
    back = reading.history_page(story.pk, wanted=wanted, cursor=third.prev_cursor, limit=2)
    assert [[row.number for row in page.rows] for page in (first, second, third, back)] == [[5, 4], [3, 2], [1], [3, 2]]
    assert (first.prev_cursor, third.next_cursor) == ("", "")
    assert first.next_cursor
    assert back.prev_cursor


def test_M03_export_obeys_the_filters_is_an_event_and_holds_no_formula(anna_client, story):
    history.record(user_id=story.pk, kind="key.created", info=RequestInfo(device="=HYPERLINK(1)", address="@SUM(1)"),
                   detail={"name": "=cmd|'/c calc'!A1", "shop": "x"})

    answer = anna_client.post("/account/history/export/?area=key")

    text = answer.content.decode("utf-8-sig")
    lines = text.splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="security-history-')
    assert len(lines) == 3
    assert '"\'=HYPERLINK(1)","\'@SUM(1)"' in lines[1]
    assert rows(story).get(number=7).kind == "export.requested"
    assert anna_client.get("/account/history/export/").status_code == 405


def test_this_was_not_me_ends_other_sessions_and_forces_a_new_password(anna_client, story, clara_client):
    elsewhere = Client()
    elsewhere.force_login(story)
    UserSession.objects.create(user=story, ip="198.51.100.9", session_key=elsewhere.session.session_key)
    assert elsewhere.get("/account/").status_code == 200

    answer = anna_client.post("/account/history/1/deny/")

    assert answer["Location"] == "/account/history/denied/"
    assert anna_client.get("/account/history/denied/").status_code == 200
    assert elsewhere.get("/account/")["Location"].startswith("/accounts/login/")
    story.refresh_from_db()
    assert story.must_change_password == "denied_sign_in"
    event = rows(story).get(kind="sign_in.denied")
    assert (event.detail["number"], event.detail["event"]) == (1, "sign_in.succeeded")
    assert Message.objects.latest("pk").subject == "Reported as “this was not me”: Signed in (password)"


def test_nobody_denies_a_strangers_event_or_one_that_cannot_be_denied(clara_client, anna_client, story):
    assert clara_client.post("/account/history/5/deny/").status_code == 404
    assert anna_client.post("/account/history/5/deny/").status_code == 409
    assert not SecurityEvent.objects.filter(kind="sign_in.denied").exists()


# -- from the command line ---------------------------------------------------------------------------------------------


def test_M02_audit_verify_says_which_event_was_tampered_with_and_fails(story, unguarded, capsys):
    assert audit.verify() == 0
    assert capsys.readouterr().out == "6 events of 2 people checked; nobody touched them\n"

    rows(story).filter(number=2).update(kind="sign_in.ended")

    assert audit.verify() == 1
    said = capsys.readouterr()
    assert said.out == "6 events of 2 people checked; 1 histories are broken\n"
    assert f"user {story.pk}, event 2: changed" in said.err
    assert audit.verify(user_id=story.pk) == 1


def test_M02_history_survives_a_new_secret_key_and_is_sealed_under_it(story, settings):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-of-more-than-thirty-two-characters", [old]
    assert audit.verify() == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert problems(story.pk) == []
    settings.SECRET_KEY = old
    assert [problem for _number, problem in problems(story.pk)] == ["the seal does not fit"]


@pytest.mark.parametrize(("wanted", "index"), [
    ({}, "accounts_event_chain"), ({"kinds": ["sign_in.failed"]}, "accounts_event_kind"),
    ({"since": "2026-11-01T00:00:00+00:00", "until": "2026-11-02T00:00:00+00:00"}, "accounts_event_at"),
    ({"address": "203.0.113."}, "accounts_event_address")])
def test_M03_each_page_has_an_index_that_knows_the_person(anna, wanted, index):
    """Which index is best depends on the rows, so the planner may choose; what may not happen is reading everybody's."""
    wanted = {name: datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value
              for name, value in wanted.items()}
    rows = reading._rows(anna.pk, reading.HistoryFilter(**wanted)).order_by("-number")[:51]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert index in connection.introspection.get_constraints(cursor, "accounts_securityevent")
        plan = rows.explain()

    # SQLite names the index of a constraint itself.
    assert "accounts_event_" in plan or "sqlite_autoindex_accounts_securityevent" in plan
    assert "Seq Scan" not in plan
    assert "SCAN accounts_securityevent" not in plan
    assert re.search(r"user_id\s*=", plan)
