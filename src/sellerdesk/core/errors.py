"""What can be refused, in six kinds. No HTTP here: each door maps kinds to its own answers.

A domain subclasses a kind or raises one directly, with a stable `code`, a translated `message` with named
placeholders, and the `data` that fills them. `field` names the offending input, `fields` carries several at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one input: where, which rule, what to do, and the value as given."""

    field: str
    code: str
    message: Any
    value: str = ""
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        return fill(self.message, self.data)


def fill(message: Any, data: Mapping[str, Any]) -> str:
    text = str(message)
    return text % data if data and "%(" in text else text


class DomainError(Exception):
    """Base of all expected refusals. Never logged as a crash."""

    kind = "error"
    code = "error"
    message: Any = _("This cannot be done.")

    def __init__(
        self,
        code: str | None = None,
        message: Any = None,
        *,
        field: str = "",
        data: Mapping[str, Any] | None = None,
        fields: Iterable[FieldError] = (),
    ) -> None:
        self.code = code or self.code
        self._message = message if message is not None else self.message
        self.field = field
        self.data = dict(data or {})
        self.fields = list(fields)
        if not self.fields and field:
            self.fields = [FieldError(field, self.code, self._message, str(self.data.get("value", "")), self.data)]
        super().__init__(self.code)

    @property
    def text(self) -> str:
        """The message in the active language."""
        return fill(self._message, self.data)

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Invalid(DomainError):
    """The input breaks a rule."""

    kind = "invalid"
    code = "invalid"
    message = _("Some values need a correction.")

    @classmethod
    def many(cls, fields: Iterable[FieldError]) -> Invalid:
        return cls("invalid", fields=fields)


class NotFound(DomainError):
    """It does not exist, or not for this caller, which must look the same."""

    kind = "not_found"
    code = "not_found"
    message = _("There is nothing here, or it belongs to someone else.")


class Forbidden(DomainError):
    """The caller is known and lacks the right."""

    kind = "forbidden"
    code = "forbidden"
    message = _("You do not have the right to do this.")


class Conflict(DomainError):
    """Someone was faster, or the thing is in another state than the act needs."""

    kind = "conflict"
    code = "conflict"
    message = _("Someone else changed this a moment ago. Look at the new state and try again.")


class LimitReached(DomainError):
    """A limit on how much or how often. `retry_after_seconds` tells when to come back."""

    kind = "limit"
    code = "limit_reached"
    message = _("Too many attempts. Try again in %(seconds)s s.")

    def __init__(self, code: str | None = None, message: Any = None, *, retry_after_seconds: int = 1, **rest: Any):
        data = {"seconds": retry_after_seconds, **(rest.pop("data", None) or {})}
        super().__init__(code, message, data=data, **rest)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(DomainError):
    """Something we depend on is away for the moment."""

    kind = "unavailable"
    code = "unavailable"
    message = _("This is not available at the moment. Try again in a minute.")
