"""Promotions of the marketplace: what they are, which products fit, joining and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.types import ActionRow, Candidate, Entry, JoinInput, JoinOutcome
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import actions as models
from sellerdesk.seller_api.schemas.base import Empty, Money

#: A price above the allowed one takes a product out instead of in.
_TOO_DEAR = ("MAX_ACTION_PRICE", "INVALID_ACTION_PRICE")


@endpoint(
    "/v1/actions",
    request=Empty,
    answer=models.GetSellerActionsV1Response,
    right="prices:read",
    method="GET",
)
def action_list(call: Call, request: Empty) -> models.GetSellerActionsV1Response:
    """Lists the marketplace's promotions that are not over."""
    rows = queries.shop_actions(call.seller, own=False, now=call.now)
    counts = queries.counts(call.seller, rows) if rows else {}
    return models.GetSellerActionsV1Response(
        result=[
            models.GetSellerActionsV1ResponseAction(
                id=row.id,
                title=row.terms.title,
                action_type="DISCOUNT",
                description=row.terms.description,
                date_start=_text(row.terms.starts_at),
                date_end=_text(row.terms.ends_at),
                auto_add_dates=[row.auto_join_at] if row.auto_join_at and not row.auto_joined else [],
                freeze_date=_text(row.terms.freeze_at) if row.terms.freeze_at else "",
                potential_products_count=counts[row.id].candidates,
                participating_products_count=counts[row.id].joined,
                is_participating=counts[row.id].joined > 0,
                discount_value=wire.percent(row.terms.discount_bp),
            )
            for row in rows
        ]
    )


def _text(moment: object) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def price_text(value: float) -> str:
    """A price of a request, as precise as it was written."""
    return format(Decimal(repr(value)), "f")


def _shown(call: Call, action_id: int, joined: bool, after: int, limit: int
           ) -> tuple[ActionRow, list[tuple[Candidate, Entry | None]], int]:
    """One page of the products that fit or that are in it, by id, and how many there are."""
    row = queries.action(call.seller, action_id)
    inside = {entry.product_id: entry for entry in queries.entries(call.seller, action_ids=[action_id])}
    every = [(one, inside.get(one.product_id)) for _ref, one in queries.candidates(call.seller, row)
             if (one.product_id in inside) == joined]
    return row, [pair for pair in every if pair[0].product_id > after][: limit or 100], len(every)


def _v1(call: Call, request: models.GetSellerProductV1Request, joined: bool) -> models.GetSellerProductV1Response:
    row, shown, total = _shown(call, request.action_id, joined, request.last_id, request.limit)
    currency = call.seller.currency
    return models.GetSellerProductV1Response(
        result=models.GetSellerProductV1ResponseResult(
            products=[
                models.Product(
                    id=one.product_id,
                    price=wire.money_number(one.price_minor, currency),
                    action_price=wire.money_number(entry.price_minor if entry else 0, currency),
                    max_action_price=wire.money_number(queries.highest(row, one), currency),
                    add_mode="NOT_SET" if entry is None else "AUTO" if entry.auto else "MANUAL",
                    min_stock=row.terms.least_stock,
                    stock=entry.stock or 0 if entry else 0,
                )
                for one, entry in shown
            ],
            total=total,
            last_id=shown[-1][0].product_id if shown else 0,
        )
    )


@endpoint(
    "/v1/actions/candidates",
    request=models.GetSellerProductV1Request,
    answer=models.GetSellerProductV1Response,
    right="prices:read",
    deprecated=True,
)
def candidates_v1(call: Call, request: models.GetSellerProductV1Request) -> models.GetSellerProductV1Response:
    """Lists products that could join a promotion."""
    return _v1(call, request, joined=False)


@endpoint(
    "/v1/actions/products",
    request=models.GetSellerProductV1Request,
    answer=models.GetSellerProductV1Response,
    right="prices:read",
    deprecated=True,
)
def products_v1(call: Call, request: models.GetSellerProductV1Request) -> models.GetSellerProductV1Response:
    """Lists products that are in a promotion."""
    return _v1(call, request, joined=True)


def _common(call: Call, row: ActionRow, one: Candidate, entry: Entry | None, held: set[int]) -> dict[str, object]:
    currency = call.seller.currency

    def money(minor: int) -> Money:
        return wire.money(minor, currency)

    return {
        "id": one.product_id,
        "price": money(one.price_minor),
        "action_price": money(entry.price_minor if entry else 0),
        "max_action_price": money(queries.highest(row, one)),
        "marketplace_seller_price": money(one.price_minor),
        "min_seller_price": money(one.min_minor),
        "alert_max_action_price": money(0),
        "price_min_elastic": money(0),
        "price_max_elastic": money(0),
        "website_prices": models.WebsitePrices(price=money(one.price_minor)),
        "min_stock": row.terms.least_stock,
        "recommended_stock": row.terms.least_stock,
        "is_quarantined": one.product_id in held,
    }


def _place(last_id: str) -> int:
    return int(last_id) if last_id.isdecimal() and len(last_id) < 19 else 0


@endpoint(
    "/v2/actions/candidates",
    request=models.ActionsCandidatesRequest,
    answer=models.ActionsCandidatesResponse,
    right="prices:read",
)
def candidates_v2(call: Call, request: models.ActionsCandidatesRequest) -> models.ActionsCandidatesResponse:
    """Lists products that could join a promotion."""
    row, shown, total = _shown(call, request.action_id, False, _place(request.last_id), request.limit)
    held = _held(call, shown)
    return models.ActionsCandidatesResponse(
        products=[models.CandidateV2(**_common(call, row, one, entry, held)) for one, entry in shown],  # type: ignore[arg-type]
        total=total,
        last_id=str(shown[-1][0].product_id) if shown else "",
    )


@endpoint(
    "/v2/actions/products",
    request=models.ActionsCandidatesRequest,
    answer=models.ActionsProductsResponse,
    right="prices:read",
)
def products_v2(call: Call, request: models.ActionsCandidatesRequest) -> models.ActionsProductsResponse:
    """Lists products that are in a promotion."""
    row, shown, total = _shown(call, request.action_id, True, _place(request.last_id), request.limit)
    held = _held(call, shown)
    return models.ActionsProductsResponse(
        products=[
            models.ProductV2(
                **_common(call, row, one, entry, held),  # type: ignore[arg-type]
                add_mode="AUTO" if entry and entry.auto else "SELLER",
                stock=entry.stock or 0 if entry else 0,
            )
            for one, entry in shown
        ],
        total=total,
        last_id=str(shown[-1][0].product_id) if shown else "",
    )


def _held(call: Call, shown: Sequence[tuple[Candidate, Entry | None]]) -> set[int]:
    ids = [one.product_id for one, _entry in shown]
    return {row.product_id for row in pricing.waiting(call.seller, product_ids=ids)} if ids else set()


def _reason(call: Call, one: JoinOutcome) -> str:
    return f"{one.code}: {reason_text(one.code, one.data, call.seller.currency)}"


def _joined(call: Call, action_id: int, rows: Sequence[JoinInput]) -> list[JoinOutcome]:
    return services.join(
        seller=call.seller, action_id=action_id, rows=rows, actor=call.actor, now=call.now, dearer_leaves=True
    )


@endpoint(
    "/v1/actions/products/activate",
    request=models.ActivateProductV1Request,
    answer=models.ProductV1Response,
    right="prices:write",
    deprecated=True,
)
def activate(call: Call, request: models.ActivateProductV1Request) -> models.ProductV1Response:
    """Takes products into a promotion; each is answered for itself."""
    outcomes = _joined(
        call,
        request.action_id,
        [JoinInput(row.product_id, price=price_text(row.action_price), stock=row.stock if row.stock > 0 else None)
         for row in request.products],
    )
    return models.ProductV1Response(
        result=models.ProductV1ResponseResult(
            product_ids=[one.product_id for one in outcomes if one.done or one.code == "NO_CHANGES"],
            rejected=[models.RejectedV1(product_id=one.product_id, reason=_reason(call, one))
                      for one in outcomes if not one.done and one.code != "NO_CHANGES"],
        )
    )


@endpoint(
    "/v1/actions/products/update",
    request=models.ActionsProductsUpdateRequest,
    answer=models.ActionsProductsUpdateResponse,
    right="prices:write",
)
def update(call: Call, request: models.ActionsProductsUpdateRequest) -> models.ActionsProductsUpdateResponse:
    """Takes products into a promotion or changes them there; a price above the allowed one takes a product out."""
    before = {entry.product_id for entry in queries.entries(call.seller, action_ids=[request.action_id])}
    outcomes = _joined(
        call,
        request.action_id,
        [JoinInput(row.product_id, price=row.action_price.amount, currency=row.action_price.currency,
                   stock=row.stock if row.stock > 0 else None) for row in request.products],
    )
    out = [one for one in outcomes if one.code in _TOO_DEAR and one.product_id in before]
    return models.ActionsProductsUpdateResponse(
        active_product_ids=[str(one.product_id) for one in outcomes if one.done or one.code == "NO_CHANGES"],
        deactivated_product_ids=[str(one.product_id) for one in out],
        rejected=[
            models.RejectedV2(product_id=one.product_id, reason=one.code)
            for one in outcomes
            if not one.done and one.code != "NO_CHANGES" and one not in out
        ],
    )


@endpoint(
    "/v1/actions/products/deactivate",
    request=models.ProductIDsV1Request,
    answer=models.ProductV1Response,
    right="prices:write",
    deprecated=True,
)
def deactivate_v1(call: Call, request: models.ProductIDsV1Request) -> models.ProductV1Response:
    """Takes products out of a promotion."""
    outcomes = services.leave(seller=call.seller, action_id=request.action_id, product_ids=request.product_ids,
                              actor=call.actor, now=call.now)
    return models.ProductV1Response(
        result=models.ProductV1ResponseResult(
            product_ids=[one.product_id for one in outcomes if one.done],
            rejected=[models.RejectedV1(product_id=one.product_id, reason=_reason(call, one))
                      for one in outcomes if not one.done],
        )
    )


@endpoint(
    "/v2/actions/products/deactivate",
    request=models.ActionsProductsDeactivateRequest,
    answer=models.ActionsProductsDeactivateResponse,
    right="prices:write",
)
def deactivate_v2(
    call: Call, request: models.ActionsProductsDeactivateRequest
) -> models.ActionsProductsDeactivateResponse:
    """Takes products out of a promotion; those that were not in it are left out of the answer."""
    outcomes = services.leave(seller=call.seller, action_id=request.action_id, product_ids=request.product_ids,
                              actor=call.actor, now=call.now)
    return models.ActionsProductsDeactivateResponse(product_ids=[str(one.product_id) for one in outcomes if one.done])
