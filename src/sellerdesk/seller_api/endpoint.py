"""One decorator for every method of the API: know the caller, count, parse, authorise, call, render, measure.

    @endpoint("/v3/product/list", request=GetProductListRequest, answer=GetProductListResponse, right="products:read")
    def product_list(call: Call, request: GetProductListRequest) -> GetProductListResponse: ...

The handler gets what was parsed and makes one call of a domain. It raises DomainError or ApiError to refuse.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
import structlog
from django.http import HttpResponse
from django.utils import translation
from limits import RateLimitItem
from prometheus_client import Histogram

from sellerdesk.core import clock, trouble
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.request import WebRequest
from sellerdesk.seller_api import auth, budget, errors, parsing, roles
from sellerdesk.seller_api.schemas.base import Answer, Request
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers import services as shops
from sellerdesk.sellers.types import CallNote, KeyCaller, SellerRef

log = structlog.get_logger(__name__)

BODY_LIMIT_BYTES = 10 * 1024 * 1024
#: The contract's default language, for sellers whose program does not ask for another one.
DEFAULT_LANGUAGE = "ru"

R = TypeVar("R", bound=Request)
_encode = msgspec.json.Encoder().encode
_seconds = Histogram(
    "sellerdesk_seller_api_seconds", "Time to answer, by method and HTTP status.", ["method", "status"]
)


@dataclass(frozen=True, slots=True)
class Call:
    """Everything a handler may want to know besides the request."""

    seller: SellerRef
    caller: KeyCaller
    actor: Actor
    now: datetime
    real_now: datetime
    language: str
    base_url: str
    accept: str


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is not JSON."""

    content: bytes
    content_type: str
    name: str


#: Every method, by path. `urls` puts them into the contract's order.
registered: dict[str, Endpoint[Any]] = {}


class Endpoint(Generic[R]):
    """A method of the API, usable as a Django view."""

    csrf_exempt = True

    def __init__(
        self,
        handler: Callable[[Call, R], Answer | File],
        *,
        path: str,
        request: type[R],
        answer: type[Answer],
        right: str,
        rate: RateLimitItem | None,
        file_type: str,
        deprecated: bool,
        method: str = "POST",
    ) -> None:
        if right not in roles.RIGHTS:
            raise ValueError(f"{path}: {right!r} is not a right of seller_api.roles")
        self.handler = handler
        self.path = path
        self.request = request
        self.answer = answer
        self.right = right
        self.rate = rate
        self.file_type = file_type
        self.deprecated = deprecated
        self.method = method
        self.access = ("key", right)
        self.__name__ = handler.__name__
        self.__qualname__ = handler.__qualname__
        self.__doc__ = handler.__doc__
        self.__module__ = handler.__module__
        if registered.setdefault(path, self) is not self:
            raise ValueError(f"{path} is defined twice")

    def __call__(self, request: WebRequest) -> HttpResponse:
        started, code = time.perf_counter(), 0
        headers: dict[str, str] = {"x-o3-trace-id": getattr(request, "request_id", "")}
        try:
            body: bytes | File = self._answer(request, headers)
            status = 200
        except DomainError as error:
            refusal = errors.from_domain(error)
            (body, status), code = _refused(refusal, headers), refusal.code
        except errors.ApiError as refusal:
            (body, status), code = _refused(refusal, headers), refusal.code
        except Exception:
            log.exception("seller_api.crashed", path=self.path)
            (body, status), code = _refused(errors.internal(), headers), errors.Code.INTERNAL
        response = _file_response(body) if isinstance(body, File) else _json_response(body, status)
        for name, value in headers.items():
            response[name] = value
        seconds = time.perf_counter() - started
        _seconds.labels(self.path, status).observe(seconds)
        self._note(request, status, int(code), seconds)
        return response

    def _note(self, request: WebRequest, status: int, code: int, seconds: float) -> None:
        """Into the key's log, where the key was proved."""
        key_id, seller_id = getattr(request, "api_key", (0, 0))
        if key_id:
            shops.note_call(CallNote(
                key_id, seller_id, clock.real_now(), self.path, status, code, round(seconds * 1000),
                auth.address_of(request), getattr(request, "request_id", "")))

    def _answer(self, request: WebRequest, headers: dict[str, str]) -> bytes | File:
        if request.method != self.method:
            raise errors.method_not_allowed()
        real_now = clock.real_now()
        caller = auth.caller_of(request, real_now)
        client = str(caller.seller.id)
        self._count(client, headers)
        if not roles.allows(caller.roles, self.right):
            raise errors.role_missing()
        if roles.writes(self.right) and not sellers.offer_signed(caller.seller, clock.now()):
            raise errors.offer_not_signed()
        parsed = parsing.parse(self.request, _body_of(request))
        call = Call(
            seller=caller.seller,
            caller=caller,
            actor=Actor.key(caller.key_id, caller.key_name, request_id=headers["x-o3-trace-id"]),
            now=clock.now(),
            real_now=real_now,
            language=_language_of(request),
            base_url=request.build_absolute_uri("/").rstrip("/"),
            accept=request.headers.get("Accept", ""),
        )
        hit = trouble.strike(caller.seller.id, self.path, real_now)
        if hit is not None:
            time.sleep(hit.seconds)
            if not hit.after:
                _refuse_as(hit)
        with translation.override(call.language):
            answer = self.handler(call, parsed)
        if hit is not None and hit.after:
            # The work is done; only the answer is lost, which is what a program must be ready for.
            _refuse_as(hit)
        return answer if isinstance(answer, File) else _encode(answer)

    def _count(self, client: str, headers: dict[str, str]) -> None:
        """Spend one request of the client's budget and of the method's own, where it has one."""
        for item, who in ((budget.CLIENT, client), (self.rate, client)):
            if item is None:
                continue
            spent = budget.spend(item, who)
            left = min(spent.remaining, int(headers.get("Ratelimit-Remaining", spent.remaining)))
            headers["Ratelimit-Remaining"] = str(left)
            if spent.retry_after:
                raise errors.too_many_requests(spent.retry_after)


def _refuse_as(hit: trouble.Hit) -> None:
    """Raises what made-up trouble of this kind looks like on the wire; a slow answer is only late."""
    if hit.kind == "rate_limit":
        raise errors.too_many_requests(1)
    if hit.kind == "unavailable":
        raise errors.ApiError(errors.Code.UNAVAILABLE, "Circle is open")
    if hit.kind == "internal":
        raise errors.internal()


def endpoint(
    path: str,
    *,
    request: type[R],
    answer: type[Answer],
    right: str,
    rate: RateLimitItem | None = None,
    file_type: str = "",
    deprecated: bool = False,
    method: str = "POST",
) -> Callable[[Callable[[Call, R], Answer | File]], Endpoint[R]]:
    """Make a method of the API from a handler. `right` is required: a method without one cannot be imported.

    `rate` is the method's own limit, besides the one over all methods. `file_type` names the content type of methods
    that answer with a file. `method` is GET for the few that take nothing.
    """

    def wrap(handler: Callable[[Call, R], Answer | File]) -> Endpoint[R]:
        return Endpoint(
            handler,
            path=path,
            request=request,
            answer=answer,
            right=right,
            rate=rate,
            file_type=file_type,
            deprecated=deprecated,
            method=method,
        )

    return wrap


def unknown_method(request: WebRequest) -> HttpResponse:
    """The answer to a path that is no method, whoever asks."""
    headers = {"x-o3-trace-id": getattr(request, "request_id", "")}
    body, status = _refused(errors.method_not_allowed(), headers)
    response = _json_response(body, status)
    response["x-o3-trace-id"] = headers["x-o3-trace-id"]
    return response


unknown_method.csrf_exempt = True  # type: ignore[attr-defined]
unknown_method.access = ("key", roles.ANY)  # type: ignore[attr-defined]


def _body_of(request: WebRequest) -> bytes:
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > BODY_LIMIT_BYTES:
        raise errors.body_too_large(size, BODY_LIMIT_BYTES)
    # Read past Django's own limit on form data, which would answer with a page.
    body = request.read(BODY_LIMIT_BYTES + 1)
    if len(body) > BODY_LIMIT_BYTES:
        raise errors.body_too_large(len(body), BODY_LIMIT_BYTES)
    if body and request.content_type != "application/json":
        raise errors.content_type_wrong()
    return body


def _language_of(request: WebRequest) -> str:
    if "Accept-Language" not in request.headers:
        return DEFAULT_LANGUAGE
    return translation.get_language_from_request(request)


def _refused(refusal: errors.ApiError, headers: dict[str, str]) -> tuple[bytes, int]:
    if refusal.retry_after:
        headers["Retry-After"] = str(refusal.retry_after)
    return refusal.body(), refusal.status


def _json_response(body: bytes | Any, status: int) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json")


def _file_response(file: File) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
