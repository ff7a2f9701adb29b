"""Loads what a batch of price changes needs, in a fixed number of queries, and judges it in memory.

Shared by the service that saves and the previews that only show.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import vat as catalog_vat
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.money import Money
from sellerdesk.finance import queries as finance
from sellerdesk.pricing import queries, rules
from sellerdesk.pricing.errors import field_error
from sellerdesk.pricing.types import Amounts, PriceInput, PriceRow, Problem, Switches, SwitchWish, Wish
from sellerdesk.sellers.types import SellerRef

BOUNDS = "pricing.category_price"
NOTHING, NO_SWITCH = Wish(), SwitchWish()


@dataclass(frozen=True, slots=True)
class Judged:
    """One row after judging. `after` may be saved when there are no errors; where it `waits`, not at once.

    `vat` is the rate the product should get, in the API's spelling; None leaves it.
    """

    asked: PriceInput
    product: ProductRef | None
    before: Amounts | None
    after: Amounts | None
    errors: tuple[FieldError, ...]
    waits: bool = False
    vat: str | None = None
    wish: Wish = NOTHING
    #: It waits because many prices fall by much at once: two people release it.
    by_two: bool = False
    #: The switches before and after; they do not wait with a price.
    switches: tuple[Switches, Switches] = (Switches(), Switches())

    @property
    def moves(self) -> bool:
        """Whether it would make a difference, now or after a release."""
        return not self.errors and self.before != self.after

    @property
    def changed(self) -> bool:
        """Whether it makes a difference now."""
        return self.moves and not self.waits

    @property
    def switched(self) -> bool:
        """Whether a switch is turned."""
        return not self.errors and self.switches[0] != self.switches[1]


def limits(currency: str, at: datetime) -> rules.Limits:
    """The figures in force at a moment for shops with this currency."""
    return rules.Limits(
        gap=rules.Gap.read(dated.get("pricing.old_price_gap", currency, at).value),
        min_share_bp=dated.get("pricing.min_price_share", "", at).value["bp"],
        changes=dated.get("pricing.changes_per_hour", "", at).value["changes"],
        large_bp=dated.get("pricing.large_change", "", at).value["bp"],
    )


def category_bounds(currency: str, category_ids: Sequence[int], at: datetime) -> Callable[[int], rules.Bounds | None]:
    """Tells the bounds of a category: its own, else its department's, else the currency's. None: no bounds at all.

    Two queries at most where a department has bounds of its own, else none.
    """
    known = {key: rules.Bounds(rule.value["least"], rule.value["most"]) for key, rule in
             dated.all_of(BOUNDS, at).items()}
    narrow = any(key.startswith(f"{currency}:") for key in known)
    departments = finance.departments(category_ids) if narrow else {}

    def of(category_id: int) -> rules.Bounds | None:
        for key in (f"{currency}:{category_id}", f"{currency}:{departments.get(category_id)}", currency, ""):
            if key in known:
                return known[key]
        return None

    return of


def judge_all(*, seller: SellerRef, changes: Sequence[PriceInput], now: datetime, real_now: datetime,
              limited: bool = True, checked: bool = False) -> tuple[list[Judged], dict[int, PriceRow]]:
    """Every row judged in the order asked, and the prices as they are.

    A product named twice is judged the second time on top of the first. Three queries whatever the number of rows,
    two where changes are not `limited`; one more where somebody changed what the asker had seen. Large changes wait
    for a second look, unless that look is what brought them here (`checked`).
    """
    named = products(seller, changes)
    ids = sorted({product.id for product in named if product})
    current = queries.prices(seller, ids)
    recent = queries.recent_changes(seller, ids, since=real_now - timedelta(hours=1)) if limited else {}
    figures = limits(seller.currency, now)
    bounds = category_bounds(seller.currency, list({product.category_id for product in named if product}), now)
    state = {id_: amounts_of(row) for id_, row in current.items()}
    switches = {id_: Switches(row.auto_action, row.strategy) for id_, row in current.items()}
    counts = {id_: count for id_, (count, _) in recent.items()}
    authors = _authors(seller, changes, named, state)
    judged = []
    for asked, product in zip(changes, named, strict=True):
        if product is None:
            judged.append(Judged(asked, None, None, None, (_unknown(asked, seller.currency),)))
            continue
        before = state.get(product.id)
        wish, rate, errors = read_wish(asked, seller.currency)
        turn, unread = read_switches(asked, seller.currency)
        errors += unread
        after: Amounts | None = None
        if not errors and asked.seen is not None:
            errors += [field_error(problem, seller.currency, by=authors.get(product.id, ""))
                       for problem in rules.moved_meanwhile(asked.seen, before, wish)]
        turned = was = switches.get(product.id, Switches())
        if not errors and (wish != NOTHING or turn != NO_SWITCH or rate is None):
            after, problems = rules.judge(before, wish, figures, counts.get(product.id, 0), bounds(product.category_id))
            turned = rules.switched(was, turn)
            if after is not None:
                problems += rules.judge_switches(after, wish, turned, turn, min_needed=asked.min_needed)
            errors += [field_error(problem, seller.currency, minutes=_minutes_left(recent.get(product.id), real_now))
                       for problem in problems]
        elif not errors:
            after = before
        waits = (not errors and not checked and after is not None
                 and rules.too_large(before, after, figures.large_bp))
        judged.append(Judged(asked, product, before, after, tuple(errors), waits, rate, wish, switches=(was, turned)))
        if not errors:
            switches[product.id] = turned
        if after is not None and not errors and not waits:
            if rules.shown_changed(before, after):
                counts[product.id] = counts.get(product.id, 0) + 1
            state[product.id] = after
    return judged, current


def _authors(seller: SellerRef, changes: Sequence[PriceInput], named: Sequence[ProductRef | None],
             state: Mapping[int, Amounts]) -> dict[int, str]:
    """Who changed last what is no longer as the asker saw it."""
    moved = [product.id for asked, product in zip(changes, named, strict=True)
             if product and asked.seen is not None and state.get(product.id, Amounts(0)) != asked.seen]
    return queries.last_authors(seller, moved) if moved else {}


def products(seller: SellerRef, changes: Sequence[PriceInput]) -> list[ProductRef | None]:
    """The product each row names, or None where this shop has none such. One query."""
    refs = catalog.refs(seller, product_ids=[row.product_id for row in changes if not row.offer_id and row.product_id],
                        offer_ids=[row.offer_id for row in changes if row.offer_id])
    by_offer: Mapping[str, ProductRef] = {ref.offer_id: ref for ref in refs}
    by_id: Mapping[int, ProductRef] = {ref.id: ref for ref in refs}
    return [by_offer.get(row.offer_id) if row.offer_id else by_id.get(row.product_id) for row in changes]


def read_wish(asked: PriceInput, currency: str) -> tuple[Wish, str | None, list[FieldError]]:
    """Texts to minor units and a VAT rate; what cannot be read becomes a named error."""
    if asked.currency and asked.currency != currency:
        problem = Problem("currency", "currency_mismatch", {"value": asked.currency, "currency": currency})
        return Wish(), None, [field_error(problem, currency)]
    found: dict[str, int] = {}
    rate: str | None = None
    errors: list[FieldError] = []
    for field, name in rules.FIELDS:
        text = getattr(asked, field)
        if text is None or text == "":
            continue
        try:
            found[name] = Money.parse(text, currency, field=field).amount_minor
        except Invalid as error:
            errors += error.fields
    if asked.vat:
        try:
            rate = catalog_vat.read_rate(asked.vat)
        except Invalid as error:
            errors += error.fields
    return Wish(**found), rate, errors


def read_switches(asked: PriceInput, currency: str) -> tuple[SwitchWish, list[FieldError]]:
    """The switches as asked for; what is neither yes nor no becomes a named error."""
    found: dict[str, str] = {}
    errors: list[FieldError] = []
    for field in ("auto_action", "strategy"):
        text = getattr(asked, field) or ""
        word = rules.read_switch(text, shop=field == "auto_action")
        if word is None:
            errors.append(field_error(Problem(field, "switch_unreadable", {"value": text[:40]}), currency))
        else:
            found[field] = word
    return SwitchWish(**found), errors


def amounts_of(row: PriceRow) -> Amounts:
    return Amounts(row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor)


def _unknown(asked: PriceInput, currency: str) -> FieldError:
    return field_error(Problem("offer_id" if asked.offer_id else "product_id", "NOT_FOUND_ERROR",
                               {"value": asked.offer_id or str(asked.product_id)}), currency)


def _minutes_left(recent: tuple[int, datetime] | None, real_now: datetime) -> int:
    """Until the oldest change of the last hour no longer counts."""
    if recent is None:
        return 60
    seconds = (recent[1] + timedelta(hours=1) - real_now).total_seconds()
    return max(1, math.ceil(seconds / 60))
