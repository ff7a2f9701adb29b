"""Who acts, on whose behalf and through what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["user", "operator", "key", "buyer", "courier", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Written into every activity row.

    `via_kind`/`via_id` name the session, API key or job through which the act came; `request_id` ties it to the log.
    """

    kind: Kind
    id: str
    label: str
    on_behalf_of: str = ""
    via_kind: str = ""
    via_id: str = ""
    request_id: str = ""

    @classmethod
    def user(cls, user_id: int, label: str, *, session: str = "", request_id: str = "") -> Actor:
        # Only the first characters of a session key are kept: enough to tell sessions apart, useless to a thief.
        return cls("user", str(user_id), label, via_kind="session", via_id=session[:8], request_id=request_id)

    @classmethod
    def operator(cls, user_id: int, label: str, *, session: str = "", request_id: str = "") -> Actor:
        return cls("operator", str(user_id), label, via_kind="session", via_id=session[:8], request_id=request_id)

    @classmethod
    def key(cls, key_id: int, label: str, *, request_id: str = "") -> Actor:
        return cls("key", str(key_id), label, via_kind="key", via_id=str(key_id), request_id=request_id)

    @classmethod
    def system(cls, name: str) -> Actor:
        return cls("system", name, name)

    @classmethod
    def buyer(cls, label: str) -> Actor:
        return cls("buyer", label, label)

    @classmethod
    def courier(cls, label: str) -> Actor:
        return cls("courier", label, label)
