"""Counting what really lies on the shelf, and what sells a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, is_postgres, json_param, json_rows, locked
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.errors import TooManyRows, field_error
from sellerdesk.inventory.events import STOCK_COUNTED, STOCK_SHORT
from sellerdesk.inventory.services.ledger import Held, Pair, for_update, stock_lock, write_moves
from sellerdesk.inventory.services.setting import MAX_ROWS
from sellerdesk.inventory.types import CountInput, CountOutcome
from sellerdesk.sellers.types import SellerRef

_NONE = Held(0, 0, None, 0, 0, None)
_AVERAGE_DAYS = 60


def count_stock(*, seller: SellerRef, found: Sequence[CountInput], note: str = "", actor: Actor, now: datetime
                ) -> list[CountOutcome]:
    """Put right what the shelf holds, promised units included; one outcome per row in the order asked.

    Where fewer units were found than are promised, the promises stand and the difference is kept as `short` until
    goods arrive or orders are cancelled, and told as an alert. A fixed number of statements. Raises TooManyRows.
    """
    if len(found) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(found)})
    with atomic():
        locked(stock_lock(seller))
        names = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=[row.product_id for row in found])}
        places = {row.id for row in queries.warehouses(seller) if row.state != "archived"}
        most = dated.get("inventory.highest_stock", "", now).value["units"]
        state = for_update(seller, {(row.product_id, row.warehouse_id) for row in found})
        outcomes: list[CountOutcome] = []
        written: dict[Pair, list[int]] = {}
        for row in found:
            pair = (row.product_id, row.warehouse_id)
            held = state.get(pair, _NONE)
            error = None
            if row.product_id not in names:
                error = field_error("product_id", "NOT_FOUND_ERROR", row.product_id)
            elif row.warehouse_id not in places:
                error = field_error("warehouse_id", "WAREHOUSE_NOT_FOUND", row.warehouse_id)
            elif row.found < 0:
                error = field_error("found", "count_unreadable", row.found)
            elif row.found > most:
                error = field_error("found", "STOCK_TOO_BIG", row.found, most=most)
            if error:
                outcomes.append(CountOutcome(*pair, 0, 0, (error,)))
                continue
            present, short = rules.counted(held.present, held.reserved, row.found)
            written[pair] = [present, short, present - held.present, short - held.short]
            outcomes.append(CountOutcome(*pair, present - held.present, short))
        changed = {pair: row for pair, row in sorted(written.items()) if row[2] or row[3] or pair not in state}
        if changed:
            _write(seller, changed, note, actor, now, names)
    return outcomes


def _write(seller: SellerRef, changed: dict[Pair, list[int]], note: str, actor: Actor, now: datetime,
           names: dict[int, str]) -> None:
    rows = json_param([[*pair, row[0], row[1], now] for pair, row in changed.items()])
    columns = json_rows("v", p="int", w="int", present="int", short="int", at="time")
    execute(
        f"UPDATE inventory_stock SET present = v.present, short = v.short, updated_at = v.at FROM {columns}"
        " WHERE inventory_stock.product_id = v.p AND inventory_stock.warehouse_id = v.w"
        " AND inventory_stock.seller_id = %s", [rows, seller.id])
    # A pair that never lay here promises nothing, so nothing of it can be missing.
    execute(
        "INSERT INTO inventory_stock (product_id, warehouse_id, seller_id, present, reserved, updated_at, first_at,"
        f" daily_milli, short) SELECT v.p, v.w, %s, v.present, 0, v.at, v.at, 0, 0 FROM {columns} WHERE true"
        " ON CONFLICT (product_id, warehouse_id) DO NOTHING", [seller.id, rows])
    moved = [[*pair, row[2], 0, note[:60], now] for pair, row in changed.items() if row[2]]
    if moved:
        write_moves(seller, "count", moved, actor.label)
    _tell(STOCK_COUNTED, seller, [[*pair, row[0], row[2]] for pair, row in changed.items()], names, actor, now)
    short = [[*pair, row[1]] for pair, row in changed.items() if row[3] > 0]
    if short:
        _tell(STOCK_SHORT, seller, short, names, actor, now)


def _tell(event: str, seller: SellerRef, items: list[list[int]], names: dict[int, str], actor: Actor, now: datetime
          ) -> None:
    offers = list(dict.fromkeys(names[item[0]] for item in items))
    one = items[0] if len(items) == 1 else None
    activity.record(
        event, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "stocks",
        target_id=one[0] if one else "", target_label=", ".join(offers[:3]) + ("…" if len(offers) > 3 else ""),
        data={"count": len(items), "items": items})


def refresh_pace(*, now: datetime, seller: SellerRef | None = None) -> int:
    """Work out anew what each pair sells a day, on average of the last 60 days or of the days since it is kept.

    Orders less cancellations, as the ledger has them. One statement for a shop or for all of them; returns how many
    rows changed.
    """
    since = now - timedelta(days=_AVERAGE_DAYS)
    one = " AND {table}.seller_id = %s" if seller else ""
    if is_postgres():
        days = ("LEAST(%s, GREATEST(1, CEIL(EXTRACT(EPOCH FROM %s::timestamptz - COALESCE(s.first_at, %s::timestamptz))"
                " / 86400)))")
        pace = f"GREATEST(0, FLOOR(COALESCE(m.units, 0) * 1000 / {days}))::int"
    else:
        days = "MIN(%s, MAX(1, CAST(julianday(%s) - julianday(COALESCE(s.first_at, %s)) + 0.999 AS INTEGER)))"
        pace = f"MAX(0, COALESCE(m.units, 0) * 1000 / {days})"
    mine = [seller.id] if seller else []
    return execute(
        f"UPDATE inventory_stock SET daily_milli = fresh.pace FROM (SELECT s.id, {pace} AS pace FROM inventory_stock s"
        " LEFT JOIN (SELECT product_id, warehouse_id, SUM(reserved_delta) AS units FROM inventory_stockmove"
        f" WHERE at >= %s AND at < %s AND reason IN ('reserve', 'release'){one.format(table='inventory_stockmove')}"
        " GROUP BY product_id, warehouse_id) m ON m.product_id = s.product_id AND m.warehouse_id = s.warehouse_id"
        f" WHERE {clock.shops_sql('s.seller_id')}{one.format(table='s')}) fresh"
        " WHERE inventory_stock.id = fresh.id AND inventory_stock.daily_milli <> fresh.pace",
        [_AVERAGE_DAYS, db_time(now), db_time(since), db_time(since), db_time(now), *mine, *mine])
