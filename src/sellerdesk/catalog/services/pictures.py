"""Pictures: looked at, bounded, made anew, kept once per shop.

What is stored is never what was sent: pixels are decoded and encoded again as WebP, so metadata (where a photo was
taken) and anything hidden in the file stay behind.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from PIL import Image, ImageOps, UnidentifiedImageError

from sellerdesk.catalog import events, stored
from sellerdesk.catalog.errors import MESSAGES, PictureRefused
from sellerdesk.catalog.models import Picture, Product
from sellerdesk.catalog.types import ImageInfo, StoredPicture
from sellerdesk.core import activity, clock, fetch, jobs, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
THUMB_SIDE = 160
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_PRODUCTS_A_JOB = 20
# Pillow lets go of the interpreter while it decodes and encodes.
_THREADS = 2


@dataclass(frozen=True, slots=True)
class _Made:
    """Encoded picture and thumb, not yet stored."""

    sha256: str
    picture: bytes
    thumb: bytes
    width: int
    height: int


def store(*, seller: SellerRef, data: bytes, now: datetime) -> StoredPicture:
    """Keep one picture. The same bytes again give the same picture. Raises PictureRefused with a clear reason."""
    return store_many(seller=seller, pictures=[data], now=now)[0]


def store_many(*, seller: SellerRef, pictures: Sequence[bytes], now: datetime) -> list[StoredPicture]:
    """Keep several pictures, in the order given. Raises PictureRefused for the first broken one; none is kept then."""
    hashes = [hashlib.sha256(data).hexdigest() for data in pictures]
    known = _known(seller, hashes)
    fresh = {digest: data for digest, data in zip(hashes, pictures, strict=True) if digest not in known}
    if fresh:
        with ThreadPoolExecutor(_THREADS) as pool:
            made = list(pool.map(_encode, fresh, fresh.values()))
        prefix = f"pictures/{seller.id}"
        rows = [Picture(seller_id=seller.id, sha256=each.sha256,
                        key=storage.save_bytes(prefix, each.picture, "webp"),
                        thumb_key=storage.save_bytes(prefix, each.thumb, "webp"),
                        width=each.width, height=each.height, created_at=now) for each in made]
        Picture.objects.bulk_create(rows, ignore_conflicts=True)
        known |= _known(seller, list(fresh))
    return [known[digest] for digest in hashes]


def _known(seller: SellerRef, hashes: Sequence[str]) -> dict[str, StoredPicture]:
    rows = Picture.objects.filter(seller_id=seller.id, sha256__in=set(hashes)).values_list(
        "sha256", "key", "thumb_key", "width", "height")
    return {row[0]: StoredPicture(*row[1:]) for row in rows}


def _encode(digest: str, data: bytes) -> _Made:
    if len(data) > MAX_BYTES:
        raise PictureRefused("picture_too_large", _("The picture is larger than %(limit)s MB."), field="images",
                             data={"limit": MAX_BYTES // (1024 * 1024)})
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
        if opened.width * opened.height > MAX_PIXELS:
            raise PictureRefused("picture_too_many_pixels",
                                 _("The picture has more than %(limit)s million pixels."), field="images",
                                 data={"limit": MAX_PIXELS // 1_000_000})
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture = _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise PictureRefused("picture_unreadable", _("This is not a picture we can read. Send JPEG, PNG, WebP, GIF "
                                                     "or BMP."), field="images") from None
    except (OSError, ValueError, SyntaxError, IndexError, EOFError):
        raise PictureRefused("picture_broken", _("The picture file is broken or cut off. Save it again and retry."),
                             field="images") from None
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    thumb = picture.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return _Made(digest, _webp(picture, 84), _webp(thumb, 80), picture.width, picture.height)


def _flat(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes white, as on a shop's shelf."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


# --- pictures given by address ----------------------------------------------------------------------------------


def enqueue_waiting(seller_id: int, product_ids: Sequence[int]) -> None:
    """Put in the jobs that fetch pictures of these products, in the caller's transaction."""
    ids = sorted(product_ids)
    for at in range(0, len(ids), _PRODUCTS_A_JOB):
        jobs.enqueue(fetch_pictures, seller_id, ids[at:at + _PRODUCTS_A_JOB], seller_id=seller_id)


# A task lives beside the service it calls wherever the service itself puts it in: tasks.py would be above it.
@task(queue_name="slow")
def fetch_pictures(seller_id: int, product_ids: list[int]) -> None:
    """Fetch what these products' pictures still wait for. May run twice: only waiting ones are looked at."""
    with fetch.guarded_client() as client:
        fetch_waiting(seller=sellers.seller_ref(seller_id), product_ids=product_ids, client=client, now=clock.now())


def fetch_waiting(*, seller: SellerRef, product_ids: Sequence[int], client: httpx.Client, now: datetime) -> None:
    """Fetch and store the pictures that cards name by address. What fails is kept on the card, with the reason."""
    found = Product.objects.filter(seller_id=seller.id, id__in=list(product_ids)).values_list("images", flat=True)
    addresses = list(dict.fromkeys(image["source"] for images in found for image in images
                                   if image.get("state") == "waiting"))
    answers: dict[str, StoredPicture | FieldError] = {}
    for done, address in enumerate(addresses):
        jobs.progress(done, len(addresses))
        try:
            answers[address] = store(seller=seller, data=fetch.get_bytes(client, address, limit=MAX_BYTES), now=now)
        except (fetch.FetchFailed, PictureRefused) as error:
            first = error.fields[0]
            answers[address] = FieldError("images", "image_failed", first.message, address[:300],
                                          {**first.data, "value": address[:300], "level": "warning"})
    if answers:
        _put(seller, product_ids, answers, now)


def _put(seller: SellerRef, product_ids: Sequence[int], answers: dict[str, StoredPicture | FieldError],
         now: datetime) -> None:
    """Set the answers into the cards as they are now; the seller may have changed them while we were fetching."""
    counts: dict[str, int] = defaultdict(int)
    with atomic():
        locked(f"catalog:{seller.id}")
        for card in Product.objects.filter(seller_id=seller.id, id__in=list(product_ids)).order_by("id"):
            images: list[ImageInfo] = []
            errors = [row for row in card.errors if row["code"] not in ("image_failed", "all_image_failed")]
            for image in map(stored.image, card.images):
                answer = answers.get(image.source)
                if image.state == "waiting" and isinstance(answer, StoredPicture):
                    image = replace(image, key=answer.key, thumb_key=answer.thumb_key, state="ready", error="")
                    counts["ready"] += 1
                elif image.state == "waiting" and isinstance(answer, FieldError):
                    image = replace(image, state="failed", error=answer.text)
                    errors.append(stored.error_row(answer))
                    counts["failed"] += 1
                images.append(image)
            if images and all(image.state == "failed" for image in images):
                errors.insert(0, stored.error_row(FieldError("images", "all_image_failed",
                                                             MESSAGES["all_image_failed"], "", {"level": "warning"})))
            Product.objects.filter(pk=card.pk).update(
                images=[stored.image_row(image) for image in images], errors=errors, problem_count=len(errors))
        activity.record(events.PICTURES_FETCHED.name, now=now, actor=Actor.system("pictures"), seller_id=seller.id,
                        target_type="products", data={"ready": counts["ready"], "failed": counts["failed"],
                                                      "product_ids": list(product_ids)})
