"""The list of sessions and known devices, ending them, and what an open page asks about its own session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.accounts import services
from sellerdesk.accounts.events_security import METHODS
from sellerdesk.accounts.queries import sessions as reading
from sellerdesk.accounts.services.devices import may_trust, tokens
from sellerdesk.accounts.sessions import STARTED
from sellerdesk.accounts.web.requests import device_cookie, request_info
from sellerdesk.core import clock, crypto
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest


@user_view
def overview(request: WebRequest) -> HttpResponseBase:
    """Where this person is signed in, and what knows them. Ending all others is a form of this page."""
    if request.method == "POST":
        return _end_others(request)
    now = clock.real_now()
    session: Any = request.session
    idle, life = session.limits()
    live = reading.sessions(int(request.actor.id), current_key=request.session.session_key or "", now=now)
    return render(request, "usersessions/usersession_list.html", {
        "idle_minutes": idle // 60, "life_hours": life // 3600,
        "sooner": (idle, life) != (settings.SESSION_IDLE_SECONDS, settings.SESSION_LIFE_SECONDS),
        "sessions": [(row, [METHODS.get(one, one) for one in row.methods]) for row in live],
        "others": len([row for row in live if not row.current]), "may_trust": may_trust(user_id=int(request.actor.id)),
        "devices": reading.devices(int(request.actor.id), now=now, current_hashes=[
            crypto.digest(one) for one in tokens(device_cookie(request))])})


@fresh_proof()
def _end_others(request: WebRequest) -> HttpResponse:
    count = services.sessions.end_others(user_id=int(request.actor.id), info=request_info(request))
    messages.success(request, ngettext("%(count)s other session has ended.", "%(count)s other sessions have ended.",
                                       count) % {"count": count})
    return redirect("usersessions_list")


@user_view
@require_POST
@fresh_proof()
def end(request: WebRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions. Raises NotFound for anybody else's."""
    services.sessions.end(user_id=int(request.actor.id), session_id=session_id, info=request_info(request))
    messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")


@public_view
@never_cache
@require_GET
def state(request: WebRequest) -> HttpResponse:
    """Asked by open pages every few seconds: how long the session still lives. 401 once it has ended.

    Being asked is not being used: it does not put the end off.
    """
    request.background = True
    return _left(request)


@public_view
@never_cache
@require_POST
def stay(request: WebRequest) -> HttpResponse:
    """Somebody works in an open page, or pressed "stay signed in"."""
    if request.user.is_authenticated:
        request.session.touch()
    request.background = True
    return _left(request)


def _left(request: WebRequest) -> HttpResponse:
    session: Any = request.session
    if not request.user.is_authenticated or session.ends_at is None:
        return JsonResponse({}, status=401)
    latest = session.ends_latest(datetime.fromtimestamp(session[STARTED], UTC))
    return JsonResponse({"seconds": max(0, int((session.ends_at - clock.real_now()).total_seconds())),
                         "longest": session.ends_at >= latest - timedelta(seconds=1)})
