"""States of actions and of buyers' requests, and the moves between them."""

from __future__ import annotations

DRAFT, ACTIVE, PAUSED, ARCHIVED, CANCELLED = "draft", "active", "paused", "archived", "cancelled"
#: What somebody may do with an own action, by its state.
OWN_MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({ACTIVE, ARCHIVED}), ACTIVE: frozenset({PAUSED, ARCHIVED}),
    PAUSED: frozenset({ACTIVE, ARCHIVED}), ARCHIVED: frozenset()}
#: And the marketplace with its own.
PLATFORM_MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({ACTIVE, CANCELLED}), ACTIVE: frozenset({CANCELLED}), CANCELLED: frozenset()}

NEW, SEEN, APPROVED, DECLINED = "NEW", "SEEN", "APPROVED", "DECLINED"
AUTO_DECLINED, PURCHASED = "AUTO_DECLINED", "PURCHASED"
#: A buyer's request waits for an answer.
OPEN = (NEW, SEEN)
REQUEST_STATES = (NEW, SEEN, APPROVED, DECLINED, AUTO_DECLINED, PURCHASED)
