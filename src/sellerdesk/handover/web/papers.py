"""The archive of papers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import scope
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.handover import queries, services
from sellerdesk.handover.types import PaperFilter
from sellerdesk.handover.web import files
from sellerdesk.handover.web.scope import viewer
from sellerdesk.handover.web.tables import PaperTable, PaperView
from sellerdesk.orders import permissions
from sellerdesk.sellers import queries as sellers


@require_GET
@seller_view(permissions.LABEL)
def papers(request: WebRequest) -> HttpResponse:
    """Every paper made, newest first, found by any number that stands on it."""
    table = PaperTable(request)
    zone = ZoneInfo(request.seller.time_zone)
    low, high = table.where.get("made") or (None, None)
    found = queries.papers_page(
        request.seller, viewer=viewer(request), cursor=table.cursor, limit=table.page_size,
        filter=PaperFilter(
            kinds=tuple(table.where.get("kind", ())), search=table.where.get("q", ""),
            since=datetime.combine(low, time(), zone) if low else None,
            to=datetime.combine(high + timedelta(days=1), time(), zone) if high else None))
    table.fill([PaperView(row) for row in found.rows], next_cursor=found.next_cursor, prev_cursor=found.prev_cursor)
    return table.respond("handover/papers.html")


@require_GET
@seller_view(permissions.LABEL)
def paper(request: WebRequest, paper_id: int) -> HttpResponse:
    """One paper, as it was made."""
    return files.answer(services.open_paper(seller=request.seller, paper_id=paper_id, viewer=viewer(request)))


@require_POST
@seller_view(permissions.LABEL)
def again(request: WebRequest, paper_id: int) -> HttpResponse:
    """Print it once more, and count that."""
    services.reprint(seller=request.seller, paper_id=paper_id, viewer=viewer(request))
    return redirect("handover:paper", paper_id=paper_id)


@require_GET
@public_view
def file(request: WebRequest, token: str) -> HttpResponse:
    """A paper by the link that the API gave a program: signed by us, good for a day."""
    seller_id, paper_id = queries.of_token(token)
    with scope.one_shop(seller_id):
        return files.answer(services.open_paper(seller=sellers.seller_ref(seller_id), paper_id=paper_id))


@require_GET
@public_view
def declaration(request: WebRequest, token: str) -> HttpResponse:
    """The customs declaration of a parcel by the link that the API gave a program, good for a day."""
    seller_id, number = queries.of_declaration_token(token)
    with scope.one_shop(seller_id):
        return files.answer(services.declaration_file(seller=sellers.seller_ref(seller_id), number=number))
