"""Rights of this domain."""

from __future__ import annotations

BOARD_VIEW = "home:board:view"
BALANCE_VIEW = "finance:balance:view"
