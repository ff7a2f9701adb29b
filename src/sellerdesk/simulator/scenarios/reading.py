"""From YAML to a scenario. Everything that is wrong is told at once, by line and key, with what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Invalid
from sellerdesk.simulator.scenarios.nodes import Mapped, Problems, parse, plain
from sellerdesk.simulator.scenarios.types import FATES, Happening, Portion, Scenario, Stage

MAX_ORDERS = 20_000
MAX_LASTS = timedelta(days=92)
MAX_SEED = 2**53
#: How shares of orders are spelled, by fate; those of buyers, of carriers and of the shop itself.
BUYERS = {"cancel": "buyer_cancels", "marketplace_cancels": "marketplace_cancels", "not_collect": "not_collected",
          "return": "given_back", "ask_to_cancel": "asks_to_cancel"}
#: How many of the orders lead to a review, a question about the goods, a chat. One order may lead to all three.
TALK = {"review": "review", "ask": "question", "chat": "chat"}
CARRIERS = {"lose": "lost", "late": "late"}
PACKING = {"late": "packed_late", "never": "never_packed"}
#: Keys of the expected results; amounts are minor units of the shop's currency.
EXPECTED = ("orders", "refused", "delivered", "cancelled", "cancelled_by_buyer", "cancelled_by_marketplace",
            "cancelled_by_seller", "lost", "not_collected", "returned_units", "units", "delivered_units", "open",
            "sales_minor", "balance_minor", "reviews", "questions", "chats", "claims", "cancel_requests", "digest")
_UNITS = {"min": 1, "m": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60, "d": 1440, "day": 1440,
          "days": 1440, "w": 10080, "week": 10080, "weeks": 10080}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%")
_CHANGE = re.compile(r"([+-]?\d{1,3})\s*%")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class ScenarioInvalid(Invalid):
    """The text is no scenario; `fields` hold every mistake, their data the `line`."""

    code = "scenario_invalid"


def read(text: str) -> Scenario:
    """The scenario that a text tells. Raises ScenarioInvalid with everything that is wrong with it."""
    problems = Problems()
    top = parse(text, problems)
    scenario = _scenario(top, problems) if top else None
    if problems.found or scenario is None:
        raise ScenarioInvalid(fields=sorted(problems.found, key=lambda one: one.data["line"]))
    return scenario


def _scenario(top: Mapped, problems: Problems) -> Scenario:
    name = top.text("name") or ""
    if not _NAME.fullmatch(name):
        problems.add(top.line_of("name"), "name", "bad_name",
                     _("Line %(line)s: “name” has small Latin letters, digits and hyphens, such as “strike-week”."),
                     name)
    lasts = _time(top, "lasts", None, MAX_LASTS)
    if lasts == timedelta(0):
        problems.add(top.line_of("lasts"), "lasts", "no_time", _("Line %(line)s: “%(key)s” must be more than nothing."))
    settles = _time(top, "settles", timedelta(days=21), MAX_LASTS)
    buyers, carriers, packing = top.group("buyers"), top.group("carriers"), top.group("packing")
    fates: dict[str, Portion] = {}
    for group, names in ((buyers, BUYERS), (carriers, CARRIERS), (packing, PACKING)):
        for key, fate in names.items() if group else ():
            portion = _portion(group, key) if group else None
            if portion:
                fates[fate] = portion
    talk = {word: portion for key, word in TALK.items() if buyers and (portion := _portion(buyers, key))}
    orders = _number(buyers, "orders", 0, 0, MAX_ORDERS) if buyers else 0
    per_day = _number(buyers, "per_day", 0, 0, 2000) if buyers else 0
    if buyers and orders and per_day:
        problems.add(buyers.line_of("per_day"), "buyers.per_day", "both",
                     _("Line %(line)s: say either “orders”, which come exactly, or “per_day”, not both."))
    if orders and sum(portion.of(orders) for portion in fates.values()) > orders:
        problems.add(buyers.line if buyers else 1, "buyers", "too_many_fates",
                     _("Line %(line)s: the portions of buyers, carriers and packing are more than all orders."))
    scenario = Scenario(
        name=name, seed=_number(top, "seed", 20, 0, MAX_SEED), lasts=lasts, settles=settles,
        title=_texts(top, "title"), story=_texts(top, "story"), starts=_starts(top), stage=_stage(top),
        orders=orders, per_day=per_day, fates={fate: fates[fate] for fate in FATES if fate in fates},
        talk=talk, happenings=_happenings(top, lasts + settles), expect=_expected(top))
    for group in (buyers, carriers, packing):
        if group:
            group.nothing_else()
    top.nothing_else()
    return scenario


def _texts(top: Mapped, key: str) -> Mapping[str, str]:
    node = top.take(key)
    return plain(node) if node is not None else {}


def _stage(top: Mapped) -> Stage:
    shop = top.group("shop")
    if shop is None:
        return Stage()
    country = shop.text("country") or "RU"
    if country not in ("RU", "CN"):
        shop.problems.add(shop.line_of("country"), shop.name("country"), "unknown_word",
                          _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Known: %(known)s."), country,
                          known="RU, CN")
    restock = shop.text("restock") or "no"
    if restock not in ("yes", "no", "true", "false"):
        shop.problems.add(shop.line_of("restock"), shop.name("restock"), "unknown_word",
                          _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Known: %(known)s."), restock,
                          known="yes, no")
    delivers = shop.text("delivers") or "marketplace"
    if delivers not in ("marketplace", "shop"):
        shop.problems.add(shop.line_of("delivers"), shop.name("delivers"), "unknown_word",
                          _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Known: %(known)s."), delivers,
                          known="marketplace, shop")
    stage = Stage(country, _number(shop, "products", 40, 1, 2000), _number(shop, "stock", 60, 0, 100_000),
                  restock in ("yes", "true"), delivers == "shop")
    shop.nothing_else()
    return stage


def _starts(top: Mapped) -> datetime | None:
    written = top.text("starts")
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        top.problems.add(top.line_of("starts"), "starts", "not_a_moment",
                         _("Line %(line)s: “%(key)s” takes a moment such as “2026-11-23T06:00:00Z”."), written)
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# -- values ----------------------------------------------------------------------------------------------------------


def duration(text: str) -> timedelta | None:
    """A stretch of time such as `3 days`, `1 day 12 h` or `90 min`; None where it is none."""
    rest, minutes = text.strip().lower(), Decimal(0)
    if not rest or rest == "0":
        return timedelta(0) if rest else None
    while rest:
        found = _DURATION.match(rest)
        if not found or found[2] not in _UNITS or len(found[1]) > 8:
            return None
        minutes += Decimal(found[1]) * _UNITS[found[2]]
        rest = rest[found.end():].lstrip(" ,")
    return timedelta(minutes=float(minutes)) if minutes < 10_000_000 else None


def _time(group: Mapped, key: str, default: timedelta | None, most: timedelta) -> timedelta:
    written = group.text(key)
    if written is None:
        if default is None:
            group.problems.add(group.line_of(key), group.name(key), "missing",
                               _("Line %(line)s: “%(key)s” is missing. Write it as “3 days” or “36 h”."))
        return default or timedelta(minutes=1)
    found = duration(written)
    if found is None or found > most:
        group.problems.add(group.line_of(key), group.name(key), "not_a_duration",
                           _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Write a time such as “3 days”, “36 h” or "
                             "“1 day 12 h”, up to %(days)s days."), written, days=most.days)
        return timedelta(minutes=1)
    return found


def _number(group: Mapped, key: str, default: int, low: int, high: int) -> int:
    written = group.text(key)
    if written is None:
        return default
    digits = written.replace("_", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18 or not low <= int(digits) <= high:
        group.problems.add(group.line_of(key), group.name(key), "not_a_number",
                           _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Write a whole number from %(low)s to "
                             "%(high)s."), written, low=low, high=high)
        return default
    return int(digits)


def _portion(group: Mapped, key: str) -> Portion | None:
    written = group.text(key)
    if written is None:
        return None
    share = _SHARE.fullmatch(written)
    if share and Decimal(share[1]) <= 100:
        return Portion(share_bp=int(Decimal(share[1]) * 100))
    if written.isascii() and written.isdigit() and int(written) <= MAX_ORDERS:
        return Portion(count=int(written))
    group.problems.add(group.line_of(key), group.name(key), "not_a_portion",
                       _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Write a number of orders, such as 1, or a "
                         "share of them, such as 4 %%."), written)
    return None


def _expected(top: Mapped) -> Mapping[str, int | str]:
    group = top.group("expect")
    found: dict[str, int | str] = {}
    for key in EXPECTED if group else ():
        written = group.text(key) if group else None
        if written is None or group is None:
            continue
        if key == "digest":
            found[key] = written
        elif re.fullmatch(r"-?\d{1,15}", written):
            found[key] = int(written)
        else:
            group.problems.add(group.line_of(key), group.name(key), "not_a_count",
                               _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Write a whole number."), written)
    if group:
        group.nothing_else()
    return found


# -- happenings ------------------------------------------------------------------------------------------------------


def _happenings(top: Mapped, most: timedelta) -> tuple[Happening, ...]:
    found = []
    for one in top.groups("events"):
        at, kind = _time(one, "at", None, most), one.text("do") or ""
        if kind not in HAPPENINGS:
            one.problems.add(one.line_of("do"), one.name("do"), "unknown_word",
                             _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Known: %(known)s."), kind,
                             known=", ".join(HAPPENINGS))
            continue
        found.append(Happening(kind, at, *HAPPENINGS[kind](one, most)))
        one.nothing_else()
    return tuple(sorted(found, key=lambda one: one.at))


def _strike(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    return _time(one, "lasts", None, most), {"carrier": one.text("carrier") or ""}


def _times(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    return _time(one, "lasts", None, most), {"times": _factor(one)}


def _delay(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    return _time(one, "lasts", None, most), {"times": _factor(one), "carrier": one.text("carrier") or ""}


def _factor(one: Mapped) -> float:
    written = one.text("times") or ""
    if re.fullmatch(r"\d{1,2}(\.\d{1,2})?", written) and Decimal(written) <= 20:
        return float(written)
    one.problems.add(one.line_of("times"), one.name("times"), "not_a_factor",
                     _("Line %(line)s: “%(key)s” takes a factor from 0 to 20, such as 3 or 0.5."), written)
    return 1.0


def _nothing_packed(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    return _time(one, "lasts", None, most), {}


def _price(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    written = one.text("change") or ""
    change = _CHANGE.fullmatch(written)
    if not change or not -90 <= int(change[1]) <= 300 or int(change[1]) == 0:
        one.problems.add(one.line_of("change"), one.name("change"), "not_a_change",
                         _("Line %(line)s: “%(key)s” takes a change in percent from -90 to 300, such as -20 %%."),
                         written)
        return timedelta(0), {"change": 0, **_goods(one)}
    return timedelta(0), {"change": int(change[1]), **_goods(one)}


def _stock(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    return timedelta(0), {"units": _number(one, "units", 0, 0, 100_000), **_goods(one)}


def _goods(one: Mapped) -> dict[str, Any]:
    """Which goods are meant: one `offer`, or so many `products` that buyers want most; all where neither is said."""
    return {"offer": one.text("offer") or "", "products": _number(one, "products", 0, 1, 100_000)}


def _order(one: Mapped, most: timedelta) -> tuple[timedelta, dict[str, Any]]:
    fate = one.text("fate") or ""
    if fate and fate not in FATES:
        one.problems.add(one.line_of("fate"), one.name("fate"), "unknown_word",
                         _("Line %(line)s: “%(key)s” cannot be “%(value)s”. Known: %(known)s."), fate,
                         known=", ".join(FATES))
    return timedelta(0), {"offer": one.text("offer") or "", "quantity": _number(one, "quantity", 1, 1, 1000),
                          "city": one.text("city") or "", "fate": fate}


#: What a script may bring, and how each is spelled.
HAPPENINGS: dict[str, Callable[[Mapped, timedelta], tuple[timedelta, dict[str, Any]]]] = {
    # No courier comes and no parcel moves, of one carrier or of all.
    "strike": _strike,
    # Parcels handed over meanwhile take so many times longer.
    "delay": _delay,
    # Buyers come so many times more (or less) often.
    "peak": _times,
    # Nobody packs.
    "no_packing": _nothing_packed,
    "price": _price,
    "stock": _stock,
    # This very order.
    "order": _order,
}
