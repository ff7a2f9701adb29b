"""Where each figure of the board leads: the list that shows the same rows."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode


def orders(**query: str) -> str:
    address = reverse("orders:postings")
    return f"{address}?{urlencode(query)}" if query else address


def orders_of(day: date) -> str:
    return orders(tab="all", ordered_from=day.isoformat(), ordered_to=day.isoformat())


def orders_between(first: date, last: date) -> str:
    return orders(tab="all", ordered_from=first.isoformat(), ordered_to=last.isoformat())


def returns(tab: str) -> str:
    return f"{reverse('returns:returns')}?{urlencode({'tab': tab})}"


def products(tab: str) -> str:
    return f"{reverse('catalog:products')}?{urlencode({'tab': tab})}"


def stocks(tab: str) -> str:
    return f"{reverse('inventory:stocks')}?{urlencode({'tab': tab})}"


def cancelled_on(day: date) -> str:
    return orders(tab="cancelled", cancelled_from=day.isoformat(), cancelled_to=day.isoformat())


def due_until(day: date) -> str:
    return orders(tab="all", waiting="1", due_to=day.isoformat())


def returns_of(day: date) -> str:
    return f"{reverse('returns:returns')}?" + urlencode({
        "tab": "all", "kind": "ClientReturn", "since_from": day.isoformat(), "since_to": day.isoformat()})


def money() -> str:
    return reverse("finance:home")


def overdue() -> str:
    return orders(tab="all", late="1")


def due_on(day: date) -> str:
    return orders(tab="to_pack", due_from=day.isoformat(), due_to=day.isoformat())
