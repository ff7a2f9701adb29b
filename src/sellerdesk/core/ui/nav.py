"""The navigation registry: domains bring their items, the shell shows those the person may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import counting


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A heading of the sidebar. Without a label the items stand alone."""

    key: str
    label: Any
    area: str
    order: int


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry. `also` names further views that light it up; `badge` says what is counted beside it."""

    key: str
    label: Any
    icon: str
    url_name: str
    permission: str = ""
    group: str = "home"
    order: int = 100
    badge: counting.Count | None = None
    area: str = "seller"
    also: tuple[str, ...] = ()
    #: Whether it stands there for this request at all, apart from rights; always without one.
    shown: Callable[[WebRequest], bool] | None = None


@dataclass(slots=True)
class Entry:
    """An item as one page shows it."""

    key: str
    label: Any
    icon: str
    href: str
    active: bool = False
    count: int | None = None


@dataclass(slots=True)
class Section:
    """A group as one page shows it. Folded unless the person has it open, or the page is one of its own."""

    key: str
    label: Any
    entries: list[Entry]
    unfolded: bool = False

    @property
    def waiting(self) -> int:
        """What its badges count together: a folded group must not hide that something waits."""
        return sum(entry.count or 0 for entry in self.entries)


#: Which groups a person has open: their keys with dots between, written by the page's script.
COOKIE = "nav"
#: Open for who has not chosen yet: the daily work.
_UNFOLDED = frozenset({"goods", "sales"})
_groups: dict[tuple[str, str], NavGroup] = {}
_items: dict[tuple[str, str], NavItem] = {}


def register_group(group: NavGroup) -> None:
    _groups[(group.area, group.key)] = group


def register(item: NavItem) -> None:
    """Add an item, in ``AppConfig.ready``. Raises ValueError for an unknown group or a key taken by another view."""
    if (item.area, item.group) not in _groups:
        raise ValueError(f"navigation group {item.group!r} does not exist in area {item.area!r}")
    known = _items.get((item.area, item.key))
    if known and known.url_name != item.url_name:
        raise ValueError(f"navigation key {item.key!r} is taken in area {item.area!r}")
    _items[(item.area, item.key)] = item


def items(area: str) -> list[NavItem]:
    """All items of an area in the order they are shown."""
    chosen = [item for item in _items.values() if item.area == area]
    return sorted(chosen, key=lambda item: (_groups[(area, item.group)].order, item.order, item.key))


def _lit(found: Sequence[NavItem], request: WebRequest, nav_key: str) -> str:
    """Key of the item that stands for this page: told by the view, its own view, or alone in the namespace."""
    if nav_key:
        return nav_key
    match = request.resolver_match
    if match is None:
        return ""
    for item in found:
        if match.view_name == item.url_name or match.view_name in item.also:
            return item.key
    namespace = match.namespace
    if not namespace:
        return ""
    same = [item for item in found if item.url_name.rpartition(":")[0] == namespace]
    return same[0].key if same else ""


def _judge(request: WebRequest, area: str) -> Callable[[str], bool]:
    """Operators have every right in the console; elsewhere the role in the shop decides."""
    if area == "console":
        operator = bool(getattr(getattr(request, "user", None), "is_operator", False))
        return lambda _permission: operator
    return getattr(request, "can", None) or (lambda _permission: False)


def sections(request: WebRequest, area: str, nav_key: str = "") -> list[Section]:
    """The sidebar for this person: groups with something in them, the current page marked, badges counted."""
    may = _judge(request, area)
    found = [item for item in items(area) if (not item.permission or may(item.permission))
             and (item.shown is None or item.shown(request))]
    lit = _lit(found, request, nav_key)
    counts = counting.of(request, {f"{area}.{item.key}": item.badge for item in found if item.badge})
    made: dict[str, Section] = {}
    for item in found:
        try:
            href = reverse(item.url_name)
        except NoReverseMatch:
            # An item whose screen is not mounted in this installation is left out rather than breaking all pages.
            continue
        section = made.setdefault(item.group, Section(item.group, _groups[(area, item.group)].label, []))
        section.entries.append(Entry(item.key, item.label, item.icon, href, item.key == lit,
                                     counts.get(f"{area}.{item.key}") or None))
    kept = request.COOKIES.get(COOKIE)
    chosen = _UNFOLDED if kept is None else frozenset(kept.split("."))
    for section in made.values():
        section.unfolded = (area == "console" or section.key in chosen or not section.label
                            or any(entry.active for entry in section.entries))
    return list(made.values())


for _order, (_key, _label) in enumerate(
    [
        ("home", ""),
        ("goods", _("Goods")),
        ("prices", _("Prices and promotions")),
        ("sales", _("Sales")),
        ("delivery", _("Delivery")),
        ("buyers", _("Buyers")),
        ("money", _("Money")),
        ("insight", _("Insight")),
        ("shop", _("Shop")),
        ("help", _("Help and support")),
    ]
):
    register_group(NavGroup(_key, _label, "seller", _order))
for _order, (_key, _label) in enumerate(
    [
        ("overview", ""),
        ("shops", pgettext_lazy("group", "Sellers")),
        ("goods", _("Goods")),
        ("trade", _("Orders and delivery")),
        ("money", _("Money")),
        ("voice", _("Support and news")),
        ("market", _("Marketplace")),
    ]
):
    register_group(NavGroup(_key, _label, "console", _order))
register_group(NavGroup("account", "", "account", 0))
