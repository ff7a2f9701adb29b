"""Rows C01, C03 and C04 of the reliability table: keys that leak, end, are replaced and are watched."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.queries.history import HistoryFilter, history_page
from sellerdesk.config.commands import leaks as command
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries, rules, services
from sellerdesk.sellers.errors import KeyDeactivated, KeyExpired, KeyReplaced, KeyRestricted
from sellerdesk.sellers.models import ApiCall, ApiKey, Membership
from sellerdesk.sellers.services import calls
from sellerdesk.sellers.types import CallNote
from sellerdesk.sellers.web.leaks import sign

pytestmark = pytest.mark.django_db
SECRET = "shared-with-the-scanner-of-the-code-host"


@pytest.fixture(autouse=True)
def _empty_log():
    calls.forget()


@pytest.fixture
def make(shop, actor, anna, now):
    def key(**changes):
        return services.create_key(**{"seller": shop, "name": "Stock sync", "roles": ["Admin"], "life_days": 30,
                                      "actor": actor, "user_id": anna.pk, "real_now": now, **changes})

    return key


def ask(shop, key, at, address="127.0.0.1"):
    return queries.authenticate_key(client_id=shop.id, api_key=key, address=address, real_now=at)


def kinds(user):
    page = history_page(user.pk, wanted=HistoryFilter(), cursor=None, limit=20)
    return [row.kind for row in page.rows if not row.kind.startswith(("account.", "shop."))]


# -- C01 ---------------------------------------------------------------------------------------------------------------


def test_C01_a_key_is_recognised_in_a_diff_and_kept_as_a_hash_only(shop, make):
    made = make()
    diff = f'+API_KEY = "{made.secret}"  # and sd_{"a" * 49} looks like one'.encode()

    assert list(rules.find_keys(diff)) == [(12, made.secret)]
    assert list(rules.find_keys(b"x" + made.secret.encode())) == []
    assert re.fullmatch(r"sd_[0-9A-Za-z]{43}[0-9A-Za-z]{6}", made.secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sellers_apikey")
        stored = str(cursor.fetchall())
    assert made.secret not in stored
    assert rules.key_hash(made.secret) in stored


def test_C01_two_keys_share_nothing_but_the_mark(make):
    secrets = {make().secret[3:-6] for _ in range(20)}

    assert len(secrets) == 20
    assert 62**rules.SECRET_LENGTH > 2**160


# -- C02: where a key may be used --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("networks", "address", "inside"), [
    ([], "198.51.100.9", True), (["203.0.113.0/24"], "203.0.113.77", True), (["203.0.113.0/24"], "203.0.114.1", False),
    (["203.0.113.7"], "203.0.113.7", True), (["203.0.113.7"], "::ffff:203.0.113.7", True),
    (["2001:db8::/32"], "2001:db8:1::5", True), (["2001:db8::/32"], "203.0.113.7", False),
    (["203.0.113.0/24"], "", False), (["203.0.113.0/24"], "unknown", False),
])
def test_C02_a_key_with_networks_works_from_there_only(shop, make, now, networks, address, inside):
    made = make(networks=networks)

    if inside:
        assert ask(shop, made.secret, now, address).key_id == made.id
    else:
        with pytest.raises(KeyRestricted):
            ask(shop, made.secret, now, address)


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "example.com", "10.0.0.1/33", "10.0.0"])
def test_C02_what_is_no_network_is_refused(make, text):
    with pytest.raises(Invalid) as refused:
        make(networks=["203.0.113.0/24", text])

    assert (refused.value.fields[0].field, refused.value.fields[0].value) == ("networks", text)


def test_C02_networks_of_a_living_key_count_from_the_next_request(anna_client, clara_client, shop, make, now):
    made = make()
    url = reverse("sellers:key_networks", args=[made.id])

    assert clara_client.post(url, {"networks": "203.0.113.0/24"}).status_code == 404
    wrong = anna_client.post(url, {"networks": "somewhere"})
    assert (wrong.status_code, "somewhere" in wrong.content.decode()) == (422, True)
    assert anna_client.post(url, {"networks": "203.0.113.0/24\n2001:db8::1"}).status_code == 302

    assert queries.key(shop, made.id).networks == ("203.0.113.0/24", "2001:db8::1/128")
    with pytest.raises(KeyRestricted):
        ask(shop, made.secret, now)


# -- C03 ---------------------------------------------------------------------------------------------------------------


def test_C03_a_replaced_key_lives_on_beside_the_new_one_for_as_long_as_asked(shop, make, actor, now, anna):
    old = make(roles=["Price"], networks=["127.0.0.0/8"])

    new = services.rotate_key(seller=shop, key_id=old.id, overlap_hours=24, actor=actor, user_id=anna.pk, real_now=now)

    assert ask(shop, new.secret, now).roles == {"Price"}
    assert ask(shop, old.secret, now + timedelta(hours=23, minutes=59)).key_id == old.id
    with pytest.raises(KeyExpired):
        ask(shop, old.secret, now + timedelta(hours=24))
    assert (new.expires_at - now).days == 30
    assert queries.key(shop, new.id).networks == ("127.0.0.0/8",)
    assert queries.key(shop, old.id).state_at(now) == "replaced"
    assert kinds(anna)[0] == "key.rotated"


def test_C03_without_overlap_the_old_key_stops_at_once_and_cannot_be_replaced_again(shop, make, actor, now):
    old = make()
    rotate = {"seller": shop, "key_id": old.id, "actor": actor, "user_id": None, "real_now": now}

    for hours in (-1, 73):
        with pytest.raises(Invalid):
            services.rotate_key(overlap_hours=hours, **rotate)
    services.rotate_key(overlap_hours=0, **rotate)

    with pytest.raises(KeyDeactivated):
        ask(shop, old.secret, now)
    with pytest.raises(KeyReplaced):
        services.rotate_key(overlap_hours=0, **rotate)
    assert ApiKey.objects.count() == 2


def test_C03_every_request_asks_the_table_so_a_stopped_key_is_dead_in_every_process(shop, make, actor, now):
    """Nothing about keys is kept in a process: each request reads its row, one query, and sees what another did."""
    made = make()
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            ask(shop, made.secret, now)
        assert [("sellers_apikey" in one["sql"]) for one in asked] == [True]

    # Another process: nothing of this one's code runs.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sellers_apikey SET deactivated_at = created_at WHERE id = %s", [made.id])

    with pytest.raises(KeyDeactivated):
        ask(shop, made.secret, now)


def test_C03_the_page_replaces_a_key_and_shows_the_new_one_once(anna_client, clara_client, make, shop):
    old = make()
    url = reverse("sellers:key_rotate", args=[old.id])

    assert clara_client.post(url, {"overlap_hours": 24}).status_code == 404
    made = anna_client.post(url, {"overlap_hours": 24})

    secret = made.context["made"].secret
    assert secret in made.content.decode()
    assert secret not in anna_client.get(reverse("sellers:key", args=[old.id])).content.decode()


# -- ends --------------------------------------------------------------------------------------------------------------


def test_owners_are_warned_30_14_7_and_1_days_before_a_key_ends_once_each(shop, make, now, anna):
    made = make(life_days=180)
    Message.objects.all().delete()
    warned = []
    for day in range(181):
        for hour in (0, 12):
            at = now + timedelta(days=day, hours=hour)
            if services.warn_of_ends(real_now=at):
                warned.append(180 - day)

    assert warned == [30, 14, 7, 1]
    mails = Message.objects.order_by("pk")
    assert [mail.to for mail in mails] == ["anna@example.com"] * 4
    assert [mail.subject for mail in mails][-1].startswith("The API key “Stock sync” ends in a day")
    assert kinds(anna)[:4] == ["key.expiring"] * 4
    assert [entry.event for entry in activity.history(shop.id, "key", made.id)][:4] == ["sellers.key.expiring"] * 4


def test_nobody_is_warned_of_a_key_that_was_made_short_replaced_or_stopped(shop, make, actor, now):
    short, old, stopped = make(life_days=7), make(life_days=60), make(life_days=20)
    services.rotate_key(seller=shop, key_id=old.id, overlap_hours=72, actor=actor, user_id=None, real_now=now)
    services.deactivate_key(seller=shop, key_id=stopped.id, actor=actor, real_now=now)

    assert services.warn_of_ends(real_now=now) == 0
    assert services.warn_of_ends(real_now=now + timedelta(days=6)) == 1
    assert ApiKey.objects.get(pk=short.id).warned_days == 1


# -- C04 ---------------------------------------------------------------------------------------------------------------


def report(client: Client, found, at, secret=SECRET, **headers):
    body = json.dumps(found).encode()
    stamp = str(int(at.timestamp()))
    return client.post("/leaks", body, content_type="application/json", headers={
        "Leak-Timestamp": stamp, "Leak-Signature": sign(secret, stamp, body), **headers})


def test_C04_a_signed_report_kills_the_key_and_mails_every_owner_at_once(client, shop, make, now, anna, settings,
                                                                         fresh_limits):
    settings.LEAK_REPORT_SECRET = SECRET
    made, other = make(), make(name="Other")
    Message.objects.all().delete()
    fake = rules.make_key(b"\x01" * 32)

    answer = report(client, [{"token": made.secret, "url": "https://code.example/x"}, {"token": fake},
                             {"token": "sd_nonsense"}], now)

    assert [one["label"] for one in answer.json()["results"]] == ["true_positive", "false_positive", "false_positive"]
    with pytest.raises(KeyDeactivated):
        ask(shop, made.secret, now)
    assert ask(shop, other.secret, now).key_id == other.id
    assert queries.key(shop, made.id).state_at(now) == "leaked"
    assert [mail.to for mail in Message.objects.all()] == ["anna@example.com"]
    assert "Stock sync" in Message.objects.get().text
    assert kinds(anna)[0] == "key.leaked"
    assert activity.history(shop.id, "key", made.id)[0].data == {"source": "https://code.example/x"}


def test_C04_a_report_that_is_forged_old_or_replayed_does_nothing(client, shop, make, now, settings, fresh_limits):
    settings.LEAK_REPORT_SECRET = SECRET
    made, second = make(), make(name="Second")
    found = [{"token": made.secret}]

    assert report(client, found, now, secret="guess").status_code == 401
    assert report(client, found, now, **{"Leak-Signature": ""}).status_code == 401
    assert report(client, found, now - timedelta(seconds=301)).json() == {"error": "too old"}
    assert report(client, found, now + timedelta(seconds=301)).status_code == 401
    assert ask(shop, made.secret, now).key_id == made.id

    found = [{"token": second.secret}]
    assert report(client, found, now).status_code == 200
    assert report(client, found, now).json() == {"error": "replayed"}


def test_C04_without_a_shared_secret_there_is_no_such_address(client, make, now, settings):
    settings.LEAK_REPORT_SECRET = ""

    assert report(client, [{"token": make().secret}], now, secret="").status_code == 404


def test_C04_the_scan_finds_keys_in_files_and_kills_them_when_told(make, shop, now, tmp_path, capsys):
    made = make()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "config.bin").write_bytes(b"\x00\xff" * 9 + made.secret.encode() + b"\x00")
    (tmp_path / "empty").touch()
    (tmp_path / "clean.txt").write_text("sd_" + "a" * 49)

    assert command.scan([str(tmp_path)], deactivate=False) == 1
    shown = capsys.readouterr().out
    assert shown == f"{tmp_path}/deep/config.bin:18: {made.secret[:12]}…\n"
    assert ask(shop, made.secret, now).key_id == made.id
    assert command.scan([str(tmp_path)], deactivate=True) == 1
    with pytest.raises(KeyDeactivated):
        ask(shop, made.secret, now)
    assert command.scan([str(tmp_path / "clean.txt")], deactivate=False) == 0
    assert command.scan([str(tmp_path / "nowhere")], deactivate=False) == 2


# -- the log -----------------------------------------------------------------------------------------------------------


def call(key_id, shop, now, status=200, method="/v1/roles"):
    return CallNote(key_id, shop.id, now, method, status, 0 if status < 400 else 7, 5, "127.0.0.1", "request1")


def test_the_log_costs_a_request_no_query_and_is_written_in_batches(shop, make, now, django_assert_num_queries):
    made = make()
    with django_assert_num_queries(0):
        for _ in range(120):
            services.note_call(call(made.id, shop, now))

    with CaptureQueriesContext(connection) as drawn:
        assert services.flush_calls() == 120
    assert sum(one["sql"].startswith("INSERT") for one in drawn) == 3
    assert services.flush_calls() == 0


def test_the_log_is_shown_by_error_and_only_to_its_shop(anna_client, clara_client, shop, make, now):
    made = make()
    services.note_call(call(made.id, shop, now))
    services.note_call(call(made.id, shop, now, 403, "/v3/product/import"))
    services.flush_calls()
    url = reverse("sellers:key", args=[made.id])

    everything = unescape(anna_client.get(url).content.decode())
    failed = unescape(anna_client.get(url, {"tab": "failed"}).content.decode())

    assert ("/v1/roles" in everything, "/v3/product/import" in everything) == (True, True)
    assert ("/v1/roles" in failed, "/v3/product/import" in failed) == (False, True)
    assert clara_client.get(url).status_code == 404


def test_the_log_is_kept_for_seven_days(shop, make, now):
    made = make()
    for days in (0, 6, 8):
        services.note_call(call(made.id, shop, now - timedelta(days=days)))
    services.flush_calls()

    assert services.forget_old_calls(real_now=now) == 1
    assert ApiCall.objects.count() == 2


def test_owners_are_told_of_keys_that_others_make(shop, staff_boris, boris, anna, now):
    Membership.objects.filter(user=boris).update(role="administrator")
    services.create_key(seller=shop, name="Packing", roles=["Admin"], actor=Actor.user(boris.pk, "Boris"),
                        user_id=boris.pk, real_now=now)

    row = history_page(anna.pk, wanted=HistoryFilter(kinds=["key.created"]), cursor=None, limit=9).rows[0]
    assert (row.actor_label, row.detail["name"], row.seller_id) == ("Boris", "Packing", shop.id)
    assert kinds(boris)[0] == "key.created"
    assert accounts.contacts([anna.pk])[0][0] in [mail.to for mail in Message.objects.all()]
