"""What a question needs of the facts: columns, conditions and goods. Shared by both ways of answering."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules
from sellerdesk.analytics.metrics import CARDS, GOODS, LEVELS, METRICS, POSTINGS, SALES, STOCK, TRAFFIC, Value
from sellerdesk.analytics.types import Question
from sellerdesk.catalog.queries.facets import facets
from sellerdesk.catalog.types.shown import Facet
from sellerdesk.core.db import json_param, json_rows, placeholders
from sellerdesk.sellers.types import SellerRef

#: Dimensions that an index of a product gives.
COLUMN = {"warehouse": "warehouse_id", "region": "region", "scheme": "scheme"}


def computed(metrics: Sequence[str], sums: Mapping[str, int], known: Collection[str]) -> tuple[Value, ...]:
    """None for what is not counted for such rows at all, and for levels of which no day is known."""
    told = set(known) - (LEVELS - sums.keys())
    return tuple(METRICS[key].made(sums) if told.issuperset(METRICS[key].needs) else None for key in metrics)


def known_columns(question: Question) -> set[str]:
    """The columns that such a question can be answered from."""
    known = set(SALES)
    if not of_goods(question):
        known |= set(POSTINGS)
    placed = question.warehouse_ids or question.schemes or question.regions
    if not placed and not set(question.by) & set(COLUMN):
        known |= set(TRAFFIC)
        if not of_goods(question):
            known |= set(CARDS)
    # Goods lie in a warehouse for buyers of any region, and most often of any scheme.
    if not (question.regions or question.schemes or {"region", "scheme"} & set(question.by)):
        known |= set(STOCK)
    return known


def of_goods(question: Question) -> bool:
    """Whether it takes the facts of single goods."""
    return bool(set(question.by) & {*GOODS, "region"} or question.regions or _chosen(question))


def _chosen(question: Question) -> bool:
    return bool(question.skus or question.category_id or question.brand or question.model_key)


def slots(since: date, until: date, zone: ZoneInfo) -> tuple[int, int]:
    """The first slot of local days, both inclusive, and the one after the last."""
    return (rules.slot_of(rules.midnight(since, zone)), rules.slot_of(rules.midnight(until + timedelta(days=1), zone)))


def narrowed(seller: SellerRef, question: Question, language: str) -> dict[int, Facet] | None:
    """The goods that category, brand or model leave; None where nothing is said of them. Three queries at most."""
    if not (question.category_id or question.brand or question.model_key):
        return None
    return {id_: one for id_, one in facets(seller, language).items()
            if (not question.category_id or question.category_id in {row[0] for row in one.categories})
            and (not question.brand or one.brand == question.brand)
            and (not question.model_key or one.model_key == question.model_key)}


def condition_sql(question: Question, products: Collection[int] | None) -> tuple[str, list[Any]]:
    sql, params = "", []
    for column, values in (("warehouse_id", question.warehouse_ids), ("scheme", question.schemes),
                           ("region", question.regions), ("sku", question.skus)):
        if values:
            sql += f" AND {column} IN ({placeholders(values)})"
            params += list(values)
    if products is not None:
        sql += f" AND product_id IN (SELECT id FROM {json_rows('chosen', id='int')})"
        params.append(json_param([[id_] for id_ in products]))
    return sql, params


def summed(names: Sequence[str]) -> str:
    return ", ".join(f"SUM({name})" for name in names)
