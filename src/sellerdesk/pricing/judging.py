"""Loads what a batch of price changes needs, in a fixed number of queries, and judges it in memory.

Shared by the service that saves and the preview that only shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries, rules
from sellerdesk.pricing.errors import field_error
from sellerdesk.pricing.types import Amounts, PriceInput, PriceRow, Problem, Wish
from sellerdesk.sellers.types import SellerRef

_FIELDS = (("price", "price"), ("old_price", "old"), ("min_price", "min"), ("cost", "cost"))


@dataclass(frozen=True, slots=True)
class Judged:
    """One row after judging. `after` may be saved when there are no errors."""

    asked: PriceInput
    product: ProductRef | None
    before: Amounts | None
    after: Amounts | None
    errors: tuple[FieldError, ...]

    @property
    def changed(self) -> bool:
        return not self.errors and self.before != self.after


def limits(currency: str, at: datetime) -> rules.Limits:
    """The figures in force at a moment for shops with this currency."""
    return rules.Limits(
        gap=rules.Gap.read(dated.get("pricing.old_price_gap", currency, at).value),
        min_share_bp=dated.get("pricing.min_price_share", "", at).value["bp"],
        changes=dated.get("pricing.changes_per_hour", "", at).value["changes"],
    )


def judge_all(*, seller: SellerRef, changes: list[PriceInput], now: datetime, real_now: datetime,
              limited: bool = True) -> tuple[list[Judged], dict[int, PriceRow]]:
    """Every row judged in the order asked, and the prices as they are.

    A product named twice is judged the second time on top of the first. Three queries whatever the number of rows;
    two where changes are not `limited`.
    """
    named = products(seller, changes)
    ids = sorted({product.id for product in named if product})
    current = queries.prices(seller, ids)
    recent = queries.recent_changes(seller, ids, since=real_now - timedelta(hours=1)) if limited else {}
    bounds = limits(seller.currency, now)
    state = {id_: _amounts(row) for id_, row in current.items()}
    counts = {id_: count for id_, (count, _) in recent.items()}
    judged = []
    for asked, product in zip(changes, named, strict=True):
        if product is None:
            problem = Problem("offer_id" if asked.offer_id else "product_id", "NOT_FOUND_ERROR",
                              {"value": asked.offer_id or str(asked.product_id)})
            judged.append(Judged(asked, None, None, None, (field_error(problem, seller.currency),)))
            continue
        before = state.get(product.id)
        wish, unreadable = read_wish(asked, seller.currency)
        after: Amounts | None = None
        if not unreadable:
            after, problems = rules.judge(before, wish, bounds, counts.get(product.id, 0))
            minutes = _minutes_left(recent.get(product.id), real_now)
            unreadable = [field_error(problem, seller.currency, minutes=minutes) for problem in problems]
        judged.append(Judged(asked, product, before, after, tuple(unreadable)))
        if after is not None and not unreadable:
            if rules.shown_changed(before, after):
                counts[product.id] = counts.get(product.id, 0) + 1
            state[product.id] = after
    return judged, current


def products(seller: SellerRef, changes: list[PriceInput]) -> list[ProductRef | None]:
    """The product each row names, or None where this shop has none such. One query."""
    refs = catalog.refs(seller, product_ids=[row.product_id for row in changes if not row.offer_id and row.product_id],
                        offer_ids=[row.offer_id for row in changes if row.offer_id])
    by_offer: Mapping[str, ProductRef] = {ref.offer_id: ref for ref in refs}
    by_id: Mapping[int, ProductRef] = {ref.id: ref for ref in refs}
    return [by_offer.get(row.offer_id) if row.offer_id else by_id.get(row.product_id) for row in changes]


def read_wish(asked: PriceInput, currency: str) -> tuple[Wish, list[FieldError]]:
    """Texts to minor units; what cannot be read becomes a named error."""
    if asked.currency and asked.currency != currency:
        problem = Problem("currency", "currency_mismatch", {"value": asked.currency, "currency": currency})
        return Wish(), [field_error(problem, currency)]
    found: dict[str, int] = {}
    errors: list[FieldError] = []
    for field, name in _FIELDS:
        text = getattr(asked, field)
        if text is None or text == "":
            continue
        try:
            found[name] = Money.parse(text, currency, field=field).amount_minor
        except Invalid as error:
            errors += error.fields
    return Wish(**found), errors


def _amounts(row: PriceRow) -> Amounts:
    return Amounts(row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor)


def _minutes_left(recent: tuple[int, datetime] | None, real_now: datetime) -> int:
    """Until the oldest change of the last hour no longer counts."""
    if recent is None:
        return 60
    seconds = (recent[1] + timedelta(hours=1) - real_now).total_seconds()
    return max(1, math.ceil(seconds / 60))
