"""Documents of money: which there are, how far they are, and making more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from sellerdesk.core import clock, scope
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.forms import offer
from sellerdesk.finance import periods
from sellerdesk.finance.queries import documents as queries
from sellerdesk.finance.services import documents as services
from sellerdesk.finance.texts import DOCUMENTS
from sellerdesk.finance.types.documents import DocumentFile, DocumentRow
from sellerdesk.finance.web import words
from sellerdesk.finance.web.navigation import tabs
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers

_STATES = {
    "waiting": t.Badge(pgettext_lazy("document", "Waiting"), "neutral", "hourglass"),
    "processing": t.Badge(pgettext_lazy("document", "Being made"), "info", "refresh"),
    "success": t.Badge(pgettext_lazy("document", "Ready"), "success", "circle-check"),
    "failed": t.Badge(pgettext_lazy("document", "Failed"), "danger", "alert-triangle"),
}
_MONTHS = 24


def _ready(row: DocumentRow) -> bool:
    return row.state == "success" and row.expires_at > clock.now()


def _download(form: str, label: str, icon: str) -> t.RowAction:
    return t.RowAction(label, icon, href=lambda row: reverse("finance:document_file", args=[row.id, form]),
                       show=_ready)


class DocumentTable(t.Table):
    page = "finance.documents"
    caption = gettext_lazy("Documents")
    columns = (
        t.Column("kind", pgettext_lazy("money", "Document"), primary=True, value=lambda row: DOCUMENTS[row.kind],
                 sub=lambda row: row.number),
        t.Column("days", pgettext_lazy("money", "Period"), value=lambda row: words.days(row.start_day, row.end_day)),
        t.Column("state", pgettext_lazy("money", "State"), kind="badge", choices=_STATES),
        t.Column("total", gettext_lazy("Total"), kind="money",
                 value=lambda row: Money(row.total_minor, row.currency) if row.state == "success" else None),
        t.Column("difference", gettext_lazy("Difference to the ledger"), align="end", hide_on_phone=True,
                 value=lambda row: formats.number(row.difference_minor) if row.state == "success" else "",
                 tone=lambda row: "danger" if row.difference_minor else ""),
        t.Column("made", gettext_lazy("Made"), kind="datetime", value=lambda row: row.made_at or row.created_at,
                 hide_on_phone=True),
        t.Column("actions", "", kind="actions", actions=(
            _download("pdf", "PDF", "file-text"), _download("xlsx", "XLSX", "file-spreadsheet"),
            _download("json", "JSON", "code"))),
    )
    empty = t.Empty("file-text", gettext_lazy("No documents yet"), gettext_lazy(
        "On the 3rd of each month the documents of the month before appear here. Others are made above."))


class MakeForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("money", "Document"), choices=list(DOCUMENTS.items()))
    month = forms.ChoiceField(label=gettext_lazy("Month, or a month of the quarter"), required=False)
    day = forms.DateField(label=gettext_lazy("Day, for the realisation of a day"), required=False,
                          widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data)
        ended = periods.whole_months(today.replace(day=1) - timedelta(days=_MONTHS * 30),
                                     today.replace(day=1) - timedelta(days=1))
        offer(self, "month", [
            (first.isoformat(), formats.month(first)) for first, _last in ended])

    def chosen(self) -> date:
        given = self.cleaned_data
        if given["kind"] == "realization_day" and given["day"]:
            return given["day"]
        return date.fromisoformat(given["month"])


@seller_view(permissions.DOCUMENT_VIEW)
@require_safe
def documents(request: WebRequest) -> HttpResponse:
    """The list, and what can be made."""
    table = DocumentTable(request)
    page = queries.documents_page(request.seller, before=posted.number(request.GET.get("before", "")))
    table.fill(page.rows)
    today = periods.local_day(clock.now(), request.seller.time_zone)
    return table.respond("finance/documents.html", lambda: {
        "tabs": tabs(request, "documents"), "form": MakeForm(None, today), "older": page.next_cursor})


@seller_view(permissions.DOCUMENT_VIEW)
@require_POST
def make(request: WebRequest) -> HttpResponse:
    """Make a document in the reader's language; a long one is a job."""
    now = clock.now()
    form = MakeForm(request.POST, periods.local_day(now, request.seller.time_zone))
    if not form.is_valid() or (form.cleaned_data["kind"] != "realization_day" and not form.cleaned_data["month"]):
        messages.error(request, _("Choose a document and the month it is for."))
        return redirect("finance:documents")
    try:
        code = services.make_document(seller=request.seller, kind=form.cleaned_data["kind"], day=form.chosen(),
                                      language=request.language, actor=request.actor, now=now)
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        row = queries.by_code(request.seller, code)
        messages.success(request, _("%(number)s is ready.") % {"number": row.number} if row.state == "success"
                         else _("%(number)s is being made. It appears in the list.") % {"number": row.number})
    return redirect("finance:documents")


@seller_view(permissions.DOCUMENT_VIEW)
@require_GET
def document_file(request: WebRequest, document_id: int, form: str) -> HttpResponse:
    """One document in one form, as it was made."""
    return _answer(services.open_document(seller=request.seller, document_id=document_id, form=form))


@require_GET
@public_view
def file(request: WebRequest, token: str) -> HttpResponse:
    """A document by the link that the API gave a program: signed by us, good for a day."""
    seller_id, document_id, form = queries.of_token(token)
    with scope.one_shop(seller_id):
        return _answer(services.open_document(seller=sellers.seller_ref(seller_id), document_id=document_id,
                                              form=form))


def _answer(found: DocumentFile) -> HttpResponse:
    response = HttpResponse(found.data, content_type=found.content_type)
    extension = found.name.rpartition(".")[2]
    shown = "inline" if extension == "pdf" else "attachment"
    name = quote(found.name)
    response["Content-Disposition"] = f"{shown}; filename=\"document.{extension}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
