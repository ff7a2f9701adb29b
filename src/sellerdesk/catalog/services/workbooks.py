"""Files made on demand: templates, the shop's products to be changed, the rows of an import that failed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sellerdesk.catalog import offer_parts, queries, rules
from sellerdesk.catalog.errors import ImportUnknown, NoProducts, TypeUnknown
from sellerdesk.catalog.models import ImportItem, ImportTask
from sellerdesk.catalog.services import import_rows
from sellerdesk.catalog.services.import_run import TYPES
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import writing
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.spreadsheet import safe_cell
from sellerdesk.sellers.types import SellerRef

UPDATE_ROWS = 10_000
_MARK = "\ufeff"


def template(*, seller: SellerRef, type_ids: Sequence[int], language: str, parts: frozenset[str],
             now: datetime) -> bytes:
    """An empty product sheet for these types. Raises TypeUnknown."""
    found = queries.type_info(type_ids, language)
    types = [found[key] for key in dict.fromkeys(type_ids) if key in found][:TYPES]
    if not types:
        raise TypeUnknown()
    columns = sheet_columns.shown(sheet_columns.for_types(seller, types, language, parts))
    return writing.workbook(columns, types, language, limits=sheet_limits.limits(now), now=now)


def update_sheet(*, seller: SellerRef, where: ProductFilter, kind: str, form: str, language: str,
                 parts: frozenset[str], base_url: str, now: datetime) -> bytes:
    """The products that a filter lets through as a sheet to be changed and sent again; unchanged it changes nothing.

    `kind` is product, price, stock or images, `form` xlsx or csv. At most UPDATE_ROWS products. Raises NoProducts.
    """
    page = queries.products_page(seller, filter=where, limit=UPDATE_ROWS, language=language)
    drafts = list(queries.drafts(seller, product_ids=[row.id for row in page.rows]).values()) if page.rows else []
    if not drafts:
        raise NoProducts()
    drafts.sort(key=lambda each: each[0])
    counted = Counter(draft.type_id for _id, draft in drafts)
    found = queries.type_info([type_id for type_id, _count in counted.most_common(TYPES)], language)
    types = list(found.values()) if kind == "product" else []
    columns = sheet_columns.shown(sheet_columns.of_kind(sheet_columns.known(seller, types, language, parts), kind))
    if len(types) == 1:
        columns = [column for column in columns if column.key != "type"]
    ids = [product_id for product_id, _draft in drafts]
    held: dict[int, dict[str, Any]] = {}
    for part in offer_parts.registered():
        if any(column.group == part.name for column in columns):
            for product_id, values in part.current(seller, ids).items():
                held.setdefault(product_id, {})[part.name] = values
    value_ids = {value.dictionary_value_id for _id, draft in drafts
                 for each in (*draft.attributes, *(one for row in draft.complexes for one in row.attributes))
                 for value in each.values} - {0}
    texts = queries.value_texts(value_ids, language) if kind == "product" else {}
    names = {key: each.name for key, each in found.items()}
    remark = sheet_columns.remark(sheet_columns.base_columns(seller, language, parts)[1]) if kind != "product" else None
    lines = []
    for product_id, draft in drafts:
        cells = sheet_columns.cells_of(draft, names.get(draft.type_id, str(draft.type_id)), held.get(product_id, {}),
                                       columns, language=language, texts=texts, base_url=base_url)
        lines.append(writing.Line(cells | ({remark.key: draft.name} if remark else {}), {}))
    if remark:
        columns = [columns[0], remark, *columns[1:]]
    if form == "csv":
        return _text([(column.key, column.label) for column in columns], [line.cells for line in lines])
    return writing.workbook(columns, types, language, lines, kind=kind, limits=sheet_limits.limits(now), now=now)


def failed_rows(*, seller: SellerRef, task_id: int, language: str, now: datetime) -> tuple[bytes, str]:
    """The failed rows of a file in its own format, to correct and send again, each wrong cell with its reason.

    Returns the file and its format, xlsx or csv. A CSV has the reasons in one more column at the end, which an upload
    leaves out. Raises ImportUnknown, also when the import had no file or no failed row.
    """
    task = ImportTask.objects.filter(pk=task_id, seller_id=seller.id).first()
    items = queries.import_items(seller, task_id, language=language, status="failed")
    if task is None or task.source != "file" or not items:
        raise ImportUnknown()
    plan = import_rows.plan_of(seller, task)
    rows = import_rows.stored_rows(ImportItem.objects.filter(task_id=task_id, status="failed"))
    lines = {line.number: line for line in import_rows.lines_of(plan, rows)}
    comments: dict[int, dict[str, str]] = {}
    for item in items:
        said = comments.setdefault(item.row_number, {})
        for error in item.errors:
            hint = f"\n→ {', '.join(error.suggestions)}" if error.suggestions else ""
            key = import_rows.column_key(error.field)
            said[key] = "\n".join(filter(None, (said.get(key), error.message + hint)))
    if task.file_format == "csv":
        return _csv(task, plan, lines, comments), "csv"
    columns = sheet_columns.known(seller, plan.types, language, frozenset(task.actor["parts"]))
    columns = [column for column in sheet_columns.shown(sheet_columns.of_kind(columns, task.kind), plan.places)
               if column.key != "type" or "type" in plan.places or len(plan.types) != 1]
    return writing.workbook(
        columns, plan.types, language, [writing.Line(lines[number].cells, comments.get(number, {}))
                                        for number in sorted(lines)],
        kind=task.kind, limits=sheet_limits.limits(now), now=now), "xlsx"


def _csv(task: ImportTask, plan: import_rows.Plan, lines: dict[int, import_rows.Line],
         comments: dict[int, dict[str, str]]) -> bytes:
    """The columns that were sent, with the reasons at the end under a heading that no upload knows."""
    known = [(each["key"], each["heading"]) for each in task.layout["columns"] if each["key"]]
    headings = dict(known)
    said = {number: "; ".join(f"{headings.get(key, key)}: {text}".replace("\n", " ") for key, text in texts.items())
            for number, texts in comments.items()}
    rows = [{**lines[number].cells, "#": said.get(number, "")} for number in sorted(lines)]
    return _text([*known, ("#", "# !")], rows)


def _text(columns: Sequence[tuple[str, str]], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as CSV that runs nothing in a spreadsheet program and comes back unchanged."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(heading) for _key, heading in columns])
    writer.writerows([_cell(key, row.get(key, "")) for key, _heading in columns] for row in rows)
    return (_MARK + out.getvalue()).encode()


def _cell(key: str, text: str) -> str:
    """An amount stays one, its minus too; every other text is guarded."""
    return text if key.startswith("parts.") and rules.number(text, whole=False) is not None else safe_cell(text)
