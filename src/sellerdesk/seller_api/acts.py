"""Acts: the carriage as older clients know it, created and formed in one call, and its papers."""

from __future__ import annotations

import base64
from datetime import date, datetime

from sellerdesk.handover import queries as handover
from sellerdesk.handover import services
from sellerdesk.handover.types import CarriageFilter, CarriageRow
from sellerdesk.orders import queries as orders
from sellerdesk.seller_api import parsing, wire
from sellerdesk.seller_api.carriages import act_type, local_day, viewer
from sellerdesk.seller_api.endpoint import Call, File, endpoint
from sellerdesk.seller_api.schemas import carriages as models

# Our states in the words of acts.
_CHECK = {"new": "in_process", "cancelled": "cancelled"}
_DIGITAL = {"new": "FORMING", "formed": "FORMED", "sended": "FORMED", "received": "CONFIRMED",
            "closed": "CONFIRMED_WITH_MISMATCH", "cancelled": "NOT_FOUND"}
_PAPERS = {"act_of_acceptance": "act", "act_of_mismatch": "discrepancy_act", "waybill": "waybill"}
_INTEGRATIONS = {"ozon": "platform", "3pl": "3pl_tracking"}


@endpoint(
    "/v2/posting/fbs/act/create",
    request=models.ActCreateRequest,
    answer=models.ActCreateResponse,
    right="postings:write",
    deprecated=True,
)
def create(call: Call, request: models.ActCreateRequest) -> models.ActCreateResponse:
    """Gathers the packed parcels of a delivery method and hands them over at once; ask for the act by the id."""
    number = services.create_formed(
        seller=call.seller,
        method_id=request.delivery_method_id,
        departs_on=local_day(call, request.departure_date),
        containers=request.containers_count,
        actor=call.actor,
        now=call.now,
        only_in=tuple(call.caller.warehouse_ids),
    )
    return models.ActCreateResponse(result=models.ActId(id=number))


@endpoint(
    "/v2/posting/fbs/act/check-status",
    request=models.ActRequest,
    answer=models.ActCheckStatusResponse,
    right="postings:read",
)
def check_status(call: Call, request: models.ActRequest) -> models.ActCheckStatusResponse:
    """Tells whether the act can be printed, and which parcels are in it."""
    row = handover.carriage(call.seller, request.id, viewer(call))
    inside = handover.parcels(call.seller, row.id) if row.state != "cancelled" else []
    more = _more(call, row)
    return models.ActCheckStatusResponse(
        result=models.ActStatus(
            act_type=act_type(row),
            added_to_act=[one.number for one in inside],
            removed_from_act=[one.number for one in inside if one.sight == "missed"],
            status=_CHECK.get(row.state, "ready"),
            is_partial=row.partial_num > 1 or more,
            has_postings_for_next_carriage=more,
            partial_num=row.partial_num,
        )
    )


@endpoint(
    "/v2/posting/fbs/act/get-pdf",
    request=models.ActRequest,
    answer=models.ActFile,
    right="postings:read",
    file_type="application/pdf",
)
def get_pdf(call: Call, request: models.ActRequest) -> models.ActFile | File:
    """Prints the hand-over act of a formed carriage."""
    return _paper(call, request.id, "act")


@endpoint(
    "/v2/posting/fbs/act/get-container-labels",
    request=models.ActRequest,
    answer=models.ActFile,
    right="postings:read",
    file_type="application/pdf",
)
def get_container_labels(call: Call, request: models.ActRequest) -> models.ActFile | File:
    """Prints a label for each cargo place of a formed carriage."""
    return _paper(call, request.id, "container_labels")


@endpoint(
    "/v2/posting/fbs/act/get-barcode",
    request=models.ActRequest,
    answer=models.ActFile,
    right="postings:read",
    file_type="image/png",
)
def get_barcode(call: Call, request: models.ActRequest) -> models.ActFile | File:
    """The code of a carriage as a picture, for the driver to scan."""
    paper = services.barcode_png(seller=call.seller, carriage_id=request.id, viewer=viewer(call))
    return _file(call, paper.data, paper.content_type, "barcode.png")


@endpoint(
    "/v2/posting/fbs/act/get-barcode/text",
    request=models.ActRequest,
    answer=models.BarcodeTextResponse,
    right="postings:read",
)
def get_barcode_text(call: Call, request: models.ActRequest) -> models.BarcodeTextResponse:
    """What stands in the code of a carriage."""
    row = handover.carriage(call.seller, request.id, viewer(call))
    return models.BarcodeTextResponse(result=handover.barcode_text(row.id))


@endpoint(
    "/v2/posting/fbs/act/get-postings",
    request=models.ActRequest,
    answer=models.ActGetPostingsResponse,
    right="postings:read",
)
def get_postings(call: Call, request: models.ActRequest) -> models.ActGetPostingsResponse:
    """Lists the postings of an act with their goods."""
    row = handover.carriage(call.seller, request.id, viewer(call))
    inside = handover.parcels(call.seller, row.id)
    sights = {one.number: one.sight for one in inside}
    return models.ActGetPostingsResponse(
        result=[
            models.ActPosting(
                id=card.id,
                multi_box_qty=1,
                posting_number=card.number,
                status=card.state,
                seller_error="NOT_ACCEPTED" if sights[card.number] == "missed" else "",
                updated_at=card.changed_at,
                created_at=card.in_process_at,
                products=[
                    models.ActProduct(
                        name=line.name,
                        offer_id=line.offer_id,
                        price=wire.money_text(line.price_minor, card.currency),
                        quantity=line.quantity,
                        sku=line.sku,
                    )
                    for line in card.lines
                ],
                is_blr_traceable=False,
                scanit=card.upper_barcode,
            )
            for card in orders.cards(call.seller, [one.number for one in inside])
        ]
    )


@endpoint(
    "/v2/posting/fbs/act/list",
    request=models.ActListRequest,
    answer=models.ActListResponse,
    right="postings:read",
)
def act_list(call: Call, request: models.ActListRequest) -> models.ActListResponse:
    """Lists acts by their day of departure, newest first."""
    asked = request.filter
    flow = asked.integration_type if asked else ""
    rows = handover.carriages(
        call.seller,
        CarriageFilter(
            states=tuple(asked.status) if asked else (),
            since=_day(asked.date_from, "date_from") if asked else None,
            to=_day(asked.date_to, "date_to") if asked else None,
            integrations=(_INTEGRATIONS.get(flow, flow),) if flow else (),
        ),
        viewer=viewer(call),
        limit=request.limit,
    )
    return models.ActListResponse(result=[_item(row) for row in rows])


@endpoint(
    "/v2/posting/fbs/digital/act/check-status",
    request=models.ActRequest,
    answer=models.DigitalActStatusResponse,
    right="postings:read",
    deprecated=True,
)
def digital_status(call: Call, request: models.ActRequest) -> models.DigitalActStatusResponse:
    """Tells where a digital act is."""
    row = handover.carriage(call.seller, request.id, viewer(call))
    return models.DigitalActStatusResponse(id=row.id, status=_DIGITAL[row.state])


@endpoint(
    "/v2/posting/fbs/digital/act/get-pdf",
    request=models.DigitalActGetRequest,
    answer=models.ActFile,
    right="postings:read",
    file_type="application/pdf",
    deprecated=True,
)
def digital_pdf(call: Call, request: models.DigitalActGetRequest) -> models.ActFile | File:
    """Prints a paper of a carriage: act of acceptance, act of mismatch or waybill."""
    return _paper(call, request.id, _PAPERS.get(request.doc_type, ""))


def _more(call: Call, row: CarriageRow) -> bool:
    return any(one.method_id == row.method_id for one in handover.waiting(call.seller, (row.warehouse_id,)))


def _item(row: CarriageRow) -> models.ActListItem:
    there = "act" in row.actions
    return models.ActListItem(
        id=row.id,
        delivery_method_id=row.method_id,
        delivery_method_name=row.method_name,
        integration_type="ozon" if row.integration == "platform" else "3pl",
        containers_count=row.containers,
        status=row.state,
        departure_date=row.departs_on.isoformat(),
        created_at=row.created_at,
        updated_at=row.changed_at,
        act_type=act_type(row),
        is_partial=row.partial_num > 1,
        has_postings_for_next_carriage=False,
        partial_num=row.partial_num,
        related_docs=models.RelatedDocs(
            act_of_acceptance=models.RelatedDoc(row.formed_at, _DIGITAL[row.state]) if there else None,
            act_of_mismatch=models.RelatedDoc(row.changed_at, "NEED_TO_SIGN")
            if "discrepancy_act" in row.actions
            else None,
        ),
    )


def _paper(call: Call, carriage_id: int, kind: str) -> models.ActFile | File:
    kept = services.carriage_paper(
        seller=call.seller,
        carriage_id=carriage_id,
        kind=kind,
        language=call.language,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return _file(call, kept.file.data, kept.file.content_type, f"{kind}.pdf")


def _file(call: Call, data: bytes, content_type: str, name: str) -> models.ActFile | File:
    if call.accept.startswith("application/json"):
        return models.ActFile(
            file_content=base64.b64encode(data).decode(), file_name=name, content_type=content_type
        )
    return File(data, content_type, name)


def _day(text: str, field: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise parsing.refuse(models.ActListFilter, field, "value must be a date") from None
