"""What makes a card acceptable: pure decisions on plain values. No database, no clock, no Django.

`check` takes a draft and what its type asks for, and gives back the draft in its one canonical spelling together with
everything that is wrong with it. Codes are those of the Seller API's import errors where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from sellerdesk.catalog import customs
from sellerdesk.catalog.types import AttributeInput, ComplexInput, ImageInput, ProductDraft, ValueInput

OFFER_ID_LENGTH = 50
NAME_LENGTH = 500
DESCRIPTION_LENGTH = 6000
TEXT_LENGTH = 500
MAX_IMAGES = 30
MAX_BARCODES = 100
# A parcel no carrier takes is a slip of the keyboard: 10 m and 1 t.
MAX_SIDE_MM = 10_000
MAX_WEIGHT_G = 1_000_000
VAT = ("0", "0.05", "0.07", "0.1", "0.2", "0.22")
# Attributes that live in columns of the card itself.
TYPE_ATTRIBUTE = 8229
DESCRIPTION_ATTRIBUTE = 4191
# What merges products into one card.
BRAND_ATTRIBUTE, MODEL_ATTRIBUTE = 85, 9048
MODEL_KEY_LENGTH = 200
BRAND_LENGTH = 200
# Their values are web addresses by meaning, so nobody looks for contacts in them.
ADDRESS_ATTRIBUTES = frozenset({21841})

# Between a type's own words and those of the categories above it.
PATH_MARK = " || "
_STEM_LENGTH = 3
_WORDS = re.compile(r"[\u4e00-\u9fff]+|[^\W_\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPACES = re.compile(r"\s+")
_BARCODE = re.compile(r"^[A-Za-z0-9-]{4,100}$")
_URL = re.compile(r"^https?://[^\s/]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TRUE = {"true", "yes", "1", "да", "есть", "是", "有", "y"}
_FALSE = {"false", "no", "0", "нет", "否", "无", "n"}
_SIZES = (("depth_mm", MAX_SIDE_MM), ("width_mm", MAX_SIDE_MM), ("height_mm", MAX_SIDE_MM),
          ("weight_g", MAX_WEIGHT_G))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. `field` is a draft's field, attribute.<id>, or part.<name>.<key>."""

    field: str
    code: str
    value: str = ""
    data: Mapping[str, Any] = default(default_factory=dict)
    level: str = "error"


@dataclass(frozen=True)
class Dictionary:
    """The values of one dictionary: id → its text in English, Russian and Chinese."""

    texts: Mapping[int, tuple[str, str, str]]

    @cached_property
    def by_text(self) -> dict[str, int]:
        """Folded text in any language → id. The first value wins where two read alike."""
        found: dict[str, int] = {}
        for value_id, texts in self.texts.items():
            for text in texts:
                found.setdefault(fold(text), value_id)
        return found

    def closest(self, text: str, allowed: frozenset[int], limit: int = 3) -> list[int]:
        """Ids of the allowed values that read most like the text, best first."""
        choices = {key: value for key, value in self.by_text.items() if not allowed or value in allowed}
        found: list[int] = []
        for _match, _score, key in process.extract(
                fold(text), {key: key for key in choices}, scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=60):
            if choices[key] not in found:
                found.append(choices[key])
        return found[:limit]


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """What a type asks of one attribute. `allowed` empty means the whole dictionary."""

    id: int
    kind: str
    required: bool
    dictionary_id: int
    max_values: int
    allowed: frozenset[int] = frozenset()
    # It makes the variant: a colour, a size. Fixed once somebody has ordered the product.
    aspect: bool = False
    # Filled in row by row with the others of this number; `max_values` bounds the rows.
    complex_id: int = 0


@dataclass(frozen=True, slots=True)
class TypeRule:
    id: int
    category_id: int
    disabled: bool
    attributes: Mapping[int, AttributeRule]


@dataclass(frozen=True, slots=True)
class Checked:
    """The draft in canonical spelling, and what is wrong with it."""

    draft: ProductDraft
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)


def fold(text: str) -> str:
    """How texts are compared: case, ё and runs of spaces do not matter."""
    return _SPACES.sub(" ", text.strip().casefold()).replace("ё", "е")


def search_text(own: Sequence[str], around: Sequence[str] = ()) -> str:
    """All words a type is found by: its own names and synonyms first, then the categories above it."""
    return PATH_MARK.join(" | ".join(dict.fromkeys(fold(word) for word in words if word)) for words in (own, around))


def own_words(text: str) -> list[str]:
    """A type's own names and synonyms, out of its search text."""
    return text.split(PATH_MARK)[0].split(" | ")


def rank(text: str, words: Sequence[str]) -> tuple[int, int]:
    """How well a type answers a search that it contains: the lower, the better."""
    whole, best = " ".join(words), (9, 0)
    for name in own_words(text):
        if all(word in name for word in words):
            near = 0 if name == whole else 1 if name.startswith(whole) else 2
            best = min(best, (near, len(name)))
    return best


def stems(text: str) -> list[str]:
    """The words of a title without what inflection changes; Chinese runs as pairs of characters."""
    found: list[str] = []
    for word in _WORDS.findall(fold(text)):
        if _HAN.match(word):
            found += [word[at:at + 2] for at in range(max(len(word) - 1, 1))]
        elif len(word) >= _STEM_LENGTH and not word.isdecimal():
            found.append(word[:max(_STEM_LENGTH, len(word) - 2)])
    return list(dict.fromkeys(found))


def likeness(title_stems: Sequence[str], text: str) -> float:
    """How much of a type's own name a title speaks of: letters met × share of the name's words met; 0 is nothing."""
    best = 0.0
    for name in own_words(text):
        asked = stems(name)
        if not asked:
            continue
        met = [stem for stem in asked
               if any(_same_word(stem, word) for word in title_stems)]
        letters = sum(len(stem) * (2 if _HAN.match(stem) else 1) for stem in met)
        best = max(best, letters * len(met) / len(asked))
    return best


def _same_word(one: str, other: str) -> bool:
    """Stems of one word may differ in length; three letters are too few to tell by."""
    return one == other or (min(len(one), len(other)) > _STEM_LENGTH
                            and (one.startswith(other) or other.startswith(one)))


def model_key(draft: ProductDraft) -> str:
    """What products on one card have in common: type, brand and model name. Empty without a model name."""
    said = {each.id: each.values for each in draft.attributes if each.values}
    model = fold(said[MODEL_ATTRIBUTE][0].value) if MODEL_ATTRIBUTE in said else ""
    brand = said[BRAND_ATTRIBUTE][0].dictionary_value_id if BRAND_ATTRIBUTE in said else 0
    return f"{draft.type_id}:{brand}:{model}"[:MODEL_KEY_LENGTH] if model else ""


def brand(attributes: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """Dictionary value and spelling of the brand that stored attributes name; (0, "") where they name none."""
    number, text = first_value(attributes, BRAND_ATTRIBUTE)
    return number, text[:BRAND_LENGTH]


def first_value(attributes: Sequence[Mapping[str, Any]], wanted: int) -> tuple[int, str]:
    """Dictionary value and text of a stored attribute's first value; (0, "") where it says nothing."""
    for one in attributes:
        if one.get("id") == wanted and one.get("values"):
            first = one["values"][0]
            return int(first.get("dictionary_value_id") or 0), str(first.get("value") or "")
    return 0, ""


def clean(text: str) -> str:
    """Text without control characters and outer spaces."""
    return (text if text.isprintable() else _CONTROL.sub("", text)).strip()


def number(text: str, *, whole: bool) -> str | None:
    """A number in canonical spelling: 12, 12.5; commas and spaces as people write them. None when it is none."""
    # Nearly all numbers in files are plain digits; Decimal costs six times as much.
    if text.isascii() and text.isdecimal() and len(text) <= 15:
        return str(int(text))
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15 or -value.as_tuple().exponent > 12:  # type: ignore[operator]
        return None
    if whole and value != value.to_integral_value():
        return None
    spelled = f"{value.normalize():f}"
    return "0" if spelled in ("-0", "") else spelled


def truth(text: str) -> str | None:
    """true or false from yes, да, 是 and the like. None when it is neither."""
    word = fold(text)
    return "true" if word in _TRUE else "false" if word in _FALSE else None


def vat(text: str) -> str | None:
    """A VAT rate in the API's spelling from 0.1, 10% or 10. None when there is no such rate."""
    plain = text.strip().replace(",", ".").replace("\u00a0", "")
    percent = plain.endswith("%")
    try:
        value = Decimal(plain.rstrip("% ") or "x")
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    if percent or value > 1:
        value /= 100
    return next((rate for rate in VAT if Decimal(rate) == value), None)


def check(draft: ProductDraft, kind: TypeRule | None, dictionaries: Mapping[int, Dictionary]) -> Checked:
    """Judge one draft. Without its type nothing about attributes can be said."""
    findings: list[Finding] = []
    draft = replace(
        draft, category_id=draft.category_id or (kind.category_id if kind else 0),
        offer_id=clean(draft.offer_id), name=clean(draft.name),
        description=clean(draft.description), vat=vat(draft.vat) or draft.vat,
        barcodes=tuple(dict.fromkeys(code for code in map(clean, draft.barcodes) if code)),
        names={key: text for key, value in draft.names.items() if (text := clean(value))},
        descriptions={key: text for key, value in draft.descriptions.items() if (text := clean(value))})
    findings += _identity(draft)
    findings += _size(draft)
    if draft.vat not in VAT:
        findings.append(Finding("vat", "vat_invalid", draft.vat[:20], {"allowed": ", ".join(VAT)}))
    findings += _images(draft.images)
    if kind is None:
        code = "description_category_invalid" if draft.type_id else "description_type_is_empty"
        findings.append(Finding("type_id", code, str(draft.type_id or "")))
        return Checked(draft, tuple(findings))
    if kind.disabled:
        findings.append(Finding("type_id", "description_category_is_legacy", str(kind.id)))
    if draft.category_id and draft.category_id != kind.category_id:
        findings.append(Finding("category_id", "description_category_has_no_description_type",
                                str(draft.category_id), {"type_id": kind.id}))
        draft = replace(draft, category_id=kind.category_id)
    return _attributes(draft, kind, dictionaries, findings)


def _identity(draft: ProductDraft) -> list[Finding]:
    found = []
    if not draft.offer_id:
        found.append(Finding("offer_id", "offer_id_empty"))
    elif len(draft.offer_id) > OFFER_ID_LENGTH:
        found.append(Finding("offer_id", "offer_id_too_long", draft.offer_id[:80], {"limit": OFFER_ID_LENGTH}))
    if not draft.name:
        found.append(Finding("name", "name_empty"))
    for key, text in (("name", draft.name), *((f"names.{key}", text) for key, text in draft.names.items())):
        if len(text) > NAME_LENGTH:
            found.append(Finding(key, "name_too_long", text[:80], {"limit": NAME_LENGTH, "length": len(text)}))
    for key, text in (("description", draft.description),
                      *((f"descriptions.{key}", text) for key, text in draft.descriptions.items())):
        if len(text) > DESCRIPTION_LENGTH:
            found.append(Finding(key, "description_too_long", "", {"limit": DESCRIPTION_LENGTH, "length": len(text)}))
    for code in draft.barcodes:
        if not _BARCODE.match(code):
            found.append(Finding("barcodes", "barcode_invalid", code[:60]))
    if len(draft.barcodes) > MAX_BARCODES:
        found.append(Finding("barcodes", "VALUE_MAX_LIMIT", str(len(draft.barcodes)), {"limit": MAX_BARCODES}))
    return found


def _size(draft: ProductDraft) -> list[Finding]:
    found = []
    for name, limit in _SIZES:
        value = getattr(draft, name)
        if value <= 0:
            found.append(Finding(name, "missing_dimension", str(value) if value else ""))
        elif value > limit:
            found.append(Finding(name, "dimension_too_large", str(value), {"limit": limit}))
    if not found:
        volume = draft.depth_mm * draft.width_mm * draft.height_mm
        # weight × 1000 / volume must lie in 0.001 … 13.55 (g, mm): lighter than foam or heavier than mercury is a slip.
        if not (draft.weight_g * 1_000_000 >= volume and draft.weight_g * 100_000 <= 1355 * volume):
            found.append(Finding("weight_g", "Incorrect_density", str(draft.weight_g), {
                "weight": str(draft.weight_g), "volume": f"{Decimal(volume) / 1000:f}",
                "size": " × ".join(str(getattr(draft, name)) for name in ("depth_mm", "width_mm", "height_mm")),
                "density": f"{Decimal(draft.weight_g) * 1000 / volume:.4g}"}))
    return found


def _images(images: Sequence[ImageInput]) -> list[Finding]:
    found = []
    if len(images) > MAX_IMAGES:
        found.append(Finding("images", "too_many_images", str(len(images)), {"limit": MAX_IMAGES}))
    for image in images:
        if not image.key and not _URL.match(image.url):
            found.append(Finding("images", "image_address_invalid", image.url[:200]))
    return found


def _attributes(draft: ProductDraft, kind: TypeRule, dictionaries: Mapping[int, Dictionary],
                findings: list[Finding]) -> Checked:
    given: dict[int, list[ValueInput]] = {}
    single = [attribute for attribute in draft.attributes
              if attribute.id not in kind.attributes or not kind.attributes[attribute.id].complex_id]
    for attribute in single:
        values = [value for value in attribute.values if value.dictionary_value_id or clean(value.value)]
        given.setdefault(attribute.id, []).extend(values)
    description = draft.description
    if DESCRIPTION_ATTRIBUTE in given:
        described = given.pop(DESCRIPTION_ATTRIBUTE)
        description = description or (clean(described[0].value) if described else "")
    given.pop(TYPE_ATTRIBUTE, None)  # the card's type decides, whatever was sent
    kept: list[AttributeInput] = []
    for attribute_id in given:
        if attribute_id not in kind.attributes:
            findings.append(Finding(f"attribute.{attribute_id}", "attribute_unknown", "",
                                    {"attribute_id": attribute_id}, level="warning"))
    for rule in kind.attributes.values():
        if rule.id in (TYPE_ATTRIBUTE, DESCRIPTION_ATTRIBUTE) or rule.complex_id:
            continue
        values, wrong = _values(rule, given.get(rule.id, []), dictionaries.get(rule.dictionary_id))
        findings += wrong
        if values:
            kept.append(AttributeInput(rule.id, tuple(values)))
        elif rule.required and not wrong:
            findings.append(Finding(f"attribute.{rule.id}", "EMPTY_REQUIRED", "", {"attribute_id": rule.id}))
    complexes, wrong = _complexes(draft, kind, dictionaries)
    findings += wrong
    if kind.attributes.get(DESCRIPTION_ATTRIBUTE, None) and kind.attributes[DESCRIPTION_ATTRIBUTE].required \
            and not description:
        findings.append(Finding("description", "EMPTY_REQUIRED", "", {"attribute_id": DESCRIPTION_ATTRIBUTE}))
    return Checked(replace(draft, attributes=tuple(kept), complexes=tuple(complexes), description=description),
                   tuple(findings))


def _complexes(draft: ProductDraft, kind: TypeRule,
               dictionaries: Mapping[int, Dictionary]) -> tuple[list[ComplexInput], list[Finding]]:
    """Rows of attributes that belong together, one value each. The first attribute of a complex must stand in each row.

    Where such an attribute came among the single ones (a column of a sheet), its values go to the rows by position.
    """
    found: list[Finding] = []
    asked: dict[int, list[AttributeRule]] = {}
    for rule in kind.attributes.values():
        if rule.complex_id:
            asked.setdefault(rule.complex_id, []).append(rule)
    rows: dict[int, list[dict[int, tuple[ValueInput, ...]]]] = {key: [] for key in asked}
    for group in draft.complexes:
        ids = [kind.attributes[each.id].complex_id for each in group.attributes if each.id in kind.attributes]
        complex_id = group.id or next(iter(ids), 0)
        said = {each.id: each.values for each in group.attributes}
        own = {rule.id for rule in asked.get(complex_id, ())}
        found += [Finding(f"attribute.{key}", "attribute_unknown", "", {"attribute_id": key}, level="warning")
                  for key in said if key not in own]
        if own:
            rows[complex_id].append({key: values for key, values in said.items() if key in own})
    for each in draft.attributes:
        complex_id = kind.attributes[each.id].complex_id if each.id in kind.attributes else 0
        if complex_id:
            mine = rows[complex_id]
            mine += [{} for _at in range(len(each.values) - len(mine))]
            for at, row in enumerate(mine):
                row[each.id] = each.values[at:at + 1]
    made: list[ComplexInput] = []
    for complex_id, rules_of in asked.items():
        kept: list[ComplexInput] = []
        for row in rows[complex_id]:
            values, wrong = _complex_row(rules_of, row, dictionaries)
            found += wrong
            if values and ComplexInput(complex_id, values) not in kept:
                kept.append(ComplexInput(complex_id, values))
        lead = rules_of[0]
        if len(kept) > max(lead.max_values, 1):
            found.append(Finding(f"attribute.{lead.id}", "VALUE_MAX_LIMIT", str(len(kept)),
                                 {"attribute_id": lead.id, "limit": max(lead.max_values, 1)}))
        made += kept
    return made, found


def _complex_row(rules_of: Sequence[AttributeRule], row: Mapping[int, tuple[ValueInput, ...]],
                 dictionaries: Mapping[int, Dictionary]) -> tuple[tuple[AttributeInput, ...], list[Finding]]:
    values: list[AttributeInput] = []
    found: list[Finding] = []
    for rule in rules_of:
        given = [value for value in row.get(rule.id, ()) if value.dictionary_value_id or clean(value.value)]
        one, wrong = _values(replace(rule, max_values=1), given, dictionaries.get(rule.dictionary_id))
        found += wrong
        if one:
            values.append(AttributeInput(rule.id, tuple(one)))
    lead = rules_of[0].id
    if values and values[0].id != lead and not any(one.field == f"attribute.{lead}" for one in found):
        found.append(Finding(f"attribute.{lead}", "EMPTY_REQUIRED", values[0].values[0].value[:120],
                             {"attribute_id": lead}))
    return tuple(values), found


def _values(rule: AttributeRule, given: Sequence[ValueInput],
            dictionary: Dictionary | None) -> tuple[list[ValueInput], list[Finding]]:
    values: list[ValueInput] = []
    wrong: list[Finding] = []
    name = f"attribute.{rule.id}"
    for each in given:
        if rule.dictionary_id:
            value, finding = _from_dictionary(rule, each, dictionary or Dictionary({}))
        else:
            value, finding = _free(rule, each)
        if finding:
            wrong.append(finding)
        elif value and value not in values:
            values.append(value)
    if len(values) > max(rule.max_values, 1):
        shown = "; ".join(value.value for value in values)
        wrong.append(Finding(name, "VALUE_MAX_LIMIT", shown[:120],
                             {"attribute_id": rule.id, "limit": max(rule.max_values, 1)}))
    return values, wrong


def _from_dictionary(rule: AttributeRule, given: ValueInput,
                     dictionary: Dictionary) -> tuple[ValueInput | None, Finding | None]:
    value_id = given.dictionary_value_id or dictionary.by_text.get(fold(given.value), 0)
    if value_id in dictionary.texts and (not rule.allowed or value_id in rule.allowed):
        return ValueInput(value_id, dictionary.texts[value_id][0]), None
    shown = clean(given.value) or str(given.dictionary_value_id)
    closest = dictionary.closest(given.value, rule.allowed) if clean(given.value) else []
    return None, Finding(f"attribute.{rule.id}", "error_attribute_values_out_of_range", shown[:120],
                         {"attribute_id": rule.id, "dictionary_id": rule.dictionary_id, "suggestion_ids": closest})


def _free(rule: AttributeRule, given: ValueInput) -> tuple[ValueInput | None, Finding | None]:
    text = clean(given.value)
    if not text:
        return None, None
    code = ""
    data: dict[str, Any] = {"attribute_id": rule.id}
    spelled: str | None = text
    if rule.kind in ("Integer", "Decimal"):
        spelled = number(text, whole=rule.kind == "Integer")
        code = "attribute_not_whole" if rule.kind == "Integer" else "attribute_not_a_number"
        if spelled is not None and spelled.startswith("-"):
            spelled, code = None, "attribute_negative"
    elif rule.kind == "Boolean":
        spelled, code = truth(text), "attribute_not_yes_or_no"
    elif rule.kind == "URL":
        spelled, code = (text if _URL.match(text) else None), "attribute_not_an_address"
    else:
        limit = DESCRIPTION_LENGTH if rule.kind == "multiline" else TEXT_LENGTH
        if len(text) > limit:
            spelled, code, data["limit"] = None, "attribute_too_long", limit
        elif rule.id == customs.HS_CODE:
            spelled, code = customs.hs_code(text), "hs_code_invalid"
        elif rule.id == customs.CUSTOMS_NAME:
            spelled, code = (text if customs.latin(text) else None), "customs_name_not_latin"
        elif rule.id == customs.CUSTOMS_VALUE:
            read, code = customs.value(text), "customs_value_invalid"
            spelled, data["currencies"] = (str(read) if read else None), ", ".join(customs.CURRENCIES)
    if spelled is None:
        return None, Finding(f"attribute.{rule.id}", code, text[:120], data)
    return ValueInput(0, spelled), None
