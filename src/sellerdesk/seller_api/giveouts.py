"""Picking goods up at return points: the barcode as text, PNG and PDF, and what was handed out."""

from __future__ import annotations

import base64

from django.utils.translation import gettext as _

from sellerdesk.returns import queries, services
from sellerdesk.returns.types import GiveoutRow
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, File, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import giveouts as models
from sellerdesk.seller_api.schemas.base import Empty

_STATUS = {"created": "GIVEOUT_STATUS_CREATED", "completed": "GIVEOUT_STATUS_COMPLETED"}
_MOST = 500


def _answer(call: Call, file: File) -> models.GiveoutFile | File:
    if call.accept.startswith("application/json"):
        return models.GiveoutFile(
            file_content=base64.b64encode(file.content).decode(), file_name=file.name, content_type=file.content_type
        )
    return file


def _png(code: str) -> File:
    return File(services.png(code), "image/png", "giveout.png")


@endpoint(
    "/v1/return/giveout/barcode",
    request=Empty,
    answer=models.GiveoutGetBarcodeResponse,
    right="returns:write",
)
def barcode(call: Call, request: Empty) -> models.GiveoutGetBarcodeResponse:
    """Tells the text of the barcode for which return points hand out goods."""
    return models.GiveoutGetBarcodeResponse(barcode=services.code(seller=call.seller, now=call.now))


@endpoint(
    "/v1/return/giveout/barcode-reset",
    request=Empty,
    answer=models.GiveoutFile,
    right="returns:write",
    file_type="image/png",
)
def barcode_reset(call: Call, request: Empty) -> models.GiveoutFile | File:
    """Replaces the barcode and answers with the new one as PNG; the old one opens nothing any more."""
    return _answer(call, _png(services.reset_code(seller=call.seller, actor=call.actor, now=call.now)))


@endpoint(
    "/v1/return/giveout/get-pdf",
    request=Empty,
    answer=models.GiveoutFile,
    right="returns:write",
    file_type="application/pdf",
)
def get_pdf(call: Call, request: Empty) -> models.GiveoutFile | File:
    """Prints the barcode on a page."""
    code = services.code(seller=call.seller, now=call.now)
    return _answer(call, File(services.sheet(code, call.seller.name, _("Picking up returns")), "application/pdf",
                              "giveout.pdf"))


@endpoint(
    "/v1/return/giveout/get-png",
    request=Empty,
    answer=models.GiveoutFile,
    right="returns:write",
    file_type="image/png",
)
def get_png(call: Call, request: Empty) -> models.GiveoutFile | File:
    """Answers with the barcode as PNG."""
    return _answer(call, _png(services.code(seller=call.seller, now=call.now)))


@endpoint(
    "/v1/return/giveout/is-enabled",
    request=Empty,
    answer=models.GiveoutIsEnabledResponse,
    right="returns:read",
)
def is_enabled(call: Call, request: Empty) -> models.GiveoutIsEnabledResponse:
    """Tells whether goods are handed out by barcode: here always."""
    return models.GiveoutIsEnabledResponse(enabled=True)


@endpoint(
    "/v1/return/giveout/list",
    request=models.GiveoutListRequest,
    answer=models.GiveoutListResponse,
    right="returns:read",
)
def giveout_list(call: Call, request: models.GiveoutListRequest) -> models.GiveoutListResponse:
    """Lists what was handed out to the shop, oldest first."""
    return models.GiveoutListResponse(
        giveouts=[
            models.GiveoutDetails(
                approved_articles_count=row.approved,
                created_at=row.created_at,
                giveout_id=row.id,
                giveout_status=_STATUS[row.status],
                total_articles_count=row.total,
                warehouse_address=row.city,
                warehouse_id=row.place_id,
                warehouse_name=_name(row),
            )
            for row in queries.giveouts(
                call.seller,
                after_id=max(request.last_id, 0),
                limit=min(request.limit, _MOST),
                warehouse_ids=scope.warehouses(call),
            )
        ]
    )


def _name(row: GiveoutRow) -> str:
    return _("Return point %(city)s") % {"city": row.city}


@endpoint(
    "/v1/return/giveout/info",
    request=models.GiveoutInfoRequest,
    answer=models.GiveoutInfoResponse,
    right="returns:read",
)
def giveout_info(call: Call, request: models.GiveoutInfoRequest) -> models.GiveoutInfoResponse:
    """Tells what one give-out held."""
    found = queries.giveout(call.seller, request.giveout_id, scope.warehouses(call))
    if found is None:
        raise ApiError(Code.NOT_FOUND, "GIVEOUT_NOT_FOUND")
    row, goods = found
    return models.GiveoutInfoResponse(
        articles=[
            models.ArticleDetails(
                approved=row.status == "completed",
                delivery_schema=f"GIVEOUT_DELIVERY_SCHEMA_{'FBO' if one.scheme == 'fbo' else 'FBS'}",
                name=one.name,
                seller_id=one.seller_id,
            )
            for one in goods
        ],
        giveout_id=row.id,
        giveout_status=_STATUS[row.status],
        warehouse_address=row.city,
        warehouse_name=_name(row),
    )
