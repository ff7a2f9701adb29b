"""What happens when somebody has signed in or confirmed who they are, whichever way."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as library
from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpResponse

from sellerdesk.accounts import services
from sellerdesk.accounts.sessions import STARTED
from sellerdesk.accounts.web.devices import write_cookie
from sellerdesk.accounts.web.requests import device_cookie, request_info
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest

#: In the session while signing in: "remember this device" was ticked at the second step.
REMEMBER = "remember_device"


@receiver(user_logged_in, dispatch_uid="accounts.session_begins")
def _session_begins(sender: Any, request: WebRequest, user: Any, **_more: Any) -> None:
    """The longest life counts from signing in, not from the first visit to the sign-in page."""
    request.session[STARTED] = clock.real_now().timestamp()


@receiver(library.user_logged_in, dispatch_uid="accounts.signed_in")
def _signed_in(sender: Any, request: WebRequest, user: Any, response: HttpResponse | None = None,
               **_more: Any) -> None:
    """The whole sign-in is done: the device is known from now on, the history and the list of sessions say how."""
    now, info = clock.real_now(), request_info(request)
    found = services.devices.remember(user_id=user.pk, cookie=device_cookie(request), info=info, now=now)
    if response is not None:
        write_cookie(response, found.cookie)
    if request.session.pop(REMEMBER, False):
        services.devices.trust(user_id=user.pk, device_id=found.device_id, info=info, now=now)
    how = methods(request, user)
    # The library sweeps its list when somebody signs in, and takes a session not yet written for a dead one.
    request.session.save()
    UserSession.objects.create_from_request(request)
    UserSession.objects.filter(session_key=request.session.session_key).update(
        data={"methods": how, "device": found.device_id})
    services.record(user_id=user.pk, kind="sign_in.succeeded", info=info, detail={"method": how[-1]})
    # The first device of all is the one somebody signed up on; there is nothing new about it.
    if found.new and services.devices.count(user_id=user.pk) > 1:
        services.record(user_id=user.pk, kind="sign_in.new_device", info=info)


@receiver(library.authentication_step_completed, dispatch_uid="accounts.step_done")
def _step_done(sender: Any, request: WebRequest, user: Any, method: str, **more: Any) -> None:
    """A proof in a running session renews its token: whoever had a copy of the old one is out."""
    if not more.get("reauthenticated"):
        if method == "mfa" and request.POST.get(REMEMBER):
            request.session[REMEMBER] = True
        return
    request.session.cycle_key()
    services.record(user_id=user.pk, kind="proof.given", info=request_info(request),
                    detail={"method": _name(method, more.get("type", ""))})


def methods(request: WebRequest, user: Any) -> list[str]:
    """How this session was opened, in order, in the words of `events_security.METHODS`."""
    return [_name(one["method"], one.get("type", "")) for one in get_authentication_records(request, user)] or [
        "unknown"]


def _name(method: str, kind: str) -> str:
    if method == "mfa":
        return {"webauthn": "passkey", "recovery_codes": "recovery_codes", "phone": "phone"}.get(kind, "totp")
    return method if method in ("password", "code", "phone") else "unknown"
