"""The person's own pages that the sign-in library lacks, and its page for codes with answers of our own."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.views import ConfirmEmailVerificationCodeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sellerdesk.accounts import services
from sellerdesk.accounts.web.forms import ProfileForm
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms


@user_view
def profile(request: WebRequest) -> HttpResponse:
    user: Any = request.user
    now = clock.real_now()
    fields = ("name", "language", "theme", "time_zone")
    form = ProfileForm(request.POST or None, initial={name: getattr(user, name) for name in fields}, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_profile(user_id=user.pk, actor=request.actor, now=now, info=request_info(request),
                                    **form.cleaned_data)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            with translation.override(form.cleaned_data["language"]):
                messages.success(request, _("Saved."))
            response = redirect("accounts:profile")
            # A guest's page in this browser, the sign-in page above all, keeps the choice.
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"],
                                max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", httponly=True,
                                secure=request.is_secure())
            return response
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


class ConfirmEmailCode(ConfirmEmailVerificationCodeView):
    """The library sends people with an expired code back to sign in without a word; this says why."""

    def dispatch(self, request: WebRequest, *args: Any, **kwargs: Any) -> Any:
        state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
        waited = clock.real_now().timestamp() - state["at"] if state else 0
        if waited > app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT:
            messages.warning(request, _("The code has expired. Sign in again, and we send you a new one."))
        return super().dispatch(request, *args, **kwargs)

    def _verify_form_invalid(self, form: Any) -> Any:
        if self._process.state["failed_attempts"] + 1 >= self._process.max_attempts:
            self._process.record_invalid_attempt()
            get_adapter(self.request).add_message(
                self.request, messages.ERROR,
                message=_("Too many wrong codes. Sign in again, and we send you a new one."))
            return redirect("account_login")
        return super()._verify_form_invalid(form)


confirm_email = public_view(never_cache(ConfirmEmailCode.as_view()))
