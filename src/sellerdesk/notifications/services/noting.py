"""Telling people: from the news of a shop to a note for everybody who wants to hear, and to their mails."""

from __future__ import annotations

import re
import zoneinfo
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import events as known_events
from sellerdesk.core import mail, scope
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.db import atomic
from sellerdesk.notifications import queries, rules
from sellerdesk.notifications.kinds import APP, DIGEST, MAIL, OF_EVENT, PUSH, Kind
from sellerdesk.notifications.models import Note
from sellerdesk.notifications.types import Wishes
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import team as crew
from sellerdesk.sellers.types import SellerRef

EVENTS = frozenset(OF_EVENT)
#: Older news, of a market that has lived before anybody looked, is told to nobody.
_FRESH = timedelta(days=2)
_IN_A_LETTER = 25
_PLACEHOLDER = re.compile(r"%\((\w+)\)")


@dataclass(slots=True)
class _Told:
    """What one person is told of one thing by a batch of news."""

    user_id: int
    kind: Kind
    group: str
    entry: Entry
    count: int


def tell(*, entries: Sequence[Entry], now: datetime, real_now: datetime) -> int:
    """Write notes for those who want them; returns how many people-and-things were told.

    Called with the transaction that moves the reader's place in the line of news. A fixed number of queries a shop.
    """
    by_seller: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.seller_id and entry.at > now - _FRESH:
            by_seller[entry.seller_id].append(entry)
    return sum(_tell_shop(sellers.seller_ref(seller_id), own, real_now) for seller_id, own in
               sorted(by_seller.items()))


def _tell_shop(seller: SellerRef, entries: Sequence[Entry], real_now: datetime) -> int:
    people = crew.team(seller)
    wishes = queries.wishes(seller, [one.user_id for one in people])
    zones = accounts.zones([one.user_id for one in people])
    told: dict[tuple[int, str], _Told] = {}
    for entry in entries:
        kind = OF_EVENT[entry.event]
        if kind.by_buyers and entry.actor.kind != "buyer":
            continue
        group = kind.key if kind.crowd else f"{entry.event}:{entry.target_type}:{entry.target_id}"[:160]
        for one in people:
            # What people did themselves is no news to them.
            own = entry.actor.kind == "user" and entry.actor.id == str(one.user_id)
            if own or kind.right not in one.rights or not wishes[one.user_id].channels[kind.key]:
                continue
            before = told.get((one.user_id, group))
            told[(one.user_id, group)] = _Told(one.user_id, kind, group, entry, before.count + 1 if before else 1)
    if not told:
        return 0
    pause = timedelta(minutes=dated.get("notifications.ring", "", real_now).value["crowd_minutes"])
    with atomic():
        open_ones = {(row.user_id, row.group): row for row in Note.objects.filter(
            seller_id=seller.id, read_at=None, user_id__in={key[0] for key in told},
            group__in={key[1] for key in told})}
        fresh: list[Note] = []
        again: list[Note] = []
        for key, news in told.items():
            row = open_ones.get(key)
            (again if row else fresh).append(_note(seller, news, row, wishes[news.user_id],
                                                   zones.get(news.user_id, seller.time_zone), real_now,
                                                   pause))
        Note.objects.bulk_create(fresh, batch_size=500)
        Note.objects.bulk_update(again, ["count", "event", "values", "link", "happened_at", "created_at", "in_app",
                                         "mail_at", "digest", "ring_at"], batch_size=200)
    return len(told)


def _note(seller: SellerRef, one: _Told, row: Note | None, wish: Wishes, zone: str, real_now: datetime,
          crowd_pause: timedelta) -> Note:
    channels = wish.channels[one.kind.key]
    row = row or Note(seller_id=seller.id, user_id=one.user_id, kind=one.kind.key, group=one.group, count=0)
    event = known_events.get(one.entry.event)
    row.event, row.count = one.entry.event, row.count + one.count
    row.values = _values(one.entry)
    row.link = (event.link(one.entry) or "")[:300] if event.link else ""
    row.happened_at, row.created_at, row.in_app = one.entry.at, real_now, APP in channels
    place = zone_of(zone)
    if PUSH in channels and row.ring_at is None:
        # A crowd that grows does not ring each time.
        soonest = real_now if row.rung_at is None else max(real_now, row.rung_at + crowd_pause)
        row.ring_at = rules.after_quiet(soonest, place, wish.quiet_from, wish.quiet_to)
    if not one.kind.mailed_elsewhere and row.mail_at is None:
        if MAIL in channels:
            row.mail_at, row.digest = rules.after_quiet(real_now, place, wish.quiet_from, wish.quiet_to), False
        elif DIGEST in channels:
            row.mail_at, row.digest = rules.next_digest(real_now, place, wish.digest, wish.digest_hour), True
    return row


def _values(entry: Entry) -> dict[str, Any]:
    """What the event's sentence names, and nothing else of what the act holds."""
    data = {"count": 1, **(entry.data or {}), "target": entry.target_label or entry.target_id,
            "actor": entry.actor.label}
    named = _PLACEHOLDER.findall(str(known_events.get(entry.event).sentence))
    return {name: data[name] for name in named if name in data}


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def send_letters(*, real_now: datetime, limit: int = 200) -> int:
    """Mail what is due, one letter a person and shop; what was read meanwhile in the product is not mailed.

    Returns how many letters were written.
    """
    due: dict[tuple[int, int], list[Note]] = defaultdict(list)
    for row in Note.objects.filter(mail_at__lte=real_now).order_by("mail_at", "pk")[:limit * 10]:
        due[(row.seller_id, row.user_id)].append(row)
    sent = 0
    for (seller_id, user_id), rows in list(due.items())[:limit]:
        with atomic():
            ids = [row.pk for row in rows]
            # Whoever takes the marks off writes the letter; two workers do not both.
            if Note.objects.filter(pk__in=ids, mail_at__isnull=False).update(
                    mail_at=None, mailed_at=real_now) != len(ids):
                continue
            unread = [row for row in rows if row.read_at is None]
            # Mail about a test shop says so.
            with scope.one_shop(seller_id):
                sent += _write(sellers.seller_ref(seller_id), user_id, unread)
    return sent


def _write(seller: SellerRef, user_id: int, rows: Sequence[Note]) -> int:
    found = accounts.contacts([user_id])
    if not rows or not found or user_id not in {one.user_id for one in crew.team(seller)}:
        return 0
    [(email, language)] = found
    with translation.override(language):
        lines = [{"text": queries.sentence(row.kind, row.event, row.values, row.count),
                  "link": settings.SITE_URL + row.link if row.link else ""} for row in rows[:_IN_A_LETTER]]
    mail.send(email, "notifications/mail/notes", {
        "shop": seller.name, "lines": lines, "count": len(rows), "more": len(rows) - len(lines),
        "settings_link": settings.SITE_URL + reverse("notifications:settings")}, language)
    return 1


def try_out(*, seller: SellerRef, user_id: int) -> str:
    """Mail a test to whoever asks; returns the address it went to."""
    [(email, language)] = accounts.contacts([user_id])
    with translation.override(language):
        mail.send(email, "notifications/mail/test", {"shop": seller.name}, language)
    return email


def mark_read(*, seller: SellerRef, user_id: int, note_id: int | None, real_now: datetime) -> int:
    """Mark one note or all of a person's as read; returns how many."""
    rows = Note.objects.filter(seller_id=seller.id, user_id=user_id, read_at=None)
    return (rows if note_id is None else rows.filter(pk=note_id)).update(
        read_at=real_now, mail_at=None, ring_at=None)


def forget_read(*, real_now: datetime, days: int) -> int:
    """Drop notes older than so many days. Returns how many."""
    return Note.objects.filter(created_at__lt=real_now - timedelta(days=days)).delete()[0]
