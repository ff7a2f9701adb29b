"""What the editor shows beside its form: sections with what they lack, the content score, what another type changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import scoring
from sellerdesk.catalog.types import ProductCard, TypeInfo
from sellerdesk.catalog.web.forms import ProductForm
from sellerdesk.core.http.request import WebRequest

_HINTS = {
    "images_1": _("Add a picture"), "images_3": _("Add pictures up to three"), "images_5": _("Add pictures up to five"),
    "name_words": _("Say more in the name: type, brand, model"), "description": _("Write a description"),
    "description_long": _("Make the description 300 characters or longer"),
    "names": _("Name the product in another language"),
}
_SHOWN = 6
_ANSWERS = {"true": _("Yes"), "false": _("No")}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form in the jump list. `errors` are fields refused, `lacking` required ones still empty."""

    id: str
    label: Any
    errors: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that would raise the score, and the field to jump to."""

    text: str
    points: str
    target: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What another type makes of a card: attributes it no longer has, with their values, and those it adds."""

    before: str
    lost: tuple[tuple[str, str], ...]
    gained: tuple[tuple[str, bool], ...]


def person(request: WebRequest) -> int:
    """Whose draft it is."""
    return int(request.user.pk or 0)


def sections(form: ProductForm) -> list[Section]:
    attributes = [f"attribute_{info.id}" for info in form.asked]
    required = {f"attribute_{info.id}" for info in form.asked if info.required}
    parts = [name for name in form.fields if name.startswith("part_")]
    return [
        _section(form, "basics", _("Basics"), ("name", "offer_id", "barcodes", "description", "name_en", "name_ru",
                                               "name_zh"), {"name", "offer_id"}),
        _section(form, "pictures-section", _("Pictures"), (), set()),
        _section(form, "attributes", _("Attributes"), attributes, required),
        _section(form, "documents-section", pgettext_lazy("product", "Documents"), (), set()),
        _section(form, "package", _("Package"), ("depth_mm", "width_mm", "height_mm", "weight_g"),
                 {"depth_mm", "width_mm", "height_mm", "weight_g"}),
        _section(form, "offer", _("Price and stock"), (*parts, "vat"), set()),
    ]


def _section(form: ProductForm, key: str, label: Any, names: Sequence[str], required: set[str]) -> Section:
    empty = sum(not any(str(one) for one in _texts(form[name].value())) for name in names if name in required)
    return Section(key, label, sum(bool(form.errors.get(name)) for name in names) if form.is_bound else 0, empty)


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value or ""]


def score_of(form: ProductForm, images: int) -> scoring.Score:
    """The score of the card as the form stands."""
    return scoring.judge(
        name=str(form["name"].value() or ""), description=str(form["description"].value() or ""),
        names={code: str(form[name].value() or "") for code, name in
               (("en", "name_en"), ("ru", "name_ru"), ("zh-hans", "name_zh"))},
        images=images, filled=form.filled(), asked=[(info.id, info.required) for info in form.asked])


def hints(form: ProductForm, score: scoring.Score) -> list[Hint]:
    """The most rewarding things to do."""
    names = {info.id: info.name for info in form.asked}
    return [Hint(str(_HINTS.get(one.key) or _("Fill in “%(name)s”") % {"name": names.get(one.attribute_id, "")}),
                 f"{one.points:.2g}", "new_images" if one.field == "images" else f"id_{one.field}")
            for one in score.missing[:_SHOWN]]


def moved(card: ProductCard, kind: TypeInfo, form: ProductForm) -> Moved:
    """What changing the type to `kind` means for the card."""
    asked = {info.id for info in form.asked}
    had = {each.id for each in card.attributes} | {one.id for _id, row in card.complexes for one in row}
    return Moved(
        card.type_name,
        tuple((each.name, ", ".join(str(_ANSWERS.get(value.value, value.value)) for value in each.values))
              for each in card.attributes if each.id not in asked),
        tuple((info.name, info.required) for info in form.asked if info.id not in had))
