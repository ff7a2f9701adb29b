"""Where somebody is signed in, and which browsers know them."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from sellerdesk.accounts import rules
from sellerdesk.accounts.models import KnownDevice
from sellerdesk.accounts.places import place_of
from sellerdesk.accounts.types import DeviceRow, SessionRow


def sessions(user_id: int, *, current_key: str, now: datetime) -> list[SessionRow]:
    """Live sessions, this one first, then the one used last. Two queries."""
    rows = list(UserSession.objects.filter(user_id=user_id).order_by("-last_seen_at", "-pk").values_list(
        "pk", "session_key", "ip", "user_agent", "created_at", "last_seen_at", "data"))
    alive = set(Session.objects.filter(pk__in=[row[1] for row in rows], expire_date__gt=now).values_list(
        "pk", flat=True))
    found = [SessionRow(pk, rules.device_name(agent), rules.masked_address(str(ip)), place_of(str(ip)),
                        rules.is_local_address(str(ip)), created, seen, tuple((data or {}).get("methods", ())),
                        key == current_key)
             for pk, key, ip, agent, created, seen, data in rows if key in alive]
    return sorted(found, key=lambda row: not row.current)


def devices(user_id: int, *, current_hashes: list[str], now: datetime) -> list[DeviceRow]:
    """Browsers that know this person, the one used last first."""
    return [DeviceRow(pk, rules.device_name(agent), rules.masked_address(address), first, last,
                      trusted if trusted and trusted > now else None, hash_ in current_hashes)
            for pk, agent, address, first, last, trusted, hash_ in KnownDevice.objects.filter(
                user_id=user_id).order_by("-last_seen_at", "-pk").values_list(
                "pk", "agent", "address", "first_seen_at", "last_seen_at", "trusted_until", "token_hash")[:100]]
