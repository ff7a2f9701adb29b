"""The rows of an import: how they lie in the table, and how cells become wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from xlsxwriter.utility import xl_col_to_name

from sellerdesk.catalog import queries, rules, stored
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.models import ImportItem, ImportTask, ProductType
from sellerdesk.catalog.services.applying import Wish, hint_at_offers
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.types import ItemOutcome, ProductDraft, TypeInfo
from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

_ITEM = {"row_number": "int", "offer_id": "text", "product_id": "int", "status": "text", "outcome": "text",
         "payload": "json", "errors": "json"}
_STATUS = {"created": "imported", "updated": "imported", "unchanged": "skipped", "failed": "failed"}
OFFER_LENGTH = 200


class Stored(NamedTuple):
    """A row as it lies in the table: the row's number in the file, its payload, and its own id."""

    number: int
    payload: Mapping[str, Any]
    id: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its cells by column key."""

    number: int
    offer_id: str
    cells: Mapping[str, str]
    id: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A file understood: its columns by key and where they stand, and the types it is about."""

    columns: dict[str, sheet_columns.Column]
    places: dict[str, tuple[int, str]]
    types: list[TypeInfo]
    kind: str = "product"
    first_rows: dict[str, int] = field(default_factory=dict)

    @property
    def only_parts(self) -> bool:
        """Whether no column speaks of the card itself."""
        return self.kind not in ("product", "images") and all(
            key == "offer_id" or key.startswith("parts.") for key in self.columns)


def plan_of(seller: SellerRef, task: ImportTask) -> Plan:
    """The plan that a task's layout describes."""
    layout = task.layout
    found = queries.type_info(layout.get("types", ()), task.language)
    types = [found[key] for key in layout.get("types", ()) if key in found]
    known = {column.key: column for column in sheet_columns.known(
        seller, types, task.language, frozenset(task.actor["parts"]))}
    places = {each["key"]: (each["index"], each["heading"]) for each in layout["columns"] if each["key"] in known}
    return Plan({key: known[key] for key in places}, places, types, task.kind)


def lines_of(plan: Plan, rows: Sequence[Stored]) -> list[Line]:
    """Stored rows with their cells put under the columns; corrections made in the browser count."""
    made = []
    for number, payload, id_ in rows:
        texts = payload["cells"]
        cells = {key: texts[index] for key, (index, _heading) in plan.places.items()
                 if index < len(texts) and texts[index]}
        cells |= payload.get("edits", {})
        made.append(Line(number, cells.get("offer_id", ""), cells, id_))
    return made


def wishes(seller: SellerRef, lines: Sequence[Line], plan: Plan) -> list[Wish]:
    """Drafts of a chunk: what the shop has, with the filled cells put in."""
    if plan.only_parts:
        return [_of_parts(line, plan) for line in lines]
    existing = queries.drafts(seller, offer_ids=[line.offer_id for line in lines if line.offer_id])
    by_name = types_by_name({line.cells.get("type", "") for line in lines} - {""})
    made: list[tuple[ProductDraft, list[FieldError]]] = []
    for line in lines:
        errors: list[FieldError] = []
        base = existing[line.offer_id][1] if line.offer_id in existing else ProductDraft(line.offer_id, "", 0)
        named = line.cells.get("type", "")
        type_id = by_name.get(named, 0) if named else base.type_id or (plan.types[0].id if len(plan.types) == 1 else 0)
        if named and not type_id:
            errors.append(FieldError("type_id", "description_category_invalid",
                                     MESSAGES["description_category_invalid"], named[:120]))
        if line.offer_id and plan.first_rows.get(line.offer_id, line.number) != line.number:
            errors.append(FieldError("offer_id", "offer_id_repeated", MESSAGES["offer_id_repeated"], line.offer_id))
        if line.offer_id not in existing and plan.kind != "product":
            errors.append(FieldError("offer_id", "offer_id_not_found", MESSAGES["offer_id_not_found"],
                                     line.offer_id[:120]))
        if type_id != base.type_id:
            base = replace(base, type_id=type_id, category_id=0)
        draft, unreadable = sheet_columns.draft_of(line.cells, base, plan.columns)
        if line.offer_id not in existing and plan.kind == "product":
            unreadable += _missing_parts(draft, plan)
        made.append((draft, errors + unreadable))
    hint_at_offers(seller, [errors for _draft, errors in made])
    return [Wish(draft, None, tuple(errors)) for draft, errors in made]


def _of_parts(line: Line, plan: Plan) -> Wish:
    draft, unreadable = sheet_columns.draft_of(line.cells, ProductDraft(line.offer_id, "", 0), plan.columns)
    if line.offer_id and plan.first_rows.get(line.offer_id, line.number) != line.number:
        unreadable.append(FieldError("offer_id", "offer_id_repeated", MESSAGES["offer_id_repeated"], line.offer_id))
    return Wish(draft, None, tuple(unreadable))


def _missing_parts(draft: ProductDraft, plan: Plan) -> list[FieldError]:
    """A new product needs what its parts require (its price), where the sheet has the column at all."""
    return [FieldError(column.key, "part_empty", _("A new product needs a value here."), "")
            for column in plan.columns.values()
            if column.group not in ("card", "attribute") and column.required and column.group not in draft.parts]


def types_by_name(texts: set[str]) -> dict[str, int]:
    """Type ids by number or by name in any language; a name that several types bear is nobody's. One query."""
    if not texts:
        return {}
    ids: dict[str, set[int]] = {}
    for row in ProductType.objects.values_list("id", "name_en", "name_ru", "name_zh"):
        for name in {str(row[0]), *map(rules.fold, row[1:])}:
            ids.setdefault(name, set()).add(row[0])
    return {text: next(iter(found)) for text in texts if len(found := ids.get(rules.fold(text), set())) == 1}


# --- in the table -----------------------------------------------------------------------------------------------


def insert(task_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows as tuples of number, offer id, product id, status, outcome, payload, errors. One statement."""
    names = ", ".join(_ITEM)
    values = ", ".join(f"v.{name}" for name in _ITEM)
    execute(f"INSERT INTO catalog_importitem (task_id, {names}) SELECT %s, {values} FROM {json_rows('v', **_ITEM)}",
            [task_id, json_param(rows)])


def foretell(lines: Sequence[Line], outcomes: Sequence[ItemOutcome], plan: Plan) -> None:
    """Write what the dry run foresees beside rows that are still pending. One statement."""
    _update(lines, outcomes, plan, status=None)


def finish(task_id: int, lines: Sequence[Line], outcomes: Sequence[ItemOutcome], plan: Plan) -> None:
    """Write what became of rows and count them, in the transaction that wrote their products. Two statements."""
    _update(lines, outcomes, plan, status=_STATUS)
    counts = {name: sum(outcome.outcome == name for outcome in outcomes)
              for name in ("created", "updated", "unchanged", "failed")}
    ImportTask.objects.filter(pk=task_id).update(**{name: F(name) + count for name, count in counts.items()})


def change(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Set columns of rows by their ids, the first of the columns. One statement, one look-up by key for each row."""
    sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "id")
    execute(f"UPDATE catalog_importitem SET {sets} FROM {json_rows('v', **columns)} WHERE catalog_importitem.id = v.id",
            [json_param(rows)])


def _update(lines: Sequence[Line], outcomes: Sequence[ItemOutcome], plan: Plan, *,
            status: Mapping[str, str] | None) -> None:
    columns = {"id": "int", "offer_id": "text", "product_id": "int", "status": "text", "outcome": "text",
               "errors": "json"}
    rows = [[line.id, line.offer_id[:OFFER_LENGTH], outcome.product_id,
             status[outcome.outcome] if status else "pending", outcome.outcome,
             [{**stored.error_row(error), **_place(error, line.number, plan)} for error in outcome.errors]]
            for line, outcome in zip(lines, outcomes, strict=True)]
    change(columns, rows)


def _place(error: FieldError, number: int, plan: Plan) -> dict[str, str]:
    """The cell an error is about, as people call it: C7, and the heading of its column."""
    key = column_key(error.field)
    if key not in plan.places:
        return {"key": key}
    index, heading = plan.places[key]
    return {"cell": f"{xl_col_to_name(index)}{number}", "column": heading.rstrip(" *"), "key": key}


def column_key(field_name: str) -> str:
    """The key of the column that a field of a draft is written in."""
    return {"type_id": "type", "category_id": "type"}.get(field_name, field_name)


def pending(task_id: int, after: int, limit: int) -> list[Stored]:
    """The next rows that have no final outcome. One query."""
    return stored_rows(ImportItem.objects.filter(task_id=task_id, status="pending", row_number__gt=after).order_by(
        "row_number")[:limit])


def stored_rows(rows: QuerySet[ImportItem]) -> list[Stored]:
    return [Stored(*row) for row in rows.values_list("row_number", "payload", "id")]


def first_rows(task_id: int) -> dict[str, int]:
    """Offer id → the first row that bears it. One query."""
    found: dict[str, int] = {}
    for offer_id, number in ImportItem.objects.filter(task_id=task_id).order_by("row_number").values_list(
            "offer_id", "row_number").iterator(chunk_size=5000):
        found.setdefault(offer_id, number)
    return found
