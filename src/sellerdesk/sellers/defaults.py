"""The dated rules of registration and onboarding that a fresh installation starts with."""

from __future__ import annotations

from django.conf import settings

from sellerdesk.core import rules
from sellerdesk.sellers import countries


def declare() -> None:
    rules.defaults("sellers.auto_approve", {"": {"enabled": settings.DEMO}},
                   source="default of this installation: the demo lets shops sell at once")
    rules.defaults("sellers.phone_required", {"": {"policy": "optional" if settings.DEMO else "required"}},
                   source="default of this installation: required, optional or off")
    rules.defaults("sellers.currencies", {"": ["USD", "RUB"], **{
        country.code: list(country.currencies) for country in countries.COUNTRIES.values()}},
        source="what marketplaces of the region offer sellers of each country")
    rules.defaults("sellers.country_blocked", {"": {"reason": ""}, "KP": {"reason": "sanctions"}},
                   source="UN Security Council resolution 2375 (2017)")
    rules.defaults("sellers.latin_name", {"": {"value": True}, **{
        code: {"value": False} for code in countries.CYRILLIC}},
        source="carriers and customs print Latin or Cyrillic only")
    rules.defaults("sellers.offer_grace_days", {"": 14}, source="default of this installation")
