"""Codes by telephone: short-lived, few tries, once, and not to be had in bulk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from sellerdesk.accounts import rules
from sellerdesk.accounts.errors import PhoneCodeSpent, PhoneCodeWrong, PhoneInvalid
from sellerdesk.accounts.models import PhoneCode, SecurityEvent
from sellerdesk.accounts.services import phone
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.errors import LimitReached
from sellerdesk.core.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

NUMBER = "+79161234567"
HOME = RequestInfo(address="203.0.113.7")


def send(**changed):
    phone.send_code(**{"phone": NUMBER, "purpose": "sign_in", "user_id": None, "info": HOME, "language": "en",
                       **changed})
    return re.search(r"\b\d{6}\b", Message.objects.filter(channel="sms").latest("id").text).group()


@pytest.mark.parametrize(("typed", "number"), [
    ("+7 (916) 123-45-67", NUMBER), ("8 916 123 45 67", NUMBER), ("0086 138 1234 5678", "+8613812345678"),
    ("+86 138 1234 5678", "+8613812345678"), ("9161234567", ""), ("+7", ""), ("+79161234567890123", ""),
    ("+7916123456x", "")])
def test_number_is_read_as_people_write_it(typed, number):
    assert rules.e164(typed) == number


def test_code_works_once_and_only_for_its_purpose_and_number(db):
    code = send()
    for wrong in ({"purpose": "register"}, {"phone": "+79160000000"}):
        with pytest.raises(PhoneCodeSpent):
            phone.check_code(**{"phone": NUMBER, "purpose": "sign_in", "code": code, **wrong})
    phone.check_code(phone=NUMBER, purpose="sign_in", code=f" {code[:3]} {code[3:]}")
    with pytest.raises(PhoneCodeSpent):
        phone.check_code(phone=NUMBER, purpose="sign_in", code=code)


def test_code_is_not_in_the_table_and_its_plain_digest_is_neither(db):
    from sellerdesk.core import crypto

    code = send()
    row = PhoneCode.objects.get()
    assert code not in row.code_hash
    assert row.code_hash not in {crypto.digest(code), crypto.digest(f"{NUMBER}:sign_in:{code}")}


def test_A05_fifth_wrong_try_is_the_last_even_with_the_right_code(db):
    code = send()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(PhoneCodeWrong):
            phone.check_code(phone=NUMBER, purpose="sign_in", code=wrong)
    with pytest.raises(PhoneCodeSpent):
        phone.check_code(phone=NUMBER, purpose="sign_in", code=code)


def test_code_dies_after_ten_minutes_and_when_a_newer_one_is_sent(db, now):
    with time_machine.travel(now, tick=False) as time:
        first = send()
        time.shift(timedelta(minutes=9, seconds=59))
        second = send()
        if first != second:
            with pytest.raises(PhoneCodeWrong):
                phone.check_code(phone=NUMBER, purpose="sign_in", code=first)
        time.shift(timedelta(minutes=10))
        with pytest.raises(PhoneCodeSpent):
            phone.check_code(phone=NUMBER, purpose="sign_in", code=second)


def test_A05_another_code_after_a_minute_and_five_an_hour(db, now):
    with time_machine.travel(now, tick=False) as time:
        for _ in range(5):
            send()
            with pytest.raises(LimitReached) as refused:
                send()
            assert refused.value.retry_after_seconds == 60
            time.shift(timedelta(seconds=61))
        with pytest.raises(LimitReached) as refused:
            send()
        assert refused.value.retry_after_seconds == 3600 - 5 * 61
    assert Message.objects.filter(channel="sms").count() == 5


def test_M04_history_tells_of_the_code_without_it_or_the_whole_number(anna):
    code = send(user_id=anna.pk)
    event = SecurityEvent.objects.get(user=anna, kind="phone.code_sent")
    assert event.detail == {"phone": "+7 ••• 45 67"}
    assert code not in str(event.__dict__)


def test_what_is_no_number_is_refused_with_an_example(db):
    with pytest.raises(PhoneInvalid, match=r"\+79161234567"):
        send(phone="call me")
