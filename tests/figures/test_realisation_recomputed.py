"""J03: each figure of the realisation reports, by month, day and posting, in documents and over the API, equals an
independent recomputation from the raw bookings, for three shops in two time zones, one of which changed its clocks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
import time_machine
from django.test import Client

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.finance.queries import figures
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.models import Seller
from tests.figures import recount
from tests.figures.conftest import NOW, ZONES

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
_GOODS = ("sale", "commission", "return_sale", "return_commission")
_COLUMNS = {"sale": 1, "commission": 2, "logistics": 3, "acquiring": 4, "return_sale": 5, "return_commission": 5,
            "return_logistics": 5}


def booked(raw: recount.Recount, zone: str, first: date, last: date) -> pl.DataFrame:
    """What happened on the shop's account on local days, both inclusive; payouts are no accruals."""
    local = pl.col("at").dt.convert_time_zone(zone).dt.date()
    return raw.bookings.with_columns(day=local.cast(pl.String)).filter((pl.col("account") == "seller") & ~pl.col("kind").str.starts_with("payout")
                               & local.is_between(first, last))


def goods(found: pl.DataFrame, *keys: str) -> list[tuple[Any, ...]]:
    """SKU, price, sold units and amount, commission, returned units and amount, commission given back, with `keys`
    before them: units with the same price and commission are one row."""
    sale = pl.col("kind").is_in(["sale", "return_sale"])
    back = pl.col("kind").str.starts_with("return")
    once = found.filter(pl.col("kind").is_in(_GOODS)).group_by("booking", "sku", "posting", "day").agg(
        back.any().alias("back"), pl.col("quantity").max().alias("units"),
        pl.col("amount").filter(sale).sum().alias("sale"), pl.col("amount").filter(~sale).sum().alias("taken"))
    once = once.with_columns(price=pl.col("sale").abs() // pl.col("units"), each=pl.col("taken").abs() // pl.col("units"))

    def of(column: str, *, returned: bool) -> pl.Expr:
        return pl.col(column).filter(pl.col("back") == returned).sum().alias(f"{column} {returned}")

    rows = once.group_by(*keys, "sku", "price", "each").agg(
        *(of(column, returned=returned) for returned in (False, True) for column in ("units", "sale", "taken")))
    return sorted(rows.drop("each").iter_rows())


def by_kind(found: pl.DataFrame) -> dict[str, int]:
    return dict(found.group_by("kind").agg(pl.col("amount").sum()).iter_rows())


def plain(cell: Any) -> Any:
    return cell.amount_minor if isinstance(cell, Money) else cell


def test_each_cell_of_the_realisation_documents_equals_the_bookings(market) -> None:
    moved = set()
    for stall in market.stalls:
        raw = recount.read(stall.seller.id, market.visits)
        for zone in ZONES:
            seller = replace(stall.seller, time_zone=zone)
            for kind, first, last in (("realization_month", FIRST, LAST), *(
                    ("realization_day", day, day) for day in recount.days(date(2026, 11, 10), 24))):
                made = figures.figures(seller, kind, first, last)
                found = booked(raw, zone, first, last)
                kinds = by_kind(found)
                told = {table.key: [tuple(map(plain, row)) for row in table.rows] for table in made.tables}
                assert sorted((int(sku), *rest) for sku, _offer, _name, *rest in told["goods"]) == [
                    (sku, price, sold, sale, taken, returned, back, given, sale + taken + back + given)
                    for sku, price, sold, sale, taken, returned, back, given in goods(found)]
                assert dict(told["services"]) == {name: value for name, value in kinds.items() if name not in _GOODS}
                assert (made.total_minor, made.difference_minor) == (sum(kinds.values()), 0)
                moved.add((stall.seller.id, zone, kind, first, made.total_minor))
            made = figures.figures(seller, "realization_posting", FIRST, LAST)
            assert [tuple(map(plain, row)) for row in made.tables[0].rows] == by_posting(booked(raw, zone, FIRST, LAST))
    # The zones cut these days and this month differently, or there would be nothing to prove.
    assert len({row[-1] for row in moved if row[2] == "realization_month"}) == 2 * len(market.stalls)


def by_posting(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    made: dict[str, list[int]] = {}
    for number, kind, amount in found.group_by("posting", "kind").agg(pl.col("amount").sum()).iter_rows():
        made.setdefault(number, [0] * 7)[_COLUMNS.get(kind, 6)] += amount
    return [(number, *values[1:], sum(values)) for number, values in sorted(made.items())]


def test_each_figure_of_the_realisation_over_the_api_equals_the_bookings(market, monkeypatch) -> None:
    monkeypatch.setattr(budget, "spend", lambda item, who: budget.Spent(1000, 0))
    with time_machine.travel(NOW, tick=False):
        clock.forget()
        for stall in market.stalls:
            raw = recount.read(stall.seller.id, market.visits)
            key = sellers.create_key(seller=stall.seller, name="K", roles=["Admin"], actor=Actor.system("test"),
                                     user_id=None, real_now=NOW).secret
            for zone in ZONES:
                Seller.objects.filter(pk=stall.seller.id).update(time_zone=zone)
                agree(stall.seller, key, raw, zone)


def agree(seller, key: str, raw: recount.Recount, zone: str) -> None:
    def ask(path: str, **body: int) -> dict[str, Any]:
        answer = Client().post(path, json.dumps(body), content_type="application/json",
                               headers={"Client-Id": str(seller.id), "Api-Key": key})
        assert answer.status_code == 200, answer.content
        return answer.json()

    october = booked(raw, zone, FIRST, LAST)
    report = ask("/v2/finance/realization", year=2026, month=10)["result"]
    assert (report["header"]["start_date"], report["header"]["stop_date"]) == ("2026-10-01", "2026-10-31")
    assert sorted(map(told, report["rows"])) == goods(october)
    for day in (*recount.days(date(2026, 10, 26), 3), *recount.days(date(2026, 11, 2), 4)):
        rows = ask("/v1/finance/realization/by-day", year=day.year, month=day.month, day=day.day)["rows"]
        assert sorted(map(told, rows)) == goods(booked(raw, zone, day, day)), day
    rows = ask("/v1/finance/realization/posting", year=2026, month=10)["rows"]
    assert sorted((row["order"]["posting_number"], row["order"]["created_date"], *told(row)) for row in rows) == goods(
        october, "posting", "day")


def told(row: dict[str, Any]) -> tuple[int, ...]:
    """A row of the report as `goods` has it: everything that leaves the account is below zero there."""
    sold, back = row["delivery_commission"] or {}, row["return_commission"] or {}

    def minor(side: dict[str, Any], field: str) -> int:
        return round(side.get(field, 0) * 100)

    for side in (sold, back):
        if side:
            assert minor(side, "price_per_instance") == round(row["seller_price_per_instance"] * 100)
            assert minor(side, "standard_fee") == minor(side, "commission")
            assert minor(side, "total") == minor(side, "amount") - minor(side, "commission")
            assert row["commission_ratio"] == pytest.approx(side["commission"] / side["amount"], abs=1e-4)
    return (row["item"]["sku"], round(row["seller_price_per_instance"] * 100), sold.get("quantity", 0), minor(sold, "amount"),
            -minor(sold, "commission"), back.get("quantity", 0), -minor(back, "amount"), minor(back, "commission"))
