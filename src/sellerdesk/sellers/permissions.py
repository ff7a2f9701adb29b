"""Rights, and the roles that bundle them.

A right is `area:thing:act`. The same names guard pages and the acts behind them. Rights of domains above are spelled
here as plain text, because a role spans the whole shop.
"""

from __future__ import annotations

BOARD_VIEW = "home:board:view"
PRODUCT_VIEW = "catalog:product:view"
PRODUCT_EDIT = "catalog:product:edit"
PRICE_VIEW = "pricing:price:view"
PRICE_EDIT = "pricing:price:edit"
STOCK_VIEW = "inventory:stock:view"
STOCK_EDIT = "inventory:stock:edit"
WAREHOUSE_VIEW = "inventory:warehouse:view"
WAREHOUSE_EDIT = "inventory:warehouse:edit"
POSTING_VIEW = "orders:posting:view"
POSTING_SHIP = "orders:posting:ship"
POSTING_CANCEL = "orders:posting:cancel"
RETURN_VIEW = "returns:return:view"
RETURN_DECIDE = "returns:return:decide"
BALANCE_VIEW = "finance:balance:view"
KEY_VIEW = "sellers:key:view"
KEY_EDIT = "sellers:key:edit"
SHOP_VIEW = "sellers:shop:view"
SHOP_EDIT = "sellers:shop:edit"
SECURITY_EDIT = "sellers:security:edit"

CONSOLE_SELLER_VIEW = "console:seller:view"
CONSOLE_SELLER_EDIT = "console:seller:edit"
CONSOLE_PRODUCT_VIEW = "console:product:view"
CONSOLE_POSTING_VIEW = "console:posting:view"
CONSOLE_MARKET_EDIT = "console:market:edit"
CONSOLE_RECOVERY_DECIDE = "console:recovery:decide"
CONSOLE_PROBLEM_ANSWER = "console:problem:answer"

_LOOK = frozenset({BOARD_VIEW, PRODUCT_VIEW, PRICE_VIEW, STOCK_VIEW, WAREHOUSE_VIEW, POSTING_VIEW, RETURN_VIEW,
                   SHOP_VIEW})
_ALL = _LOOK | {PRODUCT_EDIT, PRICE_EDIT, STOCK_EDIT, WAREHOUSE_EDIT, POSTING_SHIP, POSTING_CANCEL, RETURN_DECIDE,
                BALANCE_VIEW, KEY_VIEW, KEY_EDIT, SHOP_EDIT, SECURITY_EDIT}

#: What each role of a shop's staff may do.
ROLES: dict[str, frozenset[str]] = {
    "owner": _ALL,
    "administrator": _ALL,
    "product": frozenset({BOARD_VIEW, PRODUCT_VIEW, PRODUCT_EDIT, PRICE_VIEW, PRICE_EDIT, STOCK_VIEW, SHOP_VIEW}),
    "finance": frozenset({BOARD_VIEW, PRODUCT_VIEW, PRICE_VIEW, PRICE_EDIT, POSTING_VIEW, RETURN_VIEW, BALANCE_VIEW,
                          SHOP_VIEW}),
    "warehouse": frozenset({BOARD_VIEW, PRODUCT_VIEW, STOCK_VIEW, STOCK_EDIT, WAREHOUSE_VIEW, POSTING_VIEW,
                            POSTING_SHIP, RETURN_VIEW, RETURN_DECIDE}),
    "analyst": _LOOK | {BALANCE_VIEW},
}

#: What operators of the marketplace may do in the console.
OPERATOR = frozenset({CONSOLE_SELLER_VIEW, CONSOLE_SELLER_EDIT, CONSOLE_PRODUCT_VIEW, CONSOLE_POSTING_VIEW,
                      CONSOLE_MARKET_EDIT,
                      CONSOLE_RECOVERY_DECIDE, CONSOLE_PROBLEM_ANSWER})


def of_role(role: str) -> frozenset[str]:
    """The rights of a role; none for a name we do not know."""
    return ROLES.get(role, frozenset())
