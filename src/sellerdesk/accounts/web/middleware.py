"""The reader's language and time zone, before anything is rendered; and where a request comes from."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core.http.quiet import is_quiet
from sellerdesk.core.http.request import WebRequest

_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class UserLanguageMiddleware:
    """Language of the person, else of this browser's cookie, else what the browser asks for; the zone likewise."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        # Higher domains write security events too, and cannot ask for this themselves.
        request.origin = partial(request_info, request)
        # Pictures and probes have no language; asking who is there would cost them two queries each.
        user = None if is_quiet(request) else request.user
        language, zone = "", ""
        if user is not None and user.is_authenticated:
            language, zone = user.language, user.time_zone
        if language not in _LANGUAGES:
            language = translation.get_language_from_request(request)
        request.language = language
        with translation.override(language), timezone.override(_zone(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not is_quiet(request):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The person's zone; the server's own (UTC) for guests and for names this machine does not know."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
