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
        "postings:read",
    }
)
_WRITE = frozenset({"products:write", "prices:write", "stocks:write", "postings:write"})

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
        }
    ),
    "Posting FBS": frozenset({"seller:read", "warehouses:read", "postings:read", "postings:write"}),
    "Posting FBS read only": frozenset({"seller:read", "warehouses:read", "postings:read"}),
}


def allows(roles: Iterable[str], right: str) -> bool:
    """Whether a key with these roles holds `right`. Unknown role names hold nothing."""
    return right == ANY or any(right in ROLES.get(name, ()) for name in roles)


def writes(right: str) -> bool:
    """Whether a method with this right changes something."""
    return right in _WRITE
