"""Reading delivery methods and scans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sellerdesk.logistics import rules, texts
from sellerdesk.logistics.models import DeliveryMethod, Parcel, Scan
from sellerdesk.logistics.types import MethodRow, ScanRow
from sellerdesk.sellers.types import SellerRef


def methods(seller: SellerRef, *, warehouse_ids: Sequence[int] | None = None) -> list[MethodRow]:
    """The shop's delivery methods, by warehouse, in the order they are preferred. One query."""
    rows = DeliveryMethod.objects.filter(seller_id=seller.id)
    if warehouse_ids is not None:
        rows = rows.filter(warehouse_id__in=list(warehouse_ids))
    return [
        MethodRow(id_, warehouse_id, name, code, number, {"en": en, "ru": ru, "zh-hans": zh}, tariff, active)
        for id_, warehouse_id, name, code, number, en, ru, zh, tariff, active in rows.order_by("id").values_list(
            "id", "warehouse_id", "name", "carrier_id", "carrier__number", "carrier__name_en", "carrier__name_ru",
            "carrier__name_zh", "tariff", "active")
    ]


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
