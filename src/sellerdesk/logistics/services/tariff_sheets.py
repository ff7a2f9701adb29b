"""Tariffs as XLSX: those in force to be changed, and a changed sheet looked at before it comes into force."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.logistics import rules, tariff_rows, texts
from sellerdesk.logistics.events import TARIFF_CHANGED
from sellerdesk.logistics.services.judging import TARIFF
from sellerdesk.logistics.tariffs import read
from sellerdesk.logistics.types import SheetPlan, TariffPlan

SHEET = "Tariffs"
MAX_ROWS = 5_000
Rows = Sequence[tuple[int, Mapping[str, str]]]
_RIGHT = {"fixed", "per_step", "max_price"}


def sheet(*, language: str, now: datetime) -> bytes:
    """A workbook of every tariff in force, one row for the price of a zone in a currency, and a page that explains."""
    out = io.BytesIO()
    # Cells are text: a place that begins with = must not become a formula.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1})
    page = book.add_worksheet(SHEET)
    page.freeze_panes(1, 1)
    page.write_row(0, 0, tariff_rows.COLUMNS, head)
    page.set_column(0, len(tariff_rows.COLUMNS) - 1, 14)
    lines = [row for key, rule in sorted(dated.all_of(TARIFF, now).items())
             for row in tariff_rows.spread(key, rule.value)]
    for number, row in enumerate(lines, start=1):
        for column, name in enumerate(tariff_rows.COLUMNS):
            page.write_string(number, column, row[name])
    page.autofilter(0, 0, max(len(lines), 1), len(tariff_rows.COLUMNS) - 1)
    with override(language):
        guide = book.add_worksheet(_("Help"))
        guide.set_column(0, 0, 24)
        guide.set_column(1, 1, 100)
        guide.write_row(0, 0, (_("Column"), _("What it holds")), head)
        for number, name in enumerate(tariff_rows.COLUMNS, start=1):
            guide.write_row(number, 0, (name, str(texts.COLUMNS[name])))
    page.activate()
    book.close()
    return out.getvalue()


def rows_of(handle: IO[bytes], size: int, now: datetime) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The rows of an uploaded sheet by column, under their numbers in the file, and the headings nobody knows.

    Raises the catalogue's FileRefused for what is no spreadsheet, Invalid for one without the column `tariff` or with
    more than MAX_ROWS rows.
    """
    limits = sheet_limits.limits(now)
    reading.glance(handle, size, limits)
    found = reading.opened(handle, limits, frozenset({SHEET}))
    lines = iter(found.rows)
    names = [cell.strip() for cell in next(lines).cells]
    if "tariff" not in names:
        raise Invalid("tariff_sheet_strange", _("The first row must hold the names of the columns; “tariff” is "
                                                "missing. Begin with the sheet of the tariffs in force."), field="file")
    rows = []
    for line in lines:
        cells = {name: text.strip() for name, text in zip(names, line.cells, strict=False)
                 if name in tariff_rows.COLUMNS and text.strip()}
        if cells:
            rows.append((line.number, cells))
        if len(rows) > MAX_ROWS:
            raise Invalid("tariff_sheet_long", _("A sheet holds at most %(count)s rows."), field="file",
                          data={"count": MAX_ROWS})
    return rows, [name for name in names if name and name not in tariff_rows.COLUMNS]


def plan(*, rows: Rows, at: datetime, unknown: Sequence[str] = ()) -> SheetPlan:
    """What a sheet would change about the tariffs in force at a moment. Writes nothing; tariffs that the sheet does
    not name stay as they are."""
    values, errors = tariff_rows.gather(rows)
    in_force = dated.all_of(TARIFF, at)
    plans = []
    for key, value in values.items():
        before = in_force[key].value if key in in_force else None
        same = before is not None and read(before) == read(value) and _named(key, before) == _named(key, value)
        plans.append(TariffPlan(
            key, rules.service_of(key, value).names, "new" if before is None else "same" if same else "changed",
            tuple(() if same else tariff_rows.differences(key, before, value)), len(tariff_rows.spread(key, value))))
    return SheetPlan(tuple(plans), tuple(errors), tuple(unknown))


def _named(key: str, value: Mapping[str, Any]) -> Any:
    return rules.service_of(key, value)


def put_tariffs(*, rows: Rows, valid_from: datetime, source: str, actor: Actor, now: datetime,
                source_names: Mapping[str, str] | None = None) -> int:
    """Bring what a sheet changes into force from a moment on; returns how many tariffs got a new version.

    A sheet with any error changes nothing. Parcels ordered before keep their version. Raises Invalid.
    """
    wrong = []
    if valid_from < now:
        wrong.append(FieldError("valid_from", "past",
                                _("A tariff holds from now or later: what was priced stays priced.")))
    if not source.strip():
        wrong.append(FieldError("source", "source_missing", _("Write where the tariff comes from: a contract, a "
                                                              "letter of the carrier.")))
    values, errors = tariff_rows.gather(rows)
    if errors or not values:
        wrong.append(FieldError("file", "tariff_sheet_wrong", _("The sheet has errors; correct them first.")))
    if wrong:
        raise Invalid.many(wrong)
    changed = [one.key for one in plan(rows=rows, at=valid_from).tariffs if one.state != "same"]
    with atomic():
        for key in changed:
            rule_id = dated.put(TARIFF, key, values[key], valid_from=valid_from, source=source.strip()[:300],
                                source_names=source_names)
            activity.record(TARIFF_CHANGED, now=now, actor=actor, target_type="tariff", target_id=key,
                            target_label=key, data={"rule_id": rule_id, "valid_from": valid_from.isoformat()})
    return len(changed)
