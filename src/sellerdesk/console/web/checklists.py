"""What the operator asks of new shops: checklists by audience, and the offer."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.services import checklists, offers

_KINDS = {
    "accept_offer": gettext_lazy("Acceptance of the offer"), "phone": gettext_lazy("Telephone number"),
    "document": gettext_lazy("Document"), "profile_complete": gettext_lazy("Data of the company"),
    "attestation": gettext_lazy("Statement to confirm"), "warehouse": gettext_lazy("Warehouses"),
    "min_products": gettext_lazy("Products"), "operator_review": gettext_lazy("Review by the operator"),
}
_GENERAL = {"domestic": gettext_lazy("Companies of this country"),
            "cross_border": gettext_lazy("Companies from abroad (cross-border)")}


def audience_name(audience: str) -> str:
    return str(_GENERAL.get(audience) or formats.country(audience))


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200)


class ItemForm(forms.Form):
    """An item. For whom, of which kind and under which name is fixed once it is made."""

    audience = forms.ChoiceField(label=gettext_lazy("For whom"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(_KINDS.items()))
    key = forms.SlugField(label=gettext_lazy("Short name"), max_length=40, required=False, help_text=gettext_lazy(
        "Small Latin letters, digits and _; for documents and statements. The item of a country with the same name "
        "takes the place of the general one."))
    name_zh = _text(gettext_lazy("Text in Chinese"))
    name_ru = _text(gettext_lazy("Text in Russian"))
    name_en = _text(gettext_lazy("Text in English"))
    amount = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=10_000, initial=1, help_text=
                                gettext_lazy("For products and warehouses."))
    required = forms.BooleanField(label=gettext_lazy("Required before selling"), required=False, initial=True)
    active = forms.BooleanField(label=gettext_lazy("Switched on"), required=False, initial=True)

    def __init__(self, data: Any = None, *, item: Any = None) -> None:
        initial = None if item is None else {
            "name_en": item.names["en"], "name_ru": item.names["ru"], "name_zh": item.names["zh-hans"],
            "amount": item.amount, "required": item.required, "active": item.active}
        super().__init__(data, initial=initial)
        countries = sorted(((code, formats.country(code)) for code in sellers.country_codes()), key=lambda one: one[1])
        offer(self, "audience", [*_GENERAL.items(), *countries])
        if item is not None:
            for name in ("audience", "kind", "key"):
                del self.fields[name]


class OfferForm(forms.Form):
    version = forms.CharField(label=gettext_lazy("Version"), max_length=20)
    valid_from = forms.DateField(label=gettext_lazy("In force from"), required=False, help_text=gettext_lazy(
        "Empty: now. Shops have the grace period of the rules from then on."),
        widget=forms.DateInput(attrs={"type": "date"}))
    text_zh = forms.CharField(label=gettext_lazy("Text in Chinese"), widget=forms.Textarea(attrs={"rows": 10}))
    text_ru = forms.CharField(label=gettext_lazy("Text in Russian"), widget=forms.Textarea(attrs={"rows": 10}))
    text_en = forms.CharField(label=gettext_lazy("Text in English"), widget=forms.Textarea(attrs={"rows": 10}))


@operator_view(permissions.CONSOLE_CHECKLIST_EDIT)
@require_safe
def checklist(request: WebRequest) -> HttpResponse:
    """All items by audience, in the order sellers see them."""
    groups: dict[str, list[Any]] = {"domestic": [], "cross_border": []}
    for item in sellers.checklist_items():
        groups.setdefault(item.audience, []).append((item, localized(item.names, request.language),
                                                     _KINDS.get(item.kind, item.kind)))
    return render(request, "console/checklists.html", {"area": "console", "groups": [
        (audience, audience_name(audience), rows) for audience, rows in groups.items()]})


@operator_view(permissions.CONSOLE_CHECKLIST_EDIT)
@require_http_methods(["GET", "POST"])
def item(request: WebRequest, item_id: int | None = None) -> HttpResponse:
    """A new item, or one to change."""
    known = None
    if item_id is not None:
        known = next((one for one in sellers.checklist_items() if one.id == item_id), None)
        if known is None:
            raise NotFound()
    form = ItemForm(request.POST if request.method == "POST" else None, item=known)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            checklists.save_item(
                item_id=item_id, audience=sent.get("audience", ""), kind=sent.get("kind", ""),
                key=sent.get("key", ""), names={code: sent[f"name_{code}"] for code in ("en", "ru", "zh")},
                required=sent["required"], amount=sent["amount"], active=sent["active"], actor=request.actor,
                now=clock.now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. It counts for shops that do not sell yet."))
            return redirect("console:checklists")
    return render(request, "console/checklist_item.html", {
        "area": "console", "nav_key": "checklists", "form": form, "item": known,
        "audience": audience_name(known.audience) if known else "", "kind": _KINDS[known.kind] if known else "",
    }, status=422 if form.errors else 200)


@operator_view(permissions.CONSOLE_CHECKLIST_EDIT)
@require_POST
def reorder(request: WebRequest) -> HttpResponse:
    """The order of one audience's items, as ids joined by commas."""
    ids = request.POST.get("order", "").split(",")
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in ids):
        raise Invalid("order_invalid", field="order")
    checklists.reorder_items(order=[int(one) for one in ids], actor=request.actor, now=clock.now())
    return HttpResponse(status=204) if getattr(request, "htmx", False) else redirect("console:checklists")


@operator_view(permissions.CONSOLE_CHECKLIST_EDIT)
@require_http_methods(["GET", "POST"])
def offer_versions(request: WebRequest) -> HttpResponse:
    """The versions of the offer, and publishing another one."""
    now = clock.now()
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        since = timezone.make_aware(datetime.combine(day, time())) if day else now
        try:
            offers.publish_offer(version=form.cleaned_data["version"], valid_from=max(since, now) if not day else since,
                                 texts={code: form.cleaned_data[f"text_{code}"] for code in ("en", "ru", "zh")},
                                 actor=request.actor, now=now)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Published. Sellers see it on every page until they accept it."))
            return redirect("console:offers")
    return render(request, "console/offers.html", {
        "area": "console", "form": form, "rows": sellers.offer_versions(), "now": now,
    }, status=422 if form.errors else 200)
