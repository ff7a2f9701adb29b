"""The pages of delivery beside each other."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.logistics import permissions

_TABS = (("parcels", _("Parcels"), "package", permissions.PARCELS_VIEW),
         ("methods", _("Methods"), "route", permissions.METHODS_VIEW),
         ("calculator", _("Calculator"), "calculator", permissions.CALCULATE))


def tabs(request: WebRequest, key: str) -> list[dict[str, Any]]:
    """The tabs that the person may open, with the one of this page lit."""
    return [{"label": label, "icon": icon, "href": reverse(f"logistics:{name}"), "active": name == key, "count": None}
            for name, label, icon, right in _TABS if request.can(right)]
