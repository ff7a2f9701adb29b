"""Pictures: kept once per shop, whatever they were called and however often they come.

What is stored is never what was sent: pixels are decoded and encoded again as WebP, so metadata (where a photo was
taken) and anything hidden in the file stay behind. Picture and thumb are there at once, the sizes between are made by
a job; until then the whole picture stands in for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django_tasks import task

from sellerdesk.catalog.errors import PictureRefused
from sellerdesk.catalog.models import Picture
from sellerdesk.catalog.services import imaging
from sellerdesk.catalog.types import StoredPicture, sized
from sellerdesk.core import clock, jobs, storage
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import NotFound
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

# Pillow lets go of the interpreter while it decodes and encodes.
_THREADS = 2


def store(*, seller: SellerRef, data: bytes, now: datetime) -> StoredPicture:
    """Keep one picture. The same bytes again give the same picture. Raises PictureRefused with a clear reason."""
    return store_many(seller=seller, pictures=[data], now=now)[0]


def store_many(*, seller: SellerRef, pictures: Sequence[bytes], now: datetime) -> list[StoredPicture]:
    """Keep several pictures, in the order given. Raises PictureRefused for the first broken one; none is kept then."""
    made = _make(seller, pictures, now)
    for each in made.values():
        if isinstance(each, PictureRefused):
            raise each
    return [found for found in _keep(seller, pictures, made, now) if isinstance(found, StoredPicture)]


def store_each(*, seller: SellerRef, pictures: Sequence[bytes],
               now: datetime) -> list[StoredPicture | PictureRefused]:
    """Keep the sound ones of several pictures; each broken one gives its refusal instead, in the order given."""
    return _keep(seller, pictures, _make(seller, pictures, now), now)


def _make(seller: SellerRef, pictures: Sequence[bytes], now: datetime) -> dict[str, imaging.Made | PictureRefused]:
    """What is made of the files that the shop does not have yet, by their digest."""
    files = {imaging.digest(data): data for data in pictures}
    known = _known(seller, list(files))
    rules = imaging.rules_at(now)

    def make(item: tuple[str, bytes]) -> tuple[str, imaging.Made | PictureRefused]:
        try:
            return item[0], imaging.make(item[1], rules)
        except PictureRefused as refused:
            return item[0], refused

    with ThreadPoolExecutor(_THREADS) as pool:
        return dict(pool.map(make, [item for item in files.items() if item[0] not in known]))


def _keep(seller: SellerRef, pictures: Sequence[bytes], made: dict[str, imaging.Made | PictureRefused],
          now: datetime) -> list[StoredPicture | PictureRefused]:
    fresh = [each for each in made.values() if isinstance(each, imaging.Made)]
    if fresh:
        # Another file that shows the very same: the shop has it already, under other bytes.
        alike = {row[0]: row[1:] for row in Picture.objects.filter(
            seller_id=seller.id, pixels__in={each.pixels for each in fresh}).values_list("pixels", "key", "thumb_key")}
        prefix = f"pictures/{seller.id}"
        new: list[str] = []
        rows = []
        for each in fresh:
            if each.pixels not in alike:
                alike[each.pixels] = (storage.save_bytes(prefix, each.picture, "webp"),
                                      storage.save_bytes(prefix, each.thumb, "webp"))
                new.append(alike[each.pixels][0])
            key, thumb_key = alike[each.pixels]
            rows.append(Picture(seller_id=seller.id, sha256=each.sha256, pixels=each.pixels, key=key,
                                thumb_key=thumb_key, width=each.width, height=each.height, created_at=now))
        with atomic():
            Picture.objects.bulk_create(rows, ignore_conflicts=True)
            if new:
                jobs.enqueue(make_sizes, seller.id, new, seller_id=seller.id)
    digests = [imaging.digest(data) for data in pictures]
    known = _known(seller, digests)
    return [known[each] if each in known else _refusal(made[each]) for each in digests]


def _refusal(made: imaging.Made | PictureRefused) -> PictureRefused:
    if isinstance(made, imaging.Made):  # stored a moment ago, and gone again
        raise NotFound()
    return made


def _known(seller: SellerRef, hashes: Sequence[str]) -> dict[str, StoredPicture]:
    rows = Picture.objects.filter(seller_id=seller.id, sha256__in=set(hashes)).values_list(
        "sha256", "key", "thumb_key", "width", "height")
    return {row[0]: StoredPicture(*row[1:]) for row in rows}


# A task lives beside the service it calls wherever the service itself puts it in: tasks.py would be above it.
@task(queue_name="slow")
def make_sizes(seller_id: int, keys: list[str]) -> None:
    """Make the sizes between the thumb and the whole picture. May run twice: what is there is left."""
    size_pictures(seller=sellers.seller_ref(seller_id), keys=keys, now=clock.now())


def size_pictures(*, seller: SellerRef, keys: Sequence[str], now: datetime) -> int:
    """Make the missing sizes of these pictures of the shop; returns how many pictures were done."""
    rules = imaging.rules_at(now)
    todo = list(Picture.objects.filter(seller_id=seller.id, key__in=list(keys), sized_at=None).values_list("id", "key"))
    done: dict[str, bool] = {}
    for at, (_id, key) in enumerate(todo):
        jobs.progress(at, len(todo))
        if key not in done:
            picture = storage.open_bytes(key)
            for name in imaging.LATER:
                storage.put_bytes(sized(key, name), imaging.shrink(picture, rules.sizes[name]))
            done[key] = True
    Picture.objects.filter(id__in=[row[0] for row in todo]).update(sized_at=now)
    return len(done)
