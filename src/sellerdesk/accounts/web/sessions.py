"""The session's cookie: what is in it, and when it is written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware as DjangoMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from sellerdesk.accounts import services
from sellerdesk.accounts.sessions import key_of, store
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock


class SessionMiddleware(DjangoMiddleware):
    """Looks a session up by the digest of its cookie; the token itself is written when it is new and never again."""

    def process_request(self, request: HttpRequest) -> None:
        token = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = store(key_of(token) if token else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session: Any = request.session
        if not session.accessed and not session.modified:
            return response
        patch_vary_headers(response, ("Cookie",))
        if session.is_empty():
            # A cookie we do not know is left alone: it may be the one before the last, sent at the same time as the
            # request that renewed it, and deleting it would delete the new one.
            if session.flushed:
                response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH,
                                       samesite="Lax")
        elif session.modified:
            # What a failed request wrote into its session is as doubtful as its answer.
            if response.status_code < 500:
                self._save(session, response)
        elif SESSION_KEY in session and not getattr(request, "background", False):
            self._touch(request, session)
        return response

    def _touch(self, request: HttpRequest, session: Any) -> None:
        """Pages that only look after themselves, every few seconds, are not somebody at work."""
        if "X-Poll" not in request.headers and session.touch():
            services.sessions.seen(session_key=session.session_key, user_id=int(session[SESSION_KEY]),
                                   info=request_info(request), now=clock.real_now())

    def _save(self, session: Any, response: HttpResponse) -> None:
        try:
            session.save()
        except UpdateError:
            # Ended meanwhile, by its owner or by signing out in another tab. What this request did to it goes with it.
            return
        if session.token:
            response.set_cookie(
                settings.SESSION_COOKIE_NAME, session.token, max_age=settings.SESSION_LIFE_SECONDS,
                path=settings.SESSION_COOKIE_PATH, secure=settings.SESSION_COOKIE_SECURE,
                httponly=settings.SESSION_COOKIE_HTTPONLY, samesite="Lax")
