"""Setting free stock, from screens, files and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import changes as journal
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, fetch_all, json_param, json_rows, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.errors import TooManyRows, field_error
from sellerdesk.inventory.events import STOCKS_CHANGED
from sellerdesk.inventory.services.ledger import Held, Pair, for_update, stock_lock, write_moves
from sellerdesk.inventory.types import StockInput, StockOutcome
from sellerdesk.sellers.types import SellerRef

MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class _Judged:
    asked: StockInput
    product: ProductRef | None
    error: FieldError | None

    @property
    def pair(self) -> Pair:
        return (self.product.id if self.product else 0, self.asked.warehouse_id)


def set_stocks(*, seller: SellerRef, changes: Sequence[StockInput], actor: Actor, now: datetime,
               only_in: Sequence[int] = (), source: str = "", title: str = "") -> list[StockOutcome]:
    """Set free units per product and warehouse; one outcome per row in the order asked, bad rows spoil no others.

    What is reserved stays reserved: present becomes stock + reserved, in the statement itself. Programs (API keys) may
    set the same pair once in 30 real seconds; people may correct themselves at once. `only_in` names the warehouses
    that the actor reaches (none: all); others are unknown to it. The number of statements does not
    depend on the number of rows. The journal keeps the call as one batch. Raises TooManyRows.
    """
    if len(changes) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(changes)})
    if not changes:
        return []
    real_now = clock.real_now()
    by_program = actor.kind == "key"
    with atomic(), journal.gathering(seller=seller, source=source, title=title, actor=actor, now=now) as gathered:
        locked(stock_lock(seller))
        products = _products(seller, changes)
        open_ids = {row.id for row in queries.warehouses(seller) if row.state != "archived"
                    and (not only_in or row.id in only_in)}
        state = for_update(seller, {(product.id, row.warehouse_id) for product, row in zip(products, changes,
                                                                                           strict=True) if product})
        judged = _judge(changes, products, open_ids, state, now, real_now, by_program)
        good = [row for row in judged if row.error is None]
        if good:
            _write(seller, good, state, actor, now, real_now if by_program else None, gathered)
    return [StockOutcome(row.product.id if row.product else row.asked.product_id,
                         row.product.offer_id if row.product else row.asked.offer_id, row.asked.warehouse_id,
                         row.error is None, (row.error,) if row.error else ())
            for row in judged]


def _products(seller: SellerRef, changes: Sequence[StockInput]) -> list[ProductRef | None]:
    refs = catalog.refs(seller, product_ids=[row.product_id for row in changes if not row.offer_id and row.product_id],
                        offer_ids=[row.offer_id for row in changes if row.offer_id])
    by_offer = {ref.offer_id: ref for ref in refs}
    by_id = {ref.id: ref for ref in refs}
    return [by_offer.get(row.offer_id) if row.offer_id else by_id.get(row.product_id) for row in changes]


def _judge(changes: Sequence[StockInput], products: Sequence[ProductRef | None], open_ids: set[int],
           state: dict[Pair, Held], now: datetime, real_now: datetime, by_program: bool
           ) -> list[_Judged]:
    most = dated.get("inventory.highest_stock", "", now).value["units"]
    pause = dated.get("inventory.pair_pause", "", now).value["seconds"]
    set_at = {pair: held.set_at for pair, held in state.items()} if by_program else {}
    judged = []
    for asked, product in zip(changes, products, strict=True):
        error = None
        if product is None:
            error = (field_error("offer_id", "offer_id_not_found", asked.offer_id) if asked.offer_id
                     else field_error("product_id", "NOT_FOUND_ERROR", asked.product_id))
        elif asked.warehouse_id not in open_ids:
            error = field_error("warehouse_id", "WAREHOUSE_NOT_FOUND", asked.warehouse_id)
        else:
            pair = (product.id, asked.warehouse_id)
            refusal = rules.stock_refusal(
                stock=asked.stock, most=most, product=product, set_at=set_at.get(pair), real_now=real_now,
                pause_seconds=pause)
            if refusal:
                error = field_error(*refusal, asked.stock, most=most, seconds=pause)
            elif by_program:
                # A pair named twice in one call is held to the same pause.
                set_at[pair] = real_now
        judged.append(_Judged(asked, product, error))
    return judged


def _write(seller: SellerRef, good: list[_Judged], state: dict[Pair, Held], actor: Actor,
           now: datetime, set_at: datetime | None, gathered: journal.Gathered) -> None:
    # Where a person's file names a pair twice, the last row counts.
    wanted = sorted({row.pair: row.asked.stock for row in good}.items())
    written = fetch_all(
        "INSERT INTO inventory_stock (product_id, warehouse_id, seller_id, present, reserved, updated_at, set_at,"
        " first_at, daily_milli, short) SELECT v.p, v.w, %s, v.stock, 0, v.at, v.set_at, v.at, 0, 0"
        f" FROM {json_rows('v', p='int', w='int', stock='int', at='time', set_at='time')} WHERE true"
        " ON CONFLICT (product_id, warehouse_id) DO UPDATE SET"
        " present = excluded.present + inventory_stock.reserved, updated_at = excluded.updated_at,"
        # Who says what is free says that the promised units are there.
        " short = 0, set_at = COALESCE(excluded.set_at, inventory_stock.set_at)"
        # Resent figures cost nothing, save for the time that a program's pause is counted from.
        " WHERE inventory_stock.present - inventory_stock.reserved <> excluded.present OR inventory_stock.short > 0"
        " OR excluded.set_at IS NOT NULL"
        " RETURNING product_id, warehouse_id, present, reserved",
        [seller.id, json_param([[*pair, stock, now, set_at] for pair, stock in wanted])])
    moved = []
    for product_id, warehouse_id, present, reserved in written:
        pair = (product_id, warehouse_id)
        delta = present - (state[pair].present if pair in state else 0)
        if delta or pair not in state:
            moved.append((pair, delta, present, reserved))
    if not moved:
        return
    write_moves(seller, "set", [[*pair, delta, 0, "", now] for pair, delta, _, _ in moved], actor.label)
    changed = {pair[0] for pair, _, _, _ in moved}
    _note(gathered, good, state, moved)
    offers = list(dict.fromkeys(row.product.offer_id for row in good if row.product and row.product.id in changed))
    one = moved[0] if len(moved) == 1 else None
    activity.record(
        STOCKS_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "stocks",
        target_id=one[0][0] if one else "", target_label=", ".join(offers[:3]) + ("…" if len(offers) > 3 else ""),
        before={"present": one[2] - one[1]} if one else None, after={"present": one[2]} if one else None,
        data={"count": len(moved), "items": [[*pair, present, reserved] for pair, _, present, reserved in moved]})


def _note(gathered: journal.Gathered, good: list[_Judged], state: dict[Pair, Held],
          moved: Sequence[tuple[Pair, int, int, int]]) -> None:
    """Into the journal: free units before and after, by warehouse; None where the product had no row there."""
    offer_ids = {row.product.id: row.product.offer_id for row in good if row.product}
    for (product_id, warehouse_id), _delta, present, reserved in moved:
        known = state.get((product_id, warehouse_id))
        key = f"stock.{warehouse_id}"
        gathered.note(product_id, offer_ids[product_id], {key: known[0] - known[1] if known else None},
                      {key: present - reserved})
