"""The tables that the engine reads, and what may stand in them.

Each table is the value of one dated rule of the kind `catalog.screening`, under one of these keys:

- `words.<language>`: {"block": [...], "look": [...], "policy": key}. Words in `look` let a person decide.
- `contacts`: {"kinds": [...], "policy": key}.
- `images`: {"min_count": 0, "level": "warn", "policy": key}.
- `goods.<name>`: who is meant (categories, types, brands, words; schemes, routes; `unless`) and what holds for them
  (level, papers, attributes), see `GoodsRule`.
- `calendar`: {"holidays": ["01-07", "2026-12-31"]}: days of every year and single ones that are no working days. The
  engine does not read it; the term of an answer does.
- `review`: which accepted cards a person looks at, see services.moderation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

LEVELS = ("block", "needs_document", "warn")
SCHEMES = ("fbs", "rfbs", "fbo")
ROUTES = ("domestic", "cross_border")
LANGUAGES = ("en", "ru", "zh-hans")
#: Kinds of papers that rules ask for and sellers hand in.
PAPER_KINDS = ("declaration", "certificate", "state_registration", "refusal_letter", "quality", "brand")
CONTACT_KINDS = ("email", "address", "handle", "phone")
#: Everything the engine can find, by code.
CODES = ("stop_word", "word_to_look_at", "contact_in_text", "goods_banned", "goods_attribute_needed",
         "goods_paper_needed", "goods_remark", "too_few_images")
_GOODS_LISTS = {"categories": int, "types": int, "brands": int, "attributes": int, "words": str, "papers": str,
                "schemes": str, "routes": str}


@dataclass(frozen=True, slots=True)
class GoodsRule:
    """A condition on goods. An empty list narrows nothing; `unless_*` take goods out again."""

    key: str
    rule_id: int
    level: str
    policy: str
    categories: frozenset[int]
    types: frozenset[int]
    brands: frozenset[int]
    words: tuple[str, ...]
    schemes: frozenset[str]
    routes: frozenset[str]
    papers: tuple[str, ...]
    attributes: tuple[int, ...]
    unless_categories: frozenset[int]
    unless_types: frozenset[int]


def goods_rule(key: str, rule_id: int, value: Mapping[str, Any]) -> GoodsRule:
    """A rule as stored, ready for the engine."""
    unless = value.get("unless", {})
    return GoodsRule(
        key, rule_id, value["level"], value.get("policy", ""), frozenset(value.get("categories", ())),
        frozenset(value.get("types", ())), frozenset(value.get("brands", ())), tuple(value.get("words", ())),
        frozenset(value.get("schemes", ())), frozenset(value.get("routes", ())), tuple(value.get("papers", ())),
        tuple(value.get("attributes", ())), frozenset(unless.get("categories", ())),
        frozenset(unless.get("types", ())))


def faults(key: str, value: Any) -> list[tuple[str, str]]:
    """What is wrong with a table, as (field, code) pairs; empty when the engine can read it."""
    if not isinstance(value, dict):
        return [("value", "not_an_object")]
    if key.startswith("words."):
        return _list_faults(value, {"block": str, "look": str})
    if key == "contacts":
        wrong = _list_faults(value, {"kinds": str})
        return wrong or [("kinds", "unknown_word") for one in value.get("kinds", ()) if one not in CONTACT_KINDS][:1]
    if key == "images":
        count = value.get("min_count")
        return [] if isinstance(count, int) and 0 <= count <= 30 else [("min_count", "number_expected")]
    if key == "calendar":
        return _list_faults(value, {"holidays": str}) or [
            ("holidays", "day_expected") for one in value.get("holidays", ()) if not _is_day(one)][:1]
    if key.startswith("goods."):
        return _goods_faults(value)
    return []


def _is_day(text: str) -> bool:
    """A day as 2026-12-31, or one of every year as 12-31."""
    try:
        # 2024 had a 29 February.
        return date.fromisoformat(text if len(text) > 5 else f"2024-{text}").isoformat().endswith(text)
    except ValueError:
        return False


def _list_faults(value: Mapping[str, Any], lists: Mapping[str, type]) -> list[tuple[str, str]]:
    return [(name, "list_expected") for name, kind in lists.items()
            if not isinstance(value.get(name, []), list) or any(type(one) is not kind for one in value.get(name, []))]


def _goods_faults(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    wrong = _list_faults(value, _GOODS_LISTS)
    if wrong:
        return wrong
    if value.get("level") not in LEVELS:
        wrong.append(("level", "unknown_word"))
    for name, words in (("schemes", SCHEMES), ("routes", ROUTES), ("papers", PAPER_KINDS)):
        if set(value.get(name, ())) - set(words):
            wrong.append((name, "unknown_word"))
    if value.get("level") == "needs_document" and not value.get("papers"):
        wrong.append(("papers", "needed"))
    if not any(value.get(name) for name in ("categories", "types", "brands", "words")):
        wrong.append(("categories", "nothing_meant"))
    return wrong
