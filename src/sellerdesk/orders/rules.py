"""Pure decisions about orders: no database, no clock, no Django."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.money import allocate
from sellerdesk.orders import states
from sellerdesk.orders.errors import CutoffInvalid, IncorrectQuantity, TimeslotInvalid, UnknownProduct
from sellerdesk.orders.types import CancelReason, LineRow, Place

Package = Sequence[tuple[int, int]]

# What carriers print: letters, digits and hyphens.
TRACKING_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{4,39}")
# The longest time from an order to its delivery that a shop may agree with the buyer.
LONGEST_DELIVERY = timedelta(days=30)
_CODES = 10_000
# What barcodes add to a posting's id.
_UPPER, _LOWER = 8_000_000_000, 23_000_000_000

# Order numbers walk over all eight-digit numbers without repeating, so that neighbours do not look alike.
_NUMBER_SPACE = 89_999_999
_NUMBER_STEP = 48_271_009
# What barcodes add to a posting's id.
_UPPER, _LOWER = 8_000_000_000, 23_000_000_000

# The catalogue of reasons for ending a posting, as the dated rule orders.cancel_reason starts out. Ids, sides and
# availability are those of the Seller API; 501, 503 and 505 are ours: what buyers say before delivery; so is 507, a
# term that ran out.
DEFAULT_REASONS: dict[str, dict[str, object]] = {
    "352": {"kind": "seller", "available": True, "message": False, "counts": True, "stock": "write_off", "names": {
        "en": "Out of stock at the seller’s warehouse", "ru": "Товар закончился на складе продавца",
        "zh-hans": "卖家仓库缺货"}},
    "400": {"kind": "seller", "available": True, "message": False, "counts": True, "stock": "write_off", "names": {
        "en": "Only defective goods are left", "ru": "Остался только бракованный товар", "zh-hans": "仅剩残次品"}},
    "401": {"kind": "seller", "available": False, "message": False, "counts": True, "names": {
        "en": "The seller lost the dispute", "ru": "Продавец отклонил арбитраж", "zh-hans": "卖家拒绝仲裁"}},
    "402": {"kind": "seller", "available": True, "message": True, "counts": True, "names": {
        "en": "Another reason, the seller’s fault", "ru": "Другое (вина продавца)", "zh-hans": "其他（卖家原因）"}},
    "501": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "The buyer ordered by mistake", "ru": "Покупатель заказал по ошибке", "zh-hans": "买家误下单"}},
    "503": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "The delivery takes too long for the buyer", "ru": "Покупателя не устроил срок доставки",
        "zh-hans": "买家认为配送时间过长"}},
    "505": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "The buyer changed their mind", "ru": "Покупатель передумал", "zh-hans": "买家改变主意"}},
    "506": {"kind": "buyer", "available": False, "message": False, "counts": False, "names": {
        "en": "Not paid in time", "ru": "Не оплачен вовремя", "zh-hans": "未按时付款"}},
    "507": {"kind": "seller", "available": False, "message": False, "counts": True, "names": {
        "en": "Not handed over in time", "ru": "Не передан в доставку в срок", "zh-hans": "未按时交运"}},
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
    return f"%101%{posting_id + _UPPER}", f"{posting_id + _LOWER}000"


def posting_of_barcode(barcode: str) -> int:
    """The posting's id from either of its barcodes; 0, which none has, for anything else."""
    upper = barcode.removeprefix("%101%")
    if upper != barcode:
        return int(upper) - _UPPER if upper.isascii() and upper.isdecimal() and len(upper) < 19 else 0
    lower = barcode.removesuffix("000")
    if lower != barcode and lower.isascii() and lower.isdecimal() and len(lower) < 19:
        return int(lower) - _LOWER
    return 0


def ship_by(at: datetime, time_zone: str, cut_off: time, preparation_hours: int,
            working_days: Collection[int] = range(1, 8), holidays: Collection[date] = ()) -> datetime:
    """Until when an order must be handed over. UTC.

    An order taken up to the cut-off counts for that day, a later one or one on a day off for the next day of work;
    preparation adds whole days of work; the deadline is the cut-off of the day reached, in the warehouse's own time,
    also over a change of the clocks. `working_days` are ISO numbers, Monday is 1.
    Cut-off 18:00 and 24 hours: Monday 10:00 → Tuesday 18:00, Monday 18:01 → Wednesday 18:00. With 0 hours Monday
    10:00 → Monday 18:00. Without work at weekends Friday 10:00 → Monday 18:00, Saturday → Tuesday 18:00.
    """
    zone = ZoneInfo(time_zone)
    local = at.astimezone(zone)
    day = local.date()
    if local.time() > cut_off:
        day += _DAY
    day = _day_of_work(day, working_days, holidays)
    for _ in range(-(-preparation_hours // 24)):
        day = _day_of_work(day + _DAY, working_days, holidays)
    return datetime.combine(day, cut_off, zone).astimezone(at.tzinfo)


_DAY = timedelta(days=1)
_LONGEST_REST = 400


def _day_of_work(day: date, working_days: Collection[int], holidays: Collection[date]) -> date:
    """The day itself or the next one on which the warehouse works; a warehouse that never works rests for no day."""
    for later in range(_LONGEST_REST):
        found = day + timedelta(days=later)
        if found.isoweekday() in working_days and found not in holidays:
            return found
    return day


# What is due within this time stands in a group of its own.
SOON = timedelta(hours=2)


def end_of_day(at: datetime, time_zone: str) -> datetime:
    """When the local day of a moment ends, with its real length where clocks change."""
    zone = ZoneInfo(time_zone)
    return datetime.combine(at.astimezone(zone).date() + _DAY, time(), zone)


def urgency(ship_by: datetime, now: datetime, time_zone: str) -> str:
    """`overdue`, `soon` (within SOON), `today` (before the shop's midnight) or `later`.

    At 13:00: 12:59 → overdue, 14:59 → soon, 15:00 → today, tomorrow 00:00 → later. At 23:00: 00:30 → soon.
    """
    if ship_by < now:
        return "overdue"
    if ship_by < now + SOON:
        return "soon"
    return "today" if ship_by < end_of_day(now, time_zone) else "later"


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


def keep_and_take(lines: Iterable[LineRow], items: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]],
                                                                                      list[tuple[int, int]]]:
    """(SKU, units) that stay in a posting and that leave it, when `items` are taken out of it.

    Raises UnknownProduct for a SKU that is not in the posting, IncorrectQuantity for fewer than one unit of a line or
    more than it has.
    """
    ordered = {line.sku: line for line in lines}
    taken: dict[int, int] = {}
    for sku, quantity in items:
        if sku not in ordered:
            raise UnknownProduct(sku)
        taken[sku] = taken.get(sku, 0) + quantity
        if quantity < 1 or taken[sku] > ordered[sku].quantity:
            raise IncorrectQuantity(ordered[sku].offer_id, ordered[sku].quantity, taken[sku])
    if not taken:
        first = next(iter(ordered.values()))
        raise IncorrectQuantity(first.offer_id, first.quantity, 0)
    kept = [(sku, line.quantity - taken.get(sku, 0)) for sku, line in ordered.items()]
    return [one for one in kept if one[1]], [(sku, taken[sku]) for sku in ordered if sku in taken]


def remainder(lines: Iterable[LineRow], packages: Sequence[Package]) -> list[tuple[int, int]]:
    """What no package names, as (SKU, quantity); empty where everything is named.

    Raises UnknownProduct for a SKU that is not in the posting, IncorrectQuantity for more units than ordered, for none,
    and for a package without goods.
    """
    ordered = {line.sku: line for line in lines}
    left = {sku: line.quantity for sku, line in ordered.items()}
    first = next(iter(ordered.values()))
    if not packages or not all(packages):
        raise IncorrectQuantity(first.offer_id, first.quantity, 0)
    for package in packages:
        for sku, quantity in package:
            if sku not in ordered:
                raise UnknownProduct(sku)
            left[sku] -= quantity
            if quantity < 1 or left[sku] < 0:
                raise IncorrectQuantity(ordered[sku].offer_id, ordered[sku].quantity, ordered[sku].quantity - left[sku])
    return [(sku, quantity) for sku, quantity in left.items() if quantity]


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


def seller_may_use(reason: CancelReason, place: Place, previous: str = "") -> bool:
    """Whether a seller may end a posting at this place, reached from the substate `previous`, for this reason."""
    return reason.available and (states.left_the_shop(place, previous) or not reason.after_hand_over)


def check_cutoff(cutoff: datetime, now: datetime, ship_by: datetime) -> None:
    """An earlier hand-over lies between now and the deadline of the order. Raises CutoffInvalid."""
    if not now < cutoff <= ship_by:
        raise CutoffInvalid(f"{ship_by:%Y-%m-%d %H:%M} UTC")


def slot_end(ordered_at: datetime) -> datetime:
    """Until when an order must be with its buyer, whatever is agreed."""
    return ordered_at + LONGEST_DELIVERY


def check_timeslot(begin: datetime, end: datetime, now: datetime, ordered_at: datetime) -> None:
    """A time of delivery in the future, no later than 30 days after the order. Raises TimeslotInvalid."""
    last = slot_end(ordered_at)
    if not now < begin < end <= last:
        raise TimeslotInvalid(f"{last:%Y-%m-%d %H:%M} UTC")


def pickup_code(posting: int) -> str:
    """The four digits that the courier of an express order names, the same whenever they are asked for."""
    digest = hashlib.sha256(f"pickup:{posting}".encode()).digest()
    return f"{int.from_bytes(digest[:8]) % _CODES:04d}"


def hidden_since(ended_at: datetime | None, days: int, now: datetime) -> datetime | None:
    """Since when a buyer is hidden whose order ended at `ended_at`; None while the shop may still need them."""
    if ended_at is None or now < ended_at + timedelta(days=days):
        return None
    return ended_at + timedelta(days=days)


def masked_phone(phone: str) -> str:
    """The buyer's number as people in the shop see it: its beginning and its last two digits."""
    digits = [letter for letter in phone if letter.isdigit()]
    if len(digits) < 7:
        return ""
    return f"+{''.join(digits[:2])} ••• ••• •• {''.join(digits[-2:])}"
