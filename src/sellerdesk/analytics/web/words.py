"""What figures and dimensions are called, and how figures are written."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_skeleton
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.analytics.metrics import METRICS, TIMES, Value
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.sheets import Kind
from sellerdesk.core.ui import formats
from sellerdesk.returns import queries as returns

#: Name and explanation of each figure.
METRIC: dict[str, tuple[Any, Any]] = {
    "revenue": (_("Revenue"), _("Ordered and not cancelled since, at the price sold, by the moment of the order.")),
    "orders": (_("Orders"), _("All postings ordered, also those cancelled later.")),
    "units": (_("Units sold"), _("Units ordered and not cancelled since.")),
    "ordered_amount": (_("Ordered, amount"), _("Everything ordered, also what was cancelled later.")),
    "ordered_units": (_("Ordered, units"), _("Everything ordered, also what was cancelled later.")),
    "delivered_units": (_("Delivered, units"), _("Handed to buyers, by the moment of delivery.")),
    "delivered_amount": (_("Delivered, amount"), _("Handed to buyers, by the moment of delivery.")),
    "cancelled_units": (_("Cancelled, units"), _("By the moment of the cancellation.")),
    "cancelled_amount": (_("Cancelled, amount"), _("By the moment of the cancellation.")),
    "returned_units": (_("Returns, units"), _("Buyers’ returns, by the moment they were asked for.")),
    "returned_amount": (_("Returns, amount"), _("Buyers’ returns, by the moment they were asked for.")),
    "average_price": (_("Average price"), _("Revenue ÷ units sold.")),
    "average_order": (_("Average order"), _("Revenue ÷ orders that were not cancelled.")),
    "cancelled_share": (_("Cancelled, %"), _("Of the units ordered, how many were cancelled since.")),
    "returned_share": (_("Returned, %"), _("Returned units ÷ delivered units of the period.")),
    "delivery_hours": (_("Delivery, hours"), _("From order to door, on average over the units delivered.")),
    "timely_share": (_("Handed over in time, %"),
                     _("Of the units delivered that the shop ships itself, how many it handed over by the deadline.")),
    "views": (pgettext_lazy("figure", "Views"), _("Seen in lists of results or on the card.")),
    "views_search": (_("Views in search"), _("Seen in lists of results.")),
    "views_card": (_("Card views"), _("The card was opened.")),
    "sessions": (pgettext_lazy("figure", "Sessions"), _("Visits with at least one view.")),
    "sessions_search": (_("Sessions in search"), _("Visits in which the product was seen in a list.")),
    "sessions_card": (_("Sessions on the card"), _("Visits in which the card was opened.")),
    "to_cart": (_("To cart"), _("Put into the basket, from lists and from the card.")),
    "cart_search": (_("To cart from search"), _("Put into the basket right from a list.")),
    "cart_card": (_("To cart from the card"), _("Put into the basket on the card.")),
    "cart_conversion": (_("Conversion to cart"), _("Put into the basket ÷ sessions.")),
    "cart_conversion_search": (_("Conversion in search"), _("Put into the basket from lists ÷ sessions in search.")),
    "cart_conversion_card": (_("Conversion on the card"), _("Put into the basket on the card ÷ sessions there.")),
    "order_conversion": (_("Conversion to order"), _("Units ordered ÷ sessions.")),
    "position": (_("Place in search"), _("Average place in lists of results; 1 is the first.")),
    "search_shown": (_("Shown by queries"), _("Buyers who saw the goods in the list of a query.")),
    "search_opened": (_("Opened from queries"), _("Buyers who opened a card from the list of a query.")),
    "search_carts": (_("To cart by queries"), _("Buyers who put the goods into the basket after a query.")),
    "search_orders": (_("Orders by queries"), _("Buyers who ordered the goods after a query.")),
    "search_amount": (_("Amount by queries"), _("What was ordered after a query, at the price sold.")),
    "search_position": (_("Place by queries"), _("Average place in the lists of queries; 1 is the first.")),
    "stock": (_("Stock, units"), _("On the shelf at the end of the last day that is known; days end by UTC.")),
    "stock_average": (_("Average stock"),
                      _("Units on the shelf at the end of a day, on average over days that are known.")),
    "stock_value": (_("Value of the stock"),
                    _("Stock of the last known day × its price then. Goods without a price are left out.")),
    "out_of_stock": (_("Days out of stock"),
                     _("Days that ended without a free unit in the chosen warehouses, of each product.")),
    "in_stock_share": (_("Days in stock, %"), _("Of the days of all products, how many ended with free units.")),
    "turnover": (_("Turnover, days"), _("Average stock ÷ units sold a day, both over the days whose stock is known.")),
    "cards": (_("Cards"), _("Products outside the archive at the end of the last known day.")),
    "content_score": (pgettext_lazy("analytics", "Content score"),
                      _("How well cards are filled in, on average: from 0 to 100.")),
}
#: Heading of those that are made of the same kind of facts, in the order of METRIC, and the first of each.
GROUPS: tuple[tuple[Any, str], ...] = (
    (pgettext_lazy("figures", "Sales"), "revenue"), (pgettext_lazy("figures", "Delivery"), "delivery_hours"),
    (pgettext_lazy("figures", "Views and baskets"), "views"), (pgettext_lazy("figures", "Queries"), "search_shown"),
    (pgettext_lazy("figures", "Stock"), "stock"), (pgettext_lazy("figures", "Content"), "cards"))
DIMENSION: dict[str, Any] = {
    "day": _("Day"), "week": _("Week"), "month": _("Month"), "year": _("Year"), "sku": _("Product"),
    "model": _("Model"), "category1": _("Category"), "category2": _("Category, level 2"),
    "category3": _("Category, level 3"), "category4": _("Category, level 4"), "brand": _("Brand"),
    "warehouse": _("Warehouse"), "region": _("Region"), "scheme": _("Scheme"),
    "query": _("Search query"), "reason": _("Reason of the return"),
}
SCHEMES: dict[str, Any] = {"fbs": "FBS", "rfbs": "rFBS", "fbo": "FBO"}
#: Forms of files, the usual one first; and the kind of a file's column for each kind of figure.
FILES = {"xlsx": "XLSX", "csv": "CSV", "parquet": "Parquet"}
COLUMNS: dict[str, Kind] = {"money": "money", "count": "whole", "percent": "number", "hours": "number",
                            "place": "number", "tenths": "number"}
NO_DATA = pgettext_lazy("no data for a figure", "no data")
#: A fall of these is good news.
FALL_IS_GOOD = frozenset({"cancelled_units", "cancelled_amount", "returned_units", "returned_amount", "cancelled_share",
                          "returned_share", "delivery_hours", "position", "search_position", "out_of_stock",
                          "turnover"})


def written(metric: str, value: Value, currency: str) -> str:
    """A figure as people read it; empty where there is no data."""
    if value is None:
        return ""
    kind = METRICS[metric].kind
    if kind == "money":
        return format_money(Money(int(value), currency), get_language() or "en", whole=True)
    if kind == "percent":
        return formats.percent(value)
    if kind in ("hours", "place", "tenths"):
        return formats.number(value, 1)
    return formats.number(value)


def filed(metric: str, value: Value, currency: str) -> Value | Money:
    """A figure as a file takes it."""
    return Money(int(value), currency) if value is not None and METRICS[metric].kind == "money" else value


def cell(metric: str, value: Value) -> Value:
    """A figure as a chart takes it: money in whole units of the currency with two places."""
    return value if value is None or METRICS[metric].kind != "money" else round(value / 100, 2)


def named(dimension: str, key: str, name: str) -> str:
    """How a row is called; what a card does not say has a name too."""
    if dimension in TIMES:
        day = date.fromisoformat(key)
        if dimension == "day":
            return formats.day(day)
        if dimension == "week":
            return gettext("Week of %(day)s") % {"day": formats.day(day)}
        return format_skeleton("yMMMM" if dimension == "month" else "y", day, locale=formats.locale())
    if dimension == "scheme":
        return str(SCHEMES.get(key, key))
    if dimension == "reason":
        return str(returns.reason_text(key))
    if dimension == "brand" and not key:
        return gettext("Without a brand")
    return name or gettext("Not stated")


def grouped() -> list[tuple[Any, list[str]]]:
    """Figures under their headings."""
    made: list[tuple[Any, list[str]]] = []
    headings = {first: heading for heading, first in GROUPS}
    for key in METRIC:
        if key in headings:
            made.append((headings[key], []))
        made[-1][1].append(key)
    return made


def weekdays() -> list[tuple[int, str]]:
    """Days of the week from Monday, 0, as the reader calls them."""
    names = formats.locale().days["stand-alone"]["wide"]
    return [(number, names[number]) for number in range(7)]
