"""Notices above every page of the frame that a domain has for the person looking. Cheap: no queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sellerdesk.core.http.request import WebRequest


@dataclass(frozen=True, slots=True)
class Banner:
    """`links` are (label, address); `dismiss_url` takes a POST with `next` and makes the banner go away."""

    key: str
    text: Any
    tone: str = "info"
    links: tuple[tuple[Any, str], ...] = ()
    dismiss_url: str = ""
    dismiss_label: Any = ""
    #: How much is done, of `total`; a bar shows it where there is a total.
    done: int = 0
    total: int = 0


Source = Callable[[WebRequest], Banner | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def of(request: WebRequest) -> list[Banner]:
    return [banner for source in _sources if (banner := source(request))]
