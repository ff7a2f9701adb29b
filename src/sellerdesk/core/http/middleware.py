"""Request ids, and the one mapping from kinds of refusal to pages."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpResponse
from uuid_utils import uuid7

from sellerdesk.core import scope
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.answers import refuse
from sellerdesk.core.http.quiet import is_quiet
from sellerdesk.core.http.request import WebRequest

log = structlog.get_logger(__name__)
_GIVEN_ID = re.compile(r"^[A-Za-z0-9_-]{8,40}$")
#: What pages may ask of the machine: nothing but the person's own passkeys and the clipboard.
PERMISSIONS = ("camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), "
                "display-capture=(), publickey-credentials-get=(self), publickey-credentials-create=(self), "
                "clipboard-write=(self)")
_QUIET = ("/healthz", "/readyz", "/static/", "/session/state/")


def allow_camera(response: HttpResponse) -> None:
    """Let this page alone ask for the camera."""
    response["Permissions-Policy"] = PERMISSIONS.replace("camera=()", "camera=(self)")


class RequestIdMiddleware:
    """Gives each request an id, binds it to the log, and logs one line per request. Stands outermost, so that what it
    adds is on every answer."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if _GIVEN_ID.match(given) else uuid7().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        # A page may open the camera for itself, see allow_camera.
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not request.path.startswith(_QUIET):
            log.info("request", method=request.method, path=request.path, status=response.status_code,
                     ms=round((time.perf_counter() - started) * 1000, 1))
        return response


class ScopeMiddleware:
    """A request begins without any shop; whoever finds out more says so. Nothing of it outlives the request."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        with scope.no_shop():
            return self.get_response(request)


class DomainErrorMiddleware:
    """Turns an expected refusal that a view let through into a translated page, fragment or toast."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        response = self.get_response(request)
        user = None if is_quiet(request) else getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            # Anything a signed-in person sees is private; a shared computer's back button must not show it.
            response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: WebRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            log.info("refused", kind=error.kind, code=error.code)
            return refuse(request, error)
        return None
