"""Risky acts ask for a proof that the person is still there, not only their browser.

What counts as a proof, and the pages that ask for it, are the accounts domain's; it connects itself here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from sellerdesk.core.http.access import View
from sellerdesk.core.http.request import WebRequest

#: Called with (request, minutes): None lets the request through, an answer leads to the page that asks.
Ask = Callable[[WebRequest, int], HttpResponse | None]
_ask: list[Ask] = []
#: Acts that decide who owns the account.
CRITICAL_MINUTES = 5


def connect(ask: Ask) -> None:
    """Called once, in AppConfig.ready of the domain that knows people."""
    _ask[:] = [ask]


def fresh_proof(minutes: int = 15, *, reading: bool = False) -> Callable[[View], View]:
    """Under one of the access marks: this act needs a sign-in or a proof at most this many minutes old.

    Pages that only read are let through, except with `reading`: for those that show what must stay secret, and for
    forms that nobody should fill in before being asked. What was sent is done after the proof, without typing again;
    forms with passwords are the exception, they are shown again.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if reading or request.method not in ("GET", "HEAD", "OPTIONS"):
                answer = _ask[0](request, minutes)
                if answer is not None:
                    return answer
            return view(request, *args, **kwargs)

        guarded.fresh_minutes = minutes  # type: ignore[attr-defined]
        return guarded

    return mark
