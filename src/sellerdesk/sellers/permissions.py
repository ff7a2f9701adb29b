"""Rights, and the roles that bundle them.

A right is `area:thing:act`. The same names guard pages and the acts behind them. Rights of domains above are spelled
here as plain text, because a role spans the whole shop.
"""

from __future__ import annotations

from collections.abc import Iterable

BOARD_VIEW = "home:board:view"
PRODUCT_VIEW = "catalog:product:view"
PRODUCT_EDIT = "catalog:product:edit"
PRODUCT_ARCHIVE = "catalog:product:archive"
PRODUCT_IMPORT = "catalog:product:import"
PRICE_VIEW = "pricing:price:view"
PRICE_EDIT = "pricing:price:edit"
PRICE_BULK = "pricing:price:bulk"
PRICE_HISTORY = "pricing:price:history"
STOCK_VIEW = "inventory:stock:view"
STOCK_EDIT = "inventory:stock:edit"
STOCK_SHOP = "inventory:stock:shop"
STOCK_HISTORY = "inventory:stock:history"
WAREHOUSE_VIEW = "inventory:warehouse:view"
WAREHOUSE_CREATE = "inventory:warehouse:create"
WAREHOUSE_EDIT = "inventory:warehouse:edit"
POSTING_VIEW = "orders:posting:view"
POSTING_SHIP = "orders:posting:ship"
POSTING_LABEL = "orders:posting:label"
POSTING_HAND_OVER = "orders:posting:hand_over"
POSTING_CANCEL = "orders:posting:cancel"
RETURN_VIEW = "returns:return:view"
RETURN_DECIDE = "returns:return:decide"
BALANCE_VIEW = "finance:balance:view"
TRANSACTION_VIEW = "finance:transaction:view"
KEY_VIEW = "sellers:key:view"
KEY_CREATE = "sellers:key:create"
KEY_EDIT = "sellers:key:edit"
KEY_STOP = "sellers:key:stop"
SHOP_VIEW = "sellers:shop:view"
SHOP_EDIT = "sellers:shop:edit"
SECURITY_EDIT = "sellers:security:edit"
TEAM_VIEW = "sellers:team:view"
TEAM_INVITE = "sellers:team:invite"
TEAM_EDIT = "sellers:team:edit"
TEAM_REMOVE = "sellers:team:remove"
TEAM_OWNER = "sellers:team:owner"
ROLE_EDIT = "sellers:role:edit"
ACTIVITY_VIEW = "sellers:activity:view"

CONSOLE_SELLER_VIEW = "console:seller:view"
CONSOLE_PRODUCT_VIEW = "console:product:view"
CONSOLE_POSTING_VIEW = "console:posting:view"
CONSOLE_MARKET_EDIT = "console:market:edit"
CONSOLE_RECOVERY_DECIDE = "console:recovery:decide"
CONSOLE_PROBLEM_ANSWER = "console:problem:answer"
CONSOLE_KYC_VIEW = "console:kyc:view"
CONSOLE_KYC_EDIT = "console:kyc:edit"
CONSOLE_CHECKLIST_EDIT = "console:checklist:edit"

_LOOK = frozenset({BOARD_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, STOCK_VIEW, STOCK_HISTORY, WAREHOUSE_VIEW,
                   POSTING_VIEW, RETURN_VIEW, SHOP_VIEW})
_GOODS = frozenset({PRODUCT_EDIT, PRODUCT_ARCHIVE, PRODUCT_IMPORT})
_PRICES = frozenset({PRICE_EDIT, PRICE_BULK})
_STOCK = frozenset({STOCK_EDIT, STOCK_SHOP})
_PACKING = frozenset({POSTING_VIEW, POSTING_SHIP, POSTING_LABEL, POSTING_HAND_OVER})
_MONEY = frozenset({BALANCE_VIEW, TRANSACTION_VIEW})
_KEYS = frozenset({KEY_VIEW, KEY_CREATE, KEY_EDIT, KEY_STOP})
_TEAM = frozenset({TEAM_VIEW, TEAM_INVITE, TEAM_EDIT, TEAM_REMOVE, ROLE_EDIT, ACTIVITY_VIEW})
_MOST = (_LOOK | _GOODS | _PRICES | _STOCK | _PACKING | _MONEY | _KEYS | _TEAM
         | {WAREHOUSE_CREATE, WAREHOUSE_EDIT, POSTING_CANCEL, RETURN_DECIDE, SHOP_EDIT, SECURITY_EDIT})

#: What each ready role of a shop's staff may do.
ROLES: dict[str, frozenset[str]] = {
    "owner": _MOST | {TEAM_OWNER},
    "administrator": _MOST,
    "product": _GOODS | _PRICES | {BOARD_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, STOCK_VIEW, SHOP_VIEW},
    "finance": _MONEY | _PRICES | {BOARD_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_HISTORY, POSTING_VIEW, RETURN_VIEW,
                                   SHOP_VIEW},
    "warehouse": _PACKING | _STOCK | {BOARD_VIEW, PRODUCT_VIEW, STOCK_VIEW, STOCK_HISTORY, WAREHOUSE_VIEW, RETURN_VIEW,
                                      RETURN_DECIDE},
    "assembler": _PACKING | {PRODUCT_VIEW},
    "technology": _KEYS | {BOARD_VIEW, PRODUCT_VIEW, PRODUCT_EDIT, PRODUCT_IMPORT, PRICE_VIEW, STOCK_VIEW,
                           WAREHOUSE_VIEW, POSTING_VIEW, SHOP_VIEW},
    "analyst": _LOOK | _MONEY,
}
#: Everything a role of a shop can hold.
SHOP_RIGHTS = ROLES["owner"]
#: Who holds one of these handles money or decides who does, whatever the role is called.
SENSITIVE = _MONEY | _TEAM - {TEAM_VIEW, ACTIVITY_VIEW} | {TEAM_OWNER, KEY_CREATE, KEY_EDIT}
#: What nobody with an end date or limits holds, whatever their role: an agency hands nothing on and opens no doors.
DELEGATE_NEVER = _TEAM - {TEAM_VIEW, ACTIVITY_VIEW} | _KEYS | {TEAM_OWNER, SECURITY_EDIT, SHOP_EDIT}

#: What operators of the marketplace may do in the console.
OPERATOR = frozenset({CONSOLE_SELLER_VIEW, CONSOLE_PRODUCT_VIEW, CONSOLE_POSTING_VIEW,
                      CONSOLE_MARKET_EDIT,
                      CONSOLE_RECOVERY_DECIDE, CONSOLE_PROBLEM_ANSWER, CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT,
                      CONSOLE_CHECKLIST_EDIT})
#: Papers of people are opened by few: operators of the role `market` run the marketplace without seeing them.
OPERATOR_ROLES: dict[str, frozenset[str]] = {
    "all": OPERATOR,
    "market": OPERATOR - {CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT, CONSOLE_RECOVERY_DECIDE},
    "kyc": frozenset({CONSOLE_SELLER_VIEW, CONSOLE_KYC_VIEW, CONSOLE_KYC_EDIT}),
}


def of_role(role: str, own: Iterable[str] = ()) -> frozenset[str]:
    """The rights of a ready role, or of a shop's own one with the rights it was given; none for a name we do not know.

    A right that a later version no longer has is held by nobody.
    """
    return ROLES.get(role) or SHOP_RIGHTS.intersection(own)


def effective(role: str, own: Iterable[str] = (), *, scoped: bool = False, delegated: bool = False) -> frozenset[str]:
    """What somebody may really do: their role without what their terms rule out.

    Product forms and spreadsheets change the shop's main warehouse, so they are shut for people of single warehouses.
    """
    rights = of_role(role, own)
    if scoped:
        rights -= {STOCK_SHOP, WAREHOUSE_CREATE, WAREHOUSE_EDIT}
    return rights - DELEGATE_NEVER if delegated else rights


def kind_of(role: str, rights: frozenset[str]) -> str:
    """The ready role that rules about roles should read: a shop's own role that handles money is `finance` to them."""
    return "finance" if role not in ROLES and rights & SENSITIVE else role
