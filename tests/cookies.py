"""Django's test client believes that the key in the table is what the cookie holds. Here the cookie holds a token."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.test.client import ClientMixin

from sellerdesk.accounts.sessions import key_of, store


def _session(client: Any) -> Any:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie and cookie.value:
        return store(key_of(cookie.value))
    session = store()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.token
    return session


def _set_login_cookies(client: Any, request: Any) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.token


def prove_now(client: Any, user: Any) -> None:
    """This client's session looks as if its owner had just signed in, second step included."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()},
                                                 {"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def install() -> None:
    """Teach every client of this process; a change that tests make to their session goes on as before."""
    ClientMixin.session = property(_session)  # type: ignore[method-assign, assignment]
    ClientMixin._set_login_cookies = _set_login_cookies  # type: ignore[attr-defined]
