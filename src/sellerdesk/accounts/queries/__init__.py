"""Reading about people."""

from sellerdesk.accounts.queries.factors import factors, has_second_factor, who_has_second_factor
from sellerdesk.accounts.queries.people import contacts, labels, language_of, phrase_on

__all__ = ["contacts", "factors", "has_second_factor", "labels", "language_of", "phrase_on",
           "who_has_second_factor"]
