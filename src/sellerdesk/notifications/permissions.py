"""Rights of this domain; roles are in sellers."""

from sellerdesk.sellers.permissions import INBOX_VIEW as INBOX
from sellerdesk.sellers.permissions import PUSH_EDIT as EDIT
from sellerdesk.sellers.permissions import PUSH_VIEW as VIEW
from sellerdesk.sellers.permissions import SHOP_EDIT as USUAL

__all__ = ["EDIT", "INBOX", "USUAL", "VIEW"]
