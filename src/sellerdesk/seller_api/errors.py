"""The one table from what a domain refuses to what a client of the API reads.

The compatible API is gRPC behind a JSON gateway, so a refusal is a `google.rpc.Status`: a gRPC code, a message and
details. The HTTP status follows from the gRPC code. Where a whole request is refused for a business reason, clients
compare `message` with a known word such as `HAS_INCORRECT_STATUS`, so those words stand here.
"""

from __future__ import annotations

from enum import IntEnum

import msgspec

from sellerdesk.core.errors import DomainError, LimitReached
from sellerdesk.seller_api.schemas.base import ErrorAnswer


class Code(IntEnum):
    """gRPC codes in use."""

    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    PERMISSION_DENIED = 7
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    INTERNAL = 13
    UNAVAILABLE = 14
    UNAUTHENTICATED = 16


HTTP_STATUS = {
    Code.INVALID_ARGUMENT: 400,
    Code.DEADLINE_EXCEEDED: 504,
    Code.NOT_FOUND: 404,
    Code.ALREADY_EXISTS: 409,
    Code.PERMISSION_DENIED: 403,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.FAILED_PRECONDITION: 400,
    Code.INTERNAL: 500,
    Code.UNAVAILABLE: 503,
    Code.UNAUTHENTICATED: 401,
}

_KIND = {
    "invalid": Code.INVALID_ARGUMENT,
    "not_found": Code.NOT_FOUND,
    "forbidden": Code.PERMISSION_DENIED,
    "conflict": Code.FAILED_PRECONDITION,
    "limit": Code.RESOURCE_EXHAUSTED,
    "unavailable": Code.UNAVAILABLE,
    "error": Code.FAILED_PRECONDITION,
}

KEY_INVALID = "Invalid Api-Key, please check the key and try again"
RATE_LIMIT_TEXT = "You have reached request rate limit per second"


class ApiError(Exception):
    """A refusal as the wire spells it."""

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        status: int | None = None,
        retry_after: int = 0,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or HTTP_STATUS[code]
        self.retry_after = retry_after

    def body(self) -> bytes:
        return msgspec.json.encode(ErrorAnswer(code=int(self.code), message=self.message))


def headers_missing() -> ApiError:
    return ApiError(Code.UNAUTHENTICATED, "Client-Id and Api-Key headers are required")


def client_id_malformed() -> ApiError:
    return ApiError(Code.INVALID_ARGUMENT, "Client-Id header value should be positive integer")


def key_invalid() -> ApiError:
    return ApiError(Code.NOT_FOUND, "Invalid Api-Key, please check the key and try again")


def role_missing() -> ApiError:
    return ApiError(Code.PERMISSION_DENIED, "Api-Key is missing a required role for a method")


def offer_not_signed() -> ApiError:
    """The marketplace has a new contract that the seller did not accept in time. Reading goes on."""
    return ApiError(Code.PERMISSION_DENIED, "Offer not signed")


def method_not_allowed() -> ApiError:
    return ApiError(Code.NOT_FOUND, "method is not allowed")


def content_type_wrong() -> ApiError:
    # Clients have met this refusal with code 4 and HTTP 400, which is not the code's usual status.
    return ApiError(
        Code.DEADLINE_EXCEEDED,
        "Content-Type header should be application/json",
        status=400,
    )


def body_too_large(size: int, limit: int) -> ApiError:
    return ApiError(
        Code.RESOURCE_EXHAUSTED,
        f"grpc: received message larger than max ({size} vs. {limit})",
        status=413,
    )


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(Code.RESOURCE_EXHAUSTED, RATE_LIMIT_TEXT, retry_after=retry_after)


def internal() -> ApiError:
    return ApiError(Code.INTERNAL, "Internal error")


def validation(message: str) -> ApiError:
    return ApiError(Code.INVALID_ARGUMENT, f"Request validation error: {message}")


def malformed(message: str) -> ApiError:
    return ApiError(Code.INVALID_ARGUMENT, f"proto: {message}")


#: Domain code -> (gRPC code, message). What is missing here is spelled by its kind, see `from_domain`.
WORDS: dict[str, tuple[Code, str]] = {
    "key_unknown": (Code.NOT_FOUND, KEY_INVALID),
    "key_expired": (Code.NOT_FOUND, KEY_INVALID),
    "key_deactivated": (Code.PERMISSION_DENIED, "Api-key is deactivated, use another one or generate a new one"),
    "key_restricted": (Code.PERMISSION_DENIED, "Api-Key is restricted to specific IP addresses"),
    "cursor_invalid": (Code.INVALID_ARGUMENT, "Request validation error: invalid cursor"),
    "product_unknown": (Code.NOT_FOUND, "PRODUCT_NOT_FOUND"),
    "push_endpoint_unknown": (Code.NOT_FOUND, "NOTIFICATION_NOT_FOUND"),
    "import_unknown": (Code.NOT_FOUND, "TASK_NOT_FOUND"),
    "type_unknown": (Code.NOT_FOUND, "DESCRIPTION_TYPE_NOT_FOUND"),
    "POSTING_NOT_BEING_PACKED": (Code.FAILED_PRECONDITION, "Posting must have 'awaiting_packaging' status"),
    "POSTINGS_NOT_READY": (Code.FAILED_PRECONDITION, "The next postings aren't ready"),
}


def spelled(name: str, kind: str) -> tuple[int, int, str]:
    """HTTP status, gRPC code and message of a domain's refusal, for the pages that explain codes."""
    code, message = WORDS.get(name, (_KIND.get(kind, Code.FAILED_PRECONDITION), ""))
    return HTTP_STATUS[code], int(code), message or (RATE_LIMIT_TEXT if kind == "limit" else name.upper())


def from_domain(error: DomainError) -> ApiError:
    """A domain's refusal of a whole request, as the wire spells it."""
    _status, code, message = spelled(error.code, error.kind)
    retry_after = error.retry_after_seconds if isinstance(error, LimitReached) else 0
    return ApiError(Code(code), message, retry_after=retry_after)
