"""Reading second steps: what somebody has, and whether they have any."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from sellerdesk.accounts import rules
from sellerdesk.accounts.models import Factor, RecoveryCode, User
from sellerdesk.accounts.types import AppFactor, Factors, KeyFactor, PhoneFactor

_REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors(user_id: int) -> Factors:
    """Everything a person can take the second step with. Three queries."""
    totp, keys = None, []
    for pk, kind, data, added, used in Authenticator.objects.filter(user_id=user_id, type__in=_REAL).order_by(
            "pk").values_list("pk", "type", "data", "created_at", "last_used_at"):
        if kind == Authenticator.Type.TOTP:
            totp = AppFactor(pk, added, used)
        else:
            keys.append(KeyFactor(pk, data["name"], bool(data.get("passkey")), added, used))
    left = list(RecoveryCode.objects.filter(user_id=user_id, used_at=None).values_list("created_at", flat=True))
    phone = None
    row = Factor.objects.filter(user_id=user_id, phone_since__isnull=False,
                                user__phone_verified_at__isnull=False).exclude(user__phone="").values_list(
        "user__phone", "phone_since", "phone_used_at").first()
    if row is not None and row[1] is not None:
        phone = PhoneFactor(rules.masked_phone(row[0]), row[1], row[2])
    return Factors(totp, tuple(keys), len(left), left[0] if left else None, phone)


def has_second_factor(user_id: int) -> bool:
    """Whether a stolen password alone opens nothing. At most two queries."""
    return Authenticator.objects.filter(user_id=user_id, type__in=_REAL).exists() or has_phone_factor(user_id)


def passkeys(user_id: int) -> set[int]:
    """The keys that sign a person in without a password. One query."""
    return {pk for pk, data in Authenticator.objects.filter(
        user_id=user_id, type=Authenticator.Type.WEBAUTHN).values_list("pk", "data") if data.get("passkey")}


def has_phone_factor(user_id: int) -> bool:
    return Factor.objects.filter(user_id=user_id, phone_since__isnull=False,
                                 user__phone_verified_at__isnull=False).exclude(user__phone="").exists()


def phone_of(user_id: int) -> str:
    """A person's confirmed telephone number, empty for none."""
    return User.objects.filter(pk=user_id, phone_verified_at__isnull=False).values_list(
        "phone", flat=True).first() or ""


def who_has_second_factor(user_ids: Iterable[int]) -> set[int]:
    """Of these people, those whose password alone opens nothing. Two queries."""
    ids = set(user_ids)
    phones = Factor.objects.filter(pk__in=ids, phone_since__isnull=False, user__phone_verified_at__isnull=False)
    return {*Authenticator.objects.filter(user_id__in=ids, type__in=_REAL).values_list("user_id", flat=True),
            *phones.exclude(user__phone="").values_list("pk", flat=True)}
