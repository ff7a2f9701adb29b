"""Pictures: taken in from the editor one by one, watched while they are fetched, fetched once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.errors import PictureRefused
from sellerdesk.catalog.permissions import PICTURE_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.services import imaging
from sellerdesk.catalog.web import tiles
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest

# The browser sends each file by itself; a program may send some together.
_FILES_A_CALL = 10


@require_POST
@seller_view(PICTURE_EDIT)
def upload(request: WebRequest) -> JsonResponse:
    """Pictures dropped into the editor. Answers for each file, in order: its tile, or why it was refused."""
    sent = request.FILES.getlist("new_images")[:_FILES_A_CALL]
    stored = services.pictures.store_each(
        seller=request.seller, now=clock.now(), pictures=[each.read(imaging.MAX_BYTES + 1) for each in sent])
    return JsonResponse({"files": [
        {"name": each.name, "reason": " ".join(field.text for field in found.fields)}
        if isinstance(found, PictureRefused) else
        {"name": each.name, "tile": render_to_string("catalog/_picture_tiles.html",
                                                     {"tiles": [tiles.tile_of_stored(found)]}, request)}
        for each, found in zip(sent, stored, strict=True)]})


@require_GET
@seller_view(PRODUCT_VIEW)
def states(request: WebRequest, product_id: int) -> JsonResponse:
    """How far the pictures of a product given by address are. Raises ProductUnknown."""
    card = queries.product(request.seller, product_id, request.language)
    return JsonResponse({"pictures": [
        {"source": image.source, "state": image.state, "note": image.error, "thumb": image.card_url, "url": image.url,
         "key": image.key} for image in card.images if image.source]})


@require_POST
@seller_view(PICTURE_EDIT)
def retry(request: WebRequest, product_id: int) -> HttpResponse:
    """Fetch the refused pictures of a product once more. Raises ProductUnknown."""
    count = services.fetching.retry(seller=request.seller, product_id=product_id, actor=request.actor,
                                    now=clock.now())
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"count": count})
    messages.success(request, ngettext("%(count)s picture is being fetched once more.",
                                       "%(count)s pictures are being fetched once more.", count) % {"count": count})
    return redirect("catalog:product", product_id=product_id)
