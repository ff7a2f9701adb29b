"""Signatures, answers, timetables."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from sellerdesk.notifications import rules

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
UID, STAMP, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_F01_the_standards_own_vector_is_reproduced():
    assert rules.sign([SECRET], UID, STAMP, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_F01_while_a_secret_rolls_either_of_them_proves_the_push():
    other = rules.make_secret(b"n" * 32)

    signatures = rules.sign([other, SECRET], UID, STAMP, BODY).split(" ")

    for secret in (SECRET, other):
        # As a receiver computes it, by the text of the standard alone.
        key = base64.b64decode(secret.split("_", 1)[1])
        own = base64.b64encode(hmac.new(key, f"{UID}.{STAMP}.{BODY.decode()}".encode(), hashlib.sha256).digest())
        assert f"v1,{own.decode()}" in signatures


@pytest.mark.parametrize(("form", "kind", "status", "body", "word"), [
    ("contract", "TYPE_NEW_POSTING", 200, b'{"result":true}', ""),
    ("contract", "TYPE_NEW_POSTING", 200, b'{"result":"true"}', "WRONG_RESULT_FIELD"),
    ("contract", "TYPE_NEW_POSTING", 200, b"", "EMPTY_BODY"),
    ("contract", "TYPE_NEW_POSTING", 200, b"<html>", "INVALID_JSON"),
    ("contract", "TYPE_NEW_POSTING", 200, b"[1]", "INVALID_BODY"),
    ("contract", "TYPE_NEW_POSTING", 200, b"[" * 100_000, "INVALID_JSON"),
    ("contract", "TYPE_NEW_POSTING", 201, b'{"result":true}', "STATUS_CODE_NOT_OK"),
    ("contract", "TYPE_NEW_POSTING", 302, b"", "STATUS_CODE_NOT_OK"),
    ("contract", "TYPE_NEW_POSTING", 503, b"", "SERVER_FAULT"),
    ("contract", "TYPE_NEW_POSTING", 400, b'{"error":{"code":"ERROR_REQUEST_DUPLICATED","message":"","details":null}}', ""),
    ("contract", "TYPE_NEW_POSTING", 400, b'{"error":{"code":"ERROR_UNKNOWN"}}', "STATUS_CODE_NOT_OK"),
    ("contract", "TYPE_PING", 200, b'{"version":"1","name":"x","time":"2019-08-24T14:15:22Z"}', ""),
    ("contract", "TYPE_PING", 200, b'{"version":"1","name":"x","time":"yesterday"}', "WRONG_RESULT_TIME_FIELD"),
    ("contract", "TYPE_PING", 200, b'{"result":true}', "WRONG_RESULT_FIELD"),
    ("standard", "TYPE_NEW_POSTING", 204, b"", ""),
    ("standard", "TYPE_NEW_POSTING", 301, b"", "STATUS_CODE_NOT_OK"),
])
def test_answers_are_judged_by_the_words_of_the_contract(form, kind, status, body, word):
    verdict = rules.judge(form, kind, status, body)

    assert (verdict.ok, verdict.code) == (not word, word)


def test_410_means_gone_in_either_form():
    assert rules.judge("standard", "x", 410, b"").gone
    assert rules.judge("contract", "x", 410, b"").gone


def test_F02_pauses_follow_the_timetable_with_a_share_of_chance_and_then_end():
    table = rules.DEFAULT_RETRY["standard"]

    assert [rules.pause(table, tries, 0.0).total_seconds() for tries in range(1, 10)] == table
    assert rules.pause(table, 1, 1.0).total_seconds() == 6.0
    assert rules.pause(table, 10, 0.0) is None


def test_the_standard_form_wraps_the_contracts_body():
    at = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)

    body = json.loads(rules.spell("standard", "TYPE_PING", {"a": 1}, at=at, key="posting:1", version=7))

    assert body == {"type": "TYPE_PING", "timestamp": "2026-11-23T09:00:00.123Z", "key": "posting:1", "version": 7,
                    "data": {"a": 1}}
    assert rules.spell("contract", "TYPE_PING", {"a": "Ё"}, at=at, key="", version=0) == '{"a":"Ё"}'.encode()
