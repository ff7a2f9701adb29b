"""Shop settings: who needs a second step to sign in, and how long people stay signed in."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import permissions
from sellerdesk.sellers.queries import security as queries
from sellerdesk.sellers.queries.approvals import two_people
from sellerdesk.sellers.services import security as services
from sellerdesk.sellers.types import SecurityRules, SellerRef
from sellerdesk.sellers.web.approvals import TwoPeopleForm
from sellerdesk.sellers.web.session_forms import SessionsForm, limits

CHOICES = (("optional", gettext_lazy("Nobody has to; everybody may")),
           ("owner_finance", gettext_lazy("Owners, administrators and finance")),
           ("everyone", gettext_lazy("Everybody who works in this shop")))


class SecurityForm(forms.Form):
    second_factor = forms.ChoiceField(label=gettext_lazy("Who needs a second step to sign in"), choices=CHOICES,
                                      widget=forms.RadioSelect)
    from_day = forms.DateField(
        label=gettext_lazy("From which day on"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Until then members see a reminder on every page. From then on the shop stays shut for "
                               "those without, until they set one up. Programs with API keys are not concerned."))


def _initial(seller: SellerRef, current: SecurityRules, now: datetime) -> dict[str, str]:
    day = (current.from_at or now).astimezone(zoneinfo.ZoneInfo(seller.time_zone)).date()
    return {"second_factor": current.second_factor, "from_day": day.isoformat()}


@seller_view(permissions.SECURITY_EDIT)
@fresh_proof()
def security(request: WebRequest) -> HttpResponse:
    now = clock.real_now()
    zone = zoneinfo.ZoneInfo(request.seller.time_zone)
    form = SecurityForm(request.POST or None,
                        initial=_initial(request.seller, queries.security_rules(request.seller), now))
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["from_day"]
        try:
            services.change_security_rules(
                seller=request.seller, second_factor=form.cleaned_data["second_factor"],
                from_at=datetime.combine(day, time(), zone) if day else None, user_id=int(request.actor.id),
                actor=request.actor, now=now)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. Everybody concerned has been written to."))
            return redirect("sellers:security")
    return _page(request, form=form)


@seller_view(permissions.SESSION_EDIT)
@require_POST
@fresh_proof()
def session_limits(request: WebRequest) -> HttpResponse:
    """Set the limits of a role; both left empty take them away."""
    form = SessionsForm(request.POST, seller=request.seller)
    if form.is_valid():
        try:
            services.set_session_limits(seller=request.seller, actor=request.actor, now=clock.real_now(),
                                        **form.cleaned_data)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. Everybody concerned has been written to."))
            return redirect("sellers:security")
    return _page(request, sessions=form)


def _page(request: WebRequest, *, form: SecurityForm | None = None,
          sessions: SessionsForm | None = None) -> HttpResponse:
    now = clock.real_now()
    current = queries.security_rules(request.seller)
    may_sessions = request.can(permissions.SESSION_EDIT)
    wrong = any(one is not None and one.errors for one in (form, sessions))
    return render(request, "sellers/security.html", {
        "form": form or SecurityForm(initial=_initial(request.seller, current, now)), "may_sessions": may_sessions,
        "sessions": (sessions or SessionsForm(seller=request.seller)) if may_sessions else None,
        "limits": limits(request.seller) if may_sessions else (),
        "may_two_people": request.can(permissions.TWO_PEOPLE_EDIT),
        "two_people": TwoPeopleForm(initial={"kinds": sorted(two_people(request.seller))}),
        "unprotected": queries.unprotected(request.seller), "current": current,
        "in_force": current.from_at is not None and current.from_at <= now,
        "own": accounts.has_second_factor(int(request.actor.id))}, status=422 if wrong else 200)
