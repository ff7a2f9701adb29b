"""Which product a picture's file name means: `SKU.jpg`, `OFFER-ID_2.png`, `4006381333931-1.webp`. Pure decisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

_NUMBERED = re.compile(r"^(.+?)[\s_.-]*[\s_.(-](\d{1,3})\)?$")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LIKELY = 70
# Signs that eyes and fingers take for one another.
_ALIKE = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class Known:
    """Products of a shop by what a file may be called after: name → product id."""

    offer_ids: Mapping[str, int] = field(default_factory=dict)
    skus: Mapping[str, int] = field(default_factory=dict)
    barcodes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The product meant, by which of its names, and the picture's place: 0 for the main one."""

    product_id: int
    by: str
    position: int


def base_name(path: str) -> str:
    """The last part of a path as any system writes it, for people to read: without control signs, at most 200 long."""
    name = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    return unicodedata.normalize("NFC", plain).strip()[-200:]


def readings(name: str) -> list[tuple[str, int]]:
    """What a file may be called after, with the place it would have, likeliest first.

    An offer id may itself end in a number, so the whole name comes before the name without its number.
    """
    stem = _ENDING.sub("", name).strip()
    numbered = _NUMBERED.match(stem)
    found = [(stem, 0)] if stem else []
    return [*found, (numbered[1], int(numbered[2]))] if numbered else found


def match(name: str, known: Known) -> Match | None:
    for text, position in readings(name):
        for by, ids in (("offer_id", known.offer_ids), ("sku", known.skus), ("barcode", known.barcodes)):
            if text in ids:
                return Match(ids[text], by, position)
    return None


def folded(offer_ids: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Offer ids without regard to case; those that two products share then are nobody's."""
    found: dict[str, set[int]] = {}
    for offer_id, product_id in offer_ids:
        found.setdefault(offer_id.casefold(), set()).add(product_id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def nearest(texts: Iterable[str], offer_ids: Sequence[str], limit: int = 3) -> dict[str, list[str]]:
    """For each text the offer ids that read most like it, best first; texts that are like none are left out."""
    plain = [_plain(offer_id) for offer_id in offer_ids]
    found = {text: process.extract(_plain(text), plain, scorer=fuzz.ratio, limit=limit, score_cutoff=_LIKELY)
             for text in texts}
    return {text: [offer_ids[at] for _said, _score, at in hits] for text, hits in found.items() if hits}


def _plain(text: str) -> str:
    return text.casefold().translate(_ALIKE)


def closest(name: str, offer_ids: Sequence[str], limit: int = 3) -> list[str]:
    """Offer ids that read most like the file's name, best first."""
    text = next((one for one, position in reversed(readings(name)) if one), "")
    found = process.extract(text, offer_ids, scorer=fuzz.ratio, processor=_plain, limit=limit,
                            score_cutoff=_LIKELY) if text else []
    return [offer_id for offer_id, _score, _at in found]
