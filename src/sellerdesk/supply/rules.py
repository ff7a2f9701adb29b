"""Pure decisions about supplies: no database, no clock, no Django."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.supply.types import Car, CargoInput, DraftItem, Goods, ItemInput, Rejected, RowError, Slot

# The dated rules as a fresh installation starts with them.
DEFAULT_DRAFT: dict[str, object] = {"minutes": 30, "per_minute": 2, "per_hour": 50, "per_day": 500, "most_skus": 5000,
                                    "most_litres": 100_000, "most_units": 100_000}
DEFAULT_SLOTS: dict[str, object] = {"first_hour": 8, "last_hour": 19, "capacity": 4, "days": 28, "lead_hours": 4}
DEFAULT_FILLING: dict[str, object] = {"close_hours": 1, "slot_changes": 3, "most_cargoes": 200}
DEFAULT_REPORT: dict[str, object] = {"confirm_days": 3}
DEFAULT_BULKY: dict[str, object] = {"side_mm": 1200, "weight_g": 25_000}

# Order ids have eight digits and more, numbers thirteen, as clients of the API expect.
_FIRST_ORDER, _FIRST_NUMBER = 84_000_000, 2_000_000_000_000
_FIRST_CARGO = 500_000_000
_PHONE = re.compile(r"[0-9]{7,15}")


def order_id(given: int) -> int:
    return _FIRST_ORDER + given


def supply_number(order: int) -> str:
    """The number printed on papers; the API's supply_id is the same."""
    return str(_FIRST_NUMBER + order)


def order_of_number(number: int) -> int:
    return number - _FIRST_NUMBER


def cargo_id(given: int) -> int:
    return _FIRST_CARGO + given


def cargo_barcode(cargo: int) -> str:
    """What a scanner reads from the label of a box or pallet."""
    return f"SUP{cargo}"


def is_bulky(goods: Goods, bounds: Mapping[str, int]) -> bool:
    return max(goods.sides_mm) > bounds["side_mm"] or goods.weight_g > bounds["weight_g"]


def judge_items(items: Sequence[ItemInput], known: Mapping[int, Goods], named: Mapping[str, Goods], most_units: int,
                bounds: Mapping[str, int]) -> tuple[list[DraftItem], list[Rejected]]:
    """What of a list can be supplied, and what not and why. The same product twice is refused the second time."""
    good: list[DraftItem] = []
    bad: list[Rejected] = []
    seen: set[int] = set()
    for item in items:
        goods = known.get(item.sku) if item.sku else named.get(item.offer_id)
        reasons = _reasons(item, goods, most_units)
        if goods is not None and goods.product_id in seen:
            reasons = ["INVALID"]
        if reasons or goods is None:
            bad.append(Rejected(goods.sku if goods else item.sku, goods.offer_id if goods else item.offer_id,
                                item.quantity, tuple(reasons)))
            continue
        seen.add(goods.product_id)
        good.append(DraftItem(goods.product_id, goods.sku, item.quantity, goods.volume_ml, is_bulky(goods, bounds)))
    return good, bad


def _reasons(item: ItemInput, goods: Goods | None, most_units: int) -> list[str]:
    if goods is None:
        return ["INVALID"]
    found = []
    if not goods.sellable:
        found.append("OUT_OF_ASSORTMENT")
    elif not goods.priced:
        found.append("NO_PRICE")
    if item.quantity < 1:
        found.append("INVALID_ITEM_COUNT_ZERO")
    if item.quantity > most_units:
        found.append("INVALID_ITEM_COUNT_MAX")
    return found


def slots_of_day(day: date, time_zone: str, value: Mapping[str, int]) -> list[tuple[datetime, datetime]]:
    """The hours of one day in which a place takes supplies in, in its own time, as moments in UTC."""
    zone, found = ZoneInfo(time_zone), []
    for hour in range(value["first_hour"], value["last_hour"] + 1):
        start = datetime.combine(day, time(hour), zone).astimezone(ZoneInfo("UTC"))
        found.append((start, start + timedelta(hours=1)))
    return found


def free_slots(first: date, last: date, time_zone: str, value: Mapping[str, int], taken: Mapping[datetime, int],
               now: datetime) -> list[Slot]:
    """The hours from one day to another that still take a supply, not too soon and not too far ahead."""
    earliest, latest = slot_bounds(now, value)
    found, day = [], first
    while day <= last:
        for start, end in slots_of_day(day, time_zone, value):
            left = value["capacity"] - taken.get(start, 0)
            if left > 0 and earliest <= start <= latest:
                found.append(Slot(start, end, left))
        day += timedelta(days=1)
    return found


def slot_bounds(now: datetime, value: Mapping[str, int]) -> tuple[datetime, datetime]:
    return now + timedelta(hours=value["lead_hours"]), now + timedelta(days=value["days"])


def cargo_refusal(cargoes: Sequence[CargoInput], quantities: Mapping[int, int]) -> tuple[str, str, int] | None:
    """(key, code, SKU) of the first thing that is wrong with boxes and pallets, or None. `quantities` by SKU."""
    packed: Counter[int] = Counter()
    for cargo in cargoes:
        inside: set[int] = set()
        for sku, units in cargo.items:
            if sku not in quantities:
                return cargo.key, "SUPPLY_ITEM_NOT_FOUND", sku
            if sku in inside:
                return cargo.key, "DUPLICATED_SUPPLY_ITEM", sku
            if units < 1:
                return cargo.key, "QUANTITY_LESS_ONE", sku
            inside.add(sku)
            packed[sku] += units
            if packed[sku] > quantities[sku]:
                return cargo.key, "TOO_MANY_UNITS", sku
    return None


def all_packed(cargoes: Iterable[Iterable[tuple[int, int]]], quantities: Mapping[int, int]) -> bool:
    """Whether every unit lies in a box or on a pallet."""
    packed: Counter[int] = Counter()
    for items in cargoes:
        for sku, units in items:
            packed[sku] += units
    return bool(quantities) and all(packed[sku] == units for sku, units in quantities.items())


def dealt_evenly(quantities: Sequence[tuple[int, int]], boxes: int) -> list[list[tuple[int, int]]]:
    """All units dealt out to so many boxes, as alike as whole units allow; boxes that stay empty are left out.

    7 and 3 units into 3 boxes: 3 + 1, 2 + 1, 2 + 1.
    """
    dealt: list[list[tuple[int, int]]] = [[] for _ in range(max(boxes, 1))]
    for sku, units in quantities:
        share, more = divmod(units, len(dealt))
        for index, box in enumerate(dealt):
            here = share + (1 if index < more else 0)
            if here:
                box.append((sku, here))
    return [box for box in dealt if box]


def car_is_told(car: Car) -> bool:
    digits = "".join(sign for sign in car.phone if sign.isdigit())
    return all((car.number.strip(), car.model.strip(), car.driver.strip())) and bool(_PHONE.fullmatch(digits))


def read_lines(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[list[ItemInput], list[RowError]]:
    """Rows of text, (number, cells), as items: offer id or SKU first, units second. A heading is skipped.

    A bad row never spoils the others. Texts of errors are codes: `units_unreadable`, `units_missing`.
    """
    items: list[ItemInput] = []
    wrong: list[RowError] = []
    for place, (number, cells) in enumerate(rows):
        told = [cell.strip() for cell in cells]
        if not any(told):
            continue
        name, units = told[0], told[1] if len(told) > 1 else ""
        if not units:
            wrong.append(RowError(number, name, "units_missing"))
        elif not units.replace(" ", "").isdecimal() or len(units) > 9:
            if place:
                wrong.append(RowError(number, units, "units_unreadable"))
        else:
            items.append(ItemInput(0, int(units.replace(" ", "")), name[:50]))
    return items, wrong


def cells_of(line: str) -> list[str]:
    """A typed line in two cells, parted by a tab, a semicolon, a comma or the last space."""
    for sign in ("\t", ";", ","):
        if sign in line:
            return [part.strip() for part in line.split(sign)]
    head, _, tail = line.strip().rpartition(" ")
    return [head.strip(), tail.strip()] if head else [tail]
