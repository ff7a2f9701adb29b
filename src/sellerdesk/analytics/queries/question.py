"""What a question needs of the facts: columns, conditions and goods. Shared by both ways of answering."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules
from sellerdesk.analytics.metrics import (
    BY_DAY,
    CARDS,
    CAUSES,
    GOODS,
    METRICS,
    POSTINGS,
    SALES,
    SEARCH,
    STOCK,
    TRAFFIC,
    Value,
)
from sellerdesk.analytics.types import Question
from sellerdesk.catalog.queries.facets import category_paths, shop_brands
from sellerdesk.core.db import json_param, json_rows, placeholders
from sellerdesk.sellers.types import SellerRef

#: Dimensions that an index of a product gives.
COLUMN = {"warehouse": "warehouse_id", "region": "region", "scheme": "scheme"}
CAUSE = {one: one for one in CAUSES}
#: Dimensions that a product's card gives today.
CARD = {**dict.fromkeys(("category1", "category2", "category3", "category4"), ("category_id",)),
        "brand": ("brand_id", "brand")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """SQL about product_id: the goods that category, brand and model leave."""

    sql: str
    params: tuple[Any, ...]


def computed(metrics: Sequence[str], sums: Mapping[str, int], known: Collection[str]) -> tuple[Value, ...]:
    """None for what is not counted for such rows at all, and for what is kept by days of which none is known."""
    told = set(known) - (BY_DAY - sums.keys())
    return tuple(METRICS[key].made(sums) if told.issuperset(METRICS[key].needs) else None for key in metrics)


def known_columns(question: Question) -> set[str]:
    """The columns that such a question can be answered from."""
    placed = bool(question.warehouse_ids or question.schemes or question.regions or set(question.by) & set(COLUMN))
    if "reason" in question.by:
        return set() if question.query else {"returned_units", "returned_minor"}
    if "query" in question.by or question.query:
        return set() if placed else set(SEARCH)
    known = set(SALES)
    if not of_goods(question):
        known |= set(POSTINGS)
    if not placed:
        known |= {*TRAFFIC, *SEARCH}
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


def narrowed(seller: SellerRef, question: Question, language: str) -> Chosen | None:
    """The goods that category, brand or model leave; None where nothing is said of them. Three queries at most."""
    if not (question.category_id or question.brand or question.model_key):
        return None
    sql = "SELECT c.id FROM catalog_product c WHERE c.seller_id = %s"
    params: list[Any] = [seller.id]
    if question.category_id:
        within = [id_ for id_, path in category_paths(language).items()
                  if question.category_id in {row[0] for row in path}]
        sql += f" AND c.category_id IN (SELECT id FROM {json_rows('within', id='int')})"
        params.append(json_param([[id_] for id_ in within]))
    if question.brand:
        named = [brand for brand, name in shop_brands(seller, language).items() if name == question.brand]
        sql += f" AND (c.brand_id, c.brand) IN (SELECT id, name FROM {json_rows('named', id='int', name='text')})"
        params.append(json_param(named))
    if question.model_key:
        sql += " AND c.model_key = %s"
        params.append(question.model_key)
    return Chosen(f" AND product_id IN ({sql})", tuple(params))


def of_cards(question: Question) -> bool:
    """Whether goods are told apart by what many of them share, so that the database sums them up by it."""
    goods = set(question.by) & set(GOODS)
    return bool(goods) and goods <= set(CARD)


def parts_of(question: Question) -> list[str]:
    """The columns of facts that rows are told apart by, before cards are looked at."""
    goods = ["product_id"] if set(question.by) & set(GOODS) else []
    columns = COLUMN | CAUSE
    return goods + [columns[one] for one in question.by if one in columns]


def carded(question: Question, sql: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """Sums by period and `parts_of` in SQL, summed up by the cards of today where a question asks for that; and the
    columns that they are told apart by then. Goods without a card have none of it."""
    parts = parts_of(question)
    if not of_cards(question):
        return sql, parts
    shared = list(dict.fromkeys(column for one in question.by for column in CARD.get(one, ())))
    parts = [*shared, *(part for part in parts if part != "product_id")]
    keys = ", ".join(["s.period", *(f"c.{part}" if part in shared else f"s.{part}" for part in parts)])
    return (f"SELECT {keys}, {', '.join(f'SUM(s.{name})' for name in names)} FROM ({sql}) s"
            f" LEFT JOIN catalog_product c ON c.id = s.product_id GROUP BY {keys}"), parts


def condition_sql(question: Question, chosen: Chosen | None) -> tuple[str, list[Any]]:
    sql, params = "", []
    for column, values in (("warehouse_id", question.warehouse_ids), ("scheme", question.schemes),
                           ("region", question.regions), ("sku", question.skus)):
        if values:
            sql += f" AND {column} IN ({placeholders(values)})"
            params += list(values)
    if chosen is not None:
        sql, params = sql + chosen.sql, [*params, *chosen.params]
    return sql, params


def summed(names: Sequence[str]) -> str:
    return ", ".join(f"SUM({name}) AS {name}" for name in names)
