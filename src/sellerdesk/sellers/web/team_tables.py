"""Lists of people, invitations and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.sellers import rights
from sellerdesk.sellers.team_types import Invited, Member, OwnRole, Terms


def places(terms: Terms, warehouses: Mapping[int, str]) -> str:
    """Which warehouses, by name; one that is gone by number."""
    return ", ".join(warehouses.get(one, f"#{one}") for one in terms.warehouse_ids)


def bounds_text(terms: Terms, warehouses: Mapping[int, str]) -> str:
    """What is special about somebody's terms, in one line; empty for nothing."""
    parts = []
    if terms.read_only:
        parts.append(gettext("changes nothing"))
    if terms.warehouse_ids:
        parts.append(gettext("only %(places)s") % {"places": places(terms, warehouses)})
    if terms.until:
        parts.append(gettext("until %(day)s") % {"day": formats.day(terms.until - timedelta(seconds=1))})
    if terms.bounds.price_percent:
        parts.append(gettext("prices by at most %(percent)s %% a day") % {"percent": terms.bounds.price_percent})
    if terms.bounds.skus_per_day:
        parts.append(gettext("at most %(count)s products a day") % {"count": formats.number(terms.bounds.skus_per_day)})
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the list shows them."""

    id: int
    name: str
    email: str
    role: str
    bounds: str
    last_seen_at: datetime | None
    second_factor: bool
    url: str


def member_line(row: Member, warehouses: Mapping[int, str]) -> MemberLine:
    return MemberLine(row.user_id, row.name, row.email if row.email != row.name else "",
                      rights.role_name(row.terms.role, row.own_role_name), bounds_text(row.terms, warehouses),
                      row.last_seen_at, row.second_factor, reverse("sellers:member", args=[row.user_id]))


class MemberTable(t.Table):
    caption = _("People")
    row_href = "url"
    columns = (
        t.Column("name", pgettext_lazy("person", "Name"), kind="link", sub="email", primary=True),
        t.Column("role", _("Role"), sub="bounds"),
        t.Column("second_factor", _("Second step"), kind="badge", choices={
            True: t.Badge(pgettext_lazy("sellers", "Set up"), "success"), False: t.Badge(_("Password only"),
                                                                                         "warning")}),
        t.Column("last_seen_at", _("Last seen"), kind="ago"),
    )


INVITATION_STATES = {
    "pending": t.Badge(_("Waits for an answer"), "info"),
    "expired": t.Badge(pgettext_lazy("invitation", "Expired"), "neutral"),
    "accepted": t.Badge(pgettext_lazy("invitation", "Accepted"), "success"),
    "declined": t.Badge(pgettext_lazy("invitation", "Declined"), "warning"),
    "revoked": t.Badge(pgettext_lazy("invitation", "Withdrawn"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation as the list shows it."""

    id: int
    email: str
    role: str
    bounds: str
    state: str
    invited_by: str
    created_at: datetime
    expires_at: datetime
    may_edit: bool


def invitation_line(row: Invited, warehouses: Mapping[int, str], may_edit: bool) -> InvitationLine:
    return InvitationLine(row.id, row.email, rights.role_name(row.terms.role, row.own_role_name),
                          bounds_text(row.terms, warehouses), row.state, row.invited_by, row.created_at,
                          row.expires_at, may_edit)


class InvitationTable(t.Table):
    caption = _("Invitations")
    columns = (
        t.Column("email", _("E-mail address"), primary=True),
        t.Column("role", _("Role"), sub="bounds"),
        t.Column("state", _("State"), kind="badge", choices=INVITATION_STATES),
        t.Column("created_at", _("Sent"), kind="ago", sub="invited_by"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Send again"), "send", post=lambda row: reverse("sellers:invitation_resend", args=[row.id]),
                        show=lambda row: row.may_edit and row.state in ("pending", "expired")),
            t.RowAction(_("Withdraw"), "x", post=lambda row: reverse("sellers:invitation_revoke", args=[row.id]),
                        tone="danger", show=lambda row: row.may_edit and row.state == "pending",
                        confirm=_("The link in the mail stops working.")),
        )),
    )


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role, ready or the shop's own, as the list shows it."""

    id: str
    name: str
    text: str
    rights: int
    members: int
    url: str
    own_id: int
    may_edit: bool


def ready_line(key: str, held: frozenset[str], members: int) -> RoleLine:
    name, text = rights.ROLE_NAMES[key]
    return RoleLine(key, str(name), str(text), len(held), members, "", 0, False)


def own_line(row: OwnRole, may_edit: bool) -> RoleLine:
    return RoleLine(row.key, row.name, gettext("a role of this shop"), len(row.rights), row.members,
                    reverse("sellers:role", args=[row.id]) if may_edit else "", row.id, may_edit)


class RoleTable(t.Table):
    caption = _("Roles")
    row_href = "url"
    columns = (
        t.Column("name", _("Role"), kind="link", sub="text", primary=True),
        t.Column("rights", _("Rights"), kind="number"),
        t.Column("members", _("People"), kind="number"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Look at the shop as this role"), "eye",
                        post=lambda row: reverse("sellers:preview", args=[row.id])),
            t.RowAction(_("Delete"), "trash", post=lambda row: reverse("sellers:role_remove", args=[row.own_id]),
                        tone="danger", confirm=_("This role is deleted for good."),
                        show=lambda row: bool(row.own_id) and row.may_edit),
        )),
    )
