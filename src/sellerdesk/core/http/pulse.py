"""What makes hundreds of open tabs cheap: a tab that heard "nothing new" is told so again without asking anybody.

Open pages ask every few seconds for their living parts. Such an answer of 204 carries a seal: this part of this
session, for this shop, was true up to this act. While the shop's acts stand there, the next question is answered from
the process's memory, which itself asks the database once a second for all shops at once. A seal says nothing and lets
nobody in: whoever holds one learns that nothing happened.

Seals live `_LIFE_SECONDS`, for what falls due by time alone. None is given while an act is younger than
`_SETTLE_SECONDS`: workers may still be drawing what follows from it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from sellerdesk.core import scope
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.models import Activity

HEADER = "X-Pulse"
_FRESH_SECONDS, _SETTLE_SECONDS, _LIFE_SECONDS = 1.0, 8.0, 30.0
#: Transactions may end in another order than their numbers: how far back is looked for late ones.
_LATE = 300
_MOST = 20_000


class _Acts:
    """The newest act of each shop, as this process knows it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._run = secrets.token_hex(4)
        self._began = time.monotonic()
        self._asked = float("-inf")
        self._known: set[int] | None = None
        self._newest = 0
        self._of: dict[int, tuple[int, float]] = {}

    def of(self, seller_id: int) -> tuple[str, bool]:
        """What stands for the shop's acts so far, and whether all that follows from them is done."""
        with self._lock:
            if time.monotonic() - self._asked > _FRESH_SECONDS:
                self._ask()
            act, heard = self._of.get(seller_id, (0, self._began))
            return f"{self._run}-{act}", time.monotonic() - heard > _SETTLE_SECONDS

    @scope.across_shops()  # one reading serves every shop
    def _ask(self) -> None:
        """Two short queries by the primary key."""
        newest = Activity.objects.order_by("-id").values_list("id", flat=True).first() or 0
        if not self._newest <= newest <= self._newest + _MOST:
            # Begun anew, or out of touch for so long that reading all of it would cost more than it saves.
            self.forget()
        found = dict(Activity.objects.filter(id__gt=min(self._newest or newest, newest) - _LATE).values_list(
            "id", "seller_id"))
        self._asked = time.monotonic()
        for id_ in found.keys() - (found if self._known is None else self._known):
            self._of[found[id_] or 0] = (id_, self._asked)
        self._known, self._newest = set(found), newest


_acts = _Acts()


def forget() -> None:
    """Know nothing anew. For tests."""
    _acts.forget()


def nothing_new(request: WebRequest) -> HttpResponse:
    """The answer to an open page whose part says the same as before: 204, sealed where that will hold for a while.

    The view must have looked at what only acts of this shop, or time, can change.
    """
    answer = HttpResponse(status=204)
    seller = getattr(request, "seller", None)
    if seller is not None and "X-Poll" in request.headers:
        # Of an act that came while the view looked it is known that it is young.
        stand, settled = _acts.of(seller.id)
        if settled:
            until = str(int(time.time() + _LIFE_SECONDS))
            answer[HEADER] = ".".join((str(seller.id), stand, until, _seal(request, str(seller.id), stand, until)))
    return answer


def _seal(request: WebRequest, seller_id: str, stand: str, until: str) -> str:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    said = "\n".join((session, request.get_full_path(), seller_id, stand, until))
    return salted_hmac("pulse", said, algorithm="sha256").hexdigest()


def _holds(request: WebRequest, given: str) -> bool:
    parts = given.split(".")
    # Only what we have sealed ourselves is read any further.
    if len(parts) != 4 or not constant_time_compare(parts[3], _seal(request, *parts[:3])):
        return False
    seller_id, stand, until, _sealed = parts
    return int(until) >= time.time() and _acts.of(int(seller_id))[0] == stand


class PulseMiddleware:
    """Answers what a seal covers, before session and shop are read. Stands behind what puts headers on every answer."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        if request.method == "GET" and "X-Poll" in request.headers:
            given = request.headers.get(HEADER, "")
            if given and _holds(request, given):
                answer = HttpResponse(status=204)
                answer[HEADER], answer["Cache-Control"] = given, "no-store"
                return answer
        return self.get_response(request)
