"""Actions, their eligible products and those in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import rules, states
from sellerdesk.promotions.errors import ActionUnknown
from sellerdesk.promotions.models import Action, ActionProduct, AutoJoin, PromotionSettings, VoucherCode
from sellerdesk.promotions.types import ActionCounts, ActionRow, Candidate, Entry, Level, Planned, Terms
from sellerdesk.sellers.types import SellerRef

_ENTRY = ("action_id", "product_id", "price_minor", "stock", "taken", "auto", "added_at")


def row_of(action: Action) -> ActionRow:
    """An action as whoever reads it should: pages, methods and files run in the reader's language."""
    title, description = action.said(get_language() or "")
    terms = Terms(
        action.kind, title, action.starts_at, action.ends_at, action.discount_bp,  # type: ignore[arg-type]
        action.discount_type, tuple(Level(*pair) for pair in action.levels), description,  # type: ignore[arg-type]
        action.freeze_at, tuple(action.category_ids), action.least_price_minor, action.least_stock, action.budget_minor,
        action.voucher_type, action.private, action.codes, action.titles, action.descriptions)  # type: ignore[arg-type]
    return ActionRow(action.pk, action.seller_id, action.state, terms, action.spent_minor, action.created_at,
                     action.updated_at, action.auto_join_at, action.auto_joined_at is not None)


def _visible(seller: SellerRef) -> QuerySet[Action]:
    """The shop's own, and the marketplace's that were announced."""
    return Action.objects.filter(Q(seller_id=seller.id) | Q(seller=None, state__in=[states.ACTIVE, states.CANCELLED]))


def action(seller: SellerRef, action_id: int) -> ActionRow:
    """One action that the shop may see. One query. Raises ActionUnknown."""
    found = _visible(seller).filter(pk=action_id).first()
    if found is None:
        raise ActionUnknown()
    return row_of(found)


def shop_actions(seller: SellerRef, *, own: bool, now: datetime | None = None, kinds: Collection[str] = (),
                 action_ids: Collection[int] = (), search: str = "", limit: int = 1000) -> list[ActionRow]:
    """Own actions, or those of the marketplace; with `now` only those not over. The latest end first. One query."""
    rows = _visible(seller).filter(seller_id=seller.id) if own else _visible(seller).filter(seller=None)
    if now is not None:
        rows = rows.filter(ends_at__gt=now, state=states.ACTIVE)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if action_ids:
        rows = rows.filter(pk__in=action_ids)
    if search:
        rows = rows.filter(title__icontains=search)
    return [row_of(one) for one in rows.order_by("-ends_at", "-id")[:limit]]


def platform(*, cursor: str | None = None, limit: int = 50) -> Page[ActionRow]:
    """The marketplace's actions in any state, the latest first, for operators. One query."""
    return keyset(Action.objects.filter(seller=None), "-starts_at", "-id", cursor=cursor, limit=limit).map(row_of)


def platform_action(action_id: int) -> ActionRow:
    """One of the marketplace's, for operators. Raises ActionUnknown."""
    found = Action.objects.filter(pk=action_id, seller=None).first()
    if found is None:
        raise ActionUnknown()
    return row_of(found)


def status_of(row: ActionRow, now: datetime) -> str:
    """ended, planned, active, draft, paused, archived or cancelled."""
    return rules.status(row.state, row.terms, now)


def highest(row: ActionRow, product: Candidate) -> int:
    """The dearest price a product may have in an action, minor units."""
    return rules.highest(product.price_minor, row.terms.discount_bp)


def auto_join(seller: SellerRef) -> bool:
    """Whether the shop joins the marketplace's actions without asking each time; off until it says so. One query."""
    return PromotionSettings.objects.filter(seller_id=seller.id, auto_join=True).exists()


def entries(seller: SellerRef, *, action_ids: Collection[int] | None = None, product_ids: Collection[int] | None = None
            ) -> list[Entry]:
    """Products of the shop in actions, by product. One query."""
    rows = ActionProduct.objects.filter(seller_id=seller.id)
    if action_ids is not None:
        rows = rows.filter(action_id__in=action_ids)
    if product_ids is not None:
        rows = rows.filter(product_id__in=product_ids)
    return [Entry(*row) for row in rows.order_by("product_id", "action_id").values_list(*_ENTRY)]


def joined_page(seller: SellerRef, action_id: int, *, after: int = 0, limit: int = 100) -> list[Entry]:
    """Products in an action with ids above `after`. One query."""
    rows = ActionProduct.objects.filter(seller_id=seller.id, action_id=action_id, product_id__gt=after)
    return [Entry(*row) for row in rows.order_by("product_id").values_list(*_ENTRY)[:limit]]


def counts(seller: SellerRef, rows: Sequence[ActionRow]) -> dict[int, ActionCounts]:
    """How many products could join each action, and how many did. Five queries for any number of actions."""
    joined = dict(ActionProduct.objects.filter(seller_id=seller.id, action_id__in=[row.id for row in rows]).values(
        "action_id").annotate(n=Count("id")).order_by().values_list("action_id", "n"))
    every = _candidates(seller, None)
    return {row.id: ActionCounts(sum(rules.eligible(row.terms, one) for _ref, one in every), joined.get(row.id, 0))
            for row in rows}


def candidates(seller: SellerRef, row: ActionRow, *, product_ids: Collection[int] | None = None,
               language: str = "") -> list[tuple[ProductRef, Candidate]]:
    """Products that the terms of an action take, in it or not, by id; with a language named in it. Four queries."""
    return [(ref, one) for ref, one in _candidates(seller, product_ids, language) if rules.eligible(row.terms, one)]


def known_products(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, Candidate]:
    """These products as actions see them, whatever an action says. Four queries."""
    return {ref.id: one for ref, one in _candidates(seller, set(product_ids))}


def _candidates(seller: SellerRef, product_ids: Collection[int] | None, language: str = ""
                ) -> list[tuple[ProductRef, Candidate]]:
    ids = [row.product_id for row in catalog.sellable(seller)
           if product_ids is None or row.product_id in product_ids]
    refs = catalog.refs(seller, product_ids=ids, language=language) if ids else []
    prices, free = pricing.prices(seller, ids), inventory.free(seller, ids)
    tops = finance.departments({ref.category_id for ref in refs})
    made = []
    for ref in refs:
        price = prices.get(ref.id)
        if price is not None:
            top = tops.get(ref.category_id)
            made.append((ref, Candidate(ref.id, (ref.category_id, *([top] if top else [])), price.price_minor,
                                        price.min_price_minor, free.get(ref.id, 0), seller.currency,
                                        price.auto_action)))
    return made


def planned(seller: SellerRef, row: ActionRow) -> list[tuple[ProductRef, Planned]]:
    """Products that will join an action by themselves, as things stand; none once that is over. Seven queries.

    What somebody said about a product goes before the switches of the product and the shop. A product that its switches
    would bring is left out where the dearest price allowed is below its lowest one.
    """
    if row.own or row.auto_joined:
        return []
    inside = {entry.product_id for entry in entries(seller, action_ids=[row.id])}
    said = {one.product_id: one for one in AutoJoin.objects.filter(seller_id=seller.id, action_id=row.id)}
    shop = auto_join(seller)
    made = []
    for ref, one in candidates(seller, row):
        own, price = said.get(ref.id), highest(row, one)
        if ref.id in inside or (own and own.excluded):
            continue
        if own:
            made.append((ref, Planned(one, own.price_minor, own.stock, True)))
        elif rules.joins_by_itself(one, shop) and not rules.judge(row.terms, one, price, None)[0]:
            made.append((ref, Planned(one, price, None, False)))
    return made


def auto_join_shops(action_id: int) -> list[int]:
    """Shops that put products on an action's list by hand, for the timetable. One query."""
    return list(AutoJoin.objects.filter(clock.shops(), action_id=action_id, excluded=False).order_by(
        "seller_id").values_list("seller_id", flat=True).distinct())


def instalments(action_ids: Collection[int]) -> set[int]:
    """Those of these actions by which buyers pay in parts. One query."""
    return set(Action.objects.filter(pk__in=action_ids, kind="instalment").values_list("pk", flat=True))


def codes(seller: SellerRef, action_id: int) -> list[tuple[str, int]]:
    """The codes of a voucher and how often each was used. One query."""
    rows: Any = VoucherCode.objects.filter(seller_id=seller.id, action_id=action_id).order_by("id")
    return list(rows.values_list("code", "uses"))
