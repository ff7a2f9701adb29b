"""Browsers that a person wants to be told in: taken on, tried out, taken off; and whom push services know us by."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from sellerdesk.core import crypto, scope, webpush
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic, locked
from sellerdesk.notifications import errors, rules
from sellerdesk.notifications.models import Device, Ring, SenderKey
from sellerdesk.sellers.types import SellerRef

PURPOSE = "notifications.device"
KEY_PURPOSE = "notifications.sender_key"
LABEL_MAX = 60


def sender_key(real_now: datetime) -> str:
    """The private key that push services know us by: of the settings, else made once and kept encrypted."""
    kept = _kept_key()
    if kept is None:
        made = crypto.encrypt(webpush.make_key().encode(), KEY_PURPOSE).decode()
        # Two at once make one: whoever is second reads the first one's.
        SenderKey.objects.bulk_create([SenderKey(pk=1, private=made, created_at=real_now)], ignore_conflicts=True)
        kept = _kept_key() or ""
    return kept


def _kept_key() -> str | None:
    if settings.WEB_PUSH_KEY:
        return str(settings.WEB_PUSH_KEY)
    kept = SenderKey.objects.filter(pk=1).values_list("private", flat=True).first()
    return None if kept is None else crypto.decrypt(kept.encode(), KEY_PURPOSE).decode()


def sender(real_now: datetime) -> str:
    """The public half, which a browser is given when it subscribes. Makes the key if there is none yet."""
    return _public(sender_key(real_now))


def known_sender() -> str:
    """The public half for pages, which only look: "" until the first browser is switched on."""
    kept = _kept_key()
    return "" if kept is None else _public(kept)


@lru_cache(maxsize=4)
def _public(private: str) -> str:
    return webpush.public_of(private)


@scope.across_shops()  # a browser hears of all shops of its person
def add_device(*, user_id: int, url: str, receiver: str, auth: str, label: str, real_now: datetime) -> int:
    """Tell a person in this browser from now on; one that is known already is theirs now, with its new keys.

    `receiver` and `auth` are the browser's key and secret as it spells them. Returns the device's id. Raises Invalid
    with every wrong field, TooManyDevices.
    """
    host = rules.ring_address(url, settings.WEB_PUSH_SERVICES)
    wrong = [] if host else [errors.device_url(url)]
    try:
        keys_ok = webpush.is_public_key(webpush.to_bytes(receiver)) and len(webpush.to_bytes(auth)) == 16
    except ValueError:
        keys_ok = False
    if not keys_ok:
        wrong.append(errors.device_keys(receiver))
    if wrong:
        raise errors.Invalid.many(wrong)
    secret = crypto.encrypt(json.dumps({"url": url, "receiver": receiver, "auth": auth}).encode(), PURPOSE).decode()
    most = dated.get("notifications.ring", "", real_now).value["devices"]
    with atomic():
        locked(f"notifications:devices:{user_id}")
        digest = crypto.digest(url)
        if Device.objects.filter(user_id=user_id).exclude(digest=digest).count() >= most:
            raise errors.TooManyDevices(data={"limit": most})
        kept = {"user_id": user_id, "secret": secret, "sender": sender(real_now), "label": label[:LABEL_MAX],
                "host": host[:120], "failed_at": None, "code": ""}
        row, _made = Device.objects.update_or_create(
            digest=digest, defaults=kept, create_defaults={**kept, "created_at": real_now})
        # What waited for whoever used this browser before is not for the next one to read.
        Ring.objects.filter(device_id=row.pk, state="waiting").update(state="stopped", done_at=real_now)
    return row.pk


@scope.across_shops()  # a browser hears of all shops of its person
def remove_device(*, user_id: int, device_id: int) -> str:
    """Tell nothing in this browser any more. Returns its name. Raises DeviceUnknown, also for another person's."""
    row = _own(user_id, device_id)
    row.delete()
    return row.label


def try_device(*, seller: SellerRef, user_id: int, device_id: int, real_now: datetime) -> str:
    """Put a test in line for one device; returns its name. Raises DeviceUnknown."""
    row = _own(user_id, device_id)
    Ring.objects.create(seller_id=seller.id, device_id=row.pk, next_at=real_now, created_at=real_now)
    return row.label


def _own(user_id: int, device_id: int) -> Device:
    row = Device.objects.filter(user_id=user_id, pk=device_id).first()
    if row is None:
        raise errors.DeviceUnknown()
    return row
