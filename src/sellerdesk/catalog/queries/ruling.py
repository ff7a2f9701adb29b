"""Reading the tables of the rule engine with their versions."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.catalog import policies
from sellerdesk.catalog.defaults import SCREENING
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import NotFound
from sellerdesk.core.rules import Rule


def tables(now: datetime) -> list[Rule]:
    """The version in force of each table, by key. One query."""
    return [rule for _key, rule in sorted(dated.all_of(SCREENING, now).items())]


def versions(key: str) -> list[Rule]:
    """All versions of a table, the newest first. Raises NotFound where there is none."""
    found = dated.versions(SCREENING, key)
    if not found:
        raise NotFound("rule_unknown")
    return found


def policy_titles(language: str) -> list[tuple[str, str]]:
    """The policies that a table can name, by key with their titles."""
    return [(one.key, one.title) for one in policies.all_of(language)]
