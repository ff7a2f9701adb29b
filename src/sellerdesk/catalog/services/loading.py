"""Loading the marketplace's reference data: the starter catalogue, and public taxonomy files.

Both are idempotent: loading again touches only what differs. Nothing is ever deleted, because products may hang on
it; what a newer file no longer has is disabled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events, rules, starter
from sellerdesk.catalog.errors import FileRefused
from sellerdesk.catalog.types import Counts
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_one, is_postgres, json_param, json_rows

# Taxonomy ids are small and would meet the starter's; each kind gets a range of its own.
CATEGORY_OFFSET = 60_000_000
TYPE_OFFSET = 970_000_000
# What every taxonomy type asks for: brand, model and type always; the rest when the seller likes.
_BASE_REQUIRED = (starter.BRAND, starter.MODEL_NAME, starter.TYPE)
_BASE_OPTIONAL = (starter.COLOUR, 10120, starter.COUNTRY, 4384, 4385, starter.DESCRIPTION)
_LINE = re.compile(r"^\s*(\d+)\s+-\s+(.+?)\s*$")
_IN_NAME = re.compile(r"(?:^|[._-])(en|ru|zh)(?:[._-]|$)", re.IGNORECASE)
_CHUNK = 5000

_NAMES = {"name_en": "text", "name_ru": "text", "name_zh": "text"}
_CATEGORY = {"id": "int", "parent_id": "int", **_NAMES, "depth": "int", "position": "int", "disabled": "bool",
             "source": "text"}
_TYPE = {"id": "int", "category_id": "int", **_NAMES, "search_text": "text", "disabled": "bool", "source": "text"}
_DICTIONARY = {"id": "int", "name_en": "text"}
_VALUE = {"id": "int", "dictionary_id": "int", "value_en": "text", "value_ru": "text", "value_zh": "text",
          "info": "text"}
_ATTRIBUTE = {"id": "int", **_NAMES, "description_en": "text", "description_ru": "text", "description_zh": "text",
              "kind": "text", "group_id": "int", "group_en": "text", "group_ru": "text", "group_zh": "text",
              "unit_en": "text", "unit_ru": "text", "unit_zh": "text", "dictionary_id": "int",
              "is_collection": "bool", "max_value_count": "int", "category_dependent": "bool",
              "complex_id": "int"}
_TYPE_ATTRIBUTE = {"type_id": "int", "attribute_id": "int", "required": "bool", "is_aspect": "bool",
                   "position": "int", "value_ids": "json"}


def load_starter(now: datetime) -> Counts:
    """Bring the starter catalogue into the database, or up to date."""
    source = starter.load()
    groups = {group.key: (at, group.names) for at, group in enumerate(source.groups, start=1)}
    categories = {row.id: row for row in source.categories}
    counts = []
    with atomic():
        counts.append(_upsert("catalog_category", "id", _CATEGORY, [
            (row.id, row.parent_id, *_texts(row.names), int(row.parent_id is not None), at, False, "starter")
            for at, row in enumerate(source.categories)]))
        counts.append(_upsert("catalog_producttype", "id", _TYPE, [
            (row.id, row.category_id, *_texts(row.names),
             rules.search_text([*row.names.values(), *(word for words in row.synonyms.values() for word in words)],
                               [*categories[row.category_id].names.values(),
                                *_above(categories, row.category_id)]),
             False, "starter") for row in source.types]))
        _upsert("catalog_dictionary", "id", _DICTIONARY,
                [*((row.id, row.names["en"]) for row in source.dictionaries
                   if row.id != starter.TYPE_DICTIONARY), (starter.TYPE_DICTIONARY, "Type")])
        counts.append(_upsert("catalog_dictionaryvalue", "id", _VALUE, [
            (row.id, row.dictionary_id, *_texts(row.names), "") for row in source.values]))
        counts.append(_upsert("catalog_attribute", "id", _ATTRIBUTE, [
            (row.id, *_texts(row.names), *_texts(row.description), row.kind, groups[row.group][0],
             *_texts(groups[row.group][1]), *_texts(row.unit), row.dictionary_id or None, row.is_collection,
             row.max_value_count, row.category_dependent, row.complex_id) for row in source.attributes]))
        counts.append(_upsert("catalog_typeattribute", "type_id, attribute_id", _TYPE_ATTRIBUTE, [
            (kind.id, row.attribute_id, row.required, row.aspect, row.position, list(row.value_ids))
            for kind in source.types for row in kind.attributes]))
        return _told(_sum(counts), now, "starter")


@dataclass(frozen=True, slots=True)
class _Node:
    id: int
    parent_id: int | None
    depth: int
    position: int
    path: tuple[str, ...]


def import_taxonomy(paths: Sequence[Path], *, now: datetime) -> Counts:
    """Load public taxonomy files, one per language, of lines such as ``3237 - Animals > Live Animals``.

    The English file (else the first) gives the tree, the others give names; a name that is missing in a language is
    shown in English. Each leaf becomes a product type with the base attributes. Loading a newer file disables what
    it no longer has. Raises FileRefused for a file that cannot be read as a taxonomy.
    """
    languages: dict[str, dict[int, tuple[str, ...]]] = {}
    for path in paths:
        lines = _read(path)
        language = _language(path, lines)
        if language in languages:
            raise FileRefused("taxonomy_language_twice", _("%(file)s: a file for the language “%(language)s” was "
                                                           "given already."),
                              data={"file": path.name, "language": language})
        languages[language] = lines
    if not languages:
        raise FileRefused("taxonomy_missing", _("Name at least one taxonomy file."))
    main = "en" if "en" in languages else next(iter(languages))
    nodes = _tree(languages[main])
    inner = {node.parent_id for node in nodes}

    def names(node_id: int) -> tuple[str, str, str]:
        own = languages[main][node_id][-1]
        en, ru, zh = (languages.get(language, {}).get(node_id, (own,))[-1] for language in starter.LANGUAGES)
        return en[:200], ru[:200], zh[:200]

    leaves = [node for node in nodes if node.id not in inner]
    with atomic():
        load_starter(now)
        categories = _upsert("catalog_category", "id", _CATEGORY, [
            (CATEGORY_OFFSET + node.id, node.parent_id and CATEGORY_OFFSET + node.parent_id, *names(node.id),
             node.depth, 1000 + node.position, False, "taxonomy") for node in nodes])
        types = _upsert("catalog_producttype", "id", _TYPE, [
            (TYPE_OFFSET + node.id, CATEGORY_OFFSET + node.id, *names(node.id),
             rules.search_text([lines[node.id][-1] for lines in languages.values() if node.id in lines],
                               [part for lines in languages.values() for part in lines.get(node.id, ())[:-1]]),
             False, "taxonomy") for node in leaves])
        _upsert("catalog_dictionaryvalue", "id", _VALUE, [
            (TYPE_OFFSET + node.id, starter.TYPE_DICTIONARY, *names(node.id), "") for node in leaves])
        base = [(attribute, at, at <= len(_BASE_REQUIRED))
                for at, attribute in enumerate(_BASE_REQUIRED + _BASE_OPTIONAL, start=1)]
        _upsert("catalog_typeattribute", "type_id, attribute_id", _TYPE_ATTRIBUTE, [
            (TYPE_OFFSET + node.id, attribute, required, attribute == starter.COLOUR, at,
             [TYPE_OFFSET + node.id] if attribute == starter.TYPE else [])
            for node in leaves for attribute, at, required in base])
        gone = _disable("catalog_category", [CATEGORY_OFFSET + node.id for node in nodes])
        gone += _disable("catalog_producttype", [TYPE_OFFSET + node.id for node in leaves])
        total = Counts(categories.created, categories.updated + types.updated, categories.unchanged, gone)
        return _told(total, now, "taxonomy")


def _read(path: Path) -> dict[int, tuple[str, ...]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused("taxonomy_unreadable", _("%(file)s cannot be read: %(reason)s"),
                          data={"file": path.name, "reason": str(error)[:200]}) from None
    found: dict[int, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            raise FileRefused("taxonomy_line", _("%(file)s, line %(line)s is not “number - name > name”."),
                              data={"file": path.name, "line": number})
        found[int(match[1])] = tuple(part.strip() for part in match[2].split(" > "))
    if not found:
        raise FileRefused("taxonomy_empty", _("%(file)s holds no categories."), data={"file": path.name})
    return found


def _language(path: Path, lines: dict[int, tuple[str, ...]]) -> str:
    """From the file name (…ru-RU.txt), else from the letters of the names."""
    match = _IN_NAME.search(path.name)
    if match:
        return match[1].lower()
    sample = "".join(parts[-1] for parts in list(lines.values())[:500])
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in sample)
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in sample)
    if max(cyrillic, han) * 3 < len(sample):
        return "en"
    return "ru" if cyrillic > han else "zh"


def _tree(lines: dict[int, tuple[str, ...]]) -> list[_Node]:
    """Parents found by their path; a line whose parent is missing hangs at the top."""
    by_path = {path: node_id for node_id, path in lines.items()}
    nodes = [_Node(node_id, by_path.get(path[:-1]) if len(path) > 1 else None, len(path) - 1, at, path)
             for at, (node_id, path) in enumerate(lines.items())]
    return sorted(nodes, key=lambda node: node.depth)


def _texts(names: dict[str, str]) -> tuple[str, str, str]:
    return names.get("en", ""), names.get("ru", ""), names.get("zh", "")


def _above(categories: Mapping[int, starter.Category], category_id: int) -> list[str]:
    """The names of the department that a category of the starter belongs to."""
    parent_id = categories[category_id].parent_id
    return list(categories[parent_id].names.values()) if parent_id else []


def _upsert(table: str, key: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> Counts:
    """Insert what is new, update what differs, leave the rest. A few statements, whatever the number of rows."""
    keys = [name.strip() for name in key.split(",")]
    rest = [name for name in columns if name not in keys]
    differs = "IS DISTINCT FROM" if is_postgres() else "IS NOT"
    sql = (f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(f'v.{name}' for name in columns)} "
           f"FROM {json_rows('v', **columns)} WHERE true ON CONFLICT ({key}) DO UPDATE SET "
           f"{', '.join(f'{name} = excluded.{name}' for name in rest)} WHERE "
           f"{' OR '.join(f'{table}.{name} {differs} excluded.{name}' for name in rest)}")
    before = _count(table)
    touched = sum(execute(sql, [json_param(rows[at:at + _CHUNK])]) for at in range(0, len(rows), _CHUNK))
    created = _count(table) - before
    return Counts(created, touched - created, len(rows) - touched)


def _count(table: str) -> int:
    row = fetch_one(f"SELECT count(*) FROM {table}")
    return row[0] if row else 0


def _disable(table: str, kept: Iterable[int]) -> int:
    """Switch off the taxonomy's rows that the newest file no longer has."""
    return execute(f"UPDATE {table} SET disabled = true WHERE source = 'taxonomy' AND NOT disabled AND id NOT IN "
                   f"(SELECT v.id FROM {json_rows('v', id='int')})", [json_param([[each] for each in kept])])


def _sum(counts: Iterable[Counts]) -> Counts:
    every = list(counts)
    return Counts(sum(each.created for each in every), sum(each.updated for each in every),
                  sum(each.unchanged for each in every))


def _told(counts: Counts, now: datetime, source: str) -> Counts:
    if counts.created or counts.updated or counts.disabled:
        activity.record(events.TREE_LOADED.name, now=now, actor=Actor.system("catalog"), target_type="tree",
                        target_id=source, data={"created": counts.created, "updated": counts.updated,
                                                "disabled": counts.disabled})
    return counts
