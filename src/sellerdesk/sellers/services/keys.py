"""Writing about the keys of programs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers import events, rules
from sellerdesk.sellers.errors import KeyUnknown, TooManyKeys
from sellerdesk.sellers.models import ApiKey
from sellerdesk.sellers.types import KeyCaller, NewKey, SellerRef

#: Roles an API key can have, in the order they are offered. The Seller API decides what each of them allows.
KEY_ROLES = ("Admin", "Admin read only", "Product", "Product read only", "Price", "Warehouse", "Posting FBS",
             "Posting FBS read only")
KEY_NAME_MAX = 80
_TOUCH_SECONDS = 60


def create_key(*, seller: SellerRef, name: str, roles: Sequence[str], life_days: int | None = None, actor: Actor,
               user_id: int | None, real_now: datetime) -> NewKey:
    """Make an API key. The answer holds the key itself, which is kept nowhere.

    `life_days` is at most the dated rule `sellers.key_life_days` (the default). Raises Invalid with every wrong field,
    or TooManyKeys.
    """
    name = rules.clean_name(name)
    longest = dated.get("sellers.key_life_days", "", real_now).value
    life_days = longest if life_days is None else life_days
    wrong = []
    if not 1 <= len(name) <= KEY_NAME_MAX:
        wrong.append(FieldError("name", "length", _("Give the key a name of 1 to 80 characters."), name[:60]))
    unknown = [role for role in roles if role not in KEY_ROLES]
    if unknown or not roles:
        wrong.append(FieldError("roles", "role_unknown", _("Choose at least one of the roles offered."),
                                ", ".join(unknown)))
    if not 1 <= life_days <= longest:
        wrong.append(FieldError("life_days", "out_of_range", _("A key lives 1 to %(limit)s days."), str(life_days),
                                {"limit": longest}))
    if wrong:
        raise Invalid.many(wrong)
    secret = rules.make_key(secrets.token_bytes(32))
    expires_at = real_now + timedelta(days=life_days)
    limit = dated.get("sellers.keys_per_shop", "", real_now).value
    with atomic():
        if ApiKey.objects.filter(seller_id=seller.id, deactivated_at=None, expires_at__gt=real_now).count() >= limit:
            raise TooManyKeys(data={"limit": limit})
        key = ApiKey.objects.create(
            seller_id=seller.id, name=name, prefix=rules.key_prefix(secret), secret_hash=rules.key_hash(secret),
            roles=[role for role in KEY_ROLES if role in roles], created_by_id=user_id, created_at=real_now,
            expires_at=expires_at)
        activity.record(events.KEY_CREATED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                        target_id=key.pk, target_label=name,
                        after={"prefix": key.prefix, "roles": key.roles, "expires_at": expires_at.isoformat()})
    return NewKey(key.pk, secret, key.prefix, expires_at)


def deactivate_key(*, seller: SellerRef, key_id: int, actor: Actor, real_now: datetime) -> str:
    """Stop a key for good, at once. Doing it again changes nothing. Returns its name. Raises KeyUnknown."""
    with atomic():
        row = ApiKey.objects.filter(pk=key_id, seller_id=seller.id).values_list("name", "prefix").first()
        if row is None:
            raise KeyUnknown()
        moved = ApiKey.objects.filter(pk=key_id, seller_id=seller.id, deactivated_at=None).update(
            deactivated_at=real_now)
        if moved:
            activity.record(events.KEY_DEACTIVATED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                            target_id=key_id, target_label=row[0], data={"prefix": row[1]})
    return row[0]


def touch_key(*, caller: KeyCaller, address: str, method: str, real_now: datetime) -> None:
    """Note when, from where and for what a key was used; at most once a minute per key, so reading stays reading."""
    if caller.last_used_at and (real_now - caller.last_used_at).total_seconds() < _TOUCH_SECONDS:
        return
    ApiKey.objects.filter(pk=caller.key_id).update(last_used_at=real_now, last_used_address=address[:45],
                                                   last_used_method=method[:120])
