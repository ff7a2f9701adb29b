"""Forms about people."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as LibrarySignupForm


class SignupForm(LibrarySignupForm):
    """E-mail and password; the field nobody sees keeps robots out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ""
