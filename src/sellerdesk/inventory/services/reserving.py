"""Units promised, taken back, gone and returned. Set-based; never more promised than there is.

Rows are read under a lock and changed by one guarded UPDATE that must touch each of them; the table's own constraint
stands behind it. So no interleaving of buyers can oversell, on either database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked
from sellerdesk.core.errors import Conflict
from sellerdesk.inventory import rules
from sellerdesk.inventory.errors import StockMovesDisagree
from sellerdesk.inventory.services import alerts
from sellerdesk.inventory.services.ledger import Held, Pair, for_update, stock_lock, write_moves
from sellerdesk.inventory.types import StockLine
from sellerdesk.sellers.types import SellerRef


def _covered(units: str) -> str:
    """SQL: how many of these units go into what a count had found missing."""
    return f"(CASE WHEN inventory_stock.short < {units} THEN inventory_stock.short ELSE {units} END)"


def reserve(*, seller: SellerRef, lines: Sequence[StockLine]) -> list[bool]:
    """Promise units to orders; one answer per line, in the order asked.

    Lines with the same reference belong together: all of them are reserved or none. Earlier references come first.
    Four statements for any number of lines, two more where some stock falls to its warning level. Safety stock of the
    warehouse is not promised.
    """
    _check(lines)
    if not lines:
        return []
    with atomic():
        locked(stock_lock(seller))
        state = for_update(seller, _pairs(lines))
        free = {pair: held.present - held.reserved - held.safety for pair, held in state.items()}
        granted = rules.grant(free, lines)
        taken = [line for line in lines if line.reference in granted]
        if taken:
            _change(seller, taken, "reserved = inventory_stock.reserved + v.q",
                    "inventory_stock.present - inventory_stock.reserved >= v.q", Conflict())
            _record(seller, "reserve", taken, 0, 1)
            alerts.tell_low(seller, state, _sums(taken), max(line.at for line in taken))
    return [line.reference in granted for line in lines]


def release(*, seller: SellerRef, lines: Sequence[StockLine]) -> None:
    """Take promises back (a cancelled order). Raises StockMovesDisagree where fewer units are reserved."""
    _check(lines)
    if not lines:
        return
    with atomic():
        locked(stock_lock(seller))
        state = for_update(seller, _pairs(lines))
        # Units that a count had not found are not freed by taking their promise back: they were never on the shelf.
        _change(seller, lines,
                f"reserved = inventory_stock.reserved - v.q, present = inventory_stock.present - {_covered('v.q')},"
                f" short = inventory_stock.short - {_covered('v.q')}", "inventory_stock.reserved >= v.q",
                StockMovesDisagree())
        _record(seller, "release", lines, 0, -1)
        _record_covered(seller, state, lines)


def consume(*, seller: SellerRef, lines: Sequence[StockLine]) -> None:
    """Promised units have left for good. Raises StockMovesDisagree where fewer units are reserved."""
    _leave(seller, lines, "consume")


def write_off(*, seller: SellerRef, lines: Sequence[StockLine]) -> None:
    """Promised units are broken or not to be found: they leave the shelf and nobody gets them.

    Raises StockMovesDisagree where fewer units are reserved.
    """
    _leave(seller, lines, "write_off")


def _leave(seller: SellerRef, lines: Sequence[StockLine], reason: str) -> None:
    _check(lines)
    if not lines:
        return
    with atomic():
        locked(stock_lock(seller))
        for_update(seller, _pairs(lines))
        _change(seller, lines,
                "reserved = inventory_stock.reserved - v.q, present = inventory_stock.present - v.q,"
                " short = CASE WHEN inventory_stock.short > inventory_stock.reserved - v.q"
                " THEN inventory_stock.reserved - v.q ELSE inventory_stock.short END",
                "inventory_stock.reserved >= v.q", StockMovesDisagree())
        _record(seller, reason, lines, -1, -1)


def put_back(*, seller: SellerRef, lines: Sequence[StockLine]) -> None:
    """Units are on the shelf again (a received return)."""
    _arrive(seller, lines, "return")


def receive(*, seller: SellerRef, lines: Sequence[StockLine]) -> None:
    """Units of a supply were counted in a warehouse of the marketplace and are on sale from there."""
    _arrive(seller, lines, "supply")


def _arrive(seller: SellerRef, lines: Sequence[StockLine], reason: str) -> None:
    _check(lines)
    if not lines:
        return
    with atomic():
        locked(stock_lock(seller))
        state = for_update(seller, _pairs(lines))
        execute(
            "INSERT INTO inventory_stock (product_id, warehouse_id, seller_id, present, reserved, updated_at, first_at,"
            " daily_milli, short) SELECT v.p, v.w, %s, v.q, 0, v.at, v.at, 0, 0"
            f" FROM {json_rows('v', p='int', w='int', q='int', at='time')} WHERE true"
            " ON CONFLICT (product_id, warehouse_id) DO UPDATE SET present = inventory_stock.present"
            f" + excluded.present - {_covered('excluded.present')},"
            f" short = inventory_stock.short - {_covered('excluded.present')}, updated_at = excluded.updated_at",
            [seller.id, json_param([[*pair, units, max(line.at for line in lines)] for pair, units in _sums(lines)])])
        _record(seller, reason, lines, 1, 0)
        _record_covered(seller, state, lines)


def _record_covered(seller: SellerRef, state: Mapping[Pair, Held], lines: Sequence[StockLine]) -> None:
    """The ledger's share of what went into units that a count had found missing."""
    at = max(line.at for line in lines)
    covered = [[*pair, -min(state[pair].short, units), 0, "", at] for pair, units in _sums(lines)
               if pair in state and state[pair].short]
    if covered:
        write_moves(seller, "count", covered)


def _check(lines: Sequence[StockLine]) -> None:
    if any(line.quantity <= 0 for line in lines):
        raise ValueError("stock moves by whole units, at least one")


def _pairs(lines: Sequence[StockLine]) -> set[Pair]:
    return {(line.product_id, line.warehouse_id) for line in lines}


def _sums(lines: Sequence[StockLine]) -> list[tuple[Pair, int]]:
    """Units by pair, in key order: each row is changed once, and writers meet rows in one order."""
    sums: dict[Pair, int] = defaultdict(int)
    for line in lines:
        sums[(line.product_id, line.warehouse_id)] += line.quantity
    return sorted(sums.items())


def _change(seller: SellerRef, lines: Sequence[StockLine], change: str, guard: str, refusal: Conflict) -> None:
    """One UPDATE of all pairs; unless every one passes the guard, the refusal undoes the transaction."""
    sums = _sums(lines)
    at = max(line.at for line in lines)
    touched = execute(
        f"UPDATE inventory_stock SET {change}, updated_at = v.at"
        f" FROM {json_rows('v', p='int', w='int', q='int', at='time')}"
        " WHERE inventory_stock.product_id = v.p AND inventory_stock.warehouse_id = v.w"
        f" AND inventory_stock.seller_id = %s AND {guard}",
        [json_param([[*pair, units, at] for pair, units in sums]), seller.id])
    if touched != len(sums):
        raise refusal


def _record(seller: SellerRef, reason: str, lines: Sequence[StockLine], present: int, reserved: int) -> None:
    write_moves(seller, reason, [
        [line.product_id, line.warehouse_id, present * line.quantity, reserved * line.quantity, line.reference, line.at]
        for line in lines])
