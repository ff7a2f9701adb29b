"""Files of certificates and appeals: looked at by their bytes, bounded, encrypted, never served as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.models_moderation import PaperFile
from sellerdesk.core import crypto, scanning, storage
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid, LimitReached, NotFound
from sellerdesk.sellers.services import documents

MAX_FILES = 10
#: Files of one shop, those of old papers included.
MAX_FILES_OF_SHOP = 2000
PREFIX = "papers"
_PURPOSE = "goods papers"


def keep(*, seller_id: int, files: Sequence[tuple[str, bytes]], now: datetime, certificate_id: int | None = None,
         case_id: int | None = None) -> list[int]:
    """Check, encrypt and store the files of one paper or appeal. Returns their ids; on a refusal nothing is kept.

    Raises Invalid naming the file and the reason, LimitReached.
    """
    if len(files) > MAX_FILES:
        raise Invalid("too_many_files", _("At most %(limit)s files fit here."), field="files",
                      data={"limit": MAX_FILES})
    if PaperFile.objects.filter(seller_id=seller_id).count() + len(files) > MAX_FILES_OF_SHOP:
        raise LimitReached("too_many_files", _("The shop has handed in as many files as fit: %(limit)s."),
                           data={"limit": MAX_FILES_OF_SHOP})
    kinds = [_kind(name, data) for name, data in files]
    keys: list[str] = []
    try:
        rows = []
        for (name, data), kind in zip(files, kinds, strict=True):
            keys.append(storage.save_bytes(PREFIX, crypto.encrypt(data, _PURPOSE), "bin"))
            rows.append(PaperFile(
                seller_id=seller_id, certificate_id=certificate_id, case_id=case_id, name=documents.file_name(name),
                content_type=kind, size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), storage_key=keys[-1],
                created_at=now))
        with atomic():
            made = [row.pk for row in PaperFile.objects.bulk_create(rows)]
            scanning.submit(kind=PREFIX, keys=keys, seller_id=seller_id)
        return made
    except BaseException:
        for key in keys:
            storage.delete(key)
        raise


def _kind(name: str, data: bytes) -> str:
    """The content type by the bytes. Raises Invalid on field `files` with the file's name as the value."""
    try:
        return documents.inspect(data)
    except Invalid as refused:
        raise Invalid(refused.code, refused.fields[0].message, field="files",
                      data={"value": documents.file_name(name)}) from None


def open_file(*, file_id: int, seller_id: int | None = None) -> tuple[str, str, bytes]:
    """Name, content type and bytes. With `seller_id` only that shop's.

    Raises NotFound, and Conflict while the virus scanner has not looked at it or where it found something.
    """
    rows = PaperFile.objects.filter(pk=file_id)
    row = (rows.filter(seller_id=seller_id) if seller_id is not None else rows).first()
    if row is None:
        raise NotFound()
    scanning.must_be_clean([row.storage_key])
    return row.name, row.content_type, read(row.storage_key)


def read(key: str) -> bytes:
    """The bytes of a file by where it lies. Raises NotFound."""
    return crypto.decrypt(storage.open_bytes(key), _PURPOSE)


def forget(certificate_id: int) -> None:
    """Delete the files of a paper that is thrown away, once that is certain."""
    keys = list(PaperFile.objects.filter(certificate_id=certificate_id).values_list("storage_key", flat=True))

    def delete() -> None:
        for key in keys:
            storage.delete(key)

    transaction.on_commit(delete)


def must_be_clean(certificate_id: int) -> None:
    """Before a paper is accepted. Raises Conflict while one of its files has not passed the virus scanner."""
    scanning.must_be_clean(PaperFile.objects.filter(certificate_id=certificate_id).values_list(
        "storage_key", flat=True))
