"""What crosses the border of the analytics domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sellerdesk.analytics.forecasting import Outlook
from sellerdesk.analytics.seasonality import Index
from sellerdesk.core.activity import Entry
from sellerdesk.orders.types import AtRisk, Due

#: In what the market is told: each shop's own at the day's rate.
CURRENCY = "RUB"
#: The place of the facts in the line of news.
SUBSCRIBER = "analytics.facts"


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A local day of a shop, or any stretch of time dated by its first day. Amounts in minor units.

    `orders`, `units` and `amount_minor` are of what was ordered then: every posting, but units and amounts without what
    was cancelled since. `cancelled` and `returns` count what happened then, whenever it was ordered.
    """

    day: date
    orders: int = 0
    units: int = 0
    amount_minor: int = 0
    cancelled: int = 0
    cancelled_minor: int = 0
    returns: int = 0
    returned_minor: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Today in the reader's own time, against the same weekday a week ago up to the same minute.

    `days` are the last days up to today, oldest first; `before` sums as many days before them. Amounts are minor units
    of `currency`. `at_risk` is what still waits and is late or due today. `balance_minor` is None for those who may
    not see money.
    """

    currency: str
    today: DayFacts
    week_ago: DayFacts
    days: tuple[DayFacts, ...]
    before: DayFacts
    at_risk: AtRisk
    balance_minor: int | None
    accrued_week_minor: int


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for somebody in the shop. `to_pack_today`: to be packed and due on this local day."""

    due: Due
    to_pack_today: int
    returns_arrived: int
    products_with_errors: int
    low_stock: int


@dataclass(frozen=True, slots=True)
class Selling:
    """A product with how it sold in the last days, and what is left of it."""

    product_id: int
    name: str
    offer_id: str
    thumb_url: str
    units: int
    amount_minor: int
    free: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the home board shows but the navigation."""

    day: date
    now: datetime
    figures: Figures
    tasks: Tasks
    best: tuple[Selling, ...]
    low: tuple[Selling, ...]
    news: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What the explorer is asked: local days, both inclusive, keys of metrics.DIMENSIONS and metrics.METRICS.

    Restrictions hold together; empty ones restrict nothing. `sort` is a metric or "" for the order of the first
    dimension. `conditions` are (metric, operator of CONDITIONS, number) on finished rows.
    """

    since: date
    until: date
    by: tuple[str, ...]
    metrics: tuple[str, ...]
    warehouse_ids: tuple[int, ...] = ()
    schemes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    skus: tuple[int, ...] = ()
    category_id: int = 0
    brand: str = ""
    model_key: str = ""
    query: str = ""
    sort: str = ""
    descending: bool = True
    offset: int = 0
    limit: int = 1000
    conditions: tuple[tuple[str, str, float], ...] = ()


CONDITIONS = ("=", ">", ">=", "<", "<=")


@dataclass(frozen=True, slots=True)
class Found:
    """One row: its key and name in each dimension, a figure for each metric; None means that there is no data."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[int | float | None, ...]
    before: tuple[int | float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`count` rows there are; `rows` are those asked for. Totals are of all of them, also of what is not shown."""

    rows: tuple[Found, ...]
    count: int
    totals: tuple[int | float | None, ...]
    before: tuple[int | float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """What buyers did with one product in the quarter of an hour of `at`. `positions` sums its places in lists over
    `views_search`."""

    seller_id: int
    at: datetime
    product_id: int
    sku: int
    views_search: int
    views_card: int
    sessions: int
    sessions_search: int
    sessions_card: int
    cart_search: int
    cart_card: int
    positions: int


@dataclass(frozen=True, slots=True)
class Search:
    """A query on one UTC day, see models.SearchDay."""

    query: str
    category_id: int
    type_id: int
    searches: int
    views: int
    found: int
    available: int
    sellers: int
    carts: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A query of a UTC day and one product it showed, see models.SearchHit."""

    seller_id: int
    query: str
    product_id: int
    sku: int
    shown: int
    opened: int
    carts: int
    orders: int
    gmv_minor: int
    positions: int


@dataclass(frozen=True, slots=True)
class Sold:
    """What one product sold on a day, see models.MarketDay. Roubles in minor units."""

    seller_id: int
    product_id: int
    category_id: int
    brand: str
    units: int
    minor: int
    new: bool
    weight_g: int | None = None
    reviews: int | None = None
    rating_hundredths: int | None = None


@dataclass(frozen=True, slots=True)
class QueryRow:
    """A query and how it met a shop's goods, see models.SearchHit."""

    query: str
    goods: int
    shown: int
    opened: int
    carts: int
    orders: int
    gmv_minor: int
    positions: int

    @property
    def position(self) -> float | None:
        """The average place in the list."""
        return round(self.positions / self.shown, 1) if self.shown else None


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A query that found nothing to order: how many searched, how many of them in vain, and how many offers there are
    that are sold out."""

    query: str
    category_id: int
    type_id: int
    searches: int
    in_vain: int
    found: int


REPORT_STATES = ("waiting", "processing", "success", "failed")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as people and programs see it. `kind` is a key of reporting.KINDS, `error` a short word."""

    id: int
    code: str
    kind: str
    format: str
    title: str
    params: dict[str, object]
    state: str
    error: str
    rows: int
    size_bytes: int
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    has_file: bool
    made_by: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A saved view of the explorer that is sent by mail. `weekday` counts from Monday, 0, where it is weekly."""

    id: int
    name: str
    query: str
    every: str
    weekday: int
    hour: int
    time_zone: str
    format: str
    next_at: datetime
    email: str


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A product in one warehouse of the marketplace. Units: `free` can be ordered, `coming` are in supplies on their
    way or announced. `lasts_days` is for how long the free ones last at `sold_a_day`, 0 where nothing sells; figures of
    the cluster are of all its warehouses. `days_without_sales` is counted back to 60. Grades are the API's words."""

    sku: int
    offer_id: str
    name: str
    warehouse_id: int
    warehouse_name: str
    cluster_id: int
    present: int
    reserved: int
    coming: int
    sold_a_day: float
    lasts_days: float
    grade: str
    excess: int
    days_without_sales: int
    cluster_sold_a_day: float
    cluster_lasts_days: float
    cluster_grade: str
    cluster_days_without_sales: int

    @property
    def free(self) -> int:
        return self.present - self.reserved


@dataclass(frozen=True, slots=True)
class Turnover:
    """How long what is free lasts at the pace of the last 60 days. Grades are the API's words."""

    sku: int
    offer_id: str
    name: str
    free: int
    sold_a_day: float
    lasts_days: float
    grade: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A query of the whole marketplace over some days; the price is the average of the offers in roubles.

    Views, carts, the price and `asked`, the searches of the same days, are None where too few shops had offers.
    """

    query: str
    category_id: int
    searches: int
    views: int | None
    carts: int | None
    found: int
    available: int
    sellers: int
    price_minor: int | None
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the market over a period, against the one before as long. None where there is no data: fewer than
    `rules.LEAST_SELLERS` sellers. Prices are quartiles of what units sold for, in roubles."""

    key: str
    name: str
    sellers: int
    minor: int | None
    units: int | None
    products: int | None
    average_minor: int | None
    growth: float | None
    new_share: float | None
    own_minor: int
    own_share: float | None
    searches: int | None = None
    demand: float | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """One category by day: units, roubles, the shop's own units; the quarters of prices that units sold for.

    None on days with sales of too few sellers, and on those before the market was told of. `outlook` is learned from
    all days; None where they are too few.
    """

    days: tuple[date, ...]
    units: tuple[int | None, ...]
    minor: tuple[int | None, ...]
    own_units: tuple[int, ...]
    prices: tuple[int, int, int] | None
    sellers: int
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Demand of so many coming days together, and between what it will lie four times out of five."""

    days: int
    mean: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Season:
    """The season of a category, learned from so many days: by weekday (Monday is 0), month and ISO week of the year.
    None where there is no data."""

    since: date
    until: date
    days: int
    weekdays: dict[int, Index | None]
    months: dict[int, Index | None]
    weeks: dict[int, Index | None]


@dataclass(frozen=True, slots=True)
class Band:
    """Shops or products between two places by revenue, together: nobody is named. Places begin at 1; figures are None
    where the band holds too few shops. `own` is how many of them are the shop's."""

    first: int
    last: int
    sellers: int
    minor: int | None
    units: int | None
    average_minor: int | None
    growth: float | None
    new_share: float | None
    own: int


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A product of one's own with its place by revenue in its category; None where too few sell there."""

    product_id: int
    sku: int
    name: str
    category: str
    minor: int
    units: int
    place: int | None
    goods: int | None


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """One line of the shortlist."""

    id: int
    title: str
    category_id: int
    type_id: int
    note: str
    owner_id: int
    created_at: datetime
    price_minor: int = 0
    cost_minor: int = 0
    weight_g: int = 0
    depth_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    route: str = ""


@dataclass(frozen=True, slots=True)
class Figured:
    """What a shop calculates an idea with, see models.Idea."""

    type_id: int
    price_minor: int
    cost_minor: int
    weight_g: int
    depth_mm: int
    width_mm: int
    height_mm: int
    route: str


@dataclass(frozen=True, slots=True)
class Niche:
    """A category as somebody looks at it who thinks of selling there.

    `prices` are quartiles of what units sold for, in roubles; `weight_g` and `reviews` those of the card in the middle,
    `rating` the average star of all reviews of cards that sold; `fee_bp` the marketplace's share at the middle price.
    Each is None where fewer sellers than a cell takes are known for it.
    """

    cell: Cell
    prices: tuple[int, int, int] | None = None
    weight_g: int | None = None
    reviews: int | None = None
    rating: float | None = None
    fee_bp: int | None = None
