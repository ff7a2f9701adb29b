"""Labels of boxes and pallets, drawn by the same kit as those of parcels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import LabelData
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, queries, rules
from sellerdesk.supply.errors import CargoUnknown
from sellerdesk.supply.services import moving
from sellerdesk.supply.types import CargoRow, LabelFile, SupplyCard

SIZE = "100x150"


def print_labels(*, seller: SellerRef, supply_id: int, cargo_ids: Collection[int] = (), language: str, actor: Actor,
                 now: datetime) -> LabelFile:
    """The labels of all boxes and pallets, or of these, in their order, as one PDF.

    Raises SupplyUnknown, NotNow, CargoUnknown.
    """
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "labels")
        card = queries.supply(seller, supply_id, now)
        chosen = [cargo for cargo in card.cargoes if not cargo_ids or cargo.id in cargo_ids]
        if not chosen or (cargo_ids and len(chosen) != len(set(cargo_ids))):
            raise CargoUnknown()
        moving.tell(events.LABELS_PRINTED, work, actor, now, cargoes=len(chosen))
        return _drawn(seller, card, chosen, language)


def drawn_again(*, seller: SellerRef, supply_id: int, cargo_ids: Collection[int], language: str, now: datetime
                ) -> LabelFile:
    """The labels that a link was made for, as they are now. Raises SupplyUnknown, CargoUnknown."""
    card = queries.supply(seller, supply_id, now)
    chosen = [cargo for cargo in card.cargoes if not cargo_ids or cargo.id in cargo_ids]
    if not chosen:
        raise CargoUnknown()
    return _drawn(seller, card, chosen, language)


def _drawn(seller: SellerRef, card: SupplyCard, cargoes: Sequence[CargoRow], language: str) -> LabelFile:
    with translation.override(language):
        data = logistics.draw_labels([_data(seller, card, cargo) for cargo in cargoes], size=SIZE, language=language)
    return LabelFile(f"supply-{card.number}.pdf", "application/pdf", data)


def _data(seller: SellerRef, card: SupplyCard, cargo: CargoRow) -> LabelData:
    offers = {line.sku: line.offer_id for line in card.lines}
    local = card.slot_from.astimezone(ZoneInfo(card.time_zone)) if card.slot_from else None
    kind = _("Pallet") if cargo.kind == "pallet" else _("Box")
    code = rules.cargo_barcode(cargo.id)
    return LabelData(
        posting_number=code, tracking_number=code, carrier=_("Supply %(number)s") % {"number": card.number},
        shop=seller.name, sender=seller.name, city=card.storage_name, recipient=card.storage_name,
        contents=", ".join(f"{offers.get(sku, sku)} ×{units}" for sku, units in cargo.items),
        sort_code=f"{cargo.number}/{len(card.cargoes)}", weight_g=0,
        date=f"{local:%d.%m.%Y %H:%M}" if local else "", service=f"{kind} {cargo.number}",
        address=card.storage_address, order_number=card.number, units=cargo.units)
