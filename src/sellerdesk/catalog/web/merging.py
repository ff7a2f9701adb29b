"""Two people, one card: what each changed since the editor was opened, and what must be asked.

The form carries what it showed when it was opened (`base`). A field that only one of the two changed takes that
change; only where both changed the same field to different values somebody has to choose. Plain functions over
field → texts; a price counts like any other field, although it does not move the card's version.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

Values = Mapping[str, list[str]]
_LONGEST = 200_000
#: Fields of the form that say nothing about the card.
TECHNICAL = frozenset({"csrfmiddlewaretoken", "version", "base", "new_images", "new_documents", "merge"})
_CHOICE = "choose_"


@dataclass(frozen=True, slots=True)
class Merged:
    """`fields` is the form as it may be saved; `conflicts` name what both changed and nobody has decided yet."""

    fields: dict[str, list[str]]
    conflicts: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def pack(fields: Values) -> str:
    """What a form showed, for its hidden field."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(dict(fields)), 6)).decode()


def unpack(text: str) -> dict[str, list[str]]:
    """What `pack` packed; empty for anything else."""
    try:
        engine = zlib.decompressobj()
        return msgspec.json.decode(engine.decompress(base64.b64decode(text, validate=True), _LONGEST),
                                   type=dict[str, list[str]])
    except (binascii.Error, zlib.error, msgspec.DecodeError, ValueError):
        return {}


def merge(base: Values, theirs: Values, mine: Values) -> Merged:
    """Three ways into one. `mine` may hold choices (`choose_<field>`: mine or theirs) made on an earlier page."""
    made: dict[str, list[str]] = {}
    open_: list[str] = []
    taken: list[str] = []
    kept: list[str] = []
    for name in _names(base, theirs, mine):
        old, their, own = (_plain(side.get(name)) for side in (base, theirs, mine))
        choice = next(iter(mine.get(_CHOICE + name, ())), "")
        if own == their:
            made[name] = list(mine.get(name, ()))
        elif own == old:
            made[name] = list(theirs.get(name, ()))
            taken.append(name)
        elif their == old or choice == "mine":
            made[name] = list(mine.get(name, ()))
            kept.append(name)
        elif choice == "theirs":
            made[name] = list(theirs.get(name, ()))
            taken.append(name)
        else:
            made[name] = list(mine.get(name, ()))
            open_.append(name)
    return Merged(made, tuple(open_), tuple(taken), tuple(kept))


def _names(*sides: Values) -> Iterable[str]:
    return dict.fromkeys(name for side in sides for name in side
                         if name not in TECHNICAL and not name.startswith(_CHOICE))


def _plain(values: list[str] | None) -> list[str]:
    """Texts as they are compared: line ends and outer spaces do not matter, and nothing is like an empty text."""
    return [text for value in values or () if (text := value.replace("\r\n", "\n").strip())]
