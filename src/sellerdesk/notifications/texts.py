"""Words for pushes, states and tries, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.notifications import rules

#: What each push tells, by its type.
TYPES: dict[str, Any] = {
    rules.NEW_POSTING: _("New order"),
    rules.POSTING_CANCELLED: _("Order cancelled"),
    rules.STATE_CHANGED: _("State of an order changed"),
    rules.CUTOFF_CHANGED: _("Deadline of the hand-over changed"),
    rules.DELIVERY_CHANGED: _("Time of delivery changed"),
    rules.ITEM_CHANGED: _("Product created or changed"),
    rules.STOCKS_CHANGED: _("Stock changed"),
    rules.TREE_CHANGED: _("Category tree changed"),
    rules.ORDER_NEW: _("New order of any scheme"),
    rules.ORDER_CANCELLED: _("Whole order cancelled"),
    rules.ORDER_STATE: _("Whole order completed"),
    rules.FBO_NEW: _("New order from the marketplace’s warehouse"),
    rules.FBO_CANCELLED: _("Order from the marketplace’s warehouse cancelled"),
    rules.FBO_STATE: _("State of an order from the marketplace’s warehouse changed"),
    "TYPE_NEW_MESSAGE": _("New message in a chat"),
    "TYPE_UPDATE_MESSAGE": _("Message in a chat changed"),
    "TYPE_MESSAGE_READ": _("Message in a chat read"),
    "TYPE_CHAT_CLOSED": _("Chat closed"),
    "TYPE_CREATE_ITEM": _("Product created (old)"),
    "TYPE_UPDATE_ITEM": _("Product changed (old)"),
    "TYPE_FBO_POSTING_DELIVERY_DATE_CHANGED": _("Delivery from the marketplace’s warehouse at another time"),
    rules.FBO_STOCKS: _("Stock in the marketplace’s warehouse changed"),
    rules.PING: _("Test push"),
}
#: State of an address: text, tone, icon.
STATES: dict[str, tuple[Any, str, str]] = {
    "active": (pgettext_lazy("push address", "Works"), "success", "circle-check"),
    "failing": (pgettext_lazy("push address", "Failing, tried again"), "warning", "alert-triangle"),
    "paused": (pgettext_lazy("push address", "Paused"), "danger", "player-pause"),
    "off": (pgettext_lazy("push address", "Switched off"), "neutral", "ban"),
    "gone": (pgettext_lazy("push address", "Gone (410)"), "danger", "ban"),
}
DELIVERY_STATES: dict[str, tuple[Any, str]] = {
    "waiting": (pgettext_lazy("push", "Waits"), "info"),
    "retrying": (pgettext_lazy("push", "Tried again"), "warning"),
    "done": (pgettext_lazy("push", "Delivered"), "success"),
    "dropped": (pgettext_lazy("push", "Given up"), "danger"),
    "stopped": (pgettext_lazy("push", "Stopped"), "neutral"),
}
FORMS: dict[str, Any] = {
    "contract": _("The Seller API’s own form, answered with {\"result\": true}"),
    "standard": _("Standard Webhooks: an envelope, any 2xx answer counts"),
}


def type_text(name: str) -> Any:
    return TYPES.get(name, name)
