"""Lists of API keys and of what they were used for."""

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
    "replaced": t.Badge(pgettext_lazy("API key", "Replaced, ends soon"), "info"),
    "deactivated": t.Badge(pgettext_lazy("API key", "Deactivated"), "neutral"),
    "leaked": t.Badge(pgettext_lazy("API key", "Found in public, dead"), "danger"),
}
WORKING = {"active", "expiring", "replaced"}


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
    may_stop: bool
    url: str

    @property
    def replaceable(self) -> bool:
        return self.working and self.state != "replaced"


def key_line(row: KeyRow, now: datetime, may_stop: bool) -> KeyLine:
    state = row.state_at(now)
    use = ", ".join(filter(None, (row.last_used_method, row.last_used_address)))
    last_use = use or pgettext("use of a key", "never")
    return KeyLine(row.id, row.name, f"{row.prefix}…", state, row.roles, row.created_by, row.created_at,
                   row.last_used_at, last_use, row.expires_at, state in WORKING, may_stop,
                   reverse("sellers:key", args=[row.id]))


def _deactivate(row: Any) -> str:
    return reverse("sellers:key_deactivate", args=[row.id])


class KeyTable(t.Table):
    caption = gettext_lazy("API keys")
    row_href = "url"
    columns = (
        t.Column("name", gettext_lazy("Key"), kind="link", sub="prefix", primary=True),
        t.Column("state", gettext_lazy("State"), kind="badge", choices=KEY_STATES),
        t.Column("roles", gettext_lazy("Roles"), kind="tags"),
        t.Column("created_by", gettext_lazy("Created by"), hide_on_phone=True,
                 value=lambda row: row.created_by or "—"),
        t.Column("last_used_at", gettext_lazy("Last used"), kind="datetime", sub="last_use"),
        t.Column("expires_at", gettext_lazy("Valid until"), kind="datetime"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(gettext_lazy("Deactivate"), "ban", post=_deactivate, tone="danger",
                        confirm=gettext_lazy("Programs with this key stop at once. It cannot be switched on again."),
                        show=lambda row: row.working and row.may_stop),
        )),
    )
    empty = t.Empty("key", gettext_lazy("No keys yet"),
                    gettext_lazy("A key lets your own programs work in this shop through the Seller API."),
                    action_label=gettext_lazy("Create an API key"), action_url="sellers:key_new")


class CallTable(t.Table):
    caption = gettext_lazy("Requests of the last 7 days")
    columns = (
        t.Column("at", gettext_lazy("Time"), kind="datetime"),
        t.Column("method", gettext_lazy("Method"), primary=True, sub="request_id"),
        t.Column("status", gettext_lazy("Answer"), kind="badge",
                 value=lambda row: t.Badge(str(row.status), "success" if row.status < 400 else "danger")),
        t.Column("code", gettext_lazy("Error code"), kind="number", hide_on_phone=True,
                 value=lambda row: row.code or None),
        t.Column("milliseconds", gettext_lazy("Time, ms"), kind="number"),
        t.Column("address", gettext_lazy("Address"), hide_on_phone=True),
    )
    tabs = (t.Tab("", gettext_lazy("All requests")), t.Tab("failed", gettext_lazy("Errors only")))
    filters = (
        t.ChoiceFilter("status", gettext_lazy("Answer"), choices=(
            ("200", "200"), ("400", "400"), ("403", "403"), ("404", "404"), ("409", "409"), ("413", "413"),
            ("429", "429"), ("500", "500"), ("503", "503"))),
    )
    row_id = "id"
    empty = t.Empty("list-details", gettext_lazy("No requests"),
                    gettext_lazy("What programs ask with this key appears here a few seconds later."))
