"""Moving postings on: the shop's own delivery, missing parcels, promises of time, and what goes with them."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.types import Outcome
from sellerdesk.seller_api import scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import from_domain
from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas import postings_moves as models
from sellerdesk.seller_api.schemas.cancelling import BooleanResponse


@endpoint(
    "/v2/posting/fbs/arbitration",
    request=models.MovePostingRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def arbitration(call: Call, request: models.MovePostingRequest) -> BooleanResponse:
    """Disputes that parcels are missing: all of them or none."""
    return _together(call, "arbitration", request.posting_number)


@endpoint(
    "/v2/posting/fbs/awaiting-delivery",
    request=models.MovePostingToAwaitingDeliveryRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def awaiting_delivery(call: Call, request: models.MovePostingToAwaitingDeliveryRequest) -> BooleanResponse:
    """Says that disputed or missing parcels are handed over again: all of them or none."""
    return _together(call, "awaiting_delivery", request.posting_number)


@endpoint(
    "/v2/fbs/posting/delivering",
    request=models.FbsPostingDeliveringRequest,
    answer=models.FbsPostingMoveStatusResponse,
    right="postings:write",
)
def delivering(call: Call, request: models.FbsPostingDeliveringRequest) -> models.FbsPostingMoveStatusResponse:
    """Says that parcels of the shop's own delivery are on their way."""
    return _each(call, "delivering", request.posting_number)


@endpoint(
    "/v2/fbs/posting/last-mile",
    request=models.FbsPostingLastMileRequest,
    answer=models.FbsPostingMoveStatusResponse,
    right="postings:write",
)
def last_mile(call: Call, request: models.FbsPostingLastMileRequest) -> models.FbsPostingMoveStatusResponse:
    """Says that a courier of the shop brings parcels to their buyers."""
    return _each(call, "last_mile", request.posting_number)


@endpoint(
    "/v2/fbs/posting/delivered",
    request=models.FbsPostingDeliveredRequest,
    answer=models.FbsPostingMoveStatusResponse,
    right="postings:write",
)
def delivered(call: Call, request: models.FbsPostingDeliveredRequest) -> models.FbsPostingMoveStatusResponse:
    """Says that buyers have their parcels; the delivery is conditional until it is confirmed."""
    return _each(call, "delivered", request.posting_number)


@endpoint(
    "/v2/fbs/posting/tracking-number/set",
    request=models.FbsPostingTrackingNumberSetRequest,
    answer=models.FbsPostingMoveStatusResponse,
    right="postings:write",
)
def set_tracking_numbers(
    call: Call, request: models.FbsPostingTrackingNumberSetRequest
) -> models.FbsPostingMoveStatusResponse:
    """Gives tracking numbers of up to 20 parcels that carriers of the shop bring."""
    rows = request.tracking_numbers
    reached = set(scope.within(call, [row.posting_number for row in rows]))
    mine = [(row.posting_number, row.tracking_number) for row in rows if row.posting_number in reached]
    outcomes = acts.set_tracking(seller=call.seller, items=mine, actor=call.actor, now=call.now) if mine else []
    return _statuses([row.posting_number for row in rows], outcomes)


@endpoint(
    "/v1/posting/cutoff/set",
    request=models.SetPostingCutoffRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def set_cutoff(call: Call, request: models.SetPostingCutoffRequest) -> BooleanResponse:
    """Promises an earlier hand-over than the order asks for."""
    scope.require(call, [request.posting_number])
    acts.set_cutoff(
        seller=call.seller,
        number=request.posting_number,
        cutoff=wire.moment(request.new_cutoff_date),
        actor=call.actor,
        now=call.now,
    )
    return BooleanResponse(result=True)


@endpoint(
    "/v1/posting/fbs/timeslot/change-restrictions",
    request=models.TimeslotChangeRestrictionsRequest,
    answer=models.TimeslotChangeRestrictionsResponse,
    right="postings:read",
)
def timeslot_restrictions(
    call: Call, request: models.TimeslotChangeRestrictionsRequest
) -> models.TimeslotChangeRestrictionsResponse:
    """Tells to which times a delivery may still be moved, and how often."""
    bounds = orders.slot_bounds(scope.posting(call, request.posting_number), call.now)
    return models.TimeslotChangeRestrictionsResponse(
        delivery_interval=models.DeliveryInterval(begin=bounds.begin, end=bounds.end),
        remaining_changes_count=bounds.changes_left,
    )


@endpoint(
    "/v1/posting/fbs/timeslot/set",
    request=models.TimeslotSetRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def set_timeslot(call: Call, request: models.TimeslotSetRequest) -> BooleanResponse:
    """Moves a delivery to another time, at most twice."""
    scope.require(call, [request.posting_number])
    acts.set_timeslot(
        seller=call.seller,
        number=request.posting_number,
        begin=wire.moment(request.new_timeslot.from_),
        end=wire.moment(request.new_timeslot.to),
        actor=call.actor,
        now=call.now,
    )
    return BooleanResponse(result=True)


@endpoint(
    "/v1/posting/fbs/pick-up-code/verify",
    request=models.PickupCodeVerifyRequest,
    answer=models.PickupCodeVerifyResponse,
    right="postings:write",
)
def verify_pickup_code(call: Call, request: models.PickupCodeVerifyRequest) -> models.PickupCodeVerifyResponse:
    """Checks the code of an express order's courier; with the right one the parcel is handed over."""
    scope.require(call, [request.posting_number])
    return models.PickupCodeVerifyResponse(
        valid=acts.verify_pickup_code(
            seller=call.seller,
            number=request.posting_number,
            code=request.pickup_code,
            actor=call.actor,
            now=call.now,
        )
    )


@endpoint(
    "/v1/posting/fbs/restrictions",
    request=models.GetRestrictionsRequest,
    answer=models.GetRestrictionsResponse,
    right="postings:read",
)
def restrictions(call: Call, request: models.GetRestrictionsRequest) -> models.GetRestrictionsResponse:
    """Tells how heavy, how large and how dear a posting may be for its delivery method."""
    card = scope.posting(call, request.posting_number)
    bounds = logistics.parcel_bounds(call.seller, card.delivery_method_id, card.in_process_at)
    return models.GetRestrictionsResponse(
        result=models.Restriction(
            posting_number=card.number,
            max_posting_weight=float(bounds.max_weight_g),
            min_posting_weight=float(bounds.min_weight_g),
            width=bounds.max_side_mm / 10,
            length=bounds.max_side_mm / 10,
            height=bounds.max_side_mm / 10,
            max_posting_price=wire.money_number(bounds.max_price_minor, call.seller.currency),
        )
    )


@endpoint(
    "/v2/posting/fbs/get-by-barcode",
    request=models.GetFbsPostingByBarcodeRequest,
    answer=models.FbsPostingV2Response,
    right="postings:read",
)
def get_by_barcode(call: Call, request: models.GetFbsPostingByBarcodeRequest) -> models.FbsPostingV2Response:
    """Finds the posting whose label carries a barcode."""
    card = scope.posting(call, orders.number_of_barcode(call.seller, request.barcode))
    return models.FbsPostingV2Response(
        result=models.FbsPostingV2(
            barcodes=parts.PostingBarcodes(lower_barcode=card.lower_barcode, upper_barcode=card.upper_barcode),
            cancel_reason_id=card.cancel_reason_id or 0,
            created_at=card.in_process_at,
            in_process_at=card.in_process_at,
            order_id=card.order_id,
            order_number=card.order_number,
            posting_number=card.number,
            products=[
                models.FbsPostingV2Product(
                    name=line.name,
                    offer_id=line.offer_id,
                    price=wire.money_text(line.price_minor, card.currency),
                    quantity=line.quantity,
                    sku=line.sku,
                )
                for line in card.lines
            ],
            shipment_date=card.ship_by,
            status=card.state,
        )
    )


# --- shared -----------------------------------------------------------------------------------------------------


def _together(call: Call, act: acts.Act, numbers: Sequence[str]) -> BooleanResponse:
    scope.require(call, numbers)
    acts.act_many(seller=call.seller, act=act, numbers=numbers, actor=call.actor, now=call.now, all_or_none=True)
    return BooleanResponse(result=True)


def _each(call: Call, act: acts.Act, numbers: Sequence[str]) -> models.FbsPostingMoveStatusResponse:
    reached = scope.within(call, numbers)
    outcomes = acts.act_many(seller=call.seller, act=act, numbers=reached, actor=call.actor, now=call.now)
    return _statuses(numbers, outcomes)


def _statuses(numbers: Sequence[str], outcomes: Sequence[Outcome]) -> models.FbsPostingMoveStatusResponse:
    """One status for each number asked, in the order asked; what the key does not reach does not exist."""
    found = {one.number: one.error for one in outcomes}
    return models.FbsPostingMoveStatusResponse(
        result=[
            models.MoveStatus(
                posting_number=number,
                result=number in found and found[number] is None,
                error="POSTING_NOT_FOUND"
                if number not in found
                else from_domain(error).message
                if (error := found[number])
                else "",
            )
            for number in numbers
        ]
    )
