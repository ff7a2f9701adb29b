"""The numbers of the frame, menu and bell alike, asked in one statement and kept with the request."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sellerdesk.core import tally
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally

#: A number that is known already, one still to be asked for, or None for no number at all.
Count = Callable[[WebRequest], Tally | int | None]
#: Numbers that every page with a menu shows beside it, by name: asked in the same statement.
_beside: dict[str, Count] = {}


def register(name: str, count: Count) -> None:
    """At start-up (AppConfig.ready)."""
    _beside[name] = count


def of(request: WebRequest, counts: Mapping[str, Count], *, alone: bool = False) -> dict[str, int | None]:
    """The numbers by name. At most one statement, none for what this request has asked before.

    `alone` asks for nothing else, where no menu is drawn.
    """
    known: dict[str, int | None] = request.__dict__.setdefault("frame_counts", {})
    asked: dict[str, Tally] = {}
    for name, count in (counts if alone else {**counts, **_beside}).items():
        if name in known:
            continue
        found = count(request)
        if isinstance(found, Tally):
            asked[name] = found
        else:
            known[name] = found
    known.update(zip(asked, tally.ask(list(asked.values())), strict=True))
    return {name: known[name] for name in counts}
