"""Where higher domains register the parts of an offer that they keep, and what of theirs hangs on products."""

from sellerdesk.catalog.offer_parts import get, register, registered
from sellerdesk.catalog.ties import register as register_tie

__all__ = ["get", "register", "register_tie", "registered"]
