"""The browser's side of passkeys: scripts ask for options, so that a challenge is minutes old and never in a page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sellerdesk.accounts.services import passkeys
from sellerdesk.accounts.web.fresh import proof_age_seconds
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid, NotFound
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.answers import STATUS
from sellerdesk.core.http.request import WebRequest

SESSION_KEY = "passkey"
#: As the pages that add keys ask for.
FRESH_SECONDS = 15 * 60


def site(request: WebRequest) -> passkeys.Site:
    return passkeys.Site.of(scheme=request.scheme or "", host_and_port=request.get_host())


def finish(request: WebRequest, *, purpose: str, user_id: int | None, credential: Any) -> Authenticator:
    """Check what a key signed for this session. Raises Invalid and LimitReached."""
    return passkeys.prove(user_id=user_id, credential=credential, state=request.session.pop(SESSION_KEY, None),
                          purpose=purpose, site=site(request), info=request_info(request), now=clock.real_now())


@public_view
@never_cache
@require_POST
def options(request: WebRequest) -> HttpResponse:
    """What `navigator.credentials` needs for a purpose. The answer names keys only to who has passed the first step."""
    purpose, now = request.POST.get("purpose", ""), clock.real_now()
    try:
        if purpose in ("passkey", "key") and request.user.is_authenticated:
            age = proof_age_seconds(request)
            if age is None or age > FRESH_SECONDS:
                # The page itself asks for the proof; an answer to a script cannot.
                return JsonResponse({"stale": True}, status=403)
            made, state = passkeys.begin_adding(user_id=request.user.pk, passkey=purpose == "passkey",
                                                site=site(request), now=now)
            request.session[SESSION_KEY] = state
            return JsonResponse(_plain(made))
        if purpose == "first":
            made, state = passkeys.begin_adding(user_id=_waiting(request, "first_passkey"), passkey=True,
                                                site=site(request), now=now)
            request.session[SESSION_KEY] = state
            return JsonResponse(_plain(made))
        if purpose == "sign_in":
            user_id = None
        elif purpose == "second":
            user_id = _waiting(request, "mfa_authenticate")
        elif purpose == "proof" and request.user.is_authenticated:
            user_id = request.user.pk
        else:
            raise NotFound()
        made, state = passkeys.begin_proof(user_id=user_id, purpose=purpose, site=site(request), now=now)
    except DomainError as refused:
        return JsonResponse({"error": refused.text}, status=STATUS[refused.kind])
    request.session[SESSION_KEY] = state
    return JsonResponse(_plain(made))


def _waiting(request: WebRequest, step: str) -> int:
    """Whose sign-in waits at this step. Raises Invalid `no_sign_in` for none."""
    stage = get_pending_stage(request)
    if stage is None or stage.key != step or stage.login.user is None:
        raise Invalid("no_sign_in", _("This sign-in is too old. Start again."))
    return int(stage.login.user.pk)


def _plain(made: Any) -> Any:
    return json.loads(json.dumps(made, default=dict))["publicKey"]


@public_view
@never_cache
@require_POST
def sign_in(request: WebRequest) -> HttpResponse:
    """Both steps in one: the passkey names the person, and its device has checked them."""
    target = get_next_redirect_url(request)
    try:
        credential = json.loads(request.POST.get("credential", ""))
        key = finish(request, purpose="sign_in", user_id=None, credential=credential)
    except (Invalid, ValueError) as refused:
        messages.error(request, refused.text if isinstance(refused, Invalid) else _("Please try again."))
        query = f"?{urlencode({'next': target})}" if target else ""
        return redirect(reverse("account_login") + query)
    return perform_passwordless_login(request, key, Login(user=key.user, redirect_url=target))
