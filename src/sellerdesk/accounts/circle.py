"""Who answers for the same shops as a person. Shops are a higher domain, so they tell it through here."""

from __future__ import annotations

from collections.abc import Callable

#: From a user id to the ids of the other owners of the shops this person works in.
Source = Callable[[int], frozenset[int]]
_source: list[Source] = []


def connect(source: Source) -> None:
    """Called once by the domain that knows shops, in AppConfig.ready."""
    _source[:] = [source]


def owners_beside(user_id: int) -> frozenset[int]:
    return _source[0](user_id) - {user_id} if _source else frozenset()
