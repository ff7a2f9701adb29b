"""Rights of this domain."""

from __future__ import annotations

MARKET_EDIT = "console:market:edit"
