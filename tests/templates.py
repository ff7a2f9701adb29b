"""A name in a template that the view does not give fails the test; Django would print nothing in its place.

Conditions (`{% if %}`, `{% firstof %}`) may ask for what is not there, and `default` says what is printed instead.
"""

from __future__ import annotations

import sys
from typing import Any


class NameMissing(AssertionError):
    """A template printed something that is not there."""


class _Strict(str):
    """Django puts the name into the text it shows for such a variable: that is where the test is told."""

    __slots__ = ()

    def __mod__(self, name: Any) -> str:
        here = sys._getframe(1).f_locals
        context, expression = here["context"], here["self"]
        if any(function.__name__ == "default" for function, _ in expression.filters):
            return _filtered(expression, context)
        template = getattr(context.render_context.template, "name", "")
        raise NameMissing(f"{template} prints {name}, which nobody gives it")


def _filtered(expression: Any, context: Any) -> Any:
    """What Django would print: the filters of nothing. It skips them where a text for missing names is set."""
    value: Any = ""
    for function, arguments in expression.filters:
        value = function(value, *(one.resolve(context) if named else one for named, one in arguments))
    return value


def install() -> None:
    from django.template import engines

    engines["django"].engine.string_if_invalid = _Strict("%s")  # type: ignore[attr-defined]
