"""The holiday of a shop: what it means, planning it, calling it off."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import permissions, queries
from sellerdesk.sellers.services import holidays as services


def _day(label: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))  # type: ignore[arg-type]


class HolidayForm(forms.Form):
    first_day = _day(gettext_lazy("First day without sales"))
    last_day = _day(gettext_lazy("Last day without sales"))
    text = forms.CharField(label=gettext_lazy("What buyers read meanwhile"), max_length=400, required=False)


@seller_view(permissions.HOLIDAY_EDIT)
@require_http_methods(["GET", "POST"])
def holiday(request: WebRequest) -> HttpResponse:
    seller = request.seller
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_holiday(seller=seller, actor=request.actor, now=clock.now(), **form.cleaned_data)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("The holiday is planned. The shop sells again by itself afterwards."))
            return redirect("sellers:holiday")
    orders = next((end.count for end in queries.open_ends(seller) if end.key == "orders"), 0)
    return render(request, "sellers/holiday.html", {
        "form": form, "row": queries.holiday(seller), "orders": orders, "may_plan": seller.may_sell,
        "zone": seller.time_zone}, status=422 if form.errors else 200)


@seller_view(permissions.HOLIDAY_EDIT)
@require_POST
def cancel(request: WebRequest) -> HttpResponse:
    try:
        services.cancel_holiday(seller=request.seller, actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("The holiday is off."))
    return redirect("sellers:holiday")
