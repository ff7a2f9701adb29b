"""The market across shops, told in cells of enough sellers. Read from sums by day, so a day late.

Functions here look across shops on purpose: what they give back names no other shop and hides every cell with fewer
sellers than the dated rule `analytics.least_sellers` asks for. One's own figures are always told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sellerdesk.analytics import forecasting
from sellerdesk.analytics.types import Band, Cell, OwnPlace, SearchRow, Trend
from sellerdesk.catalog.queries.facets import category_paths, facets
from sellerdesk.core import rules as dated
from sellerdesk.core import scope
from sellerdesk.core.db import fetch_all, placeholders
from sellerdesk.sellers.types import SellerRef

#: Days that a trend looks ahead.
AHEAD = 28
LEAST = "analytics.least_sellers"
# What buyers did with offers is told of the days only on which enough shops had some; what is not told does not order
# the list either. The number is put in from the rule, a whole number.
_TOLD = {name: f"{how}(CASE WHEN sellers >= {{least}} THEN {name} END)"
         for name, how in (("views", "SUM"), ("carts", "SUM"), ("price_minor", "AVG"))}
_TOLD["searches"] = "SUM(CASE WHEN sellers >= {least} THEN searches END)"
_SORTS = {"CLIENT_COUNT": "SUM(searches)", "ADD_TO_CART": f"COALESCE({_TOLD['carts']}, 0)",
          "AVG_PRICE": f"COALESCE({_TOLD['price_minor']}, 0)",
          "CONVERSION_TO_CART": f"COALESCE({_TOLD['carts']} * 1.0 / {_TOLD['searches']}, 0)"}


@dataclass(slots=True)
class _Sum:
    sellers: set[int] = field(default_factory=set)
    minor: int = 0
    units: int = 0
    products: int = 0
    new: int = 0
    own: int = 0


def least_sellers(now: datetime) -> int:
    return int(dated.get(LEAST, "", now).value["sellers"])


def least_searches(now: datetime) -> int:
    """How many buyers must have asked for a query before anybody is told of it."""
    return int(dated.get(LEAST, "", now).value.get("searches", 5))


@scope.across_shops()
def cells(seller: SellerRef, kind: str, since: date, until: date, *, language: str, now: datetime,
          category_id: int = 0) -> list[Cell]:
    """Categories or brands over some UTC days, the largest first, those without data last. Five queries."""
    least, length = least_sellers(now), until - since
    present = _sums(seller, kind, since, until, category_id)
    told = _told(present, least, whole=bool(category_id))
    before = _sums(seller, kind, since - length - timedelta(days=1), since - timedelta(days=1), category_id)
    paths = category_paths(language) if kind == "category" else {}
    searched = _searched(since, until) if kind == "category" else {}
    made = []
    for key, found in present.items():
        if not key:
            continue
        name = paths[int(key)][-1][1] if kind == "category" and int(key) in paths else key
        asked, offers = searched.get(key, (None, 0))
        if key not in told:
            made.append(Cell(key, name, len(found.sellers), None, None, None, None, None, None, found.own, None))
            continue
        earlier = before.get(key)
        known = earlier is not None and len(earlier.sellers) >= least and earlier.minor > 0
        made.append(Cell(
            key, name, len(found.sellers), found.minor, found.units, found.products,
            found.minor // found.units if found.units else None,
            round((found.minor - earlier.minor) * 100 / earlier.minor, 1) if known and earlier else None,
            round(found.new * 100 / found.products, 1) if found.products else None, found.own,
            round(found.own * 100 / found.minor, 1) if found.minor else None, asked,
            round(asked / offers, 1) if asked is not None and offers else None))
    return sorted(made, key=lambda one: (one.minor is None, -(one.minor or 0), one.name))


@scope.across_shops()
def trend(seller: SellerRef, category_id: int, since: date, until: date, *, now: datetime) -> Trend | None:
    """One category by day, with the quarters of its prices; None where too few sell in it. Two queries."""
    least = least_sellers(now)
    rows = fetch_all(
        "SELECT day, SUM(units), SUM(minor), SUM(CASE WHEN seller_id = %s THEN units ELSE 0 END),"
        " COUNT(DISTINCT seller_id) FROM analytics_marketday WHERE category_id = %s AND day >= %s AND day <= %s"
        " GROUP BY day",
        [seller.id, category_id, since, until])
    goods = fetch_all(
        "SELECT seller_id, SUM(minor), SUM(units) FROM analytics_marketday WHERE category_id = %s AND day >= %s"
        " AND day <= %s GROUP BY seller_id, product_id", [category_id, since, until])
    if len({row[0] for row in goods}) < least:
        return None
    found = {as_date(row[0]): tuple(map(int, row[1:])) for row in rows}
    days = [since + timedelta(days=at) for at in range((until - since).days + 1)]
    told = [found.get(day, (0, 0, 0, 0)) for day in days]
    # A market that has just opened has no zeros before.
    first = min(found)
    # What a few sold on a day is not told, that nobody did is.
    shown = [day >= first and (row[3] == 0 or row[3] >= least) for day, row in zip(days, told, strict=True)]
    prices = sorted((int(minor) // int(units), int(units)) for _seller, minor, units in goods if units)
    units, minor = (tuple(row[at] if may else None for row, may in zip(told, shown, strict=True)) for at in (0, 1))
    return Trend(tuple(days), units, minor, tuple(row[2] for row in told), _quarters(prices),
                 len({row[0] for row in goods}),
                 forecasting.outlook([row[0] for day, row in zip(days, told, strict=True) if day >= first], AHEAD))


@scope.across_shops()
def own_places(seller: SellerRef, since: date, until: date, *, language: str, now: datetime,
               limit: int = 100) -> list[OwnPlace]:
    """The shop's own products with their places in their categories; no place where too few sell. Four queries."""
    least = least_sellers(now)
    rows = fetch_all(
        "SELECT product_id, category_id, minor, units, place, goods FROM ("
        " SELECT seller_id, product_id, category_id, SUM(minor) AS minor, SUM(units) AS units,"
        " ROW_NUMBER() OVER (PARTITION BY category_id ORDER BY SUM(minor) DESC, product_id) AS place,"
        " COUNT(*) OVER (PARTITION BY category_id) AS goods FROM analytics_marketday WHERE day >= %s AND day <= %s"
        " GROUP BY seller_id, product_id, category_id) ranked WHERE seller_id = %s ORDER BY minor DESC LIMIT %s",
        [since, until, seller.id, limit])
    many = {int(row[0]) for row in fetch_all(
        "SELECT category_id FROM analytics_marketday WHERE day >= %s AND day <= %s GROUP BY category_id"
        " HAVING COUNT(DISTINCT seller_id) >= %s", [since, until, least])}
    cards = facets(seller, language, [row[0] for row in rows])
    return [OwnPlace(row[0], cards[row[0]].sku, cards[row[0]].name,
                     cards[row[0]].categories[-1][1] if cards[row[0]].categories else "", int(row[2]), int(row[3]),
                     int(row[4]) if int(row[1]) in many else None, int(row[5]) if int(row[1]) in many else None)
            for row in rows if row[0] in cards]


#: Products stand up to these places together; shops in at most so many parts.
_PRODUCT_BANDS, _SHOP_BANDS = (10, 50, 100, 500), 5


@scope.across_shops()
def bands(seller: SellerRef, kind: str, since: date, until: date, *, now: datetime) -> list[Band]:
    """Shops or products of the whole market by revenue, in bands of places: nobody is named. Three queries at most."""
    least, length = least_sellers(now), until - since
    if kind == "shop":
        shops = int(fetch_all("SELECT COUNT(DISTINCT seller_id) FROM analytics_marketday WHERE day >= %s AND day <= %s",
                              [since, until])[0][0])
        band = f"NTILE({max(min(shops // least, _SHOP_BANDS), 1)}) OVER (ORDER BY SUM(minor) DESC, seller_id)"
        key = "seller_id"
    else:
        key = "seller_id, product_id"
        place = f"ROW_NUMBER() OVER (ORDER BY SUM(minor) DESC, {key})"
        band = f"CASE {' '.join(f'WHEN {place} <= {end} THEN {end}' for end in _PRODUCT_BANDS)} ELSE 999999 END"
    before = {row[0]: row for row in _ranked(
        seller, key, band, since - length - timedelta(days=1), since - timedelta(days=1))}
    made, first = [], 1
    for number, sellers, minor, units, goods, new, rows, own in _ranked(seller, key, band, since, until):
        last = first + rows - 1
        if sellers < least:
            made.append(Band(first, last, sellers, None, None, None, None, None, own))
        else:
            earlier = before.get(number)
            # Only bands of as many places can be told to grow.
            grew = earlier is not None and earlier[1] >= least and earlier[6] == rows and earlier[2] > 0
            made.append(Band(first, last, sellers, minor, units, minor // units if units else None,
                             round((minor - earlier[2]) * 100 / earlier[2], 1) if grew and earlier else None,
                             round(new * 100 / goods, 1) if goods else None, own))
        first = last + 1
    return made


def _ranked(seller: SellerRef, key: str, band: str, since: date, until: date) -> list[tuple[int, ...]]:
    """Bands by revenue: number, sellers, roubles, units, products, new ones of them, rows, rows of one's own. One
    query."""
    return [tuple(int(value) for value in row) for row in fetch_all(
        "SELECT band, COUNT(DISTINCT seller_id), SUM(minor), SUM(units), SUM(goods), SUM(fresh), COUNT(*),"
        " SUM(CASE WHEN seller_id = %s THEN 1 ELSE 0 END) FROM (SELECT seller_id, SUM(minor) AS minor,"
        " SUM(units) AS units, COUNT(DISTINCT product_id) AS goods,"
        f" COUNT(DISTINCT CASE WHEN new THEN product_id END) AS fresh, {band} AS band FROM analytics_marketday"
        f" WHERE day >= %s AND day <= %s GROUP BY {key}) ranked GROUP BY band ORDER BY band",
        [seller.id, since, until])]


@scope.across_shops()
def shop_place(seller: SellerRef, since: date, until: date, *, now: datetime) -> tuple[int, int] | None:
    """Which place the shop has by revenue, of how many; None where too few sell, or it sold nothing. One query."""
    rows = fetch_all("SELECT seller_id FROM analytics_marketday WHERE day >= %s AND day <= %s GROUP BY seller_id"
                     " ORDER BY SUM(minor) DESC, seller_id", [since, until])
    ids = [row[0] for row in rows]
    return (ids.index(seller.id) + 1, len(ids)) if seller.id in ids and len(ids) >= least_sellers(now) else None


def search_queries(since: date, until: date, *, now: datetime, text: str = "", category_id: int = 0,
                   sort: str = "CLIENT_COUNT", descending: bool = True, offset: int = 0,
                   limit: int = 100) -> tuple[list[SearchRow], int]:
    """Queries of all buyers over some UTC days, and how many there are. Two queries.

    Those that too few buyers asked for are left out. What became of the others is told of the days only on which enough
    shops had offers: with fewer, it would be the figures of single shops.
    """
    least = least_sellers(now)
    where, params = "day >= %s AND day <= %s", [since, until]
    more: list[Any] = []
    if text:
        where += " AND query LIKE %s ESCAPE '!'"
        more.append("%" + text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
    if category_id:
        where += " AND category_id = %s"
        more.append(category_id)
    grouped = f"FROM analytics_searchday WHERE {where} GROUP BY query HAVING SUM(searches) >= %s"
    given = [*params, *more, least_searches(now)]
    total = int(fetch_all(f"SELECT COUNT(*) FROM (SELECT query {grouped}) q", given)[0][0])
    rows = fetch_all(
        (f"SELECT query, MAX(category_id), SUM(searches), {_TOLD['views']}, {_TOLD['carts']}, MAX(found),"
         f" MAX(available), MAX(sellers), {_TOLD['price_minor']}, {_TOLD['searches']} {grouped} ORDER BY"
         f" {_SORTS[sort]} {'DESC' if descending else 'ASC'}, query LIMIT %s OFFSET %s").format(least=least),
        [*given, limit, offset])
    return [SearchRow(query, category, searches, _whole(views), _whole(carts), found, available, sellers, _whole(price),
                      _whole(asked))
            for query, category, searches, views, carts, found, available, sellers, price, asked in rows], total


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def last_day() -> date | None:
    """The last UTC day that the market is told of. One query."""
    found = fetch_all("SELECT MAX(day) FROM analytics_dayclosed WHERE clock_of = 0")[0][0]
    return as_date(found) if found else None


def _sums(seller: SellerRef, kind: str, since: date, until: date, category_id: int) -> dict[str, _Sum]:
    column = {"category": "category_id", "brand": "brand"}[kind]
    only, params = (" AND category_id = %s", [category_id]) if category_id else ("", [])
    made: dict[str, _Sum] = defaultdict(_Sum)
    for key, seller_id, minor, units, products, new in fetch_all(
            f"SELECT {column}, seller_id, SUM(minor), SUM(units), COUNT(DISTINCT product_id),"
            " COUNT(DISTINCT CASE WHEN new THEN product_id END) FROM analytics_marketday"
            f" WHERE day >= %s AND day <= %s{only} GROUP BY {column}, seller_id", [since, until, *params]):
        into = made[str(key or "")]
        into.sellers.add(int(seller_id))
        into.minor += int(minor)
        into.units += int(units)
        into.products += int(products)
        into.new += int(new)
        into.own += int(minor) if int(seller_id) == seller.id else 0
    return made


def _told(present: dict[str, _Sum], least: int, *, whole: bool) -> set[str]:
    """The cells with enough sellers. Where their `whole` is told too, what the others make up together follows from it:
    then as many of the smallest are kept back as it takes until that is the sum of enough sellers, or of nobody."""
    told = sorted((key for key, found in present.items() if key and len(found.sellers) >= least),
                  key=lambda key: (present[key].minor, key))
    if whole:
        rest = set().union(*(found.sellers for key, found in present.items() if key not in told))
        while told and 0 < len(rest) < least:
            rest |= present[told.pop(0)].sellers
    return set(told)


def _searched(since: date, until: date) -> dict[str, tuple[int, int]]:
    """Searches by category, and how many offers they were shown on an average day."""
    days = (until - since).days + 1
    return {str(row[0]): (int(row[1]), max(int(row[2]) // days, 1)) for row in fetch_all(
        "SELECT category_id, SUM(searches), SUM(found) FROM analytics_searchday WHERE day >= %s AND day <= %s"
        " GROUP BY category_id", [since, until])}


def _quarters(prices: Sequence[tuple[int, int]]) -> tuple[int, int, int] | None:
    """Below which price a quarter, half and three quarters of the units sold; rows are (price, units), by price."""
    whole, passed = sum(units for _price, units in prices), 0
    made: list[int] = []
    for price, units in prices:
        passed += units
        while len(made) < 3 and passed * 4 >= whole * (len(made) + 1):
            made.append(price)
    return (made[0], made[1], made[2]) if made else None


def as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def named(category_ids: Iterable[int], language: str) -> dict[int, str]:
    """Categories by id, with the one above. One query."""
    paths = category_paths(language)
    return {id_: " › ".join(name for _id, name in paths[id_][-2:]) for id_ in category_ids if id_ in paths}


def offers_of(seller: SellerRef, category_ids: Sequence[int]) -> set[int]:
    """In which of these categories the shop has goods. One query."""
    if not category_ids:
        return set()
    return {int(row[0]) for row in fetch_all(
        "SELECT DISTINCT category_id FROM catalog_product WHERE seller_id = %s AND NOT archived"
        f" AND category_id IN ({placeholders(category_ids)})", [seller.id, *category_ids])}
