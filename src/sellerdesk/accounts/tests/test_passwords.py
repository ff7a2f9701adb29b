"""A01 to A04: what a password must be, when it must be replaced, what is refused, and how it is kept."""

from __future__ import annotations

import random
import string
import threading
import unicodedata
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from sellerdesk.accounts import hashers, services, standing
from sellerdesk.accounts.common_passwords import _filter, is_common
from sellerdesk.accounts.hashers import Argon2id, HashingBusy, Slots
from sellerdesk.accounts.models import SecurityEvent, User
from sellerdesk.accounts.types import Demand, RequestInfo, Standing
from sellerdesk.core.models import Limit, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

LOGIN = "/accounts/login/"
NEW = "violet harbour lantern 7"
LEAKED = "qwertyuiopasdfghjkl"


def _codes(password: str, user: User | None = None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [one.code for one in error.error_list]
    return []


def _sign_in(user: User, password: str, client: Client | None = None):
    return (client or Client()).post(LOGIN, {"login": user.email, "password": password})


def _words(length: int) -> str:
    """A text of a length that is hard to guess."""
    source = random.Random(7)
    return "".join(source.choice(string.ascii_letters + string.digits) for _ in range(length))


@pytest.mark.parametrize(("length", "codes"), [
    (14, ["password_too_short"]), (15, []), (64, []), (256, []), (257, ["password_too_long"])])
def test_A01_a_password_alone_has_15_to_256_characters(anna, length, codes):
    assert _codes(_words(length), anna) == codes
    assert _codes(_words(length)) == codes


@pytest.mark.parametrize("password", [
    "gravel magnet 14 ivory", " leading and trailing ", "кедр якорь лампа 14", "河 石灯 青竹 北风 铜铃 旧船 飞鸟 晚霞", "🦊🌵🚲🧊🎺🪁🧲🦉🍋🧵🪀🦔🌋🪵🧭",
    "gravelmagnetivoryspoon"])
def test_A01_any_character_counts_and_no_kind_of_character_is_demanded(anna, password):
    assert _codes(password, anna) == []
    services.passwords.keep(anna, password)

    assert _sign_in(anna, password).status_code == 302
    assert _sign_in(anna, password.strip() + "x").status_code != 302
    if password != password.strip():
        assert _sign_in(anna, password.strip()).status_code != 302
    if password.swapcase() != password:
        assert _sign_in(anna, password.swapcase()).status_code != 302


def test_A01_nothing_is_cut_off(anna):
    long = _words(256)
    services.passwords.keep(anna, long)

    assert _sign_in(anna, long[:-1] + ("a" if long[-1] != "a" else "b")).status_code != 302
    assert _sign_in(anna, long).status_code == 302


def test_A01_the_same_word_typed_on_another_phone_opens(anna):
    composed = unicodedata.normalize("NFC", "café naïve überzug 9")
    split = unicodedata.normalize("NFD", composed)
    assert composed != split
    services.passwords.keep(anna, split)

    assert _sign_in(anna, composed).status_code == 302
    assert _sign_in(anna, split).status_code == 302


def test_A01_eight_characters_do_beside_a_second_step(anna, boris, now, monkeypatch):
    short = "gV7%kq2z"
    assert _codes(short, anna) == ["password_too_short"]
    assert _codes(short[:7], anna) == ["password_too_short"]

    totp.TOTP.activate(anna, totp.generate_totp_secret())
    assert _codes(short, anna) == []
    assert _codes(short[:7], anna) == ["password_too_short"]

    demand = Demand(1, "Anna's Shop", now)
    monkeypatch.setattr(standing, "_source", [lambda user_id: Standing(demands=(demand,))])
    assert _codes(short, boris) == []


def test_A01_a_short_password_left_alone_by_its_second_step_is_replaced_at_the_next_sign_in(anna):
    services.passwords.keep(anna, "gV7%kq2z")

    assert _sign_in(anna, "gV7%kq2z")["Location"] == "/accounts/new-password/"


def test_A02_age_alone_forces_nothing_and_the_reminder_goes_away_for_good(client, anna, shop, password, now):
    User.objects.update(password_changed_at=now)
    with time_machine.travel(now + timedelta(days=400), tick=False):
        assert _sign_in(anna, password, client)["Location"] == "/"
        page = client.get("/account/").content.decode()
        assert "password-reminder" in page
        banner = page[page.index('id="password-reminder"'):]
        assert banner.index("/accounts/2fa/") < banner.index("/accounts/password/change/")
        assert client.get("/orders/").status_code == 200

        answer = client.post("/account/password-reminder/dismiss/", {"next": "/orders/"})
        assert answer["Location"] == "/orders/"
        assert "password-reminder" not in client.get("/account/").content.decode()
    with time_machine.travel(now + timedelta(days=1500), tick=False):
        assert _sign_in(anna, password, client)["Location"] == "/"
        assert "password-reminder" not in client.get("/account/").content.decode()


def test_A02_a_password_on_the_list_opens_only_the_page_to_replace_it(client, anna, shop):
    services.passwords.keep(anna, LEAKED)

    assert _sign_in(anna, LEAKED, client)["Location"] == "/accounts/new-password/"
    assert client.get("/account/")["Location"].startswith(LOGIN)
    assert "it is known from data leaks" in client.get("/accounts/new-password/").content.decode()
    event = SecurityEvent.objects.get(user=anna, kind="password.change_forced")
    assert event.detail == {"reason": "breached"}
    assert "data leaks" in Message.objects.filter(to=anna.email).latest("pk").text

    assert client.post("/accounts/new-password/", {"password1": LEAKED}).status_code == 422
    answer = client.post("/accounts/new-password/", {"password1": NEW})
    assert answer["Location"] == "/"
    assert client.get("/account/").status_code == 200
    anna.refresh_from_db()
    assert anna.must_change_password == ""
    assert anna.check_password(NEW)


@pytest.mark.parametrize("reason", ["leaked_key", "denied_sign_in", "operator"])
def test_A02_other_evidence_ends_the_sessions_and_asks_at_the_next_sign_in(client, anna, shop, password, reason):
    _sign_in(anna, password, client)
    assert client.get("/account/").status_code == 200

    services.passwords.require_change(user_id=anna.pk, reason=reason, info=RequestInfo())

    assert client.get("/account/").status_code == 302
    assert _sign_in(anna, password, client)["Location"] == "/accounts/new-password/"
    assert client.post("/accounts/new-password/", {"password1": password}).status_code == 422
    assert client.post("/accounts/new-password/", {"password1": NEW})["Location"] == "/"


def test_A02_without_a_sign_in_there_is_no_page_to_replace_a_password(client, anna):
    assert client.get("/accounts/new-password/")["Location"] == LOGIN
    assert client.post("/accounts/new-password/", {"password1": NEW})["Location"] == LOGIN


@pytest.mark.parametrize("password", [LEAKED, "password123456789", "1234567890123456", LEAKED.upper()])
def test_A03_passwords_on_the_list_are_refused_with_the_reason(client, password):
    answer = client.post("/accounts/signup/", {"email": "eva@example.com", "password1": password})

    errors = answer.context["form"].errors["password1"]
    assert errors == ["This password is on the list of common and leaked passwords that attackers try first. "
                      "Take another one, also where you used this one elsewhere."]


def test_A03_the_list_holds_over_100_000_words_and_rarely_errs():
    assert _filter().words >= 100_000
    source = random.Random(3)
    alphabet = string.ascii_letters + string.digits
    false = sum(is_common("".join(source.choices(alphabet, k=16))) for _ in range(100_000))
    assert false <= 1


def test_A03_names_and_shops_are_counted_as_known(anna, shop):
    assert _codes("anna example annas shop", anna) == ["password_too_weak"]


def test_A04_passwords_are_kept_as_argon2id_and_hashed_anew_when_the_figures_change(anna, password, settings):
    encoded = Argon2id().encode("correct horse", "c2FsdHNhbHQ")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2id().verify("correct horse", encoded)

    settings.PASSWORD_HASHERS = ["sellerdesk.accounts.hashers.Argon2id", "sellerdesk.accounts.hashers.FastForTests"]
    assert anna.password.startswith("fast_for_tests$")
    assert _sign_in(anna, password).status_code == 302
    anna.refresh_from_db()
    assert anna.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    weak = Argon2id()
    weak.memory_cost = 8192
    User.objects.filter(pk=anna.pk).update(password=weak.encode(password, "c2FsdHNhbHQ"))
    assert _sign_in(anna, password).status_code == 302
    anna.refresh_from_db()
    assert "m=19456" in anna.password


def test_A04_no_more_are_hashed_at_once_than_there_are_slots():
    slots, working, most, lock = Slots(2, 100, 60), 0, 0, threading.Lock()

    def work() -> None:
        nonlocal working, most
        with slots.taken():
            with lock:
                working += 1
                most = max(most, working)
            Argon2id.__mro__[1]().encode("x", "c2FsdHNhbHQ")
            with lock:
                working -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 2


class Handed:
    """Slots that are all taken, on a clock that only tells how long somebody would have waited."""

    def __init__(self, free_after: float) -> None:
        self.free_after, self.waited = free_after, []

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        if not blocking:
            return False
        self.waited.append(min(timeout, self.free_after))
        return self.free_after <= timeout

    def release(self) -> None:
        self.waited.append("released")


@pytest.mark.parametrize(("free_after", "works", "waited"), [
    (1.9, True, [1.9, "released"]), (2.0, True, [2.0, "released"]), (2.1, False, [2.0])])
def test_A04_the_next_one_waits_two_seconds_and_no_longer(free_after, works, waited):
    slots = Slots(1, 3, hashers.slots.patience)
    slots._free = Handed(free_after)

    if works:
        with slots.taken():
            pass
    else:
        with pytest.raises(HashingBusy) as refused, slots.taken():
            pass
        assert refused.value.retry_after_seconds == 2

    assert slots._free.waited == waited
    # The place in the queue is free again either way.
    assert [slots._waiting.acquire(blocking=False) for _ in range(4)] == [True, True, True, False]


def test_A04_a_full_queue_refuses_without_waiting():
    slots = Slots(1, 3, 2.0)
    slots._free = Handed(0.5)
    for _ in range(3):
        slots._waiting.acquire()

    with pytest.raises(HashingBusy), slots.taken():
        pass

    assert slots._free.waited == []


def test_A04_who_waits_too_long_or_finds_the_queue_full_is_told_429(anna, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["sellerdesk.accounts.hashers.Argon2id", "sellerdesk.accounts.hashers.FastForTests"]
    Limit.objects.all().delete()
    impatient, full = Slots(1, 5, 0.01), Slots(1, 1, 0.01)
    full._waiting.acquire()
    for busy in (impatient, full):
        monkeypatch.setattr(hashers, "slots", busy)
        with busy.taken():
            with pytest.raises(HashingBusy):
                Argon2id().encode("x", "c2FsdHNhbHQ")
            answer = _sign_in(User(email="nobody@example.com"), "some other password")
            assert answer.status_code == 429
            assert answer["Retry-After"] == "2"
    # Nothing was tried, so nobody's budget is smaller.
    assert set(Limit.objects.values_list("count", flat=True)) == {0}
    assert _sign_in(User(email="nobody@example.com"), "some other password").status_code in (200, 422)
