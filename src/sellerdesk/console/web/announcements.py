"""The operator's desk for news and policies."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.announcements import queries, services
from sellerdesk.announcements.types import Audience, Draft
from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import team

_SEVERITIES = [("info", gettext_lazy("For your information")), ("important", gettext_lazy("Important")),
               ("critical", gettext_lazy("Critical"))]
_SCHEMES = [("fbs", gettext_lazy("The marketplace carries (FBS)")), ("rfbs", gettext_lazy("Own delivery (rFBS)"))]
_EVERYBODY = gettext_lazy("Nothing chosen: everybody.")
LANGUAGES = (("zh", pgettext_lazy("console", "Chinese")), ("ru", pgettext_lazy("console", "Russian")),
             ("en", pgettext_lazy("console", "English")))


def _many(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, help_text=_EVERYBODY,
                                     widget=forms.SelectMultiple(attrs={"data-select": "1"}))


class AnnouncementForm(forms.Form):
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=_SEVERITIES)
    effective_at = forms.DateField(label=gettext_lazy("Takes effect on"), required=False,
                                   widget=forms.DateInput(attrs={"type": "date"}))
    must_acknowledge = forms.BooleanField(label=gettext_lazy("Everybody must confirm it"), required=False)
    countries = _many(gettext_lazy("Countries"))
    schemes = _many(gettext_lazy("Ways of delivery"))
    categories = _many(gettext_lazy("Categories"))
    roles = _many(gettext_lazy("Roles"))

    def __init__(self, data: Any, *, language: str) -> None:
        super().__init__(data)
        choices: dict[str, Any] = {
            "countries": sorted(((code, formats.country(code)) for code in sellers.country_codes()),
                                key=lambda one: one[1]),
            "schemes": _SCHEMES, "categories": [(str(top.id), top.name) for top in catalog.tree(language)],
            "roles": list(team.role_names().items())}
        for field, found in choices.items():
            offer(self, field, found)
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title, %(language)s") % {"language": name},
                                                           max_length=200)
            self.fields[f"body_{code}"] = forms.CharField(label=_("Text, %(language)s") % {"language": name},
                                                          widget=forms.Textarea(attrs={"rows": 5}))
            self.fields[f"changes_{code}"] = forms.CharField(
                label=_("What changes for you, %(language)s") % {"language": name}, required=False,
                widget=forms.Textarea(attrs={"rows": 3}))

    def draft(self) -> Draft:
        sent = self.cleaned_data
        titles, bodies, changes = (
            {code: sent[f"{part}_{code}"] for code, _name in LANGUAGES} for part in ("title", "body", "changes"))
        audience = Audience(tuple(sent["countries"]), tuple(sent["schemes"]),
                            tuple(int(one) for one in sent["categories"]), tuple(sent["roles"]))
        return Draft(titles, bodies, changes, sent["severity"], audience, _midnight(sent["effective_at"]),
                     sent["must_acknowledge"])


class PolicyForm(forms.Form):
    key = forms.SlugField(label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy(
        "The same name makes a new version of the same policy."))
    version = forms.CharField(label=gettext_lazy("Version"), max_length=20)
    valid_from = forms.DateField(label=gettext_lazy("In force from"), required=False, help_text=gettext_lazy(
        "Empty: now."), widget=forms.DateInput(attrs={"type": "date"}))
    must_accept = forms.BooleanField(label=gettext_lazy("Shops must accept it"), required=False, help_text=gettext_lazy(
        "They have the grace period of the offer. After it selling waits until an owner has accepted."))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title, %(language)s") % {"language": name},
                                                           max_length=120)
            self.fields[f"text_{code}"] = forms.CharField(label=_("Text, %(language)s") % {"language": name},
                                                          widget=forms.Textarea(attrs={"rows": 8}))


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


@operator_view(permissions.CONSOLE_ANNOUNCEMENT_EDIT)
@require_http_methods(["GET", "POST"])
def index(request: WebRequest) -> HttpResponse:
    """Everything announced, and the form for more."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(draft=form.draft(), actor=request.actor, now=clock.now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Published. Shops that it concerns see it now."))
            return redirect("console:announcements")
    page = queries.market(request.language, cursor=request.GET.get("c"))
    rows = page.rows
    counts = queries.readers([row.id for row in rows])
    return render(request, "console/announcements.html", {
        "area": "console", "nav_key": "announcements", "form": form, "page": page, "severities": dict(_SEVERITIES),
        "rows": [(row, dict(_SEVERITIES)[row.severity], counts.get(row.id, 0)) for row in rows],
    }, status=422 if form.errors else 200)


@operator_view(permissions.CONSOLE_ANNOUNCEMENT_EDIT)
@require_POST
def withdraw(request: WebRequest, announcement_id: int) -> HttpResponse:
    services.withdraw(announcement_id=announcement_id, actor=request.actor, now=clock.now())
    messages.success(request, _("Withdrawn."))
    return redirect("console:announcements")


@operator_view(permissions.CONSOLE_ANNOUNCEMENT_EDIT)
@require_http_methods(["GET", "POST"])
def texts(request: WebRequest) -> HttpResponse:
    """Policies in force, and publishing a version."""
    now = clock.now()
    form = PolicyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            services.publish_policy(
                key=sent["key"], version=sent["version"], valid_from=_midnight(sent["valid_from"]) or now,
                titles={code: sent[f"title_{code}"] for code, _name in LANGUAGES},
                texts={code: sent[f"text_{code}"] for code, _name in LANGUAGES}, actor=request.actor, now=now,
                must_accept=sent["must_accept"])
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Published. It stands in the calendar until it comes into force."))
            return redirect("console:policy_texts")
    accepted = sellers.policy_acceptances()
    return render(request, "console/policy_texts.html", {
        "area": "console", "nav_key": "policy_texts", "form": form,
        "rows": [(row, accepted.get((row.key, row.version), 0)) for row in queries.policies(request.language, now)
                 if row.title]},
        status=422 if form.errors else 200)
