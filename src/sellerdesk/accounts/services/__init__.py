"""Writing about people; `people` is everyday life, the other modules have one topic each."""

from sellerdesk.accounts.passwords import add_word_source
from sellerdesk.accounts.services import devices, failures, passwords, problems, recovery, sessions, signing
from sellerdesk.accounts.services.history import record
from sellerdesk.accounts.services.people import (
    create_operator,
    create_user,
    record_registration,
    remember_shop,
    update_profile,
)

__all__ = [
    "add_word_source", "create_operator", "create_user", "devices", "failures", "passwords",
    "problems", "record", "record_registration", "recovery", "remember_shop", "sessions", "signing", "update_profile",
]
