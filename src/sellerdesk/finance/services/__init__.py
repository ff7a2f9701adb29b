"""Writing of the finance domain: one function per intent."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.finance.services.booking import (
    SCHEME,
    book_charges,
    book_deliveries,
    book_placement,
    book_returns,
    quote_commission,
)
from sellerdesk.finance.services.checking import check
from sellerdesk.finance.services.documents import end_terms, issue_due
from sellerdesk.finance.services.paying import fail_without_bank, retry_mended
from sellerdesk.finance.services.settling import close_due, settle_closing

__all__ = ["SCHEME", "book_charges", "book_deliveries", "book_placement", "book_returns", "check", "quote_commission",
           "run_due"]

_DUE = (close_due, settle_closing, fail_without_bank, retry_mended, issue_due, end_terms)


def run_due(now: datetime) -> int:
    """Everything that is due until `now`: periods closed, payouts with nowhere to go failed, mended ones tried again,
    documents of months that have ended asked for, files past their term deleted.

    Returns how many things were done; a second time none.
    """
    return sum(due(now=now) for due in _DUE)
