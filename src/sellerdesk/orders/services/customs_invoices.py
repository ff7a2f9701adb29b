"""Customs invoices of postings that cross a border: the file, and what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity, attachments, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.orders import events, queries
from sellerdesk.orders.errors import UnknownProduct
from sellerdesk.orders.errors_invoices import (
    InvoiceCodeInvalid,
    InvoiceCurrencyInvalid,
    InvoiceDateInvalid,
    InvoiceFileRefused,
    InvoiceFileUnknown,
    InvoiceNotFound,
    InvoiceNotNeeded,
    InvoiceNumberInvalid,
    InvoicePriceInvalid,
)
from sellerdesk.orders.models import Invoice, InvoiceFile
from sellerdesk.orders.queries import customs_invoices as reading
from sellerdesk.orders.types import PostingCard
from sellerdesk.orders.types.invoices import CURRENCIES, LONGEST_NUMBER, InvoiceInput
from sellerdesk.sellers.types import SellerRef

#: Where files of invoices lie in storage.
FILES = "invoices"
LARGEST_BYTES = 10 * 1024 * 1024
_KINDS = ("application/pdf", "image/jpeg")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# A day begins earlier in the east than by our clock.
_AHEAD = timedelta(days=1)


def keep_invoice_file(*, seller: SellerRef, number: str, data: bytes, now: datetime) -> int:
    """Keep the picture of an invoice until `put_invoice` names it; returns its id. One that was sent before and is not
    named yet is forgotten.

    Raises PostingNotFound, InvoiceNotNeeded, InvoiceFileRefused (by its bytes, whatever it is called).
    """
    card = _taking(seller, number)
    found = attachments.sniff(data) if 0 < len(data) <= LARGEST_BYTES else None
    if found is None or found[0] not in _KINDS:
        raise InvoiceFileRefused(LARGEST_BYTES // (1024 * 1024))
    key = storage.save_bytes(f"{FILES}/{seller.id}", data, found[1])
    try:
        with atomic():
            file = InvoiceFile.objects.create(seller_id=seller.id, posting_id=card.id, kind=found[0],
                                              size_bytes=len(data), storage_key=key, uploaded_at=now)
            named = Invoice.objects.filter(seller_id=seller.id, posting_id=card.id).values_list("file_id", flat=True)
            gone = _drop(seller, card.id, {file.pk, *(one for one in named if one)})
    except BaseException:
        storage.delete(key)
        raise
    _delete(gone)
    return file.pk


def put_invoice(*, seller: SellerRef, number: str, file_id: int | None, said: InvoiceInput, actor: Actor,
                now: datetime) -> None:
    """Give a posting its invoice, or another one in place of it. `file_id` is that of `keep_invoice_file`, or None to
    keep the file that the invoice has.

    Raises PostingNotFound, InvoiceNotNeeded, InvoiceFileUnknown, InvoiceNumberInvalid, InvoiceDateInvalid,
    InvoicePriceInvalid, InvoiceCurrencyInvalid, UnknownProduct, InvoiceCodeInvalid.
    """
    card = _taking(seller, number)
    values = _read(card, said, now)
    with atomic():
        before = Invoice.objects.filter(seller_id=seller.id, posting_id=card.id).first()
        named = file_id or (before.file_id if before else None)
        if not named or not InvoiceFile.objects.filter(seller_id=seller.id, posting_id=card.id, pk=named).exists():
            raise InvoiceFileUnknown()
        # Of two who attach at once the later one stands, whole.
        Invoice.objects.update_or_create(posting_id=card.id, defaults={
            "seller_id": seller.id, "file_id": named, "changed_at": now, **values})
        gone = _drop(seller, card.id, {named})
        activity.record(events.INVOICE_ATTACHED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number,
                        data={"number": values["number"], "reason": values["number"], "replaced": before is not None})
    _delete(gone)


def remove_invoice(*, seller: SellerRef, number: str, actor: Actor, now: datetime) -> None:
    """Take the invoice off a posting, with its file. Raises PostingNotFound, InvoiceNotFound."""
    card = queries.posting(seller, number)
    with atomic():
        if not Invoice.objects.filter(seller_id=seller.id, posting_id=card.id).delete()[0]:
            raise InvoiceNotFound(number)
        gone = _drop(seller, card.id, set())
        activity.record(events.INVOICE_REMOVED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number)
    _delete(gone)


def forget_invoice_files(seller_id: int) -> None:
    """Delete what invoices of a closed shop look like, since buyers stand on them. What they say stays."""
    with atomic():
        files = list(InvoiceFile.objects.filter(seller_id=seller_id).values_list("pk", "storage_key"))
        InvoiceFile.objects.filter(pk__in=[pk for pk, _key in files]).delete()
    _delete([key for _pk, key in files])


def _taking(seller: SellerRef, number: str) -> PostingCard:
    card = queries.posting(seller, number)
    if not reading.takes_invoice(seller, card):
        raise InvoiceNotNeeded(number)
    return card


def _read(card: PostingCard, said: InvoiceInput, now: datetime) -> dict[str, object]:
    """The columns of an invoice."""
    number = " ".join(said.number.split())
    if len(number) > LONGEST_NUMBER or any(unicodedata.category(sign)[0] == "C" for sign in number):
        raise InvoiceNumberInvalid(LONGEST_NUMBER)
    if not _EARLIEST <= said.issued_at <= now + _AHEAD:
        raise InvoiceDateInvalid()
    currency = said.currency.strip().upper() or CURRENCIES[0]
    if currency not in CURRENCIES:
        raise InvoiceCurrencyInvalid(said.currency, ", ".join(CURRENCIES))
    return {"number": number, "issued_at": said.issued_at, "currency": currency,
            "price_minor": _price(said.price, currency), "hs_codes": _codes(card, said.hs_codes)}


def _price(text: str, currency: str) -> int | None:
    if not text.strip():
        return None
    try:
        amount = Money.parse(text, currency).amount_minor
    except Invalid:
        raise InvoicePriceInvalid(text) from None
    if amount <= 0:
        raise InvoicePriceInvalid(text)
    return amount


def _codes(card: PostingCard, given: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One code for each product, the last one said; in the order of the lines. Empty ones are left out."""
    known, codes = [line.sku for line in card.lines], {}
    for sku, text in given:
        if sku not in known:
            raise UnknownProduct(sku)
        if not text.strip():
            continue
        code = catalog.hs_code(text)
        if code is None:
            raise InvoiceCodeInvalid(sku, text)
        codes[sku] = code
    return [(sku, codes[sku]) for sku in dict.fromkeys(known) if sku in codes]


def _drop(seller: SellerRef, posting_id: int, kept: Collection[int]) -> list[str]:
    """Forget files of a posting but those; where their bytes lie, to be deleted when that is certain."""
    rows = list(InvoiceFile.objects.filter(seller_id=seller.id, posting_id=posting_id).exclude(
        pk__in=kept).values_list("pk", "storage_key"))
    if rows:
        InvoiceFile.objects.filter(pk__in=[pk for pk, _key in rows]).delete()
    return [key for _pk, key in rows]


def _delete(keys: Sequence[str]) -> None:
    # After the commit: a file without a row is garbage, a row without its file would be a promise not kept.
    for key in keys:
        storage.delete(key)
