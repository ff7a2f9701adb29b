"""Rows that are named by their own numbers are looked up by these, however large the shop is.

SQLite's planner knows how many rows a shop has on the average only. Where most shops are small it takes the whole of a
large one for fewer rows than the five hundred that were named, and reads it: `core.db.of_shop` keeps it from that.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import sellerdesk
from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries.vat import vat_rates
from sellerdesk.catalog.services import placing, products
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.db import fetch_all
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingFilter

ROOT = Path(sellerdesk.__file__).parent
UNIQUE = {"id__in", "pk__in"}
NUMBERS = [str(number) for number in range(500)]
IDS = list(range(1, 501))


def test_no_query_of_a_shop_leaves_the_choice_to_the_planner():
    left = []
    for path in sorted(ROOT.glob("*/**/*.py")):
        if "/tests/" in str(path) or "/migrations/" in str(path):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            words = {word.arg: word.value for word in node.keywords}
            for name in UNIQUE & set(words):
                inner = ast.unparse(words[name])
                if "seller_id" in words and ".values" not in inner:
                    left.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert left == []


@pytest.fixture
def many_small_shops(db):
    """What ANALYZE says where most shops have a few rows: a shop is worth less than the rows that are named."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows its large shops")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        for name, table in fetch_all("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"
                                     " AND tbl_name IN ('catalog_product', 'orders_posting')"):
            columns = [row[2] for row in fetch_all(f"PRAGMA index_info('{name}')")]
            each = ["150" if columns[0] == "seller_id" else "1", *(["8"] * (len(columns) - 1))]
            cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, name, " ".join(["200000", *each])])
        cursor.execute("ANALYZE sqlite_master")


HOT = {
    "labels, acts and cards of postings": lambda shop, now: orders.cards(shop, NUMBERS),
    "postings of one's warehouses": lambda shop, now: orders.numbers_in(shop, NUMBERS, ()),
    "list of postings by number": lambda shop, now: orders.postings_page(
        shop, filter=PostingFilter(numbers=tuple(NUMBERS)), cursor=None, limit=100),
    "product info": lambda shop, now: catalog.cards(shop, IDS, "en"),
    "list of products by id": lambda shop, now: catalog.products_page(
        shop, filter=ProductFilter(product_ids=IDS), limit=100),
    "references of prices and stocks": lambda shop, now: catalog.refs(shop, product_ids=IDS),
    "VAT of prices": lambda shop, now: vat_rates(shop, IDS),
    "first prices": lambda shop, now: products.mark_priced(seller=shop, product_ids=IDS, now=now),
    "papers of imports": lambda shop, now: placing.missing_papers(shop, IDS, now),
}


@pytest.mark.parametrize("name", HOT)
def test_a_batch_is_looked_up_by_its_numbers(name, shop, now, dated_rules, many_small_shops):
    with CaptureQueriesContext(connection) as seen:
        HOT[name](shop, now)

    plans = [row[3] for one in seen if one["sql"].lstrip().startswith(("SELECT", "UPDATE"))
             and any(table in one["sql"] for table in ("catalog_product", "orders_posting"))
             for row in fetch_all("EXPLAIN QUERY PLAN " + one["sql"].replace("%", "%%"))]
    assert plans
    assert [plan for plan in plans if "(seller_id=?)" in plan] == []
