"""Reading the hand-written texts and choices behind the demo goods."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

Texts = tuple[str, str, str]


class TypeTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How goods of one type are made up.

    `choices` are values of attributes (numbers, or keys of dictionary values), `texts` free texts by language,
    `forms` words that sound differently for this type. `only` narrows choices of one attribute by the value of
    another: `only.audience.women.shoe_size` are the shoe sizes made for women. `tint_by` names the attribute that
    colours the picture of goods that have no colour of their own.
    """

    key: str
    code: str
    gender: str
    series: str
    season: str
    colours: list[str]
    choices: dict[str, list[str]]
    names: Texts
    first: Texts
    second: Texts
    texts: dict[str, list[Texts]] = {}
    forms: dict[str, dict[str, Texts]] = {}
    only: dict[str, dict[str, dict[str, list[str]]]] = {}
    tint_by: str = ""


class DepartmentTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goods of one department have in common."""

    brands: list[str]
    countries: list[str]
    vat: str
    closings: list[Texts]
    type: list[TypeTexts]


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tech: list[str]
    home: list[Texts]
    kids: list[Texts]
    food: list[Texts]
    seasons: dict[str, tuple[int, ...]]


class Shades(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as #rrggbb; those of the colour dictionary come with the code used in offer ids."""

    colours: dict[str, tuple[str, str]]
    tints: dict[str, dict[str, str]]


def _toml(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def departments() -> dict[str, DepartmentTexts]:
    """By the key of the department in the starter catalogue."""
    folder = files(__package__) / "data"
    return {
        path.name.removesuffix(".toml"): msgspec.convert(_toml(path), DepartmentTexts)
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    }


@cache
def series() -> Series:
    return msgspec.convert(_toml(files(__package__) / "series.toml"), Series)


@cache
def shades() -> Shades:
    return msgspec.convert(_toml(files(__package__) / "shades.toml"), Shades)


@cache
def forms() -> dict[str, dict[str, Texts]]:
    """Words of dictionary values inside names, by attribute and value key."""
    return msgspec.convert(_toml(files(__package__) / "forms.toml"), dict[str, dict[str, Texts]])
