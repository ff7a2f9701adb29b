"""E03: the shop's products as a sheet: obeys the filter, runs nothing in a spreadsheet program, comes back unchanged."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace

import pytest
from django.utils.translation import override

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import NoProducts
from sellerdesk.catalog.services import importing, products, workbooks
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.services.sheets.limits import DEFAULTS, Limits
from sellerdesk.catalog.types import ImageInput, ProductFilter
from sellerdesk.core import worker
from sellerdesk.core.spreadsheet import plain_cell, safe_cell
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db
ALL = frozenset({"price", "stock"})
NASTY = ("=1+1", "+7 colours", "-5", "@HOME", "'quoted", "'=x", "a;b", 'say "yes"', "\u200bzero", "ノート")


@pytest.fixture
def goods(shop, depot, draft, actor, now) -> None:
    drafts = [replace(draft(f"{at}", stock=str(at), price=f"{1999 + at}.50"), name=text, description=text * 2,
                      names={"ru": text}, barcodes=(f"45{at:011}", f"46{at:011}"))
              for at, text in enumerate(NASTY, start=1)]
    drafts.append(draft("-9", images=(ImageInput(url="https://example.com/a.jpg"),)))
    outcomes = products.apply_drafts(seller=shop, drafts=drafts, actor=actor, now=now)
    assert [error.text for outcome in outcomes for error in outcome.errors] == []


def take(shop, now, kind: str = "product", form: str = "xlsx", language: str = "en", **where) -> bytes:
    return workbooks.update_sheet(seller=shop, where=ProductFilter(sort="id", **where), kind=kind, form=form,
                                  language=language, parts=ALL, base_url="https://shop.example", now=now)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["product", "price", "stock", "images"])
def test_E03_a_sheet_that_is_sent_back_as_it_came_changes_nothing(shop, goods, actor, now, kind, form, language):
    with override(language):
        data = take(shop, now, kind, form, language)
        task_id = importing.upload_file(seller=shop, file_name=f"x.{form}", data=data, language=language, actor=actor,
                                        now=now)
        worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert [error.message for item in queries.import_items(shop, task_id) for error in item.errors] == []
    assert (task.state, task.unchanged, task.updated, task.total) == ("done", len(NASTY) + 1, 0, len(NASTY) + 1)


def test_a_sheet_of_prices_touches_prices_alone(shop, goods, actor, now):
    lines = take(shop, now, "price", "csv").decode("utf-8-sig").splitlines()

    assert lines[0].startswith('"Offer ID";"# Product name";"Price, RUB"')
    text = "\n".join([lines[0], lines[1].replace("2000.50", "2100").replace("'=1+1", "Another name")])
    task_id = importing.upload_file(seller=shop, file_name="x.csv", data=text.encode(), language="en", actor=actor,
                                    now=now)
    worker.run_until_idle()

    ref = queries.refs(shop, offer_ids=["1"])[0]
    assert queries.import_task(shop, task_id).updated == 1
    assert (ref.name, pricing.prices(shop, [ref.id])[ref.id].price_minor) == ("=1+1", 210000)


def test_the_filter_is_obeyed_and_an_empty_sheet_is_refused(shop, rival_shop, goods, now):
    sheet = reading.opened(io.BytesIO(take(shop, now, search="ノート")), Limits(**DEFAULTS))

    assert [row.cells[0] for row in sheet.rows] == ["Offer ID *", "10"]
    assert sheet.meta["kind"] == "product"
    for seller, search in ((shop, "nothing like it"), (rival_shop, "")):
        with pytest.raises(NoProducts):
            take(seller, now, search=search)


def test_E03_no_cell_is_a_formula_and_amounts_stay_numbers(shop, goods, now):
    with zipfile.ZipFile(io.BytesIO(take(shop, now))) as made:
        sheet, styles = made.read("xl/worksheets/sheet1.xml").decode(), made.read("xl/styles.xml").decode()

    assert "<f>" not in sheet
    assert "<v>2000.5</v>" in sheet
    assert 'quotePrefix="1"' in styles


def test_E03_ten_thousand_random_texts_come_back_byte_for_byte():
    dice = random.Random(3)
    signs = "=+-@'\t\r\n\"; ,aЖ货1"
    for _ in range(10_000):
        text = "".join(dice.choice(signs) for _sign in range(dice.randint(1, 6)))
        assert plain_cell(safe_cell(text)) == text
        assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
