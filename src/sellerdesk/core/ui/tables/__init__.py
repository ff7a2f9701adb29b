"""Declared lists: columns, filters, tabs, bulk actions, paging, saved views and live refresh.

How to use them: ``docs/develop/screens.md``.
"""

from sellerdesk.core.ui.tables.base import Table, next_url
from sellerdesk.core.ui.tables.columns import Badge, Column, RowAction
from sellerdesk.core.ui.tables.filters import (
    ChoiceFilter,
    Counted,
    DateRangeFilter,
    RangeFilter,
    SearchFilter,
    ToggleFilter,
)
from sellerdesk.core.ui.tables.parts import BulkAction, Empty, Group, Tab

__all__ = [
    "Badge", "BulkAction", "ChoiceFilter", "Column", "Counted", "DateRangeFilter", "Empty", "Group", "RangeFilter",
    "RowAction", "SearchFilter", "Tab", "Table", "ToggleFilter", "next_url",
]  # fmt: skip
