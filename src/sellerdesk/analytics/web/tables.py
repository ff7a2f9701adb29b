"""The list of categories on the selection board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.analytics.permissions import SHORTLIST_EDIT
from sellerdesk.analytics.types import CURRENCY, Niche
from sellerdesk.analytics.web import picking, words
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t

#: Ratings that buyers are less content below, in tenths.
_RATED_BELOW = (45, 42, 40, 35)


@dataclass(frozen=True, slots=True)
class NicheView:
    """One category as the board shows it; texts are empty, or say so, where there is no data."""

    id: str
    niche: Niche
    path: str
    own: bool

    @property
    def href(self) -> str:
        return reverse("analytics:market_category", args=[self.id])

    @property
    def demand(self) -> str:
        return _or_none("" if self.niche.cell.demand is None else formats.number(self.niche.cell.demand, 1))

    @property
    def price(self) -> str:
        return _or_none(picking.roubles(self.niche.prices[1]) if self.niche.prices else "")

    @property
    def span(self) -> str:
        """The middle half of the prices."""
        prices = self.niche.prices
        return picking.span(prices) if prices else ""

    @property
    def weight(self) -> str:
        return _or_none(picking.weight(self.niche.weight_g))

    @property
    def reviews(self) -> str:
        return _or_none(formats.number(self.niche.reviews))

    @property
    def rating(self) -> str:
        return "" if self.niche.rating is None else f"★ {formats.number(self.niche.rating, 1)}"

    @property
    def fee(self) -> str:
        return _or_none("" if self.niche.fee_bp is None else formats.percent(self.niche.fee_bp / 100))

    @property
    def revenue(self) -> str:
        return picking.roubles(self.niche.cell.minor)

    @property
    def sellers(self) -> int:
        return self.niche.cell.sellers

    @property
    def growth(self) -> SafeString | str:
        if self.niche.cell.growth is None:
            return _or_none("")
        return render_to_string("core/partials/delta.html", {
            "delta": self.niche.cell.growth, "inverse": "", "delta_label": ""})

    @property
    def new(self) -> str:
        return _or_none("" if self.niche.cell.new_share is None else formats.percent(self.niche.cell.new_share))

    @property
    def keep(self) -> str:
        return f"{reverse('analytics:idea_add')}?" + urlencode({"title": self.path, "category": self.id})

    @property
    def calculator(self) -> str:
        return f"{reverse('economics:calculator')}?" + urlencode({"category": self.id})


def _or_none(text: str) -> str:
    return text or str(words.NO_DATA)


def niche_view(niche: Niche, names: Mapping[int, str], own: set[int]) -> NicheView:
    return NicheView(niche.cell.key, niche, names.get(int(niche.cell.key), niche.cell.name), int(niche.cell.key) in own)


_SORTS: dict[str, Any] = {
    "demand": lambda one: one.niche.cell.demand, "revenue": lambda one: one.niche.cell.minor,
    "growth": lambda one: one.niche.cell.growth, "sellers": lambda one: one.niche.cell.sellers,
    "new": lambda one: one.niche.cell.new_share, "price": lambda one: one.niche.prices and one.niche.prices[1],
    "weight": lambda one: one.niche.weight_g, "reviews": lambda one: one.niche.reviews,
    "fee": lambda one: one.niche.fee_bp, "path": lambda one: one.path}


def sorted_niches(rows: Sequence[NicheView], sort: str) -> list[NicheView]:
    """By one column; what has no data stands last either way."""
    value, falling = _SORTS[sort.lstrip("-")], sort.startswith("-")
    known = sorted((row for row in rows if value(row) is not None), key=value, reverse=falling)
    return [*known, *(row for row in rows if value(row) is None)]


def fits(niche: Niche, where: Mapping[str, Any], names: Mapping[int, str], own: set[int]) -> bool:
    """Whether a category is within all filters that are set. What has no data is within none but those not set."""
    cell = niche.cell
    values = {"weight": niche.weight_g, "reviews": niche.reviews, "sellers": cell.sellers, "growth": cell.growth,
              "new": cell.new_share, "fee": None if niche.fee_bp is None else niche.fee_bp / 100}
    if any(key in where and not _within(value, where[key]) for key, value in values.items()):
        return False
    if "price" in where:
        # Goods of such a price are among the middle half of what is sold there.
        low, high = where["price"]
        if niche.prices is None or (low is not None and niche.prices[2] < low) or (
                high is not None and niche.prices[0] > high):
            return False
    if "rating" in where and (niche.rating is None or niche.rating * 10 >= int(where["rating"])):
        return False
    if "without_own" in where and int(cell.key) in own:
        return False
    return str(where.get("q", "")).casefold() in names.get(int(cell.key), cell.name).casefold()


def _within(value: float | None, bounds: tuple[int | None, int | None]) -> bool:
    low, high = bounds
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _rated(_request: Any) -> list[tuple[str, Any]]:
    return [(str(tenths), _("Below %(stars)s") % {"stars": formats.number(tenths / 10, 1)}) for tenths in _RATED_BELOW]


class NicheTable(t.Table):
    page = "analytics.selection"
    caption = _("Categories")
    columns = (
        t.Column("path", _("Category"), kind="link", href="href", primary=True, sortable=True,
                 sub=lambda row: _("You sell here") if row.own else ""),
        t.Column("demand", pgettext_lazy("market", "Demand"), align="end", sortable=True,
                 help=_("How many buyers searched for goods of the category, for each offer they were shown.")),
        t.Column("price", pgettext_lazy("market", "Price"), align="end", sortable=True, sub="span",
                 help=_("Half of the units sold for less. Below it: what the middle half sold for.")),
        t.Column("weight", _("Weight"), align="end", sortable=True, help=_("Of the card in the middle, packed."),
                 hide_on_phone=True),
        t.Column("reviews", pgettext_lazy("market", "Reviews"), align="end", sortable=True, sub="rating",
                 help=_("Of the card in the middle. Below it: the average rating of the category.")),
        t.Column("fee", _("Commission"), align="end", sortable=True,
                 help=_("The marketplace’s share of the price in the middle, by the rule in force.")),
        t.Column("revenue", _("Revenue"), align="end", sortable=True),
        t.Column("growth", _("Growth"), kind="html", align="end", sortable=True,
                 help=_("Revenue against as many days before.")),
        t.Column("sellers", _("Sellers"), kind="number", sortable=True),
        t.Column("new", _("New cards"), align="end", sortable=True, hidden=True,
                 help=_("Share of the cards sold that are younger than thirty days.")),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("To the shortlist"), "heart", post=lambda row: row.keep, permission=SHORTLIST_EDIT, key="s"),
            t.RowAction(_("Calculator"), "calculator", href=lambda row: row.calculator,
                        permission="pricing:price:view"))),
    )
    filters = (
        t.SearchFilter("q", _("Category")),
        t.ChoiceFilter("period", _("Period"), choices=tuple(picking.PERIODS.items())),
        t.RangeFilter("price", pgettext_lazy("market", "Price"), money=True, currency=CURRENCY),
        t.RangeFilter("weight", _("Weight, g")),
        t.RangeFilter("reviews", pgettext_lazy("market", "Reviews")),
        t.ChoiceFilter("rating", _("Rating"), choices=_rated),
        t.RangeFilter("fee", _("Commission, %")),
        t.RangeFilter("sellers", _("Sellers")),
        t.RangeFilter("growth", _("Growth, %")),
        t.RangeFilter("new", _("New cards, %")),
        t.ToggleFilter("without_own", _("Where I sell nothing")),
    )
    default_sort = "-demand"
    per_page = 100
    row_href = "href"
    row_name = "path"
    empty = t.Empty("category", _("The market is not told of yet"),
                    _("Categories appear here when enough sellers have sold in them, a day later."))
