"""Products that join the marketplace's promotions by themselves: the list before its moment comes, and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sellerdesk.catalog.types import ProductRef
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.types import ActionRow, JoinInput, JoinOutcome, Planned
from sellerdesk.seller_api import errors, wire
from sellerdesk.seller_api.actions import price_text
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import auto_add as models
from sellerdesk.seller_api.schemas.actions import RejectedV2, WebsitePrices

#: Codes of ours that the older method has no word for.
_OLD_CODES = {"NOT_ELIGIBLE": "NOT_FOUND", "PRICE_UNREADABLE": "INVALID_ACTION_PRICE",
              "EXTREMELY_LOW_PRICE": "REJECTED_LOW_PRICE"}
_TOO_DEAR = ("MAX_ACTION_PRICE", "INVALID_ACTION_PRICE")

_Rows = Sequence[tuple[ProductRef, Planned]]


def _row(call: Call, action_id: int, moment: datetime) -> ActionRow:
    """The promotion, where its products join by themselves at that moment, to the second."""
    row = queries.action(call.seller, action_id)
    at = row.auto_join_at
    if row.own or at is None or abs((at - moment).total_seconds()) >= 1:
        raise errors.validation("invalid value of auto_add_date")
    return row


def _listed(call: Call, request: models.PageRequest) -> tuple[ActionRow, _Rows, int]:
    row = _row(call, request.action_id, request.auto_add_date)
    found = queries.planned(call.seller, row)
    return row, found[request.offset:request.offset + request.limit], len(found)


def _candidates(call: Call, request: models.PageRequest | models.CandidatesV2Request) -> tuple[ActionRow, _Rows, int]:
    """Products that fit and are neither in the promotion nor on the list, with the price they would have."""
    row = _row(call, request.action_id, request.auto_add_date)
    if row.auto_joined:
        return row, [], 0
    known = {ref.id for ref, _one in queries.planned(call.seller, row)}
    known |= {entry.product_id for entry in queries.entries(call.seller, action_ids=[row.id])}
    found = [(ref, Planned(one, queries.highest(row, one), None, False))
             for ref, one in queries.candidates(call.seller, row) if ref.id not in known]
    return row, found[request.offset:request.offset + request.limit], len(found)


def _old(row: ActionRow, ref: ProductRef, one: Planned) -> dict[str, Any]:
    product = one.product

    def number(minor: int) -> float:
        return wire.money_number(minor, product.currency)

    return {
        "product_id": ref.id, "offer_id": ref.offer_id, "sku": ref.sku, "name": ref.name, "currency": product.currency,
        "price": number(product.price_minor), "marketplace_seller_price": number(product.price_minor),
        "min_seller_price": number(product.min_minor), "max_discount_price": number(queries.highest(row, product)),
        "action_price_to_auto_add": number(one.price_minor), "quantity_to_auto_add": one.stock or 0,
        "min_action_quantity": row.terms.least_stock}


def _new(row: ActionRow, ref: ProductRef, one: Planned) -> dict[str, Any]:
    product = one.product
    price = wire.money(product.price_minor, product.currency)
    return {
        "offer_id": ref.offer_id, "sku": ref.sku, "name": ref.name, "currency": product.currency, "price": price,
        "base_price": price, "marketplace_seller_price": price, "website_prices": WebsitePrices(price=price),
        "min_seller_price": wire.money(product.min_minor, product.currency),
        "max_discount_price": wire.money(queries.highest(row, product), product.currency),
        "action_price_to_auto_add": wire.money(one.price_minor, product.currency),
        "quantity_to_auto_add": one.stock or 0, "min_action_quantity": row.terms.least_stock}


@endpoint("/v1/actions/auto-add/products/candidates", request=models.PageRequest, answer=models.CandidatesV1Response,
          right="prices:read", deprecated=True)
def candidates_v1(call: Call, request: models.PageRequest) -> models.CandidatesV1Response:
    """Lists products that could be put on the list of those that join automatically."""
    row, shown, total = _candidates(call, request)
    return models.CandidatesV1Response(total=total, products=[
        models.CandidateV1(**(made := _old(row, ref, one)), base_price=made["price"]) for ref, one in shown])


@endpoint("/v2/actions/auto-add/products/candidates", request=models.CandidatesV2Request,
          answer=models.CandidatesV2Response, right="prices:read")
def candidates_v2(call: Call, request: models.CandidatesV2Request) -> models.CandidatesV2Response:
    """Lists products that could be put on the list of those that join automatically."""
    row, shown, total = _candidates(call, request)
    return models.CandidatesV2Response(products=[
        models.AutoCandidateV2(**_new(row, ref, one), id=ref.id, is_manually_added=False) for ref, one in shown],
        total=total)


@endpoint("/v1/actions/auto-add/products/list", request=models.PageRequest, answer=models.ListV1Response,
          right="prices:read", deprecated=True)
def list_v1(call: Call, request: models.PageRequest) -> models.ListV1Response:
    """Lists products that will join a promotion automatically; none once they have."""
    row, shown, total = _listed(call, request)
    return models.ListV1Response(products=[
        models.ListedV1(**_old(row, ref, one), add_mode="MANUAL" if one.by_hand else "AUTO") for ref, one in shown],
        total=total)


@endpoint("/v2/actions/auto-add/products/list", request=models.PageRequest, answer=models.ListV2Response,
          right="prices:read")
def list_v2(call: Call, request: models.PageRequest) -> models.ListV2Response:
    """Lists products that will join a promotion automatically; none once they have."""
    row, shown, total = _listed(call, request)
    return models.ListV2Response(products=[
        models.ListedV2(**_new(row, ref, one), product_id=ref.id, add_mode=not one.by_hand) for ref, one in shown],
        total=total)


def _pairs(call: Call, outcomes: Sequence[JoinOutcome], code: str) -> list[models.Pair]:
    """Prices refused for a bound, with the bound."""
    bound = "most" if code == "MAX_ACTION_PRICE" else "least"
    return [models.Pair(one.product_id, wire.money_number(one.data[bound], call.seller.currency))
            for one in outcomes if one.code == code]


@endpoint("/v1/actions/auto-add/products/update", request=models.UpdateV1Request, answer=models.UpdateV1Response,
          right="prices:write", deprecated=True)
def update_v1(call: Call, request: models.UpdateV1Request) -> models.UpdateV1Response:
    """Puts products on the list of those that join automatically, or changes their price there."""
    _row(call, request.action_id, request.auto_add_date)
    outcomes = services.plan(seller=call.seller, action_id=request.action_id, actor=call.actor, now=call.now, rows=[
        JoinInput(row.product_id, price=price_text(row.action_price), currency=row.currency,
                  stock=row.quantity if row.quantity > 0 else None) for row in request.to_update])
    return models.UpdateV1Response(
        updated_ids=[str(one.product_id) for one in outcomes if one.done],
        rejected=[models.RejectedCode(one.product_id, _OLD_CODES.get(one.code, one.code),
                                      reason_text(one.code, one.data, call.seller.currency))
                  for one in outcomes if not one.done],
        below_min_price=_pairs(call, outcomes, "REJECTED_LOW_PRICE"),
        extremely_low_price=_pairs(call, outcomes, "EXTREMELY_LOW_PRICE"),
        failed_price=_pairs(call, outcomes, "MAX_ACTION_PRICE"))


@endpoint("/v2/actions/auto-add/products/update", request=models.UpdateV2Request, answer=models.UpdateV2Response,
          right="prices:write")
def update_v2(call: Call, request: models.UpdateV2Request) -> models.UpdateV2Response:
    """Puts products on the list of those that join automatically; a price above the allowed one takes a product off."""
    row = _row(call, request.action_id, request.auto_add_date)
    before = {ref.id for ref, _one in queries.planned(call.seller, row)}
    outcomes = services.plan(seller=call.seller, action_id=request.action_id, actor=call.actor, now=call.now, rows=[
        JoinInput(one.id, price=one.action_price.amount, currency=one.action_price.currency,
                  stock=one.stock if one.stock > 0 else None) for one in request.products], dearer_leaves=True)
    out = [one for one in outcomes if one.code in _TOO_DEAR and one.product_id in before]
    return models.UpdateV2Response(
        product_ids=[str(one.product_id) for one in outcomes if one.done or one.code == "NO_CHANGES"],
        deactivated_ids=[str(one.product_id) for one in out],
        rejected=[RejectedV2(one.product_id, one.code) for one in outcomes
                  if not one.done and one.code != "NO_CHANGES" and one not in out],
        below_min_price=_pairs(call, outcomes, "REJECTED_LOW_PRICE"),
        extremely_low_price=_pairs(call, outcomes, "EXTREMELY_LOW_PRICE"),
        failed_price=_pairs(call, outcomes, "MAX_ACTION_PRICE"))


def _taken_off(call: Call, request: models.DeleteRequest) -> models.DeleteResponse:
    _row(call, request.action_id, request.auto_add_date)
    outcomes = services.unplan(seller=call.seller, action_id=request.action_id, product_ids=request.product_ids,
                               actor=call.actor, now=call.now)
    return models.DeleteResponse(product_ids=[str(one.product_id) for one in outcomes if one.done])


@endpoint("/v1/actions/auto-add/products/delete", request=models.DeleteRequest, answer=models.DeleteResponse,
          right="prices:write", deprecated=True)
def delete_v1(call: Call, request: models.DeleteRequest) -> models.DeleteResponse:
    """Takes products off the list of those that join automatically; those not on it are left out of the answer."""
    return _taken_off(call, request)


@endpoint("/v2/actions/auto-add/products/delete", request=models.DeleteRequest, answer=models.DeleteResponse,
          right="prices:write")
def delete_v2(call: Call, request: models.DeleteRequest) -> models.DeleteResponse:
    """Takes products off the list of those that join automatically; those not on it are left out of the answer."""
    return _taken_off(call, request)
