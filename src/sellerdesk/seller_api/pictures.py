"""Pictures of products: the whole set replaced, and how far each picture is."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import picturesets
from sellerdesk.catalog.types import ImageInfo, ImageInput, ProductCard
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import pictures as models

_STATES = {"waiting": "imported", "fetching": "imported", "ready": "uploaded", "failed": "failed"}


@endpoint(
    "/v1/product/pictures/import",
    request=models.ProductImportPicturesRequest,
    answer=models.ProductInfoPicturesResponse,
    right="products:write",
)
def import_pictures(
    call: Call, request: models.ProductImportPicturesRequest
) -> models.ProductInfoPicturesResponse:
    """Replaces all pictures of a product by those named; ask `/v2/product/pictures/info` how far they are."""
    images = picturesets.replace_set(
        seller=call.seller,
        product_id=request.product_id,
        images=named(request.images, "", request.color_image),
        actor=call.actor,
        now=call.now,
    )
    return models.ProductInfoPicturesResponse(
        result=models.ProductInfoPicturesResponseResult(
            pictures=[
                models.ProductInfoPicturesResponsePicture(
                    is_color=image.color,
                    is_primary=not at,
                    product_id=request.product_id,
                    state=_STATES[image.state],
                    url=_address(call, image),
                )
                for at, image in enumerate(images)
            ]
        )
    )


@endpoint(
    "/v2/product/pictures/import",
    request=models.ProductImportPicturesV2Request,
    answer=models.ProductImportPicturesV2Response,
    right="products:write",
)
def import_pictures_v2(
    call: Call, request: models.ProductImportPicturesV2Request
) -> models.ProductImportPicturesV2Response:
    """Replaces all pictures of up to 100 products; ask `/v1/product/import/info` for the outcome by the task id."""
    task_id = picturesets.submit_sets(
        seller=call.seller,
        sets=[(item.offer_id, named(item.images, item.primary_image, item.color_image)) for item in request.items],
        actor=call.actor,
        now=call.now,
    )
    return models.ProductImportPicturesV2Response(task_id=task_id)


@endpoint(
    "/v2/product/pictures/info",
    request=models.ProductInfoPicturesV2Request,
    answer=models.ProductInfoPicturesV2Response,
    right="products:read",
)
def pictures_info(call: Call, request: models.ProductInfoPicturesV2Request) -> models.ProductInfoPicturesV2Response:
    """Tells the pictures of up to 1000 products, and why any of them is refused."""
    cards = catalog.cards(call.seller, request.product_id, call.language)
    return models.ProductInfoPicturesV2Response(items=[_item(call, card) for card in cards])


def named(images: Sequence[str], primary: str, color: str) -> tuple[ImageInput, ...]:
    """Addresses as pictures of a card: the main one first, the swatch of the colour last."""
    plain = [url for url in dict.fromkeys([primary, *images]) if url and url != color]
    swatch = [ImageInput(url=color, color=True)] if color else []
    return (*(ImageInput(url=url, color=False) for url in plain), *swatch)


def _item(call: Call, card: ProductCard) -> models.ProductInfoPicturesV2Item:
    shown = [_address(call, image) for image in card.images if not image.color and image.state != "failed"]
    return models.ProductInfoPicturesV2Item(
        product_id=card.id,
        primary_photo=shown[:1],
        photo=shown[1:],
        color_photo=[_address(call, image) for image in card.images if image.color and image.state != "failed"],
        errors=[
            models.ProductInfoPicturesV2Error(message=image.error, url=image.source)
            for image in card.images
            if image.error
        ],
    )


def _address(call: Call, image: ImageInfo) -> str:
    """Where the picture is, or where it is to come from."""
    return f"{call.base_url}{image.url}" if image.url else image.source
