"""The registry of rights: what each one opens, in words, and in which order they are shown.

Every right guards a page or an act; a test compares this list with what the views ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.sellers import permissions as p


@dataclass(frozen=True, slots=True)
class Right:
    """One thing somebody may do."""

    key: str
    name: Any


@dataclass(frozen=True, slots=True)
class Group:
    name: Any
    rights: tuple[Right, ...]


GROUPS: tuple[Group, ...] = (
    Group(_("Home"), (Right(p.BOARD_VIEW, _("See the home page with its figures")),)),
    Group(_("Products"), (
        Right(p.PRODUCT_VIEW, _("See products")),
        Right(p.PRODUCT_EDIT, _("Add and change products")),
        Right(p.PRODUCT_ARCHIVE, _("Archive products and bring them back")),
        Right(p.PRODUCT_IMPORT, _("Upload spreadsheets of products")))),
    Group(_("Prices"), (
        Right(p.PRICE_VIEW, _("See prices")),
        Right(p.PRICE_HISTORY, _("See earlier prices and who changed them")),
        Right(p.PRICE_EDIT, _("Change prices one by one")),
        Right(p.PRICE_BULK, _("Change many prices at once")))),
    Group(_("Stock and warehouses"), (
        Right(p.STOCK_VIEW, _("See stock")),
        Right(p.STOCK_HISTORY, _("See stock movements")),
        Right(p.STOCK_EDIT, _("Change stock")),
        Right(p.STOCK_SHOP, _("Change stock in product forms and spreadsheets")),
        Right(p.WAREHOUSE_VIEW, _("See warehouses")),
        Right(p.WAREHOUSE_CREATE, _("Open warehouses")),
        Right(p.WAREHOUSE_EDIT, _("Change and close warehouses")))),
    Group(_("Orders and returns"), (
        Right(p.POSTING_VIEW, _("See orders")),
        Right(p.POSTING_SHIP, _("Pack orders")),
        Right(p.POSTING_LABEL, _("Print labels")),
        Right(p.POSTING_HAND_OVER, _("Hand parcels over to the carrier")),
        Right(p.POSTING_CANCEL, _("Cancel orders")),
        Right(p.RETURN_VIEW, _("See returns")),
        Right(p.RETURN_DECIDE, _("Take returns in")))),
    Group(_("Money"), (
        Right(p.BALANCE_VIEW, _("See the balance and amounts")),
        Right(p.TRANSACTION_VIEW, _("See single bookings")))),
    Group(_("API keys"), (
        Right(p.KEY_VIEW, _("See API keys and what they were used for")),
        Right(p.KEY_CREATE, _("Create API keys")),
        Right(p.KEY_EDIT, _("Replace API keys and change their networks")),
        Right(p.KEY_STOP, _("Stop API keys")))),
    Group(_("Team"), (
        Right(p.TEAM_VIEW, _("See who works here")),
        Right(p.ACTIVITY_VIEW, _("See what others did")),
        Right(p.TEAM_INVITE, _("Invite people")),
        Right(p.TEAM_EDIT, _("Change people’s roles and limits")),
        Right(p.TEAM_REMOVE, _("End people’s access")),
        Right(p.ROLE_EDIT, _("Make and change the shop’s own roles")),
        Right(p.TEAM_OWNER, _("Make and remove owners")))),
    Group(pgettext_lazy("rights", "Shop"), (
        Right(p.SHOP_VIEW, _("See first steps and shop data")),
        Right(p.SHOP_EDIT, _("Change shop data and hand in papers")),
        Right(p.SECURITY_EDIT, _("Set who needs a second step")))),
)
RIGHTS: dict[str, Right] = {right.key: right for group in GROUPS for right in group.rights}

#: Ready roles by name and purpose, in the order offered.
ROLE_NAMES: dict[str, tuple[Any, Any]] = {
    "owner": (pgettext_lazy("role", "Owner"), _("Everything, also naming and removing owners.")),
    "administrator": (pgettext_lazy("role", "Administrator"), _("Everything but naming and removing owners.")),
    "product": (pgettext_lazy("role", "Products"), _("Products and prices.")),
    "finance": (pgettext_lazy("role", "Finance"), _("Balance, bookings and prices.")),
    "warehouse": (pgettext_lazy("role", "Warehouse"), _("Stock, packing and returns.")),
    "assembler": (pgettext_lazy("role", "Assembler, courier"), _("Packing, labels and handing over. Nothing else.")),
    "technology": (pgettext_lazy("role", "Technology partner"), _("API keys, products and uploads.")),
    "analyst": (pgettext_lazy("role", "Analyst"), _("Sees everything, changes nothing.")),
}


def role_name(role: str, own_name: str = "") -> str:
    """How a role is called in the active language; a shop's own role by the name it was given."""
    known = ROLE_NAMES.get(role)
    return str(known[0]) if known else own_name or role


def right_name(key: str) -> str:
    right = RIGHTS.get(key)
    return str(right.name) if right else key
