"""Writing prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import changes as journal
from sellerdesk.catalog.services import products
from sellerdesk.catalog.services import vat as catalog_vat
from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows, locked
from sellerdesk.pricing import queries, rules
from sellerdesk.pricing.bounds import bounded
from sellerdesk.pricing.errors import TooManyRows
from sellerdesk.pricing.events import PRICES_CHANGED
from sellerdesk.pricing.judging import Judged, judge_all
from sellerdesk.pricing.models import Price
from sellerdesk.pricing.services import holding, second_look, switching
from sellerdesk.pricing.types import Amounts, PreviewRow, PriceInput, PriceOutcome
from sellerdesk.sellers.types import SellerRef

MAX_ROWS = 1000
# What a caller that does not say so is taken for.
_DOORS = {"key": "api", "user": "form", "operator": "form"}


def set_prices(*, seller: SellerRef, changes: Sequence[PriceInput], actor: Actor, now: datetime, source: str = "",
               title: str = "", checked: bool = False, asked_by: Mapping[int, str] | None = None) -> list[PriceOutcome]:
    """Set prices of up to a thousand products; one outcome per row in the order asked, bad rows spoil no others.

    Load once, judge in memory, write once: the number of statements does not depend on the number of rows. The limit
    of ten changes an hour and the quarantine of large changes do not bind the system itself (imports of history, demo
    data). The journal keeps the call as one batch; inside a wider act (a product with its price) it is part of that
    one. `source` names the door, by default the one the actor came through; `checked` marks prices whose large change
    somebody has confirmed, `asked_by` who wanted them, by product. Raises TooManyRows.
    """
    if len(changes) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(changes)})
    if not changes:
        return []
    real_now = clock.real_now()
    with atomic(), journal.gathering(seller=seller, source=source, title=title, actor=actor, now=now) as gathered:
        locked(lock_key(seller))
        source = source or gathered.source or _DOORS.get(actor.kind, "")
        judged, _ = judge_all(seller=seller, changes=changes, now=now, real_now=real_now,
                              limited=actor.kind != "system", checked=checked or actor.kind == "system")
        judged = bounded(seller, judged, actor, real_now)
        if actor.kind != "system" and not checked:
            judged = second_look.held(seller, judged, now)
        changed = [row for row in judged if row.changed]
        if changed:
            _write(seller, changed, actor, now, real_now, source, asked_by or {})
        for row in changed:
            if row.product and row.after:
                gathered.note(row.product.id, row.product.offer_id, *_differences(row.before, row.after))
        switching.turn(seller, judged, actor, now, gathered)
        holding.hold(seller, judged, actor, now, source)
        rates = {row.product.id: row.vat for row in judged if row.product and row.vat and not row.errors}
        if rates:
            catalog_vat.set_rates(seller=seller, rates=rates, actor=actor, now=now)
    return [PriceOutcome(row.product.id if row.product else row.asked.product_id,
                         row.product.offer_id if row.product else row.asked.offer_id, not row.errors, row.errors,
                         row.waits)
            for row in judged]


def remove_prices(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """Take the prices of products away, as if they never had one: they leave the shop window. Returns how many."""
    with atomic(), journal.gathering(seller=seller, actor=actor, now=now) as gathered:
        locked(lock_key(seller))
        known = queries.prices(seller, product_ids)
        if not known:
            return 0
        refs = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=list(known))}
        Price.objects.filter(seller_id=seller.id, product_id__in=list(known)).delete()
        products.mark_unpriced(seller=seller, product_ids=list(known), now=now)
        for product_id, row in known.items():
            was = Amounts(row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor)
            plain = {f"price.{key}": amount for key, amount in (_plain(was) or {}).items()}
            gathered.note(product_id, refs[product_id], plain, dict.fromkeys(plain))
        offers = sorted(refs.values())
        activity.record(
            PRICES_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="prices",
            target_label=", ".join(offers[:3]) + ("…" if len(offers) > 3 else ""),
            data={"count": len(known), "currency": seller.currency, "product_ids": sorted(known)})
    return len(known)


def preview_prices(*, seller: SellerRef, changes: Sequence[PriceInput], now: datetime) -> list[PreviewRow]:
    """What `set_prices` would do, without doing it: the same judging; rows of unknown products are left out."""
    judged, current = judge_all(seller=seller, changes=changes, now=now, real_now=clock.real_now())
    judged = second_look.held(seller, judged, now)
    return [PreviewRow(row.product.id, row.product.offer_id, current.get(row.product.id), row.after, seller.currency,
                       row.errors, row.waits) for row in judged if row.product]


def _write(seller: SellerRef, changed: list[Judged], actor: Actor, now: datetime, real_now: datetime, source: str,
           asked_by: Mapping[int, str]) -> None:
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
        _keep_history(seller, shown, actor, now, real_now, source, asked_by)
    fresh = [row.product for row in changed if row.product and row.before is None]
    if any(product.status == "processed" for product in fresh):
        products.mark_priced(seller=seller, product_ids=[product.id for product in fresh], now=now)
    _tell(seller, changed, [id_ for id_, _ in final], actor, now)


def _keep_history(seller: SellerRef, shown: list[Judged], actor: Actor, now: datetime, real_now: datetime, source: str,
                  asked_by: Mapping[int, str]) -> None:
    rows = [[row.product.id, row.before.price if row.before else None, row.after.price,
             row.before.old if row.before else None, row.after.old, asked_by.get(row.product.id, "")[:200]]
            for row in shown if row.product and row.after]
    columns = json_rows("v", id="int", was="int", price="int", old_was="int", old="int", asked="text")
    execute(
        "INSERT INTO pricing_pricechange (product_id, seller_id, at, real_at, currency, price_before_minor,"
        " price_minor, old_price_before_minor, old_price_minor, actor_kind, actor_label,"
        f" source, asked_by) SELECT v.id, %s, %s, %s, %s, v.was, v.price, v.old_was, v.old, %s, %s, %s, v.asked"
        f" FROM {columns}",
        [seller.id, db_time(now), db_time(real_now), seller.currency, actor.kind, actor.label[:200], source,
         json_param(rows)])


def _tell(seller: SellerRef, changed: list[Judged], product_ids: list[int], actor: Actor, now: datetime) -> None:
    offers = list(dict.fromkeys(row.product.offer_id for row in changed if row.product))
    one = changed[0] if len(changed) == 1 else None
    activity.record(
        PRICES_CHANGED, now=now, actor=actor, seller_id=seller.id,
        target_type="product" if one else "prices", target_id=product_ids[0] if one else "",
        target_label=", ".join(offers[:3]) + ("…" if len(offers) > 3 else ""),
        before=_plain(one.before) if one else None, after=_plain(one.after) if one else None,
        data={"count": len(product_ids), "currency": seller.currency, "product_ids": product_ids})


def _differences(before: Amounts | None, after: Amounts) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """The amounts that differ, under the journal's keys; None where there was no price at all."""
    known = _plain(before) or {}
    was: dict[str, int | None] = {}
    now: dict[str, int | None] = {}
    for key, amount in (_plain(after) or {}).items():
        if known.get(key) != amount:
            was[f"price.{key}"], now[f"price.{key}"] = known.get(key), amount
    return was, now


def _plain(amounts: Amounts | None) -> dict[str, int] | None:
    if amounts is None:
        return None
    return {"price": amounts.price, "old_price": amounts.old, "min_price": amounts.min, "cost": amounts.cost}


def lock_key(seller: SellerRef) -> str:
    """Writers of one shop's prices wait for each other."""
    return f"pricing:{seller.id}"
