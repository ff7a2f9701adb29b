"""What a password must withstand: long enough for what stands beside it, not on the list, not guessed from its owner.

There are no rules about kinds of characters, nothing is cut off, and any script and blanks are allowed. The figures
follow NIST SP 800-63B-4: 15 characters where the password is the only factor, 8 beside a second one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn

from sellerdesk.accounts import rules
from sellerdesk.accounts.common_passwords import folded, is_common

# The estimator is quadratic; what a person types beyond this adds nothing that matters.
_ESTIMATED_LENGTH = 72
_WORDS = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2,}|\d{4,}")
_GOOD_SCORE = 3
# Beside a second step, what withstands guessing at a throttled door is enough.
_GOOD_BESIDE = 2
# Han words are short: two signs make a name.
_PERSONAL_LENGTH = 2

WordSource = Callable[[int], Iterable[str]]
_sources: list[WordSource] = []

_REASONS = {
    "personal": gettext_lazy("It contains your name, e-mail or shop."),
    "common": gettext_lazy("It is on the list of passwords that are tried first."),
    "word": gettext_lazy("Much of it is a common word or name."),
    "keyboard": gettext_lazy("It follows neighbouring keys."),
    "repeat": gettext_lazy("It repeats itself."),
    "sequence": gettext_lazy("It counts up or down, like abc or 123."),
    "date": gettext_lazy("It contains a date or a year."),
}
_PATTERNS = {"spatial": "keyboard", "repeat": "repeat", "sequence": "sequence", "date": "date", "regex": "date"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """`score` from 0 (guessed at once) to 4 (not in years); `reasons` are sentences, worst first."""

    score: int
    reasons: tuple[Any, ...]
    common: bool
    length: int


def add_word_source(source: WordSource) -> None:
    """Let a higher domain name words that are easy to guess for one person, by user id: for example shop names."""
    if source not in _sources:
        _sources.append(source)


def words_in(text: str) -> list[str]:
    """A text and its parts, as words to be counted as known."""
    return [text, *_WORDS.findall(text)] if text else []


def personal_words(user: Any) -> list[str]:
    """Everything an acquaintance would try first, whole and in parts."""
    whole = [getattr(user, "email", "") or "", getattr(user, "name", "") or ""]
    if getattr(user, "pk", None):
        whole += [word for source in _sources for word in source(user.pk)]
    return [part for text in whole for part in words_in(text)]


def min_length(user: Any) -> int:
    """8 where a second step stands beside the password or a shop asks for one, 15 where it stands alone."""
    from sellerdesk.accounts.queries.passwords import second_step_expected

    user_id = getattr(user, "pk", None)
    return rules.PASSWORD_MIN_BESIDE if user_id and second_step_expected(user_id) else rules.PASSWORD_MIN_ALONE


def estimate(password: str, words: Iterable[str] = ()) -> Estimate:
    """How hard a password is to guess, by zxcvbn and the list, and why."""
    text = rules.normal_password(password)
    if not text:
        return Estimate(0, (), False, 0)
    own = [*words, "sellerdesk"]
    found = zxcvbn(text[:_ESTIMATED_LENGTH], user_inputs=own)
    common = is_common(text)
    score = 0 if common else int(found["score"])
    reasons = ["common"] if common else []
    rest = _without(text, own)
    if rest != folded(text):
        # The estimator multiplies known words; to an acquaintance they are all free.
        left = int(zxcvbn(rest[:_ESTIMATED_LENGTH])["score"]) if rest.strip() else 0
        if left < score:
            score = left
            reasons.append("personal")
    if score < _GOOD_SCORE:
        for part in found["sequence"]:
            pattern = part["pattern"]
            if pattern == "dictionary" and part["dictionary_name"] == "user_inputs":
                reasons.append("personal")
            elif pattern == "dictionary" and len(part["token"]) > 3:
                reasons.append("word")
            elif pattern in _PATTERNS:
                reasons.append(_PATTERNS[pattern])
    return Estimate(score, tuple(_REASONS[reason] for reason in dict.fromkeys(reasons)), common, len(text))


def _without(text: str, words: list[str]) -> str:
    """What is left of a password without the words an acquaintance knows."""
    rest = folded(text)
    for word in sorted({folded(word) for word in words if len(word) >= _PERSONAL_LENGTH}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def score(password: str, words: Iterable[str] = ()) -> int:
    """How hard a password is to guess, 0 (at once) to 4 (not in years)."""
    return estimate(password, words).score


def good_score(least: int) -> int:
    """The score a password needs where at least so many characters are asked for."""
    return _GOOD_SCORE if least == rules.PASSWORD_MIN_ALONE else _GOOD_BESIDE


class LengthValidator:
    """15 to 256 characters, 8 beside a second step. Counted after composing accents, as the password is kept."""

    def validate(self, password: str, user: Any = None) -> None:
        length, least = len(rules.normal_password(password)), min_length(user)
        if length < least:
            if least == rules.PASSWORD_MIN_ALONE:
                text = _("Take at least %(limit)s characters: the password is all that guards this account. "
                         "Several words with blanks are fine.")
            else:
                text = _("Take at least %(limit)s characters.")
            raise ValidationError(text % {"limit": least}, code="password_too_short")
        if length > rules.PASSWORD_MAX:
            raise ValidationError(_("The password is longer than %(limit)s characters.")
                                  % {"limit": rules.PASSWORD_MAX}, code="password_too_long")

    def get_help_text(self) -> str:
        return _("Any characters of any language, blanks too. There are no rules about capitals, digits or signs.")


class CommonPasswordValidator:
    """Refuses what stands on the list of common and breached passwords, and says so."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_common(rules.normal_password(password)):
            raise ValidationError(
                _("This password is on the list of common and leaked passwords that attackers try first. "
                  "Take another one, also where you used this one elsewhere."), code="password_common")

    def get_help_text(self) -> str:
        return _("Common and leaked passwords are refused.")


class StrengthValidator:
    """Refuses what can be guessed within hours (score below 3, beside a second step below 2), counting the person's own
    words as known.

    Those too short or on the list are left to the rules about that, so that people read one reason and not two.
    """

    def validate(self, password: str, user: Any = None) -> None:
        least = min_length(user)
        if not least <= len(rules.normal_password(password)) <= rules.PASSWORD_MAX:
            return
        found = estimate(password, personal_words(user))
        if found.score < good_score(least) and not found.common:
            why = " ".join(str(reason) for reason in found.reasons)
            text = _("This password is easy to guess. Take several unrelated words or a longer mix, "
                     "without your name, e-mail or shop.")
            raise ValidationError(f"{text} {why}".strip(), code="password_too_weak")

    def get_help_text(self) -> str:
        return _("Several unrelated words make a good password. Your name, e-mail and shop name do not count.")
