"""`sellerdesk facts-rebuild [--check]`: make the figures of analytics anew from the rows they sum up."""

from __future__ import annotations

import sys

from sellerdesk.analytics.services import facts


def rebuild(*, check: bool) -> int:
    """Returns 1 where `check` found that the facts differed; they are right afterwards."""
    if not check:
        facts.rebuild()
        print("facts made anew")
        return 0
    wrong = facts.differences()
    if wrong:
        print(f"{wrong} rows differed from what orders and returns say; they are right now", file=sys.stderr)
        return 1
    print("facts equal what orders and returns say")
    return 0
