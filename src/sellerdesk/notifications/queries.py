"""Reading addresses and the log of pushes, notes and wishes. Fixed queries, whatever the size of the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sellerdesk.core import events as known_events
from sellerdesk.core import mail, tally
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid, fill
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.notifications import rules, texts
from sellerdesk.notifications.errors import DeliveryUnknown, EndpointUnknown
from sellerdesk.notifications.kinds import BY_KEY, CHANNELS, KINDS
from sellerdesk.notifications.models import Attempt, Choice, Delivery, Device, Endpoint, Note, Ring
from sellerdesk.notifications.types import (
    AttemptRow,
    DeliveryCard,
    DeliveryRow,
    DeviceRow,
    EndpointRow,
    Health,
    NoteRow,
    Wishes,
)
from sellerdesk.sellers.types import SellerRef

_ATTEMPTS_SHOWN = 50


def endpoints(seller: SellerRef) -> list[EndpointRow]:
    """A shop's addresses with how many pushes wait for each, the oldest first. One query."""
    return [_endpoint(row) for row in _endpoints(seller).order_by("pk")]


def endpoint(seller: SellerRef, endpoint_id: int) -> EndpointRow:
    """Raises EndpointUnknown, also for another shop's."""
    row = _endpoints(seller).filter(pk=endpoint_id).first()
    if row is None:
        raise EndpointUnknown()
    return _endpoint(row)


def _endpoints(seller: SellerRef) -> QuerySet[Any]:
    waiting = Delivery.objects.filter(endpoint_id=OuterRef("pk"), state="waiting").order_by().values(
        "endpoint_id").annotate(count=Count("pk")).values("count")
    return Endpoint.objects.filter(seller_id=seller.id).annotate(waiting=Coalesce(Subquery(waiting), 0))


def _endpoint(row: Any) -> EndpointRow:
    return EndpointRow(row.pk, row.url, row.form, tuple(row.types), row.state, row.created_at, row.failing_since,
                       row.paused_at, row.last_ok_at, row.old_secret_until, row.pause_code, row.waiting)


def log_page(seller: SellerRef, *, endpoint_id: int = 0, tab: str = "", push_type: str = "",
             cursor: str | None = None, limit: int = 50) -> Page[DeliveryRow]:
    """The log, newest first; `tab` is empty for all, `failed` or `waiting`. One query."""
    rows = Delivery.objects.filter(seller_id=seller.id)
    if endpoint_id:
        rows = rows.filter(endpoint_id=endpoint_id)
    if push_type:
        rows = rows.filter(type=push_type)
    if tab == "failed":
        rows = rows.filter(Q(state__in=("dropped", "stopped")) | (Q(state="waiting") & ~Q(code="")))
    elif tab == "waiting":
        rows = rows.filter(state="waiting")
    if cursor:
        [place] = cursor_decode(cursor, 1)
        if not isinstance(place, int):
            raise Invalid("cursor_invalid", field="cursor")
        rows = rows.filter(pk__lt=place)
    found = list(rows.select_related("push", "endpoint").order_by("-pk")[:limit + 1])
    shown = [_delivery(row) for row in found[:limit]]
    return Page(shown, cursor_encode(shown[-1].id) if len(found) > limit else "")


def delivery(seller: SellerRef, delivery_id: int) -> DeliveryCard:
    """One push to one address with its latest tries. Two queries. Raises DeliveryUnknown."""
    row = Delivery.objects.filter(seller_id=seller.id, pk=delivery_id).select_related("push", "endpoint").first()
    if row is None:
        raise DeliveryUnknown()
    sent = rules.spell(row.endpoint.form, row.type, row.push.body, at=row.push.happened_at, key=row.key,
                       version=row.push_id)
    tries = Attempt.objects.filter(delivery_id=row.pk).order_by("-pk").values_list(
        "at", "milliseconds", "status", "code", "detail", "request_headers", "response_headers", "response_body")
    return DeliveryCard(_delivery(row), row.endpoint.form, json.dumps(json.loads(sent), ensure_ascii=False, indent=2),
                        tuple(AttemptRow(*each) for each in tries[:_ATTEMPTS_SHOWN]))


def _delivery(row: Delivery) -> DeliveryRow:
    return DeliveryRow(row.pk, row.endpoint_id, row.endpoint.url, row.type, row.key, row.push_id, row.push.uid,
                       row.state, row.tries, row.created_at, row.next_at if row.state == "waiting" else None,
                       row.done_at, row.code, row.status)


def health(seller: SellerRef, real_now: datetime) -> dict[int, Health]:
    """How each address answered in the last day, by the worst of its types. One query."""
    limits = dated.get("notifications.availability", "", real_now).value
    rows = Attempt.objects.filter(seller_id=seller.id, at__gte=real_now - timedelta(days=1)).values(
        "endpoint_id", "type").annotate(mean=Avg("milliseconds"), failed=Count("pk", filter=~Q(code="")),
                                        answered=Count("pk", filter=Q(code=""))).order_by("endpoint_id", "type")
    order = ("", "GREEN", "YELLOW", "RED")
    found: dict[int, Health] = {}
    for row in rows:
        status = rules.availability(row["mean"], row["failed"], row["answered"], limits)
        if order.index(status) > order.index(found.get(row["endpoint_id"], Health()).status):
            found[row["endpoint_id"]] = Health(status, real_now, row["type"], f"{round(row['mean'])} ms, "
                                               f"{row['failed']}/{row['failed'] + row['answered']}")
    return found


def thresholds(at: datetime) -> dict[str, int]:
    """Milliseconds from which an address counts as YELLOW and as RED: `yellow_ms`, `red_ms`."""
    return dict(dated.get("notifications.availability", "", at).value)


def known_types(names: Iterable[str]) -> list[str]:
    """Those that the contract's methods may name, in its order."""
    asked = set(names)
    return [name for name in rules.API_TYPES if name in asked]


def api_types() -> tuple[str, ...]:
    """Every type that the contract's methods may name."""
    return rules.API_TYPES


def type_text(name: str) -> Any:
    """What a push of this type tells, translated when read."""
    return texts.type_text(name)


# -- notes and wishes --------------------------------------------------------------------------------------------------


def wishes(seller: SellerRef, user_ids: Sequence[int]) -> dict[int, Wishes]:
    """What each of these people wants to hear: their own choice, else the shop's, else the usual. One query."""
    rows = {row.user_id: row for row in Choice.objects.filter(
        Q(user_id=None) | Q(user_id__in=set(user_ids)), seller_id=seller.id)}
    return {user_id: _wishes(rows.get(user_id), rows.get(None)) for user_id in user_ids}


def usual_wishes(seller: SellerRef) -> Wishes:
    """The shop's own setting for people who have chosen nothing. One query."""
    return _wishes(None, Choice.objects.filter(seller_id=seller.id, user_id=None).first())


def _wishes(own: Choice | None, shop: Choice | None) -> Wishes:
    row = own or shop
    chosen: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        channels = kind.usual
        for choice in (shop, own):
            if choice is not None and not kind.locked and kind.key in choice.channels:
                channels = frozenset(choice.channels[kind.key]) & frozenset(CHANNELS)
        chosen[kind.key] = channels
    if row is None:
        return Wishes(chosen)
    return Wishes(chosen, row.quiet_from, row.quiet_to, row.digest, row.digest_hour)


def unread_count(seller: SellerRef, user_id: int) -> Tally:
    """For the bell. Over an index."""
    return tally.rows(Note.objects.filter(seller_id=seller.id, user_id=user_id, read_at=None, in_app=True))


def notes_page(seller: SellerRef, user_id: int, *, cursor: str | None = None, limit: int = 50) -> Page[NoteRow]:
    """A person's notes, newest first. One query."""
    rows = Note.objects.filter(seller_id=seller.id, user_id=user_id, in_app=True)
    if cursor:
        [place] = cursor_decode(cursor, 1)
        if not isinstance(place, int):
            raise Invalid("cursor_invalid", field="cursor")
        rows = rows.filter(pk__lt=place)
    found = list(rows.order_by("-pk")[:limit + 1])
    shown = [NoteRow(row.pk, row.kind, sentence(row.kind, row.event, row.values, row.count), row.link,
                     row.happened_at, row.read_at is not None) for row in found[:limit]]
    return Page(shown, cursor_encode(shown[-1].id) if len(found) > limit else "")


def note_link(seller: SellerRef, user_id: int, note_id: int) -> str:
    """Where one of a person's notes leads; empty for nowhere, and for a note that is not theirs."""
    return Note.objects.filter(seller_id=seller.id, user_id=user_id, pk=note_id).values_list(
        "link", flat=True).first() or ""


def sentence(kind: str, event: str, values: Mapping[str, Any], count: int) -> str:
    """What a note says, in the active language; of a crowd how many."""
    known = BY_KEY.get(kind)
    if known is not None and known.crowd is not None and count > 1:
        return known.crowd(count)
    return fill(known_events.get(event).sentence, values)


def devices(user_id: int, sender: str) -> list[DeviceRow]:
    """A person's browsers, the newest first, and how many notes of what is in sight wait for each. One query.

    `sender` is the public key in force; browsers that were given another one are not usable.
    """
    waits = Ring.objects.filter(device_id=OuterRef("pk"), state="waiting").order_by().values(
        "device_id").annotate(count=Count("pk")).values("count")
    rows = Device.objects.filter(user_id=user_id).annotate(waiting=Coalesce(Subquery(waits), 0))
    return [DeviceRow(row.pk, row.digest, row.label, row.host, row.created_at, row.last_ok_at, row.failed_at, row.code,
                      row.sender == sender, row.waiting) for row in rows.order_by("-pk")]


def undelivered(email: str) -> datetime | None:
    """Since when mail to an address comes back; None while the latest one did not. One query."""
    return mail.refused_since(email)
