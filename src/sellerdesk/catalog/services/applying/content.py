"""What will stand on a card: the columns that a draft makes, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sellerdesk.catalog import stored
from sellerdesk.catalog.models import Picture
from sellerdesk.catalog.services.applying.rows import Row, Wish, refuse
from sellerdesk.catalog.types import ImageInput
from sellerdesk.sellers.types import SellerRef

# Our own address of a stored picture: clients send back what the API gave them.
_OWN_MEDIA = re.compile(r"/media/(pictures/[\w./-]+)$")
ALT_LENGTH = 250


def thumbs_of(seller: SellerRef, wishes: Sequence[Wish]) -> dict[str, str]:
    """Key → thumb of the seller's stored pictures that the wishes name. At most one query."""
    keys = {_key(image) for wish in wishes for image in wish.draft.images} - {""}
    return dict(Picture.objects.filter(seller_id=seller.id, key__in=keys).values_list(
        "key", "thumb_key")) if keys else {}


def _key(image: ImageInput) -> str:
    if image.key:
        return image.key
    match = _OWN_MEDIA.search(image.url)
    return match[1] if match else ""


def content(row: Row, thumbs: Mapping[str, str]) -> dict[str, Any]:
    draft = row.draft
    return {"offer_id": draft.offer_id, "name": draft.name, "names": dict(draft.names),
            "description": draft.description, "descriptions": dict(draft.descriptions),
            "category_id": draft.category_id, "type_id": draft.type_id, "barcodes": list(draft.barcodes),
            "depth_mm": draft.depth_mm, "width_mm": draft.width_mm, "height_mm": draft.height_mm,
            "weight_g": draft.weight_g, "vat": draft.vat, "attributes": stored.attribute_rows(draft.attributes),
            "complexes": stored.complex_rows(draft.complexes), "images": _images(row, thumbs)}


def _images(row: Row, thumbs: Mapping[str, str]) -> list[dict[str, Any]]:
    """Stored pictures by key; addresses that were fetched before keep their picture, others wait to be fetched.

    The swatch of the colour stands last, so that the first is always the main picture.
    """
    before = (row.existing or {}).get("images", ())
    fetched = {image["source"]: image for image in before if image.get("source") and image.get("state") != "failed"}
    said = {name: image for image in before for name in (image.get("source"), image.get("key")) if name}
    made: list[dict[str, Any]] = []
    for image in row.draft.images:
        key = _key(image)
        if key in thumbs:
            entry = stored.image_row(key, thumbs[key], image.url if image.key else "", "ready")
        elif image.key:
            refuse(row, "images", "image_unknown", image.key)
            continue
        else:
            entry = fetched.get(image.url) or stored.image_row(source=image.url)
        known = said.get(key or image.url, {})
        entry = stored.marked(entry, alt=(known.get("alt", "") if image.alt is None else image.alt)[:ALT_LENGTH],
                              color=bool(known.get("color")) if image.color is None else image.color)
        same = (entry["key"], entry["source"] if not entry["key"] else "")
        if all((each["key"], each["source"] if not each["key"] else "") != same for each in made):
            made.append(entry)
    return sorted(made, key=lambda entry: bool(entry.get("color")))
