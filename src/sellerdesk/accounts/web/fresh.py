"""When somebody last proved who they are, and the way to the page that asks again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme

from sellerdesk.accounts.queries.factors import has_second_factor
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, connect, fresh_proof
from sellerdesk.core.http.request import WebRequest

#: Longer forms are not kept while a proof is asked for; their page is shown again.
_KEPT_LENGTH = 20_000

__all__ = ["CRITICAL_MINUTES", "ask", "fresh_proof", "is_stale", "proof_age_seconds"]


def proof_age_seconds(request: WebRequest) -> float | None:
    """How long ago this session last proved who uses it: by signing in or when asked. None: never.

    Somebody with a second step proves themself with it; the password alone counts only for those without.
    """
    user: Any = request.user
    records = get_authentication_records(request, user)
    if has_second_factor(user.pk):
        records = [one for one in records if one.get("method") == "mfa"]
    # A time in the future is nobody's proof: the clock was set back, so ask.
    ages = [age for one in records if (age := clock.real_now().timestamp() - one.get("at", 0)) >= 0]
    return min(ages, default=None)


def is_stale(request: WebRequest, minutes: int) -> bool:
    age = proof_age_seconds(request)
    return age is None or age > minutes * 60


def ask(request: WebRequest, minutes: int) -> HttpResponse | None:
    """None where the proof is fresh; else the way to the page that asks, and back to what was to be done."""
    if not is_stale(request, minutes):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        # Nothing to prove with: signing in anew is the proof.
        return redirect_to_login(_page(request))
    url = ways[0]["url"]
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = f"{url}?{urlencode({'next': _page(request)})}"
        return answer
    if request.method == "GET":
        return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
    back = f"{url}?{urlencode({'next': _page(request)})}"
    sent = request.POST.urlencode()
    if request.FILES or len(sent) > _KEPT_LENGTH or any("password" in name for name in request.POST):
        return redirect(back)
    # The library's way to keep a request would write its cookies into the table.
    request.session[STATE_SESSION_KEY] = {"callback": f"{__name__}.go_on", "state": {
        "path": request.path_info, "query": request.GET.urlencode(), "sent": sent}}
    return redirect(back)


def go_on(request: WebRequest, state: dict[str, str]) -> HttpResponse:
    """After the proof: do what was sent before it, as if it had been sent now."""
    request.path = request.path_info = state["path"]
    request.GET, request.POST = QueryDict(state["query"]), QueryDict(state["sent"])
    found = resolve(state["path"])
    request.resolver_match = found
    user: Any = request.user
    if getattr(found.func, "access", ("",))[0] == "operator" and user.is_operator:
        request.actor = Actor.operator(user.pk, str(user), session=request.session.session_key or "",
                                       request_id=getattr(request, "request_id", ""))
    return found.func(request, *found.args, **found.kwargs)


def _page(request: WebRequest) -> str:
    """The page to come back to: the one whose form was sent, never this address, which only takes forms."""
    if request.method == "GET" and not getattr(request, "htmx", False):
        return request.get_full_path()
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(came)
    return parts.path + (f"?{parts.query}" if parts.query else "")


connect(ask)
