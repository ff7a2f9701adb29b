"""Spreadsheets that the demo's sellers sent: one with a few wrong rows, and one that was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import changes
from sellerdesk.catalog.services import import_run, importing, undoing
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.sellers.types import SellerRef

_NAMES = {"ru": ("Цены с понедельника.csv", "Скидка на выходные.csv"), "zh": ("周一新价格.csv", "周末折扣.csv"),
          "en": ("Prices from Monday.csv", "Weekend discount.csv")}
# Behind the goods whose prices move by themselves in the demo's past.
_SKIPPED, _ROWS = 20, 8


def send_sheets(*, seller: SellerRef, language: str, actor: Actor, now: datetime) -> None:
    """Two sheets of prices: the first with three wrong rows, the second saved and undone a little later."""
    rows = pricing.prices_page(seller, limit=_SKIPPED + _ROWS).rows[_SKIPPED:]
    if not rows:
        return
    names = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=[row.product_id for row in rows])}
    monday, weekend = _NAMES[language]
    sheet = [(names[row.product_id], _percent(row, 103)) for row in rows]
    wrong = [(f"{sheet[0][0]}X", sheet[0][1]), (sheet[1][0], sheet[1][1]), (sheet[-1][0], "12.34.56")]
    _import(seller, monday, [*sheet[:-1], *wrong], actor, now - timedelta(hours=26))
    task_id = _import(seller, weekend, [(names[row.product_id], _percent(row, 97)) for row in rows[:5]], actor,
                      now - timedelta(hours=5))
    batch = changes.batch_of_import(seller, task_id)
    if batch:
        undoing.undo(seller=seller, batch_id=batch.id, actor=actor, now=now - timedelta(hours=4))


def _percent(row: PriceRow, percent: int) -> str:
    return Money(row.price_minor * percent // 100, row.currency).decimal_text()


def _import(seller: SellerRef, name: str, rows: Sequence[tuple[str, str]], actor: Actor, now: datetime) -> int:
    """Upload and save at once, here and now: a demo must not begin with work left over."""
    text = "\n".join(["offer_id;price", *(f"{offer_id};{price}" for offer_id, price in rows)])
    task_id = importing.upload_file(seller=seller, file_name=name, data=text.encode(), language="en", actor=actor,
                                    now=now)
    import_run.run(task_id=task_id, run_number=0, now=now)
    return task_id
