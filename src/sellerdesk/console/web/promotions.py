"""The operator's actions: drafts, announcing, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.forms import add_errors, offer
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.types import Terms
from sellerdesk.sellers import permissions

_PAGE = {"area": "console", "nav_key": "promotions"}
_BADGES = {"draft": t.Badge(pgettext_lazy("promotion", "Draft"), "neutral", "pencil"),
           "planned": t.Badge(pgettext_lazy("promotion", "Coming"), "info", "calendar"),
           "active": t.Badge(pgettext_lazy("promotion", "Running"), "success", "player-play"),
           "ended": t.Badge(pgettext_lazy("promotion", "Ended"), "neutral", "check"),
           "cancelled": t.Badge(pgettext_lazy("promotion", "Cancelled"), "danger", "ban")}


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(
        attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **more)


#: Fields end in these; languages of readers.
_LANGUAGES = {"zh": "zh-hans", "ru": "ru", "en": "en"}


def _name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=256, required=False)


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NamesForm(forms.Form):
    """What an action of the marketplace is called, and its terms in words, in each language. One name is enough."""

    title_zh = _name(gettext_lazy("Name in Chinese"))
    title_ru = _name(gettext_lazy("Name in Russian"))
    title_en = _name(gettext_lazy("Name in English"))
    description_zh = _words(pgettext_lazy("promotion", "Terms in words, in Chinese"))
    description_ru = _words(pgettext_lazy("promotion", "Terms in words, in Russian"))
    description_en = _words(pgettext_lazy("promotion", "Terms in words, in English"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any((given.get(f"title_{key}") or "").strip() for key in _LANGUAGES):
            self.add_error("title_zh", _("Give a name in one language at least."))
        return given

    def texts(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{name}_{key}") or "" for key, language in _LANGUAGES.items()}


class PlatformForm(NamesForm):
    """The marketplace's action, in the console."""

    starts_at = _moment(pgettext_lazy("promotion", "Begins"))
    ends_at = _moment(pgettext_lazy("promotion", "Ends"))
    freeze_at = _moment(gettext_lazy("Frozen from"), required=False,
                       help_text=gettext_lazy("From then on nobody joins, leaves or changes a price. Not after "
                                              "the beginning."))
    discount = forms.DecimalField(label=gettext_lazy("Discount, at least, %"), min_value=1, max_value=90,
                                  decimal_places=2)
    categories = forms.MultipleChoiceField(label=gettext_lazy("Departments"), required=False,
                                           help_text=gettext_lazy("None: goods of all departments."),
                                           widget=forms.CheckboxSelectMultiple)
    least_stock = forms.IntegerField(label=gettext_lazy("Units in stock, at least"), min_value=0, initial=0)

    def __init__(self, *args: Any, categories: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "categories", categories)

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms("platform", "", given["starts_at"], given["ends_at"],
                     discount_bp=int(given["discount"] * 100), freeze_at=given["freeze_at"],
                     titles=self.texts("title"), descriptions=self.texts("description"),
                     category_ids=tuple(int(one) for one in given["categories"]), least_stock=given["least_stock"])


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """All actions of the marketplace, the newest first."""
    now = clock.now()
    page = queries.platform(cursor=request.GET.get("c"))
    return render(request, "console/promotions.html", {
        **_PAGE, "page": page, "rows": [
            (row, _BADGES[queries.status_of(row, now)], formats.percent(row.terms.discount_bp / 100))
            for row in page.rows]})


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: WebRequest) -> HttpResponse:
    """A draft; shops see it when it is announced."""
    now = clock.now()
    begins = (now + timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)
    form = PlatformForm(request.POST or None, categories=[
        (node.id, node.name) for node in catalog.tree(request.language)], initial={
        "starts_at": begins, "ends_at": begins + timedelta(days=7), "freeze_at": begins - timedelta(days=1)})
    if request.method == "POST" and form.is_valid():
        try:
            services.create_platform(terms=form.terms(), actor=request.actor, now=now)
        except Invalid as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Made as a draft."))
            return redirect("console:promotions")
    return render(request, "console/promotion_form.html", {**_PAGE, "form": form}, status=422 if form.errors else 200)


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["GET", "POST"])
def names(request: WebRequest, action_id: int) -> HttpResponse:
    """Other names and words of an action, whatever its state."""
    row = queries.platform_action(action_id)
    initial = {f"{name}_{key}": said.get(language, "") for key, language in _LANGUAGES.items() for name, said in (
        ("title", row.terms.titles), ("description", row.terms.descriptions))}
    if not row.terms.titles:
        # Named before names had languages: into the field of who reads it now.
        key = next((short for short, language in _LANGUAGES.items() if language == request.language), "en")
        initial |= {f"title_{key}": row.terms.title, f"description_{key}": row.terms.description}
    form = NamesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.name_platform(action_id=action_id, titles=form.texts("title"),
                               descriptions=form.texts("description"), actor=request.actor, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("console:promotions")
    return render(request, "console/promotion_names.html", {**_PAGE, "form": form, "row": row},
                  status=422 if form.errors else 200)


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_POST
def move(request: WebRequest, action_id: int) -> HttpResponse:
    """Announce a draft, or cancel."""
    act = services.publish if request.POST.get("do") == "publish" else services.cancel
    try:
        act(action_id=action_id, actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, error.text)
    return redirect("console:promotions")
