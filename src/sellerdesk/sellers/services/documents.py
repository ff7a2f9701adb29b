"""Papers of sellers: checked, encrypted, kept apart from everything that is served, opened only by reviewers."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from sellerdesk.core import activity, crypto, scanning, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid, LimitReached, NotFound
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries, states
from sellerdesk.sellers.models import Document
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.types import SellerRef

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_PAGES = 100
#: Papers of one shop, replaced ones included: somebody who fills the disk runs into it.
MAX_PAPERS = 200
PREFIX = "documents"
_PURPOSE = "seller documents"
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
#: What a paper has no use for, and an attack has: programs, things to start, files inside, and passwords.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)(?![a-zA-Z])")


def inspect(data: bytes) -> str:
    """The content type of a paper, found in its bytes, not in its name. Raises Invalid with a clear reason."""
    if not data:
        raise _refused("empty", _("The file is empty."))
    if len(data) > MAX_BYTES:
        raise _refused("too_large", _("The file is larger than 10 MB. Scan it with fewer dots or split it."))
    if data[:1024].lstrip().startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise _refused("broken", _("The file is damaged: its end is missing. Save it again."))
        if _ACTIVE.search(data):
            raise _refused("active", _("The PDF is locked by a password or holds programs or other files. "
                                       "Print it into a new PDF."))
        if len(_PAGE.findall(data)) > MAX_PAGES:
            raise _refused("too_many_pages", _("The document has more than 100 pages."))
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(data)) as picture:
            kind = {"JPEG": "image/jpeg", "PNG": "image/png"}.get(picture.format or "")
            if kind is None:
                raise UnidentifiedImageError
            if picture.width * picture.height > MAX_PIXELS:
                raise _refused("too_many_pixels", _("The picture has more than 50 million pixels. Make it smaller."))
            picture.verify()
    except Invalid:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise _refused("kind", _("Only PDF, JPG and PNG files are taken.")) from None
    return kind


def _refused(code: str, message: object) -> Invalid:
    return Invalid(f"document_{code}", message, field="file")


def file_name(given: str) -> str:
    """The name as people gave it, without paths and control characters. It is shown, never used for a file."""
    name = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[-120:] or "document"


def add_document(*, seller: SellerRef, item_key: str, name: str, data: bytes, user_id: int, actor: Actor,
                 now: datetime) -> int:
    """Hand in a paper for an item of the checklist; one that waits or was refused is replaced. Returns its id.

    Raises Invalid, NotFound for an item that asks for no paper, Conflict where the item's paper is approved already.
    """
    items = {one.item.key: one for one in queries.progress(seller, now).items if one.item.kind == "document"}
    if item_key not in items:
        raise NotFound("item_unknown")
    if items[item_key].done:
        raise Conflict("document_approved", _("This document is approved already. For other data of the company ask "
                                              "for a change of the legal data."))
    if seller.state in states.FINAL:
        raise Conflict("shop_state", _("Nothing can be handed in for this shop any more."))
    return keep(seller=seller, item_key=item_key, name=name, data=data, user_id=user_id, actor=actor, now=now)


def keep(*, seller: SellerRef, item_key: str, name: str, data: bytes, user_id: int, actor: Actor,
         now: datetime) -> int:
    """Check, encrypt and store a paper."""
    kind = inspect(data)
    if Document.objects.filter(seller_id=seller.id).count() >= MAX_PAPERS:
        raise LimitReached("too_many_documents", _("A shop can hand in at most %(limit)s documents."),
                           data={"limit": MAX_PAPERS})
    key = storage.save_bytes(PREFIX, crypto.encrypt(data, _PURPOSE), "bin")
    try:
        with atomic():
            Document.objects.filter(seller_id=seller.id, item_key=item_key, state__in=["in_review", "rejected"]).update(
                state="replaced")
            row = Document.objects.create(
                seller_id=seller.id, item_key=item_key, file_name=file_name(name), content_type=kind,
                size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), storage_key=key,
                uploaded_by_id=user_id, created_at=now)
            activity.record(events.DOCUMENT_ADDED, now=now, actor=actor, seller_id=seller.id, target_type="document",
                            target_id=row.pk, target_label=row.file_name, data={"item": item_key})
            scanning.submit(kind=PREFIX, keys=[key], seller_id=seller.id)
    except BaseException:
        storage.delete(key)
        raise
    return row.pk


def read(key: str) -> bytes:
    """The bytes of a paper by where it lies. Raises NotFound."""
    return crypto.decrypt(storage.open_bytes(key), _PURPOSE)


def refuse_infected(key: str, finding: str, now: datetime) -> None:
    """The virus scanner found something: the paper is refused, whoever waits for it or has approved it."""
    row = Document.objects.filter(storage_key=key).first()
    if row is None or not Document.objects.filter(pk=row.pk, state__in=["in_review", "approved"]).update(
            state="rejected", reason="@infected", reviewed_at=now):
        return
    activity.record(events.DOCUMENT_REJECTED, now=now, actor=Actor.system("virus-scanner"), seller_id=row.seller_id,
                    target_type="document", target_id=row.pk, target_label=row.file_name,
                    data={"reason": "@infected", "finding": finding})


def open_document(*, seller_id: int, document_id: int, actor: Actor, now: datetime) -> tuple[str, str, bytes]:
    """File name, content type and bytes of a paper, for reviewers. Every opening is recorded.

    Raises NotFound, and Conflict while the virus scanner has not looked at it or where it found something.
    """
    row = Document.objects.filter(pk=document_id, seller_id=seller_id).first()
    if row is None:
        raise NotFound()
    scanning.must_be_clean([row.storage_key])
    data = read(row.storage_key)
    with atomic():
        activity.record(events.DOCUMENT_OPENED, now=now, actor=actor, seller_id=seller_id, target_type="document",
                        target_id=row.pk, target_label=row.file_name)
    return row.file_name, row.content_type, data


def judge_document(*, seller_id: int, document_id: int, approved: bool, reason: str = "", note: str = "",
                   actor: Actor, now: datetime) -> None:
    """Approve or refuse a paper that waits. `reason` is a name of wording.DOCUMENT_REASONS; a note may be added.

    Raises NotFound, Conflict where it does not wait any more or the virus scanner has not let it pass, Invalid for a
    refusal without a reason.
    """
    stored = "" if approved else wording.stored_reason(reason, note, wording.DOCUMENT_REASONS)
    if not approved and not stored:
        raise Invalid("reason_missing", _("Choose a reason or write one: the seller must know what to correct."),
                      field="reason")
    with atomic():
        row = Document.objects.filter(pk=document_id, seller_id=seller_id).first()
        if row is None:
            raise NotFound()
        if approved:
            scanning.must_be_clean([row.storage_key])
        moved = Document.objects.filter(pk=document_id, state="in_review").update(
            state="approved" if approved else "rejected", reason=stored, reviewed_at=now)
        if not moved:
            raise Conflict("document_decided", _("This document was decided or replaced already."))
        activity.record(events.DOCUMENT_APPROVED if approved else events.DOCUMENT_REJECTED, now=now, actor=actor,
                        seller_id=seller_id, target_type="document", target_id=row.pk, target_label=row.file_name,
                        data={"reason": stored})
