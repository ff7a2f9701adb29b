"""Pure decisions about pushes: which types there are, how they are signed, what an answer means, when to try again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from sellerdesk.notifications.types import Form, RingVerdict, Verdict

PING = "TYPE_PING"
NEW_POSTING = "TYPE_NEW_POSTING"
POSTING_CANCELLED = "TYPE_POSTING_CANCELLED"
STATE_CHANGED = "TYPE_STATE_CHANGED"
CUTOFF_CHANGED = "TYPE_CUTOFF_DATE_CHANGED"
DELIVERY_CHANGED = "TYPE_DELIVERY_DATE_CHANGED"
ITEM_CHANGED = "TYPE_CREATE_OR_UPDATE_ITEM"
STOCKS_CHANGED = "TYPE_STOCKS_CHANGED"
TREE_CHANGED = "TYPE_DESCRIPTION_CATEGORY_TREE_CHANGED"
ORDER_NEW = "TYPE_ORDER_NEW"
ORDER_CANCELLED = "TYPE_ORDER_CANCELLED"
ORDER_STATE = "TYPE_ORDER_STATE_CHANGED"
FBO_NEW = "TYPE_FBO_POSTING_NEW"
FBO_CANCELLED = "TYPE_FBO_POSTING_CANCELLED"
FBO_STATE = "TYPE_FBO_POSTING_STATE_CHANGED"
FBO_STOCKS = "TYPE_FBO_STOCKS_CHANGED"
MESSAGE_NEW = "TYPE_NEW_MESSAGE"
MESSAGE_UPDATED = "TYPE_UPDATE_MESSAGE"
MESSAGE_READ = "TYPE_MESSAGE_READ"
CHAT_CLOSED = "TYPE_CHAT_CLOSED"
#: Types whose fact exists in this product, in the order they are offered.
TYPES: tuple[str, ...] = (
    NEW_POSTING, POSTING_CANCELLED, STATE_CHANGED, CUTOFF_CHANGED, DELIVERY_CHANGED, ITEM_CHANGED, STOCKS_CHANGED,
    ORDER_NEW, ORDER_CANCELLED, ORDER_STATE, FBO_NEW, FBO_CANCELLED, FBO_STATE, FBO_STOCKS, MESSAGE_NEW,
    MESSAGE_UPDATED, MESSAGE_READ, CHAT_CLOSED, TREE_CHANGED)
#: The contract knows these; nothing in this product causes them. They can be chosen, so that programs written for the
#: whole list work, and are never sent.
SILENT_TYPES: tuple[str, ...] = (
    "TYPE_CREATE_ITEM", "TYPE_UPDATE_ITEM", "TYPE_FBO_POSTING_DELIVERY_DATE_CHANGED")
#: What the methods of the Seller API may name; the change of the category tree has no place in their list.
API_TYPES: tuple[str, ...] = tuple(name for name in (*TYPES, *SILENT_TYPES) if name != TREE_CHANGED)
#: Bodies of these carry the push's own id.
WITH_UUID = frozenset(name for name in (*TYPES, *SILENT_TYPES)
                      if name.startswith(("TYPE_ORDER", "TYPE_FBO_POSTING")))

MOST_ENDPOINTS = 10
TIMEOUT_SECONDS = 5.0
#: How much of an answer is read, and how much of it is kept.
ANSWER_BYTES = 64 * 1024
KEPT_CHARACTERS = 2_000
PORTS = frozenset({80, 443, 8080, 8443})
#: How old a signature a receiver should still take.
TOLERANCE_SECONDS = 300
SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret of the standard begins with
#: While an address fails it is tried at least this often, so that it is soon known when it is back.
MOST_HOLD_SECONDS = 600

#: After which pause each further try follows, in seconds. Dated rule `notifications.retry` by form.
DEFAULT_RETRY: Mapping[str, Any] = {
    "contract": [5, 15, 60, 180, 600, 600, 600, 600, 600, 600],
    "standard": [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]}
#: After how many hours of nothing but failures an address is paused. Dated rule `notifications.pause` by form.
DEFAULT_PAUSE: Mapping[str, Any] = {"contract": {"hours": 24}, "standard": {"hours": 120}}
#: How long the log is kept. Dated rule `notifications.log`.
DEFAULT_LOG: Mapping[str, Any] = {"": {"days": 30}}
#: Mean time to answer over a day, in milliseconds. Dated rule `notifications.availability`.
DEFAULT_AVAILABILITY: Mapping[str, Any] = {"": {"yellow_ms": 1500, "red_ms": 2500}}
#: Notes to browsers: after which pauses a further try follows, for how many hours a note is worth telling, how many
#: minutes lie between two of the same crowd, and how many devices a person has. Dated rule `notifications.ring`.
DEFAULT_RING: Mapping[str, Any] = {"": {"pauses": [10, 60, 300, 1800, 7200], "hours": 12, "crowd_minutes": 5,
                                        "devices": 10}}
RING_URL_MAX = 1000
RING_MOST_WAIT_SECONDS = 7200
#: Where browsers listen: the services of Chromium, Firefox, Edge and Safari. `.name` stands for all below it.
RING_SERVICES: tuple[str, ...] = (
    "fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.services.mozilla.com", ".notify.windows.com",
    "web.push.apple.com", ".push.apple.com")
#: Answers that no further try changes: the request is not understood, or our key is not the one it knows.
_REFUSED = frozenset({400, 401, 403, 413})
#: Shares of pauses are drawn up to so much longer, that a thousand receivers are not called in one second.
JITTER = 0.2


def sign(secrets: Sequence[str], uid: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: HMAC-SHA256 over id.timestamp.body with every secret, the newest first."""
    signed = f"{uid}.{timestamp}.".encode() + body
    return " ".join(
        "v1," + base64.b64encode(hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()).decode()
        for secret in secrets)


def secret_bytes(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(SECRET_PREFIX))


def make_secret(random: bytes) -> str:
    """`whsec_` and 24 to 64 random bytes, as the standard asks."""
    return SECRET_PREFIX + base64.b64encode(random).decode()


def pause(timetable: Sequence[int], tries: int, share: float) -> timedelta | None:
    """How long to wait after so many failed tries; None when no further one follows. `share` is 0 to 1, by chance."""
    if tries > len(timetable):
        return None
    return timedelta(seconds=timetable[tries - 1] * (1 + JITTER * share))


def judge(form: str, message_type: str, status: int, body: bytes, *, whole: bool = True) -> Verdict:
    """What an answer means. The words are those of the contract's check of an address."""
    if status == 410:
        return Verdict(False, "STATUS_CODE_NOT_OK", "410", gone=True)
    if form == "standard":
        if 200 <= status < 300:
            return Verdict(True)
        return _bad_status(status)
    if status != 200:
        # A receiver that has the push already says so with an error; it is taken all the same.
        return Verdict(True) if _error_code(body) == "ERROR_REQUEST_DUPLICATED" else _bad_status(status)
    if not whole:
        return Verdict(False, "INVALID_BODY", "")
    if not body.strip():
        return Verdict(False, "EMPTY_BODY", "")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Verdict(False, "INVALID_JSON", body[:200].decode("utf-8", "replace"))
    if not isinstance(said, dict):
        return Verdict(False, "INVALID_BODY", body[:200].decode("utf-8", "replace"))
    if message_type == PING:
        return _judge_ping(said)
    if said.get("result") is not True:
        return Verdict(False, "WRONG_RESULT_FIELD", str(said.get("result"))[:200])
    return Verdict(True)


def _bad_status(status: int) -> Verdict:
    return Verdict(False, "SERVER_FAULT" if status >= 500 else "STATUS_CODE_NOT_OK", str(status))


def _error_code(body: bytes) -> str:
    try:
        said = json.loads(body)
        return str(said["error"]["code"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _judge_ping(said: Mapping[str, Any]) -> Verdict:
    for name in ("version", "name"):
        if not isinstance(said.get(name), str) or not said[name]:
            return Verdict(False, "WRONG_RESULT_FIELD", name)
    moment = said.get("time")
    try:
        if not isinstance(moment, str) or datetime.fromisoformat(moment).tzinfo is None:
            raise ValueError
    except ValueError:
        return Verdict(False, "WRONG_RESULT_TIME_FIELD", str(moment)[:200])
    return Verdict(True)


def stamp(moment: datetime) -> str:
    """`2021-01-26T06:56:36.294Z`."""
    offset = moment.utcoffset() or timedelta(0)
    return (moment - offset).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def spell(form: Form | str, message_type: str, body: Mapping[str, Any], *, at: datetime, key: str, version: int
          ) -> bytes:
    """The very bytes that are signed and sent."""
    if form == "standard":
        body = {"type": message_type, "timestamp": stamp(at), "key": key, "version": version, "data": body}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def availability(mean_ms: float, failed: int, answered: int, limits: Mapping[str, int]) -> str:
    """GREEN, YELLOW or RED: half of the answers wrong is red whatever the time."""
    total = failed + answered
    if not total:
        return ""
    if failed * 2 > total or mean_ms > limits["red_ms"]:
        return "RED"
    return "YELLOW" if mean_ms >= limits["yellow_ms"] else "GREEN"


#: What an ordinary order is taken for in a shop whose inbox holds no order, in minor units.
ORDINARY_MINOR = 100_000
#: How soon something without a deadline is taken to matter.
_NO_HURRY = timedelta(hours=72)


def ordinary(risks: Sequence[int]) -> int:
    """An ordinary order of a shop, from what stands in its inbox: the median."""
    known = sorted(risk for risk in risks if risk > 0)
    return known[len(known) // 2] if known else ORDINARY_MINOR


def urgency(risk_minor: int, left: timedelta | None) -> float:
    """Money at risk against the time that is left: twice the money in half the time weighs four times as much.

    What is overdue weighs as if a quarter of an hour were left.
    """
    hours = max((_NO_HURRY if left is None else left) / timedelta(hours=1), 0.25)
    return risk_minor / hours


def after_quiet(moment: datetime, zone: tzinfo, begin: time | None, end: time | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into. Hours may lie across midnight."""
    if begin is None or end is None or begin == end:
        return moment
    local = moment.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    quiet = begin <= clock < end if begin < end else clock >= begin or clock < end
    if not quiet:
        return moment
    until = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    if until <= local:
        until += timedelta(days=1)
    return until.astimezone(moment.tzinfo)


def next_digest(moment: datetime, zone: tzinfo, how: str, hour: int) -> datetime:
    """When the next digest goes out: at the full hour, or once a day at an hour of the person's zone."""
    local = moment.astimezone(zone)
    if how == "hourly":
        following = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    else:
        following = local.replace(hour=hour, minute=0, second=0, microsecond=0)
        if following <= local:
            following += timedelta(days=1)
    return following.astimezone(moment.tzinfo)


def ring_address(url: str, own: Sequence[str]) -> str:
    """The host of a browser's address; empty where it is none of a push service.

    `own` are origins that the operator has added, such as `https://push.example.cn`; only there http is taken.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not host or parts.username or parts.password or len(url) > RING_URL_MAX:
        return ""
    if f"{parts.scheme}://{parts.netloc}".lower() in own:
        return host
    known = any(host.endswith(name) if name.startswith(".") else host == name for name in RING_SERVICES)
    return host if known and parts.scheme == "https" and port in (None, 443) else ""


def judge_ring(status: int) -> RingVerdict:
    """What a push service's answer means: `done`, `gone` (the browser has unsubscribed), `refused` or `again`."""
    if 200 <= status < 300:
        return "done"
    if status in (404, 410):
        return "gone"
    return "refused" if status in _REFUSED else "again"


def ring_pause(pauses: Sequence[int], tries: int, share: float, wished: str) -> timedelta | None:
    """How long to wait after so many failed tries, at least as long as the service wished; None: give up."""
    found = pause(pauses, tries, share)
    if found is None or not wished.isdigit():
        return found
    return max(found, timedelta(seconds=min(int(wished[:6]), RING_MOST_WAIT_SECONDS)))
