"""What can have happened to shops and their keys."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

SHOP_REGISTERED = "sellers.shop.registered"
SHOP_APPROVED = "sellers.shop.approved"
SHOP_CLOSED = "sellers.shop.closed"
MEMBER_ADDED = "sellers.member.added"
SECURITY_CHANGED = "sellers.security.changed"
KEY_CREATED = "sellers.key.created"
KEY_DEACTIVATED = "sellers.key.deactivated"
KEY_CHANGED = "sellers.key.changed"
KEY_ROTATED = "sellers.key.rotated"
KEY_EXPIRING = "sellers.key.expiring"
KEY_LEAKED = "sellers.key.leaked"


def _keys_page(row: Any) -> str:
    return reverse("sellers:keys")


register(
    EventType(SHOP_REGISTERED, _("%(actor)s registered the shop “%(target)s”")),
    EventType(SHOP_APPROVED, _("The shop “%(target)s” was approved")),
    EventType(SHOP_CLOSED, _("The shop “%(target)s” was closed")),
    EventType(MEMBER_ADDED, _("%(target)s joined the shop")),
    EventType(SECURITY_CHANGED, _("%(actor)s changed who needs a second step to sign in"),
              lambda row: reverse("sellers:security")),
    EventType(KEY_CREATED, _("%(actor)s created the API key “%(target)s”"), _keys_page),
    EventType(KEY_DEACTIVATED, _("%(actor)s deactivated the API key “%(target)s”"), _keys_page),
    EventType(KEY_CHANGED, _("%(actor)s changed the networks of the API key “%(target)s”"), _keys_page),
    EventType(KEY_ROTATED, _("%(actor)s replaced the API key “%(target)s” by a new one"), _keys_page),
    EventType(KEY_EXPIRING, _("The API key “%(target)s” ends soon"), _keys_page),
    EventType(KEY_LEAKED, _("The API key “%(target)s” was found in public and deactivated"), _keys_page),
)
