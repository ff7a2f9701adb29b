"""What every page's frame needs: navigation, shops, language, theme, clock. Computed only where a template asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import banners, bell, formats, nav

# Each language is named in itself, so that people find theirs whatever the page is in.
LANGUAGE_NAMES = (("zh-hans", "中文", "zh-Hans"), ("ru", "Русский", "ru"), ("en", "English", "en"))
THEMES = ("light", "dark", "auto")


_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def official_host() -> str:
    """Host, and port where it is not the usual one, under which this installation is meant to be reached."""
    return urlsplit(settings.SITE_URL).netloc


def same_place(host: str) -> bool:
    """Whether a host is the official one. The names of one's own machine count as the same."""
    def parts(text: str) -> tuple[str, str]:
        name, _colon, port = text.rpartition(":") if text.rpartition(":")[2].isdigit() else (text, "", "")
        return ("localhost" if name in _LOOPBACK else name.lower(), port)

    return parts(host) == parts(official_host())


class Shell:
    """Lazy properties for ``core/shell.html`` and ``core/auth.html``."""

    def __init__(self, request: WebRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def initials(self) -> str:
        label = str(self.person or "")
        words = [word for word in label.replace("@", " ").replace(".", " ").split() if word]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def seller(self) -> Any:
        return getattr(self.request, "seller", None)

    @property
    def in_twin(self) -> bool:
        """Whether the page is about a test shop, in which nothing is real."""
        return getattr(self.seller, "twin_of", None) is not None

    @property
    def shops(self) -> list[Any]:
        return list(getattr(self.request, "shops", None) or [])

    @cached_property
    def account_sections(self) -> list[nav.Section]:
        return nav.sections(self.request, "account")

    @property
    def official_host(self) -> str:
        return official_host()

    @property
    def at_official_host(self) -> bool:
        return same_place(self.request.get_host())

    @cached_property
    def bell(self) -> bell.Bell | None:
        return bell.of(self.request) if self.person else None

    @property
    def banners(self) -> list[banners.Banner]:
        return banners.of(self.request) if self.person else []

    @property
    def languages(self) -> list[tuple[str, str, str, bool]]:
        now = get_language() or "en"
        return [(code, name, tag, code == now) for code, name, tag in LANGUAGE_NAMES]

    @property
    def language_name(self) -> str:
        return next((name for code, name, _tag, active in self.languages if active), "English")

    @property
    def html_language(self) -> str:
        return formats.html_language()

    @cached_property
    def theme(self) -> str:
        """``light``, ``dark`` or ``auto``: the person's own, else this browser's."""
        own = getattr(self.person, "theme", "") or self.request.COOKIES.get("theme", "")
        return own if own in THEMES else "auto"

    @property
    def demo(self) -> bool:
        return bool(getattr(settings, "DEMO", False))

    @cached_property
    def clock(self) -> clock.State | None:
        state = clock.state()
        return state if state.virtual else None

    @property
    def time_zone(self) -> str:
        """The reader's zone, for the clock that the script keeps running."""
        return get_current_timezone_name()

    @property
    def market_now(self) -> Any:
        return clock.now()


def shell(request: WebRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
