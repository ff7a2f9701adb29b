"""The blocks of the home board: figures put into words and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sellerdesk.analytics import rules
from sellerdesk.analytics.types import Figures, Selling, Tasks
from sellerdesk.analytics.web import links
from sellerdesk.core import events
from sellerdesk.core.activity import Entry
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import charts, formats

_SPARK_DAYS = 14
# Icon and tone of news by the first words of the event's name; the longest match counts.
_MARKS = {
    "orders.posting.created": ("shopping-cart", "primary"), "orders.posting.shipped": ("package", ""),
    "orders.posting.handed_over": ("truck", ""), "orders.posting.moved": ("route", ""),
    "orders.posting.delivered": ("circle-check", "success"), "orders.posting.cancelled": ("circle-x", "danger"),
    "orders": ("shopping-cart", ""), "logistics": ("scan", ""), "returns": ("truck-return", "warning"),
    "returns.return.received": ("package-import", ""), "pricing": ("tag", ""), "inventory": ("box", ""),
    "catalog": ("edit", ""), "finance": ("wallet", ""), "sellers": ("key", ""),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One tile."""

    key: str
    label: Any
    value: str
    href: str
    icon: str
    delta: float | None = None
    hint: str = ""
    spark: Any = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of what is due."""

    label: Any
    count: int
    href: str
    icon: str
    tone: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class News:
    text: str
    href: str
    at: datetime
    icon: str
    tone: str
    by: str


@dataclass(frozen=True, slots=True)
class Best:
    """A best seller; `share` of the first one's units, for the length of its bar."""

    row: Selling
    amount: str
    share: int


def greeting(local: datetime, name: str) -> str:
    """By the clock on the shop's wall."""
    # Somebody without a name is known by an address, which is no way to greet people.
    first = "" if "@" in name else name.split(" ")[0]
    if 5 <= local.hour < 12:
        return _("Good morning, %(name)s") % {"name": first} if first else _("Good morning")
    if 12 <= local.hour < 18:
        return _("Good afternoon, %(name)s") % {"name": first} if first else _("Good afternoon")
    return _("Good evening, %(name)s") % {"name": first} if first else _("Good evening")


def long_day(day: date) -> str:
    """With the weekday, as it stands at the head of the board."""
    return format_date(day, format="full", locale=formats.locale())


def _money(minor: int, currency: str) -> str:
    """Whole units: what is seen at a glance needs no kopecks."""
    return format_money(Money(minor, currency), get_language() or "en", whole=True)


def figures(found: Figures, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The row of tiles."""
    today, ago = found.today, found.week_ago
    href = links.orders_of(today.day)
    last = found.days[-_SPARK_DAYS:]
    days = [formats.day(row.day, year=False) for row in last]

    def spark(label: Any, values: Sequence[int], texts: Iterable[str]) -> Any:
        return charts.sparkline(values, label=label, texts=[f"{day}: {text}" for day, text in
                                                            zip(days, texts, strict=True)], width=96)

    tiles = [
        Figure("orders", _("Orders today"), formats.number(today.orders), href, "shopping-cart",
               rules.change_percent(today.orders, ago.orders),
               spark=spark(_("Orders by day"), [row.orders for row in last],
                           [formats.number(row.orders) for row in last])),
        Figure("revenue", _("Revenue today"), _money(today.amount_minor, found.currency), href, "coins",
               rules.change_percent(today.amount_minor, ago.amount_minor),
               spark=spark(_("Revenue by day"), [row.amount_minor for row in last],
                           [_money(row.amount_minor, found.currency) for row in last])),
        Figure("units", _("Units today"), formats.number(today.units), href, "package",
               rules.change_percent(today.units, ago.units),
               spark=spark(_("Units by day"), [row.units for row in last],
                           [formats.number(row.units) for row in last])),
    ]
    if found.balance_minor is not None:
        tiles.append(Figure(
            "balance", _("Balance"), _money(found.balance_minor, found.currency), links.money(), "wallet",
            hint=_("%(amount)s in 7 days") % {"amount": _signed(found.accrued_week_minor, found.currency)}))
    return {"tiles": tiles, "watched": _watched(found), "compared": _("vs %(day)s, %(time)s") % {
        "day": formats.day(ago.day, year=False), "time": formats.clock_time(now.astimezone(zone))}}


def _watched(found: Figures) -> list[Figure]:
    """The second row: what is pressing, and what went wrong today."""
    today, risk = found.today, found.at_risk

    def price(minor: int) -> str:
        return _money(minor, found.currency) if minor else ""

    return [
        Figure("due", _("Due by tonight"), formats.number(risk.due), links.due_until(today.day), "clock",
               hint=price(risk.due_minor)),
        Figure("risk", _("Money at risk"), _money(risk.late_minor, found.currency), links.overdue(), "alert-triangle",
               tone="danger" if risk.late else "",
               hint=ngettext("%(count)s late order", "%(count)s late orders", risk.late) % {
                   "count": formats.number(risk.late)}),
        Figure("cancelled", _("Cancelled today"), formats.number(today.cancelled), links.cancelled_on(today.day),
               "circle-x", hint=price(today.cancelled_minor)),
        Figure("returns", _("Returns asked for today"), formats.number(today.returns), links.returns_of(today.day),
               "truck-return", hint=price(today.returned_minor)),
    ]


def _signed(minor: int, currency: str) -> str:
    return ("+" if minor > 0 else "") + _money(minor, currency)


def tasks(found: Tasks, today: date) -> dict[str, Any]:
    """What is due, most pressing first; what is at rest stays in its place with a zero."""
    due = found.due
    late = ngettext("%(count)s is overdue", "%(count)s are overdue", due.overdue) % {
        "count": formats.number(due.overdue)} if due.overdue else ""
    soon = ngettext("%(count)s is due today", "%(count)s are due today", found.to_pack_today) % {
        "count": formats.number(found.to_pack_today)} if found.to_pack_today else ""
    return {
        "tasks": [
            Task(_("To pack"), due.to_pack, links.orders(tab="to_pack"), "package", "primary" if due.to_pack else ""),
            Task(_("To hand over"), due.to_hand_over, links.orders(tab="to_hand_over"), "truck",
                 "primary" if due.to_hand_over else ""),
            Task(_("Returns to take in"), found.returns_arrived, links.returns("arrived"), "package-import",
                 "warning" if found.returns_arrived else ""),
            Task(_("Running low"), found.low_stock, links.stocks("low"), "box", "warning" if found.low_stock else ""),
            Task(_("Products with errors"), found.products_with_errors, links.products("errors"), "alert-circle",
                 "danger" if found.products_with_errors else ""),
        ],
        "overdue": {"text": late, "href": links.overdue()} if late else None,
        "due_today": {"text": soon, "href": links.due_on(today)} if soon else None,
    }


def newcomer(found: Figures) -> bool:
    """Whether nothing has been ordered here yet, so that the first steps matter more than figures."""
    return not found.before.orders and not any(row.orders for row in found.days)


def chart(found: Figures) -> charts.Chart:
    """Revenue as bars, orders as a line; a click opens the orders of the day."""
    rows = found.days
    return charts.Chart(
        id="sales", label=_("Revenue and orders by day, 28 days"),
        categories=[formats.day(row.day, year=False) for row in rows],
        series=[
            charts.Series(_("Revenue"), [row.amount_minor / 100 for row in rows],
                          [_money(row.amount_minor, found.currency) for row in rows], kind="bar"),
            charts.Series(_("Orders"), [row.orders for row in rows],
                          [formats.number(row.orders) for row in rows], kind="line", axis=1),
        ],
        hrefs=[links.orders_of(row.day) for row in rows])


def month(found: Figures) -> dict[str, Any]:
    """Sums over the chart, against the same number of days before."""
    total = rules.total(found.days[0].day, found.days)
    return {"month": {
        "revenue": _money(total.amount_minor, found.currency), "orders": total.orders, "units": total.units,
        "delta": rules.change_percent(total.amount_minor, found.before.amount_minor),
        "href": links.orders_between(found.days[0].day, found.days[-1].day)}}


def best(rows: Sequence[Selling], currency: str) -> list[Best]:
    most = max((row.units for row in rows), default=0) or 1
    return [Best(row, _money(row.amount_minor, currency), row.units * 100 // most) for row in rows]


def news(entries: Sequence[Entry]) -> list[News]:
    """Sentences with links, newest first."""
    known = events.known()
    return [_news(entry, known[entry.event]) for entry in entries if entry.event in known]


def _news(entry: Entry, event: events.EventType) -> News:
    name = entry.event
    while name and name not in _MARKS:
        name = name.rpartition(".")[0]
    icon, tone = _MARKS.get(name, ("bolt", ""))
    href = event.link(entry) if event.link else None
    by = entry.actor.label if entry.actor.kind in ("user", "operator", "key") else ""
    return News(entry.sentence, href or "", entry.at, icon, tone, by)
