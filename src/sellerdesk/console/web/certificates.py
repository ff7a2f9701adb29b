"""The operator's room for papers about goods."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.catalog.queries import certificates as reading
from sellerdesk.catalog.queries import wording as words
from sellerdesk.catalog.services import certificates, paperfiles
from sellerdesk.console.web import files
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import TabLink
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """Papers of all shops by state; those that wait first."""
    state = request.GET.get("state", "review")
    state = state if state in reading.STATES else "review"
    page = reading.market_certificates(state=state, cursor=request.GET.get("cursor") or None)
    counts, here = reading.state_counts(), reverse("console:certificates")
    shops = sellers.names(row.seller_id for row in page.rows)
    return render(request, "console/certificates.html", {
        "area": "console", "nav_key": "certificates", "next_cursor": page.next_cursor, "state": state,
        "tabs": [TabLink(words.CERTIFICATE_STATES[one].label, f"{here}?state={one}", count=counts[one],
                         active=one == state) for one in ("review", "accepted", "declined", "expired")],
        "rows": [(row, words.PAPERS[row.type], shops.get(row.seller_id, ""), words.certificate_badge(row))
                 for row in page.rows]})


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def certificate(request: WebRequest, certificate_id: int) -> HttpResponse:
    return _page(request, certificate_id)


def _page(request: WebRequest, certificate_id: int, *, status: int = 200, error: str = "") -> HttpResponse:
    row = reading.certificate(certificate_id)
    page = reading.covered(certificate_id, cursor=request.GET.get("c"))
    return render(request, "console/certificate.html", {
        "area": "console", "nav_key": "certificates", "row": row, "badge": words.certificate_badge(row), "error": error,
        "kind": words.PAPERS[row.type], "accordance": certificates.ACCORDANCE.get(row.accordance, ""),
        "shop": sellers.seller_ref(row.seller_id), "products": page.rows, "page": page,
        "reason": certificates.DECLINE_REASONS.get(row.reason, ""), "reasons": certificates.DECLINE_REASONS.items(),
        "today": clock.now().date(), "typed": request.POST,
        "may_decide": request.can(permissions.CONSOLE_MODERATION_DECIDE)}, status=status)


@operator_view(permissions.CONSOLE_MODERATION_DECIDE)
@require_POST
def decide(request: WebRequest, certificate_id: int) -> HttpResponse:
    """Accept or decline; a refusal shows the page with what was typed."""
    accepted = request.POST.get("decision") == "accept"
    try:
        certificates.decide(certificate_id=certificate_id, accepted=accepted, reason=request.POST.get("reason", ""),
                            note=request.POST.get("note", ""), actor=request.actor, now=clock.now())
    except NotFound:
        raise
    except DomainError as refused:
        text = refused.fields[0].text if refused.fields else refused.text
        return _page(request, certificate_id, status=422, error=text)
    messages.success(request, _("The certificate is accepted.") if accepted else _("The certificate is declined."))
    return redirect("console:certificates")


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def paper(request: WebRequest, certificate_id: int, file_id: int) -> HttpResponse:
    """A file of a certificate."""
    if file_id not in {one.id for one in reading.certificate(certificate_id).files}:
        raise NotFound()
    return files.answer(*paperfiles.open_file(file_id=file_id))
