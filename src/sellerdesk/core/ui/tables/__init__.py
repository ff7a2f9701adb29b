"""Declared lists: columns, filters, tabs, bulk actions, paging, saved views and live refresh.

How to use them: ``docs/develop/screens.md``.
"""

from sellerdesk.core.ui.tables.base import BulkAction, Empty, Tab, Table, next_url
from sellerdesk.core.ui.tables.columns import Badge, Column, RowAction
from sellerdesk.core.ui.tables.filters import (
    ChoiceFilter,
    DateRangeFilter,
    RangeFilter,
    SearchFilter,
    ToggleFilter,
)

__all__ = [
    "Badge", "BulkAction", "ChoiceFilter", "Column", "DateRangeFilter", "Empty", "RangeFilter", "RowAction",
    "SearchFilter", "Tab", "Table", "ToggleFilter", "next_url",
]  # fmt: skip
