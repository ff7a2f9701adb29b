"""What only the sign-in library and Django know of, told to the security history."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as library
from allauth.account.models import EmailAddress
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import history
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core.http.request import WebRequest


@receiver(user_logged_out, dispatch_uid="history.signed_out")
def _signed_out(request: WebRequest, user: User | None, **_more: Any) -> None:
    if user is not None and user.pk:
        history.record(user_id=user.pk, kind="sign_in.ended", info=request_info(request))


@receiver(library.user_signed_up, dispatch_uid="history.signed_up")
def _signed_up(request: WebRequest, user: User, **_more: Any) -> None:
    history.record(user_id=user.pk, kind="account.created", info=request_info(request))


@receiver(library.password_set, dispatch_uid="history.password_set")
def _password_set(request: WebRequest, user: User, **_more: Any) -> None:
    history.record(user_id=user.pk, kind="password.set", info=request_info(request))


@receiver(library.email_confirmed, dispatch_uid="history.email_confirmed")
def _email_confirmed(request: WebRequest, email_address: EmailAddress, **_more: Any) -> None:
    history.record(user_id=email_address.user_id, kind="email.confirmed", info=request_info(request),
                   detail={"email": email_address.email})


@receiver(library.email_added, dispatch_uid="history.email_added")
def _email_added(request: WebRequest, user: User, email_address: EmailAddress, **_more: Any) -> None:
    history.record(user_id=user.pk, kind="email.added", info=request_info(request),
                   detail={"email": email_address.email})
