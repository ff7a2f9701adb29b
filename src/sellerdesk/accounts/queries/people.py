"""Reading about people."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.accounts.models import KnownDevice, User
from sellerdesk.core import crypto


def language_of(email: str) -> str:
    """The language a person reads, empty for an unknown address."""
    return User.objects.filter(email__iexact=email).values_list("language", flat=True).first() or ""


def contacts(user_ids: Iterable[int]) -> list[tuple[str, str]]:
    """Address and language of people to write to; those whose account is closed are left out."""
    return list(User.objects.filter(pk__in=set(user_ids), is_active=True).order_by("pk").values_list(
        "email", "language"))


def zones(user_ids: Iterable[int]) -> dict[int, str]:
    """The time zone each person has chosen. One query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "time_zone"))


def languages(user_ids: Iterable[int]) -> dict[int, str]:
    """The language each person has chosen. One query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "language"))


def labels(user_ids: Iterable[int]) -> dict[int, str]:
    """How people are called: their name, else their address."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name", "email")
    return {pk: name or email for pk, name, email in rows}


def phrase_of(email: str) -> str:
    """The personal phrase that mails to a person's own address carry; empty for other addresses."""
    return User.objects.filter(email=email.lower()).values_list("phrase", flat=True).first() or ""


def phrase_on(cookie: str) -> str:
    """The personal phrase to show before signing in: of whoever signed in last on this known browser."""
    digests = [crypto.digest(one) for one in cookie[:400].split(".")[:5] if one]
    if not digests:
        return ""
    return KnownDevice.objects.filter(token_hash__in=digests).order_by("-last_seen_at").values_list(
        "user__phrase", flat=True).first() or ""


def id_of(email: str) -> int | None:
    """Whose address this is; None for nobody's."""
    return User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
