"""One call of somebody's server: sign, send, judge. No database here, so it may run in any thread."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings

from sellerdesk.core import clock, fetch
from sellerdesk.core.fetch import FetchFailed
from sellerdesk.notifications import rules
from sellerdesk.notifications.types import Exchange, Letter, Verdict

AGENT = "Sellerdesk-Push/1"
_KEPT_HEADERS = 30


def client(connections: int = 4) -> httpx.Client:
    return fetch.guarded_client(ports=rules.PORTS, inner=settings.PUSH_NETWORKS, connections=connections)


def send(calls: httpx.Client, letter: Letter) -> Exchange:
    """Send one letter. Never raises for what the receiver does."""
    at = clock.real_now()
    stamp = int(at.timestamp())
    headers = {"Content-Type": "application/json", "User-Agent": AGENT, "Accept": "application/json",
               "webhook-id": letter.uid, "webhook-timestamp": str(stamp),
               "webhook-signature": rules.sign(letter.secrets, letter.uid, stamp, letter.body),
               "x-push-key": letter.key.encode("ascii", "replace").decode(), "x-push-version": str(letter.version)}
    return _call(calls, letter.url, letter.body, headers, letter.form, letter.type, at)


def check(url: str, form: str, secret: str, real_now: datetime) -> Exchange:
    """Ask an address for its name, as the contract does before it sends anything there."""
    body = rules.spell(form, rules.PING, {"message_type": rules.PING, "time": rules.stamp(real_now)}, at=real_now,
                       key="ping", version=0)
    stamp, uid = int(real_now.timestamp()), f"msg_check_{int(real_now.timestamp() * 1000)}"
    headers = {"Content-Type": "application/json", "User-Agent": AGENT, "Accept": "application/json",
               "webhook-id": uid, "webhook-timestamp": str(stamp),
               "webhook-signature": rules.sign([secret], uid, stamp, body)}
    with client() as calls:
        return _call(calls, url, body, headers, form, rules.PING, real_now)


def _call(calls: httpx.Client, url: str, body: bytes, headers: Mapping[str, str], form: str, message_type: str,
          at: datetime) -> Exchange:
    started = time.monotonic()
    answer: fetch.Answered | None = None
    try:
        answer = fetch.post(calls, url, body, headers, limit=rules.ANSWER_BYTES, seconds=rules.TIMEOUT_SECONDS)
        verdict = rules.judge(form, message_type, answer.status, answer.body, whole=answer.whole)
    except FetchFailed as failed:
        slow = failed.code == "fetch_slow"
        verdict = Verdict(False, "REQUEST_TIMEOUT" if slow else "REQUEST_ERROR", "" if slow else failed.code)
    taken = round((time.monotonic() - started) * 1000)
    if answer is None:
        return Exchange(at, taken, dict(headers), verdict)
    return Exchange(at, taken, dict(headers), verdict, answer.status, _kept(answer.headers),
                    answer.body[:rules.KEPT_CHARACTERS * 4].decode("utf-8", "replace")
                    .replace("\x00", "�")[:rules.KEPT_CHARACTERS])


def _kept(headers: Mapping[str, str]) -> dict[str, Any]:
    """Not everything: a receiver may answer with any number of headers of any length."""
    return {name[:60].replace("\x00", ""): value[:200].replace("\x00", "")
            for name, value in list(headers.items())[:_KEPT_HEADERS]}
