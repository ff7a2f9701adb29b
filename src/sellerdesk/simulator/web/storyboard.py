"""How a scenario looks: a line of time with what happens on it, and chips that say the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sellerdesk.core.i18n import localized
from sellerdesk.simulator.scenarios.types import Happening, Portion, Scenario

#: The drawing is so many units wide, whatever it shows.
WIDTH = 1000
_LEAST = 10
_KINDS: dict[str, tuple[Any, str, str]] = {
    "strike": (gettext_lazy("Strike"), "ban", "danger"),
    "delay": (gettext_lazy("Slow roads"), "truck", "warning"),
    "peak": (gettext_lazy("Peak"), "trending-up", "success"),
    "no_packing": (gettext_lazy("Nobody packs"), "package-off", "danger"),
    "price": (gettext_lazy("Prices"), "tag", "info"),
    "stock": (pgettext_lazy("simulator", "Stock"), "box", "info"),
    "order": (gettext_lazy("Order"), "shopping-cart", "neutral"),
}
FATES: dict[str, Any] = {
    "": gettext_lazy("Delivered and kept"),
    "buyer_cancels": gettext_lazy("The buyer cancels"),
    "marketplace_cancels": gettext_lazy("The marketplace cancels"),
    "never_packed": gettext_lazy("Nobody ever packs it"),
    "packed_late": gettext_lazy("Packed too late"),
    "lost": gettext_lazy("Lost by the carrier"),
    "not_collected": gettext_lazy("Not collected"),
    "late": gettext_lazy("Arrives late"),
    "given_back": pgettext_lazy("simulator", "Given back"),
    "asks_to_cancel": gettext_lazy("Asks to cancel"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the line: from `x`, so many units wide, in row `row`."""

    x: int
    width: int
    tone: str
    text: str
    moment: bool


@dataclass(frozen=True, slots=True)
class Chip:
    icon: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """A scenario as the page shows it."""

    name: str
    title: str
    story: str
    length: str
    orders: str
    days: tuple[int, ...]
    marks: tuple[Mark, ...]
    chips: tuple[Chip, ...]
    events: tuple[Chip, ...]
    now_x: int | None = None


def board(scenario: Scenario, language: str, *, since: datetime | None = None, now: datetime | None = None) -> Board:
    """A scenario in the reader's language; with the moments of a run, how far it is."""
    span = max([scenario.lasts, *(one.at + one.lasts for one in scenario.happenings)])
    days = int(span / timedelta(days=1))
    return Board(
        name=scenario.name, title=localized(scenario.title, language) or scenario.name,
        story=localized(scenario.story, language), length=_long(scenario.lasts), orders=_orders(scenario),
        days=tuple(_x(timedelta(days=day), span) for day in range(1, days + 1) if timedelta(days=day) < span),
        marks=tuple(_mark(one, span) for one in scenario.happenings),
        chips=tuple(Chip("user", "neutral", _("%(fate)s: %(portion)s") % {
            "fate": FATES[fate], "portion": _portion(portion)}) for fate, portion in scenario.fates.items()),
        events=tuple(Chip(_KINDS[one.kind][1], _KINDS[one.kind][2], told(one)) for one in scenario.happenings),
        now_x=min(WIDTH, _x(now - since, span)) if since and now else None)


def _x(at: timedelta, span: timedelta) -> int:
    return round(WIDTH * (at / span))


def _mark(one: Happening, span: timedelta) -> Mark:
    left = _x(one.at, span)
    width = max(_LEAST, _x(one.lasts, span))
    return Mark(min(left, WIDTH - _LEAST), min(width, WIDTH - min(left, WIDTH - _LEAST)), _KINDS[one.kind][2],
                told(one), not one.lasts)


def _orders(scenario: Scenario) -> str:
    if scenario.orders:
        return ngettext("%(count)s order", "%(count)s orders", scenario.orders) % {"count": scenario.orders}
    if scenario.per_day:
        return ngettext("about %(count)s order a day", "about %(count)s orders a day", scenario.per_day) % {
            "count": scenario.per_day}
    count = sum(one.kind == "order" for one in scenario.happenings)
    return ngettext("%(count)s chosen order", "%(count)s chosen orders", count) % {"count": count}


def _portion(portion: Portion) -> str:
    return str(portion.count) if portion.count else f"{portion.share_bp / 100:g} %"


def _long(lasts: timedelta) -> str:
    days, rest = divmod(int(lasts.total_seconds()), 86_400)
    hours = rest // 3600
    words = []
    if days:
        words.append(ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
    if hours or (not days and rest >= 3600):
        words.append(_("%(count)s h") % {"count": hours})
    return " ".join(words) or _("%(count)s min") % {"count": rest // 60}


def told(one: Happening) -> str:
    """A happening in words, with its moment."""
    data: Mapping[str, Any] = one.data
    what = {
        "strike": lambda: _("no courier comes for %(time)s"),
        "delay": lambda: _("parcels take ×%(times)s as long for %(time)s"),
        "peak": lambda: _("buyers come ×%(times)s as often for %(time)s"),
        "no_packing": lambda: _("nobody packs for %(time)s"),
        "price": lambda: _("prices change by %(change)s %%"),
        "stock": lambda: _("%(units)s units are left on the shelf"),
        "order": lambda: _("an order from %(city)s: %(fate)s"),
    }[one.kind]()
    days, rest = divmod(int(one.at.total_seconds()), 86_400)
    return _("Day %(day)s, %(clock)s – %(what)s") % {
        "day": days + 1, "clock": f"+{rest // 3600:02d}:{rest % 3600 // 60:02d}", "what": what % {
            "time": _long(one.lasts), "times": f"{data.get('times', 1):g}", "change": f"{data.get('change', 0):+d}",
            "units": data.get("units", 0), "city": data.get("city") or _("anywhere"),
            "fate": str(FATES[data.get("fate", "")]).lower()}}
