"""E-mail and phone of the person: what they are, and changing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.accounts.queries import reaching as reading
from sellerdesk.accounts.queries.factors import has_second_factor
from sellerdesk.accounts.rules import masked_email, masked_phone
from sellerdesk.accounts.services import contacts
from sellerdesk.accounts.web.contact_forms import CodeForm, EmailForm, PhoneForm
from sellerdesk.accounts.web.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms

_FORMS: dict[str, Any] = {"email": EmailForm, "phone": PhoneForm}


def _me(request: WebRequest) -> int:
    return int(request.actor.id)


def _page(request: WebRequest, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with the forms given in place of empty ones."""
    now = clock.real_now()
    found = reading.contacts_of(_me(request), now)
    cards = []
    for kind, current, change in (("email", found.email, found.email_change),
                                  ("phone", found.phone if found.phone_verified else "", found.phone_change)):
        mask = masked_email if kind == "email" else masked_phone
        cards.append({
            "kind": kind, "current": current, "change": change, "old_masked": mask(current) if current else "",
            "form": forms.get(f"{kind}_start") or _FORMS[kind](), "code": forms.get(f"{kind}_code") or CodeForm(),
            "old_code": forms.get(f"{kind}_old") or CodeForm(prefix="old"),
            "waits": formats.when(change.waits_until) if change and change.waits_until else "",
            "needs_old": bool(change and current and not change.old_proven and not change.waits_until)})
    return render(request, "accounts/contacts.html", {"cards": cards, "has_factor": has_second_factor(_me(request))},
                  status=status)


@user_view
@require_safe
def page(request: WebRequest) -> HttpResponse:
    return _page(request)


def _known(kind: str) -> str:
    if kind not in _FORMS:
        raise NotFound()
    return kind


def _refused(request: WebRequest, place: str, form: Any, refused: DomainError) -> HttpResponse:
    """The refusal beside the field; a change that is gone meanwhile is told above the page."""
    if refused.kind in ("not_found", "limit"):
        messages.error(request, refused.text)
        return redirect("accounts:contacts")
    ui_forms.add_errors(form, refused)
    return _page(request, 422, **{place: form})


@user_view
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def start(request: WebRequest, kind: str) -> HttpResponse:
    form = _FORMS[_known(kind)](request.POST)
    if not form.is_valid():
        return _page(request, 422, **{f"{kind}_start": form})
    try:
        contacts.start(user_id=_me(request), kind=kind, new=form.cleaned_data["new"], info=request_info(request),
                       now=clock.real_now())
    except DomainError as refused:
        return _refused(request, f"{kind}_start", form, refused)
    return redirect("accounts:contacts")


@user_view
@require_POST
def code(request: WebRequest, kind: str) -> HttpResponse:
    """The code that came to the new address or number."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, **{f"{_known(kind)}_code": form})
    try:
        done = contacts.prove_new(user_id=_me(request), kind=_known(kind), code=form.cleaned_data["code"],
                                  info=request_info(request), now=clock.real_now())
    except DomainError as refused:
        return _refused(request, f"{kind}_code", form, refused)
    return _done(request, done)


@user_view
@require_POST
def old_code(request: WebRequest) -> HttpResponse:
    """The code that came to the old phone; without one, send it."""
    info, now = request_info(request), clock.real_now()
    if "send" in request.POST:
        return _sent(request, lambda: contacts.send_old_code(user_id=_me(request), info=info, now=now))
    form = CodeForm(request.POST, prefix="old")
    if not form.is_valid():
        return _page(request, 422, phone_old=form)
    try:
        done = contacts.prove_old_phone(user_id=_me(request), code=form.cleaned_data["code"], info=info, now=now)
    except DomainError as refused:
        return _refused(request, "phone_old", form, refused)
    return _done(request, done)


@user_view
@require_POST
def resend(request: WebRequest, kind: str) -> HttpResponse:
    return _sent(request, lambda: contacts.resend(user_id=_me(request), kind=_known(kind),
                                                  info=request_info(request), now=clock.real_now()))


def _sent(request: WebRequest, send: Any) -> HttpResponse:
    try:
        send()
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("A new code is on its way."))
    return redirect("accounts:contacts")


@user_view
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def old_is_lost(request: WebRequest, kind: str) -> HttpResponse:
    """With the second step just passed (that is what fresh proof means for who has one), and 72 hours of waiting."""
    until = contacts.old_is_lost(user_id=_me(request), kind=_known(kind), info=request_info(request),
                                 now=clock.real_now())
    messages.success(request, _("The change goes ahead on %(when)s. Until then it can be stopped by the mail we have "
                                "sent.") % {"when": formats.when(until)})
    return redirect("accounts:contacts")


@user_view
@require_POST
def cancel(request: WebRequest, kind: str) -> HttpResponse:
    contacts.cancel(user_id=_me(request), kind=_known(kind), info=request_info(request), now=clock.real_now())
    messages.success(request, _("Nothing has been changed."))
    return redirect("accounts:contacts")


def _done(request: WebRequest, done: bool) -> HttpResponse:
    if done:
        messages.success(request, _("Changed. For a week it can be undone by a link in the mail we have sent."))
    else:
        messages.success(request, _("Confirmed. One more step is left."))
    return redirect("accounts:contacts")


# -- links from mails: opening one shows a page, pressing its button acts, so that mail scanners change nothing --------


@public_view
@never_cache
def confirm(request: WebRequest) -> HttpResponse:
    """The old address agrees to the change."""
    token, now = _token(request), clock.real_now()
    if request.method != "POST":
        return _linked(request, "confirm", token, reading.by_confirm_token(token, now))
    try:
        done = contacts.prove_old_email(token=token, info=request_info(request), now=now)
    except NotFound:
        return _linked(request, "confirm", token, None)
    return render(request, "accounts/contact_link.html", {"outcome": "done" if done else "confirmed"})


@public_view
@never_cache
def stop(request: WebRequest) -> HttpResponse:
    """“This was not me”: stop or undo the change."""
    token, now = _token(request), clock.real_now()
    if request.method != "POST":
        return _linked(request, "stop", token, reading.by_stop_token(token, now))
    try:
        outcome = contacts.stop(token=token, info=request_info(request), now=now)
    except NotFound:
        return _linked(request, "stop", token, None)
    return render(request, "accounts/contact_link.html", {"outcome": outcome})


def _token(request: WebRequest) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("token", "")[:200]


def _linked(request: WebRequest, act: str, token: str, change: Any) -> HttpResponse:
    return render(request, "accounts/contact_link.html", {"act": act, "token": token, "change": change},
                  status=200 if change else 410)


@user_view
def moved(request: WebRequest) -> HttpResponse:
    """The sign-in library's page for addresses; ours does it all."""
    return redirect("accounts:contacts")
