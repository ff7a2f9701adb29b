"""The sign-in page, and signing in by telephone."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sellerdesk.accounts import queries
from sellerdesk.accounts.services import phone_sign_in
from sellerdesk.accounts.web.forms import PhoneCodeForm, PhoneForm
from sellerdesk.accounts.web.requests import device_cookie, request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid, LimitReached
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms

_STATE = "phone_sign_in"


class SignIn(LoginView):
    """The library's, with our limits: a refusal says how long, in the page and in Retry-After."""

    def post(self, request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except LimitReached as refused:
            form = self.get_form_class()(request=request, initial={"login": request.POST.get("login", "")[:254]})
            return too_many(self.render_to_response(self.get_context_data(form=form, locked=refused.text)), refused)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["by_phone"] = phone_sign_in.offered(clock.real_now())
        context["phrase"] = queries.phrase_on(device_cookie(self.request))
        return context


def too_many(response: HttpResponse, refused: LimitReached) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = str(refused.retry_after_seconds)
    return response


@public_view
@never_cache
def by_phone(request: WebRequest) -> HttpResponse:
    """First the number. The answer is the same whether somebody has it or not."""
    if request.user.is_authenticated:
        return redirect("/")
    form = PhoneForm(request.POST or None)
    context = {"form": form, "next": get_next_redirect_url(request) or ""}
    if request.method == "POST" and form.is_valid():
        try:
            number = phone_sign_in.ask(number=form.cleaned_data["phone"], language=request.language,
                                       info=request_info(request), now=clock.real_now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        except LimitReached as refused:
            return too_many(render(request, "accounts/phone_sign_in.html", {**context, "locked": refused.text}),
                            refused)
        else:
            request.session[_STATE] = {"phone": number, "next": context["next"]}
            return redirect("accounts:phone_sign_in_code")
    return render(request, "accounts/phone_sign_in.html", context, status=422 if form.errors else 200)


@public_view
@never_cache
def by_phone_code(request: WebRequest) -> HttpResponse:
    """Then the code; what follows is what follows a password."""
    state = request.session.get(_STATE)
    if not state or request.user.is_authenticated:
        return redirect("accounts:phone_sign_in")
    form = PhoneCodeForm(request.POST or None)
    context = {"form": form, "number": phone_sign_in.masked(state["phone"])}
    if request.method == "POST" and form.is_valid():
        try:
            user: Any = phone_sign_in.finish(number=state["phone"], code=form.cleaned_data["code"],
                                             cookie=device_cookie(request), info=request_info(request),
                                             now=clock.real_now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        except LimitReached as refused:
            return too_many(render(request, "accounts/phone_sign_in_code.html", {**context, "locked": refused.text}),
                            refused)
        else:
            del request.session[_STATE]
            record_authentication(request, user, "phone")
            return perform_login(request, Login(user=user, redirect_url=state["next"] or None))
    return render(request, "accounts/phone_sign_in_code.html", context, status=422 if form.errors else 200)


sign_in = public_view(SignIn.as_view())
