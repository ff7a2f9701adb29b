"""The bell of the frame: whoever keeps notes for people says how many are unread and where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

#: How many unread notes the person looking has, None for people without a bell; at most one query.
Count = Callable[[HttpRequest], int | None]
#: More are not counted out.
MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Bell:
    href: str
    live_href: str
    count: int

    @property
    def shown(self) -> str:
        return f"{MOST_SHOWN}+" if self.count > MOST_SHOWN else str(self.count)


_bell: tuple[str, str, Count] | None = None


def register(url_name: str, live_name: str, count: Count) -> None:
    """At start-up (AppConfig.ready)."""
    global _bell
    _bell = (url_name, live_name, count)


def of(request: HttpRequest) -> Bell | None:
    if _bell is None:
        return None
    url_name, live_name, count = _bell
    unread = count(request)
    return None if unread is None else Bell(reverse(url_name), reverse(live_name), unread)
