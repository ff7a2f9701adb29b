"""Reading news, policies and what is coming."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from sellerdesk.announcements import rules
from sellerdesk.announcements.errors import AnnouncementNotFound, PolicyNotFound
from sellerdesk.announcements.models import Announcement, PolicyVersion, Reading
from sellerdesk.announcements.types import OFFER, AnnouncementRow, Audience, Coming, Reader, VersionRow
from sellerdesk.core import rules as dated
from sellerdesk.core.i18n import name_column
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

#: How long an announcement nobody put away stands above the pages.
_FRESH = timedelta(days=30)
#: How many of the newest a reader's list looks through; older ones are found by searching.
_LOOKED_THROUGH = 300
#: Kinds of dated rules that shops care about, in the order of the calendar; `finance.rate` changes daily and is none.
WATCHED = ("finance.commission", "finance.acquiring", "finance.price_bands", "logistics.tariff", "orders.late_tariff",
           "orders.late_policy", "orders.error_index", "returns.storage", "returns.term", "returns.claim_terms",
           "finance.settlement", "finance.payout_minimum", "catalog.screening", "sellers.inactivity")


def _rows(rows: Any, language: str) -> list[AnnouncementRow]:
    columns = [name_column(language, part) for part in ("title", "body", "changes")]
    found = []
    for (pk, title, body, changes, severity, countries, schemes, categories, roles, effective_at, must_acknowledge,
         published_at, withdrawn_at) in rows.values_list(
            "id", *columns, "severity", "countries", "schemes", "categories", "roles", "effective_at",
            "must_acknowledge", "published_at", "withdrawn_at"):
        audience = Audience(tuple(countries), tuple(schemes), tuple(categories), tuple(roles))
        found.append(AnnouncementRow(pk, title, body, changes, severity, audience, effective_at, must_acknowledge,
                                     published_at, withdrawn_at))
    return found


def _with_marks(rows: Sequence[AnnouncementRow], user_id: int) -> list[AnnouncementRow]:
    seen = set(Reading.objects.filter(user_id=user_id, announcement_id__in=[row.id for row in rows]).values_list(
        "announcement_id", flat=True))
    return [replace(row, read=row.id in seen) for row in rows]


def asks_for(now: datetime) -> tuple[bool, bool]:
    """Whether any recent announcement is for some schemes, or some categories only. One query."""
    found = list(Announcement.objects.filter(withdrawn_at=None, published_at__lte=now).order_by(
        "-published_at").values_list("schemes", "categories")[:_LOOKED_THROUGH])
    return any(schemes for schemes, _categories in found), any(categories for _schemes, categories in found)


def of_reader(reader: Reader, *, search: str, language: str, now: datetime) -> list[AnnouncementRow]:
    """What concerns somebody, the newest first; `search` looks in all three languages. Two queries."""
    rows = Announcement.objects.filter(withdrawn_at=None, published_at__lte=now).order_by("-published_at", "-id")
    for word in search.split()[:6]:
        within = Q()
        for code in ("en", "ru", "zh"):
            within |= Q(**{f"title_{code}__icontains": word}) | Q(**{f"body_{code}__icontains": word})
        rows = rows.filter(within)
    found = [row for row in _rows(rows[:_LOOKED_THROUGH], language) if rules.concerns(row.audience, reader)]
    return _with_marks(found, reader.user_id)


def waiting(reader: Reader, *, language: str, now: datetime) -> list[AnnouncementRow]:
    """What somebody has not put away yet: what must be confirmed first, then by severity. Two queries."""
    rows = [row for row in of_reader(reader, search="", language=language, now=now) if not row.read
            and (row.must_acknowledge or row.published_at > now - _FRESH)]
    order = {"critical": 0, "important": 1, "info": 2}
    return sorted(rows, key=lambda row: (not row.must_acknowledge, order[row.severity], -row.published_at.timestamp()))


def announcement(reader: Reader, announcement_id: int, *, language: str, now: datetime) -> AnnouncementRow:
    """Raises AnnouncementNotFound, also for one that does not concern the reader."""
    rows = _rows(Announcement.objects.filter(pk=announcement_id, published_at__lte=now, withdrawn_at=None), language)
    if not rows or not rules.concerns(rows[0].audience, reader):
        raise AnnouncementNotFound(announcement_id)
    return _with_marks(rows, reader.user_id)[0]


def public(*, language: str, now: datetime, limit: int = 50) -> list[AnnouncementRow]:
    """What is for everybody: the feed, which asks nobody who they are. One query."""
    rows = Announcement.objects.filter(withdrawn_at=None, published_at__lte=now).order_by("-published_at", "-id")
    return [row for row in _rows(rows[:_LOOKED_THROUGH], language) if row.audience == Audience()][:limit]


def market(language: str) -> list[AnnouncementRow]:
    """Everything, withdrawn and future ones too, for operators. One query."""
    return _rows(Announcement.objects.order_by("-published_at", "-id")[:_LOOKED_THROUGH], language)


def readers(announcement_ids: Sequence[int]) -> dict[int, int]:
    """How many people have put away or confirmed each. One query."""
    found: dict[int, int] = defaultdict(int)
    for one in Reading.objects.filter(announcement_id__in=announcement_ids).values_list("announcement_id", flat=True):
        found[one] += 1
    return dict(found)


# -- policies ----------------------------------------------------------------------------------------------------------


def policies(language: str, now: datetime) -> list[VersionRow]:
    """The version in force of each policy, the offer first. Two queries."""
    newest: dict[str, VersionRow] = {}
    for row in _versions(PolicyVersion.objects.filter(valid_from__lte=now), language):
        newest.setdefault(row.key, row)
    offer = [one for one in offer_versions(language) if one.valid_from <= now][:1]
    return [*offer, *sorted(newest.values(), key=lambda row: row.title)]


def _versions(rows: Any, language: str) -> list[VersionRow]:
    return [VersionRow(*row) for row in rows.order_by("-valid_from", "-id").values_list(
        "key", name_column(language, "title"), "version", name_column(language, "text"), "valid_from")]


def offer_versions(language: str) -> list[VersionRow]:
    """Every version of the offer, the newest first. One query."""
    return [VersionRow(OFFER, "", row.version, row.text, row.valid_from) for row in sellers.offer_texts(language)]


def versions(key: str, language: str) -> list[VersionRow]:
    """Every version of a policy, those to come too, the newest first. One query. Raises PolicyNotFound."""
    rows = offer_versions(language) if key == OFFER else _versions(PolicyVersion.objects.filter(key=key), language)
    if not rows:
        raise PolicyNotFound(key)
    return rows


def to_accept(seller: SellerRef, now: datetime) -> datetime | None:
    """Until when the shop must accept the offer's new version; None when it has. What an inbox shows. One query."""
    return sellers.offer_to_sign(seller, now)


# -- what is coming ----------------------------------------------------------------------------------------------------


def coming(reader: Reader | None, *, language: str, now: datetime) -> list[Coming]:
    """What comes into force after `now`, the nearest first: announcements that concern the reader (those for everybody
    where there is none), policies, and dated rules of one kind and moment together."""
    found = [Coming(row.effective_at, "announcement", row.title, str(row.id))
             for row in _rows(Announcement.objects.filter(withdrawn_at=None, published_at__lte=now,
                                                          effective_at__gt=now), language)
             if row.effective_at and (rules.concerns(row.audience, reader) if reader else row.audience == Audience())]
    found += [Coming(row.valid_from, "policy", row.title, row.key)
              for row in _versions(PolicyVersion.objects.filter(valid_from__gt=now), language)]
    found += [Coming(row.valid_from, "offer", row.version, OFFER) for row in offer_versions(language)
              if row.valid_from > now]
    for kind in WATCHED:
        moments: dict[datetime, int] = defaultdict(int)
        for rule in dated.every(kind):
            if rule.valid_from > now:
                moments[rule.valid_from] += 1
        found += [Coming(at, kind, "", kind, count) for at, count in moments.items()]
    return sorted(found, key=lambda one: (one.at, one.kind, one.ref))


def fee_changes(now: datetime) -> list[datetime]:
    """Moments at which a commission table changes, the nearest first."""
    return sorted({rule.valid_from for rule in dated.every("finance.commission") if rule.valid_from > now})
