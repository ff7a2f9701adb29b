"""Reading the tables of the rule engine with their versions."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from sellerdesk.catalog import policies
from sellerdesk.catalog.defaults import SCREENING
from sellerdesk.catalog.screening.tables import GoodsRule, goods_rule
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import NotFound
from sellerdesk.core.rules import Rule
from sellerdesk.sellers.types import SellerRef


def tables(now: datetime) -> list[Rule]:
    """The version in force of each table, by key. One query."""
    return [rule for _key, rule in sorted(dated.all_of(SCREENING, now).items())]


def versions(key: str) -> list[Rule]:
    """All versions of a table, the newest first. Raises NotFound where there is none."""
    found = dated.versions(SCREENING, key)
    if not found:
        raise NotFound("rule_unknown")
    return found


def route(country: str) -> str:
    """How the goods of a shop in a country come to buyers, as rules of goods have it: domestic or cross_border."""
    return "domestic" if country == settings.MARKETPLACE_COUNTRY else "cross_border"


def asking_papers(seller: SellerRef, now: datetime) -> list[GoodsRule]:
    """The rules by which goods of the shop need papers, by key. No query beyond rules."""
    found = [goods_rule(rule.key, rule.id, rule.value) for rule in tables(now)
             if rule.key.startswith("goods.") and not rule.value.get("disabled")]
    return [rule for rule in found if rule.level == "needs_document" and (
        not rule.routes or route(seller.country) in rule.routes)]


def policy_titles(language: str) -> list[tuple[str, str]]:
    """The policies that a table can name, by key with their titles."""
    return [(one.key, one.title) for one in policies.all_of(language)]
