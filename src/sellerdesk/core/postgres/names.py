"""What the wall calls itself in the database."""

from __future__ import annotations

from typing import Any

#: Holds the scope of a transaction: "" nothing, "0" no shop, a number that shop, "all" all shops.
SETTING = "sellerdesk.shop"
POLICY = "shop_wall"
_NAME_MAX = 63


def role_name(database: dict[str, Any]) -> str:
    """The role of one database. Roles belong to the whole server, so the name tells which database it is for."""
    suffix = "_app"
    return f"{database['NAME'][:_NAME_MAX - len(suffix)]}{suffix}"
