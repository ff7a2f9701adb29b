"""Reading stock and warehouses. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import pgettext_lazy

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode, fetch_all, json_param, json_rows, placeholders, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.models import Stock, StockMove, Warehouse
from sellerdesk.inventory.types import (
    Alerts,
    ClusterRow,
    LedgerFilter,
    MoveRow,
    PlatformChange,
    PlatformRow,
    StockRow,
    WarehouseRow,
)
from sellerdesk.sellers.types import OpenEnd, SellerRef

_WAREHOUSE = ("id", "name", "city", "address", "time_zone", "cut_off", "preparation_hours", "state", "created_at",
              "code", "kind", "country", "latitude", "longitude", "phone", "opens", "closes", "working_days",
              "holidays", "bulky", "return_address", "return_note", "postings_limit", "safety_stock", "low_stock",
              "pause_from", "pause_until", "pause_reason", "updated_at", "cluster_id")
_DAYS_AT, _HOLIDAYS_AT = _WAREHOUSE.index("working_days"), _WAREHOUSE.index("holidays")
_STATE_ORDER = {"active": 0, "new": 1, "paused": 2, "archived": 3}


def warehouses(seller: SellerRef) -> list[WarehouseRow]:
    """All warehouses of the shop: open ones first, then by age. One query."""
    rows = [_warehouse_row(row) for row in
            Warehouse.objects.filter(seller_id=seller.id).order_by("id").values_list(*_WAREHOUSE)]
    return sorted(rows, key=lambda row: _STATE_ORDER[row.state])


def warehouse(seller: SellerRef, warehouse_id: int) -> WarehouseRow:
    """One warehouse. Raises WarehouseUnknown, also for another shop's."""
    row = Warehouse.objects.filter(seller_id=seller.id, pk=warehouse_id).values_list(*_WAREHOUSE).first()
    if row is None:
        raise WarehouseUnknown(data={"value": str(warehouse_id)})
    return _warehouse_row(row)


def _warehouse_row(row: Sequence[Any]) -> WarehouseRow:
    values = list(row)
    values[_DAYS_AT] = tuple(values[_DAYS_AT])
    values[_HOLIDAYS_AT] = tuple(date.fromisoformat(day) for day in values[_HOLIDAYS_AT])
    return WarehouseRow(*values)


def pauses_to_begin(now: datetime) -> list[tuple[int, int, str]]:
    """(shop, warehouse, name) of every shop's warehouses whose planned pause begins. One query."""
    return list(Warehouse.objects.filter(clock.shops(), pause_from__lte=now, state__in=["active", "new"]).order_by(
        "id").values_list("seller_id", "id", "name"))


def pauses_to_end(now: datetime) -> list[tuple[int, int, str]]:
    """(shop, warehouse, name) of every shop's warehouses whose pause is over. One query."""
    return list(Warehouse.objects.filter(clock.shops(), pause_until__lte=now, state="paused").order_by(
        "id").values_list("seller_id", "id", "name"))


def platform_warehouses(kind: str = "platform") -> list[WarehouseRow]:
    """The marketplace's own warehouses, by id: where goods lie, or `receiving` points for supplies. One query."""
    return [_warehouse_row(row) for row in Warehouse.objects.filter(seller__isnull=True, kind=kind).order_by(
        "id").values_list(*_WAREHOUSE)]


def clusters(at: datetime) -> list[ClusterRow]:
    """The parts of the country that the marketplace keeps goods for, by id. No query beyond rules."""
    return sorted((ClusterRow(int(key), rule.value["names"], rule.value["country"], tuple(rule.value["regions"]),
                              rule.id)
                   for key, rule in dated.all_of("inventory.cluster", at).items()), key=lambda row: row.id)


def platform_stock(seller: SellerRef, *, product_ids: Sequence[int] | None = None, after: tuple[int, int] | None = None,
                   limit: int = 1000) -> list[PlatformRow]:
    """What lies in the marketplace's warehouses, by product and warehouse, of these products only where some are
    named. `after` is the pair that a page before ended with. One query."""
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__seller__isnull=True)
    if product_ids is not None:
        rows = rows.filter(product_id__in=list(product_ids))
    if after:
        rows = rows.filter(Q(product_id__gt=after[0]) | Q(product_id=after[0], warehouse_id__gt=after[1]))
    return [PlatformRow(*row) for row in rows.order_by("product_id", "warehouse_id").values_list(
        "product_id", "warehouse_id", "present", "reserved", "updated_at", "daily_milli")[:limit]]


def platform_changes(seller: SellerRef, acts: Iterable[tuple[str, datetime]]) -> list[PlatformChange]:
    """What acts, each named by the reference and time of its ledger lines, changed in the marketplace's warehouses, by
    product: what lay there before the first and after the last of them. Three queries, one where they changed nothing.
    """
    wanted = set(acts)
    at_platform = StockMove.objects.filter(seller_id=seller.id, warehouse__seller__isnull=True)
    mine = [row for row in at_platform.filter(reference__in={reference for reference, _at in wanted}).order_by(
        "id").values_list("id", "product_id", "reference", "at", "present_delta", "reserved_delta")
        if (row[2], row[3]) in wanted]
    if not mine:
        return []
    first: dict[int, int] = {}
    last: dict[int, tuple[int, datetime]] = {}
    for pk, product_id, _reference, at, _present, _reserved in mine:
        first.setdefault(product_id, pk)
        last[product_id] = pk, at
    now = {row["product_id"]: row for row in Stock.objects.filter(
        seller_id=seller.id, warehouse__seller__isnull=True, product_id__in=first).values("product_id").annotate(
        present=Sum("present"), reserved=Sum("reserved")).order_by()}
    # The ledger is read backwards from what lies there now.
    after: dict[int, list[int]] = {product_id: [0, 0] for product_id in first}
    within: dict[int, list[int]] = {product_id: [0, 0] for product_id in first}
    for pk, product_id, present, reserved in at_platform.filter(
            product_id__in=first, pk__gte=min(first.values())).values_list(
            "id", "product_id", "present_delta", "reserved_delta"):
        if pk >= first[product_id]:
            sums = after if pk > last[product_id][0] else within
            sums[product_id][0] += present
            sums[product_id][1] += reserved
    found = []
    for product_id, row in sorted(now.items()):
        present, reserved = row["present"] - after[product_id][0], row["reserved"] - after[product_id][1]
        found.append(PlatformChange(product_id, last[product_id][1], present - within[product_id][0],
                                    reserved - within[product_id][1], present, reserved))
    return found


def platform_products(seller: SellerRef) -> list[int]:
    """Products that lie, or have lain, in the marketplace's warehouses, those with the most units first. One query."""
    return list(Stock.objects.filter(seller_id=seller.id, warehouse__seller__isnull=True).values("product_id").annotate(
        units=Sum("present")).order_by("-units", "product_id").values_list("product_id", flat=True))


def stocks(seller: SellerRef, product_ids: Iterable[int], warehouse_ids: Sequence[int] = (), *,
           platform: bool = False) -> dict[int, list[StockRow]]:
    """Stock rows by product, in warehouse order, in these warehouses only where some are named. One query.

    Products that never had stock there are left out. With `platform` also what lies with the marketplace.
    """
    ids = list(product_ids)
    found: dict[int, list[StockRow]] = defaultdict(list)
    if not ids:
        return {}
    places = f" AND s.warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""
    places += "" if platform else " AND w.seller_id IS NOT NULL"
    rows = fetch_all(
        "SELECT s.product_id, s.warehouse_id, s.present, s.reserved, s.updated_at, w.safety_stock,"
        " s.daily_milli, s.short, w.seller_id"
        " FROM inventory_stock s JOIN inventory_warehouse w ON w.id = s.warehouse_id"
        f" JOIN {json_rows('v', id='int')} ON s.product_id = v.id WHERE s.seller_id = %s{places}"
        " ORDER BY s.warehouse_id", [json_param([[id_] for id_ in ids]), seller.id, *warehouse_ids])
    for product_id, warehouse_id, present, reserved, updated_at, safety, pace, short, owner in rows:
        found[product_id].append(StockRow(product_id, warehouse_id, present, reserved, utc(updated_at), safety, pace,
                                          short, owner is None))
    return dict(found)


def stock_of(seller: SellerRef, warehouse_id: int, *, cursor: str | None = None, limit: int = 100) -> Page[StockRow]:
    """What lies, or has lain, in one of the shop's warehouses, by product. One query. Raises `cursor_invalid`."""
    return keyset(Stock.objects.filter(seller_id=seller.id, warehouse_id=warehouse_id, warehouse__seller_id=seller.id),
                  "product_id", cursor=cursor, limit=limit, columns=(
                      "product_id", "warehouse_id", "present", "reserved", "updated_at")).map(
                          lambda row: StockRow(*row))


def shelves(seller: SellerRef, product_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """On which shelf products lie, by (warehouse, product); those of which nobody said it left out. One query."""
    rows = Stock.objects.filter(seller_id=seller.id, product_id__in=set(product_ids)).exclude(shelf="")
    return {(warehouse, product): shelf for warehouse, product, shelf in rows.values_list(
        "warehouse_id", "product_id", "shelf")}


def lying_in(seller: SellerRef, warehouse_id: int, limit: int) -> list[int]:
    """Products that lie in a warehouse, those with the most units first. One query."""
    return list(Stock.objects.filter(seller_id=seller.id, warehouse_id=warehouse_id, present__gt=0).order_by(
        "-present", "product_id").values_list("product_id", flat=True)[:limit])


def open_end(seller: SellerRef) -> OpenEnd | None:
    """Goods that still lie in a shop's own warehouses; they do not keep it from closing. One query."""
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__seller_id=seller.id)
    units = rows.aggregate(units=Sum("present"))["units"] or 0
    return OpenEnd("stock", pgettext_lazy("closing", "Goods in your warehouses"), "inventory:stocks", count=units,
                   blocks=False) if units else None


def free(seller: SellerRef, product_ids: Sequence[int] | None = None, warehouse_ids: Sequence[int] = ()
         ) -> dict[int, int]:
    """Sellable units by product over all open warehouses, the marketplace's among them, or over these of them, without
    safety stock; products without any row are left out.

    One query.
    """
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__state=Warehouse.State.ACTIVE)
    if product_ids is not None:
        rows = rows.filter(product_id__in=product_ids)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    sellable = Greatest(F("present") - F("reserved") - F("warehouse__safety_stock"), 0)
    return dict(rows.values("product_id").annotate(units=Sum(sellable)).order_by().values_list("product_id", "units"))


def keeps_any(seller: SellerRef) -> bool:
    """Whether any stock was ever written for an open warehouse. One query that reads one row."""
    return Stock.objects.filter(seller_id=seller.id, warehouse__state=Warehouse.State.ACTIVE).exists()


def _needs(low: int, soon_days: int) -> Mapping[str, Q]:
    """Which rows need a look, by kind of need. `low` is the warning level of warehouses that have none of their own."""
    return {
        "out": Q(present__lte=F("reserved")),
        "low": Q(present__gt=F("reserved"), present__lte=F("reserved") + F("level")),
        "soon": Q(daily_milli__gt=0, present__gt=F("reserved"), thousandths__lt=F("daily_milli") * soon_days),
        "short": Q(short__gt=0),
    }


def _watched(seller: SellerRef, warehouse_ids: Sequence[int], low: int) -> QuerySet[Stock]:
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__seller_id=seller.id,
                                warehouse__state=Warehouse.State.ACTIVE)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return rows.annotate(level=Coalesce(F("warehouse__low_stock"), low),
                         thousandths=(F("present") - F("reserved")) * 1000)


def alerts(seller: SellerRef, *, low: int, soon_days: int, warehouse_ids: Sequence[int] = ()) -> Alerts:
    """How many rows of the shop's open warehouses need a look, by kind of need. One query."""
    counts = _watched(seller, warehouse_ids, low).aggregate(
        **{name: Count("id", filter=where) for name, where in _needs(low, soon_days).items()})
    return Alerts(**counts)


def needing(seller: SellerRef, need: str, *, low: int, soon_days: int, warehouse_ids: Sequence[int] = (),
            limit: int = 1000) -> list[int]:
    """Products that need a look for a reason (out, low, soon, short), scarcest first. One query."""
    rows = _watched(seller, warehouse_ids, low).filter(_needs(low, soon_days)[need]).order_by(
        F("present") - F("reserved"), "product_id")
    return list(dict.fromkeys(rows.values_list("product_id", flat=True)[:limit]))


def ledger(seller: SellerRef, where: LedgerFilter, *, cursor: str | None = None, limit: int = 50) -> Page[MoveRow]:
    """One page of the shop's stock ledger, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = StockMove.objects.filter(seller_id=seller.id)
    if where.warehouse_ids:
        rows = rows.filter(warehouse_id__in=where.warehouse_ids)
    if where.product_ids is not None:
        rows = rows.filter(product_id__in=where.product_ids)
    if where.reason:
        rows = rows.filter(reason=where.reason)
    if where.since:
        rows = rows.filter(at__gte=where.since)
    if where.until:
        rows = rows.filter(at__lt=where.until)
    backwards = False
    if cursor:
        way, last = cursor_decode(cursor, 2)
        if not isinstance(last, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        backwards = way == "prev"
        rows = rows.filter(id__gt=last) if backwards else rows.filter(id__lt=last)
    found = [MoveRow(*row) for row in rows.order_by("id" if backwards else "-id").values_list(*_MOVE)[:limit + 1]]
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    older, newer = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(found, cursor_encode("next", found[-1].id) if older and found else "",
                cursor_encode("prev", found[0].id) if newer and found else "")


_MOVE = ("at", "warehouse_id", "reason", "present_delta", "reserved_delta", "reference", "actor_label", "product_id",
         "id")


def scarce(seller: SellerRef, *, most: int, warehouse_ids: Sequence[int] = (), limit: int = 1000) -> list[int]:
    """Products of which at most `most` units are free in some open warehouse, or in one of these, scarcest first.

    One query.
    """
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__seller_id=seller.id,
                                warehouse__state=Warehouse.State.ACTIVE, present__lte=F("reserved") + most)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    found = rows.annotate(units=F("present") - F("reserved")).order_by("units", "product_id")
    return list(dict.fromkeys(found.values_list("product_id", flat=True)[:limit]))


def moves(seller: SellerRef, product_id: int, *, cursor: str | None = None, limit: int = 100) -> Page[MoveRow]:
    """The product's stock ledger, newest first. One query."""
    return keyset(StockMove.objects.filter(seller_id=seller.id, product_id=product_id), "-id", cursor=cursor,
                  limit=limit, columns=_MOVE).map(lambda row: MoveRow(*row))


def moved_since(seller: SellerRef, product_id: int, move_id: int) -> dict[int, int]:
    """By how much the shelf of each warehouse has changed after one line of the ledger. One query."""
    rows = StockMove.objects.filter(seller_id=seller.id, product_id=product_id, id__gt=move_id)
    return dict(rows.order_by().values_list("warehouse_id").annotate(units=Sum("present_delta")))
