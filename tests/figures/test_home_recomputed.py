"""J03: every number of the home board equals an independent recomputation from raw rows, for three shops and two time
zones, one of them across a change of the clocks: in what the page is made from, and in the page as people read it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sellerdesk.accounts import services as accounts
from sellerdesk.analytics import queries
from sellerdesk.catalog.models import Product
from sellerdesk.core import clock
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.inventory.models import Stock
from sellerdesk.sellers.models import Membership
from tests import cookies
from tests.figures import recount
from tests.figures.conftest import NOW, ZONES

pytestmark = pytest.mark.django_db
SCARCE, LISTED = 5, 7


def test_each_number_the_board_is_made_from_equals_the_rows(market) -> None:
    for stall in market.stalls:
        raw = recount.read(stall.seller.id, market.visits)
        for zone in ZONES:
            found = queries.board(stall.seller, now=NOW, zone=ZoneInfo(zone), language="en", with_money=True)
            told = {path: value for path, value in leaves(found) if not path.startswith("news.")}
            assert told == dict(leaves(expected(stall, raw, zone))), (stall.seller.name, zone)
            hidden = queries.figures(stall.seller, now=NOW, zone=ZoneInfo(zone), with_money=False)
            assert (hidden.balance_minor, hidden.accrued_week_minor) == (None, 0)


def test_each_number_on_the_page_equals_the_rows(market) -> None:
    """Whoever adds a figure to the page adds its recomputation: texts with digits are these and no others."""
    with time_machine.travel(NOW, tick=False):
        clock.forget()
        for stall in market.stalls:
            raw = recount.read(stall.seller.id, market.visits)
            for zone in ZONES:
                page = open_board(stall.seller, zone)
                with translation.override("en"):
                    wanted = texts(board := expected(stall, raw, zone), stall.seller.currency, zone)
                read = Reader(page)
                assert read.texts == wanted, (stall.seller.name, zone)
                assert read.charts == [chart(board)]


def expected(stall, raw: recount.Recount, zone: str) -> dict[str, Any]:
    """The board, as `queries.board` must give it but for the news."""
    today = NOW.astimezone(ZoneInfo(zone)).date()
    shown = recount.days(today, 28)
    ago = today - timedelta(days=7)
    # By the clock on the wall, a week ago.
    then = datetime.combine(ago, NOW.astimezone(ZoneInfo(zone)).time(), ZoneInfo(zone)).astimezone(UTC)
    until = {**dict.fromkeys(raw.day(zone, ago, ago), 0), **{
        name: value for name, value in raw.day(zone, ago, ago, then).items() if name in ("orders", "units", "amount_minor")}}
    open_ = raw.waiting()
    late = open_.filter(pl.col("ship_by") < NOW)
    due = open_.filter(pl.col("ship_by") < recount.local_midnight(zone, today + timedelta(days=1)))
    to_pack = open_.filter(pl.col("state") == "awaiting_packaging")
    of_shop = stall.seller.time_zone
    shop_tonight = recount.local_midnight(of_shop, NOW.astimezone(ZoneInfo(of_shop)).date() + timedelta(days=1))
    shelves = list(Stock.objects.filter(seller_id=stall.seller.id).values_list(
        "product_id", "present", "reserved", "warehouse__seller_id", "warehouse__safety_stock"))
    scarce = sorted((present - reserved, product) for product, present, reserved, owner, _safety in shelves
                    if owner == stall.seller.id and present - reserved <= SCARCE)
    scarce_ids = list(dict.fromkeys(product for _free, product in scarce))
    free = Counter()
    for product, present, reserved, _owner, safety in shelves:
        free[product] += max(present - reserved - (safety or 0), 0)
    best = raw.best(zone, shown[0], shown[-1])
    sold = {product: (units, amount) for product, units, amount in best if units}
    cards = {row.pk: row for row in Product.objects.filter(seller_id=stall.seller.id)}

    def selling(product: int) -> dict[str, Any]:
        units, amount = sold.get(product, (0, 0))
        return {"product_id": product, "name": cards[product].name, "offer_id": cards[product].offer_id, "thumb_url": "",
                "units": units, "amount_minor": amount, "free": free[product]}

    return {
        "day": today, "now": NOW,
        "figures": {
            "currency": stall.seller.currency, "today": {"day": today, **raw.day(zone, today, today)},
            "week_ago": {"day": ago, **until},
            "days": [{"day": day, **raw.day(zone, day, day)} for day in shown],
            "before": {"day": shown[0] - timedelta(days=28),
                       **raw.day(zone, shown[0] - timedelta(days=28), shown[0] - timedelta(days=1))},
            "at_risk": {"due": len(due), "due_minor": due["amount"].sum(), "late": len(late),
                        "late_minor": late["amount"].sum()},
            "balance_minor": raw.balance(),
            "accrued_week_minor": raw.balance(NOW - timedelta(days=7), NOW, payouts=False)},
        "tasks": {
            "due": {"to_pack": len(to_pack), "to_hand_over": len(open_) - len(to_pack), "overdue": len(late),
                    "due_today": len(open_.filter((pl.col("ship_by") >= NOW) & (pl.col("ship_by") < shop_tonight)))},
            "to_pack_today": len(to_pack.filter(
                (pl.col("ship_by") >= recount.local_midnight(zone, today))
                & (pl.col("ship_by") < recount.local_midnight(zone, today + timedelta(days=1))))),
            "returns_arrived": len(raw.returns.filter(pl.col("state") == "arrived")),
            "products_with_errors": sum(row.status in ("failed", "declined", "processed") or row.problem_count > 0
                                        for row in cards.values() if not row.archived),
            "low_stock": len(scarce_ids)},
        "best": [selling(product) for product in list(sold)[:LISTED]],
        "low": [selling(product) for product in scarce_ids[:LISTED]]}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in a tree of dataclasses, sequences and mappings, by its path."""
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}".lstrip("."))
    elif isinstance(value, (list, tuple)):
        yield f"{path}.length", len(value)
        for at, one in enumerate(value):
            yield from leaves(one, f"{path}.{at}")
    else:
        yield path, value


# -- the page as people read it ------------------------------------------------------------------------------------


def open_board(seller, zone: str) -> str:
    owner = Membership.objects.filter(seller_id=seller.id, role="owner").select_related("user").get().user
    owner.time_zone, owner.language = zone, "en"
    owner.save()
    browser = Client()
    browser.force_login(owner)
    cookies.prove_now(browser, owner)
    accounts.remember_shop(user_id=owner.pk, seller_id=seller.id)
    page = browser.get(reverse("home"))
    assert page.status_code == 200
    return page.content.decode()


class Reader(HTMLParser):
    """What stands on the board with a digit in it, and what the charts are drawn from. News are sentences of history,
    names of goods are theirs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.charts: list[Any] = []
        self.open: list[tuple[str, set[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input", "link", "meta"):
            self.open.append((tag, set((dict(attrs).get("class") or "").split())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands inside."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside: set[str] = set().union(*(words for _tag, words in self.open)) if self.open else set()
        if self.open and self.open[-1][0] == "script" and '"series"' in data:
            self.charts.append({one["name"]: one["values"] for one in json.loads(data)["series"]})
        if "board" in inside and not inside & {"board-news", "goods-name"} and self.open[-1][0] not in ("script", "style") \
                and re.search(r"\d", data):
            self.texts.append(" ".join(data.split()))


def money(minor: int, currency: str) -> str:
    return format_money(Money(minor, currency), "en", whole=True)


def growth(value: int, before: int) -> list[str]:
    if before <= 0:
        return []
    return [("+" if value > before else "") + formats.percent(round((value - before) * 100 / before, 1))]


def texts(board: dict[str, Any], currency: str, zone: str) -> list[str]:
    """Every text of the page that has a digit, in the page's order, made from the recomputed numbers."""
    figures, tasks, made = board["figures"], board["tasks"], []
    today, ago, days, risk = figures["today"], figures["week_ago"], figures["days"], figures["at_risk"]

    def price(minor: int) -> str:
        return money(minor, currency)

    def label(day: date) -> str:
        return f"{day.day} {day:%b}"

    for name, written in (("orders", str), ("amount_minor", price), ("units", str)):
        made += [written(today[name]), *growth(today[name], ago[name]),
                 f"vs {label(ago['day'])}, {NOW.astimezone(ZoneInfo(zone)):%H:%M}"]
        for at, row in enumerate(days[-14:], start=1):
            made += [str(at), f"{label(row['day'])}: {written(row[name])}"]
    week = figures["accrued_week_minor"]
    made += [price(figures["balance_minor"]), f"{'+' if week > 0 else ''}{price(week)} in 7 days"]
    for value, hint in ((str(risk["due"]), risk["due_minor"] and price(risk["due_minor"])),
                        (price(risk["late_minor"]), f"{risk['late']} late order{'s' * (risk['late'] != 1)}"),
                        (str(today["cancelled"]), today["cancelled_minor"] and price(today["cancelled_minor"])),
                        (str(today["returns"]), today["returned_minor"] and price(today["returned_minor"]))):
        made += [value, *([hint] if hint else [])]
    revenue, orders = (sum(row[name] for row in days) for name in ("amount_minor", "orders"))
    made += ["Last 28 days", price(revenue), f"{orders} order{'s' * (orders != 1)}",
             *growth(revenue, figures["before"]["amount_minor"])]
    for row in days:
        made += [label(row["day"]), price(row["amount_minor"]), str(row["orders"])]
    due, soon = tasks["due"], tasks["to_pack_today"]
    made += [f"{due['overdue']} {'is' if due['overdue'] == 1 else 'are'} overdue"] * bool(due["overdue"])
    made += [f"{soon} {'is' if soon == 1 else 'are'} due today"] * bool(soon)
    made += [str(one) for one in (due["to_pack"], due["to_hand_over"], tasks["returns_arrived"], tasks["low_stock"],
                                  tasks["products_with_errors"])]
    made.append("28 days, units")
    for one in board["best"]:
        made += [str(one["units"]), price(one["amount_minor"])]
    for one in board["low"]:
        made += [f"{one['units']} sold in 28 days"] * bool(one["units"]) + [str(one["free"])] * bool(one["free"])
    return made


def chart(board: dict[str, Any]) -> dict[str, list[float]]:
    """What the large chart is drawn from."""
    days = board["figures"]["days"]
    return {"Revenue": [row["amount_minor"] / 100 for row in days], "Orders": [row["orders"] for row in days]}
