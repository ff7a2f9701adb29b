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
    rules.defaults("sellers.inactivity", {"": {"upload": 45, "sale": 60, "last_sale": 90}},
                   source="policy of marketplaces of the region on shops that do nothing: days")
    rules.defaults("sellers.holiday_days", {"": 60}, source="default of this installation: longest holiday of a shop")
    rules.defaults("sellers.name_review_days", {"": 2}, source="default of this installation: working days")
    rules.defaults("sellers.closing_days", {"": 14},
                   source="default of this installation: time to think better of closing a shop")
    rules.defaults("sellers.closed_kept_years", {"": 5}, source=(
        "Russian Tax Code art. 23 (1) 8 and Federal Law 402-FZ art. 29 (1): accounting and tax documents, five years"))
    rules.defaults("sellers.approval_days", {"": 3},
                   source="default of this installation: how long a request waits for a second person")
    rules.defaults("sellers.offer_grace_days", {"": 14}, source="default of this installation")
