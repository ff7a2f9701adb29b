"""Exchange rates as people read them. No query once the rules are read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sellerdesk.core import rules as dated
from sellerdesk.finance.rules import BASE_CURRENCY as BASE_CURRENCY
from sellerdesk.finance.rules import RATE_SCALE
from sellerdesk.finance.types import RateRow


def rates_in_force(at: datetime) -> list[RateRow]:
    """The rate of every currency at a moment, by code."""
    return [RateRow(key, Decimal(rule.value["rate"]) / RATE_SCALE, rule.valid_from, rule.source, rule.id)
            for key, rule in sorted(dated.all_of("finance.rate", at).items())]


def by_version() -> dict[int, RateRow]:
    """Every rate there ever was or will be, by its version: what amounts name that were made with it."""
    return {rule.id: RateRow(rule.key, Decimal(rule.value["rate"]) / RATE_SCALE, rule.valid_from, rule.source, rule.id)
            for rule in dated.every("finance.rate")}


def version_of(currency: str, at: datetime) -> int | None:
    """The version of a currency's rate at a moment; None for the currency that all others are quoted in. Raises
    Unavailable `rule_missing`."""
    return None if currency == BASE_CURRENCY else dated.get("finance.rate", currency, at).id


def rate_of(currency: str, at: datetime) -> RateRow:
    """The rate of one currency. Raises Unavailable `rule_missing`."""
    rule = dated.get("finance.rate", currency, at)
    return RateRow(currency, Decimal(rule.value["rate"]) / RATE_SCALE, rule.valid_from, rule.source, rule.id)
