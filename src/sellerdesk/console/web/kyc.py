"""The operator's room for papers: who waits, one shop with all that helps to decide, and deciding."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.console.web.tables import SHOP_STATES
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.types import Page
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.components import TabLink, TimelineItem
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import documents, legal, review

PAPER_STATES = {
    "in_review": t.Badge(pgettext_lazy("document", "To be looked at"), "warning"),
    "approved": t.Badge(pgettext_lazy("document", "Approved"), "success"),
    "rejected": t.Badge(pgettext_lazy("document", "Refused"), "danger"),
    "replaced": t.Badge(pgettext_lazy("document", "Replaced"), "neutral"),
}
_OUTCOMES = {
    "done": t.Badge(pgettext_lazy("step", "Done"), "success"),
    "waiting": t.Badge(gettext_lazy("Waits for us"), "warning"),
    "wrong": t.Badge(pgettext_lazy("step", "Needs correction"), "danger"),
    "todo": t.Badge(pgettext_lazy("step", "Open"), "neutral"),
}
_TABS = (("in_review", gettext_lazy("To review")), ("needs_changes", gettext_lazy("With the seller")),
         ("approved", gettext_lazy("Approved, not selling yet")), ("suspended", gettext_lazy("Suspended")),
         ("paused", pgettext_lazy("shop", "Paused")),
         ("closing", pgettext_lazy("shop", "Closing")))


def _choices(reasons: Any) -> list[tuple[str, Any]]:
    return [("", _("Choose a reason or write one")), *reasons.items()]


class SuspendForm(forms.Form):
    until = forms.DateField(required=False)


@operator_view(permissions.CONSOLE_KYC_VIEW)
@require_safe
def reviews(request: WebRequest) -> HttpResponse:
    """Shops on their way, those that wait longest first, and requests to change legal data."""
    counts = sellers.state_counts()
    tab = request.GET.get("tab", "in_review")
    tab = tab if tab in {*(key for key, _label in _TABS), "legal", "names"} else "in_review"
    here = reverse("console:reviews")
    tabs = [TabLink(label, f"{here}?tab={key}", count=counts[key], active=tab == key) for key, label in _TABS]
    tabs.append(TabLink(_("Changes of legal data"), f"{here}?tab=legal", count=sellers.legal_waiting(),
                        active=tab == "legal"))
    tabs.append(TabLink(_("Shop names"), f"{here}?tab=names", count=sellers.names_waiting(), active=tab == "names"))
    cursor = request.GET.get("c")
    page: Page[Any] = sellers.legal_queue(cursor=cursor) if tab == "legal" else sellers.name_queue(
        cursor=cursor) if tab == "names" else sellers.queue([tab], cursor=cursor)
    rows = [] if tab in ("legal", "names") else [
        (row, SHOP_STATES[row.state], formats.country(row.country), wording.reason_text(row.reason))
        for row in page.rows]
    return render(request, "console/reviews.html", {
        "area": "console", "tabs": tabs, "rows": rows, "changes": page.rows if tab == "legal" else [], "page": page,
        "tab": tab, "now": clock.now(), "wanted": page.rows if tab == "names" else [],
        "name_reasons": _choices(wording.NAME_REASONS), "may_edit": request.can(permissions.CONSOLE_KYC_EDIT)})


@operator_view(permissions.CONSOLE_KYC_VIEW)
@require_safe
def shop(request: WebRequest, seller_id: int) -> HttpResponse:
    seller = sellers.seller_ref(seller_id)
    now, language = clock.now(), request.language
    profile, progress = sellers.profile(seller), sellers.progress(seller, now)
    names = {one.item.key: localized(one.item.names, language) for one in progress.items}
    names["legal_change"] = _("Paper for a change of legal data")
    return render(request, "console/review.html", {
        "area": "console", "nav_key": "reviews", "seller": seller, "badge": SHOP_STATES[seller.state],
        "profile": profile, "progress": progress, "country_name": formats.country(profile.country),
        "reason": wording.reason_text(progress.reason), "acts": review.possible_acts(seller.state),
        "fields": [(name, label, getattr(profile, name), wording.reason_text(progress.remarks.get(name, "")))
                   for name, label in wording.FIELDS.items() if name != "local_name" or profile.local_name],
        "items": [(one, localized(one.item.names, language), _OUTCOMES[one.outcome]) for one in progress.items
                  if one.item.kind != "document"],
        "papers": [(row, names.get(row.item_key, row.item_key), PAPER_STATES[row.state],
                    wording.reason_text(row.reason)) for row in sellers.documents(seller)],
        "missing": [localized(one.item.names, language) for one in progress.items
                    if one.item.kind == "document" and one.paper is None and one.item.required],
        "changes": [(row, [(wording.FIELDS[name], getattr(profile, name), text)
                           for name, text in row.changes.items()])
                    for row in sellers.legal_changes(seller) if row.state == "in_review"],
        "document_reasons": _choices(wording.DOCUMENT_REASONS), "field_reasons": _choices(wording.FIELD_REASONS),
        "shop_reasons": _choices(wording.SHOP_REASONS), "may_edit": request.can(permissions.CONSOLE_KYC_EDIT),
        "closing": sellers.closing(seller) if seller.state == "closing" else None,
        "open_ends": sellers.open_ends(seller) if seller.state == "closing" else [],
        "timeline": [TimelineItem(entry.sentence, entry.at,
                                  wording.reason_text(str((entry.data or {}).get("reason", ""))))
                     for entry in sellers.timeline(seller)]})


@operator_view(permissions.CONSOLE_KYC_VIEW)
@require_POST
def document_open(request: WebRequest, seller_id: int, document_id: int) -> HttpResponse:
    """The paper itself, shown by the browser or saved. A form opens it, because opening is recorded."""
    _name, kind, data = documents.open_document(seller_id=seller_id, document_id=document_id, actor=request.actor,
                                               now=clock.now())
    answer = HttpResponse(data, content_type=kind)
    extension = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[kind]
    # Pictures are shown; a PDF is saved, so that nothing in it runs beside the console.
    place = "attachment" if kind == "application/pdf" else "inline"
    answer["Content-Disposition"] = f'{place}; filename="document-{document_id}.{extension}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


def _act(request: WebRequest, seller_id: int, done: Any, act: Any) -> HttpResponse:
    """Do one thing and go back to the shop's page, with what was refused above it."""
    try:
        act()
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, " ".join(dict.fromkeys([one.text for one in refused.fields] or [refused.text])))
    else:
        messages.success(request, done)
    return redirect("console:review", seller_id)


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def document_decide(request: WebRequest, seller_id: int, document_id: int) -> HttpResponse:
    approved = request.POST.get("decision") == "approve"
    return _act(request, seller_id, _("The document is approved.") if approved else _("The document is refused."),
                lambda: documents.judge_document(
                    seller_id=seller_id, document_id=document_id, approved=approved,
                    reason=request.POST.get("reason", ""), note=request.POST.get("note", ""), actor=request.actor,
                    now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def approve(request: WebRequest, seller_id: int) -> HttpResponse:
    return _act(request, seller_id, _("The shop is approved."),
                lambda: review.approve_shop(seller_id=seller_id, actor=request.actor, now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def ask_changes(request: WebRequest, seller_id: int) -> HttpResponse:
    remarks = {name: wording.stored_reason(request.POST.get(f"reason_{name}", ""), request.POST.get(f"note_{name}", ""),
                                           wording.FIELD_REASONS) for name in wording.FIELDS}
    return _act(request, seller_id, _("The seller is asked for corrections."),
                lambda: review.ask_changes(seller_id=seller_id, remarks=remarks, actor=request.actor,
                                           now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def reject(request: WebRequest, seller_id: int) -> HttpResponse:
    return _act(request, seller_id, _("The shop is refused."), lambda: review.reject_shop(
        seller_id=seller_id, reason=request.POST.get("reason", ""), note=request.POST.get("note", ""),
        actor=request.actor, now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def suspend(request: WebRequest, seller_id: int) -> HttpResponse:
    form = SuspendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the day as year-month-day."))
        return redirect("console:review", seller_id)
    day, until = form.cleaned_data["until"], None
    if day is not None:
        # Until the end of that day, on the operator's own clock.
        until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return _act(request, seller_id, _("The shop is suspended."), lambda: review.suspend_shop(
        seller_id=seller_id, reason=request.POST.get("reason", ""), note=request.POST.get("note", ""), until=until,
        actor=request.actor, now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def resume(request: WebRequest, seller_id: int) -> HttpResponse:
    return _act(request, seller_id, _("The suspension is over."), lambda: review.resume_shop(
        seller_id=seller_id, actor=request.actor, now=clock.now()))


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
@fresh_proof()
def legal_decide(request: WebRequest, seller_id: int, change_id: int) -> HttpResponse:
    approved = request.POST.get("decision") == "approve"
    return _act(request, seller_id, _("The new data are in force.") if approved else _("The change is refused."),
                lambda: legal.decide(seller_id=seller_id, change_id=change_id, approved=approved,
                                     remark=request.POST.get("remark", ""), actor=request.actor, now=clock.now()))
