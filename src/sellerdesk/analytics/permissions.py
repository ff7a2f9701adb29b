"""Rights of this domain."""

from __future__ import annotations

BOARD_VIEW = "home:board:view"
BALANCE_VIEW = "finance:balance:view"
FIGURES_VIEW = "analytics:figures:view"
REPORT_MAKE = "analytics:report:make"
SHORTLIST_EDIT = "analytics:shortlist:edit"
