"""Taking products into actions and out of them: one judge for pages, sheets and the Seller API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.promotions import queries, rules, states
from sellerdesk.promotions.errors import ActionFrozen, ActionOver, TooManyRows
from sellerdesk.promotions.events import AUTO_JOIN_SET, PRODUCTS_JOINED, PRODUCTS_LEFT
from sellerdesk.promotions.models import ActionProduct, PromotionSettings
from sellerdesk.promotions.queries.actions import known_products
from sellerdesk.promotions.types import PRICE_KINDS, ActionRow, Candidate, Entry, JoinInput, JoinOutcome
from sellerdesk.sellers.types import SellerRef

MAX_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    outcome: JoinOutcome
    stock: int | None = None
    #: It was in the action and asked for a price that takes it out.
    out: bool = False


def join(*, seller: SellerRef, action_id: int, rows: Sequence[JoinInput], actor: Actor, now: datetime,
         auto: bool = False, dearer_leaves: bool = False, all_or_none: bool = False) -> list[JoinOutcome]:
    """Take up to a thousand products into an action, or change their price and stock there; one outcome per row.

    Bad rows spoil no others; the number of statements does not depend on the number of rows. With `dearer_leaves` a
    price above the allowed one takes a product out instead of leaving it as it was, as the Seller API has it; with
    `all_or_none` one refused row leaves everything as it was.
    Raises ActionUnknown, ActionFrozen, ActionOver, TooManyRows.
    """
    if len(rows) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(rows)})
    row = open_action(seller, action_id, now)
    with atomic():
        locked(f"promotions:{seller.id}")
        judged = judge_rows(seller, row, rows, {
            entry.product_id: entry for entry in queries.entries(seller, action_ids=[action_id])})
        done = [one for one in judged if one.outcome.done]
        if all_or_none and any(one.outcome.code not in ("", "NO_CHANGES") for one in judged):
            done = []
        _write(seller, action_id, done, now, auto=auto)
        if dearer_leaves:
            _remove(seller, action_id, [one.outcome.product_id for one in judged if one.out])
        if done:
            _tell(PRODUCTS_JOINED, seller, row, [one.outcome.product_id for one in done], actor, now)
    return [one.outcome for one in judged]


def leave(*, seller: SellerRef, action_id: int, product_ids: Sequence[int], actor: Actor, now: datetime
          ) -> list[JoinOutcome]:
    """Take products out of an action; one outcome per row. Raises ActionUnknown, ActionFrozen, ActionOver, TooManyRows.
    """
    if len(product_ids) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(product_ids)})
    row = open_action(seller, action_id, now)
    with atomic():
        locked(f"promotions:{seller.id}")
        inside = {entry.product_id for entry in queries.entries(seller, action_ids=[action_id],
                                                                product_ids=product_ids)}
        offers = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=product_ids)}
        _remove(seller, action_id, inside)
        if inside:
            _tell(PRODUCTS_LEFT, seller, row, sorted(inside), actor, now)
    return [JoinOutcome(id_, offers.get(id_, ""), code="" if id_ in inside else
                        "NOT_IN_ACTION" if id_ in offers else "NOT_FOUND") for id_ in product_ids]


def set_auto_join(*, seller: SellerRef, enabled: bool, actor: Actor, now: datetime) -> bool:
    """Whether coming actions of the marketplace take the shop's products by themselves; False where it was so already.

    Only products with a lowest price are taken, at the dearest price allowed.
    """
    with atomic():
        if queries.auto_join(seller) == enabled:
            return False
        PromotionSettings.objects.update_or_create(seller_id=seller.id, defaults={
            "auto_join": enabled, "updated_at": now})
        activity.record(AUTO_JOIN_SET, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_label=seller.name, before={"auto_join": not enabled}, after={"auto_join": enabled})
    return True


def judge_rows(seller: SellerRef, row: ActionRow, rows: Sequence[JoinInput], inside: Mapping[int, Entry]
               ) -> list[Judged]:
    """Every row judged in the order asked; `inside` are the products there now. Five queries."""
    refs = _named(seller, rows)
    known = known_products(seller, [ref.id for ref in refs if ref])
    return [_judge(seller, row, one, ref, known, inside) for one, ref in zip(rows, refs, strict=True)]


def open_action(seller: SellerRef, action_id: int, now: datetime) -> ActionRow:
    """An action whose products may be changed. Raises ActionUnknown, ActionFrozen, ActionOver."""
    row = queries.action(seller, action_id)
    if rules.status(row.state, row.terms, now) in ("ended", states.ARCHIVED, states.CANCELLED):
        raise ActionOver()
    if rules.frozen(row.terms, now):
        raise ActionFrozen(data={"since": row.terms.freeze_at})
    return row


def _named(seller: SellerRef, rows: Sequence[JoinInput]) -> list[ProductRef | None]:
    refs = catalog.refs(seller, product_ids=[row.product_id for row in rows if row.product_id],
                        offer_ids=[row.offer_id for row in rows if row.offer_id],
                        skus=[row.sku for row in rows if row.sku])
    by_id = {ref.id: ref for ref in refs}
    by_offer, by_sku = {ref.offer_id: ref for ref in refs}, {ref.sku: ref for ref in refs}
    return [by_id.get(row.product_id) or by_offer.get(row.offer_id) or by_sku.get(row.sku) for row in rows]


def _judge(seller: SellerRef, row: ActionRow, asked: JoinInput, ref: ProductRef | None, known: dict[int, Candidate],
           inside: Mapping[int, Entry]) -> Judged:
    if ref is None:
        return Judged(JoinOutcome(asked.product_id or asked.sku, asked.offer_id, code="NOT_FOUND"))
    product = known.get(ref.id)
    if product is None:
        return Judged(JoinOutcome(ref.id, ref.offer_id, code="NOT_ELIGIBLE"))
    if asked.currency and asked.currency != seller.currency:
        return Judged(JoinOutcome(ref.id, ref.offer_id, code="INVALID_CURRENCY"))
    before = inside.get(ref.id)
    if row.terms.kind not in PRICE_KINDS:
        fine = rules.eligible(row.terms, product)
        return Judged(JoinOutcome(ref.id, ref.offer_id, code="" if fine and before is None else
                                   "NO_CHANGES" if fine else "NOT_ELIGIBLE"))
    try:
        price = _price(seller, row, asked, product)
    except Invalid:
        return Judged(JoinOutcome(ref.id, ref.offer_id, code="PRICE_UNREADABLE", data={"value": asked.price}))
    code, data = rules.judge(row.terms, product, price, asked.stock)
    if not code and before and (before.price_minor, before.stock) == (price, asked.stock):
        code = "NO_CHANGES"
    return Judged(JoinOutcome(ref.id, ref.offer_id, price, code, data), asked.stock,
                   out=code in ("MAX_ACTION_PRICE", "INVALID_ACTION_PRICE") and before is not None)


def _price(seller: SellerRef, row: ActionRow, asked: JoinInput, product: Candidate) -> int:
    if asked.price is not None:
        return Money.parse(asked.price, seller.currency).amount_minor
    return rules.highest(product.price_minor, row.terms.discount_bp if asked.percent_bp is None else asked.percent_bp)


def _write(seller: SellerRef, action_id: int, done: Sequence[Judged], now: datetime, *, auto: bool) -> None:
    if not done:
        return
    # Where a product was named twice the last row counts.
    final = {one.outcome.product_id: one for one in done}
    execute(
        "INSERT INTO promotions_actionproduct (action_id, seller_id, product_id, price_minor, stock, taken, auto,"
        f" added_at) SELECT %s, %s, v.product, v.price, v.stock, 0, {'TRUE' if auto else 'FALSE'}, %s FROM"
        f" {json_rows('v', product='int', price='int', stock='int')} WHERE true"
        " ON CONFLICT (action_id, product_id) DO UPDATE SET price_minor = excluded.price_minor,"
        " stock = excluded.stock, auto = excluded.auto",
        [action_id, seller.id, db_time(now), json_param([
            [id_, one.outcome.price_minor, one.stock] for id_, one in sorted(final.items())])])


def _remove(seller: SellerRef, action_id: int, product_ids: Collection[int]) -> None:
    if product_ids:
        ActionProduct.objects.filter(seller_id=seller.id, action_id=action_id, product_id__in=product_ids).delete()


def _tell(event: str, seller: SellerRef, row: ActionRow, product_ids: Iterable[int], actor: Actor, now: datetime
          ) -> None:
    ids = list(product_ids)
    activity.record(event, now=now, actor=actor, seller_id=seller.id, target_type="promotion", target_id=row.id,
                    target_label=row.terms.title, data={"count": len(ids), "product_ids": ids})
