"""What screens show of the API: its roles with their methods."""

from __future__ import annotations

from sellerdesk.seller_api import roles
from sellerdesk.seller_api.urls import METHODS


def methods_of_roles() -> dict[str, tuple[str, ...]]:
    """For each role of a key, the paths it opens, in the contract's order, exactly as `/v1/roles` lists them."""
    return {name: tuple(method.path for method in METHODS if roles.allows((name,), method.right))
            for name in roles.ROLES}
