"""The product editor's form: fields made from what the type asks for and from the parts of an offer.

Fields take any text, so that what a person typed is never lost; the domain decides and its reasons come back here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import queries, rules
from sellerdesk.catalog.services import parts
from sellerdesk.catalog.types import (
    AttributeInfo,
    AttributeInput,
    ComplexInput,
    DictionaryRow,
    ProductCard,
    ProductDraft,
    TypeInfo,
    ValueInput,
)
from sellerdesk.catalog.web.documents import document_input
from sellerdesk.catalog.web.tiles import image_input
from sellerdesk.core.errors import FieldError
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers.types import SellerRef

# A longer list is searched on the server instead of sent along with the page.
_INLINE_VALUES = 80
_LEAST_WORD = 3
_SIZES = ("depth_mm", "width_mm", "height_mm", "weight_g")
# Millimetres and grams in each unit people measure in; the card keeps whole millimetres and grams.
_LENGTHS = {"mm": Decimal(1), "cm": Decimal(10), "in": Decimal("25.4")}
_WEIGHTS = {"g": Decimal(1), "kg": Decimal(1000), "lb": Decimal("453.59237")}


class _Open(forms.ChoiceField):
    """A choice whose values the domain judges; the list may be longer than what the page carries."""

    def validate(self, value: Any) -> None:
        return None


class _OpenMany(forms.MultipleChoiceField):
    def validate(self, value: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A field as the page shows it."""

    field: BoundField
    optional: bool
    suffix: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Attributes that are filled in together, as the page shows them: each row is (attribute, text) pairs."""

    label: str
    most: int
    lines: list[list[tuple[AttributeInfo, str]]]


class ProductForm(forms.Form):
    """`kind` decides the attributes; `card` is the product being changed, None for a new one."""

    offer_id = forms.CharField(label=_("Offer ID"), required=False, max_length=200,
                               help_text=_("Your own article number, unique in your shop."))
    name = forms.CharField(label=_("Product name"), required=False, max_length=2000,
                           help_text=_("Type, brand, model, main trait: what a buyer looks for."))
    barcodes = forms.CharField(label=_("Barcodes"), required=False,
                               help_text=_("Up to 100, separated by semicolons."))
    description = forms.CharField(label=_("Description"), required=False,
                                  widget=forms.Textarea(attrs={"rows": 8, "data-rich": ""}))
    depth_mm = forms.CharField(label=_("Depth"), required=False)
    width_mm = forms.CharField(label=_("Width"), required=False)
    height_mm = forms.CharField(label=_("Height"), required=False)
    weight_g = forms.CharField(label=_("Weight"), required=False)
    size_unit = _Open(label=_("Unit of size"), required=False, initial="mm", choices=[
        ("mm", _("mm")), ("cm", _("cm")), ("in", _("inches"))])
    weight_unit = _Open(label=_("Unit of weight"), required=False, initial="g", choices=[
        ("g", _("g")), ("kg", _("kg")), ("lb", _("pounds"))])
    vat = _Open(label=_("VAT"), required=False, choices=[
        (rate, _("No VAT") if rate == "0" else f"{float(rate) * 100:.0f}%") for rate in rules.VAT])
    name_en = forms.CharField(label=_("Name in English"), required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), required=False)

    def __init__(self, request: WebRequest, kind: TypeInfo, card: ProductCard | None = None,
                 data: Any = None, *, sold: bool = False, like: ProductCard | None = None,
                 first: Mapping[str, str] | None = None) -> None:
        """`sold`: what makes the variant is fixed since somebody bought it.

        A new card begins with the content of `like`, without what is its own, or with the fields of `first`: then
        values of dictionaries that its name speaks of are chosen as well.
        """
        self.kind, self.card, self.language, self.sold = kind, card, request.language, sold
        self.like, self.first = like, dict(first or {})
        self.seller: SellerRef = request.seller
        every = [info for info in queries.attributes(kind.id, request.language)
                 if info.id not in (rules.TYPE_ATTRIBUTE, rules.DESCRIPTION_ATTRIBUTE)]
        self.asked = [info for info in every if not info.complex_id]
        self.in_rows = [info for info in every if info.complex_id]
        self.parts = [part for part in parts.registered() if request.can(part.permission)]
        super().__init__(data, initial=self._initial())
        for size in _SIZES:
            self.fields[size].widget.attrs.update(inputmode="decimal", autocomplete="off")
        self._add_attributes()
        self._add_parts()

    # -- fields --------------------------------------------------------------------------------------------------

    def _add_attributes(self) -> None:
        options = queries.form_options(self.kind.id, self.language)
        for info in self.asked:
            name = f"attribute_{info.id}"
            if info.dictionary_id:
                if self.first and self.card is None and self.like is None:
                    self.initial[name] = _spoken_of(self.first.get("name", ""), options.get(info.id, []),
                                                    many=info.is_collection)
                self.fields[name] = self._choice(info, options.get(info.id, []), self._chosen(name))
            elif info.kind == "Boolean":
                self.fields[name] = _Open(choices=[("", "—"), ("true", _("Yes")), ("false", _("No"))])
            elif info.kind == "multiline":
                self.fields[name] = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
            else:
                mode = {"Integer": "numeric", "Decimal": "decimal"}.get(info.kind, "")
                self.fields[name] = forms.CharField(
                    widget=forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"} if mode else {}))
            self.fields[name].label, self.fields[name].help_text = info.name, info.description
            self.fields[name].required = False
            self.fields[name].disabled = self.sold and info.is_aspect

    def _choice(self, info: AttributeInfo, rows: list[DictionaryRow], chosen: set[str]) -> forms.ChoiceField:
        attrs: dict[str, str] = {"data-select": ""}
        if len(rows) > _INLINE_VALUES:
            attrs["data-select-url"] = reverse("catalog:values", args=[self.kind.id, info.id])
            first = rows[:_INLINE_VALUES]
            rows = [*first, *(row for row in rows[_INLINE_VALUES:] if str(row.id) in chosen)]
        choices = [(str(row.id), row.value) for row in rows]
        if info.is_collection:
            return _OpenMany(choices=choices, widget=forms.SelectMultiple(attrs=attrs))
        return _Open(choices=[("", "—"), *choices], widget=forms.Select(attrs=attrs))

    def _chosen(self, name: str) -> set[str]:
        if self.is_bound:
            return set(cast(QueryDict, self.data).getlist(name))
        value = self.initial.get(name, ())
        return {value} if isinstance(value, str) else set(value)

    def _add_parts(self) -> None:
        for part in self.parts:
            for column in part.columns(self.seller, self.language):
                if column.options:
                    self.fields[f"part_{part.name}_{column.key}"] = forms.ChoiceField(
                        label=column.label, help_text=column.help, required=False, choices=column.options,
                        initial=column.options[0][0])
                    continue
                mode = "decimal" if column.kind == "money" else "numeric" if column.kind == "integer" else "text"
                self.fields[f"part_{part.name}_{column.key}"] = forms.CharField(
                    label=column.label, help_text=column.help, required=False,
                    widget=forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"}))

    def _initial(self) -> dict[str, Any]:
        card = self.card or self.like
        if card is None:
            return {"vat": "0.2" if self.seller.country == "RU" else "0", **self.first}
        found: dict[str, Any] = {
            "offer_id": card.offer_id, "name": card.name, "barcodes": "; ".join(card.barcodes),
            "description": card.description, "vat": card.vat,
            "name_en": card.names.get("en", ""), "name_ru": card.names.get("ru", ""),
            "name_zh": card.names.get("zh-hans", ""), **{name: getattr(card, name) or "" for name in _SIZES}}
        collections = {info.id for info in self.asked if info.is_collection}
        for each in card.attributes:
            texts = [str(value.dictionary_value_id or value.value) for value in each.values]
            many = each.id in collections and any(value.dictionary_value_id for value in each.values)
            found[f"attribute_{each.id}"] = texts if many else "; ".join(texts)
        if self.card is None:
            aspects = [f"attribute_{info.id}" for info in self.asked if info.is_aspect]
            return {key: value for key, value in found.items() if key not in ("offer_id", "barcodes", *aspects)}
        for part in self.parts:
            for key, text in part.current(self.seller, [card.id]).get(card.id, {}).items():
                found[f"part_{part.name}_{key}"] = text
        return found

    def _cells(self, info: AttributeInfo) -> list[str]:
        """What stands in the rows under an attribute that is filled in with others; empty where a row lacks it."""
        name = f"complex_{info.id}"
        if self.is_bound:
            return list(cast(QueryDict, self.data).getlist(name))
        card = self.card or self.like
        rows = [row for complex_id, row in card.complexes if complex_id == info.complex_id] if card else []
        return [next((value.value for each in row if each.id == info.id for value in each.values), "")
                for row in rows]

    def complexes(self) -> list[Rows]:
        """Attributes that are filled in together: what stands in each row, and an empty row to go on."""
        made = []
        for complex_id in dict.fromkeys(info.complex_id for info in self.in_rows):
            infos = [info for info in self.in_rows if info.complex_id == complex_id]
            lines = [line for line in zip_longest(*map(self._cells, infos), fillvalue="") if any(line)]
            made.append(Rows(infos[0].group_name, infos[0].max_value_count,
                             [list(zip(infos, line, strict=True)) for line in [*lines, ("",) * len(infos)]]))
        return made

    # -- for the page --------------------------------------------------------------------------------------------

    def shown(self, images: Iterable[str], documents: Iterable[str]) -> dict[str, list[str]]:
        """Field → texts as the saved card gives them: what the page would send back untouched."""
        found: dict[str, list[str]] = {"images": list(images), "documents": list(documents)}
        for info in self.in_rows:
            found[f"complex_{info.id}"] = self._cells(info)
        for name, field in self.fields.items():
            value = self.initial.get(name, field.initial)
            found[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
        return found

    def label_of(self, name: str) -> str:
        lists: dict[str, Any] = {"images": _("Pictures"), "documents": pgettext_lazy("product", "Documents")}
        lists |= {f"complex_{info.id}": info.name for info in self.in_rows}
        return str(lists[name] if name in lists else self.fields[name].label if name in self.fields else name)

    def words(self, name: str, values: Sequence[str]) -> str:
        """Values of a field as people read them."""
        if name == "images":
            return str(len(values))
        if name == "documents":
            return "; ".join(document_input(value).name for value in values)
        choices = {str(key): str(text) for key, text in getattr(self.fields.get(name), "choices", ())}
        return "; ".join(choices.get(value, value) for value in values if value)

    def filled(self) -> list[int]:
        """The attributes that have a value, as the form stands."""
        return [info.id for info in self.asked
                if any(str(one) for one in _list(self[f"attribute_{info.id}"].value()))]

    def locked(self) -> list[str]:
        return [info.name for info in self.asked if self.sold and info.is_aspect]

    def attribute_groups(self) -> list[tuple[str, list[Line]]]:
        """Attributes under their headings, required ones first within each."""
        groups: dict[str, list[Line]] = {}
        for info in sorted(self.asked, key=lambda one: not one.required):
            groups.setdefault(info.group_name, []).append(
                Line(self[f"attribute_{info.id}"], not info.required, info.unit, info.kind == "multiline"))
        return sorted(groups.items(), key=lambda group: all(line.optional for line in group[1]))

    def part_lines(self) -> list[Line]:
        return [Line(self[f"part_{part.name}_{column.key}"], not column.required, str(column.suffix))
                for part in self.parts for column in part.columns(self.seller, self.language)]

    # -- to the domain and back ----------------------------------------------------------------------------------

    def _turned(self, name: str, get: Callable[[str], Any]) -> str:
        """A switch that somebody turned; empty, which leaves it, where it stands as it stood."""
        value = get(name) or ""
        return "" if value == self.get_initial_for_field(self.fields[name], name) else value

    def draft(self, images: Iterable[str], documents: Iterable[str]) -> ProductDraft:
        """What was typed, as a draft. Numbers that are none become -1, which no rule lets pass."""
        get = self.cleaned_data.get
        length, weight = _LENGTHS.get(get("size_unit") or "", Decimal(1)), _WEIGHTS.get(
            get("weight_unit") or "", Decimal(1))
        sizes = {name: _whole(get(name), weight if name == "weight_g" else length) for name in _SIZES}
        names = {"en": get("name_en"), "ru": get("name_ru"), "zh-hans": get("name_zh")}
        return ProductDraft(
            offer_id=get("offer_id") or "", name=get("name") or "", type_id=self.kind.id,
            description=get("description") or "", names={key: text for key, text in names.items() if text},
            descriptions=self.card.descriptions if self.card else {},
            barcodes=tuple(text.strip() for text in (get("barcodes") or "").replace(",", ";").split(";")),
            vat=get("vat") or "0", attributes=tuple(self._attribute(info) for info in self.asked),
            complexes=tuple(self._complexes()), images=tuple(map(image_input, images)),
            documents=tuple(map(document_input, documents)),
            parts={part.name: {column.key: self._turned(f"part_{part.name}_{column.key}", get) if column.options else
                               get(f"part_{part.name}_{column.key}")
                               for column in part.columns(self.seller, self.language)} for part in self.parts},
            **sizes)

    def _attribute(self, info: AttributeInfo) -> AttributeInput:
        value = self.cleaned_data.get(f"attribute_{info.id}") or ""
        if info.dictionary_id:
            chosen = value if isinstance(value, list) else [value]
            return AttributeInput(info.id, tuple(
                ValueInput(int(text)) if text.isdecimal() else ValueInput(0, text) for text in chosen if text))
        texts = value.split(";") if info.is_collection else [value]
        return AttributeInput(info.id, tuple(ValueInput(0, text.strip()) for text in texts if text.strip()))

    def _complexes(self) -> Iterable[ComplexInput]:
        for complex_id in dict.fromkeys(info.complex_id for info in self.in_rows):
            infos = [info for info in self.in_rows if info.complex_id == complex_id]
            for line in zip_longest(*map(self._cells, infos), fillvalue=""):
                yield ComplexInput(complex_id, tuple(
                    AttributeInput(info.id, (ValueInput(0, text.strip()),))
                    for info, text in zip(infos, line, strict=True) if text.strip()))

    def take_errors(self, errors: Iterable[FieldError]) -> None:
        """Put the domain's reasons beside their fields; what has no field stands above the form."""
        for error in errors:
            if error.data.get("level") == "warning":
                continue
            text = error.text
            if error.data.get("suggestions"):
                text += " " + _("Closest: %(values)s.") % {"values": ", ".join(error.data["suggestions"])}
            name = _field_of(error.field)
            self.add_error(name if name in self.fields else None, ValidationError(text, code=error.code))
        first = next((name for name in self.fields if name in self.errors), None)
        if first:
            self.fields[first].widget.attrs["data-focus"] = ""


def _spoken_of(name: str, rows: Iterable[DictionaryRow], *, many: bool) -> str | list[str]:
    """The values of a dictionary that stand in a name as whole words, the longest first; short ones could be anything.
    One of them, or all where an attribute takes many."""
    words = f" {' '.join(name.casefold().replace(',', ' ').split())} "
    found = sorted((row for row in rows if len(row.value) >= _LEAST_WORD and f" {row.value.casefold()} " in words),
                   key=lambda row: -len(row.value))
    ids = [str(row.id) for row in found]
    return ids if many else ids[0] if ids else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value or ""]


def _whole(text: str | None, factor: Decimal) -> int:
    """A measure in whole millimetres or grams; -1 for what is no number. Half rounds up."""
    number = rules.number(text or "0", whole=factor == 1)
    return int((Decimal(number) * factor).quantize(Decimal(1), ROUND_HALF_UP)) if number else -1


def _field_of(name: str) -> str:
    fixed: Mapping[str, str] = {"names.en": "name_en", "names.ru": "name_ru", "names.zh-hans": "name_zh"}
    if name.startswith("parts."):
        return "part_" + name.removeprefix("parts.").replace(".", "_", 1)
    return fixed.get(name, name.replace("attribute.", "attribute_"))
