"""Customs invoices of postings that cross a border."""

from __future__ import annotations

import base64
import binascii

from sellerdesk.orders import services
from sellerdesk.orders.queries import customs_invoices as reading
from sellerdesk.orders.types.invoices import InvoiceInput
from sellerdesk.seller_api import scope, wire
from sellerdesk.seller_api.actions import price_text
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import invoices as models
from sellerdesk.seller_api.schemas.cancelling import BooleanResponse


@endpoint(
    "/v1/invoice/file/upload",
    request=models.InvoiceFileUploadRequest,
    answer=models.InvoiceFileUploadResponse,
    right="postings:write",
)
def upload(call: Call, request: models.InvoiceFileUploadRequest) -> models.InvoiceFileUploadResponse:
    """Takes the file of a customs invoice, PDF or JPEG; its link is named when the invoice is created."""
    scope.require(call, [request.posting_number])
    try:
        data = base64.b64decode(request.base64_content, validate=True)
    except (binascii.Error, ValueError):
        raise ApiError(Code.INVALID_ARGUMENT, "INVOICE_FILE_REFUSED") from None
    file_id = services.keep_invoice_file(seller=call.seller, number=request.posting_number, data=data, now=call.now)
    return models.InvoiceFileUploadResponse(url=_link(call, file_id))


@endpoint(
    "/v2/invoice/create-or-update",
    request=models.InvoiceCreateOrUpdateRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def create_or_update(call: Call, request: models.InvoiceCreateOrUpdateRequest) -> BooleanResponse:
    """Gives a posting its customs invoice, or another one in place of it; the sum is in USD unless said otherwise."""
    number = request.posting_number
    scope.posting(call, number)
    services.put_invoice(
        seller=call.seller, number=number, file_id=reading.invoice_file_of_url(call.seller, request.url),
        actor=call.actor, now=call.now,
        said=InvoiceInput(
            wire.moment(request.date), request.number, price_text(request.price) if request.price else "",
            request.price_currency,
            tuple((int(one.sku) if one.sku.isascii() and one.sku.isdecimal() and len(one.sku) < 19 else 0, one.code)
                  for one in request.hs_codes)))
    return BooleanResponse(result=True)


@endpoint(
    "/v2/invoice/get",
    request=models.InvoiceOfPostingRequest,
    answer=models.InvoiceGetResponse,
    right="postings:read",
)
def get(call: Call, request: models.InvoiceOfPostingRequest) -> models.InvoiceGetResponse:
    """Tells the customs invoice of a posting; the link to its file is good for a day."""
    scope.posting(call, request.posting_number)
    row = reading.invoice(call.seller, request.posting_number)
    return models.InvoiceGetResponse(
        result=models.InvoiceResult(
            date=row.issued_at,
            file_url=_link(call, row.file_id) if row.file_id else "",
            hs_codes=[models.HsCode(code=code, sku=str(sku)) for sku, code in row.hs_codes.items()],
            number=row.number,
            price=wire.money_number(row.price.amount_minor, row.currency) if row.price else 0.0,
            price_currency=row.currency,
        )
    )


@endpoint(
    "/v1/invoice/delete",
    request=models.InvoiceOfPostingRequest,
    answer=BooleanResponse,
    right="postings:write",
)
def delete(call: Call, request: models.InvoiceOfPostingRequest) -> BooleanResponse:
    """Takes the customs invoice off a posting, with its file."""
    scope.posting(call, request.posting_number)
    services.remove_invoice(seller=call.seller, number=request.posting_number, actor=call.actor, now=call.now)
    return BooleanResponse(result=True)


def _link(call: Call, file_id: int) -> str:
    return call.base_url + reading.invoice_file_path(call.seller, file_id)
