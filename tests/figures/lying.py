"""Stock and cards of the explorer once more, in polars over what lay on the shelves as each day was closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from sellerdesk.analytics.types import Hit
from tests.figures.recount import CAUSES, GOODS, PLACES, TIMES, Recount

STOCK = ("stock", "stock_average", "stock_value", "out_of_stock", "in_stock_share", "turnover")
CARDS = ("cards", "content_score")
SEARCH = ("search_shown", "search_opened", "search_carts", "search_orders", "search_amount", "search_position")
FIGURES = (*STOCK, *CARDS, *SEARCH)


@dataclass
class Closed:
    """(seller, day, product, warehouse, present, reserved, price or None), (seller, day, score) of each card, and what
    the storefront told of queries by day."""

    shelves: list[tuple[int, date, int, int, int, int, int | None]] = field(default_factory=list)
    cards: list[tuple[int, date, int]] = field(default_factory=list)
    hits: list[tuple[date, Hit]] = field(default_factory=list)

    def of(self, seller_id: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        shelves = pl.DataFrame([row[1:] for row in self.shelves if row[0] == seller_id], orient="row", schema={
            "day": pl.Date, "product_id": pl.Int64, "warehouse": pl.Int64, "present": pl.Int64, "reserved": pl.Int64,
            "price": pl.Int64})
        return shelves, pl.DataFrame([row[1:] for row in self.cards if row[0] == seller_id], orient="row",
                                     schema={"day": pl.Date, "score": pl.Int64})


def untold(by: Sequence[str]) -> set[str]:
    """Goods have no region, nobody searches in a warehouse, and cards are known of the whole shop alone."""
    made = set(STOCK) if {"region", "scheme", *CAUSES} & set(by) else set()
    if {*PLACES, "reason"} & set(by):
        made |= set(SEARCH)
    return made if set(by) <= set(TIMES) else made | set(CARDS)


def answer(closed: Closed, raw: Recount, since: date, until: date, by: Sequence[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Keys of the dimensions → figures; what is not told of a key is None."""
    shelves, cards = (frame.filter(pl.col("day").is_between(since, until)) for frame in closed.of(raw.seller_id))
    made: dict[tuple[str, ...], dict[str, Any]] = {}
    if not untold(by) & set(STOCK):
        days = shelves.select("day").unique()
        sold = raw.lines.with_columns(day=pl.col("in_process_at").dt.date(), kept=pl.when(pl.col("state") != "cancelled").then(
            pl.col("quantity")).otherwise(0)).join(days, on="day", how="semi")
        lying, gone = _keyed(shelves, raw, since, by), _keyed(sold, raw, since, by)
        for key in {*lying, *gone}:
            period = _known(days, since, by, key)
            made.setdefault(key, {}).update(_stock(lying.get(key), gone.get(key), period))
    if not untold(by) & set(CARDS):
        for key, found in _keyed(cards, raw, since, by).items():
            last = found.filter(pl.col("day") == found["day"].max())
            made.setdefault(key, {}).update(cards=len(last), content_score=round(found["score"].sum() / len(found), 1))
    if not untold(by) & set(SEARCH):
        for key, found in _keyed(_hits(closed, raw, since, until), raw, since, by).items():
            sums = found.select("shown", "opened", "carts", "orders", "gmv_minor", "positions").sum().row(0)
            made.setdefault(key, {}).update(zip(SEARCH, (*sums[:5], round(sums[5] / sums[0], 1) if sums[0] else None),
                                                strict=True))
    return {key: dict.fromkeys(FIGURES) | values for key, values in made.items()}


def _hits(closed: Closed, raw: Recount, since: date, until: date) -> pl.DataFrame:
    rows = [(day, *(getattr(hit, name) for name in hit.__slots__)) for day, hit in closed.hits
            if hit.seller_id == raw.seller_id and since <= day <= until]
    return pl.DataFrame(rows, orient="row", schema={"day": pl.Date, **{
        name: pl.String if name == "query" else pl.Int64 for name in Hit.__slots__}}).drop("sku")


def _stock(rows: pl.DataFrame | None, sold: pl.DataFrame | None, days: list[date]) -> dict[str, Any]:
    if rows is None:
        return {}
    last = rows.filter(pl.col("day") == max(days))
    priced = last.filter(pl.col("price").is_not_null())
    goods = rows.group_by(["day", "product_id"]).agg((pl.col("present") - pl.col("reserved")).sum().alias("free"))
    out, units = len(goods.filter(pl.col("free") == 0)), 0 if sold is None else sold["kept"].sum()
    return {
        "stock": last["present"].sum() if len(last) else None,
        "stock_average": round(rows["present"].sum() / len(days), 1),
        "stock_value": (priced["present"] * priced["price"]).sum() if len(priced) else None, "out_of_stock": out,
        "in_stock_share": round((len(goods) - out) * 100 / len(goods), 2),
        "turnover": round(rows["present"].sum() / units, 1) if units else None}


def _keyed(frame: pl.DataFrame, raw: Recount, since: date, by: Sequence[str]) -> dict[tuple[str, ...], pl.DataFrame]:
    if not by:
        return {(): frame} if len(frame) else {}
    if set(by) & set(GOODS):
        frame = frame.join(raw.goods, on="product_id", how="left")
    keys = [_time(one, since).cast(pl.String).alias(f"key {at}") for at, one in enumerate(by)]
    named = frame.with_columns(keys)
    return {tuple(map(str, key)): found for key, found in named.partition_by(
        [f"key {at}" for at in range(len(by))], as_dict=True).items()}


def _time(one: str, since: date) -> pl.Expr:
    cuts = {"week": "1w", "month": "1mo", "year": "1y"}
    return pl.max_horizontal(pl.col("day").dt.truncate(cuts[one]), pl.lit(since)) if one in cuts else pl.col(one)


def _known(days: pl.DataFrame, since: date, by: Sequence[str], key: tuple[str, ...]) -> list[date]:
    """The days that are known of the shop in the period of a key."""
    for one, text in zip(by, key, strict=True):
        if one in TIMES:
            days = days.filter(_time(one, since) == date.fromisoformat(text))
    return days["day"].to_list()
