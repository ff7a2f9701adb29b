"""Pages for people who cannot get in, before any sign-in: diagnosis, support, recovery, and "did you send this?"."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sellerdesk.accounts import services
from sellerdesk.accounts.errors import EmailTaken, LinkDead
from sellerdesk.accounts.passwords import min_length
from sellerdesk.accounts.web.forms import MessageCodeForm, NewPasswordForm, RecoveryForm, SupportForm
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock, limits, mail
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Forbidden, Invalid
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.context import official_host, same_place

_MAX_BODY = 4000


@public_view
@never_cache
def cannot_sign_in(request: WebRequest) -> HttpResponse:
    """What may be wrong, found by the browser itself where it runs scripts; the same advice in words where not."""
    form = SupportForm(initial={"code": request.GET.get("code", "")[:12], "email": ""})
    return render(request, "accounts/help/cannot_sign_in.html", {
        "form": form, "official": official_host(), "host_ok": same_place(request.get_host()),
        "server_now": clock.real_now()})


@public_view
@never_cache
def probe(request: WebRequest) -> JsonResponse:
    """The server's time in milliseconds, for comparing clocks."""
    return JsonResponse({"now": round(clock.real_now().timestamp() * 1000)})


# A browser that blocks cookies has no token to send, and it is just this browser that asks for help. Nothing is
# signed in here; the browser's own word on where the request comes from stands in for the token.
@csrf_exempt
@public_view
@require_POST
def findings(request: WebRequest) -> JsonResponse:
    """Keep what the browser found, and answer with the code."""
    _from_own_page(request)
    try:
        given = json.loads(request.body[:_MAX_BODY])
    except ValueError:
        raise Invalid("json_invalid") from None
    if not isinstance(given, dict):
        raise Invalid("json_invalid")
    code = services.problems.diagnose(findings=given, info=request_info(request), now=clock.real_now())
    return JsonResponse({"code": code})


@csrf_exempt
@public_view
@require_POST
def support(request: WebRequest) -> HttpResponse:
    """Hand the problem to a person: mail, description and the code are all it needs."""
    _from_own_page(request)
    form = SupportForm(request.POST)
    if form.is_valid():
        try:
            code = services.problems.ask_support(
                **form.cleaned_data, info=request_info(request), now=clock.real_now(),
                findings={"host": request.get_host(), "host_ok": same_place(request.get_host()),
                          "https": request.is_secure(), "script": False,
                          "cookies": settings.CSRF_COOKIE_NAME in request.COOKIES})
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            return render(request, "accounts/help/support_asked.html", {"code": code})
    return render(request, "accounts/help/cannot_sign_in.html", {
        "form": form, "official": official_host(), "host_ok": same_place(request.get_host()),
        "server_now": clock.real_now()}, status=422)


def _from_own_page(request: WebRequest) -> None:
    """Raises Forbidden unless the browser says that a page of ours sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if site != "same-origin" and (site is not None or urlsplit(origin).netloc != request.get_host()):
        raise Forbidden("foreign_page")


@public_view
@never_cache
def sent_by_us(request: WebRequest) -> HttpResponse:
    """Whether a message is ours, by the code printed in it. What it says is never shown."""
    given = request.POST if request.method == "POST" else None
    form = MessageCodeForm(given, initial={"code": request.GET.get("code", "")[:16]})
    context: dict[str, Any] = {"form": form, "official": official_host()}
    if given is not None and form.is_valid():
        limits.require("message_code", request_info(request).address or "-", limit=20, seconds=3600)
        code = form.cleaned_data["code"]
        context |= {"asked": mail.normal_code(code) or code, "found": mail.sent_with_code(code)}
    return render(request, "accounts/help/sent_by_us.html", context, status=422 if form.errors else 200)


# -- everything lost ---------------------------------------------------------------------------------------------------


@public_view
@never_cache
def recovery(request: WebRequest) -> HttpResponse:
    """Ask for recovery. The answer does not tell whether there is such an account."""
    form = RecoveryForm(request.POST or None)
    hours = dated.get("accounts.recovery_wait_hours", "", clock.real_now()).value
    if request.method == "POST" and form.is_valid():
        try:
            services.recovery.ask(**form.cleaned_data, language=request.language, info=request_info(request))
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            return redirect("accounts:recovery_asked")
    return render(request, "accounts/help/recovery.html", {"form": form, "hours": hours},
                  status=422 if form.errors else 200)


@public_view
def recovery_asked(request: WebRequest) -> HttpResponse:
    hours = dated.get("accounts.recovery_wait_hours", "", clock.real_now()).value
    return render(request, "accounts/help/recovery_asked.html", {"hours": hours})


@public_view
@never_cache
def recovery_stop(request: WebRequest, token: str) -> HttpResponse:
    """The link of the notices. Opening it only shows the button."""
    state, status = "ask", 200
    try:
        if request.method == "POST":
            services.recovery.stop(token=token, info=request_info(request), now=clock.real_now())
            state = "stopped"
        else:
            services.recovery.request_of_stop_link(token)
    except LinkDead:
        state, status = "dead", 410
    return _private(render(request, "accounts/help/recovery_stop.html", {"state": state}, status=status))


@public_view
@never_cache
@sensitive_post_parameters()
def recovery_complete(request: WebRequest, token: str) -> HttpResponse:
    """The link after two people agreed: a new password, once."""
    try:
        user = services.recovery.user_of_link(token)
        form = NewPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            services.recovery.complete(token=token, password=form.cleaned_data["password1"],
                                       info=request_info(request), now=clock.real_now())
            return redirect("account_reset_password_from_key_done")
        answer = render(request, "accounts/help/recovery_complete.html",
                        {"form": form, "least": min_length(None)}, status=422 if form.errors else 200)
    except LinkDead:
        answer = render(request, "accounts/help/recovery_complete.html", {"dead": True}, status=410)
    except EmailTaken as taken:
        answer = render(request, "accounts/help/recovery_complete.html", {"dead": True, "why": taken.text}, status=409)
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    """The address holds a secret; it goes to nobody else."""
    answer["Referrer-Policy"] = "strict-origin"
    return answer
