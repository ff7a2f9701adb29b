"""Reading about the keys of programs."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db.models import Max

from sellerdesk.accounts import queries as accounts
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page
from sellerdesk.sellers import rules
from sellerdesk.sellers.errors import KeyDeactivated, KeyExpired, KeyRestricted, KeyUnknown
from sellerdesk.sellers.models import ApiCall, ApiKey, Seller
from sellerdesk.sellers.queries.shops import REF
from sellerdesk.sellers.types import ApiCallRow, KeyCaller, KeyRow, SellerRef


def keys(seller: SellerRef) -> list[KeyRow]:
    """A shop's API keys, newest first. Two queries."""
    rows = list(ApiKey.objects.filter(seller_id=seller.id).order_by("-pk").values_list(
        "id", "name", "prefix", "roles", "created_by_id", "created_at", "expires_at", "deactivated_at",
        "last_used_at", "last_used_address", "last_used_method", "networks", "leaked_at", "successor_id",
        "warehouses"))
    names = accounts.labels(row[4] for row in rows if row[4])
    return [KeyRow(row[0], row[1], row[2], tuple(row[3]), names.get(row[4], ""), *row[5:11],
                   networks=tuple(row[11]), leaked_at=row[12], successor_id=row[13], warehouse_ids=tuple(row[14]))
            for row in rows]


def key(seller: SellerRef, key_id: int) -> KeyRow:
    """One of a shop's keys. Raises KeyUnknown."""
    found = next((row for row in keys(seller) if row.id == key_id), None)
    if found is None:
        raise KeyUnknown()
    return found


def calls_page(seller: SellerRef, key_id: int, *, failed: bool = False, status: int | None = None,
               cursor: str | None, limit: int) -> Page[ApiCallRow]:
    """What a key was used for in the last days, newest first. `failed` leaves answers out.

    Raises Invalid `cursor_invalid`.
    """
    rows = ApiCall.objects.filter(seller_id=seller.id, key_id=key_id)
    if failed:
        rows = rows.filter(status__gte=400)
    if status:
        rows = rows.filter(status=status)
    back = False
    if cursor:
        way, last = cursor_decode(cursor, 2)
        if not isinstance(last, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        back = way == "p"
        rows = rows.filter(pk__gt=last) if back else rows.filter(pk__lt=last)
    picked = [ApiCallRow(*row) for row in rows.order_by("pk" if back else "-pk").values_list(
        "id", "at", "method", "status", "code", "milliseconds", "address", "request_id")[:limit + 1]]
    more = len(picked) > limit
    picked = picked[:limit]
    if back:
        picked.reverse()
    has_next, has_prev = (True, more) if back else (more, bool(cursor))
    return Page(picked,
                next_cursor=cursor_encode("n", picked[-1].id) if picked and has_next else "",
                prev_cursor=cursor_encode("p", picked[0].id) if picked and has_prev else "")


def has_keys(seller: SellerRef, at: datetime) -> bool:
    """Whether a shop has a key that works at a moment."""
    return ApiKey.objects.filter(seller_id=seller.id, deactivated_at=None, expires_at__gt=at).exists()


def last_call(seller: SellerRef) -> datetime | None:
    """When a program of the shop last used a key of it, in real time; None for never. One query."""
    return ApiKey.objects.filter(seller_id=seller.id).aggregate(last=Max("last_used_at"))["last"]


def authenticate_key(*, client_id: int, api_key: str, address: str, real_now: datetime,
                     method: str = "") -> KeyCaller:
    """Who a key belongs to, in one indexed read, so that deactivation acts at once.

    A text that cannot be a key (length, alphabet, checksum) is refused without a query. Raises KeyUnknown also for a
    right key with another shop's Client-Id; KeyDeactivated, KeyExpired and KeyRestricted (the address is on none of its
    networks) only after the key was proved, with `key_id` and `seller_id` in their data. Nothing is written here: doors
    note the use with `services.touch_key`, which is why `method` is not kept.
    """
    if not rules.well_formed(api_key):
        raise KeyUnknown()
    row = ApiKey.objects.filter(prefix=rules.key_prefix(api_key)).values_list(
        "id", "name", "secret_hash", "roles", "expires_at", "deactivated_at", "last_used_at",
        "networks", "warehouses", *(f"seller__{name}" for name in REF)).first()
    if row is None or not hmac.compare_digest(row[2], rules.key_hash(api_key)) or row[9] != client_id:
        raise KeyUnknown()
    key_id, name, _hash, roles, expires_at, deactivated_at, last_used_at, networks, warehouses = row[:9]
    seller = SellerRef(*row[9:])
    known = {"key_id": key_id, "seller_id": seller.id}
    if deactivated_at is not None or seller.state == Seller.State.CLOSED:
        raise KeyDeactivated(data=known)
    if expires_at <= real_now:
        raise KeyExpired(data=known)
    if not rules.address_allowed(address, networks):
        raise KeyRestricted(data=known)
    return KeyCaller(seller, key_id, name, frozenset(roles), expires_at, last_used_at, tuple(warehouses))
