"""Writing prices."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog.services import products
from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows, locked
from sellerdesk.core.money import Money, minor_digits
from sellerdesk.pricing import queries, rules
from sellerdesk.pricing.bounds import bounded
from sellerdesk.pricing.errors import PercentOutOfRange, PricesMoved, TooManyRows
from sellerdesk.pricing.events import PRICES_CHANGED
from sellerdesk.pricing.judging import Judged, judge_all
from sellerdesk.pricing.types import Amounts, PreviewRow, PriceInput, PriceOutcome
from sellerdesk.sellers.types import SellerRef

MAX_ROWS = 1000


def set_prices(*, seller: SellerRef, changes: Sequence[PriceInput], actor: Actor, now: datetime) -> list[PriceOutcome]:
    """Set prices of up to a thousand products; one outcome per row in the order asked, bad rows spoil no others.

    Load once, judge in memory, write once: the number of statements does not depend on the number of rows. The limit
    of ten changes an hour counts real time and does not bind the system itself (imports of history, demo data).
    Raises TooManyRows.
    """
    if len(changes) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(changes)})
    if not changes:
        return []
    real_now = clock.real_now()
    with atomic():
        locked(_lock(seller))
        judged, _ = judge_all(seller=seller, changes=list(changes), now=now, real_now=real_now,
                              limited=actor.kind != "system")
        judged = bounded(seller, judged, actor, real_now)
        changed = [row for row in judged if row.changed]
        if changed:
            _write(seller, changed, actor, now, real_now)
    return [PriceOutcome(row.product.id if row.product else row.asked.product_id,
                         row.product.offer_id if row.product else row.asked.offer_id, not row.errors, row.errors)
            for row in judged]


def _write(seller: SellerRef, changed: list[Judged], actor: Actor, now: datetime, real_now: datetime) -> None:
    # Where a product was named twice the last row is what it costs. Sorted, so that two writers lock in one order.
    final = sorted({row.product.id: row.after for row in changed if row.product and row.after}.items())
    execute(
        "INSERT INTO pricing_price (product_id, seller_id, currency, price_minor, old_price_minor, min_price_minor,"
        f" cost_minor, updated_at) SELECT v.id, %s, %s, v.price, v.old, v.low, v.cost, %s FROM"
        f" {json_rows('v', id='int', price='int', old='int', low='int', cost='int')} WHERE true"
        " ON CONFLICT (product_id) DO UPDATE SET price_minor = excluded.price_minor,"
        " old_price_minor = excluded.old_price_minor, min_price_minor = excluded.min_price_minor,"
        " cost_minor = excluded.cost_minor, currency = excluded.currency, updated_at = excluded.updated_at"
        " WHERE (pricing_price.price_minor, pricing_price.old_price_minor, pricing_price.min_price_minor,"
        " pricing_price.cost_minor) IS DISTINCT FROM (excluded.price_minor, excluded.old_price_minor,"
        " excluded.min_price_minor, excluded.cost_minor)",
        [seller.id, seller.currency, db_time(now),
         json_param([[id_, after.price, after.old, after.min, after.cost] for id_, after in final])])
    shown = [row for row in changed if row.after and rules.shown_changed(row.before, row.after)]
    if shown:
        _keep_history(seller, shown, actor, now, real_now)
    fresh = [row.product for row in changed if row.product and row.before is None]
    if any(product.status == "processed" for product in fresh):
        products.mark_priced(seller=seller, product_ids=[product.id for product in fresh], now=now)
    _tell(seller, changed, [id_ for id_, _ in final], actor, now)


def _keep_history(seller: SellerRef, shown: list[Judged], actor: Actor, now: datetime, real_now: datetime) -> None:
    rows = [[row.product.id, row.before.price if row.before else None, row.after.price,
             row.before.old if row.before else None, row.after.old]
            for row in shown if row.product and row.after]
    columns = json_rows("v", id="int", was="int", price="int", old_was="int", old="int")
    execute(
        "INSERT INTO pricing_pricechange (product_id, seller_id, at, real_at, currency, price_before_minor,"
        " price_minor, old_price_before_minor, old_price_minor, actor_kind, actor_label)"
        f" SELECT v.id, %s, %s, %s, %s, v.was, v.price, v.old_was, v.old, %s, %s FROM {columns}",
        [seller.id, db_time(now), db_time(real_now), seller.currency, actor.kind, actor.label[:200], json_param(rows)])


def _tell(seller: SellerRef, changed: list[Judged], product_ids: list[int], actor: Actor, now: datetime) -> None:
    offers = list(dict.fromkeys(row.product.offer_id for row in changed if row.product))
    one = changed[0] if len(changed) == 1 else None
    activity.record(
        PRICES_CHANGED, now=now, actor=actor, seller_id=seller.id,
        target_type="product" if one else "prices", target_id=product_ids[0] if one else "",
        target_label=", ".join(offers[:3]) + ("…" if len(offers) > 3 else ""),
        before=_plain(one.before) if one else None, after=_plain(one.after) if one else None,
        data={"count": len(product_ids), "currency": seller.currency, "product_ids": product_ids})


def _plain(amounts: Amounts | None) -> dict[str, int] | None:
    if amounts is None:
        return None
    return {"price": amounts.price, "old_price": amounts.old, "min_price": amounts.min, "cost": amounts.cost}


@dataclass(frozen=True, slots=True)
class PercentChange:
    """Raise or (with a minus) lower prices by basis points.

    `whole` rounds to whole units of the currency; `with_old` moves crossed-out prices along.
    """

    percent_bp: int
    whole: bool = True
    with_old: bool = True


def preview_percent(*, seller: SellerRef, product_ids: Sequence[int], change: PercentChange, now: datetime
                    ) -> tuple[list[PreviewRow], str]:
    """What `change_percent` would do, without doing it, and the token that ties the deed to this preview.

    Products without a price are left out. Raises PercentOutOfRange.
    """
    wanted, token = _percent_rows(seller, product_ids, change)
    judged, current = judge_all(seller=seller, changes=wanted, now=now, real_now=clock.real_now())
    return [PreviewRow(row.product.id, row.product.offer_id, current.get(row.product.id), row.after, seller.currency,
                       row.errors) for row in judged if row.product], token


def change_percent(*, seller: SellerRef, product_ids: Sequence[int], change: PercentChange, seen: str, actor: Actor,
                   now: datetime) -> list[PriceOutcome]:
    """Change the prices of products by a percentage; one outcome per priced product.

    `seen` is the token of the preview. A second press of the button, or prices that somebody changed meanwhile, end in
    the Conflict PricesMoved and nothing happens twice. Raises PercentOutOfRange, TooManyRows.
    """
    with atomic():
        locked(_lock(seller))
        wanted, token = _percent_rows(seller, product_ids, change)
        if token != seen:
            raise PricesMoved()
        return set_prices(seller=seller, changes=wanted, actor=actor, now=now)


def _percent_rows(seller: SellerRef, product_ids: Sequence[int], change: PercentChange) -> tuple[list[PriceInput], str]:
    if not -9_000 <= change.percent_bp <= 90_000 or change.percent_bp == 0:
        raise PercentOutOfRange(field="percent")
    unit = 10 ** minor_digits(seller.currency) if change.whole else 1
    current = sorted(queries.prices(seller, product_ids).items())
    rows = []
    for product_id, row in current:
        wish = rules.scaled(Amounts(row.price_minor, row.old_price_minor), change.percent_bp, whole=unit,
                            with_old=change.with_old)
        rows.append(PriceInput(product_id=product_id, price=_text(wish.price, seller.currency),
                               old_price=_text(wish.old, seller.currency)))
    seen = ";".join(f"{id_}:{row.price_minor}:{row.old_price_minor}" for id_, row in current)
    return rows, hashlib.sha256(seen.encode()).hexdigest()[:16]


def _text(amount_minor: int | None, currency: str) -> str | None:
    return None if amount_minor is None else Money(amount_minor, currency).decimal_text()


def _lock(seller: SellerRef) -> str:
    """Writers of one shop's prices wait for each other."""
    return f"pricing:{seller.id}"
