"""Reading about the keys of programs."""

from __future__ import annotations

import hmac
from datetime import datetime

from sellerdesk.accounts import queries as accounts
from sellerdesk.sellers import rules
from sellerdesk.sellers.errors import KeyDeactivated, KeyExpired, KeyUnknown
from sellerdesk.sellers.models import ApiKey, Seller
from sellerdesk.sellers.queries.shops import REF
from sellerdesk.sellers.types import KeyCaller, KeyRow, SellerRef


def keys(seller: SellerRef) -> list[KeyRow]:
    """A shop's API keys, newest first. Two queries."""
    rows = list(ApiKey.objects.filter(seller_id=seller.id).order_by("-pk").values_list(
        "id", "name", "prefix", "roles", "created_by_id", "created_at", "expires_at", "deactivated_at",
        "last_used_at", "last_used_address", "last_used_method"))
    names = accounts.labels(row[4] for row in rows if row[4])
    return [KeyRow(row[0], row[1], row[2], tuple(row[3]), names.get(row[4], ""), *row[5:]) for row in rows]


def has_keys(seller: SellerRef, at: datetime) -> bool:
    """Whether a shop has a key that works at a moment."""
    return ApiKey.objects.filter(seller_id=seller.id, deactivated_at=None, expires_at__gt=at).exists()


def authenticate_key(*, client_id: int, api_key: str, address: str, real_now: datetime,
                     method: str = "") -> KeyCaller:
    """Who a key belongs to, in one indexed read, so that deactivation acts at once.

    A text that cannot be a key (length, alphabet, checksum) is refused without a query. Raises KeyUnknown also for a
    right key with another shop's Client-Id; KeyDeactivated and KeyExpired only after the key was proved. Nothing is
    written here: doors note the use with `services.touch_key`, which is why `address` and `method` are not kept.
    """
    if not rules.well_formed(api_key):
        raise KeyUnknown()
    row = ApiKey.objects.filter(prefix=rules.key_prefix(api_key)).values_list(
        "id", "name", "secret_hash", "roles", "expires_at", "deactivated_at", "last_used_at",
        *(f"seller__{name}" for name in REF)).first()
    if row is None or not hmac.compare_digest(row[2], rules.key_hash(api_key)) or row[7] != client_id:
        raise KeyUnknown()
    key_id, name, _hash, roles, expires_at, deactivated_at, last_used_at = row[:7]
    seller = SellerRef(*row[7:])
    if deactivated_at is not None or seller.state == Seller.State.CLOSED:
        raise KeyDeactivated()
    if expires_at <= real_now:
        raise KeyExpired()
    return KeyCaller(seller, key_id, name, frozenset(roles), expires_at, last_used_at)
