"""Documents of products: PDFs that buyers may read, looked at by their bytes and kept under made-up names.

Each is handed out as a download that no browser shows in our name. Files stay when a card drops them: its history
speaks of them, and undo brings them back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.errors import MESSAGES, DocumentRefused
from sellerdesk.catalog.models import Product, ProductFile
from sellerdesk.catalog.types import DocumentInput
from sellerdesk.core import rules as dated
from sellerdesk.core import storage
from sellerdesk.core.db import atomic, locked, of_shop
from sellerdesk.core.errors import FieldError, Invalid, LimitReached, NotFound
from sellerdesk.sellers.services import documents
from sellerdesk.sellers.types import SellerRef

NAME_LENGTH = 100
_PREFIX = "goods-documents"
_MEGABYTE = 1024 * 1024
_HEAD = 4096
# A file that is a PDF to us and a page to somebody who guesses.
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed)\b", re.IGNORECASE)
_URL = re.compile(r"^https?://[^\s/]+", re.IGNORECASE)


def limits(now: datetime) -> Mapping[str, int]:
    """`max_bytes` of a file, files `per_product` and `per_shop`."""
    found: Mapping[str, int] = dated.get("catalog.documents", "", now).value
    return found


def store(*, seller: SellerRef, name: str, data: bytes, now: datetime) -> DocumentInput:
    """Keep one file; the same bytes again are the file that is there. Raises DocumentRefused, LimitReached."""
    _inspect(name, data, limits(now))
    digest = hashlib.sha256(data).hexdigest()
    shown = documents.file_name(name)[-NAME_LENGTH:]
    with atomic():
        locked(f"catalog.documents:{seller.id}")
        known = ProductFile.objects.filter(seller_id=seller.id, sha256=digest).values_list("id", flat=True).first()
        if known is None:
            most = limits(now)["per_shop"]
            if ProductFile.objects.filter(seller_id=seller.id).count() >= most:
                raise LimitReached("too_many_documents", _("The shop has as many documents as fit: %(limit)s."),
                                   data={"limit": most})
            key = storage.save_bytes(_PREFIX, data, "pdf")
            try:
                known = ProductFile.objects.create(seller_id=seller.id, sha256=digest, key=key, name=shown,
                                                   size_bytes=len(data), created_at=now).pk
            except BaseException:
                storage.delete(key)
                raise
    return DocumentInput(known, "", shown)


def _inspect(name: str, data: bytes, bounds: Mapping[str, int]) -> None:
    """Raises DocumentRefused on field `documents` with the file's name as the value."""
    if len(data) > bounds["max_bytes"]:
        raise _refused(name, "document_too_large", _("The file is larger than %(limit)s MB."),
                       limit=bounds["max_bytes"] // _MEGABYTE)
    if not data.startswith(b"%PDF-"):
        raise _refused(name, "document_kind", _("Only PDF files are taken as documents."))
    if _PAGE.search(data[:_HEAD]):
        raise _refused(name, "document_kind", _("The file is a web page as well. Print it into a new PDF."))
    try:
        documents.inspect(data)
    except Invalid as refused:
        raise _refused(name, refused.code, refused.fields[0].message) from None


def _refused(name: str, code: str, message: Any, **data: int) -> DocumentRefused:
    return DocumentRefused(code, message, field="documents", data={"value": documents.file_name(name), **data})


def open_file(*, seller: SellerRef, product_id: int, file_id: int) -> tuple[str, bytes]:
    """Name and bytes of a document that the card shows. Raises NotFound, for another shop's too."""
    cards = Product.objects.filter(seller_id=seller.id, id=product_id).values_list("documents", flat=True)
    names = {row["id"]: row["name"] for rows in cards for row in rows if row["id"]}
    key = ProductFile.objects.filter(seller_id=seller.id, id=file_id).values_list("key", flat=True).first()
    if key is None or file_id not in names:
        raise NotFound()
    return names[file_id], storage.open_bytes(key)


def known(seller: SellerRef, drafts: Iterable[Sequence[DocumentInput] | None]) -> dict[int, str]:
    """Id → name of the shop's files that drafts speak of. No query where they speak of none, else one."""
    wanted = {each.id for rows in drafts for each in rows or () if each.id}
    return dict(ProductFile.objects.filter(of_shop(seller.id), id__in=wanted).values_list(
        "id", "name")) if wanted else {}


def rows_of(wanted: Sequence[DocumentInput] | None, before: Sequence[Mapping[str, Any]], files: Mapping[int, str],
            now: datetime) -> tuple[list[dict[str, Any]], list[FieldError]]:
    """A card's documents as stored, and what is wrong with those asked for.

    An address that was fetched before keeps its file; one that failed is tried again. The same document counts once.
    """
    if wanted is None:
        return [dict(row) for row in before], []
    errors: list[FieldError] = []
    fetched = {row["source"]: row for row in before if row["source"] and row["state"] != "failed"}
    by_id = {row["id"]: row for row in before if row["id"]}
    made: dict[object, dict[str, Any]] = {}
    for each in wanted:
        if each.id:
            if each.id not in files:
                errors.append(_error("document_unknown", str(each.id)))
                continue
            row = by_id.get(each.id) or _row(each.id, files[each.id], "", "ready")
        elif not _URL.match(each.url):
            errors.append(_error("document_address_invalid", each.url[:200]))
            continue
        else:
            row = fetched.get(each.url) or _row(0, _name_in(each.url), each.url, "waiting")
        name = each.name.strip()[:NAME_LENGTH] or row["name"]
        made.setdefault(row["id"] or row["source"], {**row, "name": name})
    most = limits(now)["per_product"] if made else 0
    if len(made) > most:
        errors.append(_error("too_many_documents", str(len(made)), limit=most))
    return list(made.values()), errors


def _row(file_id: int, name: str, source: str, state: str) -> dict[str, Any]:
    return {"id": file_id, "name": name, "source": source, "state": state}


def _name_in(address: str) -> str:
    return documents.file_name(unquote(urlsplit(address).path))[-NAME_LENGTH:]


def _error(code: str, value: str, **data: int) -> FieldError:
    return FieldError("documents", code, MESSAGES[code], value, {"value": value, **data})
