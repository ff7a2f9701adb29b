"""Every figure once more, in polars over the raw rows. It knows no facts, no slots and no SQL of the product.

Zones are polars' own, so that not even the arithmetic of local days is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.db import connection

from sellerdesk.analytics.types import Visits
from sellerdesk.core.db import utc

TIMES = ("day", "week", "month", "year")
GOODS = ("sku", "model", "category1", "category2", "category3", "category4", "brand")
PLACES = ("warehouse", "region", "scheme")
CAUSES = ("query", "reason")
_VISITS = ("views_search", "views_card", "sessions", "sessions_search", "sessions_card", "cart_search", "cart_card",
           "positions")
Sums = Callable[..., int]


def _percent(above: int, below: int) -> float | None:
    return round(above * 100 / below, 2) if below else None


def _kept(of: Sums, what: str) -> int:
    """Ordered and not cancelled since."""
    return of(f"ordered {what}") - of(f"lost {what}")


#: What each figure of the explorer means, from sums of what happened.
MADE: dict[str, Callable[[Sums], int | float | None]] = {
    "revenue": lambda of: _kept(of, "amount"), "orders": lambda of: of("ordered postings"),
    "units": lambda of: _kept(of, "units"),
    "ordered_amount": lambda of: of("ordered amount"), "ordered_units": lambda of: of("ordered units"),
    "delivered_units": lambda of: of("delivered units"), "delivered_amount": lambda of: of("delivered amount"),
    "cancelled_units": lambda of: of("cancelled units"), "cancelled_amount": lambda of: of("cancelled amount"),
    "returned_units": lambda of: of("returned units"), "returned_amount": lambda of: of("returned amount"),
    "average_price": lambda of: _kept(of, "amount") // _kept(of, "units") if _kept(of, "units") else None,
    "average_order": lambda of: _kept(of, "amount") // _kept(of, "postings") if _kept(of, "postings") else None,
    "cancelled_share": lambda of: _percent(of("lost units"), of("ordered units")),
    "returned_share": lambda of: _percent(of("returned units"), of("delivered units")),
    "delivery_hours": lambda of: (round(of("delivery minutes") / 60 / of("delivered units"), 1)
                                  if of("delivered units") else None),
    "timely_share": lambda of: _percent(of("timely units"), of("due units")),
    "views": lambda of: of("views_search", "views_card"), "views_search": lambda of: of("views_search"),
    "views_card": lambda of: of("views_card"), "sessions": lambda of: of("sessions"),
    "sessions_search": lambda of: of("sessions_search"), "sessions_card": lambda of: of("sessions_card"),
    "to_cart": lambda of: of("cart_search", "cart_card"), "cart_search": lambda of: of("cart_search"),
    "cart_card": lambda of: of("cart_card"),
    "cart_conversion": lambda of: _percent(of("cart_search", "cart_card"), of("sessions")),
    "cart_conversion_search": lambda of: _percent(of("cart_search"), of("sessions_search")),
    "cart_conversion_card": lambda of: _percent(of("cart_card"), of("sessions_card")),
    "order_conversion": lambda of: _percent(of("ordered units"), of("sessions")),
    "position": lambda of: round(of("positions") / of("views_search"), 1) if of("views_search") else None,
}
#: A posting holds several goods, so goods and regions of goods have no postings; nobody looks at a warehouse.
OF_POSTINGS = ("orders", "average_order")
OF_VISITS = ("views", "views_search", "views_card", "sessions", "sessions_search", "sessions_card", "to_cart", "cart_search",
             "cart_card", "cart_conversion", "cart_conversion_search", "cart_conversion_card", "order_conversion",
             "position")


def untold(dimensions: Sequence[str]) -> set[str]:
    """Figures that there is no data for."""
    made: set[str] = set()
    if "query" in dimensions:
        return set(MADE)
    if "reason" in dimensions:
        return set(MADE) - {"returned_units", "returned_amount"}
    if set(dimensions) & {*GOODS, "region"}:
        made |= set(OF_POSTINGS)
    if set(dimensions) & set(PLACES):
        made |= set(OF_VISITS)
    return made


def rows(sql: str, params: Sequence[Any], **kinds: Any) -> pl.DataFrame:
    """A frame of raw rows; moments are UTC."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        found = cursor.fetchall()
    moment = pl.Datetime("us", "UTC")
    schema = {name: moment if kind is datetime else kind for name, kind in kinds.items()}
    return pl.DataFrame([[None if value is None else utc(value) if kind is datetime else int(value) if kind is pl.Int64 else value
                          for value, kind in zip(row, kinds.values(), strict=True)] for row in found],
                        schema=schema, orient="row")


@dataclass(frozen=True)
class Recount:
    """The raw rows of one shop."""

    seller_id: int
    lines: pl.DataFrame
    postings: pl.DataFrame
    returns: pl.DataFrame
    goods: pl.DataFrame
    bookings: pl.DataFrame
    visits: pl.DataFrame

    # -- the explorer ------------------------------------------------------------------------------------------

    def happened(self) -> pl.DataFrame:
        """One row for each thing that happened: what, when, how much, of which product, where."""
        ordered, cancelled, delivered = "in_process_at", "cancelled_at", "delivered_at"
        gone, done = pl.col("state") == "cancelled", pl.col("state") == "delivered"
        always = pl.lit(value=True)
        placed = ["product_id", "warehouse", "region", "scheme", "reason"]
        unsaid = pl.lit(None, pl.String).alias("reason")
        parts = []
        for what, at, which in (("ordered", ordered, always), ("lost", ordered, gone), ("cancelled", cancelled, gone),
                                ("delivered", delivered, done)):
            own = self.lines.filter(which).with_columns(unsaid)
            parts += [own.select(pl.lit(f"{what} {name}").alias("what"), pl.col(at).alias("at"), column.alias("value"), *placed)
                      for name, column in (("units", pl.col("quantity")), ("amount", pl.col("quantity") * pl.col("price")))]
            whole = self.postings.filter(which).with_columns(unsaid, product_id=pl.lit(None, pl.Int64))
            parts.append(whole.select(pl.lit(f"{what} postings").alias("what"), pl.col(at).alias("at"),
                                      pl.lit(1, pl.Int64).alias("value"), *placed))
            if what == "delivered":
                minutes = (pl.col(delivered).dt.epoch("s") - pl.col(ordered).dt.epoch("s")) // 60
                shipped = own.filter((pl.col("scheme") != "fbo") & pl.col("handed_over_at").is_not_null())
                for name, rows_of, value in (
                        ("delivery minutes", own, minutes * pl.col("quantity")), ("due units", shipped, pl.col("quantity")),
                        ("timely units", shipped.filter(pl.col("handed_over_at") <= pl.col("ship_by")), pl.col("quantity"))):
                    parts.append(rows_of.select(pl.lit(name).alias("what"), pl.col(at).alias("at"), value.alias("value"), *placed))
        back = self.returns.filter(pl.col("kind") == "ClientReturn")
        parts += [back.select(pl.lit(f"returned {name}").alias("what"), pl.col("created_at").alias("at"),
                              pl.col(column).alias("value"), *placed)
                  for name, column in (("units", "quantity"), ("amount", "amount"))]
        nowhere = [pl.lit(None, pl.Int64).alias("warehouse"), pl.lit(None, pl.String).alias("region"),
                   pl.lit(None, pl.String).alias("scheme"), unsaid]
        parts += [self.visits.select(pl.lit(name).alias("what"), "at", pl.col(name).alias("value"), "product_id", *nowhere)
                  for name in _VISITS]
        return pl.concat(parts).join(self.goods, on="product_id", how="left")

    def answer(self, happened: pl.DataFrame, zone: str, since: date, until: date, by: Sequence[str]) -> dict[tuple[str, ...], dict[str, int | float | None]]:
        """What the explorer must say: keys of the dimensions → figures."""
        local = pl.col("at").dt.convert_time_zone(zone).dt.date()
        kept = happened.with_columns(day=local).filter(pl.col("day").is_between(since, until))
        if "query" in by:
            return {}
        if "reason" in by:
            kept = kept.filter(pl.col("what").is_in(["returned units", "returned amount"]))
        goods, places = set(by) & {*GOODS, "region"}, set(by) & set(PLACES)
        if goods:
            kept = kept.filter(~pl.col("what").str.ends_with("postings"))
        if places:
            kept = kept.filter(~pl.col("what").is_in(list(_VISITS)))
        first = pl.lit(since)
        cut = {"day": pl.col("day"), "week": pl.max_horizontal(pl.col("day").dt.truncate("1w"), first),
               "month": pl.max_horizontal(pl.col("day").dt.truncate("1mo"), first),
               "year": pl.max_horizontal(pl.col("day").dt.truncate("1y"), first)}
        keys = [cut.get(one, pl.col(one)).cast(pl.String).alias(f"key {at}") for at, one in enumerate(by)]
        sums = kept.group_by([*keys, "what"]).agg(pl.col("value").sum())
        told: dict[tuple[str, ...], dict[str, int]] = {}
        for *key, what, value in sums.iter_rows():
            told.setdefault(tuple(key), {})[what] = value
        missing = untold(by)
        return {key: figures(found, missing) for key, found in told.items()}

    # -- the home board ----------------------------------------------------------------------------------------

    def day(self, zone: str, first: date, last: date, until: datetime | None = None) -> dict[str, int]:
        """The row of the board for local days, both inclusive; up to a moment where one is given."""
        def on(frame: pl.DataFrame, at: str) -> pl.DataFrame:
            found = frame.filter(pl.col(at).dt.convert_time_zone(zone).dt.date().is_between(first, last))
            return found.filter(pl.col(at) < until) if until else found

        ordered = on(self.postings, "in_process_at")
        kept = ordered.filter(pl.col("state") != "cancelled")
        gone = on(self.postings.filter(pl.col("state") == "cancelled"), "cancelled_at")
        back = on(self.returns.filter(pl.col("kind") == "ClientReturn"), "created_at")
        return {"orders": len(ordered), "units": kept["units"].sum(), "amount_minor": kept["amount"].sum(),
                "cancelled": len(gone), "cancelled_minor": gone["amount"].sum(),
                "returns": len(back), "returned_minor": back["amount"].sum()}

    def waiting(self) -> pl.DataFrame:
        """What the shop still has to hand over."""
        return self.postings.filter(
            pl.col("state").is_in(["awaiting_packaging", "awaiting_deliver"]) & (pl.col("scheme") != "fbo")
            & (pl.col("substate") != "posting_in_carriage"))

    def best(self, zone: str, first: date, last: date) -> list[tuple[int, int, int]]:
        """Product, units, amount ordered on local days and not cancelled since, the most units first."""
        local = pl.col("in_process_at").dt.convert_time_zone(zone).dt.date()
        found = self.lines.filter(local.is_between(first, last) & (pl.col("state") != "cancelled")).group_by(
            "product_id").agg(pl.col("quantity").sum().alias("units"), (pl.col("quantity") * pl.col("price")).sum().alias("amount"))
        return list(found.sort(["units", "amount", "product_id"], descending=[True, True, False]).iter_rows())

    def balance(self, since: datetime | None = None, until: datetime | None = None, *, payouts: bool = True) -> int:
        found = self.bookings.filter(pl.col("account") == "seller")
        if not payouts:
            found = found.filter(~pl.col("kind").str.starts_with("payout"))
        if since and until:
            found = found.filter((pl.col("at") >= since) & (pl.col("at") < until))
        return int(found["amount"].sum())


def figures(found: dict[str, int], missing: set[str]) -> dict[str, int | float | None]:
    def of(*names: str) -> int:
        return sum(found.get(name, 0) for name in names)

    return {metric: None if metric in missing else made(of) for metric, made in MADE.items()}


def read(seller_id: int, visits: Sequence[Visits]) -> Recount:
    """The raw rows of a shop. Where it goes is the order's region, or the city where the order names none."""
    whole, text = pl.Int64, pl.String
    where = "CASE WHEN o.region <> '' THEN o.region ELSE p.city END"
    posting = {"state": text, "substate": text, "in_process_at": datetime, "cancelled_at": datetime, "delivered_at": datetime,
               "ship_by": datetime, "handed_over_at": datetime, "warehouse": whole, "region": text, "scheme": text}
    columns = ("p.state, p.substate, p.in_process_at, p.cancelled_at, p.delivered_at, p.ship_by, p.handed_over_at, p.warehouse_id, "
               f"{where}, p.scheme")
    lines = rows(f"SELECT {columns}, p.number, l.product_id, l.quantity, l.price_minor FROM orders_posting p"
                 " JOIN orders_order o ON o.id = p.order_id JOIN orders_postingline l ON l.posting_id = p.id"
                 " WHERE p.seller_id = %s", [seller_id], **posting, number=text, product_id=whole, quantity=whole, price=whole)
    # Units and amount are summed from the lines, not read from the columns kept for lists.
    postings = lines.group_by([*posting, "number"]).agg(
        pl.col("quantity").sum().alias("units"), (pl.col("quantity") * pl.col("price")).sum().alias("amount"))
    back = rows("SELECT r.kind, r.created_at, r.state, r.product_id, r.quantity, r.amount_minor, r.warehouse_id,"
                f" {where}, r.scheme, r.reason FROM returns_return r JOIN orders_posting p ON p.number = r.posting_number"
                " JOIN orders_order o ON o.id = p.order_id WHERE r.seller_id = %s", [seller_id], kind=text,
                created_at=datetime, state=text, product_id=whole, quantity=whole, amount=whole, warehouse=whole, region=text,
                scheme=text, reason=text)
    booked = rows("SELECT t.id, t.at, t.kind, t.posting_number, l.account, l.kind, l.sku, l.quantity, l.amount_minor"
                  " FROM finance_line l JOIN finance_transaction t ON t.id = l.transaction_id WHERE l.seller_id = %s",
                  [seller_id], booking=whole, at=datetime, act=text, posting=text, account=text, kind=text, sku=whole,
                  quantity=whole, amount=whole)
    own = [one for one in visits if one.seller_id == seller_id]
    seen = pl.DataFrame({"at": [one.at for one in own], "product_id": [one.product_id for one in own],
                         **{name: [getattr(one, name) for one in own] for name in _VISITS}},
                        schema_overrides={"at": pl.Datetime("us", "UTC")})
    return Recount(seller_id, lines, postings, back, _goods(seller_id), booked, seen)


def _goods(seller_id: int) -> pl.DataFrame:
    """What each product counts for, in English: its path through the tree, its brand's name, the card it shares."""
    from sellerdesk.catalog.models import Category, DictionaryValue, Product

    parents = dict(Category.objects.values_list("id", "parent_id"))
    values = dict(DictionaryValue.objects.values_list("id", "value_en"))
    made = []
    for id_, sku, category, said, card in Product.objects.filter(seller_id=seller_id).values_list(
            "id", "sku", "category_id", "attributes", "model_key"):
        path: list[int] = []
        at: int | None = category
        while at is not None:
            path.insert(0, at)
            at = parents[at]
        first = {one["id"]: one["values"][0] for one in said}.get(85, {})
        brand = values.get(first.get("dictionary_value_id"), first.get("value", ""))
        levels = [str(one) for one in path] + [""] * (4 - len(path))
        made.append((id_, str(sku), card or f"sku:{sku}", *levels, brand))
    return pl.DataFrame(made, schema={"product_id": pl.Int64, **dict.fromkeys(GOODS, pl.String)}, orient="row")


def local_midnight(zone: str, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def days(until: date, count: int) -> list[date]:
    return [until - timedelta(days=count - 1 - at) for at in range(count)]
