"""Papers about goods: words of the contract, lists, and the products a paper covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import certificates as reading
from sellerdesk.catalog.queries import wording
from sellerdesk.catalog.services import certificates
from sellerdesk.catalog.types import ProductRef
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import certificates as models
from sellerdesk.seller_api.schemas.base import Empty


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _words(pairs: dict[str, object]) -> models.CodeNameList:
    return models.CodeNameList(result=[models.CodeName(code=code, name=str(name)) for code, name in pairs.items()])


@endpoint(
    "/v1/product/certificate/status/list",
    request=Empty,
    answer=models.CodeNameList,
    right="products:read",
)
def status_list(call: Call, request: Empty) -> models.CodeNameList:
    """Lists the states that a paper can be in."""
    return _words({code: badge.label for code, badge in wording.CERTIFICATE_STATES.items()})


@endpoint(
    "/v1/product/certificate/rejection_reasons/list",
    request=Empty,
    answer=models.CodeNameList,
    right="products:read",
)
def rejection_reasons_list(call: Call, request: Empty) -> models.CodeNameList:
    """Lists the reasons for which papers are declined."""
    return _words(dict(certificates.DECLINE_REASONS))


@endpoint(
    "/v1/product/certificate/product_status/list",
    request=Empty,
    answer=models.CodeNameList,
    right="products:read",
)
def product_status_list(call: Call, request: Empty) -> models.CodeNameList:
    """Lists the states of products under a paper."""
    return _words(dict(wording.COVERED_STATES))


@endpoint(
    "/v1/product/certificate/types", request=Empty, answer=models.NameValueList, right="products:read", method="GET"
)
def types(call: Call, request: Empty) -> models.NameValueList:
    """Lists the kinds of papers."""
    return _values(dict(wording.PAPERS))


@endpoint(
    "/v1/product/certificate/accordance-types",
    request=Empty,
    answer=models.NameValueList,
    right="products:read",
    method="GET",
)
def accordance_types(call: Call, request: Empty) -> models.NameValueList:
    """Lists what papers attest."""
    return _values(dict(certificates.ACCORDANCE))


@endpoint(
    "/v2/product/certificate/accordance-types/list",
    request=Empty,
    answer=models.AccordanceTypesResponse,
    right="products:read",
    method="GET",
)
def accordance_types_v2(call: Call, request: Empty) -> models.AccordanceTypesResponse:
    """Lists what papers attest; none of it is for dangerous goods alone."""
    return models.AccordanceTypesResponse(
        result=models.AccordanceTypes(
            base=[models.AccordanceType(code=code, title=str(name)) for code, name in certificates.ACCORDANCE.items()]
        )
    )


def _values(pairs: dict[str, object]) -> models.NameValueList:
    return models.NameValueList(result=[models.NameValue(name=str(name), value=code) for code, name in pairs.items()])


@endpoint(
    "/v1/product/certificate/delete",
    request=models.CertificateDeleteRequest,
    answer=models.CertificateDeleteResponse,
    right="products:write",
)
def certificate_delete(call: Call, request: models.CertificateDeleteRequest) -> models.CertificateDeleteResponse:
    """Throws a paper away with its files; goods that need it are hidden."""
    certificates.remove(
        seller=call.seller, certificate_id=request.certificate_id, actor=call.actor, now=call.now
    )
    return models.CertificateDeleteResponse(result=models.CertificateDeleted(is_delete=True))


@endpoint(
    "/v1/product/certificate/list",
    request=models.CertificateListRequest,
    answer=models.CertificateListResponse,
    right="products:read",
)
def certificate_list(call: Call, request: models.CertificateListRequest) -> models.CertificateListResponse:
    """Lists the shop's papers, page by page, newest first."""
    rows, total = reading.certificates_numbered(
        call.seller,
        state=request.status,
        kind=request.type,
        offer_id=request.offer_id,
        page=request.page,
        page_size=request.page_size,
    )
    return models.CertificateListResponse(
        result=models.CertificateListResult(
            certificates=[_certificate(row) for row in rows], page_count=-(-total // request.page_size)
        )
    )


@endpoint(
    "/v1/product/certificate/info",
    request=models.CertificateInfoRequest,
    answer=models.CertificateInfoResponse,
    right="products:read",
)
def certificate_info(call: Call, request: models.CertificateInfoRequest) -> models.CertificateInfoResponse:
    """Tells about one paper, named by its number."""
    row = reading.by_number(call.seller, request.certificate_number)
    return models.CertificateInfoResponse(result=_certificate(row))


@endpoint(
    "/v1/product/certificate/products/list",
    request=models.CertificateProductsRequest,
    answer=models.CertificateProductsResponse,
    right="products:read",
)
def certificate_products(
    call: Call, request: models.CertificateProductsRequest
) -> models.CertificateProductsResponse:
    """Lists the products that a paper covers, by product id."""
    row = reading.certificate(request.certificate_id, call.seller)
    products, total = reading.covered_page(
        row.id, last_id=request.last_id, limit=request.limit, code=request.product_status_code
    )
    return models.CertificateProductsResponse(
        result=models.CertificateProductsResult(
            items=[
                models.CertificateProduct(product_id=product_id, sku=sku, product_status_code=code)
                for product_id, sku, code in products
            ],
            count=total,
        )
    )


@endpoint(
    "/v1/product/certificate/bind",
    request=models.CertificateBindRequest,
    answer=models.CertificateBindResponse,
    right="products:write",
)
def certificate_bind(call: Call, request: models.CertificateBindRequest) -> models.CertificateBindResponse:
    """Lets a paper cover more products."""
    named = _named(call, request.product_id, request.skus)
    if len(named) != len(set(request.product_id)) + len(set(request.skus)):
        raise ApiError(Code.NOT_FOUND, "product not found")
    certificates.bind(
        seller=call.seller,
        certificate_id=request.certificate_id,
        product_ids=[ref.id for ref in named],
        actor=call.actor,
        now=call.now,
    )
    return models.CertificateBindResponse(result=True)


@endpoint(
    "/v1/product/certificate/unbind",
    request=models.CertificateBindRequest,
    answer=models.CertificateUnbindResponse,
    right="products:write",
)
def certificate_unbind(call: Call, request: models.CertificateBindRequest) -> models.CertificateUnbindResponse:
    """Takes products off a paper, and tells of each."""
    row = reading.certificate(request.certificate_id, call.seller)
    named = {ref.id: ref for ref in _named(call, request.product_id, request.skus)}
    bound = {product_id for product_id, _sku, _code in reading.covered_page(row.id, last_id=0, limit=1000)[0]}
    certificates.unbind(
        seller=call.seller, certificate_id=row.id, product_ids=named.keys() & bound, actor=call.actor, now=call.now
    )
    asked = [*request.product_id, *(ref.id for ref in named.values() if ref.sku in set(request.skus))]
    return models.CertificateUnbindResponse(
        result=[
            models.CertificateUnbindItem(
                product_id=product_id,
                updated=product_id in bound and product_id in named,
                error="" if product_id in bound and product_id in named else "product is not bound to the certificate",
            )
            for product_id in dict.fromkeys(asked)
        ]
    )


def _named(call: Call, product_ids: Sequence[int], skus: Sequence[int]) -> list[ProductRef]:
    if not product_ids and not skus:
        raise ApiError(Code.INVALID_ARGUMENT, "use either product_id or skus")
    return catalog.refs(call.seller, product_ids=product_ids, skus=skus)


def _certificate(row: reading.CertificateRow) -> models.Certificate:
    return models.Certificate(
        certificate_id=row.id,
        certificate_number=row.number,
        certificate_name=row.name,
        type_code=row.type,
        status_code=row.state,
        accordance_type_code=row.accordance,
        rejection_reason_code=row.reason,
        verification_comment=row.note,
        issue_date=_moment(row.issued_on),
        expire_date=_moment(row.expires_on) if row.expires_on else None,
        products_count=row.products,
    )
