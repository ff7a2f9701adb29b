"""Browsers that a person is told in: switched on by the page's script, tried out and taken off by plain forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.accounts import queries as people
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.notifications import errors, permissions, services


def _me(request: WebRequest) -> Any:
    """Whoever is signed in; these pages open for nobody else."""
    return request.user


@require_GET
@public_view
def worker(request: WebRequest) -> HttpResponse:
    """The service worker that shows notes. Its own, beside that of scan mode: each controls its own part of the pages
    only, and a browser without scan mode keeps no page."""
    response = render(request, "notifications/note_worker.js", {
        "name": "Sellerdesk", "icon": static("core/favicon.svg"), "home": reverse("notifications:notes")},
        content_type="text/javascript")
    response["Cache-Control"] = "no-store"
    return response


@seller_view(permissions.INBOX)
@require_POST
def key(request: WebRequest) -> HttpResponse:
    """The first step of switching a browser on: the key that it subscribes for, made when nobody has asked before."""
    return JsonResponse({"key": services.sender(clock.real_now())})


@seller_view(permissions.INBOX)
@require_POST
def add(request: WebRequest) -> HttpResponse:
    """Called by the page's script with what the browser answered; says what is wrong as JSON."""
    sent = request.POST
    try:
        services.add_device(
            user_id=_me(request).pk, url=sent.get("endpoint", ""), receiver=sent.get("p256dh", ""),
            auth=sent.get("auth", ""), real_now=clock.real_now(),
            label=people.device_name(request.headers.get("User-Agent", "")))
    except DomainError as refused:
        text = str(refused.fields[0].message) if isinstance(refused, Invalid) and refused.fields else \
            refusal_text(refused)
        return JsonResponse({"message": text}, status=422)
    messages.success(request, _("Notes will appear in this browser."))
    return JsonResponse({"result": True})


@seller_view(permissions.INBOX)
@require_POST
def remove(request: WebRequest) -> HttpResponse:
    label = services.remove_device(user_id=_me(request).pk, device_id=_asked(request))
    messages.success(request, _("Nothing is told in %(browser)s any more.") % {"browser": label})
    return redirect("notifications:settings")


@seller_view(permissions.INBOX)
@require_POST
def try_out(request: WebRequest) -> HttpResponse:
    label = services.try_device(seller=request.seller, user_id=_me(request).pk, device_id=_asked(request),
                                real_now=clock.real_now())
    messages.success(request, _("A test is on its way to %(browser)s.") % {"browser": label})
    return redirect("notifications:settings")


def _asked(request: WebRequest) -> int:
    sent = request.POST.get("device", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 18:
        raise errors.DeviceUnknown()
    return int(sent)
