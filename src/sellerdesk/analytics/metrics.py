"""What can be asked of the facts: figures and what they are summed up by. Pure; their words are in web/words.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: A figure; None where there is no data, which is not nothing.
Value = int | float | None
Sums = Mapping[str, int]

#: Counted for goods and shops alike.
SALES = ("ordered_units", "ordered_minor", "lost_units", "lost_minor", "cancelled_units", "cancelled_minor",
         "delivered_units", "delivered_minor", "due_units", "timely_units", "delivery_minutes", "returned_units",
         "returned_minor")
#: Counted for shops, warehouses and schemes only: a posting holds several goods.
POSTINGS = ("ordered_postings", "lost_postings", "cancelled_postings", "delivered_postings", "returns")
#: Counted for goods, without a place: a buyer looks at a card, not at a warehouse.
TRAFFIC = ("views_search", "views_card", "sessions", "sessions_search", "sessions_card", "cart_search", "cart_card",
           "positions")

#: What lay in stock, by UTC day. The last known day tells what there is; other days are averaged, never added up.
#: `stock_pairs` counts goods once a day, `stock_out` those of them without a free unit, `stock_sold` what was ordered
#: and not cancelled since on the same days, `stock_days` how many days are known.
STOCK = ("stock_last", "stock_last_minor", "stock_units", "stock_pairs", "stock_out", "stock_sold", "stock_days")
#: Cards of the whole shop, by UTC day.
CARDS = ("cards_last", "cards_pairs", "cards_scores")
#: Queries of buyers that showed the shop's goods, by UTC day.
SEARCH = ("search_shown", "search_opened", "search_carts", "search_orders", "search_minor", "search_positions")
#: Kept by UTC day, and not 0 where nothing is known of it.
BY_DAY = frozenset({*STOCK, *CARDS, *SEARCH})
#: Of these no sum of parts is that of the whole.
LEVELS = frozenset({*STOCK, *CARDS})

TIMES = ("day", "week", "month", "year")
GOODS = ("sku", "model", "category1", "category2", "category3", "category4", "brand")
PLACES = ("warehouse", "region", "scheme")
#: What only some figures know: the words that buyers searched by, and why they gave goods back.
CAUSES = ("query", "reason")
DIMENSIONS = (*TIMES, *GOODS, *PLACES, *CAUSES)
MOST_METRICS = 14


@dataclass(frozen=True, slots=True)
class Made:
    """How a figure is made of sums: (above - less) / (below - left), where there is a below; None where that is 0.

    With `digits` it is rounded, without it is cut to whole minor units. The same in Python and, for sorting, in SQL.
    """

    above: tuple[str, ...]
    less: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    times: int = 1
    per: int = 1
    digits: int | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        return (*self.above, *self.less, *self.below, *self.left)

    @property
    def sql(self) -> str:
        """Unrounded, over columns that are named like the sums."""
        above = _difference(self.above, self.less)
        return f"{above} * {self.times}.0 / NULLIF({_difference(self.below, self.left)}, 0)" if self.below else above

    def __call__(self, sums: Sums) -> Value:
        above = _total(sums, self.above) - _total(sums, self.less)
        if not self.below:
            return above
        below = _total(sums, self.below) - _total(sums, self.left)
        if not below:
            return None
        return above // below if self.digits is None else round(above * self.times / (below * self.per), self.digits)


def _total(sums: Sums, names: tuple[str, ...]) -> int:
    return sum(sums.get(name, 0) for name in names)


def _difference(names: tuple[str, ...], less: tuple[str, ...]) -> str:
    return f"({' + '.join(names)}{''.join(f' - {name}' for name in less)})"


@dataclass(frozen=True, slots=True)
class Metric:
    """`kind` is how it is written: count, money (minor units), percent, or with one place: hours, place, tenths.

    `moment` says which moment of a posting dates it, for the list of its rows; empty where it has no rows of its own.
    """

    key: str
    kind: str
    made: Made
    moment: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        return self.made.needs

    @property
    def by_day(self) -> bool:
        """Whether it is made of what is kept by UTC day, so that no list of postings shows it."""
        return bool(set(self.needs) & BY_DAY)


def _sum(*names: str) -> Made:
    return Made(names)


def _less(name: str, other: str) -> Made:
    return Made((name,), (other,))


def _percent(above: tuple[str, ...], below: str) -> Made:
    return Made(above, below=(below,), times=100, digits=2)


_VIEWS, _CARTS = ("views_search", "views_card"), ("cart_search", "cart_card")
METRICS: dict[str, Metric] = {one.key: one for one in (
    Metric("revenue", "money", _less("ordered_minor", "lost_minor"), "ordered"),
    Metric("orders", "count", _sum("ordered_postings"), "ordered"),
    Metric("units", "count", _less("ordered_units", "lost_units"), "ordered"),
    Metric("ordered_amount", "money", _sum("ordered_minor"), "ordered"),
    Metric("ordered_units", "count", _sum("ordered_units"), "ordered"),
    Metric("delivered_units", "count", _sum("delivered_units"), "delivered"),
    Metric("delivered_amount", "money", _sum("delivered_minor"), "delivered"),
    Metric("cancelled_units", "count", _sum("cancelled_units"), "cancelled"),
    Metric("cancelled_amount", "money", _sum("cancelled_minor"), "cancelled"),
    Metric("returned_units", "count", _sum("returned_units"), "returned"),
    Metric("returned_amount", "money", _sum("returned_minor"), "returned"),
    Metric("average_price", "money", Made(("ordered_minor",), ("lost_minor",), ("ordered_units",), ("lost_units",)),
           "ordered"),
    Metric("average_order", "money",
           Made(("ordered_minor",), ("lost_minor",), ("ordered_postings",), ("lost_postings",)), "ordered"),
    Metric("cancelled_share", "percent", _percent(("lost_units",), "ordered_units"), "ordered"),
    Metric("returned_share", "percent", _percent(("returned_units",), "delivered_units"), "returned"),
    Metric("delivery_hours", "hours", Made(("delivery_minutes",), below=("delivered_units",), per=60, digits=1),
           "delivered"),
    Metric("timely_share", "percent", _percent(("timely_units",), "due_units"), "delivered"),
    Metric("views", "count", _sum(*_VIEWS)),
    Metric("views_search", "count", _sum("views_search")),
    Metric("views_card", "count", _sum("views_card")),
    Metric("sessions", "count", _sum("sessions")),
    Metric("sessions_search", "count", _sum("sessions_search")),
    Metric("sessions_card", "count", _sum("sessions_card")),
    Metric("to_cart", "count", _sum(*_CARTS)),
    Metric("cart_search", "count", _sum("cart_search")),
    Metric("cart_card", "count", _sum("cart_card")),
    Metric("cart_conversion", "percent", _percent(_CARTS, "sessions")),
    Metric("cart_conversion_search", "percent", _percent(("cart_search",), "sessions_search")),
    Metric("cart_conversion_card", "percent", _percent(("cart_card",), "sessions_card")),
    Metric("order_conversion", "percent", _percent(("ordered_units",), "sessions")),
    Metric("position", "place", Made(("positions",), below=("views_search",), digits=1)),
    Metric("search_shown", "count", _sum("search_shown")),
    Metric("search_opened", "count", _sum("search_opened")),
    Metric("search_carts", "count", _sum("search_carts")),
    Metric("search_orders", "count", _sum("search_orders")),
    Metric("search_amount", "money", _sum("search_minor")),
    Metric("search_position", "place", Made(("search_positions",), below=("search_shown",), digits=1)),
    Metric("stock", "count", _sum("stock_last")),
    Metric("stock_average", "tenths", Made(("stock_units",), below=("stock_days",), digits=1)),
    Metric("stock_value", "money", _sum("stock_last_minor")),
    Metric("out_of_stock", "count", _sum("stock_out")),
    Metric("in_stock_share", "percent", Made(("stock_pairs",), ("stock_out",), ("stock_pairs",), times=100, digits=2)),
    Metric("turnover", "tenths", Made(("stock_units",), below=("stock_sold",), digits=1)),
    Metric("cards", "count", _sum("cards_last")),
    Metric("content_score", "tenths", Made(("cards_scores",), below=("cards_pairs",), digits=1)),
)}
#: What the explorer shows before somebody chooses.
FIRST_METRICS = ("revenue", "orders", "units", "average_price", "cancelled_share", "views_card", "cart_conversion")
