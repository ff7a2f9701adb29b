"""Every address of the program with something real in its place, for tests that walk all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^)]*\)")
#: What stands for a parameter that nothing real was given for: well-formed, and nobody's.
NOTHING = "987654"


class Address(NamedTuple):
    path: str
    route: str
    view: Callable[..., Any]

    @property
    def name(self) -> str:
        return f"{self.view.__module__}.{getattr(self.view, '__name__', type(self.view).__name__)}"

    @property
    def is_api(self) -> bool:
        return ".seller_api." in self.view.__module__


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """(address as written, view) in the order in which Django looks; an address may occur twice."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        text = str(pattern.pattern)
        if not isinstance(pattern.pattern, RoutePattern):
            text = text.removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + text)
        elif isinstance(pattern, URLPattern):
            yield prefix + text, pattern.callback


def every(values: dict[str, Any] | None = None) -> list[Address]:
    """All addresses, `values` in place of the parameters of that name."""
    known = values or {}

    def real(found: re.Match[str]) -> str:
        value = str(known.get(found["name"], NOTHING))
        return NOTHING if found.groupdict().get("kind") == "int" and not value.isdigit() else value

    made: dict[str, Address] = {}
    for route, view in routes():
        path = "/" + _PARAMETER.sub(real, _GROUP.sub(real, route)).replace("(?:.*/)?", "")
        path = path.replace(r"v\d+/", "v9/nothing")
        # The first one stands before the others.
        made.setdefault(path, Address(path, route, view))
    return list(made.values())
