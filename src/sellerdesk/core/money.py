"""Money: integer minor units and a currency. No floats anywhere.

Rounding happens in `round_half_even` only; parts of a whole are made by `allocate`, which never loses a kopeck.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal, get_currency_precision, is_currency
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Invalid

_LOCALES = {"en": "en_US", "ru": "ru_RU", "zh-hans": "zh_Hans_CN"}
# Digits, separators and every kind of space that spreadsheets and people put between thousands.
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")
# Far above any price or balance, far below what a 64-bit column holds even after adding many of them.
MAX_MINOR = 10**15


@lru_cache(maxsize=64)
def minor_digits(currency: str) -> int:
    """How many decimal places a currency has (2 for RUB, 0 for JPY). Source: CLDR, through babel."""
    return get_currency_precision(currency)


def known_currency(currency: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{3}", currency)) and is_currency(currency, "en")


def round_half_even(numerator: int, denominator: int) -> int:
    """numerator / denominator to the nearest whole, ties to the even neighbour (as ledgers and ISO 80000-1 do)."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(numerator, denominator)
    double = rest * 2
    if double > denominator or (double == denominator and whole % 2):
        whole += 1
    return whole


def share(amount_minor: int, basis_points: int) -> int:
    """A percentage of an amount; 10,000 basis points are the whole."""
    return round_half_even(amount_minor * basis_points, 10_000)


def allocate(amount_minor: int, weights: list[int]) -> list[int]:
    """Split an amount by weights so that the parts add up exactly (largest remainder, earlier part first)."""
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative and must not all be zero")
    parts = [amount_minor * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount_minor * weights[i] % total), i))
    for index in order[: amount_minor - sum(parts)]:
        parts[index] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (kopecks, fen, cents) of one currency."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount_minor, int) or isinstance(self.amount_minor, bool):
            raise TypeError("amount_minor must be a whole number of minor units")

    @classmethod
    def parse(cls, text: str, currency: str, *, field: str = "price") -> Money:
        """Read what a person, a spreadsheet or the API writes: 1299.99, 1 299,99, 1,299.99, 1.299,99.

        Raises Invalid `money_unreadable` (not a number), `money_too_precise` (more decimals than the currency has)
        or `money_too_large`.
        """
        value = str(text)
        if value.isascii() and value.isdecimal() and len(value) <= 11:
            # Most amounts are whole and plain.
            return cls(int(value) * 10**minor_digits(currency), currency)
        value = _SPACES.sub("", value.strip())
        if "," in value and "." in value:
            # Whichever separator stands last is the decimal one.
            thousands = "," if value.rfind(".") > value.rfind(",") else "."
            value = value.replace(thousands, "").replace(",", ".")
        elif value.count(",") == 1:
            value = value.replace(",", ".")
        if not _NUMBER.match(value) or len(value) > 30:
            raise Invalid("money_unreadable", _("“%(value)s” is not an amount. Write it like 1299.99."),
                          field=field, data={"value": str(text)[:60]})
        digits = minor_digits(currency)
        scaled = Decimal(value).scaleb(digits)
        if scaled != scaled.to_integral_value():
            raise Invalid("money_too_precise",
                          _("“%(value)s” has more than %(digits)s decimal places."),
                          field=field, data={"value": str(text)[:60], "digits": digits})
        if abs(scaled) > MAX_MINOR:
            raise Invalid("money_too_large", _("“%(value)s” is too large."), field=field,
                          data={"value": str(text)[:60]})
        return cls(int(scaled), currency)

    def decimal_text(self) -> str:
        """The plain spelling used on the wire and in spreadsheets: 1299.99, -5.00, 300 for a currency without cents."""
        digits = minor_digits(self.currency)
        if digits == 0:
            return str(self.amount_minor)
        sign = "-" if self.amount_minor < 0 else ""
        whole, rest = divmod(abs(self.amount_minor), 10**digits)
        return f"{sign}{whole}.{rest:0{digits}d}"

    def _other(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"cannot combine Money with {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")
        return other.amount_minor

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._other(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._other(other), self.currency)

    def __mul__(self, count: int) -> Money:
        if not isinstance(count, int):
            raise TypeError("Money is multiplied by whole numbers; use share() for percentages")
        return Money(self.amount_minor * count, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._other(other)

    def __le__(self, other: Money) -> bool:
        return self.amount_minor <= self._other(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount_minor > self._other(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount_minor >= self._other(other)

    def __str__(self) -> str:
        return f"{self.decimal_text()} {self.currency}"


# Signs that readers know; CLDR's short symbols outside the home country ("RUB1,234") are not among them.
_SIGNS = {"RUB": "₽", "CNY": "¥", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br", "TRY": "₺", "HKD": "HK$"}


def format_money(money: Money, language: str, *, whole: bool = False) -> str:
    """As a reader of the language writes it. `whole` drops the minor units (for charts and tiles)."""
    locale = _LOCALES.get(language.lower(), "en_US")
    digits = 0 if whole else minor_digits(money.currency)
    amount = abs(Decimal(money.amount_minor).scaleb(-minor_digits(money.currency)))
    number = format_decimal(amount, format="#,##0" + ("." + "0" * digits if digits else ""), locale=locale)
    sign = "−" if money.amount_minor < 0 else ""  # a true minus, as wide as a digit
    symbol = _SIGNS.get(money.currency, money.currency)
    if locale == "ru_RU":
        return f"{sign}{number}\u00a0{symbol}"
    return f"{sign}{symbol}{number}" if symbol in _SIGNS.values() else f"{sign}{symbol}\u00a0{number}"
