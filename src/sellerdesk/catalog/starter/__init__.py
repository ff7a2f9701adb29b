"""The starter catalogue: a hand-written category tree with attributes in three languages.

The data are TOML files beside this module: `attributes.toml`, `dictionaries.toml` and one file per
department under `departments/`. `load()` reads them into frozen structs that know nothing of a database.
Texts are mappings by language, `en`, `ru` and `zh` (Simplified Chinese); all three are always present.

Ids are part of the contract with clients and never change: 85 brand, 9048 model name (equal values merge
cards), 8229 type, 4191 description, 4389 country, 22232 HS code; our own attributes start at 10000.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

LANGUAGES = ("en", "ru", "zh")
KINDS = ("String", "Integer", "Decimal", "Boolean", "multiline", "URL")

BRAND = 85
MODEL_NAME = 9048
TYPE = 8229
DESCRIPTION = 4191
COUNTRY = 4389
COLOUR = 10096
HS_CODE = 22232
CUSTOMS_NAME = 10402
CUSTOMS_VALUE = 10403
TYPE_DICTIONARY = 1960

Names = dict[str, str]


class Category(msgspec.Struct, frozen=True):
    """A node of the tree. `parent_id` is None for a department."""

    id: int
    parent_id: int | None
    key: str
    names: Names


class TypeAttribute(msgspec.Struct, frozen=True):
    """One attribute asked for by a type.

    `aspect` attributes tell variants of one model apart. `value_ids` narrows the dictionary for this type;
    empty means that the whole dictionary may be used.
    """

    attribute_id: int
    required: bool
    aspect: bool
    position: int
    value_ids: tuple[int, ...] = ()


class ProductType(msgspec.Struct, frozen=True):
    """A leaf of the tree: the only place where products live.

    `size_mm` and `weight_g` are the smallest and largest typical package (depth, width, height) and gross
    weight; `price_minor` is the typical band in kopecks; `commission_percent` is a hint, not a tariff.
    """

    id: int
    category_id: int
    key: str
    names: Names
    synonyms: dict[str, list[str]]
    attributes: tuple[TypeAttribute, ...]
    size_mm: tuple[tuple[int, int, int], tuple[int, int, int]]
    weight_g: tuple[int, int]
    price_minor: tuple[int, int]
    commission_percent: int


class Attribute(msgspec.Struct, frozen=True):
    """What may be said about a product. `dictionary_id` 0 means free text; `unit` is empty or per language.

    `max_value_count` is 1 unless `is_collection`.
    """

    id: int
    key: str
    names: Names
    description: Names
    kind: str
    group: str
    unit: Names
    dictionary_id: int
    is_collection: bool
    max_value_count: int
    category_dependent: bool
    complex_id: int = 0


class Group(msgspec.Struct, frozen=True):
    """A heading under which attributes are shown."""

    key: str
    names: Names


class Dictionary(msgspec.Struct, frozen=True):
    id: int
    key: str
    names: Names


class DictionaryValue(msgspec.Struct, frozen=True):
    id: int
    dictionary_id: int
    key: str
    names: Names


class Starter(msgspec.Struct, frozen=True):
    """The whole catalogue, in the order of the files: parents stand before their children."""

    categories: tuple[Category, ...]
    types: tuple[ProductType, ...]
    attributes: tuple[Attribute, ...]
    groups: tuple[Group, ...]
    dictionaries: tuple[Dictionary, ...]
    values: tuple[DictionaryValue, ...]


class _AttributeRow(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    id: int
    kind: str
    group: str
    name: list[str]
    about: list[str]
    unit: str = ""
    dictionary: str = ""
    is_collection: bool = False
    max_value_count: int = 1
    category_dependent: bool = False
    complex_id: int = 0


class _AttributeFile(msgspec.Struct, forbid_unknown_fields=True):
    groups: list[tuple[str, str, str, str]]
    units: list[tuple[str, str, str, str]]
    common_required: list[str]
    common_optional: list[str]
    attribute: list[_AttributeRow]


class _DictionaryRow(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    id: int
    name: list[str]
    values: list[tuple[str, int, str, str, str]]


class _DictionaryFile(msgspec.Struct, forbid_unknown_fields=True):
    dictionary: list[_DictionaryRow]


class _TypeRow(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    id: int
    name: list[str]
    synonyms: list[list[str]]
    required: list[str]
    optional: list[str]
    size_mm: tuple[tuple[int, int, int], tuple[int, int, int]]
    weight_g: tuple[int, int]
    price_minor: tuple[int, int]
    commission_percent: int
    aspects: list[str] = []
    values: dict[str, list[str]] = {}


class _CategoryRow(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    id: int
    name: list[str]
    type: list[_TypeRow]


class _DepartmentFile(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    id: int
    name: list[str]
    category: list[_CategoryRow]


def _names(texts: Iterable[str]) -> Names:
    return dict(zip(LANGUAGES, texts, strict=True))


def _toml(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def load() -> Starter:
    """The starter catalogue, read once per process.

    Raises msgspec.ValidationError for a file that does not fit, KeyError for an unknown reference.
    """
    here = files(__package__)
    attribute_file = msgspec.convert(_toml(here / "attributes.toml"), _AttributeFile)
    dictionary_file = msgspec.convert(_toml(here / "dictionaries.toml"), _DictionaryFile)
    paths = sorted((here / "departments").iterdir(), key=lambda path: path.name)
    departments = [msgspec.convert(_toml(path), _DepartmentFile) for path in paths if path.name.endswith(".toml")]

    dictionary_ids = {row.key: row.id for row in dictionary_file.dictionary}
    value_ids = {row.key: {value[0]: value[1] for value in row.values} for row in dictionary_file.dictionary}
    units = {key: _names(texts) for key, *texts in attribute_file.units}
    rows = {row.key: row for row in attribute_file.attribute}

    def type_attribute(row: _TypeRow, key: str, position: int, required: bool) -> TypeAttribute:
        attribute = rows[key]
        if attribute.id == TYPE:
            chosen = [row.id]
        else:
            chosen = [value_ids[attribute.dictionary][value] for value in row.values.get(key, ())]
        return TypeAttribute(attribute.id, required, key in row.aspects, position, tuple(chosen))

    def product_type(row: _TypeRow, category_id: int) -> ProductType:
        required = attribute_file.common_required + row.required
        optional = row.optional + attribute_file.common_optional
        unknown = (set(row.values) | set(row.aspects)) - set(row.required) - set(row.optional)
        if unknown:
            raise KeyError(f"{row.key}: {sorted(unknown)}")
        attributes = [
            type_attribute(row, key, position, position <= len(required))
            for position, key in enumerate(required + optional, start=1)
        ]
        return ProductType(
            id=row.id,
            category_id=category_id,
            key=row.key,
            names=_names(row.name),
            synonyms=dict(zip(LANGUAGES, row.synonyms, strict=True)),
            attributes=tuple(attributes),
            size_mm=row.size_mm,
            weight_g=row.weight_g,
            price_minor=row.price_minor,
            commission_percent=row.commission_percent,
        )

    categories: list[Category] = []
    types: list[ProductType] = []
    for department in departments:
        categories.append(Category(department.id, None, department.key, _names(department.name)))
        for row in department.category:
            categories.append(Category(row.id, department.id, row.key, _names(row.name)))
            types.extend(product_type(each, row.id) for each in row.type)

    values = [
        DictionaryValue(value_id, row.id, key, _names(texts))
        for row in dictionary_file.dictionary
        for key, value_id, *texts in row.values
    ]
    values += [DictionaryValue(each.id, TYPE_DICTIONARY, each.key, each.names) for each in types]
    return Starter(
        categories=tuple(categories),
        types=tuple(types),
        attributes=tuple(
            Attribute(
                id=row.id,
                key=row.key,
                names=_names(row.name),
                description=_names(row.about),
                kind=row.kind,
                group=row.group,
                unit=units[row.unit] if row.unit else {},
                dictionary_id=dictionary_ids[row.dictionary] if row.dictionary else 0,
                is_collection=row.is_collection,
                max_value_count=row.max_value_count,
                category_dependent=row.category_dependent,
                complex_id=row.complex_id,
            )
            for row in attribute_file.attribute
        ),
        groups=tuple(Group(key, _names(texts)) for key, *texts in attribute_file.groups),
        dictionaries=tuple(Dictionary(row.id, row.key, _names(row.name)) for row in dictionary_file.dictionary),
        values=tuple(values),
    )


@cache
def hs_codes() -> dict[int, str]:
    """The usual HS code of each type, by the type's id; a hint, see the file."""
    by_key = _toml(files(__package__) / "hs_codes.toml")
    return {kind.id: by_key[kind.key] for kind in load().types if kind.key in by_key}


def check(s: Starter) -> list[str]:
    """What is wrong with a catalogue, one sentence a fault; an empty list means that it is sound.

    Looks for missing languages, ids used twice, references to nothing, values of a foreign dictionary,
    attributes listed twice in a type, and ranges turned upside down.
    """
    faults: list[str] = []

    named: list[tuple[str, Any]] = [("category", s.categories), ("type", s.types), ("attribute", s.attributes)]
    named += [("dictionary", s.dictionaries), ("value", s.values), ("group", s.groups)]
    for what, rows in named:
        for row in rows:
            if set(row.names) != set(LANGUAGES) or not all(text.strip() for text in row.names.values()):
                faults.append(f"{what} {row.key}: a language is missing")
    for what, rows in named[:4]:
        for field in ("id", "key"):
            counts = Counter(getattr(row, field) for row in rows)
            faults += [f"{what} {field} {value} is used twice" for value, count in counts.items() if count > 1]
        faults += [f"{what} {row.key}: id must be positive" for row in rows if row.id <= 0]
    counts = Counter(value.id for value in s.values)
    faults += [f"value id {value} is used twice" for value, count in counts.items() if count > 1]
    faults += [f"value {value.key}: id must be positive" for value in s.values if value.id <= 0]

    category_ids = {row.id: row for row in s.categories}
    group_keys = {row.key for row in s.groups}
    dictionary_of = {value.id: value.dictionary_id for value in s.values}
    filled = set(dictionary_of.values())
    attributes = {row.id: row for row in s.attributes}
    faults += [
        f"category {row.key}: parent {row.parent_id} is unknown"
        for row in s.categories
        if row.parent_id is not None and row.parent_id not in category_ids
    ]
    for attribute in s.attributes:
        if attribute.kind not in KINDS:
            faults.append(f"attribute {attribute.key}: kind {attribute.kind} is unknown")
        if attribute.group not in group_keys:
            faults.append(f"attribute {attribute.key}: group {attribute.group} is unknown")
        if not all(attribute.description.get(language) for language in LANGUAGES):
            faults.append(f"attribute {attribute.key}: a description is missing")
        if attribute.dictionary_id and attribute.dictionary_id not in filled:
            faults.append(f"attribute {attribute.key}: dictionary {attribute.dictionary_id} has no values")
        if attribute.is_collection != (attribute.max_value_count > 1):
            faults.append(f"attribute {attribute.key}: only a collection takes several values")
    for kind in s.types:
        faults += _faults_of_type(kind, category_ids, attributes, dictionary_of)
    return faults


def _faults_of_type(
    kind: ProductType,
    categories: dict[int, Category],
    attributes: dict[int, Attribute],
    dictionary_of: dict[int, int],
) -> list[str]:
    faults: list[str] = []
    category = categories.get(kind.category_id)
    if category is None or category.parent_id is None:
        faults.append(f"type {kind.key}: it must stand in a category of the second level")
    if not all(kind.synonyms.get(language) for language in LANGUAGES):
        faults.append(f"type {kind.key}: synonyms are missing")
    ids = [each.attribute_id for each in kind.attributes]
    if len(ids) != len(set(ids)):
        faults.append(f"type {kind.key}: an attribute is listed twice")
    for each in kind.attributes:
        attribute = attributes.get(each.attribute_id)
        if attribute is None:
            faults.append(f"type {kind.key}: attribute {each.attribute_id} is unknown")
            continue
        if any(dictionary_of.get(value) != attribute.dictionary_id for value in each.value_ids):
            faults.append(f"type {kind.key}: {attribute.key} has a value of another dictionary")
        if attribute.category_dependent != bool(each.value_ids):
            faults.append(f"type {kind.key}: {attribute.key} must list its values exactly when they depend on it")
    least, most = kind.size_mm
    if not all(0 < low <= high for low, high in zip(least, most, strict=True)):
        faults.append(f"type {kind.key}: the size range is upside down")
    if not 0 < kind.weight_g[0] <= kind.weight_g[1]:
        faults.append(f"type {kind.key}: the weight range is upside down")
    if not 0 < kind.price_minor[0] <= kind.price_minor[1]:
        faults.append(f"type {kind.key}: the price band is upside down")
    if not 0 < kind.commission_percent < 50:
        faults.append(f"type {kind.key}: the commission hint is out of range")
    return faults
