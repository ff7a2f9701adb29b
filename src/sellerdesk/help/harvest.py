"""Every code that a refusal can carry, read from the program itself, so that no page of help can be forgotten.

Classes of refusals are asked for code, kind and message. Codes given where a refusal is raised (a kind, called with
code and text; a `FieldError`) and tables of wordings in `errors.py` are read from the syntax tree, once in the life of
a process.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import sellerdesk
from sellerdesk.core import errors
from sellerdesk.help.types import ErrorCode

_ROOT = Path(sellerdesk.__file__).parent
KINDS = {kind.__name__: kind.kind for kind in (errors.Invalid, errors.NotFound, errors.Forbidden, errors.Conflict,
                                               errors.LimitReached, errors.Unavailable)}
_TRANSLATED = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
_SIGNS = (*(f"{name}(" for name in KINDS), "FieldError(")


@dataclass(slots=True)
class _Found:
    kind: str
    messages: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    meaning: str = ""

    def add(self, message: str, package: str, meaning: str = "") -> None:
        if message and message not in self.messages:
            self.messages.append(message)
        if package not in self.packages:
            self.packages.append(package)
        self.meaning = self.meaning or meaning


@lru_cache(maxsize=1)
def codes() -> dict[str, ErrorCode]:
    """All codes in the order of the alphabet. The first call reads the program's files, which takes a second or two."""
    found: dict[str, _Found] = {}

    def note(code: str, kind: str, message: str, package: str, meaning: str = "") -> None:
        if code and code.replace("_", "").replace("-", "").isalnum() and code not in ("error",):
            found.setdefault(code, _Found(kind)).add(message, package, meaning)

    for one in _classes(errors.DomainError):
        note(one.code, one.kind, _wording(one.message), one.__module__, _first_line(one))
    for package, tree in _trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name in KINDS and call.args:
                note(_text(call.args[0]), KINDS[name], _message(call.args[1:]), package)
            elif name == "FieldError" and len(call.args) > 1:
                note(_text(call.args[1]), "invalid", _message(call.args[2:]), package)
        if package.rpartition(".")[2].startswith("errors"):
            # Tables of a domain's wordings by code.
            for table in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
                for key, value in zip(table.keys, table.values, strict=True):
                    if key is not None and (wording := _message([value])):
                        note(_text(key), "invalid", wording, package)
    return {code: ErrorCode(code, one.kind, tuple(one.messages), tuple(one.packages), one.meaning)
            for code, one in sorted(found.items(), key=lambda pair: pair[0].lower())}


def _classes(base: type[errors.DomainError]) -> Iterator[type[errors.DomainError]]:
    yield base
    for one in base.__subclasses__():
        yield from _classes(one)


def _wording(message: object) -> str:
    """The text that a lazy translation was made of; a plain text as it is."""
    if isinstance(message, str):
        return message
    made = message.__reduce__()[1]
    texts = made[1] if len(made) > 1 else ()
    return next((text for text in texts if isinstance(text, str)), "")


def _first_line(one: type) -> str:
    """What the class says about itself, where it says something of its own."""
    own = one.__dict__.get("__doc__")
    return inspect.cleandoc(own).split("\n\n")[0].replace("\n", " ") if own else ""


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(_ROOT.rglob("*.py")):
        parts = path.relative_to(_ROOT).parts
        if "tests" in parts or "migrations" in parts:
            continue
        text = path.read_text(encoding="utf-8")
        if parts[-1].startswith("errors") or any(sign in text for sign in _SIGNS):
            yield ".".join(("sellerdesk", *parts))[:-3], ast.parse(text)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _message(nodes: list[ast.expr]) -> str:
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TRANSLATED and node.args:
            return _text(node.args[0])
    return ""
