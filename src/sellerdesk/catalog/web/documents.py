"""Documents in the editor: one row each, and the field by which the form says all of a document; their download.

The field holds the file's id, or `url:` and its address, and after a tab the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sellerdesk.catalog import services
from sellerdesk.catalog.permissions import PRODUCT_VIEW
from sellerdesk.catalog.types import DocumentInfo, DocumentInput
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest

_ADDRESS = "url:"
_LAST = 10_000
#: What a row of the form says beside its value.
ROW_FIELDS = ("document_name", "document_place", "document_remove")


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the editor: `value` is what the form sends back, `note` why it is not there."""

    value: str
    name: str
    state: str = "ready"
    note: str = ""
    source: str = ""
    id: int = 0


def row_of(document: DocumentInfo) -> Row:
    return Row(f"{document.id or _ADDRESS + document.source}\t{document.name}", document.name, document.state,
               document.error, document.source, document.id)


def document_input(value: str) -> DocumentInput:
    """What the form said of a document."""
    key, _tab, name = value.partition("\t")
    if key.startswith(_ADDRESS):
        return DocumentInput(0, key.removeprefix(_ADDRESS), name.strip())
    return DocumentInput(posted.number(key, -1), "", name.strip())


def packed(document: DocumentInput) -> str:
    """A document stored a moment ago."""
    return f"{document.id}\t{document.name}"


def gathered(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The rows as typed, in the order of their places, without those to be taken off; one value each."""
    values = list(fields.get("documents", ()))
    names, places = fields.get("document_name"), fields.get("document_place", ())
    if names is None:
        return values
    gone = set(fields.get("document_remove", ()))
    rows = []
    for at, value in enumerate(values):
        key, _tab, name = value.partition("\t")
        place = places[at].strip() if at < len(places) else ""
        if value not in gone:
            number = min(posted.number(place, _LAST, digits=5), _LAST)
            rows.append((number, at, f"{key}\t{names[at] if at < len(names) else name}"))
    return [value for _place, _at, value in sorted(rows)]


def shown(rows: Iterable[Row], values: Sequence[str]) -> list[Row]:
    """Rows by what the form sends; documents uploaded meanwhile get one of their own."""
    known = {row.value.partition("\t")[0]: row for row in rows}
    made = []
    for value in values:
        key, _tab, name = value.partition("\t")
        old = known.get(key)
        made.append(Row(value, name, old.state, old.note, old.source, old.id) if old else Row(value, name))
    return made


@require_safe
@seller_view(PRODUCT_VIEW)
def document(request: WebRequest, product_id: int, product_file_id: int) -> HttpResponse:
    """A document of a product, as a download that no browser shows in our name. Raises NotFound."""
    name, data = services.productfiles.open_file(seller=request.seller, product_id=product_id, file_id=product_file_id)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{quote(_ending(name))}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _ending(name: str) -> str:
    return name if name.lower().endswith(".pdf") else f"{name}.pdf"
