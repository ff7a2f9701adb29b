"""Addresses of the shop's programs: the list, a new one, one with its log, one push with every try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.notifications import errors, permissions, queries, services
from sellerdesk.notifications.types import Verdict
from sellerdesk.notifications.web.forms import AgainForm, ChangeForm, EndpointForm, RollForm
from sellerdesk.notifications.web.tables import (
    DELIVERY_STATES,
    STATES,
    DeliveryLine,
    EndpointLine,
    EndpointTable,
    LogTable,
)


@seller_view(permissions.VIEW)
def endpoints(request: WebRequest) -> HttpResponse:
    table = EndpointTable(request)
    table.fill([EndpointLine(row) for row in queries.endpoints(request.seller)])
    return table.respond("notifications/endpoints.html", {"may_edit": request.can(permissions.EDIT)})


@seller_view(permissions.EDIT)
@fresh_proof(CRITICAL_MINUTES, reading=True)
@sensitive_variables("made")
def endpoint_new(request: WebRequest) -> HttpResponse:
    """The form, and after it the only page that ever shows the secret."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_endpoint(seller=request.seller, actor=request.actor, now=clock.now(),
                                         real_now=clock.real_now(), **form.cleaned_data)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            return render(request, "notifications/secret.html", {"made": made, "url": form.cleaned_data["url"]})
    return render(request, "notifications/endpoint_new.html", {"form": form}, status=422 if form.errors else 200)


@seller_view(permissions.VIEW)
def endpoint(request: WebRequest, endpoint_id: int) -> HttpResponse:
    return _page(request, endpoint_id)


def _page(request: WebRequest, endpoint_id: int, *, form: ChangeForm | None = None, status: int = 200) -> HttpResponse:
    row = queries.endpoint(request.seller, endpoint_id)
    table = LogTable(request)
    page = queries.log_page(request.seller, endpoint_id=endpoint_id, tab=table.tab,
                            push_type=str(table.where.get("type", "")), cursor=table.cursor, limit=table.page_size)
    table.fill([DeliveryLine(each) for each in page.rows], next_cursor=page.next_cursor)

    def context() -> dict[str, Any]:
        line = EndpointLine(row)
        health = queries.health(request.seller, clock.real_now()).get(row.id)
        return {"row": row, "line": line, "badge": STATES[line.state], "health": health,
                "form": form or ChangeForm(initial={"url": row.url, "types": row.types}, chosen=row.types),
                "roll": RollForm(), "again": AgainForm(), "may_edit": request.can(permissions.EDIT),
                "reason": row.pause_code}

    answer = table.respond("notifications/endpoint.html", context)
    answer.status_code = status
    return answer


@seller_view(permissions.EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def change(request: WebRequest, endpoint_id: int) -> HttpResponse:
    row = queries.endpoint(request.seller, endpoint_id)
    form = ChangeForm(request.POST, chosen=row.types)
    if form.is_valid():
        try:
            services.change_endpoint(seller=request.seller, endpoint_id=endpoint_id, actor=request.actor,
                                     now=clock.now(), real_now=clock.real_now(), **form.cleaned_data)
        except DomainError as refused:
            if not refused.fields:
                raise
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. From now on this address gets what you chose."))
            return redirect("notifications:endpoint", endpoint_id)
    return _page(request, endpoint_id, form=form, status=422)


@seller_view(permissions.EDIT)
@require_POST
def try_out(request: WebRequest, endpoint_id: int) -> HttpResponse:
    exchange = services.try_endpoint(seller=request.seller, endpoint_id=endpoint_id, now=clock.now(),
                                     real_now=clock.real_now())
    if exchange is None or exchange.verdict.ok:
        messages.success(request, _("The address answered as it should."))
    else:
        messages.error(request, _told(exchange.verdict))
    return redirect("notifications:endpoint", endpoint_id)


def _told(verdict: Verdict) -> str:
    return errors.check_text(verdict.code, verdict.detail)


@seller_view(permissions.EDIT)
@require_POST
def switch(request: WebRequest, endpoint_id: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    services.switch_endpoint(seller=request.seller, endpoint_id=endpoint_id, on=on, actor=request.actor,
                             now=clock.now(), real_now=clock.real_now())
    messages.success(request, _("Pushes go there again.") if on else _("Nothing is sent there any more."))
    return redirect("notifications:endpoint", endpoint_id)


@seller_view(permissions.EDIT)
@require_POST
def resume(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """Also for the button of a mail: somebody else may have resumed it meanwhile."""
    try:
        count = services.resume_endpoint(seller=request.seller, endpoint_id=endpoint_id, actor=request.actor,
                                         now=clock.now(), real_now=clock.real_now())
    except errors.NotPaused as refused:
        messages.info(request, refusal_text(refused))
    else:
        messages.success(request, ngettext(
            "Resumed. %(count)s push that has waited goes out now, in order.",
            "Resumed. %(count)s pushes that have waited go out now, in order.", count) % {"count": count})
    return redirect("notifications:endpoint", endpoint_id)


@seller_view(permissions.EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
@sensitive_variables("made")
def roll_secret(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """A new secret in the old one's place; it is shown only now."""
    form = RollForm(request.POST)
    row = queries.endpoint(request.seller, endpoint_id)
    if not form.is_valid():
        return redirect("notifications:endpoint", endpoint_id)
    made = services.roll_secret(seller=request.seller, endpoint_id=endpoint_id, actor=request.actor, now=clock.now(),
                                real_now=clock.real_now(), overlap_hours=form.cleaned_data["overlap_hours"])
    return render(request, "notifications/secret.html", {"made": made, "url": row.url, "rolled": True})


@seller_view(permissions.EDIT)
@require_POST
def remove(request: WebRequest, endpoint_id: int) -> HttpResponse:
    url = services.remove_endpoint(seller=request.seller, endpoint_id=endpoint_id, actor=request.actor,
                                   now=clock.now())
    messages.success(request, _("%(url)s was removed with its log.") % {"url": url})
    return redirect("notifications:endpoints")


@seller_view(permissions.EDIT)
@require_POST
def again(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """Everything given up since some hours ago is put in line once more."""
    form = AgainForm(request.POST)
    real_now = clock.real_now()
    hours = form.cleaned_data["hours"] if form.is_valid() else 24
    count = services.redeliver_failed(seller=request.seller, endpoint_id=endpoint_id, actor=request.actor,
                                      since=real_now - timedelta(hours=hours), now=clock.now(), real_now=real_now)
    messages.success(request, ngettext("%(count)s push is in line again.", "%(count)s pushes are in line again.",
                                       count) % {"count": count})
    return redirect("notifications:endpoint", endpoint_id)


@seller_view(permissions.VIEW)
def delivery(request: WebRequest, delivery_id: int) -> HttpResponse:
    card = queries.delivery(request.seller, delivery_id)
    line = DeliveryLine(card.row)
    tries = [(one, _told(Verdict(False, one.code, one.detail)) if one.code else "") for one in card.attempts]
    return render(request, "notifications/delivery.html", {
        "card": card, "line": line, "badge": DELIVERY_STATES[line.state], "tries": tries,
        "may_edit": request.can(permissions.EDIT)})


@seller_view(permissions.EDIT)
@require_POST
def delivery_again(request: WebRequest, delivery_id: int) -> HttpResponse:
    services.redeliver(seller=request.seller, delivery_id=delivery_id, actor=request.actor, now=clock.now(),
                       real_now=clock.real_now())
    messages.success(request, _("The push is in line again."))
    return redirect("notifications:delivery", delivery_id)
