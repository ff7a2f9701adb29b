"""The engine behind every write of products, for the form, the spreadsheet and the API alike.

A wish becomes a `Row`; `judging_rows` says what is wrong with it, `content` what will stand on the card, `writing`
writes all rows at once and tells of them; `foreseeing` stops before the writing.
"""

from sellerdesk.catalog.services.applying.engine import apply_wishes
from sellerdesk.catalog.services.applying.foreseeing import Preview, preview_wishes
from sellerdesk.catalog.services.applying.judging_rows import hint_at_offers
from sellerdesk.catalog.services.applying.rows import CONTENT, Wish

__all__ = ["CONTENT", "Preview", "Wish", "apply_wishes", "hint_at_offers", "preview_wishes"]
