"""Filling in a supply: contents, boxes and pallets, the car. When nothing is missing it is ready by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sellerdesk.core import ids
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, queries, rules
from sellerdesk.supply.errors import (
    CARGO_WORDS,
    CargoInvalid,
    CargoUnknown,
    CarInvalid,
    ContentsInvalid,
    TooManyCargoes,
)
from sellerdesk.supply.models import Cargo, Supply, SupplyLine
from sellerdesk.supply.services import moving
from sellerdesk.supply.services.moving import Working
from sellerdesk.supply.types import Car, CargoInput, CargoKind, ItemInput


def set_cargoes(*, seller: SellerRef, supply_id: int, cargoes: Sequence[CargoInput], replace: bool, actor: Actor,
                now: datetime) -> list[tuple[str, int]]:
    """Put goods into boxes and onto pallets, beside those there are or with `replace` instead of them.

    Returns (key, id) of the new ones. Raises SupplyUnknown, NotNow, CargoInvalid (field: the key), TooManyCargoes.
    """
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "set_cargoes")
        kept = [] if replace else list(Cargo.objects.filter(supply_id=work.row.pk).order_by("number"))
        most = dated.get("supply.filling", "", now).value["most_cargoes"]
        if len(kept) + len(cargoes) > most:
            raise TooManyCargoes(data={"most": most})
        before = [CargoInput(row.key, "box", tuple((sku, units) for sku, units in row.items)) for row in kept]
        wrong = rules.cargo_refusal([*before, *cargoes], _quantities(work.row))
        if wrong:
            key, code, sku = wrong
            raise CargoInvalid(code, CARGO_WORDS[code], field=key or "cargoes", data={"sku": sku, "value": sku})
        if replace:
            Cargo.objects.filter(supply_id=work.row.pk).delete()
        made = _insert(work.row, cargoes, len(kept) and kept[-1].number, now)
        _refill(work, actor, now, "cargoes")
        return made


def pack_evenly(*, seller: SellerRef, supply_id: int, kind: CargoKind, count: int, actor: Actor, now: datetime) -> None:
    """Deal all goods out to so many boxes or pallets, instead of those there are.

    Raises SupplyUnknown, NotNow, TooManyCargoes.
    """
    with atomic():
        row = queries.supply(seller, supply_id, now)
        dealt = rules.dealt_evenly([(line.sku, line.quantity) for line in row.lines], min(max(count, 1), row.units))
        set_cargoes(seller=seller, supply_id=supply_id, replace=True, actor=actor, now=now, cargoes=[
            CargoInput(str(place), kind, tuple(items)) for place, items in enumerate(dealt, 1)])


def delete_cargoes(*, seller: SellerRef, supply_id: int, cargo_ids: Collection[int], actor: Actor, now: datetime
                   ) -> None:
    """Take boxes away; their goods have to be packed again. Raises SupplyUnknown, NotNow, CargoUnknown."""
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "set_cargoes")
        gone = Cargo.objects.filter(supply_id=work.row.pk, pk__in=set(cargo_ids))
        if gone.count() != len(set(cargo_ids)):
            raise CargoUnknown()
        gone.delete()
        _refill(work, actor, now, "cargoes")


def set_contents(*, seller: SellerRef, supply_id: int, items: Sequence[ItemInput], actor: Actor, now: datetime) -> None:
    """Other goods or other numbers of them; boxes with goods that are no longer there are emptied of them.

    Raises SupplyUnknown, NotNow, ContentsInvalid.
    """
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "set_contents")
        value = dated.get("supply.draft", "", now).value
        known = queries.goods(seller, skus={item.sku for item in items if item.sku},
                              offer_ids={item.offer_id for item in items if not item.sku})
        good, bad = rules.judge_items(items, {one.sku: one for one in known}, {one.offer_id: one for one in known},
                                      value["most_units"], dated.get("supply.bulky", "", now).value)
        place = queries.place(work.row.storage_id)
        too_large = [one for one in good if one.bulky and place is not None and not place.bulky]
        if bad or too_large or not good:
            raise ContentsInvalid(field="items", data={"offers": ", ".join(
                [one.offer_id or str(one.sku) for one in bad][:5] + [str(one.sku) for one in too_large][:5])})
        named = {one.product_id: one for one in known}
        SupplyLine.objects.filter(supply_id=work.row.pk).delete()
        SupplyLine.objects.bulk_create([
            SupplyLine(supply_id=work.row.pk, seller_id=seller.id, product_id=one.product_id, sku=one.sku,
                       offer_id=named[one.product_id].offer_id, name=named[one.product_id].name,
                       barcode=named[one.product_id].barcode, volume_ml=one.volume_ml, quantity=one.quantity)
            for one in good])
        _fit_cargoes(work.row, {one.sku: one.quantity for one in good})
        work.changed = {"units": sum(one.quantity for one in good), "sku_count": len(good),
                        "volume_ml": sum(one.quantity * one.volume_ml for one in good)}
        _refill(work, actor, now, "contents")


def set_pass(*, seller: SellerRef, supply_id: int, car: Car, actor: Actor, now: datetime) -> None:
    """Tell the gate which car comes. Raises SupplyUnknown, NotNow, CarInvalid."""
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "set_pass")
        if not rules.car_is_told(car):
            raise CarInvalid(field="car")
        work.changed = {"car_number": car.number.strip().upper()[:20], "car_model": car.model.strip()[:60],
                        "driver": car.driver.strip()[:120], "driver_phone": car.phone.strip()[:30]}
        _refill(work, actor, now, "car")


def _quantities(row: Supply) -> dict[int, int]:
    return dict(SupplyLine.objects.filter(supply_id=row.pk).values_list("sku", "quantity"))


def _insert(row: Supply, cargoes: Sequence[CargoInput], last: int, now: datetime) -> list[tuple[str, int]]:
    numbers = ids.allocate("supply.cargo", len(cargoes), row.seller_id) if cargoes else []
    made = Cargo.objects.bulk_create([
        Cargo(id=rules.cargo_id(id_), supply_id=row.pk, seller_id=row.seller_id, number=last + place,
              key=cargo.key[:60], kind=cargo.kind, items=[list(item) for item in cargo.items], created_at=now)
        for place, (id_, cargo) in enumerate(zip(numbers, cargoes, strict=True), 1)])
    return [(cargo.key, one.pk) for cargo, one in zip(cargoes, made, strict=True)]


def _fit_cargoes(row: Supply, left: dict[int, int]) -> None:
    """Take out of boxes what the supply holds no more, the last boxes first to be emptied."""
    room = dict(left)
    for cargo in Cargo.objects.filter(supply_id=row.pk).order_by("number"):
        items = []
        for sku, units in cargo.items:
            here = min(units, room.get(sku, 0))
            if here:
                room[sku] -= here
                items.append([sku, here])
        if not items:
            cargo.delete()
        elif items != cargo.items:
            Cargo.objects.filter(pk=cargo.pk).update(items=items)


def _refill(work: Working, actor: Actor, now: datetime, what: str) -> None:
    """Count anew whether all is packed, write, tell, and see whether the supply is ready."""
    boxes = list(Cargo.objects.filter(supply_id=work.row.pk).values_list("items", flat=True))
    moving.write(work, now, packed=rules.all_packed(boxes, _quantities(work.row)))
    moving.tell(events.SUPPLY_FILLED, work, actor, now, what=what)
    moving.settle(work, actor, now)
