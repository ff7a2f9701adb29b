"""Reading news, policies and what is coming."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sellerdesk.announcements import recent, rules
from sellerdesk.announcements.errors import AnnouncementNotFound, PolicyNotFound
from sellerdesk.announcements.models import Announcement, Feed, PolicyVersion, Reading
from sellerdesk.announcements.types import (
    OFFER,
    SEVERITIES,
    AnnouncementRow,
    Audience,
    Coming,
    FeedRow,
    FeeEffects,
    FeeLine,
    Reader,
    VersionRow,
)
from sellerdesk.catalog.queries import reference
from sellerdesk.core import crypto
from sellerdesk.core import rules as dated
from sellerdesk.core.i18n import name_column
from sellerdesk.core.money import Money
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.finance.queries import effects
from sellerdesk.finance.types import Effect
from sellerdesk.inventory.queries import storage
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders.queries import effects as freight
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

#: How long an announcement nobody put away stands above the pages.
_FRESH = timedelta(days=30)
#: How many of the newest a reader's list looks through; older ones are found by searching.
_LOOKED_THROUGH = 300
#: Kinds of dated rules that shops care about, in the order of the calendar; `finance.rate` changes daily and is none.
WATCHED = ("finance.commission", "finance.acquiring", "finance.price_bands", "logistics.tariff", "inventory.storage",
           "orders.late_tariff",
           "orders.late_policy", "orders.error_index", "returns.storage", "returns.term", "returns.claim_terms",
           "finance.settlement", "finance.payout_minimum", "catalog.screening", "sellers.inactivity")

#: Kinds of dated rules whose effect is counted on a shop's own bookings.
FEES = ("finance.commission", "finance.acquiring", "finance.price_bands", "logistics.tariff", "inventory.storage",
        "orders.error_index", "orders.late_tariff")
#: On how many days of bookings.
LOOK_BACK = timedelta(days=28)


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
    return sorted(rows, key=_urgency)


def _urgency(row: AnnouncementRow) -> tuple[bool, int, float]:
    return not row.must_acknowledge, SEVERITIES[::-1].index(row.severity), -row.published_at.timestamp()


def unread_of(reader: Reader, rows: Sequence[AnnouncementRow], *, language: str) -> list[AnnouncementRow]:
    """Of these the ones that concern somebody who has not put them away, the most urgent first, in their language. Two
    queries, none where nothing concerns them."""
    mine = [row for row in rows if rules.concerns(row.audience, reader)]
    if not mine:
        return []
    left = [row.id for row in _with_marks(mine, reader.user_id) if not row.read]
    return sorted(_rows(Announcement.objects.filter(pk__in=left), language), key=_urgency) if left else []


def pressing(now: datetime) -> list[AnnouncementRow]:
    """Recent ones that matter on every page: important, critical, or to be confirmed. As a rule without a query, since
    every page asks and the answer is kept for a moment."""
    found = recent.kept()
    if found is None:
        rows = Announcement.objects.filter(
            Q(must_acknowledge=True) | Q(severity__in=("important", "critical")), withdrawn_at=None).order_by(
            "-published_at", "-id")[:_LOOKED_THROUGH]
        found = recent.keep(_rows(rows, "en"))
    return [row for row in found if row.published_at <= now
            and (row.must_acknowledge or row.published_at > now - _FRESH)]


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


def market(language: str, *, cursor: str | None = None, limit: int = 50) -> Page[AnnouncementRow]:
    """Everything, withdrawn and future ones too, the newest first, for operators. Two queries."""
    page = keyset(Announcement.objects.all(), "-published_at", "-id", cursor=cursor, limit=limit, columns=("id",))
    known = {row.id: row for row in _rows(Announcement.objects.filter(pk__in=[id_ for id_, in page.rows]), language)}
    return page.map(lambda row: known[row[0]])


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
        "key", name_column(language, "title"), "version", name_column(language, "text"), "valid_from",
        "must_accept")]


def offer_versions(language: str) -> list[VersionRow]:
    """Every version of the offer, the newest first. One query."""
    return [VersionRow(OFFER, "", row.version, row.text, row.valid_from, True) for row in sellers.offer_texts(language)]


def versions(key: str, language: str) -> list[VersionRow]:
    """Every version of a policy, those to come too, the newest first. One query. Raises PolicyNotFound."""
    rows = offer_versions(language) if key == OFFER else _versions(PolicyVersion.objects.filter(key=key), language)
    if not rows:
        raise PolicyNotFound(key)
    return rows


def to_accept(seller: SellerRef, now: datetime) -> dict[str, datetime]:
    """Until when the shop must accept what it has not, by the policy's key. One query."""
    return {one.key: one.until for one in sellers.to_sign(seller, now, "en") if one.until is not None}


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
    """Moments at which a fee changes (see FEES), the nearest first."""
    return sorted({rule.valid_from for kind in FEES for rule in dated.every(kind) if rule.valid_from > now})


def fee_effects(seller: SellerRef, now: datetime) -> FeeEffects | None:
    """Every fee of the last 28 days, as it was taken and by the rules that come into force next; None where nothing
    changes. Twelve queries at most. Raises Unavailable `rule_missing`."""
    moments = fee_changes(now)
    if not moments:
        return None
    at, since = moments[0], now - LOOK_BACK
    found = [*(("commission", one) for one in effects.commission_effect(seller, since, now, at)),
             ("acquiring", effects.acquiring_effect(seller, since, now, at)),
             *(("logistics", one) for one in freight.freight_effect(seller, since, now, at)),
             ("placement", storage.effect(seller, since, now, at)),
             ("penalty", freight.penalty_effect(seller, since, now, at))]
    return FeeEffects(at, since, tuple((kind, one) for kind, one in found if one.units))


def fee_lines(seller: SellerRef, found: FeeEffects, language: str) -> list[FeeLine]:
    """The fees as a page tells them, in the language in force. One query."""
    departments = [int(one.department) for kind, one in found.rows if kind == "commission" and one.department]
    names = reference.category_names(departments, language)

    def money(minor: int) -> Money:
        return Money(minor, seller.currency)

    return [FeeLine(_fee_name(kind, one, names, language), one.units, money(one.sold_minor) if one.sold_minor else None,
                    money(one.was_minor), money(one.would_be_minor), money(one.difference_minor))
            for kind, one in found.rows]


def _fee_name(kind: str, one: Effect, names: Mapping[int, str], language: str) -> str:
    if kind == "commission":
        return _("Commission: %(goods)s") % {"goods": names.get(int(one.department or 0), "") or _("Other goods")}
    if kind == "logistics":
        called = logistics.service_names(one.department)
        return _("Delivery: %(service)s") % {"service": called.get(language) or called.get("en") or one.department}
    return {"acquiring": _("Payment processing, all deliveries"),
            "placement": _("Storage with the marketplace, units by days"), "penalty": _("Penalties")}[kind]


# -- a person's own feed -----------------------------------------------------------------------------------------------


def feed(seller: SellerRef, user_id: int) -> FeedRow | None:
    """The person's own feed of a shop; None where they have none. One query."""
    row = Feed.objects.filter(seller_id=seller.id, user_id=user_id).first()
    return None if row is None else _feed(row)


def feed_of_token(token: str) -> FeedRow:
    """Whoever knows the address may read. Raises AnnouncementNotFound for one that is none, or was revoked."""
    head, _, _mark = token.partition("-")
    row = Feed.objects.filter(pk=int(head)).first() if head.isascii() and head.isdigit() and len(head) < 19 else None
    if row is None or not crypto.same(_feed(row).token, token):
        raise AnnouncementNotFound(0)
    return _feed(row)


def _feed(row: Feed) -> FeedRow:
    mark = crypto.seal("announcements.feed", f"{row.pk}:{row.seller_id}:{row.user_id}:{row.nonce}")
    return FeedRow(row.seller_id, row.user_id, f"{row.pk}-{mark}", row.made_at)
