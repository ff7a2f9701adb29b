"""From the headers of a request to the test shop whose market it may move: proved as by the Seller API."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpResponse

from sellerdesk.core import clock, limits, scope
from sellerdesk.core.errors import DomainError, LimitReached
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers import services as shops
from sellerdesk.sellers.errors import KeyUnknown
from sellerdesk.sellers.types import CallNote, KeyCaller, SellerRef
from sellerdesk.simulator.errors import KeyTooNarrow, LiveShop

# Keys that prove wrong, for one network address in a minute.
_WRONG, _A_MINUTE = 60, 60
_LONGEST_ID = 18


def answer(request: WebRequest, act: Callable[[SellerRef], HttpResponse]) -> HttpResponse:
    """Do something in the test shop whose key this is, and note the call in the key's log. Raises DomainError."""
    started, address = time.perf_counter(), request.origin().address
    text = request.headers.get("Client-Id", "")
    client_id = int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID else 0
    if client_id == 0:
        raise KeyUnknown()
    # From here on the database shows the shop that the caller claims to be.
    with scope.one_shop(client_id):
        caller = _caller(client_id, request.headers["Api-Key"], address, request.path)
        _may(caller, reading=request.method == "GET")
        response = act(caller.seller)
    shops.note_call(CallNote(
        caller.key_id, caller.seller.id, clock.real_now(), request.path, response.status_code, 0,
        round((time.perf_counter() - started) * 1000), address, getattr(request, "request_id", "")))
    return response


def _caller(client_id: int, api_key: str, address: str, path: str) -> KeyCaller:
    real_now = clock.real_now()
    try:
        caller = sellers.authenticate_key(client_id=client_id, api_key=api_key, address=address, real_now=real_now)
    except DomainError:
        verdict = limits.hit("market-key", address, limit=_WRONG, seconds=_A_MINUTE)
        if not verdict.allowed:
            raise LimitReached("too_many_attempts", retry_after_seconds=verdict.retry_after_seconds) from None
        raise
    shops.touch_key(caller=caller, address=address, method=path, real_now=real_now)
    return caller


def _may(caller: KeyCaller, *, reading: bool) -> None:
    if caller.seller.twin_of is None:
        raise LiveShop()
    writes = any(permissions.KEY_ROLES.get(role) for role in caller.roles)
    if not reading and (not writes or caller.warehouse_ids):
        raise KeyTooNarrow()
