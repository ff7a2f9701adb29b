"""Short messages out, through whatever gateway the installation names: any that takes one HTTP request.

`SMS_URL` is the gateway's address, `SMS_BODY` what is posted there with {to} and {text} in it (JSON where it begins
with a brace, form fields otherwise), `SMS_HEADERS` secrets such as `Authorization: Bearer …`. The address is the
operator's own, so it may lie inside their network.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 10.0
CONSOLE = "console://"


class GatewayRefused(Exception):
    """The gateway did not take a message; the job tries again."""


def available() -> bool:
    """Whether a message could leave, or is kept for the demo's mailbox. Where not, nothing asks for a code by phone."""
    return bool(settings.MAIL_CAPTURED or settings.SMS_URL)


def deliver(to: str, text: str) -> None:
    """Hand one message to the gateway. Raises GatewayRefused; what the gateway answered is logged, the message never.
    """
    if settings.SMS_URL == CONSOLE:
        print(f"SMS to {to}: {text}", flush=True)
        return
    if not settings.SMS_URL:
        raise GatewayRefused("no SMS gateway is configured")
    body, kind = request_body(settings.SMS_BODY, to, text)
    try:
        answer = httpx.post(settings.SMS_URL, content=body, timeout=TIMEOUT_SECONDS, follow_redirects=False,
                            headers={**settings.SMS_HEADERS, "Content-Type": kind})
    except httpx.HTTPError as error:
        raise GatewayRefused(type(error).__name__) from None
    if not answer.is_success:
        log.warning("sms_refused", status=answer.status_code)
        raise GatewayRefused(f"status {answer.status_code}")


def request_body(template: str, to: str, text: str) -> tuple[bytes, str]:
    """The body and its content type: values are escaped for JSON or for form fields, whichever the template is."""
    if template.lstrip().startswith("{"):
        filled = template.replace("{to}", json.dumps(to)[1:-1]).replace("{text}", json.dumps(text)[1:-1])
        return filled.encode(), "application/json"
    filled = template.replace("{to}", quote(to, safe="")).replace("{text}", quote(text, safe=""))
    return filled.encode(), "application/x-www-form-urlencoded"
