"""Strategies, what they follow, and what they did."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import scope
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.core.words import fold
from sellerdesk.finance import queries as finance
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions.errors import StrategyUnknown
from sellerdesk.promotions.following import Seen
from sellerdesk.promotions.models import Strategy, StrategyChange, StrategyCompetitor, StrategyProduct
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A strategy with its competitors (shop, basis points of its price) and how many products follow it."""

    id: str
    name: str
    enabled: bool
    update_type: str
    updated_at: datetime
    stop_loss_bp: int
    competitors: tuple[tuple[int, int], ...]
    products: int
    checked_at: datetime | None


def strategies(seller: SellerRef) -> list[StrategyRow]:
    """All of them, the latest first. Three queries."""
    rows = list(Strategy.objects.filter(seller_id=seller.id).order_by("-updated_at", "pk"))
    against: dict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    for strategy_id, competitor_id, bp in StrategyCompetitor.objects.filter(seller_id=seller.id).order_by(
            "competitor_id").values_list("strategy_id", "competitor_id", "coefficient_bp"):
        against[strategy_id].append((competitor_id, bp))
    counted = dict(StrategyProduct.objects.filter(seller_id=seller.id).values("strategy_id").annotate(
        n=Count("product_id")).order_by().values_list("strategy_id", "n"))
    return [StrategyRow(str(row.pk), row.name, row.enabled, row.update_type, row.updated_at, row.stop_loss_bp,
                        tuple(against[row.pk]), counted.get(row.pk, 0), row.checked_at) for row in rows]


def strategy(seller: SellerRef, strategy_id: str) -> StrategyRow:
    """One of them. Three queries. Raises StrategyUnknown."""
    found = next((row for row in strategies(seller) if row.id == strategy_id), None)
    if found is None:
        raise StrategyUnknown()
    return found


def strategy_products(seller: SellerRef, *, strategy_id: str = "", product_ids: Collection[int] | None = None
                      ) -> list[StrategyProduct]:
    """Products that follow strategies. One query."""
    rows = StrategyProduct.objects.filter(seller_id=seller.id)
    if strategy_id:
        rows = rows.filter(strategy_id=strategy_id)
    if product_ids is not None:
        rows = rows.filter(product_id__in=product_ids)
    return list(rows.order_by("product_id"))


def strategy_log(seller: SellerRef, strategy_id: str, *, cursor: str | None = None, limit: int = 50
                 ) -> Page[StrategyChange]:
    """What it did and would not do, newest first. One query."""
    return keyset(StrategyChange.objects.filter(seller_id=seller.id, strategy_id=strategy_id), "-id", cursor=cursor,
                  limit=limit)


# Names of other shops stand on every card of theirs.
@scope.across_shops()
def competitors(seller: SellerRef, ids: Collection[int] | None = None) -> list[tuple[int, str]]:
    """Other shops that sell now, or those of them that are named, by name. One query."""
    return sorted(((id_, name) for id_, name in sellers.active_names(ids) if id_ != seller.id),
                  key=lambda row: (row[1], row[0]))


def competitors_like(seller: SellerRef, words: str, *, limit: int = 30) -> list[tuple[int, str]]:
    """Those whose names hold all of some words, whatever their case, by name: what a select offers while one types.

    One query; the names are compared here, since SQLite knows the cases of no letters but A to Z.
    """
    wanted = fold(words).split()
    return [row for row in competitors(seller) if all(word in fold(row[1]) for word in wanted)][:limit]


# What other shops ask stands in their shop windows: any buyer sees it.
@scope.across_shops()
def competing(seller: SellerRef, product_ids: Collection[int], competitor_ids: Collection[int], at: datetime
              ) -> Mapping[int, list[Seen]]:
    """What these shops ask for the same goods, by own product: the offer with the same barcode, else the middle one of
    their offers of the same type. Amounts in the shop's own currency, at the day's rate.

    Four queries for each competitor.
    """
    own = {row.product_id: row.type_id for row in catalog.sellable(seller) if row.product_id in product_ids}
    own_codes = catalog.barcodes(seller, list(own))
    found: dict[int, list[Seen]] = defaultdict(list)
    for rival in (one for one in sellers.active_sellers() if one.id in competitor_ids and one.id != seller.id):
        shelf = catalog.sellable(rival)
        prices = pricing.prices(rival, [row.product_id for row in shelf])
        codes = {code: id_ for id_, all_codes in catalog.barcodes(rival, list(prices)).items() for code in all_codes}
        by_type: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in shelf:
            if row.product_id in prices:
                by_type[row.type_id].append((prices[row.product_id].price_minor, row.product_id))
        for product_id, type_id in own.items():
            same = next((codes[code] for code in own_codes.get(product_id, ()) if code in codes), None)
            offers = sorted(by_type.get(type_id, ()))
            if same is None and not offers:
                continue
            other = same if same is not None else offers[(len(offers) - 1) // 2][1]
            amount = finance.convert(prices[other].price_minor, rival.currency, seller.currency, at).amount_minor
            found[product_id].append(Seen(rival.id, other, amount))
    return found
