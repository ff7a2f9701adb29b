"""The list of what waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from sellerdesk.core.ui import tables as t
from sellerdesk.sellers import rules
from sellerdesk.sellers.team_types import ApprovalRow

STATES = {
    "waiting": t.Badge(pgettext_lazy("approval", "Waits"), "warning"),
    "approved": t.Badge(pgettext_lazy("approval", "Approved"), "info"),
    "refused": t.Badge(pgettext_lazy("approval", "Refused"), "danger"),
    "done": t.Badge(pgettext_lazy("approval", "Done"), "success"),
    "expired": t.Badge(pgettext_lazy("approval", "Too late"), "neutral"),
}


WHAT = {
    rules.KEY_WRITE: gettext_lazy("API key “%(name)s”"),
    rules.WAREHOUSE_ARCHIVE: gettext_lazy("Archive the warehouse “%(name)s”"),
    rules.PRICE_DROP: gettext_lazy("Lower prices: %(name)s"),
    rules.SHOP_CLOSE: gettext_lazy("Close the shop “%(name)s”"),
    rules.RULE_OFF: gettext_lazy("Ask for a second person less often in “%(name)s”"),
}


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    id: int
    what: str
    detail: str
    state: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    decided_by: str
    may_decide: bool
    may_use: bool
    #: Where the act is done once approved, and can be looked at before; empty for a key, which is made from here.
    page: str


def approval_line(row: ApprovalRow, warehouses: Mapping[int, str], user_id: int, may: bool) -> ApprovalLine:
    places = ", ".join(warehouses.get(one, f"#{one}") for one in row.wish.get("warehouse_ids", ()))
    detail = "; ".join(part for part in (", ".join(row.wish.get("roles", ())), places,
                                         ", ".join(row.wish.get("networks", ()))) if part)
    own = row.asked_by_id == user_id
    return ApprovalLine(row.id, str(WHAT[row.kind]) % {"name": row.label}, detail, row.state, row.asked_by,
                        row.asked_at, row.expires_at, row.decided_by, may and not own and row.state == "waiting",
                        own and row.state == "approved", _page(row))


def _page(row: ApprovalRow) -> str:
    if row.kind == rules.WAREHOUSE_ARCHIVE:
        return reverse("inventory:warehouse", args=[row.wish["warehouse_id"]])
    name = {rules.PRICE_DROP: "pricing:quarantine", rules.SHOP_CLOSE: "sellers:closing",
            rules.RULE_OFF: "sellers:security"}.get(row.kind)
    return reverse(name) if name else ""


class ApprovalTable(t.Table):
    caption = gettext_lazy("Waiting for a second person")
    columns = (
        t.Column("what", gettext_lazy("What"), sub="detail", primary=True),
        t.Column("state", gettext_lazy("State"), kind="badge", choices=STATES),
        t.Column("asked_by", gettext_lazy("Asked by"), sub="decided_by", hide_on_phone=True),
        t.Column("asked_at", gettext_lazy("Asked"), kind="ago"),
        t.Column("expires_at", gettext_lazy("Open until"), kind="datetime", hide_on_phone=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(gettext_lazy("Look at it"), "eye", href=lambda row: row.page,
                        show=lambda row: bool(row.page) and row.may_decide),
            t.RowAction(gettext_lazy("Approve"), "check",
                        post=lambda row: reverse("sellers:approval_decide", args=[row.id, "approve"]),
                        show=lambda row: row.may_decide),
            t.RowAction(gettext_lazy("Refuse"), "x", tone="danger",
                        post=lambda row: reverse("sellers:approval_decide", args=[row.id, "refuse"]),
                        show=lambda row: row.may_decide),
            t.RowAction(gettext_lazy("Create the key now"), "key",
                        post=lambda row: reverse("sellers:approval_use", args=[row.id]),
                        show=lambda row: row.may_use and not row.page),
            t.RowAction(gettext_lazy("Go and do it"), "chevron-right", href=lambda row: row.page,
                        show=lambda row: row.may_use and bool(row.page)),
        )),
    )
    empty = t.Empty("circle-check", gettext_lazy("Nothing waits"),
                    gettext_lazy("Acts for which this shop wants a second person appear here."))
