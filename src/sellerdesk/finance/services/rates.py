"""Exchange rates of the day: an operator brings them as CSV, each with its day and source."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.money import known_currency
from sellerdesk.finance import events
from sellerdesk.finance.rules import BASE_CURRENCY, RATE_SCALE
from sellerdesk.finance.texts import RATES

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How many ten-thousandths of the base currency one whole unit costs, from the beginning of a day (UTC) on."""

    currency: str
    rate: int
    day: date


def import_rates(*, text: str, source: str, actor: Actor, now: datetime,
                 source_names: Mapping[str, str] | None = None) -> int:
    """Bring rates into force: lines of currency; day; price of one unit in roubles. Returns how many.
    `source_names` say the source in other languages, by language.

    All or nothing. Amounts that were computed keep the version they used, so no version is ever changed: a rate that is
    there already stays as it is, and its correction holds from now on. Raises Invalid naming each wrong line, also one
    that corrects a day after which another rate came.
    """
    source = " ".join(source.split())
    if not source:
        raise Invalid("required", RATES["source"], field="source")
    found = _read(text)
    with atomic():
        _refuse_late(found, now)
        for one in sorted(found, key=lambda rate: (rate.day, rate.currency)):
            if _known(one) is not None and _known(one) == one.rate:
                continue
            dated.put("finance.rate", one.currency, {"rate": one.rate}, source=source[:300],
                      source_names=source_names, valid_from=_since(one, now))
        activity.record(events.RATES_CHANGED, now=now, actor=actor, target_type="rates", target_label=source[:200],
                        data={"count": len(found)})
    return len(found)


def _begins(one: Rate) -> datetime:
    return datetime.combine(one.day, time(), UTC)


def _known(one: Rate) -> int | None:
    """The rate that this day has already: the last correction of it, if there are several."""
    return next((int(rule.value["rate"]) for rule in dated.versions("finance.rate", one.currency)
                 if _begins(one) <= rule.valid_from < _begins(one) + timedelta(days=1)), None)


def _since(one: Rate, now: datetime) -> datetime:
    """The beginning of its day; a correction of a rate that is in use already holds from now on, since amounts name
    the version they were made with."""
    begins = _begins(one)
    taken = {rule.valid_from for rule in dated.versions("finance.rate", one.currency)}
    if begins not in taken or begins > now:
        return begins
    since = now
    while since in taken:
        # The market's clock may stand still; each version has a beginning of its own all the same.
        since += timedelta(microseconds=1)
    return since


def _refuse_late(found: Sequence[Rate], now: datetime) -> None:
    """Raises Invalid for corrections of days that are over: from now on another rate holds, and the past stays."""
    late = [one for one in found if _known(one) not in (None, one.rate) and any(
        _begins(one) + timedelta(days=1) <= rule.valid_from <= now
        for rule in dated.versions("finance.rate", one.currency))]
    if late:
        raise Invalid.many([FieldError(
            "text", "rate_day_over", RATES["day_over"], f"{one.currency};{one.day}",
            {"value": f"{one.currency};{one.day}"}) for one in late[:20]])


def _read(text: str) -> list[Rate]:
    sample = text.splitlines()[0] if text.strip() else ""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in sample else ","))
    if rows and not any(cell[:1].isdigit() for cell in rows[0]):
        rows[0] = []
    found, wrong = [], []
    for number, row in enumerate(rows[:_MOST], start=1):
        if not any(cell.strip() for cell in row):
            continue
        try:
            found.append(_rate([cell.strip() for cell in row]))
        except (ValueError, InvalidOperation):
            wrong.append(FieldError("text", "rate_unreadable", RATES["unreadable"], ";".join(row)[:60],
                                    {"line": number, "value": ";".join(row)[:60]}))
    if wrong:
        raise Invalid.many(wrong[:20])
    if not found:
        raise Invalid("required", RATES["none"], field="text")
    return found


def _rate(cells: list[str]) -> Rate:
    currency, day, price = cells
    scaled = Decimal(price.replace(",", ".")) * RATE_SCALE
    currency = currency.upper()
    if currency == BASE_CURRENCY or not known_currency(currency) or scaled <= 0 or scaled != scaled.to_integral_value():
        raise ValueError(currency)
    return Rate(currency, int(scaled), date.fromisoformat(day))
