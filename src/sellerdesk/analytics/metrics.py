"""What can be asked of the facts: figures and what they are summed up by. Pure; their words are in web/words.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: A figure; None where there is no data, which is not nothing.
Value = int | float | None
Sums = Mapping[str, int]

#: Counted for goods and shops alike.
SALES = ("ordered_units", "ordered_minor", "lost_units", "lost_minor", "cancelled_units", "cancelled_minor",
         "delivered_units", "delivered_minor", "returned_units", "returned_minor")
#: Counted for shops, warehouses and schemes only: a posting holds several goods.
POSTINGS = ("ordered_postings", "lost_postings", "cancelled_postings", "delivered_postings", "returns",
            "delivery_minutes")
#: Counted for goods, without a place: a buyer looks at a card, not at a warehouse.
TRAFFIC = ("views_search", "views_card", "sessions", "sessions_search", "sessions_card", "cart_search", "cart_card",
           "positions")

TIMES = ("day", "week", "month", "year")
GOODS = ("sku", "model", "category1", "category2", "category3", "category4", "brand")
PLACES = ("warehouse", "region", "scheme")
DIMENSIONS = (*TIMES, *GOODS, *PLACES)
MOST_METRICS = 14


@dataclass(frozen=True, slots=True)
class Metric:
    """`kind` is how it is written: count, money (minor units), percent, hours or place. `moment` says which moment of a
    posting dates it, for the list of its rows; empty where it has no rows of its own."""

    key: str
    kind: str
    needs: tuple[str, ...]
    made: Callable[[Sums], Value]
    moment: str = ""

    @property
    def of_postings(self) -> bool:
        return bool(set(self.needs) & set(POSTINGS))

    @property
    def of_traffic(self) -> bool:
        return bool(set(self.needs) & set(TRAFFIC))


def _sum(*names: str) -> Callable[[Sums], Value]:
    return lambda sums: sum(sums.get(name, 0) for name in names)


def _less(name: str, other: str) -> Callable[[Sums], Value]:
    return lambda sums: sums.get(name, 0) - sums.get(other, 0)


def _ratio(above: tuple[str, ...], below: tuple[str, ...], times: int = 1, digits: int = 2) -> Callable[[Sums], Value]:
    """A share or an average; None where there is nothing to divide by."""

    def made(sums: Sums) -> Value:
        whole = sum(sums.get(name, 0) for name in below)
        return round(sum(sums.get(name, 0) for name in above) * times / whole, digits) if whole else None

    return made


def _average_price(sums: Sums) -> Value:
    units = sums.get("ordered_units", 0) - sums.get("lost_units", 0)
    return (sums.get("ordered_minor", 0) - sums.get("lost_minor", 0)) // units if units else None


def _average_order(sums: Sums) -> Value:
    orders = sums.get("ordered_postings", 0) - sums.get("lost_postings", 0)
    return (sums.get("ordered_minor", 0) - sums.get("lost_minor", 0)) // orders if orders else None


_VIEWS, _CARTS = ("views_search", "views_card"), ("cart_search", "cart_card")
METRICS: dict[str, Metric] = {one.key: one for one in (
    Metric("revenue", "money", ("ordered_minor", "lost_minor"), _less("ordered_minor", "lost_minor"), "ordered"),
    Metric("orders", "count", ("ordered_postings",), _sum("ordered_postings"), "ordered"),
    Metric("units", "count", ("ordered_units", "lost_units"), _less("ordered_units", "lost_units"), "ordered"),
    Metric("ordered_amount", "money", ("ordered_minor",), _sum("ordered_minor"), "ordered"),
    Metric("ordered_units", "count", ("ordered_units",), _sum("ordered_units"), "ordered"),
    Metric("delivered_units", "count", ("delivered_units",), _sum("delivered_units"), "delivered"),
    Metric("delivered_amount", "money", ("delivered_minor",), _sum("delivered_minor"), "delivered"),
    Metric("cancelled_units", "count", ("cancelled_units",), _sum("cancelled_units"), "cancelled"),
    Metric("cancelled_amount", "money", ("cancelled_minor",), _sum("cancelled_minor"), "cancelled"),
    Metric("returned_units", "count", ("returned_units",), _sum("returned_units"), "returned"),
    Metric("returned_amount", "money", ("returned_minor",), _sum("returned_minor"), "returned"),
    Metric("average_price", "money", ("ordered_minor", "lost_minor", "ordered_units", "lost_units"), _average_price,
           "ordered"),
    Metric("average_order", "money", ("ordered_minor", "lost_minor", "ordered_postings", "lost_postings"),
           _average_order, "ordered"),
    Metric("cancelled_share", "percent", ("lost_units", "ordered_units"),
           _ratio(("lost_units",), ("ordered_units",), 100), "ordered"),
    Metric("returned_share", "percent", ("returned_units", "delivered_units"),
           _ratio(("returned_units",), ("delivered_units",), 100), "returned"),
    Metric("delivery_hours", "hours", ("delivery_minutes", "delivered_postings"), lambda sums: (
        round(sums.get("delivery_minutes", 0) / 60 / sums["delivered_postings"], 1)
        if sums.get("delivered_postings") else None), "delivered"),
    Metric("views", "count", _VIEWS, _sum(*_VIEWS)),
    Metric("views_search", "count", ("views_search",), _sum("views_search")),
    Metric("views_card", "count", ("views_card",), _sum("views_card")),
    Metric("sessions", "count", ("sessions",), _sum("sessions")),
    Metric("sessions_search", "count", ("sessions_search",), _sum("sessions_search")),
    Metric("sessions_card", "count", ("sessions_card",), _sum("sessions_card")),
    Metric("to_cart", "count", _CARTS, _sum(*_CARTS)),
    Metric("cart_search", "count", ("cart_search",), _sum("cart_search")),
    Metric("cart_card", "count", ("cart_card",), _sum("cart_card")),
    Metric("cart_conversion", "percent", (*_CARTS, "sessions"), _ratio(_CARTS, ("sessions",), 100)),
    Metric("cart_conversion_search", "percent", ("cart_search", "sessions_search"),
           _ratio(("cart_search",), ("sessions_search",), 100)),
    Metric("cart_conversion_card", "percent", ("cart_card", "sessions_card"),
           _ratio(("cart_card",), ("sessions_card",), 100)),
    Metric("order_conversion", "percent", ("ordered_units", "sessions"),
           _ratio(("ordered_units",), ("sessions",), 100)),
    Metric("position", "place", ("positions", "views_search"), _ratio(("positions",), ("views_search",), 1, 1)),
)}
#: What the explorer shows before somebody chooses.
FIRST_METRICS = ("revenue", "orders", "units", "average_price", "cancelled_share", "views_card", "cart_conversion")
