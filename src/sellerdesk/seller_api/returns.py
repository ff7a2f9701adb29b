"""Goods that the marketplace brings back: listing, return points, disposal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sellerdesk.core.money import minor_digits
from sellerdesk.returns import queries, services
from sellerdesk.returns.types import DisposalSetting, ReturnFilter, ReturnRow
from sellerdesk.seller_api import parsing, scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import returns as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.schemas.base import Money as MoneyText

_COMPENSATIONS = {"sent": (1, "Sent"), "received": (2, "Received"), "cancelled": (3, "Canceled"),
                  "reversed": (4, "DecompensationSent")}
_SCHEMAS = {"fbs": "Fbs", "fbo": "Fbo", "rfbs": "Fbs"}
# No return has this number: a filter by something this shop does not have finds nothing.
_NOTHING = (0,)


@endpoint(
    "/v1/returns/list",
    request=models.GetReturnsListRequest,
    answer=models.GetReturnsListResponse,
    right="returns:read",
)
def returns_list(call: Call, request: models.GetReturnsListRequest) -> models.GetReturnsListResponse:
    """Lists goods on their way back, with place, storage, compensation and status."""
    asked = request.filter
    ranges = [asked.logistic_return_date, asked.storage_tariffication_start_date, asked.visual_status_change_moment]
    if sum(one is not None for one in ranges) > 1:
        raise parsing.refuse(type(asked), "visual_status_change_moment",
                             "value must not be set together with another range of time")
    arrived, stored, changed = ((wire.utc(one.time_from), wire.utc(one.time_to)) if one else (None, None)
                                for one in ranges)
    states = queries.states_of_visual(asked.visual_status_name) if asked.visual_status_name else ()
    schema = asked.return_schema.lower()
    return_id = queries.id_of_barcode(asked.barcode) if asked.barcode else 0
    compensation = next((word for word, (number, _word) in _COMPENSATIONS.items()
                         if number == asked.compensation_status_id), "-")
    rows, has_next = queries.returns_after(
        call.seller,
        filter=ReturnFilter(
            order_id=asked.order_id,
            posting_numbers=tuple(asked.posting_numbers),
            product_name=asked.product_name,
            offer_ids=(asked.offer_id,) if asked.offer_id else (),
            states=states if states or not asked.visual_status_name else ("-",),
            scheme=schema,
            warehouse_ids=scope.warehouses(call, (asked.warehouse_id,) if asked.warehouse_id else ()),
            ids=((return_id,) if return_id else _NOTHING) if asked.barcode else (),
            compensation=compensation if asked.compensation_status_id else "",
            arrived_from=arrived[0], arrived_to=arrived[1], stored_from=stored[0], stored_to=stored[1],
            changed_from=changed[0], changed_to=changed[1],
        ),
        last_id=max(request.last_id, 0),
        limit=request.limit,
    )
    return models.GetReturnsListResponse(returns=[_item(row, call.now) for row in rows], has_next=has_next)


def _money(amount_minor: int, currency: str) -> models.Money:
    return models.Money(currency_code=currency, price=wire.money_number(amount_minor, currency))


def _place(row: ReturnRow, arrived: bool) -> models.Place:
    if arrived:
        return models.Place(id=row.place_id, name=_("Return point %(city)s") % {"city": row.city}, address=row.city)
    return models.Place(id=0, name=_("On the way from %(city)s") % {"city": row.from_city}, address=row.from_city)


def _item(row: ReturnRow, now: datetime) -> models.ReturnsItem:
    stored, currency = queries.storage(row, now), row.currency
    visual = queries.visual_of(row, now)
    done = row.state in ("received", "disposed")
    return models.ReturnsItem(
        id=row.id,
        company_id=row.seller_id,
        return_reason_name=str(queries.reason_text(row.reason)),
        type=row.kind,
        schema=_SCHEMAS[row.scheme],
        order_id=row.order_id,
        order_number=row.order_number,
        place=_place(row, row.arrived_at is not None),
        target_place=_place(row, True),
        storage=models.Storage(
            sum=_money(stored.fee_minor if stored else 0, currency),
            tariffication_first_date=stored.starts_at + timedelta(days=1) if stored else None,
            tariffication_start_date=stored.starts_at if stored else None,
            arrived_moment=row.arrived_at,
            days=stored.days if stored else 0,
            utilization_sum=_money(stored.disposal_minor if stored else 0, currency),
            utilization_forecast_date=f"{row.dispose_at:%Y-%m-%dT%H:%M:%SZ}" if row.dispose_at else "",
        ),
        product=models.Product(
            sku=row.sku,
            offer_id=row.offer_id,
            name=row.name,
            price=_money(row.amount_minor, currency),
            price_without_commission=_money(row.amount_minor - row.commission_minor, currency),
            commission_percent=wire.percent_of(row.commission_minor, row.amount_minor),
            commission=_money(row.commission_minor, currency),
            quantity=row.quantity,
        ),
        logistic=models.Logistic(
            technical_return_moment=row.created_at,
            final_moment=row.changed_at if done else None,
            cancelled_with_compensation_moment=row.compensation_at,
            return_date=row.arrived_at,
            barcode=queries.barcode_of(row.id),
        ),
        visual=models.Visual(
            status=models.Status(id=visual.number, display_name=str(visual.text), sys_name=visual.name),
            change_moment=row.changed_at,
        ),
        additional_info=models.AdditionalInfo(is_opened=row.kind == "ClientReturn"),
        source_id=row.id,
        posting_number=row.posting_number,
        clearing_id=row.id,
        compensation_status=_compensation(row),
    )


def _compensation(row: ReturnRow) -> models.Compensation | None:
    if not row.compensation or row.compensation_at is None:
        return None
    number, word = _COMPENSATIONS[row.compensation]
    return models.Compensation(
        status=models.Status(id=number, display_name=str(queries.compensation_text(row.compensation)), sys_name=word),
        change_moment=row.compensation_at,
    )


@endpoint(
    "/v1/returns/company/fbs/info",
    request=models.ReturnsCompanyFbsInfoRequest,
    answer=models.ReturnsCompanyFbsInfoResponse,
    right="returns:read",
)
def company_info(call: Call, request: models.ReturnsCompanyFbsInfoRequest) -> models.ReturnsCompanyFbsInfoResponse:
    """Lists the return points where goods wait for the shop."""
    points, has_next = queries.places(
        call.seller,
        warehouse_ids=scope.warehouses(call),
        place_id=request.filter.place_id,
        after_id=max(request.pagination.last_id, 0),
        limit=request.pagination.limit,
    )
    return models.ReturnsCompanyFbsInfoResponse(
        drop_off_points=[
            models.DropOffPoint(
                address=point.city,
                # Each return is a parcel of its own.
                box_count=point.returns,
                id=point.id,
                name=_("Return point %(city)s") % {"city": point.city},
                place_id=point.id,
                returns_count=point.returns,
                utc_offset="+03:00",
                warehouses_ids=[str(one) for one in point.warehouse_ids],
            )
            for point in points
        ],
        has_next=has_next,
    )


def _bound(amount_minor: int | None, currency: str) -> MoneyText | None:
    return wire.money(amount_minor, currency) if amount_minor is not None else None


@endpoint(
    "/v1/returns/settings/utilization/info",
    request=Empty,
    answer=models.ReturnsSettingsUtilizationInfoResponse,
    right="returns:read",
)
def utilization_info(call: Call, request: Empty) -> models.ReturnsSettingsUtilizationInfoResponse:
    """Tells below which price of a unit returns are disposed of instead of being kept."""
    found: DisposalSetting = queries.disposal(call.seller)
    least = queries.least_bound(call.seller, call.now) * 10 ** minor_digits(found.currency)
    return models.ReturnsSettingsUtilizationInfoResponse(
        min_price=wire.money(least, found.currency),
        utilization_settings=models.UtilizationSettings(
            utilization_price=_bound(found.price_minor, found.currency),
            utilization_price_defects=_bound(found.faulty_minor, found.currency),
        ),
    )


@endpoint(
    "/v1/returns/settings/utilization/update",
    request=models.ReturnsSettingsUtilizationUpdateRequest,
    answer=models.Nothing,
    right="returns:write",
)
def utilization_update(call: Call, request: models.ReturnsSettingsUtilizationUpdateRequest) -> models.Nothing:
    """Sets below which price of a unit returns are disposed of instead of being kept."""
    sound, faulty = request.utilization_price, request.utilization_price_defects
    services.set_bounds(
        seller=call.seller,
        price=sound.value if sound.enabled else None,
        faulty=faulty.value if faulty.enabled else None,
        actor=call.actor,
        now=call.now,
    )
    return models.Nothing()


@endpoint(
    "/v1/returns/settings/utilization/history",
    request=Empty,
    answer=models.ReturnsSettingsUtilizationHistoryResponse,
    right="returns:read",
)
def utilization_history(call: Call, request: Empty) -> models.ReturnsSettingsUtilizationHistoryResponse:
    """Lists how the bounds of disposal changed, newest first."""
    return models.ReturnsSettingsUtilizationHistoryResponse(
        history=[
            models.UtilizationChange(
                descriptions=queries.disposal_changes(entry), updated_at=entry.at, user_name=entry.actor.label
            )
            for entry in queries.disposal_history(call.seller)
        ]
    )
