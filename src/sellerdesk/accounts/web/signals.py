"""What happens to a session when somebody has signed in, whichever way."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from sellerdesk.accounts.sessions import STARTED
from sellerdesk.core import clock


@receiver(user_logged_in, dispatch_uid="accounts.session_begins")
def _session_begins(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """The longest life counts from signing in, not from the first visit to the sign-in page."""
    request.session[STARTED] = clock.real_now().timestamp()
