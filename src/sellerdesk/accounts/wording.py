"""Events of an account in words of the active language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sellerdesk.accounts.events_security import EXPORTS, KINDS, METHODS, REASONS
from sellerdesk.core.ui import formats


class _Values(dict):
    """Erased or missing details read as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(kind: str, detail: Mapping[str, Any]) -> str:
    """What happened; for a kind that a later version no longer knows, its name."""
    spec = KINDS.get(kind)
    if spec is None:
        return kind
    values = _Values({key: value for key, value in detail.items() if value not in (None, "")})
    if "method" in values:
        values["method"] = " + ".join(str(METHODS.get(part, part)) for part in str(values["method"]).split("+"))
    if "reason" in values:
        values["reason"] = REASONS.get(values["reason"], values["reason"])
    if "what" in values:
        values["what"] = EXPORTS.get(values["what"], values["what"])
    if "event" in values:
        values["event"] = sentence(values["event"], detail.get("event_detail") or {})
    if "day" in values:
        values["day"] = formats.day(date.fromisoformat(str(values["day"])[:10]))
    return str(spec.sentence) % values
