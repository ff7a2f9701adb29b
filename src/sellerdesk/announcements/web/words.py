"""Words for what is coming, by kind."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sellerdesk.announcements.types import Coming

KINDS: dict[str, Any] = {
    "finance.commission": gettext_lazy("New commission table"), "finance.acquiring": gettext_lazy("Payment processing"),
    "finance.price_bands": gettext_lazy("Price bands of the commission"),
    "logistics.tariff": gettext_lazy("Tariffs of carriers"),
    "inventory.storage": gettext_lazy("Storage with the marketplace"),
    "orders.late_tariff": gettext_lazy("Penalties for late shipment"),
    "orders.late_policy": gettext_lazy("Terms of shipping"), "orders.error_index": gettext_lazy("Error index"),
    "returns.storage": gettext_lazy("Storage of returns"), "returns.term": gettext_lazy("Terms of returning"),
    "returns.claim_terms": gettext_lazy("Terms of claims"), "finance.settlement": gettext_lazy("Payout calendar"),
    "finance.payout_minimum": gettext_lazy("Smallest payout"), "catalog.screening": gettext_lazy("Rules for goods"),
    "sellers.inactivity": gettext_lazy("Pausing of idle shops"),
}
_PAGES = {"finance.commission": "announcements:fees", "finance.acquiring": "announcements:fees",
          "inventory.storage": "announcements:fees", "logistics.tariff": "logistics:calculator",
          "orders.late_tariff": "orders:terms", "orders.late_policy": "orders:terms",
          "orders.error_index": "orders:terms", "catalog.screening": "catalog:policies"}


def title(one: Coming) -> str:
    """What comes, in one line."""
    if one.kind == "announcement":
        return one.title
    if one.kind == "policy":
        return _("New version of “%(title)s”") % {"title": one.title}
    if one.kind == "offer":
        return _("New version of the offer: %(version)s") % {"version": one.title}
    name = str(KINDS.get(one.kind, one.kind))
    if one.count == 1:
        return name
    return _("%(name)s: %(changes)s") % {"name": name, "changes": ngettext(
        "%(count)s change", "%(count)s changes", one.count) % {"count": one.count}}


def url(one: Coming) -> str:
    """Where more is said about it."""
    if one.kind == "announcement":
        return reverse("announcements:announcement", args=[one.ref])
    if one.kind in ("policy", "offer"):
        return reverse("announcements:policy", args=[one.ref])
    try:
        return reverse(_PAGES[one.kind])
    except (KeyError, NoReverseMatch):
        return ""
