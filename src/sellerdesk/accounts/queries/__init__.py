"""Reading about people."""

from sellerdesk.accounts.queries.factors import factors, has_second_factor
from sellerdesk.accounts.queries.people import contacts, labels, language_of

__all__ = ["contacts", "factors", "has_second_factor", "labels", "language_of"]
