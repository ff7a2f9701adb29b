"""Uploads of pictures by file name: what was sent, what it would do, what became of each file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from sellerdesk.catalog import matching, stored
from sellerdesk.catalog.errors import UploadUnknown
from sellerdesk.catalog.models import Product, ProductBarcode
from sellerdesk.catalog.models_pictures import PictureFile, PictureUpload
from sellerdesk.catalog.picture_types import FileInfo, Foreseen, UploadInfo, in_order
from sellerdesk.catalog.queries.products import refs
from sellerdesk.core.db import of_shop
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

_FILE = ("number", "name", "state", "product_id", "matched_by", "position", "key", "thumb_key", "why", "closest")
#: Offer ids looked at for a name like the one of a file, newest products first.
_LIKE_AMONG = 50_000


def upload(seller: SellerRef, upload_id: int) -> UploadInfo:
    """Two queries. Raises UploadUnknown, for another shop's too."""
    row = PictureUpload.objects.filter(pk=upload_id, seller_id=seller.id).first()
    if row is None:
        raise UploadUnknown()
    return _infos([row])[0]


def uploads(seller: SellerRef, *, cursor: str | None = None, limit: int = 20) -> Page[UploadInfo]:
    """Uploads, newest first. Two queries."""
    page = keyset(PictureUpload.objects.filter(seller_id=seller.id), "-id", cursor=cursor, limit=limit)
    return Page(_infos(page.rows), page.next_cursor, page.prev_cursor)


def _infos(rows: Sequence[PictureUpload]) -> list[UploadInfo]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for upload_id, state, count in PictureFile.objects.filter(upload__in=[row.pk for row in rows]).values_list(
            "upload_id", "state").annotate(Count("id")):
        counts[upload_id][state] = count
    return [_info(row, counts[row.pk]) for row in rows]


def _info(row: PictureUpload, counts: dict[str, int]) -> UploadInfo:
    done = sum(counts.values()) - (counts.get("matched", 0) if row.state == "applying" else 0)
    return UploadInfo(row.pk, row.file_name, row.state, row.mode, row.total, done, row.actor.get("label", ""),
                      row.created_at, row.batch_id, stored.error(row.problem) if row.problem else None, counts)


def files(seller: SellerRef, upload_id: int, *, states: Sequence[str] = (), limit: int = 1000) -> list[FileInfo]:
    """Files of an upload in the order sent. One query."""
    rows = PictureFile.objects.filter(upload_id=upload_id, upload__seller_id=seller.id)
    if states:
        rows = rows.filter(state__in=list(states))
    return [_file(row) for row in rows.order_by("number").values_list(*_FILE)[:limit]]


def _file(row: Sequence[Any]) -> FileInfo:
    return FileInfo(row[0], row[1], row[2], row[3] or 0, row[4], row[5], row[6], row[7],
                    stored.error(row[8]) if row[8] else None, row[9])


def foreseen(seller: SellerRef, upload_id: int, *, limit: int = 100) -> list[Foreseen]:
    """What an upload means for each product, as the cards are now. Two queries."""
    coming: dict[int, list[FileInfo]] = defaultdict(list)
    for file in files(seller, upload_id, states=("matched", "saved")):
        coming[file.product_id].append(file)
    rows = Product.objects.filter(of_shop(seller.id), id__in=list(coming)).order_by("id").values_list(
        "id", "offer_id", "name", "images")[:limit]
    return [Foreseen(row[0], row[1], row[2], [stored.image(each) for each in row[3]], in_order(coming[row[0]]))
            for row in rows]


def named(seller: SellerRef, names: Sequence[str]) -> tuple[matching.Known, list[str]]:
    """Products that these files may be called after, and offer ids to compare with what nobody is called.

    Three queries whatever the number of names.
    """
    texts = {text for name in names for text, _position in matching.readings(name)}
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]
    found = refs(seller, offer_ids=sorted(text for text in texts if len(text) <= 50), skus=numbers)
    codes = ProductBarcode.objects.filter(seller_id=seller.id, code__in=texts).order_by("-product_id")
    newest = Product.objects.filter(seller_id=seller.id).order_by("-id")
    offers = list(newest.values_list("offer_id", "id")[:_LIKE_AMONG])
    folded = matching.folded(offers)
    loose = {text: folded[text.casefold()] for text in texts if text.casefold() in folded}
    return matching.Known(
        {**loose, **{ref.offer_id: ref.id for ref in found}}, {str(ref.sku): ref.id for ref in found},
        dict(codes.values_list("code", "product_id"))), [offer_id for offer_id, _id in offers]
