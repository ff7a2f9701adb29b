"""Numbers, dates and durations as a reader of the active language writes them.

Times are shown in the zone that is active for the request (``django.utils.timezone``); "now" for relative words
is passed in by the caller, because the market may run on a virtual clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_LOCALES = {"zh-hans": "zh_Hans_CN", "ru": "ru_RU", "en": "en_GB"}
_HTML_LANGUAGES = {"zh-hans": "zh-Hans", "ru": "ru", "en": "en"}


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def locale() -> Locale:
    """The babel locale of the active language. English uses the British one: day before month, 24 hours."""
    return _locale(get_language() or "en")


def html_language() -> str:
    """The value of ``<html lang>``: Chinese fonts are chosen by it."""
    return _HTML_LANGUAGES.get(get_language() or "en", "en")


def country(code: str) -> str:
    """A country by its two letters, as the reader calls it."""
    return str(locale().territories.get(code, code))


def number(value: int | float | None, decimals: int | None = None) -> str:
    """12 345 with the separators of the language; empty for None."""
    if value is None:
        return ""
    if decimals is None and isinstance(value, int):
        return _whole(value, get_language() or "en")
    return _decimal(round(value, 2 if decimals is None else decimals), get_language() or "en")


@lru_cache(maxsize=4096)
def _decimal(value: float, language: str) -> str:
    # What is rounded to nothing from below is no "-0".
    return format_decimal(value or 0, locale=_locale(language))


@lru_cache(maxsize=4096)
def _whole(value: int, language: str) -> str:
    return format_decimal(value, locale=_locale(language))


def percent(value: int | float, signed: bool = False) -> str:
    """``12.4`` -> ``12.4 %`` with a sign if wanted, spaced as the language does."""
    sign = "+" if signed and value > 0 else ""
    gap = "\u00a0" if (get_language() or "en") == "ru" else ""
    return f"{sign}{_decimal(round(value, 1), get_language() or 'en')}{gap}%"


def _local(value: datetime) -> datetime:
    return localtime(value) if is_aware(value) else value


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """``23 Nov 2026``, ``23 нояб. 2026 г.``, ``2026年11月23日``; without the year where it is plain."""
    if value is None:
        return ""
    local = _local(value) if isinstance(value, datetime) else value
    if year:
        return format_date(local, format="medium", locale=locale())
    return format_skeleton("MMMd", datetime(local.year, local.month, local.day, tzinfo=UTC), locale=locale())


def weekday(value: date) -> str:
    """``Tue, 24 Nov``, ``вт, 24 нояб.``, ``11月24日周二``: a day of the weeks to come, where the year is plain."""
    return format_skeleton("MMMEd", datetime(value.year, value.month, value.day, tzinfo=UTC), locale=locale())


def month(value: date) -> str:
    """``October 2026``, ``октябрь 2026 г.``, ``2026年10月``."""
    text = format_skeleton("yMMMM", datetime(value.year, value.month, 1, tzinfo=UTC), locale=locale())
    return text[:1].upper() + text[1:]


def month_name(number: int) -> str:
    """``Jan``, ``янв.``, ``1月``: a month without its year, short enough for an axis."""
    return str(locale().months["stand-alone"]["abbreviated"][number])


def clock_time(value: datetime) -> str:
    return format_time(_local(value), format="HH:mm", locale=locale())


def when(value: date | datetime | None, now: datetime | None = None) -> str:
    """Day and time; the year only where it differs from that of `now`."""
    if value is None:
        return ""
    if not isinstance(value, datetime):
        return day(value)
    local = _local(value)
    year = now is None or _local(now).year != local.year
    # Chinese parts the two by a space alone.
    gap = " " if html_language() == "zh-Hans" else ", "
    return f"{day(local, year=year)}{gap}{clock_time(local)}"


def ago(value: datetime, now: datetime) -> str:
    """``3 hours ago`` or ``in 2 days``; under a minute ``just now``."""
    passed = value - now
    if abs(passed) < timedelta(minutes=1):
        return _("just now")
    return format_timedelta(passed, add_direction=True, threshold=1.2, locale=locale())


def left(until: datetime, now: datetime) -> str:
    """Time left until a deadline, two units at most, or how late it is: ``1 d 4 h``, ``25 min``, ``late by 3 h``."""
    seconds = int((until - now).total_seconds())
    text = duration(abs(seconds))
    return _("late by %(time)s") % {"time": text} if seconds < 0 else text


def duration(seconds: int) -> str:
    """A length of time in its two largest units."""
    minutes = seconds // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days >= 3 or (days and not hours):
        return _("%(days)s d") % {"days": days}
    if days and hours:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours and not minutes:
        return _("%(hours)s h") % {"hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min") % {"minutes": minutes}
