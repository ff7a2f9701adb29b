"""What lies in the marketplace's warehouses and what that costs. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Min, Sum

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import reference
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.db import db_time, fetch_all, json_param, json_rows
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.economics.types import Foreseen, Stored
from sellerdesk.finance import queries as finance
from sellerdesk.finance.types import Effect
from sellerdesk.inventory import rules
from sellerdesk.inventory.errors import StorageDayUnknown
from sellerdesk.inventory.models import Stock, StockMove, StorageDay, StorageRow
from sellerdesk.inventory.types import StorageTariff, StoredDay, StoredRow, StoredSku
from sellerdesk.sellers.types import SellerRef

TARIFF = "inventory.storage"
#: More rows than four weeks of ten thousand goods have; an effect is an estimate.
_MOST_ROWS = 300_000
_DAY = ("day", "units", "paid_units", "volume_ml", "paid_ml", "amount_minor", "currency")
_ROW = ("day", "sku", "warehouse_id", "units", "paid_units", "unit_ml", "amount_minor", "currency", "rule_id",
        "rate_id")


def tariff(department: str, at: datetime) -> StorageTariff:
    """What storing goods of a department costs at a moment; it needs no query. Raises Unavailable `rule_missing`."""
    rule = dated.get(TARIFF, department, at)
    value = rule.value
    return StorageTariff(int(value["free_days"]), int(value["minor_100l"]), int(value["least_ml"]),
                         str(value["currency"]), rule.id)


def tariffs_of(seller: SellerRef, at: datetime, language: str) -> list[tuple[str, StorageTariff]]:
    """The tariffs of the goods that a shop has, or had, with the marketplace: the department's name, empty for those
    without a tariff of their own, and the tariff. Four queries at most. Raises Unavailable."""
    ids = Stock.objects.filter(seller_id=seller.id, warehouse__seller__isnull=True).values_list("product_id", flat=True)
    refs = catalog.refs(seller, product_ids=sorted(set(ids)))
    known = dated.all_of(TARIFF, at)
    tops = {str(top) for top in finance.departments({ref.category_id for ref in refs}).values()}
    own = sorted(top for top in tops if top in known)
    names = reference.category_names([int(top) for top in own], language)
    keys = [*([""] if not own or tops - set(own) else []), *own]
    return [(names.get(int(key), "") if key else "", tariff(key, at)) for key in keys]


def uncounted() -> dict[int, tuple[date | None, datetime | None]]:
    """Shops of the clock in force that have, or had, goods with the marketplace: the last day that was counted, and
    since when there is a row of stock. Two queries."""
    since = dict(Stock.objects.filter(clock.shops(), warehouse__seller__isnull=True).values_list("seller_id").annotate(
        Min("first_at")).order_by("seller_id"))
    last = dict(StorageDay.objects.filter(clock.shops()).values_list("seller_id").annotate(Max("day")).order_by())
    return {seller_id: (last.get(seller_id), first) for seller_id, first in since.items()}


def count(seller: SellerRef, day: date, at: datetime | None = None) -> list[StoredRow]:
    """What lies in each warehouse of the marketplace at the end of a day of the shop, and what that costs by the tariff
    in force then, or at another moment `at`.

    Read from what lies there now, less what the ledger says has happened since. Units promised to buyers are left out:
    they are on their way. Three queries. Raises Unavailable.
    """
    _since, until = finance.day_bounds(seller, day, day)
    last = until - timedelta(seconds=1)
    stock = list(Stock.objects.filter(seller_id=seller.id, warehouse__seller__isnull=True).order_by(
        "product_id", "warehouse_id").values_list("product_id", "warehouse_id", "present", "reserved"))
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=sorted({row[0] for row in stock}))}
    tops = finance.departments({ref.category_id for ref in refs.values()})
    tariffs = {ref.id: tariff(str(tops.get(ref.category_id, "")), at or last) for ref in refs.values()}
    moved = _moved(seller, [(product, warehouse, until - timedelta(days=tariffs[product].free_days))
                            for product, warehouse, _present, _reserved in stock if product in refs], until)
    found = []
    for product, warehouse, present, reserved in stock:
        after, arrived = moved.get((product, warehouse), (0, 0))
        units = present - reserved - after
        if product not in refs or units <= 0:
            continue
        by = tariffs[product]
        paid, ml = rules.paid_units(units, arrived), rules.unit_ml(refs[product].sides_mm, by.least_ml)
        cost = finance.convert(rules.storage_minor(paid, ml, by.minor_100l), by.currency, seller.currency, last)
        found.append(StoredRow(day, refs[product].sku, warehouse, units, paid, ml, cost.amount_minor, seller.currency,
                               by.rule_id, cost.rule_id))
    return found


def _moved(seller: SellerRef, wanted: list[tuple[int, int, datetime]], until: datetime
           ) -> dict[tuple[int, int], tuple[int, int]]:
    """By (product, warehouse): how many free units more there are since `until`, and how many came between the moment
    named and then."""
    if not wanted:
        return {}
    rows = fetch_all(
        "SELECT m.product_id, m.warehouse_id,"
        " SUM(CASE WHEN m.at >= %s THEN m.present_delta - m.reserved_delta ELSE 0 END),"
        " SUM(CASE WHEN m.at < %s AND m.at >= v.since AND m.present_delta > 0 THEN m.present_delta ELSE 0 END)"
        f" FROM {json_rows('v', p='int', w='int', since='time')} JOIN inventory_stockmove m ON m.product_id = v.p"
        " AND m.warehouse_id = v.w WHERE m.seller_id = %s GROUP BY m.product_id, m.warehouse_id",
        [db_time(until), db_time(until), json_param([list(one) for one in wanted]), seller.id])
    return {(product, warehouse): (int(after), int(arrived)) for product, warehouse, after, arrived in rows}


def days(seller: SellerRef, since: date, until: date, *, cursor: str | None = None, limit: int = 1000
         ) -> Page[StoredDay]:
    """The days counted from one to another, the newest first. One query."""
    return keyset(StorageDay.objects.filter(seller_id=seller.id, day__gte=since, day__lte=until), "-day",
                  cursor=cursor, limit=limit, columns=_DAY).map(lambda row: StoredDay(*row))


def day(seller: SellerRef, when: date) -> StoredDay:
    """One counted day. Raises StorageDayUnknown."""
    row = StorageDay.objects.filter(seller_id=seller.id, day=when).values_list(*_DAY).first()
    if row is None:
        raise StorageDayUnknown()
    return StoredDay(*row)


def total_minor(seller: SellerRef, since: date, until: date) -> int:
    """What storing cost from one day to another. One query."""
    return StorageDay.objects.filter(seller_id=seller.id, day__gte=since, day__lte=until).aggregate(
        amount=Sum("amount_minor"))["amount"] or 0


def rows(seller: SellerRef, since: date, until: date, *, cursor: str | None = None, limit: int = 1000
         ) -> Page[StoredRow]:
    """Rows of these days by day, SKU and warehouse. One query."""
    return keyset(StorageRow.objects.filter(seller_id=seller.id, day__gte=since, day__lte=until), "day", "sku",
                  "warehouse_id", cursor=cursor, limit=limit, columns=_ROW).map(lambda row: StoredRow(*row))


def by_sku(seller: SellerRef, since: date, until: date, *, skus: Iterable[int] | None = None) -> list[StoredSku]:
    """What each SKU cost from one day to another, the dearest first. One query."""
    found = StorageRow.objects.filter(seller_id=seller.id, day__gte=since, day__lte=until)
    if skus is not None:
        found = found.filter(sku__in=list(skus))
    return [StoredSku(*row, seller.currency) for row in found.values("sku").annotate(
        unit_days=Sum("units"), paid_days=Sum("paid_units"), amount=Sum("amount_minor")).order_by(
        "-amount", F("sku")).values_list("sku", "unit_days", "paid_days", "amount")]


def foreseen(seller: SellerRef, products: Sequence[ProductRef], at: datetime) -> dict[int, Foreseen]:
    """What storing a unit of each product that lies with the marketplace will cost until it is sold, by product.

    A unit lies there for as long as what is free there lasts at its pace, since the oldest leave first. One query, and
    the tree of categories. Raises Unavailable.
    """
    found = {product: (int(free), int(pace)) for product, free, pace in Stock.objects.filter(
        seller_id=seller.id, product_id__in=[one.id for one in products], warehouse__seller__isnull=True).values(
        "product_id").annotate(free=Sum(F("present") - F("reserved")), pace=Sum("daily_milli")).order_by().values_list(
        "product_id", "free", "pace")}
    lying = [one for one in products if one.id in found]
    tops = finance.departments({one.category_id for one in lying}) if lying else {}
    made = {}
    for one in lying:
        by, days = tariff(str(tops.get(one.category_id, "")), at), rules.days_of_cover(*found[one.id])
        amount = None
        if days is not None:
            ml = rules.unit_ml(one.sides_mm, by.least_ml)
            amount = finance.convert(rules.storage_until_sold(days, by.free_days, ml, by.minor_100l), by.currency,
                                     seller.currency, at).amount_minor
        made[one.id] = Foreseen(amount, days, by.free_days, by.rule_id)
    return made


def booked(seller: SellerRef, skus: Sequence[int], since: date, until: date) -> dict[int, Stored]:
    """What storing SKUs cost from one day to another, and how many of their units reached buyers from there, by SKU.

    Three queries.
    """
    refs = {ref.id: ref.sku for ref in catalog.refs(seller, skus=skus)}
    start, end = finance.day_bounds(seller, since, until)
    sold = dict(StockMove.objects.filter(
        seller_id=seller.id, product_id__in=refs, warehouse__seller__isnull=True, reason="consume", at__gte=start,
        at__lt=end).values_list("product_id").annotate(units=-Sum("present_delta")).order_by())
    cost = {row.sku: row.amount_minor for row in by_sku(seller, since, until, skus=refs.values())}
    return {sku: Stored(cost.get(sku, 0), int(sold.get(product, 0))) for product, sku in refs.items()
            if sku in cost or product in sold}


def effect(seller: SellerRef, since: datetime, until: datetime, at: datetime) -> Effect:
    """Storage of the days counted between two moments, as it was and by the tariff in force `at` another.

    `units` are units times days; nothing is sold by lying there. Four queries, and the tree of categories.
    """
    first, last = finance.local_day(seller, since), finance.local_day(seller, until)
    counted = rows(seller, first, last, limit=_MOST_ROWS).rows
    refs = {ref.sku: ref for ref in catalog.refs(seller, skus=sorted({row.sku for row in counted}))}
    tops = finance.departments({ref.category_id for ref in refs.values()})
    tariffs = {sku: tariff(str(tops.get(ref.category_id, "")), at) for sku, ref in refs.items()}
    longest = max((one.free_days for one in tariffs.values()), default=0)
    came = _arrivals(seller, [ref.id for ref in refs.values()], first - timedelta(days=longest), last)
    found = [0, 0]
    for row in counted:
        found[0] += row.amount_minor
        if row.sku not in refs:
            found[1] += row.amount_minor
            continue
        by, ref = tariffs[row.sku], refs[row.sku]
        arrived = sum(units for when, units in came.get((ref.id, row.warehouse_id), ())
                      if row.day - timedelta(days=by.free_days) < when <= row.day)
        cost = rules.storage_minor(rules.paid_units(row.units, arrived), rules.unit_ml(ref.sides_mm, by.least_ml),
                                   by.minor_100l)
        found[1] += finance.convert(cost, by.currency, seller.currency, at).amount_minor
    return Effect("", sum(row.units for row in counted), 0, *found)


def _arrivals(seller: SellerRef, product_ids: Sequence[int], first: date, last: date
              ) -> dict[tuple[int, int], list[tuple[date, int]]]:
    """Units that came to the marketplace's warehouses, by product and warehouse, with their day. One query."""
    start, end = finance.day_bounds(seller, first, last)
    found: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for product, warehouse, when, units in StockMove.objects.filter(
            seller_id=seller.id, product_id__in=product_ids, warehouse__seller__isnull=True, present_delta__gt=0,
            at__gte=start, at__lt=end).values_list("product_id", "warehouse_id", "at", "present_delta"):
        found[product, warehouse].append((finance.local_day(seller, when), units))
    return found
