"""The operator's actions: drafts, announcing, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.forms import add_errors
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


class PlatformForm(forms.Form):
    """The marketplace's action, in the console."""

    title = forms.CharField(label=pgettext_lazy("promotion", "Name"), max_length=256)
    description = forms.CharField(label=pgettext_lazy("promotion", "Terms in words"), required=False, max_length=4000,
                                  widget=forms.Textarea(attrs={"rows": 4}))
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
        self.fields["categories"].choices = categories

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms("platform", given["title"], given["starts_at"], given["ends_at"],
                     discount_bp=int(given["discount"] * 100), description=given["description"],
                     freeze_at=given["freeze_at"],
                     category_ids=tuple(int(one) for one in given["categories"]), least_stock=given["least_stock"])


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All actions of the marketplace, the newest first."""
    now = clock.now()
    page = queries.platform(cursor=request.GET.get("c"))
    return render(request, "console/promotions.html", {
        **_PAGE, "page": page, "rows": [
            (row, _BADGES[queries.status_of(row, now)], formats.percent(row.terms.discount_bp / 100))
            for row in page.rows]})


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
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
@require_POST
def move(request: HttpRequest, action_id: int) -> HttpResponse:
    """Announce a draft, or cancel."""
    act = services.publish if request.POST.get("do") == "publish" else services.cancel
    try:
        act(action_id=action_id, actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, error.text)
    return redirect("console:promotions")
