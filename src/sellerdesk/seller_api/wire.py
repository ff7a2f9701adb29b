"""Spelling that differs between this system and the wire: money, times, languages, listings' order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sellerdesk.core.errors import FieldError
from sellerdesk.core.money import Money
from sellerdesk.seller_api import errors
from sellerdesk.seller_api.schemas import base

#: The contract's default language is Russian; languages we do not speak are answered in English.
LANGUAGES = {"DEFAULT": "ru", "RU": "ru", "EN": "en", "TR": "en", "ZH_HANS": "zh-hans"}

#: Numbers of currencies by ISO 4217, of those that shops are paid in here.
CURRENCY_NUMBERS = {"RUB": 643, "CNY": 156, "USD": 840, "EUR": 978, "BYN": 933, "KZT": 398, "KGS": 417, "AMD": 51,
                    "UZS": 860, "TRY": 949, "HKD": 344}

#: Numbers of countries by ISO 3166-1, of those that the marketplace works in.
COUNTRY_NUMBERS = {"RU": 643, "BY": 112, "KZ": 398, "KG": 417, "AM": 51, "UZ": 860, "CN": 156}


def money_text(amount_minor: int, currency: str) -> str:
    """`1299.99`."""
    return Money(amount_minor, currency).decimal_text()


def money_number(amount_minor: int, currency: str) -> float:
    """For the methods whose contract spells money as a JSON double. Nothing is ever calculated with it."""
    return float(money_text(amount_minor, currency))


def money(amount_minor: int, currency: str) -> base.Money:
    return base.Money(amount=money_text(amount_minor, currency), currency=currency)


def item_errors(found: Iterable[FieldError]) -> list[base.ItemError]:
    """Why one item of a batch was refused."""
    return [base.ItemError(code=error.code, message=error.text) for error in found]


def percent(basis_points: int) -> float:
    return basis_points / 100


def percent_of(part_minor: int, whole_minor: int) -> float:
    """Which share of `whole` the `part` is, in percent with two decimals; 0 of nothing."""
    return round(part_minor * 100 / whole_minor, 2) if whole_minor else 0.0


def vat_number(vat: str) -> float:
    """`0.22` of the card as the double that price listings carry."""
    return float(vat) if vat else 0.0


def utc(moment: datetime | None) -> datetime | None:
    """A moment of a request; without a zone it counts as UTC. Raises ApiError for one beyond the calendar."""
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise errors.malformed("invalid value for google.protobuf.Timestamp") from None


def moment(value: datetime) -> datetime:
    """The same for a moment that must be given."""
    found = utc(value)
    assert found is not None
    return found


def descending(sort_dir: str) -> bool:
    return sort_dir.lower() == "desc"
