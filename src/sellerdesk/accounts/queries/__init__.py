"""Reading about people."""

from sellerdesk.accounts.queries.people import PASSWORD_MIN_LENGTH, contacts, labels, language_of

__all__ = ["PASSWORD_MIN_LENGTH", "contacts", "labels", "language_of"]
