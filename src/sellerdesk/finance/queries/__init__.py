"""Reading of the finance domain. Figures for every other domain are here; pages of money read the modules beside."""

from __future__ import annotations

from sellerdesk.finance.queries.ledger import (
    accrued_minor,
    acquiring_bp,
    balance,
    buyer_currency,
    convert,
    day_bounds,
    departments,
    forget,
    instalment_bp,
    kind_text,
    local_day,
    of_posting,
    open_end,
    owed_minor,
    shares,
    totals,
    transaction,
    transactions_page,
)

__all__ = ["accrued_minor", "acquiring_bp", "balance", "buyer_currency", "convert", "day_bounds", "departments",
           "forget", "instalment_bp", "kind_text", "local_day", "of_posting", "open_end", "owed_minor", "shares",
           "totals", "transaction", "transactions_page"]
