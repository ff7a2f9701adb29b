"""How complete a card is, 0 to 100: pure arithmetic over what it holds. The same for lists, the editor and the API.

Four groups share the hundred points: pictures 30, required attributes 30, optional attributes 25, texts 15. Within a
group each condition has its own points; those of attributes are split evenly, so that a type without optional ones
has that group fulfilled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sellerdesk.catalog import customs

MEDIA, REQUIRED, OPTIONAL, TEXT = "media", "required", "optional", "text"
WEIGHTS = {MEDIA: 30, REQUIRED: 30, OPTIONAL: 25, TEXT: 15}
_PICTURES = (("images_1", 1, 14), ("images_3", 3, 9), ("images_5", 5, 7))
_NAME_WORDS, _DESCRIPTION_SIGNS = 3, 300
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a good card has. `points` is what it brings; `field` is where to mend it in the editor."""

    key: str
    points: float
    met: bool
    field: str
    attribute_id: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    weight: int
    conditions: tuple[Condition, ...]

    @property
    def points(self) -> float:
        return round(sum(one.points for one in self.conditions if one.met), 2) if self.conditions else self.weight

    @property
    def share(self) -> int:
        """How much of the group is reached, percent."""
        return round(self.points * 100 / self.weight)


@dataclass(frozen=True, slots=True)
class Score:
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        """Rounded down, so that 100 means that nothing is missing."""
        return int(sum(group.points for group in self.groups) + 1e-6)

    @property
    def missing(self) -> list[Condition]:
        """What is not met yet, the most rewarding first."""
        found = [one for group in self.groups for one in group.conditions if not one.met]
        return sorted(found, key=lambda one: -one.points)


def judge(*, name: str, description: str, names: Mapping[str, str], images: int, filled: Sequence[int],
          asked: Sequence[tuple[int, bool]]) -> Score:
    """Score a card. `filled` are the attributes that have a value, `asked` those its type knows: (id, required).

    Attributes that live in columns of the card (its type, its description) are to be left out of `asked`.
    """
    have = set(filled)
    asked = [one for one in asked if one[0] not in customs.ATTRIBUTES]
    texts = tuple(Condition(*each) for each in _texts(name, description, names))
    return Score((
        Group(MEDIA, WEIGHTS[MEDIA], tuple(
            Condition(key, points, images >= least, "images") for key, least, points in _PICTURES)),
        _attributes(REQUIRED, [key for key, required in asked if required], have),
        _attributes(OPTIONAL, [key for key, required in asked if not required], have),
        Group(TEXT, WEIGHTS[TEXT], texts)))


def total(*, name: str, description: str, names: Mapping[str, str], images: int, filled: Collection[int],
          required: frozenset[int], optional: frozenset[int]) -> int:
    """What `judge` would come to, for thousands of cards at a time: nothing but the number."""
    points = float(sum(points for _key, least, points in _PICTURES if images >= least))
    for key, asked in ((REQUIRED, required - customs.ATTRIBUTES), (OPTIONAL, optional - customs.ATTRIBUTES)):
        points += round(WEIGHTS[key] * len(asked.intersection(filled)) / len(asked), 2) if asked else WEIGHTS[key]
    points += sum(points for _key, points, met, _field in _texts(name, description, names) if met)
    return int(points + 1e-6)


def _texts(name: str, description: str, names: Mapping[str, str]) -> tuple[tuple[str, float, bool, str], ...]:
    """The conditions on texts: key, points, whether it is met, field."""
    described = len((_TAGS.sub("", description) if "<" in description else description).strip())
    return (("name_words", 4, len(name.split()) >= _NAME_WORDS or len(name) >= 4 * _NAME_WORDS, "name"),
            ("description", 4, described > 0, "description"),
            ("description_long", 4, described >= _DESCRIPTION_SIGNS, "description"),
            ("names", 3, any(names.values()), "name_en"))


def _attributes(key: str, asked: Sequence[int], have: set[int]) -> Group:
    each = WEIGHTS[key] / len(asked) if asked else 0.0
    return Group(key, WEIGHTS[key], tuple(
        Condition("attribute", each, one in have, f"attribute_{one}", one) for one in asked))
