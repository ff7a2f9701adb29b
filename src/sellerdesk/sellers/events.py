"""What can have happened to shops and their keys."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

SHOP_REGISTERED = "sellers.shop.registered"
SHOP_APPROVED = "sellers.shop.approved"
MEMBER_ADDED = "sellers.member.added"
KEY_CREATED = "sellers.key.created"
KEY_DEACTIVATED = "sellers.key.deactivated"


def _keys_page(row: Any) -> str:
    return reverse("sellers:keys")


register(
    EventType(SHOP_REGISTERED, _("%(actor)s registered the shop “%(target)s”")),
    EventType(SHOP_APPROVED, _("The shop “%(target)s” was approved")),
    EventType(MEMBER_ADDED, _("%(target)s joined the shop")),
    EventType(KEY_CREATED, _("%(actor)s created the API key “%(target)s”"), _keys_page),
    EventType(KEY_DEACTIVATED, _("%(actor)s deactivated the API key “%(target)s”"), _keys_page),
)
