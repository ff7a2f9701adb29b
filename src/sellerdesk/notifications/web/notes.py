"""Notes to a person: the bell, the list, what they want to hear and how."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import pulse
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import bell as frame
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.notifications import permissions, queries, services
from sellerdesk.notifications.kinds import ALWAYS, BY_KEY, CHANNELS, KINDS
from sellerdesk.notifications.types import Wishes
from sellerdesk.notifications.web.forms import CHANNEL_ICONS, CHANNEL_NAMES, WishForm


def _me(request: WebRequest) -> Any:
    """Whoever is signed in; these pages open for nobody else."""
    return request.user


def unread(request: WebRequest) -> Tally | None:
    """For the frame's bell."""
    seller = getattr(request, "seller", None)
    if seller is None or not request.can(permissions.INBOX):
        return None
    return queries.unread_count(seller, _me(request).pk)


@seller_view(permissions.INBOX)
@require_GET
def bell(request: WebRequest) -> HttpResponse:
    """The bell anew, or nothing (204) while it says the same."""
    shown = frame.of(request)
    if shown is not None and request.GET.get("seen") == str(shown.count):
        return pulse.nothing_new(request)
    return render(request, "core/partials/bell.html")


@seller_view(permissions.INBOX)
@require_GET
def notes(request: WebRequest) -> HttpResponse:
    page = queries.notes_page(request.seller, _me(request).pk, cursor=request.GET.get("c"))
    rows = [{"row": row, "icon": BY_KEY[row.kind].icon if row.kind in BY_KEY else "bell"} for row in page.rows]
    return render(request, "notifications/notes.html", {"rows": rows, "next_cursor": page.next_cursor,
                                                        "any_unread": any(not row.read for row in page.rows)})


@seller_view(permissions.INBOX)
@require_POST
def follow(request: WebRequest, note_id: int) -> HttpResponse:
    """Mark one note as read and go where it leads; one that is not the reader's own leads back to the list."""
    link = queries.note_link(request.seller, _me(request).pk, note_id)
    services.mark_read(seller=request.seller, user_id=_me(request).pk, note_id=note_id, real_now=clock.real_now())
    return redirect(link or "notifications:notes")


@seller_view(permissions.INBOX)
@require_POST
def read_all(request: WebRequest) -> HttpResponse:
    services.mark_read(seller=request.seller, user_id=_me(request).pk, note_id=None, real_now=clock.real_now())
    return redirect("notifications:notes")


@seller_view(permissions.INBOX)
def settings(request: WebRequest) -> HttpResponse:
    """What one person wants to hear."""
    wishes = queries.wishes(request.seller, [_me(request).pk])[_me(request).pk]
    return _settings(request, wishes, _me(request).pk, "notifications:settings")


@seller_view(permissions.USUAL)
def shop_settings(request: WebRequest) -> HttpResponse:
    """What people of the shop are told who have chosen nothing."""
    return _settings(request, queries.usual_wishes(request.seller), None, "notifications:shop_settings")


def _settings(request: WebRequest, wishes: Wishes, user_id: int | None, here: str) -> HttpResponse:
    form = WishForm(request.POST or None, wishes=wishes)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose(seller=request.seller, user_id=user_id, actor=request.actor, now=clock.now(),
                            **form.cleaned_wishes())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(here)
    return render(request, "notifications/settings.html", {
        "form": form, "rows": _rows(form, request), "always": _always(), "of_shop": user_id is None,
        "channels": [(CHANNEL_ICONS[name], label) for name, label in CHANNEL_NAMES.items()],
        **({} if user_id is None else _devices(request)), "may_shop": request.can(permissions.USUAL),
        "email": _me(request).email, "undelivered": queries.undelivered(_me(request).email)},
        status=422 if form.errors else 200)


def _devices(request: WebRequest) -> dict[str, Any]:
    """The person's browsers."""
    return {"devices": queries.devices(_me(request).pk, services.known_sender())}


def _rows(form: WishForm, request: WebRequest) -> list[dict[str, Any]]:
    return [{"kind": kind, "cells": [{"name": name, "label": CHANNEL_NAMES[name],
                                      "on": name in form.chosen[kind.key], "locked": bool(kind.locked)}
                                     for name in CHANNELS]}
            for kind in KINDS if request.can(kind.right)]


def _always() -> list[dict[str, Any]]:
    return [{"label": label, "icon": icon, "why": why, "cells": [name in channels for name in CHANNELS]}
            for label, icon, channels, why in ALWAYS]


@seller_view(permissions.INBOX)
@require_POST
def try_out(request: WebRequest) -> HttpResponse:
    address = services.try_out(seller=request.seller, user_id=_me(request).pk)
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": address})
    return redirect("notifications:settings")
