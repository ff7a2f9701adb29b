"""Writing about shops, their people and their keys."""

from sellerdesk.sellers.services.keys import KEY_NAME_MAX, KEY_ROLES, create_key, deactivate_key, touch_key
from sellerdesk.sellers.services.shops import approve_shop, register_shop, switch_shop
from sellerdesk.sellers.services.team import add_member

__all__ = ["KEY_NAME_MAX", "KEY_ROLES", "add_member", "approve_shop", "create_key", "deactivate_key", "register_shop",
           "switch_shop", "touch_key"]
