"""What a request may look like, and what its refusal says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.seller_api import parsing
from sellerdesk.seller_api.errors import ApiError
from sellerdesk.seller_api.schemas import postings_fbs_acts as acts
from sellerdesk.seller_api.schemas import postings_fbs_v4 as v4
from sellerdesk.seller_api.schemas.labels import PostingFBSPackageLabelRequest
from sellerdesk.seller_api.schemas.prices import ImportProductsPricesRequest
from sellerdesk.seller_api.schemas.products import GetProductInfoListRequest, GetProductListRequest
from sellerdesk.seller_api.schemas.stocks import ProductsStocksRequest

STOCK = "invalid ProductsStocksRequest.Stocks[0]: embedded message failed validation | caused by: "
PACKAGE = (
    "invalid FbsPostingShipV4Request.Packages[0]: embedded message failed validation | caused by: "
    "invalid FbsPostingShipV4Request_Package.Products[1]: embedded message failed validation | caused by: "
)


@pytest.mark.parametrize(
    ("model", "body", "message"),
    [
        (GetProductListRequest, b"{}", "invalid GetProductListRequest.Filter: value is required"),
        (GetProductListRequest, b"", "invalid GetProductListRequest.Filter: value is required"),
        (
            GetProductListRequest,
            b'{"filter":{},"limit":1001}',
            "invalid GetProductListRequest.Limit: value must be inside range [1, 1000]",
        ),
        (
            v4.PostingFbsListRequest,
            b'{"filter":{"since":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}}',
            "invalid PostingFbsListRequest.Limit: value must be inside range [1, 100]",
        ),
        (
            v4.PostingFbsListRequest,
            b'{"limit":1,"filter":{"since":"2026-01-01T00:00:00Z"}}',
            "invalid PostingFbsListRequest.Filter: embedded message failed validation | caused by: "
            "invalid PostingFbsListRequest_Filter.To: value is required",
        ),
        (
            ProductsStocksRequest,
            b'{"stocks":[]}',
            "invalid ProductsStocksRequest.Stocks: value must contain at least 1 item(s)",
        ),
        (
            ProductsStocksRequest,
            b"{}",
            "invalid ProductsStocksRequest.Stocks: value must contain at least 1 item(s)",
        ),
        (
            ProductsStocksRequest,
            b'{"stocks":[{"offer_id":"a","stock":1}]}',
            STOCK + "invalid ProductsStocksRequest_Stock.WarehouseId: value must be greater than 0",
        ),
        (
            ProductsStocksRequest,
            b'{"stocks":[{"offer_id":"a","stock":-1,"warehouse_id":1}]}',
            STOCK + "invalid ProductsStocksRequest_Stock.Stock: value must be greater than or equal to 0",
        ),
        (
            acts.FbsPostingShipV4Request,
            b'{"posting_number":"1","packages":[{"products":[{"product_id":1,"quantity":1},{"product_id":2}]}]}',
            PACKAGE + "invalid FbsPostingShipV4Request_Package_Product.Quantity: value must be greater than 0",
        ),
        (
            PostingFBSPackageLabelRequest,
            b'{"posting_number":["1",""]}',
            "invalid PostingFBSPackageLabelRequest.PostingNumber[1]: value length must be at least 1 runes",
        ),
    ],
)
def test_a_broken_rule_is_told_in_the_words_clients_know(model, body, message):
    with pytest.raises(ApiError) as refusal:
        parsing.parse(model, body)

    assert (refusal.value.code, refusal.value.status) == (3, 400)
    assert refusal.value.message == f"Request validation error: {message}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"product_id":["x"]}', "proto: invalid value for int64 field product_id"),
        (b'{"product_id":[99999999999999999999]}', "proto: invalid value for int64 field product_id"),
        (b'{"offer_id":[7]}', "proto: invalid value for string field offer_id"),
        (b'{"offer_id":"a"}', "proto: invalid value for repeated field offer_id"),
        (b'{"offer_id":["a\\u0000"]}', "proto: invalid character \\u0000 in string"),
        (b'{"offer_id":["\xff"]}', "proto: syntax error: invalid UTF-8"),
        (b'{"sku":[1],\n "offer_id":}', "proto: syntax error (line 2:13): unexpected token"),
        (b"[]", "proto: syntax error (line 1:1): unexpected token"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body, message):
    with pytest.raises(ApiError) as refusal:
        parsing.parse(GetProductInfoListRequest, body)

    assert (refusal.value.code, refusal.value.message) == (3, message)


def test_int64_may_stand_as_text_and_unknown_fields_are_ignored():
    body = b'{"product_id":["123",456],"sku":["9007199254740993"],"something_new":{"a":1}}'

    request = parsing.parse(GetProductInfoListRequest, body)

    assert list(request.product_id) == [123, 456]
    assert list(request.sku) == [9007199254740993]


def test_null_means_absent():
    body = (
        b'{"filter":{"since":"2026-01-01T00:00:00","to":"2026-01-02T00:00:00Z","statuses":null},"limit":5,"with":null}'
    )

    request = parsing.parse(v4.PostingFbsListRequest, body)

    assert request.with_.financial_data is False
    assert list(request.filter.statuses) == []
    assert request.filter.to == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_backslash_before_u0000_is_plain_text():
    request = parsing.parse(ImportProductsPricesRequest, b'{"prices":[{"offer_id":"a\\\\u0000"}]}')

    assert request.prices[0].offer_id == "a\\u0000"
