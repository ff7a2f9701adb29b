"""The operator's rooms for people who cannot get in: recovery by four eyes, and answers to what they reported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts import services
from sellerdesk.core import clock
from sellerdesk.core.errors import Conflict, Forbidden, Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.tables import next_url
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.support import queries as tickets

_PAGE = 30


class ForceForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail of the account"), max_length=254)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=pgettext_lazy("console", "Answer"), max_length=5000,
                             widget=forms.Textarea(attrs={"rows": 5}))


# -- recovery ----------------------------------------------------------------------------------------------------------


@operator_view(permissions.CONSOLE_RECOVERY_DECIDE)
def recoveries(request: WebRequest) -> HttpResponse:
    page = accounts.recoveries_page(cursor=request.GET.get("c"))
    return render(request, "console/recoveries.html", {
        "area": "console", "rows": page.rows, "page": page, "now": clock.real_now(), "force": ForceForm()})


@operator_view(permissions.CONSOLE_RECOVERY_DECIDE)
def recovery(request: WebRequest, request_id: int) -> HttpResponse:
    """One request with all that helps to decide."""
    row = accounts.recovery_request(request_id)
    return render(request, "console/recovery.html", {
        "area": "console", "row": row, "shops": sellers.shops_of_user(row.user_id), "now": clock.real_now(),
        "second_factor": accounts.has_second_factor(row.user_id), "nav_key": "recoveries"})


@operator_view(permissions.CONSOLE_RECOVERY_DECIDE)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def recovery_decide(request: WebRequest, request_id: int) -> HttpResponse:
    """One operator's word. Two different ones are needed to approve; one is enough to refuse."""
    user: Any = request.user
    try:
        if request.POST.get("decision") == "approve":
            done = services.recovery.approve(request_id=request_id, by=user, info=request.origin(),
                                             now=clock.real_now(), as_operator=True)
            messages.success(request, _("Both agreed. The person gets a link by mail.") if done
                             else _("Noted. A second operator has to agree."))
        else:
            services.recovery.reject(request_id=request_id, by=user, reason=request.POST.get("reason", ""),
                                     info=request.origin(), now=clock.real_now(), as_operator=True)
            messages.success(request, _("The request is refused."))
    except (Conflict, Forbidden, Invalid) as refused:
        messages.error(request, refused.text)
    return redirect("console:recovery", request_id)


@operator_view(permissions.CONSOLE_RECOVERY_DECIDE)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def force_password(request: WebRequest) -> HttpResponse:
    """From the next sign-in on this person sets a new password first; running sessions end."""
    form = ForceForm(request.POST)
    user_id = accounts.id_of(form.cleaned_data["email"]) if form.is_valid() else None
    if user_id is None:
        messages.error(request, _("There is no account with this address."))
    else:
        services.passwords.require_change(user_id=user_id, reason="operator", info=request.origin(),
                                          actor_label=str(request.user), actor_kind="operator")
        messages.success(request, _("A new password is asked for at the next sign-in; all sessions have ended."))
    return redirect(next_url(request, "/console/recovery/"))


# -- problems ----------------------------------------------------------------------------------------------------------


@operator_view(permissions.CONSOLE_PROBLEM_ANSWER)
def problems(request: WebRequest) -> HttpResponse:
    search, state = request.GET.get("q", "").strip()[:254], request.GET.get("state", "")
    state = state if state in ("new", "answered", "found") else ""
    page = accounts.signin_problems(search=search, state=state or ("" if search else "new"),
                                    cursor=request.GET.get("c"), limit=_PAGE)
    return render(request, "console/problems.html", {"area": "console", "page": page, "search": search,
                                                     "state": state or "new"})


@operator_view(permissions.CONSOLE_PROBLEM_ANSWER)
def problem(request: WebRequest, problem_id: int) -> HttpResponse:
    """What the person's browser found and what they wrote; the answer goes by mail."""
    row = accounts.signin_problem(problem_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.problems.answer(problem_id=problem_id, text=form.cleaned_data["answer"], actor=request.actor,
                                     now=clock.real_now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("The answer is on its way."))
            return redirect("console:problem", problem_id)
    return render(request, "console/problem.html", {
        "area": "console", "row": row, "form": form, "findings": _told(row.findings), "nav_key": "problems",
        "ticket_id": tickets.of_problem(problem_id)},
        status=422 if form.errors else 200)


_LABELS = {
    "host": gettext_lazy("Address typed"), "host_ok": gettext_lazy("Official address"), "https": gettext_lazy("HTTPS"),
    "cookies": gettext_lazy("Cookies"), "clock_seconds": gettext_lazy("Clock, seconds ahead"),
    "browser": gettext_lazy("Browser"), "browser_ok": gettext_lazy("Browser new enough"),
    "passkeys": gettext_lazy("Passkeys"), "service": pgettext_lazy("console", "Service"),
    "service_ms": gettext_lazy("Answer of the service, ms"), "caps_lock": gettext_lazy("Caps lock"),
    "time_zone": gettext_lazy("Time zone"), "script": gettext_lazy("Scripts"),
}
_BAD = {"host_ok": False, "cookies": False, "browser_ok": False, "https": False}


def _told(findings: dict[str, Any]) -> list[tuple[Any, str, bool]]:
    """Label, value in words and whether it is the likely cause."""
    told = []
    for name, label in _LABELS.items():
        if name in findings:
            value = findings[name]
            text = (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
            bad = (_BAD.get(name) == value if isinstance(value, bool) else False) or (
                name == "clock_seconds" and abs(value) > 30) or (name == "service" and value != "ok")
            told.append((label, text, bad))
    return told
