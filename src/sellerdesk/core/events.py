"""What can have happened. Each event type brings its sentence and its link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class EventType:
    """`name` is domain.thing.past_tense. `sentence` is a translated text with placeholders filled from the row's data,
    `target` and `actor`. `link` makes an address from the row, or None."""

    name: str
    sentence: Any
    link: Callable[[Any], str | None] | None = None
    #: Words of values that are kept as codes, by the name of their placeholder.
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)


_known: dict[str, EventType] = {}


def register(*types: EventType) -> None:
    for event in types:
        if event.name in _known and _known[event.name] is not event:
            raise ValueError(f"event {event.name} is declared twice")
        _known[event.name] = event


def get(name: str) -> EventType:
    return _known[name]


def known() -> dict[str, EventType]:
    return dict(_known)
