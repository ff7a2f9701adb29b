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
    Group(_("Home"), (Right(p.BOARD_VIEW, _("See the home page with its figures")),
                        Right(p.INBOX_VIEW, _("See what waits to be done")))),
    Group(_("Analytics"), (
        Right(p.FIGURES_VIEW, _("See figures, behaviour of buyers and the market")),
        Right(p.REPORT_MAKE, _("Make and download reports, have them sent by mail")),
        Right(p.SHORTLIST_EDIT, _("Keep the shortlist of products to sell")))),
    Group(_("Products"), (
        Right(p.PRODUCT_VIEW, _("See products")),
        Right(p.PRODUCT_EDIT, _("Add and change products")),
        Right(p.PRODUCT_ARCHIVE, _("Archive products and bring them back")),
        Right(p.PRODUCT_IMPORT, _("Upload spreadsheets of products")),
        Right(p.CHANGE_UNDO, _("Undo changes of products, prices and stock")),
        Right(p.PICTURE_EDIT, _("Upload pictures and change their order")))),
    Group(_("Prices"), (
        Right(p.PRICE_VIEW, _("See prices")),
        Right(p.PRICE_HISTORY, _("See earlier prices and who changed them")),
        Right(p.PRICE_EDIT, _("Change prices one by one")),
        Right(p.PRICE_BULK, _("Change many prices at once")),
        Right(p.QUARANTINE_RELEASE, _("Release or discard prices held in quarantine")))),
    Group(_("Stock and warehouses"), (
        Right(p.STOCK_VIEW, _("See stock")),
        Right(p.STOCK_HISTORY, _("See stock movements")),
        Right(p.STOCK_EDIT, _("Change stock")),
        Right(p.STOCK_COUNT, _("Count the shelf and put stock right")),
        Right(p.SUPPLY_VIEW, _("See supplies to the marketplace’s warehouses")),
        Right(p.SUPPLY_EDIT, _("Make, fill in and cancel supplies")),
        Right(p.STOCK_SHOP, _("Change stock in product forms and spreadsheets")),
        Right(p.WAREHOUSE_VIEW, _("See warehouses")),
        Right(p.WAREHOUSE_CREATE, _("Open warehouses")),
        Right(p.WAREHOUSE_EDIT, _("Change warehouses")),
        Right(p.WAREHOUSE_PAUSE, _("Pause warehouses and open them again")),
        Right(p.WAREHOUSE_ARCHIVE, _("Archive warehouses and bring them back")))),
    Group(_("Orders and returns"), (
        Right(p.POSTING_VIEW, _("See orders")),
        Right(p.POSTING_SHIP, _("Pack orders")),
        Right(p.POSTING_SPLIT, _("Pack an order into several parcels")),
        Right(p.POSTING_LABEL, _("Print labels")),
        Right(p.POSTING_HAND_OVER, _("Hand parcels over to the carrier")),
        Right(p.POSTING_CANCEL, _("Cancel orders")),
        Right(p.POSTING_DELIVER, _("Report steps of the shop’s own delivery")),
        Right(p.POSTING_DISPUTE, _("Open disputes about missing parcels")),
        Right(p.BUYER_REVEAL, _("See buyers’ telephone numbers")),
        Right(p.TERMS_VIEW, _("See terms, the error index and penalties")),
        Right(p.PENALTY_DISPUTE, _("Dispute penalties")),
        Right(p.RETURN_VIEW, _("See returns")),
        Right(p.RETURN_DECIDE, _("Take returns in")))),
    Group(_("Buyers"), (
        Right(p.CHAT_VIEW, _("See chats with buyers")),
        Right(p.CHAT_WRITE, _("Write to buyers")),
        Right(p.REVIEW_VIEW, _("See reviews and questions")),
        Right(p.REVIEW_REPLY, _("Answer reviews and questions")))),
    Group(_("Money"), (
        Right(p.BALANCE_VIEW, _("See the balance and amounts")),
        Right(p.TRANSACTION_VIEW, _("See single bookings")),
        Right(p.DOCUMENT_VIEW, _("See and make documents of money")),
        Right(p.PAYOUT_EDIT, _("Ask for payouts and set when they are made")),
        Right(p.BANK_EDIT, _("Change the bank details")))),
    Group(_("API keys"), (
        Right(p.KEY_VIEW, _("See API keys")),
        Right(p.KEY_HISTORY, _("See what API keys were used for")),
        Right(p.KEY_CREATE, _("Create API keys")),
        Right(p.KEY_EDIT, _("Replace API keys")),
        Right(p.KEY_NETWORKS, _("Change the networks of API keys")),
        Right(p.KEY_STOP, _("Stop API keys")),
        Right(p.PUSH_VIEW, _("See push addresses and what was sent there")),
        Right(p.PUSH_EDIT, _("Change push addresses and send pushes again")))),
    Group(_("Team"), (
        Right(p.TEAM_VIEW, _("See who works here")),
        Right(p.ACTIVITY_VIEW, _("See what others did")),
        Right(p.TEAM_INVITE, _("Invite people")),
        Right(p.TEAM_EDIT, _("Change people’s roles and limits")),
        Right(p.TEAM_REMOVE, _("End people’s access")),
        Right(p.ROLE_EDIT, _("Make and change the shop’s own roles")),
        Right(p.ROLE_PREVIEW, _("Look at the shop as another role does")),
        Right(p.TEAM_OWNER, _("Make and remove owners")))),
    Group(pgettext_lazy("rights", "Shop"), (
        Right(p.SHOP_VIEW, _("See first steps and shop data")),
        Right(p.SHOP_EDIT, _("Give the data the marketplace asks for and confirm them")),
        Right(p.PAPER_UPLOAD, _("Hand in papers")),
        Right(p.SHOP_SUBMIT, _("Send the shop for review")),
        Right(p.COMPANY_CHANGE, _("Ask for a change of the company’s data")),
        Right(p.NAME_ASK, _("Ask for another name of the shop")),
        Right(p.HOLIDAY_EDIT, _("Plan and end holidays of the shop")),
        Right(p.SHOP_RESUME, _("Let a paused shop sell again")),
        Right(p.SHOP_CLOSE, _("Close the shop")),
        Right(p.SECURITY_EDIT, _("Set who needs a second step")),
        Right(p.SESSION_EDIT, _("Set how long people stay signed in")),
        Right(p.OFFER_ACCEPT, _("Accept the marketplace’s offer for the shop")),
        Right(p.TWO_PEOPLE_EDIT, _("Set which acts need a second person")),
        Right(p.APPROVAL_VIEW, _("See what waits for a second person")),
        Right(p.APPROVAL_DECIDE, _("Approve and refuse what others ask for")))),
    Group(_("Support"), (
        Right(p.TICKET_WRITE, _("Write to support and see one’s own tickets")),
        Right(p.TICKET_VIEW, _("See and answer all tickets of the shop")))),
)
RIGHTS: dict[str, Right] = {right.key: right for group in GROUPS for right in group.rights}

#: Ready roles by name and purpose, in the order offered.
ROLE_NAMES: dict[str, tuple[Any, Any]] = {
    "owner": (pgettext_lazy("role", "Owner"),
              _("Everything, also naming and removing owners and closing the shop.")),
    "administrator": (pgettext_lazy("role", "Administrator"),
                      _("Everything but naming and removing owners and closing the shop.")),
    "product": (pgettext_lazy("role", "Products"), _("Products and prices.")),
    "finance": (pgettext_lazy("role", "Finance"), _("Balance, bookings and prices.")),
    "warehouse": (pgettext_lazy("role", "Warehouse"), _("Stock, packing and returns.")),
    "assembler": (pgettext_lazy("role", "Assembler, courier"), _("Packing, labels and handing over. Nothing else.")),
    "technology": (pgettext_lazy("role", "Technology partner"), _("API keys, products with their prices, uploads.")),
    "analyst": (pgettext_lazy("role", "Analyst"), _("Sees everything, changes nothing.")),
}


def role_name(role: str, own_name: str = "") -> str:
    """How a role is called in the active language; a shop's own role by the name it was given."""
    known = ROLE_NAMES.get(role)
    return str(known[0]) if known else own_name or role


def right_name(key: str) -> str:
    right = RIGHTS.get(key)
    return str(right.name) if right else key
