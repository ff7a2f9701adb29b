"""What the roles of an API key allow.

A method names one right; a role is a set of rights. `/v1/roles` tells a program which methods its key may call, so
the list of methods is always derived from the rights, never written down a second time.
"""

from __future__ import annotations

from collections.abc import Iterable

#: The right of methods that any valid key may call.
ANY = "any"

_READ = frozenset(
    {
        "seller:read",
        "categories:read",
        "products:read",
        "prices:read",
        "stocks:read",
        "warehouses:read",
        "supplies:read",
        "postings:read",
        "returns:read",
        "notifications:read",
        "chats:read",
        "reviews:read",
        "finance:read",
        "analytics:read",
        "reports:make",
        "reports:read",
    }
)
_WRITE = frozenset(
    {
        "products:write",
        "prices:write",
        "stocks:write",
        "warehouses:write",
        "supplies:write",
        "postings:write",
        "returns:write",
        "notifications:write",
        "chats:write",
        "reviews:write",
    }
)

RIGHTS = _READ | _WRITE | {ANY}

#: Role names as programs of the compatible API know them, in the order they are offered to people.
ROLES: dict[str, frozenset[str]] = {
    "Admin": RIGHTS,
    "Admin read only": _READ,
    "Product": frozenset(
        {
            "seller:read",
            "categories:read",
            "products:read",
            "products:write",
            "prices:read",
            "stocks:read",
        }
    ),
    "Product read only": frozenset(
        {
            "seller:read",
            "categories:read",
            "products:read",
            "prices:read",
            "stocks:read",
        }
    ),
    "Price": frozenset({"seller:read", "products:read", "prices:read", "prices:write"}),
    "Warehouse": frozenset(
        {
            "seller:read",
            "products:read",
            "stocks:read",
            "stocks:write",
            "warehouses:read",
            "warehouses:write",
            "supplies:read",
            "supplies:write",
        }
    ),
    "Posting FBS": frozenset(
        {"seller:read", "warehouses:read", "postings:read", "postings:write", "returns:read", "returns:write"}
    ),
    "Posting FBS read only": frozenset({"seller:read", "warehouses:read", "postings:read", "returns:read"}),
    "Notification": frozenset({"seller:read", "notifications:read", "notifications:write"}),
    "Finance read only": frozenset({"seller:read", "finance:read", "reports:read"}),
    "Analytics": frozenset({"seller:read", "analytics:read", "reports:make", "reports:read"}),
    "Messages": frozenset({"seller:read", "chats:read", "chats:write", "reviews:read", "reviews:write"}),
}

#: What each right is in the shop, by the names that people's roles use: who lacks one of these makes no key with it.
#: An import of products sets prices too; labels are read with the postings.
OF_SHOP: dict[str, frozenset[str]] = {
    ANY: frozenset(),
    "seller:read": frozenset({"sellers:shop:view"}),
    "categories:read": frozenset(),
    "products:read": frozenset({"catalog:product:view"}),
    "products:write": frozenset(
        {
            "catalog:product:edit",
            "catalog:product:archive",
            "catalog:product:import",
            "catalog:picture:edit",
            "pricing:price:edit",
        }
    ),
    "prices:read": frozenset({"pricing:price:view"}),
    "prices:write": frozenset({"pricing:price:edit", "pricing:price:bulk"}),
    "stocks:read": frozenset({"inventory:stock:view"}),
    "stocks:write": frozenset({"inventory:stock:edit"}),
    "supplies:read": frozenset({"supply:supply:view"}),
    "supplies:write": frozenset({"supply:supply:edit"}),
    "warehouses:read": frozenset({"inventory:warehouse:view"}),
    "warehouses:write": frozenset({"inventory:warehouse:pause", "inventory:warehouse:archive"}),
    "postings:read": frozenset({"orders:posting:view", "orders:posting:label"}),
    "postings:write": frozenset(
        {
            "orders:posting:ship",
            "orders:posting:cancel",
            "orders:posting:deliver",
            "orders:posting:dispute",
        }
    ),
    "returns:read": frozenset({"returns:return:view"}),
    "finance:read": frozenset({"finance:balance:view", "finance:transaction:view", "finance:document:view"}),
    # A program finds the reports that its other rights let it ask for.
    "reports:read": frozenset(),
    "analytics:read": frozenset({"analytics:figures:view"}),
    "reports:make": frozenset({"analytics:report:make"}),
    "returns:write": frozenset({"returns:return:decide"}),
    "notifications:read": frozenset({"notifications:push:view"}),
    "notifications:write": frozenset({"notifications:push:edit"}),
    "chats:read": frozenset({"messaging:chat:view"}),
    "chats:write": frozenset({"messaging:chat:write"}),
    "reviews:read": frozenset({"messaging:review:view"}),
    "reviews:write": frozenset({"messaging:review:reply"}),
}


def allows(roles: Iterable[str], right: str) -> bool:
    """Whether a key with these roles holds `right`. Unknown role names hold nothing."""
    return right == ANY or any(right in ROLES.get(name, ()) for name in roles)


def writes(right: str) -> bool:
    """Whether a method with this right changes something."""
    return right in _WRITE
