"""Apps, recovery codes and codes by phone: set up, used once, taken down."""

from __future__ import annotations

import threading
from contextvars import copy_context
from datetime import timedelta

import pyotp
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection

from sellerdesk.accounts import one_time, standing
from sellerdesk.accounts.errors import ClockBehind, ClockOff, NotAlonePhone, PolicyDemandsFactor, WrongCode
from sellerdesk.accounts.models import RecoveryCode, SecurityEvent, User
from sellerdesk.accounts.queries import factors, has_second_factor
from sellerdesk.accounts.services import factors as acts
from sellerdesk.accounts.services import phone_factor, recovery_codes
from sellerdesk.accounts.types import Demand, Proof, RequestInfo, Standing
from sellerdesk.core.errors import Conflict, Forbidden, Invalid, LimitReached
from sellerdesk.core.models import Message
from sellerdesk.core.rules import put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits", "now")]

DESK = RequestInfo(address="192.0.2.7", agent="Firefox/140 Windows", device="Firefox, Windows")
STEP = timedelta(seconds=30)


def _set_up(user: User, now) -> pyotp.TOTP:
    """An app in the hand of its owner; its set-up spent the code of `now`."""
    app = pyotp.TOTP(one_time.new_seed())
    acts.add_app(user_id=user.pk, seed=app.secret, first=app.at(now - STEP), second=app.at(now), info=DESK, now=now)
    return app


def _try(user: User, code: str, now, info: RequestInfo = DESK) -> Proof:
    return acts.check_code(user_id=user.pk, code=code, info=info, now=now)


def _kinds(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(user=user).order_by("number").values_list("kind", flat=True))


# -- A09 ---------------------------------------------------------------------------------------------------------------


def test_A09_a_seed_has_160_bits_and_the_codes_are_those_of_every_other_app(now):
    seed = one_time.new_seed()

    assert len(seed) == 32
    assert [one_time.code_at(seed, step) for step in (1, 59_000_000)] == [
        pyotp.TOTP(seed).at(30), pyotp.TOTP(seed).at(59_000_000 * 30)]
    # RFC 6238, appendix B, the last six digits.
    assert one_time.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109 // 30) == "081804"


def test_A09_the_seed_lies_encrypted(anna, now):
    app = _set_up(anna, now)

    assert app.secret not in str(Authenticator.objects.get(user=anna).data)


@pytest.mark.parametrize(("shift", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_A09_a_code_one_step_early_or_late_counts_and_no_other(anna, now, shift, accepted):
    app = _set_up(anna, now - timedelta(hours=1))

    code = app.at(now + shift * STEP)

    if accepted:
        assert _try(anna, f"{code[:3]} {code[3:]}", now).method == "totp"
    else:
        with pytest.raises(Invalid):
            _try(anna, code, now)


def test_A09_a_code_works_once_even_after_the_cache_is_flushed(anna, now):
    app = _set_up(anna, now)
    later = now + 2 * STEP

    with pytest.raises(WrongCode):
        _try(anna, app.at(now), now)
    assert _try(anna, app.at(later), later).method == "totp"
    cache.clear()
    with pytest.raises(WrongCode):
        _try(anna, app.at(later), later)
    # An older code that was never used is no way back in either.
    with pytest.raises(Invalid):
        _try(anna, app.at(later - STEP), later)
    assert _kinds(anna) == ["factor.totp_added", "factor.failed", "factor.used", "factor.failed", "factor.failed"]


@pytest.mark.django_db(transaction=True)
def test_A09_of_two_requests_at_the_same_instant_one_gets_in(anna, now):
    app = _set_up(anna, now - timedelta(hours=1))
    start, seen = threading.Barrier(4), []

    def go(number: int) -> None:
        start.wait()
        try:
            seen.append(_try(anna, app.at(now), now, RequestInfo(address=f"192.0.2.{number}")).method)
        except Invalid:
            seen.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(go, number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen) == ["refused", "refused", "refused", "totp"]


def test_A09_a_late_telephone_is_told_apart_from_a_wrong_code(anna, now):
    app = _set_up(anna, now - timedelta(hours=1))

    with pytest.raises(ClockBehind) as late:
        _try(anna, app.at(now - timedelta(seconds=90)), now)
    assert "about 90 s ago" in late.value.text
    # Nothing is told about codes to come: that would name what opens the door in a minute.
    with pytest.raises(WrongCode):
        _try(anna, app.at(now + timedelta(seconds=90)), now)


@pytest.mark.parametrize(("seconds", "words"), [(-90, "about 90 s behind"), (150, "about 150 s ahead")])
def test_A09_setting_up_measures_a_clock_that_is_off(anna, now, seconds, words):
    app, shown = pyotp.TOTP(one_time.new_seed()), now + timedelta(seconds=seconds)

    with pytest.raises(ClockOff) as off:
        acts.add_app(user_id=anna.pk, seed=app.secret, first=app.at(shown - STEP), second=app.at(shown), info=DESK,
                     now=now)

    assert words in off.value.text
    assert not has_second_factor(anna.pk)


@pytest.mark.parametrize(("first", "second", "code"), [
    (-1, -1, "codes_same"), (-1, 1, "second_wrong"), (0, -1, "second_wrong"), (None, 0, "code_wrong")])
def test_A09_setting_up_takes_two_codes_that_follow_each_other(anna, now, first, second, code):
    app = pyotp.TOTP(one_time.new_seed())
    wrong = f"{(int(app.at(now)) + 1) % 1_000_000:06d}"

    with pytest.raises(Invalid) as refused:
        acts.add_app(user_id=anna.pk, seed=app.secret, now=now, info=DESK, second=app.at(now + second * STEP),
                     first=wrong if first is None else app.at(now + first * STEP))

    assert refused.value.code == code
    assert not has_second_factor(anna.pk)


# -- A05 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "seconds"), acts.USER_LIMITS)
def test_A05_tries_at_a_second_step_are_counted_per_person(anna, boris, now, limit, seconds):
    app = _set_up(anna, now - timedelta(days=2))
    # Spread out so that only the window in question fills up.
    moments = [now + number * timedelta(seconds=seconds) / (limit + 2) for number in range(limit + 1)]
    for number, at in enumerate(moments[:-1]):
        with time_machine.travel(at, tick=False), pytest.raises(WrongCode):
            _try(anna, "000000", at, RequestInfo(address=f"198.51.100.{number}"))

    with time_machine.travel(moments[-1], tick=False):
        # The right code waits too; otherwise guessing goes on.
        with pytest.raises(LimitReached) as refused:
            _try(anna, app.at(moments[-1]), moments[-1])
        assert 0 < refused.value.retry_after_seconds <= seconds
        with pytest.raises(WrongCode):
            _try(boris, "000000", moments[-1])


@pytest.mark.parametrize(("limit", "seconds"), acts.ADDRESS_LIMITS)
def test_A05_tries_at_a_second_step_are_counted_per_address(db, now, limit, seconds):
    people = [User.objects.create_user(f"p{number}@example.com", "x").pk for number in range(limit + 1)]
    answers = []
    for number, pk in enumerate(people):
        at = now + number * timedelta(seconds=seconds) / (limit + 2)
        with time_machine.travel(at, tick=False), pytest.raises((Invalid, LimitReached)) as refused:
            acts.check_code(user_id=pk, code="000000", info=DESK, now=at)
        answers.append(refused.type)

    assert answers == [WrongCode] * limit + [LimitReached]


def test_A05_a_success_is_not_counted(anna, now):
    app = _set_up(anna, now - timedelta(hours=1))

    for number in range(9):
        at = now + number * STEP
        with time_machine.travel(at, tick=False):
            assert _try(anna, app.at(at), at).method == "totp"


# -- A11 ---------------------------------------------------------------------------------------------------------------


def _codes(user: User, now) -> list[str]:
    codes = recovery_codes.prepare(user_id=user.pk)
    recovery_codes.confirm(user_id=user.pk, codes=codes, typed=codes[4], info=DESK, now=now)
    return codes


def test_A11_ten_codes_of_80_bits_lie_hashed(anna, now):
    _set_up(anna, now)
    codes = _codes(anna, now)

    assert len(set(codes)) == 10
    assert {len(one_time.recovery_text(code)) * 5 for code in codes} == {80}
    rows = list(RecoveryCode.objects.values_list("code_hash", "salt"))
    assert len(rows) == 10
    assert not [code for code in codes if one_time.recovery_text(code) in str(rows).upper()]


def test_A11_codes_count_only_after_one_was_typed_back(anna, now):
    _set_up(anna, now)
    codes = recovery_codes.prepare(user_id=anna.pk)

    with pytest.raises(Invalid) as refused:
        recovery_codes.confirm(user_id=anna.pk, codes=codes, typed="0000-0000-0000-0000", info=DESK, now=now)
    assert refused.value.code == "code_not_of_these"
    with pytest.raises(WrongCode):
        _try(anna, codes[0], now)
    assert factors(anna.pk).recovery_left == 0


def test_A11_a_code_works_once_and_a_low_count_is_mailed(anna, now):
    _set_up(anna, now)
    codes = _codes(anna, now)
    sloppy = codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert _try(anna, sloppy, now) == Proof("recovery_codes", left=9)
    with pytest.raises(WrongCode):
        _try(anna, codes[0], now)
    for code in codes[1:6]:
        _try(anna, code, now)
    assert "recovery.low" not in _kinds(anna)
    _try(anna, codes[6], now)

    assert factors(anna.pk).recovery_left == 3
    assert _kinds(anna)[-2:] == ["recovery.low", "factor.used"]
    assert "Only 3 recovery codes are left" in Message.objects.filter(to=anna.email).latest("pk").text


def test_A11_new_codes_replace_the_old_and_need_a_second_step(anna, now):
    with pytest.raises(Conflict):
        recovery_codes.prepare(user_id=anna.pk)
    _set_up(anna, now)
    old, new = _codes(anna, now), _codes(anna, now)

    with pytest.raises(WrongCode):
        _try(anna, old[0], now)
    assert _try(anna, new[0], now).left == 9


@pytest.mark.django_db(transaction=True)
def test_A11_one_code_typed_twice_at_once_opens_once(anna, now):
    _set_up(anna, now)
    code, start, seen = _codes(anna, now)[0], threading.Barrier(3), []

    def go(number: int) -> None:
        start.wait()
        try:
            seen.append(_try(anna, code, now, RequestInfo(address=f"192.0.2.{number}")).left)
        except Invalid:
            seen.append(-1)
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(go, number)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen) == [-1, -1, 9]


# -- taking down, and codes by phone -------------------------------------------------------------------------------------


@pytest.fixture
def standings(monkeypatch):
    """Shops' demands without shops."""
    told: list[int] = []

    def put_up(place: Standing) -> list[int]:
        monkeypatch.setattr(standing, "_source", [lambda _user_id: place])
        monkeypatch.setattr(standing, "_last_removed", [lambda user_id, _label, _now: told.append(user_id)])
        return told

    return put_up


def test_removing_the_last_factor_drops_its_stand_ins_and_is_told(anna, now, standings):
    told = standings(Standing(owner=True))
    _set_up(anna, now)
    _codes(anna, now)

    acts.remove_app(user_id=anna.pk, label="Anna", info=DESK, now=now)

    assert not has_second_factor(anna.pk)
    assert RecoveryCode.objects.count() == 0
    assert _kinds(anna)[-2:] == ["factor.totp_removed", "factor.last_removed"]
    assert told == [anna.pk]


def test_the_last_factor_stays_while_a_shop_demands_one(anna, now, standings):
    standings(Standing(demands=(Demand(1, "Anna's Shop", now),)))
    _set_up(anna, now)

    with pytest.raises(PolicyDemandsFactor) as refused:
        acts.remove_app(user_id=anna.pk, label="Anna", info=DESK, now=now)
    assert "“Anna's Shop” asks for a second step" in refused.value.text
    assert has_second_factor(anna.pk)

    standings(Standing(demands=(Demand(1, "Anna's Shop", now + timedelta(days=1)),)))
    acts.remove_app(user_id=anna.pk, label="Anna", info=DESK, now=now)
    assert not has_second_factor(anna.pk)


def _phone(user: User, now) -> None:
    User.objects.filter(pk=user.pk).update(phone="+79161234567", phone_verified_at=now)


def _texted() -> str:
    return Message.objects.filter(to="+79161234567").latest("pk").text.split()[0]


def test_a_code_by_phone_is_a_second_step_where_the_marketplace_allows_it(anna, now, standings):
    standings(Standing())
    _phone(anna, now)
    phone_factor.send_set_up(user_id=anna.pk, info=DESK, language="en", now=now)
    phone_factor.add(user_id=anna.pk, code=_texted(), info=DESK, now=now)
    assert factors(anna.pk).phone.number.endswith("67")

    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        phone_factor.send(user_id=anna.pk, info=DESK, language="en")
        assert _try(anna, _texted(), now).method == "phone"
        with pytest.raises(WrongCode):
            _try(anna, _texted(), now)

    put(phone_factor.RULE, "", {"enabled": False}, valid_from=now, source="test")
    with pytest.raises(Forbidden):
        phone_factor.send_set_up(user_id=anna.pk, info=DESK, language="en", now=now)


def test_owners_never_rely_on_their_number_alone(anna, now, standings):
    standings(Standing(owner=True))
    _phone(anna, now)
    with pytest.raises(NotAlonePhone):
        phone_factor.send_set_up(user_id=anna.pk, info=DESK, language="en", now=now)

    _set_up(anna, now)
    phone_factor.send_set_up(user_id=anna.pk, info=DESK, language="en", now=now)
    phone_factor.add(user_id=anna.pk, code=_texted(), info=DESK, now=now)
    with pytest.raises(NotAlonePhone):
        acts.remove_app(user_id=anna.pk, label="Anna", info=DESK, now=now)
    phone_factor.remove(user_id=anna.pk, label="Anna", info=DESK, now=now)
    assert factors(anna.pk).totp
