"""Figures of the shop: sales and behaviour by goods and days, turnover, queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.analytics import queries
from sellerdesk.analytics.queries import insight, turning
from sellerdesk.analytics.types import QueryRow, Question
from sellerdesk.catalog.queries.facets import facets
from sellerdesk.catalog.queries.products import refs
from sellerdesk.seller_api import budget, errors, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import analytics as models

# Days of the marketplace, which all programs of the compatible API expect.
ZONE = ZoneInfo("Europe/Moscow")
_LONGEST_DAYS = 366
#: The contract's names and ours.
METRICS = {
    "revenue": "ordered_amount", "ordered_units": "ordered_units", "returns": "returned_units",
    "cancellations": "cancelled_units", "delivered_units": "delivered_units", "hits_view": "views",
    "hits_view_search": "views_search", "hits_view_pdp": "views_card", "hits_tocart": "to_cart",
    "hits_tocart_search": "cart_search", "hits_tocart_pdp": "cart_card", "session_view": "sessions",
    "session_view_search": "sessions_search", "session_view_pdp": "sessions_card", "conv_tocart": "cart_conversion",
    "conv_tocart_search": "cart_conversion_search", "conv_tocart_pdp": "cart_conversion_card",
    "position_category": "position",
}
_DIMENSIONS = {"sku": "sku", "spu": "model", "modelID": "model", "day": "day", "week": "week", "month": "month",
               "year": "year", "category1": "category1", "category2": "category2", "brand": "brand"}
_OPERATORS = {"EQ": "=", "GT": ">", "GTE": ">=", "LT": "<", "LTE": "<="}


@endpoint(
    "/v1/analytics/data",
    request=models.GetDataRequest,
    answer=models.GetDataResponse,
    right="analytics:read",
    rate=budget.per_minute(1, "analytics-data"),
)
def data(call: Call, request: models.GetDataRequest) -> models.GetDataResponse:
    """Sums up to 14 figures by goods, categories, brands and days of Moscow; amounts in whole units of the currency."""
    by, metrics, sort = _by(request), _metrics(request), request.sort[0] if request.sort else None
    if sort and sort.key not in (*request.metrics, *request.dimension):
        raise errors.validation(f"sort.key: {sort.key!r} is not asked for")
    question = Question(
        _day(request.date_from, "date_from"), _day(request.date_to, "date_to"), by, metrics,
        warehouse_ids=tuple(call.caller.warehouse_ids), skus=_skus(request), conditions=_conditions(request),
        sort=METRICS.get(sort.key, "name") if sort else "", descending=bool(sort and sort.order == "DESC"),
        offset=request.offset, limit=request.limit)
    if not timedelta(0) <= question.until - question.since <= timedelta(days=_LONGEST_DAYS):
        raise errors.validation("date_to must lie within a year after date_from")
    found = queries.answer(call.seller, question, zone=ZONE, language=call.language)
    return models.GetDataResponse(
        result=models.DataResult(
            data=[models.DataRow(
                dimensions=[models.DataDimension(id=key, name=name)
                            for key, name in zip(row.keys, row.names, strict=True)],
                metrics=_numbers(row.values, metrics)) for row in found.rows],
            totals=_numbers(found.totals, metrics)),
        timestamp=call.now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"))


def _by(request: models.GetDataRequest) -> tuple[str, ...]:
    unknown = [one for one in request.dimension if one not in _DIMENSIONS]
    if unknown:
        raise errors.validation(f"dimension: {unknown[0]} is not supported")
    made = tuple(dict.fromkeys(_DIMENSIONS[one] for one in request.dimension))
    if sum(one in ("day", "week", "month", "year") for one in made) > 1:
        raise errors.validation("dimension: only one of day, week, month and year can be asked for")
    return made


def _metrics(request: models.GetDataRequest) -> tuple[str, ...]:
    unknown = [one for one in request.metrics if one not in METRICS]
    if unknown:
        raise errors.validation(f"metrics: {unknown[0]!r} is not known")
    return tuple(METRICS[one] for one in request.metrics)


def _skus(request: models.GetDataRequest) -> tuple[int, ...]:
    """The filter by SKU, the only one on a dimension that programs use."""
    return tuple(int(one.value) for one in request.filters
                 if one.key == "sku" and one.op == "EQ" and one.value.isdigit())


def _conditions(request: models.GetDataRequest) -> tuple[tuple[str, str, float], ...]:
    made = []
    for one in request.filters:
        if one.key == "sku" and one.op == "EQ" and one.value.isdigit():
            continue
        if one.key not in request.metrics or one.op not in _OPERATORS:
            raise errors.validation(f"filters: {one.key!r} {one.op} cannot be filtered by")
        try:
            number = float(one.value)
        except ValueError:
            raise errors.validation(f"filters: {one.value!r} is not a number") from None
        made.append((METRICS[one.key], _OPERATORS[one.op], number * (100 if one.key == "revenue" else 1)))
    return tuple(made)


def _numbers(values: tuple[int | float | None, ...], metrics: tuple[str, ...]) -> list[float]:
    """The contract knows no "no data": it spells 0."""
    return [(value or 0) / 100 if metric == "ordered_amount" else float(value or 0)
            for value, metric in zip(values, metrics, strict=True)]


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise errors.validation(f"{field}: {text!r} is not a date") from None


@endpoint(
    "/v1/analytics/turnover/stocks",
    request=models.TurnoverRequest,
    answer=models.TurnoverResponse,
    right="analytics:read",
    rate=budget.per_minute(1, "analytics-turnover"),
)
def turnover(call: Call, request: models.TurnoverRequest) -> models.TurnoverResponse:
    """Tells for how many days the stock lasts at the pace of the last 60 days."""
    rows = turning.turnover(call.seller, skus=request.sku, offset=request.offset, limit=request.limit or 1000,
                            warehouse_ids=call.caller.warehouse_ids, now=call.now)
    return models.TurnoverResponse(items=[
        models.TurnoverItem(ads=row.sold_a_day, current_stock=row.free, idc=row.lasts_days, idc_grade=row.grade,
                            name=row.name, offer_id=row.offer_id, sku=row.sku, turnover=row.lasts_days,
                            turnover_grade=row.grade) for row in rows])


@endpoint(
    "/v1/analytics/product-queries",
    request=models.ProductQueriesRequest,
    answer=models.ProductQueriesResponse,
    right="analytics:read",
)
def product_queries(call: Call, request: models.ProductQueriesRequest) -> models.ProductQueriesResponse:
    """Tells for each SKU how many buyers saw it in their results, and what came of it."""
    since, until = _span(call, request)
    cards = {one.sku: one for one in facets(call.seller, call.language, [
        row.id for row in refs(call.seller, skus=request.skus)]).values()}
    sums: dict[int, list[int]] = {}
    for sku, row in queries.queries_of_goods(call.seller, since, until, list(cards)):
        into = sums.setdefault(sku, [0] * 5)
        for at, value in enumerate((row.shown, row.opened, row.positions, row.gmv_minor, row.orders)):
            into[at] += value
    rows = [models.ProductQueriesItem(
        category=cards[sku].categories[-1][1] if cards[sku].categories else "", currency=call.seller.currency,
        gmv=wire.money_number(gmv, call.seller.currency), name=cards[sku].name, offer_id=cards[sku].offer_id,
        position=round(positions / shown, 2) if shown else 0.0, sku=sku, unique_search_users=shown,
        unique_view_users=opened, view_conversion=round(opened * 100 / shown, 2) if shown else 0.0)
        for sku, (shown, opened, positions, gmv, _orders) in sums.items()]
    rows.sort(key=lambda row: (_place(request.sort_by, row), -row.sku), reverse=request.sort_dir == "DESCENDING")
    start = request.page * request.page_size
    return models.ProductQueriesResponse(
        analytics_period=models.AnalyticsPeriod(since.isoformat(), until.isoformat()),
        items=rows[start:start + request.page_size], page_count=-(-len(rows) // request.page_size), total=len(rows))


@endpoint(
    "/v1/analytics/product-queries/details",
    request=models.QueryDetailsRequest,
    answer=models.QueryDetailsResponse,
    right="analytics:read",
)
def query_details(call: Call, request: models.QueryDetailsRequest) -> models.QueryDetailsResponse:
    """Tells by which queries buyers found each SKU."""
    since, until = _span(call, request)
    told: dict[int, int] = {}
    rows = []
    for sku, row in queries.queries_of_goods(call.seller, since, until, request.skus):
        told[sku] = told.get(sku, 0) + 1
        if told[sku] <= request.limit_by_sku:
            rows.append(_details(call, sku, told[sku], row))
    rows.sort(key=lambda row: (_place(request.sort_by, row), -row.sku, row.query),
              reverse=request.sort_dir == "DESCENDING")
    start = request.page * request.page_size
    return models.QueryDetailsResponse(
        analytics_period=models.AnalyticsPeriod(since.isoformat(), until.isoformat()),
        page_count=-(-len(rows) // request.page_size), queries=rows[start:start + request.page_size], total=len(rows))


def _details(call: Call, sku: int, index: int, row: QueryRow) -> models.QueryDetails:
    return models.QueryDetails(
        currency=call.seller.currency, gmv=wire.money_number(row.gmv_minor, call.seller.currency),
        order_count=row.orders, position=row.position or 0.0, query=row.query, query_index=index, sku=sku,
        unique_search_users=row.shown, unique_view_users=row.opened,
        view_conversion=round(row.opened * 100 / row.shown, 2) if row.shown else 0.0)


def _place(by: str, row: models.ProductQueriesItem | models.QueryDetails) -> float:
    return {"BY_SEARCHES": float(row.unique_search_users), "BY_VIEWS": float(row.unique_view_users),
            "BY_POSITION": row.position, "BY_CONVERSION": row.view_conversion, "BY_GMV": row.gmv}[by]


def _span(call: Call, request: models.ProductQueriesRequest) -> tuple[date, date]:
    until = (request.date_to or call.now).date()
    if not timedelta(0) <= until - request.date_from.date() <= timedelta(days=_LONGEST_DAYS):
        raise errors.validation("date_to must lie within a year after date_from")
    return request.date_from.date(), until


@endpoint(
    "/v1/search-queries/top",
    request=models.TopQueriesRequest,
    answer=models.SearchQueriesResponse,
    right="analytics:read",
)
def top_queries(call: Call, request: models.TopQueriesRequest) -> models.SearchQueriesResponse:
    """Tells what buyers of the whole marketplace searched for most in the last 28 days."""
    return _searches(call.now, request.offset, request.limit)


@endpoint(
    "/v1/search-queries/text",
    request=models.TextQueriesRequest,
    answer=models.SearchQueriesResponse,
    right="analytics:read",
)
def text_queries(call: Call, request: models.TextQueriesRequest) -> models.SearchQueriesResponse:
    """Tells the queries of the last 28 days that hold a text."""
    return _searches(call.now, request.offset, request.limit, request.text, request.sort_by,
                     request.sort_dir == "DESC")


def _searches(now: datetime, offset: int, limit: int, text: str = "", sort_by: str = "CLIENT_COUNT",
              descending: bool = True) -> models.SearchQueriesResponse:
    rows, total = insight.search_queries(now.date() - timedelta(days=28), now.date(), now=now, text=text, sort=sort_by,
                                         descending=descending, offset=offset, limit=limit)
    return models.SearchQueriesResponse(
        offset=str(offset + len(rows)), total=str(total),
        search_queries=[models.SearchQuery(
            add_to_cart=float(row.carts or 0), avg_price=(row.price_minor or 0) / 100, client_count=float(row.searches),
            conversion_to_cart=round((row.carts or 0) * 100 / row.asked, 2) if row.asked else 0.0,
            items_views=float(row.views or 0), query=row.query, sellers_count=float(row.sellers)) for row in rows])
