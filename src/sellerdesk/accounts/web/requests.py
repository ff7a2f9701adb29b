"""Where a request comes from, as the security history keeps it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sellerdesk.accounts import rules
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import crypto


def client_address(request: HttpRequest) -> str:
    """The caller's network address, behind as many proxies as the settings trust; empty where it is not to be had."""
    try:
        return str(get_adapter(request).get_client_ip(request) or "")
    except PermissionDenied:
        return ""


def session_id(request: HttpRequest) -> str:
    """A name for the session that tells it apart and cannot be turned back into the session."""
    session: Any = getattr(request, "session", None)
    key = session.session_key if session is not None else None
    return crypto.digest(key)[:16] if key else ""


def request_info(request: HttpRequest | None) -> RequestInfo:
    if request is None:
        return RequestInfo()
    agent = request.headers.get("User-Agent", "")
    return RequestInfo(address=client_address(request)[:45], agent=agent[:300],
                       device=rules.device_name(agent) if agent else "", session_id=session_id(request),
                       request_id=getattr(request, "request_id", "")[:40])


def device_cookie(request: HttpRequest) -> str:
    """The tokens of people who have signed in on this browser before."""
    return request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
