"""Pure decisions about orders: no database, no clock, no Django."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.money import allocate
from sellerdesk.orders import states
from sellerdesk.orders.errors import IncorrectQuantity, UnknownProduct
from sellerdesk.orders.states import Place
from sellerdesk.orders.types import CancelReason, LineRow

Package = Sequence[tuple[int, int]]

# Order numbers walk over all eight-digit numbers without repeating, so that neighbours do not look alike.
_NUMBER_SPACE = 89_999_999
_NUMBER_STEP = 48_271_009

# The catalogue of reasons for ending a posting, as the dated rule orders.cancel_reason starts out. Ids, sides and
# availability are those of the Seller API; 505 is ours: a buyer's change of mind before delivery.
DEFAULT_REASONS: dict[str, dict[str, object]] = {
    "352": {"kind": "seller", "available": True, "message": False, "counts": True, "names": {
        "en": "Out of stock at the seller’s warehouse", "ru": "Товар закончился на складе продавца",
        "zh-hans": "卖家仓库缺货"}},
    "400": {"kind": "seller", "available": True, "message": False, "counts": True, "names": {
        "en": "Only defective goods are left", "ru": "Остался только бракованный товар", "zh-hans": "仅剩残次品"}},
    "401": {"kind": "seller", "available": False, "message": False, "counts": True, "names": {
        "en": "The seller lost the dispute", "ru": "Продавец отклонил арбитраж", "zh-hans": "卖家拒绝仲裁"}},
    "402": {"kind": "seller", "available": True, "message": True, "counts": True, "names": {
        "en": "Another reason, the seller’s fault", "ru": "Другое (вина продавца)", "zh-hans": "其他（卖家原因）"}},
    "505": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "The buyer changed their mind", "ru": "Покупатель передумал", "zh-hans": "买家改变主意"}},
    "665": {"kind": "buyer", "available": True, "message": False, "counts": False, "after_hand_over": True, "names": {
        "en": "The buyer did not collect the order", "ru": "Покупатель не забрал заказ", "zh-hans": "买家未取件"}},
    "666": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "No delivery to the buyer’s region", "ru": "Невозможно доставить в регион покупателя",
        "zh-hans": "无法配送至买家所在地区"}},
    "667": {"kind": "buyer", "available": True, "message": False, "counts": False, "after_hand_over": True, "names": {
        "en": "Lost by the carrier", "ru": "Заказ утерян службой доставки", "zh-hans": "物流公司丢失包裹"}},
}


def order_number(order: int) -> str:
    """`<eight digits>-<four digits>` of the order's id; different ids never give the same number."""
    first = 10_000_000 + order * _NUMBER_STEP % _NUMBER_SPACE
    return f"{first}-{(first * 7 + order // _NUMBER_SPACE) % 10_000:04d}"


def barcodes(posting_id: int) -> tuple[str, str]:
    """The upper and the lower barcode of the API's postings."""
    return f"%101%{posting_id + 8_000_000_000}", f"{posting_id + 23_000_000_000}000"


def ship_by(at: datetime, time_zone: str, cut_off: time, preparation_hours: int) -> datetime:
    """Until when an order must be handed over. UTC.

    An order taken up to the cut-off counts for that day, a later one for the next; preparation adds whole days; the
    deadline is the cut-off of the day reached, in the warehouse's own time, also over a change of the clocks.
    Cut-off 18:00 and 24 hours: Monday 10:00 → Tuesday 18:00, Monday 18:01 → Wednesday 18:00. With 0 hours Monday
    10:00 → Monday 18:00.
    """
    zone = ZoneInfo(time_zone)
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=0 if local.time() <= cut_off else 1)
    day += timedelta(days=-(-preparation_hours // 24))
    return datetime.combine(day, cut_off, zone).astimezone(at.tzinfo)


def fold(*texts: str) -> str:
    """Text as it is searched: compatible forms joined, no case, ё as е, single spaces."""
    joined = unicodedata.normalize("NFKC", " ".join(text for text in texts if text)).casefold().replace("ё", "е")
    return " ".join(joined.split())


def check_packages(lines: Iterable[LineRow], packages: Sequence[Package]) -> None:
    """Every unit of every line in exactly one package.

    Raises UnknownProduct for a SKU that is not in the posting, IncorrectQuantity for anything short, over or empty.
    """
    ordered = {line.sku: line for line in lines}
    packed: dict[int, int] = dict.fromkeys(ordered, 0)
    for package in packages:
        for sku, quantity in package:
            if sku not in ordered:
                raise UnknownProduct(sku)
            if quantity < 1:
                raise IncorrectQuantity(ordered[sku].offer_id, ordered[sku].quantity, quantity)
            packed[sku] += quantity
    for sku, line in ordered.items():
        if packed[sku] != line.quantity:
            raise IncorrectQuantity(line.offer_id, line.quantity, packed[sku])
    if not all(packages):
        first = next(iter(ordered.values()))
        raise IncorrectQuantity(first.offer_id, first.quantity, 0)


def split_commission(line: LineRow, quantities: Sequence[int]) -> list[int]:
    """A line's commission over the parts it is split into, adding up to the kopeck."""
    return allocate(line.commission_minor, list(quantities))


def choose_warehouse(lines: Sequence[tuple[int, int]], free: Mapping[int, Mapping[int, int]],
                     warehouses: Sequence[int]) -> int | None:
    """The first warehouse with every unit on the shelf. `free` is warehouse → product → units."""
    for warehouse in warehouses:
        shelf = free.get(warehouse, {})
        if all(shelf.get(product, 0) >= quantity for product, quantity in lines):
            return warehouse
    return None


def seller_may_use(reason: CancelReason, place: Place) -> bool:
    """Whether a seller may end a posting at this place for this reason."""
    return reason.available and (states.left_the_shop(place) or not reason.after_hand_over)


def masked_phone(phone: str) -> str:
    """The buyer's number as people in the shop see it: its beginning and its last two digits."""
    digits = [letter for letter in phone if letter.isdigit()]
    if len(digits) < 7:
        return ""
    return f"+{''.join(digits[:2])} ••• ••• •• {''.join(digits[-2:])}"
