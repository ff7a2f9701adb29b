"""Figures in articles: `{{kind[key].path|format}}` prints the dated rule in force, so that help never goes stale."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from sellerdesk.core import rules
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats

PLACE = re.compile(r"\{\{([a-z_]+\.[a-z_]+)(?:\[([^\]]*)\])?((?:\.[a-z_0-9]+)*)(?:\|([a-z]+)(?::([A-Z]{3}))?)?\}\}")
_MEBI = 1024 * 1024


def fill(text: str, now: datetime) -> str:
    """The text with the rules in force at `now`. Raises Unavailable `rule_missing`, KeyError for no such path."""
    def one(found: re.Match[str]) -> str:
        kind, key, path, form, unit = (part or "" for part in found.groups())
        return figure(kind, key, path, form, unit, now)

    return PLACE.sub(one, text)


def figure(kind: str, key: str, path: str, form: str, unit: str, now: datetime) -> str:
    value: Any = rules.get(kind, key, now).value
    for step in path.split(".")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    if form == "bp":
        return formats.percent(value / 100)
    if form == "money":
        return format_money(Money(value, unit), get_language() or "en")
    if form == "days":
        return formats.number(value // 24)
    if form == "mb":
        return formats.number(value // _MEBI)
    if form == "list":
        return ", ".join(str(one) for one in value)
    return formats.number(value) if isinstance(value, int) else str(value)
