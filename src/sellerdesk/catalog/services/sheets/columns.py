"""The columns of a product sheet: what they are called in three languages, and what their cells mean for a draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sellerdesk.catalog import offer_parts, queries, rules
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.types import (
    AttributeInfo,
    AttributeInput,
    ImageInput,
    OfferPart,
    PartColumn,
    ProductDraft,
    TypeInfo,
    ValueInput,
)
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

LANGUAGES = ("en", "ru", "zh-hans")
SHEET_NAMES = {"en": "Products", "ru": "Товары", "zh-hans": "商品"}
# Such a cell empties the value on the card; an empty cell leaves it as it is. The hyphen is what older templates said.
CLEAR = "#CLEAR"
_CLEARS = frozenset({"#clear", "-"})
# Amounts that may be taken away; a price itself can only be replaced.
_REMOVABLE = frozenset({"old_price", "min_price", "cost", "stock"})
#: A heading that begins so is a remark, for example the reasons in a file of failed rows.
COMMENT = "#"
KINDS = ("product", "price", "stock", "images", "parts")
_SEVERAL = re.compile(r"\s*[;；\n]\s*")
_ADDRESSES = re.compile(r"[\s;；]+")
_SIZES = ("depth_mm", "width_mm", "height_mm", "weight_g")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `names` are the folded headings under which it is recognised."""

    key: str
    label: str
    help: str
    required: bool
    names: frozenset[str]
    group: str = "card"
    kind: str = "text"
    attribute: AttributeInfo | None = None
    values: tuple[str, ...] = ()
    example: str = ""
    #: Read where a file has it, and not put into files of ours.
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Base:
    key: str
    label: Any
    help: Any
    required: bool = False
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    example: str = ""


_BASE = (
    _Base("offer_id", _("Offer ID"), _("Your own article number, unique in your shop. Decides which card is created or "
                                       "changed. At most 50 characters."), True,
          aliases=("offer id", "артикул", "货号"), example="#EXAMPLE-1"),
    _Base("name", _("Product name"), _("What the buyer reads first: type, brand, model, main trait. At most 500 "
                                       "characters."), True, aliases=("name", "название", "名称")),
    _Base("type", _("Product type"), _("The kind of goods; decides which attributes are asked for. Its name or its "
                                       "number."), False),
    _Base("depth_mm", _("Package depth, mm"), _("Size of the packed product in whole millimetres."), True, "integer"),
    _Base("width_mm", _("Package width, mm"), _("Size of the packed product in whole millimetres."), True, "integer"),
    _Base("height_mm", _("Package height, mm"), _("Size of the packed product in whole millimetres."), True, "integer"),
    _Base("weight_g", _("Weight with package, g"), _("Weight of the packed product in whole grams."), True, "integer"),
    _Base("vat", _("VAT"), _("Rate in percent: 0, 5, 7, 10, 20 or 22. Empty means 0."), example="20%"),
    _Base("barcodes", _("Barcodes"), _("Several are separated by semicolons.")),
    _Base("images", _("Picture addresses"), _("Web addresses separated by spaces or semicolons; the first is the main "
                                              "picture. JPEG, PNG or WebP, up to 10 MB each.")),
    _Base("description", _("Description"), _("What the product is for and what is special about it. At most 6,000 "
                                             "characters.")),
    _Base("names.en", _("Name in English"), _("Shown to buyers who read English.")),
    _Base("names.ru", _("Name in Russian"), _("Shown to buyers who read Russian.")),
    _Base("names.zh-hans", _("Name in Chinese"), _("Shown to buyers who read Chinese.")),
)
_EXAMPLE_SIZE = {"depth_mm": "190", "width_mm": "85", "height_mm": "210", "weight_g": "350"}


def folded(heading: str) -> str:
    """How headings are compared: without the star of required ones."""
    return rules.fold(heading.replace("*", " ").replace("\u00a0", " "))


def _in_all(label: Any) -> frozenset[str]:
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(folded(str(label)))
    return frozenset(found)


def base_columns(seller: SellerRef, language: str, parts: frozenset[str]) -> list[Column]:
    """The columns every sheet may have: of the card, and of the parts that the person may write.

    `parts` are parts by name, `stock`, and single columns of parts, `stock.w7`.
    """
    with override(language):
        made = [Column(each.key, str(each.label), str(each.help), each.required,
                       _in_all(each.label) | {folded(text) for text in (each.key, *each.aliases)}, kind=each.kind,
                       example=each.example or _EXAMPLE_SIZE.get(each.key, "")) for each in _BASE]
        taken = frozenset(name for column in made for name in column.names)
        of_parts = [column for part in offer_parts.registered() for column in _of_part(seller, part, parts, taken)]
    # Price and stock stand right behind the name: they are what a seller changes most.
    return made[:3] + of_parts + made[3:]


def may_write(key: str, parts: frozenset[str]) -> bool:
    """Whether somebody with these parts may fill the column of a part: all of the part, or just this column."""
    _parts, part, name = key.split(".", 2)
    return part in parts or f"{part}.{name}" in parts


def _of_part(seller: SellerRef, part: OfferPart, parts: frozenset[str], taken: frozenset[str]) -> list[Column]:
    if not any(each.split(".")[0] == part.name for each in parts):
        return []
    made = [Column(f"parts.{part.name}.{each.key}", _with_suffix(each.label, each.suffix), str(each.help),
                   each.required, _part_names(each) - (taken if each.aliases else frozenset()), group=part.name,
                   kind=each.kind, example=_part_example(each), hidden=each.hidden)
            for each in part.sheet_columns(seller)]
    own = [column for column in made if may_write(column.key, parts)]
    # Somebody who may fill none of the columns on offer is offered his own.
    return own if any(not column.hidden for column in own) else [replace(column, hidden=False) for column in own]


def shown(columns: Sequence[Column], sent: Collection[str] = ()) -> list[Column]:
    """The columns to put into a file: those on offer, and those that a file of the person's had."""
    return [column for column in columns if not column.hidden or column.key in sent]


def _with_suffix(label: Any, suffix: Any) -> str:
    return f"{label}, {suffix}" if suffix else str(label)


def _part_names(column: PartColumn) -> frozenset[str]:
    """The label in each language, with its suffix (the currency, the warehouse) and without, and the key itself."""
    labels = _in_all(column.label)
    suffix = folded(str(column.suffix))
    long = {f"{label}, {suffix}" for label in labels if suffix}
    short = {folded(alias) for alias in column.aliases} if column.aliases else labels
    return frozenset(short | long | {folded(column.key)})


def _part_example(column: PartColumn) -> str:
    return {"price": "1299.99", "old_price": "1599"}.get(column.key, "25" if column.kind == "integer" else "")


def for_types(seller: SellerRef, types: Sequence[TypeInfo], language: str, parts: frozenset[str]) -> list[Column]:
    """The columns of a sheet for these types: the base ones, then every attribute any of the types asks for.

    An attribute's column is required where all types require it. Four queries a type.
    """
    columns = base_columns(seller, language, parts)
    taken = {name for column in columns for name in column.names}
    merged: dict[int, tuple[AttributeInfo, set[str], list[bool], dict[str, None]]] = {}
    for kind in types:
        by_language = {each: {info.id: info for info in queries.attributes(kind.id, each)} for each in LANGUAGES}
        for info in by_language[language].values():
            if info.id in (rules.TYPE_ATTRIBUTE, rules.DESCRIPTION_ATTRIBUTE):
                continue
            known = merged.setdefault(info.id, (info, set(), [], {}))
            known[1].update(found for each in LANGUAGES for found in _attribute_names(by_language[each][info.id]))
            known[2].append(info.required)
            if info.dictionary_id:
                rows, _more = queries.attribute_values(kind.id, info.id, language, 0, 5000)
                known[3].update(dict.fromkeys(row.value for row in rows))
    if len(types) == 1:
        columns = [column for column in columns if column.key != "type"]
    else:
        columns = [replace(column, required=True, values=tuple(kind.name for kind in types),
                           example=types[0].name if types else "")
                   if column.key == "type" else column for column in columns]
    for info, names, required, values in merged.values():
        label = _with_suffix(info.name, info.unit)
        free = frozenset(name for name in names if name not in taken)
        if not free or folded(label) not in free:
            # Another column bears that name already: the number tells them apart.
            label = f"{label} ({info.id})"
        everywhere = all(required) and len(required) == len(types)
        columns.append(Column(
            f"attribute.{info.id}", label, _attribute_help(info, language), everywhere,
            free | {folded(label), f"attribute.{info.id}", str(info.id)}, "attribute", info.kind, info, tuple(values),
            _attribute_example(info, tuple(values), language)))
        taken |= free
    return columns


def _attribute_names(info: AttributeInfo) -> set[str]:
    return {folded(info.name), folded(_with_suffix(info.name, info.unit))}


def _attribute_help(info: AttributeInfo, language: str) -> str:
    with override(language):
        lines = [info.description]
        if info.is_collection:
            lines.append(str(_("Several values are separated by semicolons, at most %(limit)s.")
                             % {"limit": info.max_value_count}))
        if info.dictionary_id:
            lines.append(str(_("Choose from the list; all values stand on the second sheet.")))
        elif info.kind in ("Integer", "Decimal"):
            lines.append(str(_("A number.")))
        return "\n".join(lines)


def yes_no(language: str) -> tuple[str, str]:
    return {"ru": ("Да", "Нет"), "zh-hans": ("是", "否")}.get(language, ("Yes", "No"))


def _attribute_example(info: AttributeInfo, values: tuple[str, ...], language: str) -> str:
    if not info.required:
        return ""
    if values:
        return values[0]
    if info.kind == "Boolean":
        return yes_no(language)[0]
    return {"Integer": "10", "Decimal": "1.5"}.get(info.kind, "A-100")


@dataclass(slots=True)
class Matched:
    """Which column stands where in a sheet. `unknown` are headings nobody knows, `twice` those that came again."""

    by_index: dict[int, Column] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def index_of(self, key: str) -> int | None:
        return next((index for index, column in self.by_index.items() if column.key == key), None)


def known(seller: SellerRef, types: Sequence[TypeInfo], language: str, parts: frozenset[str]) -> list[Column]:
    """All columns that a sheet about these types may have, the one that names the type included."""
    base = base_columns(seller, language, parts)
    if not types:
        return base
    found = for_types(seller, types, language, parts)
    return found if any(column.key == "type" for column in found) else [
        *found, *(column for column in base if column.key == "type")]


def kind_of(keys: set[str], said: str) -> str:
    """What a file is for: the kind its own Meta sheet says, else the one that its columns speak of."""
    if said in KINDS:
        return said
    rest = keys - {"offer_id", ""}
    if not rest or "offer_id" not in keys:
        return "product"
    if rest == {"images"}:
        return "images"
    parts = {key.split(".")[1] for key in rest if key.startswith("parts.")}
    if any(not key.startswith("parts.") for key in rest):
        return "product"
    return next(iter(parts)) if len(parts) == 1 and parts <= set(KINDS) else "parts"


def of_kind(columns: Sequence[Column], kind: str) -> list[Column]:
    """The columns of a sheet that is for one thing only; the name stands beside the offer ID to be read by people."""
    if kind == "product":
        return list(columns)
    wanted = {"images": {"images"}}.get(kind, set())
    return [column for column in columns if column.key in {"offer_id", *wanted} or column.group == kind]


def since(before: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], int]:
    """What became of the columns that a template had (their keys): labels of those that came, how many went.

    Columns of parts depend on who took the template, and that of the type on their number; neither says its age.
    """
    if not before:
        return [], 0
    present = {column.key: column.label for column in columns}
    came = [label for key, label in present.items()
            if key not in before and key != "type" and not key.startswith("parts.")]
    gone = [key for key in before if key not in present and key != "type" and not key.startswith(("parts.", COMMENT))]
    return came, len(gone)


def remark(column: Column) -> Column:
    """The same column as a remark: there to be read by people, left out by an upload."""
    return replace(column, key=f"{COMMENT} {column.key}", label=f"{COMMENT} {column.label}", required=False, help="")


def match(header: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str] | None = None) -> Matched:
    """Recognise headings, in any of the three languages, and those that the shop has explained before."""
    by_key = {column.key: column for column in columns}
    by_name: dict[str, Column] = {}
    for column in columns:
        for name in column.names:
            by_name.setdefault(name, column)
    found = Matched()
    used: set[str] = set()
    for index, heading in enumerate(header):
        if not heading or heading.startswith(COMMENT):
            continue
        name = folded(heading)
        said = (remembered or {}).get(name)
        known = by_key.get(said) if said else None if said == "" else by_name.get(name)
        if known is None:
            found.unknown.append(heading)
        elif known.key in used:
            found.twice.append(heading)
        else:
            used.add(known.key)
            found.by_index[index] = known
    return found


def draft_of(cells: Mapping[str, str], base: ProductDraft, columns: Mapping[str, Column]) -> tuple[ProductDraft,
                                                                                                    list[FieldError]]:
    """The base card with the filled cells put in. A number that is none becomes an error of its field."""
    errors: list[FieldError] = []
    changes: dict[str, Any] = {}
    names = dict(base.names)
    parts: dict[str, dict[str, Any]] = {}
    attributes = {each.id: each for each in base.attributes}
    for key, text in cells.items():
        if not text:
            continue
        emptied = text.casefold() in _CLEARS
        if key in _SIZES:
            number = rules.number(text, whole=True)
            if number is None or len(number) > 9:
                errors.append(FieldError(key, "whole_number_expected", MESSAGES["whole_number_expected"], text[:60],
                                         {"value": text[:60]}))
            else:
                changes[key] = int(number)
        elif key.startswith("names."):
            names[key.removeprefix("names.")] = "" if emptied else text
        elif key.startswith("parts."):
            _parts, part, name = key.split(".", 2)
            if (column := columns.get(key)) and column.kind == "switch":
                text = rules.truth(text) or text
            parts.setdefault(part, {})[name] = "0" if emptied and (name in _REMOVABLE or part == "stock") else text
        elif key.startswith("attribute."):
            attribute_id = int(key.removeprefix("attribute."))
            attributes[attribute_id] = AttributeInput(attribute_id, () if emptied else _values(text, columns.get(key)))
        elif key == "barcodes":
            changes[key] = () if emptied else tuple(_SEVERAL.split(text.replace(",", ";")))
        elif key == "images":
            changes[key] = () if emptied else tuple(ImageInput(url=one) for one in _ADDRESSES.split(text) if one)
        elif key != "type":
            changes[key] = {"vat": "0"}.get(key, "") if emptied else text
    draft = replace(base, names=names, parts=parts, attributes=tuple(attributes.values()), **changes)
    return draft, errors


def _values(text: str, column: Column | None) -> tuple[ValueInput, ...]:
    info = column.attribute if column else None
    if info is None or not info.is_collection:
        return (ValueInput(0, text),)
    found = _SEVERAL.split(text)
    if info.complex_id:
        # An empty place between semicolons keeps what belongs together in one row.
        return tuple(ValueInput(0, value) for value in found)
    if len(found) == 1 and info.dictionary_id and "," in text and text not in (column.values if column else ()):
        found = re.split(r"\s*[,，、]\s*", text)
    return tuple(ValueInput(0, value) for value in found if value)


def cells_of(draft: ProductDraft, type_name: str, parts: Mapping[str, Mapping[str, Any]], columns: Sequence[Column], *,
             language: str, texts: Mapping[int, str], base_url: str) -> dict[str, str]:
    """A card as a row of a sheet, so that reading the row again changes nothing; the other way round of `draft_of`.

    `texts` are dictionary values in the sheet's language by their ids, `base_url` our own address for pictures.
    """
    said: dict[str, str] = {
        "offer_id": draft.offer_id, "name": draft.name, "type": type_name, "description": draft.description,
        "barcodes": "; ".join(draft.barcodes), "vat": draft.vat,
        "images": " ".join(image.url or f"{base_url}/media/{image.key}" for image in draft.images),
        **{key: str(getattr(draft, key) or "") for key in _SIZES},
        **{f"names.{key}": text for key, text in draft.names.items()},
        **{f"parts.{part}.{key}": str(value) for part, values in parts.items() for key, value in values.items()}}
    words = dict(zip(("true", "false"), yes_no(language), strict=True))
    said |= {column.key: words.get(said.get(column.key, ""), "") for column in columns if column.kind == "switch"}
    for each in draft.attributes:
        values = [texts.get(value.dictionary_value_id, value.value) if value.dictionary_value_id
                  else words.get(value.value, value.value) for value in each.values]
        said[f"attribute.{each.id}"] = "; ".join(values)
    said |= _complex_cells(draft, texts)
    return {column.key: said[column.key] for column in columns if said.get(column.key)}


def _complex_cells(draft: ProductDraft, texts: Mapping[int, str]) -> dict[str, str]:
    """A cell for each attribute of the rows that belong together, with an empty place where a row lacks it."""
    rows = [(row.id, {each.id: "".join(texts.get(value.dictionary_value_id, value.value) for value in each.values)
                      for each in row.attributes}) for row in draft.complexes]
    asked = {(complex_id, key) for complex_id, row in rows for key in row}
    return {f"attribute.{key}": "; ".join(row.get(key, "") for own, row in rows if own == complex_id)
            for complex_id, key in asked}
