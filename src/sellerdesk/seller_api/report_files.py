"""Files of products, postings, returns and stock, made in the background and fetched by a link."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics import queries
from sellerdesk.analytics.errors import ReportNotFound
from sellerdesk.analytics.services import reporting
from sellerdesk.analytics.types import ReportRow
from sellerdesk.returns import queries as returns_domain
from sellerdesk.seller_api import budget, errors, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import reports as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.schemas.realization import Report

#: The contract's words in lists and in the report itself.
TYPES = {"products": "seller_products", "postings": "seller_postings", "returns": "seller_returns",
         "stock": "seller_stock", "placement": "placement_by_products",
         "discounted": "seller_discounted"}
#: The clock that moments in files are told by, and how many days a report of storage covers.
_ZONE, _LONGEST_PLACEMENT = "Europe/Moscow", 31
_KINDS = {name.upper(): kind for kind, name in TYPES.items()}


def find(call: Call, code: str) -> Report | None:
    """A report by its code; None where there is none of that code, or not for this key."""
    try:
        return _shown(call, queries.report(call.seller, code=code, warehouse_ids=call.caller.warehouse_ids))
    except ReportNotFound:
        return None


def listed(call: Call, wanted: str, limit: int) -> tuple[list[Report], int]:
    """The newest reports of a type of the contract, of all of them without one; and how many there are."""
    if wanted and wanted not in _KINDS:
        return [], 0
    rows, total = queries.reports(
        call.seller, kinds=[_KINDS[wanted]] if wanted else list(TYPES), warehouse_ids=call.caller.warehouse_ids,
        limit=limit)
    return [_shown(call, row) for row in rows], total


@endpoint("/v1/report/products/create", request=models.ProductsReportRequest, answer=models.CreateResponse,
          right="reports:make")
def products(call: Call, request: models.ProductsReportRequest) -> models.CreateResponse:
    """Has a file of products made."""
    return _create(call, "products", request.language, {
        "visibility": request.visibility, "search": request.search, "offer_id": list(request.offer_id),
        "sku": list(request.sku)})


@endpoint("/v2/report/returns/create", request=models.ReturnsReportRequest, answer=models.CreateResponse,
          right="reports:make")
def returns(call: Call, request: models.ReturnsReportRequest) -> models.CreateResponse:
    """Has a file of returns made."""
    where = request.filter
    if where.date_to < where.date_from:
        raise errors.validation("filter.date_to must not lie before filter.date_from")
    states = returns_domain.states_of_visual(where.status) if where.status else ()
    # Words that only claims of the shop's own delivery have: no goods of this report are ever there.
    narrowed = {"visual": where.status, "at": call.now.isoformat(), "states": list(states) or ["-"]} \
        if where.status else {}
    return _create(call, "returns", request.language, {
        "since": where.date_from.isoformat(), "to": where.date_to.isoformat(),
        "scheme": "" if where.delivery_schema == "ALL" else where.delivery_schema.lower(), **narrowed})


@endpoint("/v1/report/postings/create", request=models.PostingsReportRequest, answer=models.CreateResponse,
          right="reports:make")
def postings(call: Call, request: models.PostingsReportRequest) -> models.CreateResponse:
    """Has a file of postings made, for exactly one delivery scheme."""
    where = request.filter
    if len(set(where.delivery_schema)) != 1:
        raise errors.validation("filter.delivery_schema must contain exactly one of fbo and fbs")
    if where.processed_at_to < where.processed_at_from:
        raise errors.validation("filter.processed_at_to must not lie before filter.processed_at_from")
    for name, asked in (("cancel_reason_id", where.cancel_reason_id), ("statuses", where.statuses),
                        ("is_express", where.is_express)):
        if asked:
            # A file that ignores what was asked for would be read as if it did not.
            raise errors.validation(f"filter.{name} is not supported; narrow by status_alias, sku or warehouse_id")
    own = call.caller.warehouse_ids
    chosen = [id_ for id_ in where.warehouse_id if not own or id_ in own]
    return _create(call, "postings", request.language, {
        "since": where.processed_at_from.isoformat(), "to": where.processed_at_to.isoformat(),
        "scheme": where.delivery_schema[0], "states": list(where.status_alias), "sku": list(where.sku),
        "offer_id": where.offer_id, "title": where.title, "delivery_method_ids": list(where.delivery_method_id),
        "warehouse_ids": chosen or list(own) or list(where.warehouse_id)})


@endpoint("/v1/report/warehouse/stock", request=models.StockReportRequest, answer=models.CreateResponse,
          right="reports:make")
def stock(call: Call, request: models.StockReportRequest) -> models.CreateResponse:
    """Has a file made of what lies in the warehouses named."""
    own = call.caller.warehouse_ids
    chosen = [id_ for id_ in request.warehouse_ids if not own or id_ in own]
    return _create(call, "stock", request.language, {"warehouse_ids": chosen or [0]})


@endpoint("/v1/report/placement/by-products/create", request=models.PlacementReportRequest,
          answer=models.PlacementReportResponse, right="reports:make", rate=budget.per_day(5, "placement-by-products"))
def placement(call: Call, request: models.PlacementReportRequest) -> models.PlacementReportResponse:
    """Has a file made of what lay in the marketplace's warehouses, day by day, and what storing each SKU cost."""
    first, last = _day("date_from", request.date_from), _day("date_to", request.date_to)
    if last < first or (last - first).days >= _LONGEST_PLACEMENT:
        raise errors.validation(f"date_to must lie within {_LONGEST_PLACEMENT} days after date_from")
    zone = ZoneInfo(_ZONE)
    return models.PlacementReportResponse(code=_create(call, "placement", "DEFAULT", {
        "since": datetime.combine(first, time(), zone).isoformat(),
        "to": datetime.combine(last + timedelta(days=1), time(), zone).isoformat()}).result.code)


@endpoint("/v1/report/discounted/create", request=Empty, answer=models.DiscountedReportResponse, right="reports:make")
def discounted(call: Call, request: Empty) -> models.DiscountedReportResponse:
    """Has a file made of products that buyers get for less: crossed-out prices, and promotions."""
    return models.DiscountedReportResponse(code=_create(call, "discounted", "DEFAULT", {}).result.code)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise errors.validation(f"{name} must be a date") from None


def _create(call: Call, kind: str, language: str, params: dict[str, Any]) -> models.CreateResponse:
    if call.caller.warehouse_ids and not params.get("warehouse_ids"):
        params["warehouse_ids"] = list(call.caller.warehouse_ids)
    row = reporting.create(
        seller=call.seller, kind=kind, params=params, format="xlsx", language=wire.LANGUAGES[language],
        time_zone=_ZONE, actor=call.actor, now=call.now)
    return models.CreateResponse(result=models.Code(code=row.code))


def _shown(call: Call, row: ReportRow) -> Report:
    return Report(
        code=row.code, created_at=row.created_at, error=row.error, expires_at=row.expires_at,
        file=call.base_url + reporting.link(call.seller, row.id) if row.has_file else "",
        report_type=TYPES.get(row.kind, row.kind), status=row.state,
        params={name: str(value) for name, value in row.params.items() if value})
