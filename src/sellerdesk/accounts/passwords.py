"""What a password must withstand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# The estimator is quadratic; what a person types beyond this adds nothing that matters.
_ESTIMATED_LENGTH = 72
_MAX_LENGTH = 4096
_WORDS = re.compile(r"[^\W_]{3,}")

WordSource = Callable[[int], Iterable[str]]
_sources: list[WordSource] = []


def add_word_source(source: WordSource) -> None:
    """Let a higher domain name words that are easy to guess for one person, by user id: for example shop names."""
    if source not in _sources:
        _sources.append(source)


def personal_words(user: Any) -> list[str]:
    """Everything an acquaintance would try first, whole and in parts."""
    whole = [getattr(user, "email", "") or "", getattr(user, "name", "") or ""]
    if getattr(user, "pk", None):
        whole += [word for source in _sources for word in source(user.pk)]
    return [*filter(None, whole), *(part for text in whole for part in _WORDS.findall(text))]


def score(password: str, words: Iterable[str] = ()) -> int:
    """How hard a password is to guess, 0 (at once) to 4 (not in years), by zxcvbn."""
    if not password:
        return 0
    return int(zxcvbn(password[:_ESTIMATED_LENGTH], user_inputs=[*words, "sellerdesk"])["score"])


class StrengthValidator:
    """Refuses what can be guessed within hours (score below 3), counting the person's own words as known.

    Very short passwords are left to the rule about length, so that people read one reason and not two.
    """

    def __init__(self, min_score: int = 3, min_length: int = 10) -> None:
        self.min_score, self.min_length = min_score, min_length

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > _MAX_LENGTH:
            raise ValidationError(_("The password is longer than %(limit)s characters.") % {"limit": _MAX_LENGTH},
                                  code="password_too_long")
        if len(password) >= self.min_length and score(password, personal_words(user)) < self.min_score:
            raise ValidationError(
                _("This password is easy to guess. Take several unrelated words or a longer mix, "
                  "without your name, e-mail or shop."), code="password_too_weak")

    def get_help_text(self) -> str:
        return _("Several unrelated words make a good password. Your name, e-mail and shop name do not count.")
