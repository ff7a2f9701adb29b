"""The registry of offer parts. Higher domains register theirs in AppConfig.ready; the catalogue never imports them."""

from __future__ import annotations

from sellerdesk.catalog.types import OfferPart

_parts: dict[str, OfferPart] = {}


def register(part: OfferPart) -> None:
    """Make a part known; the same name again replaces it (a reloaded process)."""
    _parts[part.name] = part


def registered() -> list[OfferPart]:
    """All parts, price before stock, as people read an offer."""
    return sorted(_parts.values(), key=lambda part: part.name)


def get(name: str) -> OfferPart | None:
    return _parts.get(name)


def condition(name: str) -> str:
    """The SQL of a named condition, or one that is never true while no part knows it."""
    for part in _parts.values():
        found = part.conditions().get(name)
        if found:
            return found
    return "(1 = 0)"
