"""Writing about shops, their people and their keys."""

from sellerdesk.sellers.services.calls import flush_calls, forget_old_calls, note_call
from sellerdesk.sellers.services.keys import (
    KEY_NAME_MAX,
    KEY_ROLES,
    create_approved,
    create_key,
    create_or_ask,
    deactivate_key,
    rotate_key,
    set_networks,
    touch_key,
    warn_of_ends,
)
from sellerdesk.sellers.services.leaks import report_leaks
from sellerdesk.sellers.services.registration import register_shop
from sellerdesk.sellers.services.review import approve_shop
from sellerdesk.sellers.services.shops import switch_shop
from sellerdesk.sellers.services.team import add_member

__all__ = ["KEY_NAME_MAX", "KEY_ROLES", "add_member", "approve_shop", "create_approved",
           "create_key", "create_or_ask", "deactivate_key", "flush_calls",
           "forget_old_calls", "note_call", "register_shop", "report_leaks", "rotate_key", "set_networks",
           "switch_shop", "touch_key", "warn_of_ends"]
