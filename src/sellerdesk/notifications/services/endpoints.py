"""Addresses of a shop's programs: made after a test push, changed, switched, resumed, removed; secrets rolled."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sellerdesk.core import activity, crypto
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.notifications import errors, events, rules
from sellerdesk.notifications.models import Delivery, Endpoint, Push
from sellerdesk.notifications.services import collecting, posting, sending
from sellerdesk.notifications.services.stopping import label
from sellerdesk.notifications.types import FORMS, Exchange, Secret
from sellerdesk.sellers.types import SellerRef

URL_MAX = 500
#: The secret before a rolled one signs for so long too, so that receivers can be changed over one by one.
ROLL_HOURS = (0, 1, 24, 72)


def add_endpoint(*, seller: SellerRef, url: str, types: Sequence[str], form: str = "contract", actor: Actor,
                 now: datetime, real_now: datetime) -> Secret:
    """Send a test push and, when it is answered as expected, keep the address. The secret is told only now.

    Raises Invalid with every wrong field, CheckFailed, TooManyEndpoints.
    """
    wrong = _faults(seller, url, types)
    if form not in FORMS:
        wrong.append(FieldError("form", "form_unknown", errors.type_unknown(form).message, form[:20],
                                {"name": form[:20]}))
    if wrong:
        raise Invalid.many(wrong)
    _room(seller)
    secret = rules.make_secret(secrets.token_bytes(32))
    _prove(url, form, secret, real_now)
    with atomic():
        locked(f"notifications:{seller.id}")
        _room(seller)
        row = Endpoint.objects.create(seller_id=seller.id, url=url, form=form, types=_ordered(types),
                                      secret=_closed(secret), created_at=real_now, last_ok_at=real_now)
        _tell(events.ENDPOINT_ADDED, row, actor, now, after={"types": row.types, "form": form})
    return Secret(row.pk, secret)


def change_endpoint(*, seller: SellerRef, endpoint_id: int, url: str | None = None, types: Sequence[str] | None = None,
                    actor: Actor, now: datetime, real_now: datetime) -> None:
    """Change where and what is sent; a new address is tried first. What waits goes to the new one.

    Raises EndpointUnknown, Invalid, CheckFailed.
    """
    row = _row(seller, endpoint_id)
    url, types = row.url if url is None else url, row.types if types is None else types
    wrong = _faults(seller, url, types, but=row.pk)
    if wrong:
        raise Invalid.many(wrong)
    if url != row.url:
        _prove(url, row.form, sending.open_secrets(row, real_now)[0], real_now)
    before = {"url": label(row.url), "types": row.types}
    with atomic():
        row = _row(seller, endpoint_id, lock=True)
        row.url, row.types = url, _ordered(types)
        row.save(update_fields=["url", "types"])
        after = {"url": label(row.url), "types": row.types}
        if after != before:
            _tell(events.ENDPOINT_CHANGED, row, actor, now, before=before, after=after)


def remove_endpoint(*, seller: SellerRef, endpoint_id: int, actor: Actor, now: datetime) -> str:
    """Take an address off with its log. Returns it. Raises EndpointUnknown."""
    with atomic():
        row = _row(seller, endpoint_id, lock=True)
        _tell(events.ENDPOINT_REMOVED, row, actor, now)
        row.delete()
    return row.url


def switch_endpoint(*, seller: SellerRef, endpoint_id: int, on: bool, actor: Actor, now: datetime,
                    real_now: datetime) -> None:
    """On: pushes go on, with all that was kept while paused. Off: nothing is sent or kept. Raises EndpointUnknown."""
    with atomic():
        row = _row(seller, endpoint_id, lock=True)
        if on:
            if row.state != "active":
                _start(row, actor, now, real_now)
        elif row.state != "off":
            row.state = "off"
            row.save(update_fields=["state"])
            Delivery.objects.filter(endpoint_id=row.pk, state="waiting").update(
                state="stopped", done_at=real_now, token="", lease_until=None)
            _tell(events.ENDPOINT_SWITCHED_OFF, row, actor, now)


def resume_endpoint(*, seller: SellerRef, endpoint_id: int, actor: Actor, now: datetime, real_now: datetime) -> int:
    """Go on from where a paused address stopped; returns how many pushes wait. Raises EndpointUnknown, NotPaused."""
    with atomic():
        row = _row(seller, endpoint_id, lock=True)
        if row.state != "paused":
            raise errors.NotPaused()
        _start(row, actor, now, real_now)
        return Delivery.objects.filter(endpoint_id=row.pk, state="waiting").count()


def _start(row: Endpoint, actor: Actor, now: datetime, real_now: datetime) -> None:
    event = events.ENDPOINT_RESUMED if row.state == "paused" else events.ENDPOINT_SWITCHED_ON
    row.state, row.failing_since, row.hold_until, row.paused_at, row.pause_code = "active", None, None, None, ""
    row.save(update_fields=["state", "failing_since", "hold_until", "paused_at", "pause_code"])
    Delivery.objects.filter(endpoint_id=row.pk, state="waiting").update(next_at=real_now, tries=0)
    _tell(event, row, actor, now)


def roll_secret(*, seller: SellerRef, endpoint_id: int, overlap_hours: int, actor: Actor, now: datetime,
                real_now: datetime) -> Secret:
    """Make a new secret; the one before signs beside it for `overlap_hours`. Raises EndpointUnknown, Invalid."""
    if overlap_hours not in ROLL_HOURS:
        raise Invalid("out_of_range", field="overlap_hours", data={"value": str(overlap_hours)})
    secret = rules.make_secret(secrets.token_bytes(32))
    with atomic():
        row = _row(seller, endpoint_id, lock=True)
        until = real_now + timedelta(hours=overlap_hours) if overlap_hours else None
        row.old_secret, row.old_secret_until = (row.secret, until) if until else ("", None)
        row.secret = _closed(secret)
        row.save(update_fields=["secret", "old_secret", "old_secret_until"])
        _tell(events.SECRET_ROLLED, row, actor, now, data={"overlap_hours": overlap_hours})
    return Secret(row.pk, secret, until)


def try_endpoint(*, seller: SellerRef, endpoint_id: int, now: datetime, real_now: datetime) -> Exchange | None:
    """Send a test push now; it stands in the log like any other. Raises EndpointUnknown, Conflict where it is off."""
    row = _row(seller, endpoint_id)
    if row.state in ("off", "gone"):
        raise Conflict("push_endpoint_off")
    delivery_id = collecting.ping(seller_id=seller.id, endpoint=row, now=now, real_now=real_now)
    exchange = sending.send_one(delivery_id=delivery_id, endpoint_id=row.pk, real_now=real_now)
    # Somebody looks at the answer now; a test is not tried again later.
    Delivery.objects.filter(pk=delivery_id, state="waiting").update(state="dropped", done_at=real_now)
    return exchange


def check_address(*, url: str, real_now: datetime) -> Exchange:
    """Try an address as it would be tried at saving, and keep nothing. Raises Invalid for no address at all."""
    if not _is_address(url):
        raise Invalid.many([errors.url_invalid(url)])
    return posting.check(url, "contract", rules.make_secret(secrets.token_bytes(32)), real_now)


def redeliver(*, seller: SellerRef, delivery_id: int, actor: Actor, now: datetime, real_now: datetime) -> int:
    """Put one delivery in line again; returns its address's id. Raises DeliveryUnknown, Conflict where it is off."""
    row = Delivery.objects.filter(seller_id=seller.id, pk=delivery_id).first()
    if row is None:
        raise errors.DeliveryUnknown()
    _again(seller, row.endpoint_id, Delivery.objects.filter(pk=row.pk), actor, now, real_now)
    return row.endpoint_id


def redeliver_failed(*, seller: SellerRef, endpoint_id: int, since: datetime, actor: Actor, now: datetime,
                     real_now: datetime) -> int:
    """Put everything in line again that was given up since a (real) moment; returns how many.

    Raises EndpointUnknown, Conflict where the address is off.
    """
    rows = Delivery.objects.filter(endpoint_id=endpoint_id, seller_id=seller.id, state__in=("dropped", "stopped"),
                                   created_at__gte=since).exclude(type=rules.PING)
    return _again(seller, endpoint_id, rows, actor, now, real_now)


def _again(seller: SellerRef, endpoint_id: int, rows: Any, actor: Actor, now: datetime, real_now: datetime) -> int:
    with atomic():
        endpoint = _row(seller, endpoint_id, lock=True)
        if endpoint.state in ("off", "gone"):
            raise Conflict("push_endpoint_off")
        count = rows.update(state="waiting", tries=0, next_at=real_now, done_at=None, code="", status=None)
        if count:
            _tell(events.REDELIVERED, endpoint, actor, now, data={"count": count})
        return count


def forget_old(*, real_now: datetime, days: int, limit: int = 5000) -> int:
    """Drop what is older than the log is kept, some at a time. Returns how many deliveries went."""
    before = real_now - timedelta(days=days)
    ids = list(Delivery.objects.filter(created_at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    Delivery.objects.filter(pk__in=ids).delete()
    Push.objects.filter(created_at__lt=before).exclude(pk__in=Delivery.objects.values("push_id")).delete()
    return len(ids)


def _row(seller: SellerRef, endpoint_id: int, *, lock: bool = False) -> Endpoint:
    rows = Endpoint.objects.select_for_update() if lock else Endpoint.objects
    row = rows.filter(seller_id=seller.id, pk=endpoint_id).first()
    if row is None:
        raise errors.EndpointUnknown()
    return row


def _faults(seller: SellerRef, url: str, types: Sequence[str], but: int = 0) -> list[FieldError]:
    wrong = []
    if not _is_address(url):
        wrong.append(errors.url_invalid(url))
    elif Endpoint.objects.filter(seller_id=seller.id, url=url).exclude(pk=but).exists():
        wrong.append(errors.url_taken(url))
    known = {*rules.TYPES, *rules.SILENT_TYPES}
    wrong += [errors.type_unknown(name) for name in types if name not in known]
    if not types:
        wrong.append(errors.types_missing())
    return wrong


def _is_address(url: str) -> bool:
    if len(url) > URL_MAX or any(ord(letter) <= 32 for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return (parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
                and (parts.port is None or parts.port > 0))
    except ValueError:
        return False


def _room(seller: SellerRef) -> None:
    if Endpoint.objects.filter(seller_id=seller.id).count() >= rules.MOST_ENDPOINTS:
        raise errors.TooManyEndpoints(data={"limit": rules.MOST_ENDPOINTS})


def _prove(url: str, form: str, secret: str, real_now: datetime) -> None:
    """Raises CheckFailed. No transaction is open meanwhile: a stranger's server takes its time."""
    verdict = posting.check(url, form, secret, real_now).verdict
    if not verdict.ok:
        raise errors.CheckFailed(verdict.code, verdict.detail)


def _closed(secret: str) -> str:
    return crypto.encrypt(secret.encode(), sending.PURPOSE).decode()


def _ordered(types: Sequence[str]) -> list[str]:
    return [name for name in (*rules.TYPES, *rules.SILENT_TYPES) if name in set(types)]


def _tell(event: str, row: Endpoint, actor: Actor, now: datetime, **more: Any) -> None:
    activity.record(event, now=now, actor=actor, seller_id=row.seller_id, target_type="endpoint", target_id=row.pk,
                    target_label=label(row.url), **more)
