"""Bringing pushes to their addresses: whose turn it is, what came of a try, and the loop that does both.

Every try is a row. A sender that dies leaves its lease behind; when that has run out the push is sent again, so that a
receiver may get it twice and never misses it. Within one key (a posting, a product) the next push waits for the one
before it. An address that fails is held back, and tried again with one push at a time; others are served meanwhile.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from uuid_utils import uuid7

from sellerdesk.core import clock, crypto, faults, scope
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic
from sellerdesk.notifications import rules
from sellerdesk.notifications.models import Attempt, Delivery, Endpoint
from sellerdesk.notifications.services import posting, stopping
from sellerdesk.notifications.types import Exchange, Letter

log = structlog.get_logger(__name__)
PURPOSE = "notifications.secret"
LEASE = timedelta(seconds=30)
#: Made as they are needed: a thread does nothing but wait for a stranger's server.
THREADS = 192
#: So many at once to one address that answers. One whose latest try has not come off, and one that has not been tried
#: yet since this process began, gets one; all of them together no more than a share, those that fail a smaller one.
AT_ONCE = 4
TRIAL_AT_ONCE = 128
FAILING_AT_ONCE = 12
IDLE_SECONDS = 0.5
Send = Callable[[Letter], Exchange]


def claim(*, limit: int, real_now: datetime, busy: Counter[int] | None = None, trial_left: int = TRIAL_AT_ONCE,
          failing_left: int = FAILING_AT_ONCE, answering: Collection[int] = (), only: Collection[int] | None = None
          ) -> list[Letter]:
    """Take up to `limit` deliveries whose turn it is under a lease. `busy` counts what is under way by address;
    `answering` are addresses whose latest try came off.

    Two queries find the addresses that have something due; a fixed number for each takes it. However many addresses
    never answer, they hold their share and no more, and are not even looked at once it is taken.
    """
    due = Delivery.objects.filter(_free(real_now), endpoint_id=OuterRef("pk"), state="waiting", next_at__lte=real_now)
    rows = Endpoint.objects.filter(Q(hold_until=None) | Q(hold_until__lte=real_now), state="active")
    if only is not None:
        rows = rows.filter(pk__in=only)
    rows = rows.filter(Exists(due))
    letters: list[Letter] = []
    under_way = busy if busy is not None else Counter()
    # Whoever has waited longest since its last answer comes first, so that nobody is always last.
    ready = [pk for pk in answering if under_way[pk] < AT_ONCE]
    for endpoint in rows.filter(pk__in=ready).order_by("last_ok_at", "pk")[:limit] if ready else ():
        room = min(AT_ONCE - under_way[endpoint.pk], limit - len(letters))
        letters += _take(endpoint, room, real_now) if room > 0 else []
    waiting = rows.exclude(pk__in=[*answering, *under_way]).order_by("pk")
    for failing, share in ((False, trial_left), (True, min(trial_left, failing_left))):
        most = min(share, limit - len(letters))
        for endpoint in waiting.filter(failing_since__isnull=not failing)[:most] if most > 0 else ():
            letters += _take(endpoint, 1, real_now)
    return letters


def _free(real_now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=real_now)


def _take(endpoint: Endpoint, room: int, real_now: datetime) -> list[Letter]:
    earlier = Delivery.objects.filter(endpoint_id=endpoint.pk, key=OuterRef("key"), state="waiting",
                                      push_id__lt=OuterRef("push_id"))
    ids = list(Delivery.objects.filter(_free(real_now), ~Exists(earlier), endpoint_id=endpoint.pk, state="waiting",
                                       next_at__lte=real_now).order_by("push_id").values_list("pk", flat=True)[:room])
    token = str(uuid7())
    if not ids or not Delivery.objects.filter(_free(real_now), pk__in=ids, state="waiting").update(
            token=token, lease_until=real_now + LEASE):
        return []
    taken = Delivery.objects.filter(pk__in=ids, token=token).select_related("push").order_by("push_id")
    keys = open_secrets(endpoint, real_now)
    return [Letter(row.pk, endpoint.pk, endpoint.seller_id, endpoint.url, endpoint.form, keys, row.push.uid, row.key,
                   row.push_id, rules.spell(endpoint.form, row.type, row.push.body, at=row.push.happened_at,
                                            key=row.key, version=row.push_id),
                   row.type, row.tries, token, row.again) for row in taken]


def open_secrets(endpoint: Endpoint, real_now: datetime) -> tuple[str, ...]:
    """What signs now, the newest first."""
    kept = [endpoint.secret]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > real_now:
        kept.append(endpoint.old_secret)
    return tuple(crypto.decrypt(text.encode(), PURPOSE).decode() for text in kept)


def note(*, letter: Letter, exchange: Exchange, real_now: datetime) -> None:
    """Write down a try and what follows from it, in one transaction."""
    verdict = exchange.verdict
    with atomic():
        if not Delivery.objects.filter(pk=letter.delivery_id).exists():
            return  # the address was removed meanwhile
        Attempt.objects.create(
            seller_id=letter.seller_id, delivery_id=letter.delivery_id, endpoint_id=letter.endpoint_id,
            type=letter.type, at=exchange.at, milliseconds=exchange.milliseconds, status=exchange.status,
            code=verdict.code, detail=verdict.detail[:300], request_headers=dict(exchange.request_headers),
            response_headers=dict(exchange.response_headers), response_body=exchange.response_body)
        # Whoever lost the lease was too slow: another sender has it, and its try counts.
        mine = Delivery.objects.filter(pk=letter.delivery_id, token=letter.token, state="waiting")
        said = {"code": verdict.code, "status": exchange.status, "token": "", "lease_until": None}
        if verdict.ok:
            if letter.again:
                mine.update(**said, again=F("again") - 1, tries=F("tries") + 1, next_at=real_now)
            else:
                mine.update(**said, state="done", tries=F("tries") + 1, done_at=real_now)
            _well(letter, real_now)
            return
        timetable = dated.get("notifications.retry", letter.form, real_now).value
        share = secrets.randbelow(1001) / 1000
        pause = rules.pause(timetable, letter.tries + 1, share)
        if pause is None:
            mine.update(**said, state="dropped", tries=F("tries") + 1, done_at=real_now)
        else:
            mine.update(**said, tries=F("tries") + 1, next_at=real_now + pause)
        if verdict.gone:
            stopping.gone(endpoint_id=letter.endpoint_id, real_now=real_now)
        else:
            _badly(letter, verdict.code, real_now)


def _well(letter: Letter, real_now: datetime) -> None:
    row = Endpoint.objects.filter(pk=letter.endpoint_id)
    if row.filter(failing_since__isnull=False).update(failing_since=None, hold_until=None, last_ok_at=real_now):
        # It is back: what has waited for it goes at once, in order.
        Delivery.objects.filter(endpoint_id=letter.endpoint_id, state="waiting", next_at__gt=real_now).update(
            next_at=real_now)
    else:
        row.filter(Q(last_ok_at=None) | Q(last_ok_at__lt=real_now - timedelta(minutes=1))).update(last_ok_at=real_now)


def _badly(letter: Letter, code: str, real_now: datetime) -> None:
    row = Endpoint.objects.filter(pk=letter.endpoint_id, state="active")
    row.update(failing_since=Coalesce("failing_since", Value(real_now)))
    since = row.values_list("failing_since", flat=True).first()
    if since is None:
        return
    # Held back as long as it has failed already: 5 s, then twice as long each time, at most ten minutes.
    hold = min(max((real_now - since).total_seconds(), 5.0), float(rules.MOST_HOLD_SECONDS))
    row.update(hold_until=real_now + timedelta(seconds=hold))
    hours = dated.get("notifications.pause", letter.form, real_now).value["hours"]
    if real_now - since >= timedelta(hours=hours):
        stopping.pause(endpoint_id=letter.endpoint_id, code=code, since=since, real_now=real_now)


def run_due(*, real_now: datetime, send: Send | None = None, limit: int = 500) -> int:
    """Send what is due now, one after the other, in this thread. Returns how many tries were made.

    For tests, for commands and for a try by hand; the worker runs `run`.
    """
    made = 0
    with posting.client() as calls:
        do = send or (lambda letter: posting.send(calls, letter))
        while made < limit:
            letters = claim(limit=1, real_now=real_now)
            if not letters:
                return made
            exchange = do(letters[0])
            faults.point("notifications.sent")
            note(letter=letters[0], exchange=exchange, real_now=real_now)
            made += 1
    return made


def send_one(*, delivery_id: int, endpoint_id: int, real_now: datetime) -> Exchange | None:
    """Send one delivery now, whatever is in line before it. None where somebody else is sending it."""
    token = str(uuid7())
    mine = Delivery.objects.filter(_free(real_now), pk=delivery_id, endpoint_id=endpoint_id, state="waiting")
    if not mine.update(token=token, lease_until=real_now + LEASE):
        return None
    row = Delivery.objects.select_related("push", "endpoint").get(pk=delivery_id)
    endpoint = row.endpoint
    letter = Letter(row.pk, endpoint.pk, endpoint.seller_id, endpoint.url, endpoint.form,
                    open_secrets(endpoint, real_now), row.push.uid, row.key, row.push_id,
                    rules.spell(endpoint.form, row.type, row.push.body, at=row.push.happened_at, key=row.key,
                                version=row.push_id), row.type, row.tries, token, row.again)
    with posting.client() as calls:
        exchange = posting.send(calls, letter)
    note(letter=letter, exchange=exchange, real_now=clock.real_now())
    return exchange


@scope.across_shops()
def run(stop: threading.Event) -> None:
    """Send until told to stop: threads wait for strangers' servers, this one keeps the books."""
    busy: dict[Future[Exchange], Letter] = {}
    failing: set[int] = set()
    answering: set[int] = set()
    with posting.client(THREADS) as calls, ThreadPoolExecutor(THREADS, thread_name_prefix="push") as pool:
        while not stop.is_set():
            close_old_connections()
            by_endpoint = Counter(letter.endpoint_id for letter in busy.values())
            room = THREADS - len(busy)
            on_trial = sum(count for pk, count in by_endpoint.items() if pk not in answering)
            again = sum(count for pk, count in by_endpoint.items() if pk in failing)
            letters = claim(limit=room, real_now=clock.real_now(), busy=by_endpoint, answering=answering,
                            trial_left=TRIAL_AT_ONCE - on_trial, failing_left=FAILING_AT_ONCE - again) if room else []
            for letter in letters:
                busy[pool.submit(posting.send, calls, letter)] = letter
            if not busy:
                stop.wait(IDLE_SECONDS)
                continue
            done, _ = wait(busy, timeout=IDLE_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                letter, exchange = busy.pop(future), future.result()
                worse, better = (failing, answering) if exchange.verdict.ok else (answering, failing)
                worse.discard(letter.endpoint_id)
                better.add(letter.endpoint_id)
                note(letter=letter, exchange=exchange, real_now=clock.real_now())
