"""Small acts that belong to the frame: language, theme, saved views."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import saved_views
from sellerdesk.core.ui.context import LANGUAGE_NAMES, THEMES
from sellerdesk.core.ui.tables import next_url

_YEAR_SECONDS = 365 * 24 * 3600


def _person(request: WebRequest) -> int:
    """The signed-in person's id; `user_view` has made sure there is one."""
    return int(request.user.pk or 0)


def _remember(request: WebRequest, field: str, value: str) -> None:
    """Keep a choice with the person, so that it follows to other browsers. Guests have only the cookie."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and getattr(user, field, value) != value:
        setattr(user, field, value)
        user.save(update_fields=[field])


@public_view
@require_POST
def set_language(request: WebRequest) -> HttpResponse:
    response = HttpResponseRedirect(next_url(request))
    language = request.POST.get("language", "")
    if language in {code for code, _name, _tag in LANGUAGE_NAMES}:
        _remember(request, "language", language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR_SECONDS, samesite="Lax",
            secure=request.is_secure(), httponly=True,
        )
    return response


@public_view
@require_POST
def set_theme(request: WebRequest) -> HttpResponse:
    """Asked by script (204, the page has changed already) or by a plain form (back to the page)."""
    theme = request.POST.get("theme", "")
    by_script = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if by_script else HttpResponseRedirect(next_url(request))
    if theme in THEMES:
        _remember(request, "theme", theme)
        response.set_cookie(
            "theme", theme, max_age=_YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    return response


@user_view
@require_POST
def save_view(request: WebRequest) -> HttpResponse:
    view = saved_views.save(
        user_id=_person(request), seller_id=saved_views.seller_id_of(request), page=request.POST.get("page", "")[:60],
        name=request.POST.get("name", ""), query=request.POST.get("query", ""),
        shared=bool(request.POST.get("shared")), is_default=bool(request.POST.get("is_default")),
        now=clock.real_now(),
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return HttpResponseRedirect(next_url(request))


@user_view
@require_POST
def delete_view(request: WebRequest, view_id: int) -> HttpResponse:
    name = saved_views.delete(
        user_id=_person(request), seller_id=saved_views.seller_id_of(request), view_id=view_id
    )
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": name})
    return HttpResponseRedirect(next_url(request))


@user_view
@require_POST
def default_view(request: WebRequest, view_id: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    name = saved_views.set_default(
        user_id=_person(request), seller_id=saved_views.seller_id_of(request), view_id=view_id, on=on
    )
    text = _("The page opens with “%(name)s” from now on.") if on else _("“%(name)s” is no longer the default view.")
    messages.success(request, text % {"name": name})
    return HttpResponseRedirect(next_url(request))
