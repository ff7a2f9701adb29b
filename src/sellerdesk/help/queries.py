"""Reading help: articles with today's figures, the article of a screen, searching, codes of refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext

from sellerdesk.help import harvest, markdown, searching, shelf
from sellerdesk.help.errors import ArticleUnknown
from sellerdesk.help.figures import fill
from sellerdesk.help.types import LANGUAGES, Article, ErrorCode, Hit

Wire = Callable[[str, str], tuple[int, int, str]]
_wires: list[Wire] = []
#: What a code is refused through, by the part of the program that gives it.
_DOORS: dict[str, tuple[str, ...]] = {
    "catalog": ("page", "sheet", "api"), "pricing": ("page", "sheet", "api"), "inventory": ("page", "sheet", "api"),
    "orders": ("page", "api"), "handover": ("page", "api"), "returns": ("page", "api"), "logistics": ("page", "api"),
    "finance": ("page", "api"), "sellers": ("page",), "accounts": ("page",), "core": ("page", "api"),
    "seller_api": ("api",), "simulator": ("page",), "console": ("page",), "analytics": ("page",), "config": ("page",),
}
#: Parts of domains above that only one door reaches.
_NARROW = (("sellers.services.keys", ("page", "api")), ("sellers.queries.keys", ("page", "api")), (".web", ("page",)))
DOORS = ("page", "sheet", "api")


def set_wire(describe: Wire) -> None:
    """Let the Seller API say how it spells a refusal: of code and kind makes HTTP status, gRPC code and message."""
    _wires[:] = [describe]


def article(key: str, language: str, now: datetime) -> Article:
    """An article with the rules in force. Raises ArticleUnknown."""
    found = shelf.article(key, language)
    return Article(found.key, found.section, found.language, found.title, found.words, fill(found.body, now))


def articles(language: str) -> list[Article]:
    return shelf.articles(language)


def of_screen(view_name: str) -> str:
    """Key of the article that explains a screen, empty for none."""
    return shelf.of_screen(view_name)


@lru_cache(maxsize=1)
def _index() -> searching.Index:
    return searching.Index(
        (one.key, {"title": one.title, "words": one.words, "body": markdown.plain(one.body)})
        for language in LANGUAGES for one in shelf.articles(language))


def search(query: str, most: int = 12) -> list[Hit]:
    """Articles that answer, in whatever language the query is; codes of refusals where one is named."""
    query = " ".join(query.split())[:200]
    if not query:
        return []
    hits = _index().find(query, most)
    code = next((one for one in error_codes() if one.lower() == query.lower()), "")
    return [Hit(code, 1000.0, "error"), *hits] if code else hits


# -- codes of refusals -------------------------------------------------------------------------------------------------


def error_codes() -> dict[str, ErrorCode]:
    """Every code that a refusal can carry."""
    return harvest.codes()


def error_code(code: str) -> ErrorCode:
    """One code, in whatever case it is written. Raises ArticleUnknown."""
    known = error_codes()
    found = known.get(code) or next((one for name, one in known.items() if name.lower() == code.lower()), None)
    if found is None:
        raise ArticleUnknown(code)
    return found


def error_texts(one: ErrorCode) -> list[str]:
    """What it says, in the active language; values stand as […]."""
    return [_without_values(gettext(text)) for text in one.messages]


def _without_values(text: str) -> str:
    parts = text.split("%(")
    return parts[0] + "".join("…" + part.partition(")")[2][1:] for part in parts[1:])


def doors(one: ErrorCode) -> tuple[str, ...]:
    """Through which doors it is met: page, sheet, api."""
    found: set[str] = set()
    for module in one.packages:
        narrow = next((given for sign, given in _NARROW if sign in module), None)
        found.update(narrow or _DOORS.get(module.split(".")[1], ("page",)))
    return tuple(door for door in DOORS if door in found)


def on_the_wire(one: ErrorCode) -> tuple[int, int, str] | None:
    """HTTP status, gRPC code and message in the Seller API; None where it does not give this refusal."""
    return _wires[0](one.code, one.kind) if _wires and "api" in doors(one) else None
