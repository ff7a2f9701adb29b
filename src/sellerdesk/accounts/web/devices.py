"""Known browsers: the confirmation of a new one, the second step a remembered one may skip, and their cookie."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import stash_login
from allauth.account.signals import email_confirmed
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sellerdesk.accounts import services
from sellerdesk.accounts.services import devices, signing
from sellerdesk.accounts.web.forms import DeviceCodeForm
from sellerdesk.accounts.web.requests import device_cookie, request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid, LimitReached
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms

COOKIE_SECONDS = 365 * 24 * 3600
#: In the session: whose mailbox was just proven in this browser, and when.
_PROVEN = "mailbox_proven"


def write_cookie(response: HttpResponse, value: str) -> None:
    response.set_cookie(settings.DEVICE_COOKIE_NAME, value, max_age=COOKIE_SECONDS, path="/", httponly=True,
                        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


class SecondStepStage(AuthenticateStage):
    """The second step, skipped on devices that were told to remember it."""

    def _should_handle(self, request: WebRequest) -> bool:
        if not super()._should_handle(request):
            return False
        return not devices.is_trusted(user_id=self.login.user.pk, cookie=device_cookie(request), now=clock.real_now())


class NewDeviceStage(LoginStage):
    """Somebody came with the right password, and perhaps a code that was phished with it, from a browser not seen
    before: the sign-in waits for a code from a mail. Passkeys cannot be phished, so they do not wait."""

    key = "new_device"
    urlname = "accounts:device_confirm"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user: Any = self.login.user
        if user is None or not settings.NEW_DEVICE_CODE or self.login.signup or self._mailbox_proven(user.pk):
            return None, True
        records = get_authentication_records(self.request, user)
        if any(one.get("passwordless") for one in records):
            return None, True
        if devices.known(cookie=device_cookie(self.request), user_id=user.pk) is not None:
            return None, True
        if "kept" not in self.state:
            try:
                self.send()
            except LimitReached as refused:
                messages.warning(self.request, refused.text)
        return redirect(self.urlname), True

    def _mailbox_proven(self, user_id: int) -> bool:
        """Signing up, or an address confirmed on the way in, has just shown the same thing."""
        proven = self.request.session.get(_PROVEN, {})
        return bool(proven.get("user") == user_id
                    and clock.real_now().timestamp() - proven["at"] <= signing.CODE_SECONDS)

    def send(self) -> None:
        """Raises LimitReached; a code sent before stays good then."""
        link = settings.SITE_URL + reverse(self.urlname) + "?code={code}"
        self.state["kept"] = signing.send_device_code(user=self.login.user, link=link, info=request_info(self.request))
        self.state["at"] = clock.real_now().timestamp()


@receiver(email_confirmed, dispatch_uid="accounts.mailbox_proven")
def _mailbox_proven(sender: Any, request: WebRequest, email_address: Any, **_more: Any) -> None:
    request.session[_PROVEN] = {"user": email_address.user_id, "at": clock.real_now().timestamp()}


@public_view
@never_cache
def confirm(request: WebRequest) -> HttpResponse:
    """The code from the mail. The link in it brings the code along; only pressing the button uses it."""
    stage = LoginStageController.enter(request, NewDeviceStage.key)
    if stage is None:
        return redirect("account_login")
    form = DeviceCodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            signing.check_device_code(
                user_id=stage.login.user.pk, code=form.cleaned_data["code"], kept=stage.state.get("kept", ""),
                sent_at=stage.state.get("at", 0), info=request_info(request), now=clock.real_now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            return stage.exit()
    return render(request, "accounts/device_confirm.html", {"form": form, "email": stage.login.user.email},
                  status=422 if form.errors else 200)


@public_view
@never_cache
@require_POST
def resend(request: WebRequest) -> HttpResponse:
    stage: Any = LoginStageController.enter(request, NewDeviceStage.key)
    if stage is None:
        return redirect("account_login")
    try:
        signing.wait_before_resending(user_id=stage.login.user.pk)
        stage.send()
    except LimitReached as refused:
        messages.warning(request, refused.text)
    else:
        stash_login(request, stage.login)
        messages.success(request, _("A new code is on its way."))
    return redirect(NewDeviceStage.urlname)


@user_view
@require_POST
@fresh_proof()
def forget(request: WebRequest, device_id: int) -> HttpResponse:
    """The device counts as new again. Raises NotFound for somebody else's."""
    services.devices.forget(user_id=int(request.actor.id), device_id=device_id, info=request_info(request))
    messages.success(request, _("The device is forgotten."))
    return redirect("usersessions_list")
