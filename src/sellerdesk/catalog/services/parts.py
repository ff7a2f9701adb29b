"""Where higher domains register the parts of an offer that they keep."""

from sellerdesk.catalog.offer_parts import get, register, registered

__all__ = ["get", "register", "registered"]
