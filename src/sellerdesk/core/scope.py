"""Whose rows the database shows: of one shop, of no shop, or of all.

PostgreSQL keeps to it by policies on every table with rows of shops (decision 0009); SQLite has none and only the
queries themselves hold there. Nothing is said until an entrance says it, and then nothing is shown: pages say it in
`ScopeMiddleware` and `ShopMiddleware`, the API in its endpoint, worker and market in their loops, commands in `cli`.

    with scope.one_shop(seller.id): ...        # and what belongs to no shop
    @scope.across_shops()                      # a function that must look further, with a reason beside it

A generator runs in the scope of whoever reads it, so mark functions that return lists. A new thread starts with none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NOTHING, _NO_SHOP, _ALL = "", "0", "all"
_current: ContextVar[str] = ContextVar("database_scope", default=_NOTHING)


@contextmanager
def one_shop(seller_id: int) -> Iterator[None]:
    """Rows of this shop and rows that belong to no shop."""
    with _held(_of(seller_id)):
        yield


@contextmanager
def no_shop() -> Iterator[None]:
    """Only rows that belong to no shop: guests, and people before they have chosen one."""
    with _held(_NO_SHOP):
        yield


@contextmanager
def across_shops() -> Iterator[None]:
    """Rows of all shops. For operators, the worker and the market, and for the few questions that ask about others."""
    with _held(_ALL):
        yield


def narrow(seller_id: int) -> None:
    """From now on this shop, until the enclosing scope ends. For middlewares, which have no block of their own."""
    _current.set(_of(seller_id))


def shop() -> int | None:
    """The one shop that is seen; None where it is none or many."""
    said = _current.get()
    return int(said) if said.isdigit() and said != _NO_SHOP else None


def spelled() -> str:
    """As the policies of the database read it."""
    return _current.get()


@contextmanager
def _held(value: str) -> Iterator[None]:
    before = _current.get()
    _current.set(value)
    try:
        yield
    finally:
        # Not by token: a middleware may have narrowed it meanwhile.
        _current.set(before)


def _of(seller_id: int) -> str:
    if seller_id <= 0:
        raise ValueError(f"{seller_id} is no shop")
    return str(seller_id)
