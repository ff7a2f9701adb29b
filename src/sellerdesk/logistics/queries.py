"""Reading delivery methods and scans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.rules import Rule
from sellerdesk.core.types import Page
from sellerdesk.logistics import rules, tariff_rows, tariffs, texts
from sellerdesk.logistics.models import DeliveryMethod, Parcel, Scan
from sellerdesk.logistics.types import CellError, LabelSize, MethodRow, ParcelBounds, ParcelRow, ScanRow, TariffRow
from sellerdesk.sellers.types import SellerRef


def methods(seller: SellerRef, *, warehouse_ids: Sequence[int] | None = None, platform: bool = False
            ) -> list[MethodRow]:
    """The shop's delivery methods, by warehouse, in the order they are preferred; with `platform` also how the
    marketplace itself carries what lies with it. One query."""
    rows = DeliveryMethod.objects.filter(seller_id=seller.id)
    if not platform:
        rows = rows.exclude(scheme="fbo")
    if warehouse_ids is not None:
        rows = rows.filter(warehouse_id__in=list(warehouse_ids))
    return [
        MethodRow(id_, warehouse_id, name, code, number, {"en": en, "ru": ru, "zh-hans": zh}, tariff, active, scheme,
                  integration, max_weight_g, max_price_minor, tuple(places), created_at, updated_at)
        for (id_, warehouse_id, name, code, number, en, ru, zh, tariff, active, scheme, integration, max_weight_g,
             max_price_minor, places, created_at, updated_at) in rows.order_by("id").values_list(
            "id", "warehouse_id", "name", "carrier_id", "carrier__number", "carrier__name_en", "carrier__name_ru",
            "carrier__name_zh", "tariff", "active", "scheme", "integration", "max_weight_g", "max_price_minor",
            "places", "created_at", "updated_at")
    ]


def parcel_bounds(seller: SellerRef, method_id: int, at: datetime) -> ParcelBounds:
    """What a parcel of this delivery method may be: the tariff in force, and what the shop itself set lower. No bounds
    for an unknown method. One query."""
    found = DeliveryMethod.objects.filter(seller_id=seller.id, pk=method_id).values_list(
        "tariff", "max_weight_g", "max_price_minor").first()
    if not found or not found[0]:
        return ParcelBounds()
    limits = tariffs.read(dated.get("logistics.tariff", found[0], at).value).limits
    return ParcelBounds(limits.min_weight_g or 0, _lower(limits.max_weight_g, found[1]), limits.max_side_mm or 0,
                        _lower(limits.max_price.get(seller.currency), found[2]))


def _lower(*bounds: int | None) -> int:
    """The strictest of bounds of which each may be missing; 0 where all are."""
    return min((bound for bound in bounds if bound), default=0)


def service_names(tariff: str) -> dict[str, str]:
    """What the service behind a tariff is called, by language; empty for a tariff that is gone."""
    facts = rules.SERVICES.get(tariff)
    return dict(facts.names) if facts else {}


def scans(seller: SellerRef, posting_number: str) -> list[ScanRow]:
    """What carriers saw of one posting's parcel, oldest first. One query."""
    rows = Scan.objects.filter(parcel__seller_id=seller.id, parcel__posting_number=posting_number)
    return [ScanRow(*row) for row in rows.order_by("at", "id").values_list("at", "code", "place", "source")]


def scan_text(code: str) -> Any:
    """A scan code in words, lazily translated."""
    return texts.SCANS.get(code, code)


def labels_printed(seller: SellerRef, posting_number: str) -> int:
    """How often the label was made."""
    return Parcel.objects.filter(seller_id=seller.id, posting_number=posting_number).values_list(
        "labels_printed", flat=True).first() or 0


def brought_back(posting_numbers: Sequence[str]) -> set[str]:
    """Which of these parcels are back at their sender."""
    return set(Parcel.objects.filter(posting_number__in=list(posting_numbers), status="returned").values_list(
        "posting_number", flat=True))


def label_sizes() -> tuple[LabelSize, ...]:
    """What labels can be printed on, in the order offered."""
    return tuple(rules.LABEL_SIZES.values())


def destinations(at: datetime) -> list[str]:
    """Countries that some service delivers to, the marketplace's own first. No query beyond rules."""
    named = {code for rule in dated.all_of("logistics.tariff", at).values()
             for zone in rule.value.get("zones", ()) for code in zone.get("countries", ())}
    return [tariffs.HOME, *sorted(named - {tariffs.HOME})]


def tariffs_in_force(at: datetime) -> list[TariffRow]:
    """Every tariff with its version in force at a moment, or its next one, in the order of services."""
    in_force = dated.all_of("logistics.tariff", at)
    rows = []
    for key in {one.key for one in dated.every("logistics.tariff")}:
        history = dated.versions("logistics.tariff", key)
        rule = in_force.get(key) or history[-1]
        facts = rules.service_of(key, rule.value)
        rows.append(TariffRow(key, facts.names, rules.CARRIERS[facts.carrier].names, facts.integration, rule.id,
                              rule.valid_from, rule.valid_to, rule.source, len(history)))
    places = {key: place for place, key in enumerate(rules.SERVICES)}
    return sorted(rows, key=lambda row: (places.get(row.key, len(places)), row.key))


def tariff_versions(key: str) -> list[Rule]:
    """All versions of one tariff, the newest first. Raises NotFound `tariff_unknown`."""
    found = dated.versions("logistics.tariff", key)
    if not found:
        raise NotFound("tariff_unknown")
    return found


def cell_text(error: CellError) -> str:
    """What is wrong with a cell of a sheet of tariffs, in the active language."""
    return texts.cell(error)


def refusal_text(refused: tariffs.Refused, currency: str) -> str:
    """A reason against a parcel in the active language."""
    return str(texts.refusal(refused, currency))


def tariff_lines(key: str, rule: Rule) -> list[dict[str, str]]:
    """One version as rows of its sheet."""
    return tariff_rows.spread(key, rule.value)


# -- parcels on their way ------------------------------------------------------------------------------------------

_OPEN = ~Q(status__in=(*rules.ENDS, "registered"))
#: Lists of parcels by what is the matter with them.
_TABS = {"silent": Q(stale_since__isnull=False) & ~Q(status__in=rules.ENDS),
         "misdirected": ~Q(other_carrier="") & ~Q(status__in=rules.ENDS), "moving": _OPEN}


def parcels_page(seller: SellerRef, *, tab: str, search: str = "", cursor: str | None = None,
                 limit: int = 50) -> Page[ParcelRow]:
    """Parcels with an alarm, or all that are on their way, those longest without news first. Two queries.

    `search` is part of a posting or tracking number. Raises Invalid `cursor_invalid`.
    """
    rows = Parcel.objects.filter(_TABS[tab], seller_id=seller.id)
    if search.strip():
        text = search.strip()
        rows = rows.filter(Q(posting_number__contains=text) | Q(tracking_number__contains=text.upper()))
    if cursor:
        at, id_ = cursor_decode(cursor, 2)
        moment = _moment(at)
        rows = rows.filter(Q(updated_at__gt=moment) | Q(updated_at=moment, id__gt=int(id_)))
    found = _parcel_rows(rows.order_by("updated_at", "id")[:limit + 1])
    shown = found[:limit]
    return Page(shown, cursor_encode(shown[-1].scanned_at, shown[-1].id) if len(found) > limit else "")


def _moment(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        raise Invalid("cursor_invalid", field="cursor") from None


def parcel_counts(seller: SellerRef) -> dict[str, int]:
    """How many parcels stand in each list. One query."""
    return Parcel.objects.filter(seller_id=seller.id).aggregate(
        **{tab: Count("id", filter=condition) for tab, condition in _TABS.items()})


def parcel(seller: SellerRef, posting_number: str) -> ParcelRow | None:
    """The parcel of one posting; None before it is packed. One query."""
    rows = _parcel_rows(Parcel.objects.filter(seller_id=seller.id, posting_number=posting_number))
    return rows[0] if rows else None


def _parcel_rows(rows: QuerySet[Parcel]) -> list[ParcelRow]:
    return [
        ParcelRow(id_, posting, tracking, carrier, rules.CARRIERS[carrier].names, status, city, at, stale, other,
                  rules.CARRIERS[other].names if other in rules.CARRIERS else {},
                  rules.noted_by_hand(carrier) and status not in rules.ENDS)
        for id_, posting, tracking, carrier, status, city, at, stale, other in rows.values_list(
            "id", "posting_number", "tracking_number", "carrier_id", "status", "city", "updated_at", "stale_since",
            "other_carrier")]


def note_choices() -> list[tuple[str, Any]]:
    """What a shop can note of its own parcels, with words."""
    return [(code, texts.SCANS[code]) for code in rules.NOTES]


def source_text(source: str) -> Any:
    """Who saw a parcel, lazily translated."""
    return texts.SOURCES.get(source, source)
