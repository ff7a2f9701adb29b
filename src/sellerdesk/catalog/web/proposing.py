"""Proposing a value that a list lacks, and what became of earlier proposals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.errors import TypeUnknown, ValueRefused
from sellerdesk.catalog.permissions import PRODUCT_EDIT
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t

STATE = {
    "waiting": t.Badge(pgettext_lazy("proposal", "Waiting"), "info"),
    "accepted": t.Badge(pgettext_lazy("proposal", "Accepted"), "success"),
    "refused": t.Badge(pgettext_lazy("proposal", "Refused"), "danger"),
}


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def propose(request: WebRequest, type_id: int) -> HttpResponse:
    """The form, and below it the shop's proposals with their states. Raises TypeUnknown."""
    kind = queries.type_info([type_id], request.language).get(type_id)
    if kind is None:
        raise TypeUnknown()
    sent = request.POST if request.method == "POST" else request.GET
    wanted = sent.get("attribute", "")
    attribute_id = posted.number(wanted)
    problem = ""
    if request.method == "POST":
        try:
            services.proposing.propose(seller=request.seller, type_id=type_id, attribute_id=attribute_id,
                                       text=request.POST.get("text", ""), actor=request.actor, now=clock.now())
            messages.success(request, _("Sent. As soon as it is accepted, the value can be chosen in the list."))
            return redirect("catalog:propose", type_id=type_id)
        except ValueRefused as refused:
            problem = refused.text
    lists = [info for info in queries.attributes(type_id, request.language) if info.dictionary_id and info.id != 8229]
    page = queries.proposals(request.seller, request.language, cursor=request.GET.get("c"))
    return render(request, "catalog/propose.html", {
        "nav_key": "products", "kind": kind, "lists": lists, "chosen": attribute_id, "problem": problem,
        "text": request.POST.get("text", ""),
        "page": page, "rows": [(row, STATE[row.state]) for row in page.rows]},
        status=422 if problem else 200)
