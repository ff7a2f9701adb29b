"""Customs invoices of postings, and the links by which programs fetch their files."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core import signing
from django.urls import Resolver404, resolve, reverse

from sellerdesk.core.money import Money
from sellerdesk.orders import states
from sellerdesk.orders.errors_invoices import InvoiceFileUnknown, InvoiceNotFound
from sellerdesk.orders.models import Invoice, InvoiceFile
from sellerdesk.orders.queries import handing
from sellerdesk.orders.types import PostingCard
from sellerdesk.orders.types.invoices import InvoiceFileRow, InvoiceRow
from sellerdesk.sellers.types import SellerRef

# How long a file can be fetched by a link of the API, real time. Naming it by the link is possible ever after.
LINK_SECONDS = 24 * 3600
_SALT = "orders.invoice"
_VIEW = "orders:invoice_file_of_link"


def takes_invoice(seller: SellerRef, card: PostingCard) -> bool:
    """Whether a posting crosses a customs border by the shop's own hands and is not cancelled. No query."""
    return card.scheme != "fbo" and card.state not in states.TABS["cancelled"] and handing.crosses_customs(
        card.warehouse_country or seller.country, card.country, card.in_process_at)


def find_invoice(seller: SellerRef, number: str) -> InvoiceRow | None:
    """The invoice of a posting, None where there is none. One query."""
    row = Invoice.objects.filter(seller_id=seller.id, posting__number=number).first()
    if row is None:
        return None
    return InvoiceRow(
        number, row.number, row.issued_at, None if row.price_minor is None else Money(row.price_minor, row.currency),
        row.currency, {int(sku): code for sku, code in row.hs_codes}, row.file_id or 0, row.changed_at)


def invoice(seller: SellerRef, number: str) -> InvoiceRow:
    """The invoice of a posting. One query. Raises InvoiceNotFound."""
    found = find_invoice(seller, number)
    if found is None:
        raise InvoiceNotFound(number)
    return found


def invoice_file(seller: SellerRef, file_id: int) -> InvoiceFileRow:
    """One file of the shop's invoices. One query. Raises InvoiceNotFound, also for another shop's."""
    row = InvoiceFile.objects.filter(seller_id=seller.id, pk=file_id).values_list(
        "id", "posting__number", "kind", "size_bytes", "storage_key").first()
    if row is None:
        raise InvoiceNotFound("")
    return InvoiceFileRow(*row)


def invoice_file_path(seller: SellerRef, file_id: int) -> str:
    """A path under which a program without a session can fetch a file for a day. No query."""
    return reverse(_VIEW, args=[signing.dumps([seller.id, file_id], salt=_SALT, compress=True)])


def of_invoice_token(token: str) -> tuple[int, int]:
    """Shop and file of such a link. Raises InvoiceNotFound for one that is too old or not ours."""
    try:
        seller_id, file_id = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise InvoiceNotFound("") from None
    return int(seller_id), int(file_id)


def invoice_file_of_url(seller: SellerRef, url: str) -> int:
    """The file that a link of ours names, however old the link is. No query. Raises InvoiceFileUnknown."""
    try:
        found = resolve(urlsplit(url).path)
        if found.view_name != _VIEW:
            raise InvoiceFileUnknown()
        seller_id, file_id = signing.loads(found.kwargs["token"], salt=_SALT)
    except (Resolver404, signing.BadSignature, ValueError, TypeError):
        raise InvoiceFileUnknown() from None
    if seller_id != seller.id:
        raise InvoiceFileUnknown()
    return int(file_id)
