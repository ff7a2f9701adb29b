"""Sheets with a column for each warehouse: who is offered which, what they write, and who may write them."""

from __future__ import annotations

import io
from datetime import time

import pytest

from sellerdesk.catalog import queries
from sellerdesk.catalog.services import importing, products, workbooks
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.services.sheets.limits import DEFAULTS, Limits
from sellerdesk.catalog.tests.conftest import HEADPHONES
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import worker
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory import services as warehouses
from sellerdesk.sellers.models import Membership

pytestmark = pytest.mark.django_db
ALL = frozenset({"price", "stock"})


@pytest.fixture
def annex(shop, depot, actor, now) -> int:
    """A second open warehouse, with a code of its own."""
    made = warehouses.create_warehouse(seller=shop, name="Annex", city="Tver", address="Lesnaya 2", code="TVR-1",
                                       time_zone="Europe/Moscow", cut_off=time(18), actor=actor, now=now)
    return made.id


@pytest.fixture
def goods(shop, depot, draft, actor, now) -> list[int]:
    """Two products with 5 units each in the depot."""
    outcomes = products.apply_drafts(seller=shop, drafts=[draft("A", stock="5"), draft("B", stock="5")], actor=actor,
                                     now=now)
    return [outcome.product_id for outcome in outcomes]


def sent(shop, actor, now, text: str, parts: frozenset[str] = ALL):
    task_id = importing.upload_file(seller=shop, file_name="x.csv", data=text.encode(), language="en", actor=actor,
                                    now=now, parts=parts)
    worker.run_until_idle()
    return queries.import_task(shop, task_id)


def free(shop, product_id: int) -> dict[int, int]:
    return {row.warehouse_id: row.free for row in inventory.stocks(shop, [product_id]).get(product_id, [])}


def head(data: bytes) -> list[str]:
    return next(reading.opened(io.BytesIO(data), Limits(**DEFAULTS)).rows).cells


def test_a_template_has_a_column_for_each_warehouse_once_there_are_two(shop, depot, tree, actor, now, request):
    def stock_columns(parts: frozenset[str] = ALL) -> list[str]:
        data = workbooks.template(seller=shop, type_ids=[HEADPHONES], language="en", parts=parts, now=now)
        return [heading for heading in head(data) if heading.startswith("Stock")]

    assert stock_columns() == ["Stock"]
    annex = request.getfixturevalue("annex")
    assert stock_columns() == ["Stock, Depot", "Stock, Annex"]
    assert stock_columns(frozenset({f"stock.w{annex}"})) == ["Stock, Annex"]
    assert stock_columns(frozenset({"price"})) == []


@pytest.mark.parametrize("heading", ["Stock, Annex", "annex", "TVR-1", "Остаток, Annex"])
def test_warehouses_are_named_by_name_or_code_and_stock_is_the_first(shop, depot, annex, goods, actor, now, heading):
    task = sent(shop, actor, now, f"Offer ID;Stock;{heading}\nA;7;3\nB;;4\n")

    assert (task.kind, task.updated, task.failed, [note.text for note in task.notes]) == ("stock", 2, 0, [])
    assert [free(shop, product_id) for product_id in goods] == [{depot: 7, annex: 3}, {depot: 5, annex: 4}]


def test_a_stock_sheet_comes_back_unchanged_and_names_wrong_cells(shop, depot, annex, goods, actor, now):
    data = workbooks.update_sheet(seller=shop, where=ProductFilter(sort="id"), kind="stock", form="csv", language="en",
                                  parts=ALL, base_url="", now=now).decode("utf-8-sig")
    assert data.splitlines()[0] == '"Offer ID";"# Product name";"Stock, Depot";"Stock, Annex"'
    assert sent(shop, actor, now, data).unchanged == 2

    task = sent(shop, actor, now, "Offer ID;Stock, Annex\nA;many\nB;1\n")

    assert (task.updated, task.failed) == (1, 1)
    [item] = queries.import_items(shop, task.id, status="failed")
    assert [(error.cell, error.column, error.code) for error in item.errors] == [
        ("B2", "Stock, Annex", "stock_unreadable")]
    assert free(shop, goods[0]) == {depot: 5}


def test_who_has_one_warehouse_writes_that_alone(shop, depot, annex, goods, actor, now):
    task = sent(shop, actor, now, "Offer ID;Stock;Depot;Annex\nA;1;2;3\n", frozenset({f"stock.w{annex}"}))

    assert (task.updated, task.failed) == (1, 0)
    assert [note.code for note in task.notes] == ["columns_ignored"]
    assert free(shop, goods[0]) == {depot: 5, annex: 3}


def test_people_of_one_warehouse_are_offered_its_column(shop, depot, annex, goods, staff_boris, boris_client):
    Membership.objects.filter(user=staff_boris).update(role="administrator", warehouses=[annex])

    data = boris_client.get("/imports/update", {"kind": "stock", "form": "csv"}).content.decode("utf-8-sig")

    assert data.splitlines()[0] == '"Артикул";"# Название товара";"Остаток, Annex"'
