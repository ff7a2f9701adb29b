"""The bell of the frame: whoever keeps notes for people says how many are unread and where they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import counting

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


_NAME = "bell"
_bell: tuple[str, str, counting.Count] | None = None


def register(url_name: str, live_name: str, count: counting.Count) -> None:
    """At start-up (AppConfig.ready). `count`: unread notes of the person looking, None for people without a bell."""
    global _bell
    counting.register(_NAME, count)
    _bell = (url_name, live_name, count)


def of(request: WebRequest) -> Bell | None:
    if _bell is None:
        return None
    url_name, live_name, count = _bell
    unread = counting.of(request, {_NAME: count}, alone=True)[_NAME]
    return None if unread is None else Bell(reverse(url_name), reverse(live_name), unread)
