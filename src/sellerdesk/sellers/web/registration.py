"""Registering a shop: country, telephone, then company and shop."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.accounts.queries import reaching
from sellerdesk.accounts.queries.factors import phone_of
from sellerdesk.accounts.services import contacts
from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, LimitReached
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import checklist, queries, services
from sellerdesk.sellers.errors import CompanyTaken
from sellerdesk.sellers.services import joining
from sellerdesk.sellers.services.registration import check_country
from sellerdesk.sellers.web.joining import JoinForm
from sellerdesk.sellers.web.registration_forms import (
    CountryForm,
    ShopForm,
    TelephoneCodeForm,
    TelephoneForm,
    currency_label,
)


@user_view
@require_http_methods(["GET", "POST"])
def register(request: WebRequest) -> HttpResponse:
    """The country first; with it the company and the shop. Whoever has a shop already may open another one here."""
    sent = request.POST if request.method == "POST" else request.GET
    company = _own_company(request, sent.get("company", ""))
    country = company[2] if company else sent.get("country", "")
    if not country:
        return _country_step(request, None)
    now = clock.now()
    try:
        check_country(country, now)
    except DomainError as refused:
        return _country_step(request, refused)
    if not queries.known_country(country):
        return _country_step(request, None)
    if request.method == "GET" and _phone_due(request, now):
        return redirect(f"{reverse('sellers:register_phone')}?{urlencode(_way(country, company))}")
    offer = queries.current_offer(now, request.language)
    cross_border = country != settings.MARKETPLACE_COUNTRY
    form = ShopForm(request.POST if request.method == "POST" else None, country=country, cross_border=cross_border,
                    departments=[(node.id, node.name) for node in catalog.tree(request.language) if not node.disabled],
                    asks_offer=offer is not None, company=company, now=now)
    taken: joining.Taken | None = None
    if request.method == "POST" and form.is_valid():
        known = {"legal_name": company[1], "registration_number": company[3]} if company else {}
        try:
            seller = services.register_shop(
                user_id=int(request.actor.id), language=request.language, actor=request.actor, now=now,
                **{**form.texts(), **known, "country": country})
        except DomainError as refused:
            if isinstance(refused, CompanyTaken):
                taken = joining.about(user_id=int(request.actor.id), country=country,
                                      registration_number=form.cleaned_data["registration_number"])
            ui_forms.add_errors(form, refused)
        else:
            if not seller.may_sell:
                return redirect("sellers:onboarding")
            messages.success(request, _("“%(name)s” is open. Welcome!") % {"name": seller.name})
            return redirect("sellers:welcome")
    asked = checklist.of_country(queries.checklist_items(), country=country, cross_border=cross_border)
    return render(request, "sellers/register.html", {
        "form": form, "offer": offer, "taken": taken,
        "join": JoinForm(initial={"country": country, "registration_number": taken.number}) if taken else None,
        "company": company, "country_name": formats.country(country),
        "cross_border": cross_border, "currencies": [currency_label(code) for code in queries.currencies(country, now)],
        "papers": [localized(item.names, request.language) for item in asked if item.kind == "document"],
    }, status=422 if form.errors else 200)


def _own_company(request: WebRequest, text: str) -> tuple[int, str, str, str] | None:
    return next((one for one in queries.own_companies(int(request.actor.id)) if str(one[0]) == text), None)


def _way(country: str, company: tuple[int, str, str, str] | None) -> dict[str, Any]:
    return {"company": company[0]} if company else {"country": country}


def _country_step(request: WebRequest, refused: DomainError | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    form = CountryForm(sent if "country" in sent else None, language=request.language, now=clock.now())
    if refused is not None:
        ui_forms.add_errors(form, refused)
    return render(request, "sellers/register_country.html", {
        "form": form, "companies": [(pk, name, formats.country(code), number) for pk, name, code, number in
                                    queries.own_companies(int(request.actor.id))],
    }, status=422 if form.is_bound and form.errors else 200)


def _phone_due(request: WebRequest, now: Any) -> bool:
    policy = queries.phone_policy(now)
    if policy == "off" or phone_of(int(request.actor.id)):
        return False
    return policy == "required" or not request.session.get("phone_later")


@user_view
@require_http_methods(["GET", "POST"])
def register_phone(request: WebRequest) -> HttpResponse:
    """A telephone number and the code sent to it. It may be left for later only where the marketplace says so."""
    now, user_id = clock.real_now(), int(request.actor.id)
    way = {name: request.GET[name] for name in ("country", "company") if name in request.GET}
    onward = f"{reverse('sellers:register')}?{urlencode(way)}" if way else reverse("sellers:register")
    if request.GET.get("from") == "list":
        onward = reverse("sellers:onboarding")
    if phone_of(user_id):
        return redirect(onward)
    change = reaching.contacts_of(user_id, now).phone_change
    number, code = TelephoneForm(), TelephoneCodeForm()
    try:
        if "new" in request.POST:
            number = TelephoneForm(request.POST)
            if number.is_valid():
                contacts.start(user_id=user_id, kind="phone", new=number.cleaned_data["new"],
                               info=request.origin(), now=now)
                return redirect(request.get_full_path())
        elif "code" in request.POST and change is not None:
            code = TelephoneCodeForm(request.POST)
            if code.is_valid():
                contacts.prove_new(user_id=user_id, kind="phone", code=code.cleaned_data["code"],
                                   info=request.origin(), now=now)
                return redirect(onward)
        elif "again" in request.POST:
            contacts.resend(user_id=user_id, kind="phone", info=request.origin(), now=now)
            messages.success(request, _("A new code is on its way."))
            return redirect(request.get_full_path())
    except LimitReached as refused:
        messages.error(request, refused.text)
        return redirect(request.get_full_path())
    except DomainError as refused:
        ui_forms.add_errors(number if number.is_bound else code, refused)
    wrong = (number.is_bound and number.errors) or (code.is_bound and code.errors)
    return render(request, "sellers/register_phone.html", {
        "number": number, "code": code, "change": None if "change" in request.GET else change, "onward": onward,
        "way": urlencode(way), "may_skip": queries.phone_policy(clock.now()) != "required",
    }, status=422 if wrong else 200)


@user_view
@require_POST
def phone_later(request: WebRequest) -> HttpResponse:
    """Go on without a number, where the marketplace allows it; the checklist asks again."""
    if queries.phone_policy(clock.now()) == "required":
        return redirect("sellers:register_phone")
    request.session["phone_later"] = True
    way = {name: request.POST[name] for name in ("country", "company") if request.POST.get(name)}
    return redirect(f"{reverse('sellers:register')}?{urlencode(way)}")
