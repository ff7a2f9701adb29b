"""The last step of a sign-in whose password may be known to somebody else: a new one, before anything else."""

from __future__ import annotations

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect


class NewPasswordStage(LoginStage):
    """Comes after the second step and the confirmation of a new device, so that only the owner gets here."""

    key = "new_password"
    urlname = "accounts:new_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is None or not user.must_change_password or not user.has_usable_password():
            return None, True
        return redirect(self.urlname), True
