"""Dividing a posting: packing a part of it, or making several of one."""

from __future__ import annotations

from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.types import PostingCard
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import postings_packing as models


@endpoint(
    "/v4/posting/fbs/ship/package",
    request=models.ShipPackageV4Request,
    answer=models.ShipPackageV4Response,
    right="postings:write",
)
def ship_package(call: Call, request: models.ShipPackageV4Request) -> models.ShipPackageV4Response:
    """Packs some goods of a posting; the rest stays to be packed under the old number."""
    scope.require(call, [request.posting_number])
    number = acts.ship_package(
        seller=call.seller,
        number=request.posting_number,
        goods=[(row.product_id, row.quantity) for row in request.products],
        unit_ids=[id_ for row in request.products for id_ in row.exemplarsIds],
        actor=call.actor,
        now=call.now,
    )
    return models.ShipPackageV4Response(result=number)


@endpoint(
    "/v1/posting/fbs/split",
    request=models.PostingFbsSplitRequest,
    answer=models.PostingFbsSplitResponse,
    right="postings:write",
)
def split(call: Call, request: models.PostingFbsSplitRequest) -> models.PostingFbsSplitResponse:
    """Makes several postings of one without packing any; what is not named stays in it."""
    scope.require(call, [request.posting_number])
    numbers = acts.split_posting(
        seller=call.seller,
        number=request.posting_number,
        parts=[[(row.product_id, row.quantity) for row in part.products] for part in request.postings],
        actor=call.actor,
        now=call.now,
    )
    parent, *made = [_part(card) for card in orders.cards(call.seller, numbers)]
    return models.PostingFbsSplitResponse(parent_posting=parent, postings=made)


@endpoint(
    "/v1/posting/fbs/traceable/split",
    request=models.TraceableSplitRequest,
    answer=models.TraceableSplitResponse,
    right="postings:write",
)
def traceable_split(call: Call, request: models.TraceableSplitRequest) -> models.TraceableSplitResponse:
    """Puts the traceable goods of a posting into one of their own, so that each travels with its papers."""
    scope.require(call, [request.posting_number])
    numbers = acts.split_traceable(
        seller=call.seller, number=request.posting_number, actor=call.actor, now=call.now
    )
    return models.TraceableSplitResponse(
        postings=[
            models.TraceableSplitPosting(
                posting_number=card.number,
                potential_blr_traceable=any("rnpt" in line.needs.split() for line in card.lines),
                products=[models.TraceableSplitProduct(quantity=line.quantity, sku=line.sku) for line in card.lines],
            )
            for card in orders.cards(call.seller, numbers)
        ]
    )


def _part(card: PostingCard) -> models.SplitPostingAnswer:
    return models.SplitPostingAnswer(
        posting_number=card.number,
        products=[models.SplitProductAnswer(product_id=line.sku, quantity=line.quantity) for line in card.lines],
    )
