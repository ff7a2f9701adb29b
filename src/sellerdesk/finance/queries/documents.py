"""Documents as lists and programs see them. Each function needs one query."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from sellerdesk.core.types import Page
from sellerdesk.finance.errors import DocumentUnknown
from sellerdesk.finance.models_documents import Document
from sellerdesk.finance.types.documents import DocumentRow
from sellerdesk.sellers.types import SellerRef

TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "json": "application/json"}
#: How long a link that a program was given is good.
LINK_SECONDS = 24 * 3600
_SALT = "finance.document"
_ROW = ("id", "code", "kind", "number", "start_day", "end_day", "language", "state", "error", "rows", "total_minor",
        "difference_minor", "currency", "created_at", "made_at", "expires_at", "maker_label", "params")


def documents_page(seller: SellerRef, *, kinds: tuple[str, ...] = (), before: int = 0, limit: int = 50
                   ) -> Page[DocumentRow]:
    """Documents, the newest first; `before` an id."""
    rows = Document.objects.filter(seller_id=seller.id)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if before:
        rows = rows.filter(id__lt=before)
    found = [DocumentRow(*row) for row in rows.order_by("-id").values_list(*_ROW)[:limit + 1]]
    shown = found[:limit]
    return Page(shown, str(shown[-1].id) if len(found) > limit else "")


def documents_offset(seller: SellerRef, *, kinds: tuple[str, ...], skip: int, limit: int
                     ) -> tuple[list[DocumentRow], int]:
    """A page counted from the newest, and how many there are; for programs, which page by number. Two queries."""
    rows = Document.objects.filter(seller_id=seller.id, kind__in=kinds)
    return [DocumentRow(*row) for row in rows.order_by("-id").values_list(*_ROW)[skip:skip + limit]], rows.count()


def document(seller: SellerRef, document_id: int) -> DocumentRow:
    """Raises DocumentUnknown."""
    row = Document.objects.filter(seller_id=seller.id, pk=document_id).values_list(*_ROW).first()
    if row is None:
        raise DocumentUnknown()
    return DocumentRow(*row)


def by_code(seller: SellerRef, code: str) -> DocumentRow:
    """What a program asks for. Raises DocumentUnknown."""
    row = Document.objects.filter(seller_id=seller.id, code=code[:80]).values_list(*_ROW).first()
    if row is None:
        raise DocumentUnknown()
    return DocumentRow(*row)


def file_path(seller: SellerRef, row: DocumentRow, form: str = "xlsx") -> str:
    """A link for programs, signed by us and good for a day; empty while there is no file."""
    if row.state != "success":
        return ""
    return reverse("finance:file", args=[signing.dumps([seller.id, row.id, form], salt=_SALT, compress=True)])


def of_token(token: str) -> tuple[int, int, str]:
    """Shop, document and form of such a link. Raises DocumentUnknown for one that is too old or not ours."""
    try:
        seller_id, document_id, form = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise DocumentUnknown() from None
    return int(seller_id), int(document_id), str(form)
