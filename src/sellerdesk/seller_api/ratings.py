"""The content score of cards, by group and condition."""

from __future__ import annotations

from sellerdesk.catalog import queries as catalog
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import ratings as models


@endpoint(
    "/v1/product/rating-by-sku",
    request=models.GetProductRatingBySkuRequest,
    answer=models.GetProductRatingBySkuResponse,
    right="products:read",
)
def rating_by_sku(
    call: Call, request: models.GetProductRatingBySkuRequest
) -> models.GetProductRatingBySkuResponse:
    """Tells the content score of up to 100 products, and what would raise it."""
    found = catalog.scores(call.seller, request.skus, call.language)
    return models.GetProductRatingBySkuResponse(
        products=[
            models.ProductRating(
                sku=sku,
                rating=float(score.total),
                groups=[
                    models.RatingGroup(
                        key=group.key,
                        name=group.key,
                        rating=float(group.share),
                        weight=float(group.weight),
                        improve_at_least=sum(not one.met for one in group.conditions),
                        improve_attributes=[
                            models.RatingImproveAttribute(id=one.attribute_id, name=names.get(one.attribute_id, ""))
                            for one in group.conditions
                            if one.attribute_id and not one.met
                        ],
                        conditions=[
                            models.RatingCondition(
                                key=one.key if not one.attribute_id else f"attribute_{one.attribute_id}",
                                description=names.get(one.attribute_id, one.key),
                                cost=round(one.points, 2),
                                fulfilled=one.met,
                            )
                            for one in group.conditions
                        ],
                    )
                    for group in score.groups
                ],
            )
            for sku, (score, names) in found.items()
        ]
    )
