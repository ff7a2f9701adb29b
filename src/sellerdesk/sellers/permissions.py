"""Rights, and the roles that bundle them.

A right is `area:thing:act`. The same names guard pages and the acts behind them. Rights of domains above are spelled
here as plain text, because a role spans the whole shop.
"""

from __future__ import annotations

from collections.abc import Iterable

BOARD_VIEW = "home:board:view"
FIGURES_VIEW = "analytics:figures:view"
REPORT_MAKE = "analytics:report:make"
SHORTLIST_EDIT = "analytics:shortlist:edit"
PRODUCT_VIEW = "catalog:product:view"
PRODUCT_EDIT = "catalog:product:edit"
PRODUCT_ARCHIVE = "catalog:product:archive"
PRODUCT_IMPORT = "catalog:product:import"
CHANGE_UNDO = "catalog:change:undo"
PICTURE_EDIT = "catalog:picture:edit"
PRICE_VIEW = "pricing:price:view"
PRICE_EDIT = "pricing:price:edit"
PRICE_BULK = "pricing:price:bulk"
PRICE_HISTORY = "pricing:price:history"
QUARANTINE_RELEASE = "pricing:quarantine:release"
STOCK_VIEW = "inventory:stock:view"
STOCK_EDIT = "inventory:stock:edit"
STOCK_SHOP = "inventory:stock:shop"
STOCK_HISTORY = "inventory:stock:history"
STOCK_COUNT = "inventory:stock:count"
WAREHOUSE_VIEW = "inventory:warehouse:view"
WAREHOUSE_CREATE = "inventory:warehouse:create"
WAREHOUSE_EDIT = "inventory:warehouse:edit"
WAREHOUSE_PAUSE = "inventory:warehouse:pause"
WAREHOUSE_ARCHIVE = "inventory:warehouse:archive"
SUPPLY_VIEW = "supply:supply:view"
SUPPLY_EDIT = "supply:supply:edit"
POSTING_VIEW = "orders:posting:view"
POSTING_SHIP = "orders:posting:ship"
POSTING_SPLIT = "orders:posting:split"
POSTING_LABEL = "orders:posting:label"
POSTING_HAND_OVER = "orders:posting:hand_over"
POSTING_CANCEL = "orders:posting:cancel"
POSTING_DELIVER = "orders:posting:deliver"
POSTING_DISPUTE = "orders:posting:dispute"
BUYER_REVEAL = "orders:buyer:reveal"
TERMS_VIEW = "orders:terms:view"
PENALTY_DISPUTE = "orders:penalty:dispute"
RETURN_VIEW = "returns:return:view"
RETURN_DECIDE = "returns:return:decide"
CHAT_VIEW = "messaging:chat:view"
CHAT_WRITE = "messaging:chat:write"
REVIEW_VIEW = "messaging:review:view"
REVIEW_REPLY = "messaging:review:reply"
BALANCE_VIEW = "finance:balance:view"
TRANSACTION_VIEW = "finance:transaction:view"
INBOX_VIEW = "notifications:inbox:view"
PUSH_VIEW = "notifications:push:view"
PUSH_EDIT = "notifications:push:edit"
DOCUMENT_VIEW = "finance:document:view"
PAYOUT_EDIT = "finance:payout:edit"
BANK_EDIT = "finance:bank:edit"
KEY_VIEW = "sellers:key:view"
KEY_CREATE = "sellers:key:create"
KEY_EDIT = "sellers:key:edit"
KEY_STOP = "sellers:key:stop"
SHOP_VIEW = "sellers:shop:view"
SHOP_EDIT = "sellers:shop:edit"
SHOP_SUBMIT = "sellers:shop:submit"
SHOP_RESUME = "sellers:shop:resume"
COMPANY_CHANGE = "sellers:company:change"
PAPER_UPLOAD = "sellers:paper:upload"
NAME_ASK = "sellers:name:ask"
HOLIDAY_EDIT = "sellers:holiday:edit"
SHOP_CLOSE = "sellers:shop:close"
SECURITY_EDIT = "sellers:security:edit"
TEAM_VIEW = "sellers:team:view"
TEAM_INVITE = "sellers:team:invite"
TEAM_EDIT = "sellers:team:edit"
TEAM_REMOVE = "sellers:team:remove"
TEAM_OWNER = "sellers:team:owner"
ROLE_EDIT = "sellers:role:edit"
SESSION_EDIT = "sellers:session:edit"
KEY_HISTORY = "sellers:key:history"
KEY_NETWORKS = "sellers:key:networks"
OFFER_ACCEPT = "sellers:offer:accept"
ROLE_PREVIEW = "sellers:role:preview"
TWO_PEOPLE_EDIT = "sellers:approval:edit"
APPROVAL_VIEW = "sellers:approval:view"
APPROVAL_DECIDE = "sellers:approval:decide"
ACTIVITY_VIEW = "sellers:activity:view"
TICKET_VIEW = "support:ticket:view"
TICKET_WRITE = "support:ticket:write"

CONSOLE_SELLER_VIEW = "console:seller:view"
CONSOLE_PRODUCT_VIEW = "console:product:view"
CONSOLE_POSTING_VIEW = "console:posting:view"
CONSOLE_MARKET_EDIT = "console:market:edit"
CONSOLE_RECOVERY_DECIDE = "console:recovery:decide"
CONSOLE_PROBLEM_ANSWER = "console:problem:answer"
CONSOLE_KYC_VIEW = "console:kyc:view"
CONSOLE_KYC_EDIT = "console:kyc:edit"
CONSOLE_CHECKLIST_EDIT = "console:checklist:edit"
CONSOLE_MODERATION_VIEW = "console:moderation:view"
CONSOLE_MODERATION_DECIDE = "console:moderation:decide"
CONSOLE_RULE_EDIT = "console:rule:edit"
CONSOLE_DICTIONARY_EDIT = "console:dictionary:edit"
CONSOLE_PRODUCT_STOP = "console:product:stop"
CONSOLE_TICKET_ANSWER = "console:ticket:answer"
CONSOLE_ANNOUNCEMENT_EDIT = "console:announcement:edit"
CONSOLE_PENALTY_DECIDE = "console:penalty:decide"
CONSOLE_CLAIM_DECIDE = "console:claim:decide"
CONSOLE_PAYOUT_DECIDE = "console:payout:decide"
CONSOLE_REPORT_DECIDE = "console:report:decide"

_LOOK = frozenset({BOARD_VIEW, INBOX_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, STOCK_VIEW, STOCK_HISTORY,
                   WAREHOUSE_VIEW, SUPPLY_VIEW, POSTING_VIEW, TERMS_VIEW, RETURN_VIEW, CHAT_VIEW, REVIEW_VIEW,
                   SHOP_VIEW, FIGURES_VIEW})
_GOODS = frozenset({PRODUCT_EDIT, PRODUCT_ARCHIVE, PRODUCT_IMPORT, CHANGE_UNDO, PICTURE_EDIT})
_PRICES = frozenset({PRICE_EDIT, PRICE_BULK})
_RELEASE = frozenset({QUARANTINE_RELEASE})
_STOCK = frozenset({STOCK_EDIT, STOCK_SHOP, STOCK_COUNT, SUPPLY_VIEW, SUPPLY_EDIT})
_PACKING = frozenset({POSTING_VIEW, POSTING_SHIP, POSTING_SPLIT, POSTING_LABEL, POSTING_HAND_OVER, POSTING_DELIVER,
                      POSTING_DISPUTE})
_MONEY = frozenset({BALANCE_VIEW, TRANSACTION_VIEW, DOCUMENT_VIEW})
_PAYOUTS = frozenset({PAYOUT_EDIT, BANK_EDIT})
_KEYS = frozenset({KEY_VIEW, KEY_CREATE, KEY_EDIT, KEY_STOP, KEY_HISTORY, KEY_NETWORKS,
                   APPROVAL_VIEW, PUSH_VIEW, PUSH_EDIT})
_TEAM_LOOK = frozenset({TEAM_VIEW, ROLE_PREVIEW, ACTIVITY_VIEW, APPROVAL_VIEW})
_TEAM = _TEAM_LOOK | {TEAM_INVITE, TEAM_EDIT, TEAM_REMOVE, ROLE_EDIT, APPROVAL_DECIDE}
_SHOP = frozenset({SHOP_EDIT, SHOP_SUBMIT, SHOP_RESUME, COMPANY_CHANGE, PAPER_UPLOAD, NAME_ASK, HOLIDAY_EDIT,
                   TICKET_VIEW})
_MOST = (_LOOK | _GOODS | _PRICES | _RELEASE | _STOCK | _PACKING | _MONEY | _PAYOUTS | _KEYS | _TEAM | _SHOP
         | {WAREHOUSE_CREATE, WAREHOUSE_EDIT, WAREHOUSE_PAUSE, WAREHOUSE_ARCHIVE, POSTING_CANCEL, BUYER_REVEAL,
            PENALTY_DISPUTE, RETURN_DECIDE, CHAT_WRITE, REVIEW_REPLY, SECURITY_EDIT, SESSION_EDIT, OFFER_ACCEPT,
            TWO_PEOPLE_EDIT, REPORT_MAKE, SHORTLIST_EDIT})

#: What each ready role of a shop's staff may do.
ROLES: dict[str, frozenset[str]] = {
    "owner": _MOST | {TEAM_OWNER, SHOP_CLOSE},
    "administrator": _MOST,
    "product": _GOODS | _PRICES | {BOARD_VIEW, INBOX_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, STOCK_VIEW,
                                   SHOP_VIEW, REVIEW_VIEW, REVIEW_REPLY, FIGURES_VIEW, REPORT_MAKE,
                                   SHORTLIST_EDIT},
    "finance": _MONEY | _PAYOUTS | _PRICES | _RELEASE | {
        BOARD_VIEW, INBOX_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, POSTING_VIEW, TERMS_VIEW, PENALTY_DISPUTE,
        RETURN_VIEW, SHOP_VIEW, FIGURES_VIEW, REPORT_MAKE},
    "warehouse": _PACKING | _STOCK | {BOARD_VIEW, INBOX_VIEW, PRODUCT_VIEW, STOCK_VIEW, STOCK_HISTORY,
                                      WAREHOUSE_VIEW, RETURN_VIEW, TERMS_VIEW, RETURN_DECIDE, CHAT_VIEW, CHAT_WRITE,
                                      BUYER_REVEAL},
    "assembler": _PACKING | {INBOX_VIEW, PRODUCT_VIEW},
    "technology": _KEYS | _GOODS | {BOARD_VIEW, INBOX_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_EDIT, STOCK_VIEW,
                                    WAREHOUSE_VIEW, POSTING_VIEW, POSTING_LABEL, RETURN_VIEW, CHAT_VIEW, REVIEW_VIEW,
                                    SHOP_VIEW},
    "analyst": _LOOK | _MONEY | {REPORT_MAKE},
}
# Whoever works in a shop may write to support.
ROLES = {role: rights | {TICKET_WRITE} for role, rights in ROLES.items()}
#: Everything a role of a shop can hold.
SHOP_RIGHTS = ROLES["owner"]
#: Who holds one of these handles money or decides who does, whatever the role is called.
SENSITIVE = _MONEY | _PAYOUTS | _TEAM - _TEAM_LOOK | {TEAM_OWNER, KEY_CREATE, KEY_EDIT, SHOP_CLOSE}
#: What nobody with an end date or limits holds, whatever their role: an agency hands nothing on and opens no doors.
DELEGATE_NEVER = (_TEAM - _TEAM_LOOK | _KEYS | _SHOP | _PAYOUTS
                  | {TEAM_OWNER, SECURITY_EDIT, SESSION_EDIT, TWO_PEOPLE_EDIT, OFFER_ACCEPT, SHOP_CLOSE})

#: What nobody holds in a test twin: people, papers and company are those of the live shop, and support answers there.
TWIN_NEVER = _TEAM | _SHOP | DELEGATE_NEVER - _KEYS | {APPROVAL_VIEW, APPROVAL_DECIDE, TICKET_VIEW, TICKET_WRITE}

#: Roles of API keys in the order offered, each with whether it can change anything. What each one opens is up to the
#: Seller API.
KEY_ROLES: dict[str, bool] = {
    "Admin": True, "Admin read only": False, "Product": True, "Product read only": False, "Price": True,
    "Warehouse": True, "Posting FBS": True, "Posting FBS read only": False, "Notification": True,
    "Finance read only": False, "Analytics": False, "Messages": True,
}

_API_ORDERS = frozenset({SHOP_VIEW, WAREHOUSE_VIEW, POSTING_VIEW, POSTING_LABEL, RETURN_VIEW})
_API_PRODUCTS = frozenset({SHOP_VIEW, PRODUCT_VIEW, PRICE_VIEW, STOCK_VIEW})
_API_FIGURES, _API_SUPPLIES = frozenset({FIGURES_VIEW, REPORT_MAKE}), frozenset({SUPPLY_VIEW, SUPPLY_EDIT})
_API_READS = _API_ORDERS | _API_PRODUCTS | _MONEY | _API_FIGURES | {PUSH_VIEW, SUPPLY_VIEW}
_API_CARDS = frozenset({PRODUCT_EDIT, PRODUCT_ARCHIVE, PRODUCT_IMPORT, PICTURE_EDIT, PRICE_EDIT})
_API_PRICES, _API_SHIPS = frozenset({PRICE_EDIT, PRICE_BULK}), frozenset(
    {POSTING_SHIP, POSTING_CANCEL, POSTING_DELIVER, POSTING_DISPUTE, RETURN_DECIDE})
_API_LISTENS, _API_TALKS = frozenset({CHAT_VIEW, REVIEW_VIEW}), frozenset({CHAT_WRITE, REVIEW_REPLY})
#: What somebody holds who makes or replaces a key with a role: no key can do what its maker cannot. The Seller API says
#: what each of its rights means in the shop (`seller_api/roles.py`); a test compares.
KEY_NEEDS: dict[str, frozenset[str]] = {
    "Admin": _API_READS | _API_CARDS | _API_PRICES | _API_SHIPS | _API_LISTENS | _API_TALKS | _API_SUPPLIES
    | {STOCK_EDIT, PUSH_EDIT, WAREHOUSE_PAUSE, WAREHOUSE_ARCHIVE},
    "Admin read only": _API_READS | _API_LISTENS,
    "Product": _API_PRODUCTS | _API_CARDS,
    "Product read only": _API_PRODUCTS,
    "Price": frozenset({SHOP_VIEW, PRODUCT_VIEW, PRICE_VIEW}) | _API_PRICES,
    "Warehouse": _API_SUPPLIES | {SHOP_VIEW, PRODUCT_VIEW, STOCK_VIEW, STOCK_EDIT, WAREHOUSE_VIEW, WAREHOUSE_PAUSE,
                                  WAREHOUSE_ARCHIVE},
    "Posting FBS": _API_ORDERS | _API_SHIPS,
    "Posting FBS read only": _API_ORDERS,
    "Notification": frozenset({SHOP_VIEW, PUSH_VIEW, PUSH_EDIT}),
    "Finance read only": _MONEY | {SHOP_VIEW},
    "Analytics": _API_FIGURES | {SHOP_VIEW},
    "Messages": _API_LISTENS | _API_TALKS | {SHOP_VIEW},
}


def key_needs(roles: Iterable[str], *, scoped: bool = False) -> frozenset[str]:
    """What making a key with these roles asks for; a name we do not know asks for everything.

    A key of single warehouses does nothing to the whole shop, so its maker need not be able to either.
    """
    needed = frozenset[str]().union(*(KEY_NEEDS.get(role, SHOP_RIGHTS) for role in roles))
    return needed - WHOLE_SHOP if scoped else needed


#: What operators of the marketplace may do in the console.
OPERATOR = frozenset({CONSOLE_SELLER_VIEW, CONSOLE_PRODUCT_VIEW, CONSOLE_POSTING_VIEW,
                      CONSOLE_MARKET_EDIT, CONSOLE_TICKET_ANSWER, CONSOLE_ANNOUNCEMENT_EDIT,
                      CONSOLE_RECOVERY_DECIDE, CONSOLE_PROBLEM_ANSWER, CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT,
                      CONSOLE_CHECKLIST_EDIT, CONSOLE_MODERATION_VIEW, CONSOLE_MODERATION_DECIDE, CONSOLE_RULE_EDIT,
                      CONSOLE_DICTIONARY_EDIT, CONSOLE_PRODUCT_STOP, CONSOLE_PENALTY_DECIDE,
                      CONSOLE_CLAIM_DECIDE, CONSOLE_PAYOUT_DECIDE, CONSOLE_REPORT_DECIDE})
#: Papers of people are opened by few: operators of the role `market` run the marketplace without seeing them.
OPERATOR_ROLES: dict[str, frozenset[str]] = {
    "all": OPERATOR,
    "market": OPERATOR - {CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT, CONSOLE_RECOVERY_DECIDE},
    "kyc": frozenset({CONSOLE_SELLER_VIEW, CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT}),
    "moderation": frozenset({CONSOLE_SELLER_VIEW, CONSOLE_PRODUCT_VIEW, CONSOLE_MODERATION_VIEW,
                             CONSOLE_MODERATION_DECIDE, CONSOLE_PRODUCT_STOP}),
}


def of_role(role: str, own: Iterable[str] = ()) -> frozenset[str]:
    """The rights of a ready role, or of a shop's own one with the rights it was given; none for a name we do not know.

    A right that a later version no longer has is held by nobody.
    """
    return ROLES.get(role) or SHOP_RIGHTS.intersection(own)


#: Last words of rights that change nothing. Any other word counts as writing: a new right is shut when in doubt.
READING = frozenset({"view", "history"})
#: What people of single warehouses never hold: product forms and spreadsheets change the shop's main warehouse.
WHOLE_SHOP = frozenset({STOCK_SHOP, WAREHOUSE_CREATE, WAREHOUSE_EDIT, WAREHOUSE_ARCHIVE})


def reads_only(right: str) -> bool:
    return right.rpartition(":")[2] in READING


def withheld(role: str, own: Iterable[str] = (), *, scoped: bool = False, delegated: bool = False,
             read_only: bool = False) -> dict[str, str]:
    """What the role would give and the terms rule out: right -> `read_only`, `delegated` or `scoped`."""
    why = {}
    for right in of_role(role, own):
        if read_only and not reads_only(right):
            why[right] = "read_only"
        elif delegated and right in DELEGATE_NEVER:
            why[right] = "delegated"
        elif scoped and right in WHOLE_SHOP:
            why[right] = "scoped"
    return why


def effective(role: str, own: Iterable[str] = (), *, scoped: bool = False, delegated: bool = False,
              read_only: bool = False) -> frozenset[str]:
    """What somebody may really do: their role without what their terms rule out."""
    return of_role(role, own) - frozenset(
        withheld(role, own, scoped=scoped, delegated=delegated, read_only=read_only))


def kind_of(role: str, rights: frozenset[str]) -> str:
    """The ready role that rules about roles should read: a shop's own role that handles money is `finance` to them."""
    return "finance" if role not in ROLES and rights & SENSITIVE else role
