"""What can be refused."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import fetch
from sellerdesk.core.errors import Conflict, DomainError, FieldError, Invalid, LimitReached, NotFound


class EndpointUnknown(NotFound):
    code = "push_endpoint_unknown"


class DeliveryUnknown(NotFound):
    code = "push_delivery_unknown"


class TooManyEndpoints(LimitReached):
    code = "push_endpoints_limit"
    message = _("A shop can have at most %(limit)s addresses.")


class NotPaused(Conflict):
    code = "push_not_paused"
    message = _("This address is not paused.")


class DeviceUnknown(NotFound):
    code = "device_unknown"


class TooManyDevices(LimitReached):
    code = "devices_limit"
    message = _("You can be told in at most %(limit)s browsers. Take one off the list first.")


#: By the contract's words.
CHECKS: dict[str, Any] = {
    "REQUEST_ERROR": _("The address could not be reached: %(detail)s"),
    "REQUEST_TIMEOUT": _("The address took longer than 5 s to answer."),
    "SERVER_FAULT": _("The address answered with status %(detail)s, a failure of its own."),
    "STATUS_CODE_NOT_OK": _("The address answered with status %(detail)s instead of 200."),
    "EMPTY_BODY": _("The answer was empty."),
    "INVALID_BODY": _("The answer is too long, or no JSON object."),
    "INVALID_JSON": _("The answer is no JSON: %(detail)s"),
    "WRONG_RESULT_FIELD": _("The answer lacks what is expected, see: %(detail)s"),
    "WRONG_RESULT_TIME_FIELD": _("“time” must be a moment such as 2026-11-24T07:00:00Z, not %(detail)s."),
}


def check_text(word: str, detail: str) -> str:
    """What was wrong with an answer, in the active language; `detail` of an unreachable address is a code of fetch."""
    if word == "REQUEST_ERROR":
        detail = str(fetch.REASONS.get(detail, detail))
    return str(CHECKS[word]) % {"detail": detail}


class CheckFailed(Invalid):
    """The address did not answer the test push as it should. `word` is the contract's."""

    code = "push_check_failed"

    def __init__(self, word: str, detail: str) -> None:
        self.word = word
        super().__init__(message=CHECKS[word], field="url", data={"word": word, "detail": (
            fetch.REASONS.get(detail, detail) if word == "REQUEST_ERROR" else detail)})


CHOICE_WRONG = _("Choose one of the times offered.")
QUIET_HALF = _("Quiet hours need a beginning and an end, or neither.")


def types_missing() -> FieldError:
    return FieldError("types", "required", _("Choose at least one kind of push."))


def type_unknown(name: str) -> FieldError:
    return FieldError("types", "type_unknown", _("There is no push “%(name)s”."), name[:60], {"name": name[:60]})


def url_invalid(value: str) -> FieldError:
    return FieldError("url", "url_invalid", _("Write a whole address of up to 500 characters, beginning with https:// "
                                              "or http://, without a name and password in it."), value[:100])


def url_taken(value: str) -> FieldError:
    return FieldError("url", "url_taken", _("This address is in the list already."), value[:100])


def device_url(value: str) -> FieldError:
    return FieldError("endpoint", "device_url", _("This is no address of a push service that is known here."),
                      value[:100])


def device_keys(value: str) -> FieldError:
    return FieldError("p256dh", "device_keys", _("The browser’s key cannot be read."), value[:100])


__all__ = [
    "CHECKS", "CheckFailed", "DeliveryUnknown", "DeviceUnknown", "DomainError", "EndpointUnknown", "Invalid",
    "NotPaused", "TooManyDevices", "TooManyEndpoints", "check_text", "device_keys", "device_url", "type_unknown",
    "types_missing", "url_invalid", "url_taken",
]
