"""Lists of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from sellerdesk.core.ui import tables as t
from sellerdesk.sellers.types import KeyRow

KEY_STATES = {
    "active": t.Badge(pgettext_lazy("API key", "Works"), "success"),
    "expiring": t.Badge(pgettext_lazy("API key", "Ends soon"), "warning"),
    "expired": t.Badge(pgettext_lazy("API key", "Expired"), "neutral"),
    "deactivated": t.Badge(pgettext_lazy("API key", "Deactivated"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as the list shows it."""

    id: int
    name: str
    prefix: str
    state: str
    roles: tuple[str, ...]
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    last_use: str
    expires_at: datetime
    working: bool
    may_edit: bool


def key_line(row: KeyRow, now: datetime, may_edit: bool) -> KeyLine:
    state = row.state_at(now)
    use = ", ".join(filter(None, (row.last_used_method, row.last_used_address)))
    last_use = use or pgettext("use of a key", "never")
    return KeyLine(row.id, row.name, f"{row.prefix}…", state, row.roles, row.created_by, row.created_at,
                   row.last_used_at, last_use, row.expires_at, state in {"active", "expiring"}, may_edit)


def _deactivate(row: Any) -> str:
    return reverse("sellers:key_deactivate", args=[row.id])


class KeyTable(t.Table):
    caption = gettext_lazy("API keys")
    columns = (
        t.Column("name", gettext_lazy("Key"), sub="prefix", primary=True),
        t.Column("state", gettext_lazy("State"), kind="badge", choices=KEY_STATES),
        t.Column("roles", gettext_lazy("Roles"), kind="tags"),
        t.Column("created_by", gettext_lazy("Created by"), hide_on_phone=True,
                 value=lambda row: row.created_by or "—"),
        t.Column("last_used_at", gettext_lazy("Last used"), kind="datetime", sub="last_use"),
        t.Column("expires_at", gettext_lazy("Valid until"), kind="date"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(gettext_lazy("Deactivate"), "ban", post=_deactivate, tone="danger",
                        confirm=gettext_lazy("Programs with this key stop at once. It cannot be switched on again."),
                        show=lambda row: row.working and row.may_edit),
        )),
    )
    empty = t.Empty("key", gettext_lazy("No keys yet"),
                    gettext_lazy("A key lets your own programs work in this shop through the Seller API."),
                    action_label=gettext_lazy("Create an API key"), action_url="sellers:key_new")
