"""What waits for a second person, deciding about it, and which acts need one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers import permissions, rules, services
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.queries import approvals as queries
from sellerdesk.sellers.services import approvals as deciding
from sellerdesk.sellers.web.approval_tables import ApprovalTable, approval_line

KINDS = ((rules.KEY_WRITE, gettext_lazy("Creating API keys that can change something")),
         (rules.WAREHOUSE_ARCHIVE, gettext_lazy("Archiving warehouses")),
         (rules.PRICE_DROP, gettext_lazy("Lowering many prices at once by much: they wait in quarantine")),
         (rules.SHOP_CLOSE, gettext_lazy("Closing the shop")))


class TwoPeopleForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Acts that need a second person"), choices=KINDS, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy(
            "Whoever wants to do this asks first; somebody else with the right to approve says yes or no. Asking for "
            "fewer of them needs a second person too."))


def waits(request: WebRequest, needed: ApprovalRequired) -> HttpResponse:
    """The answer to an act that needs a second person: it has been asked for."""
    deciding.ask_for(needed, seller=request.seller, actor=request.actor, real_now=clock.real_now())
    messages.info(request, _("This shop asks for a second person here. Your request waits for approval."))
    return redirect("sellers:approvals")


@seller_view(permissions.APPROVAL_VIEW)
def approvals(request: WebRequest) -> HttpResponse:
    now = clock.real_now()
    table = ApprovalTable(request)
    may = request.can(permissions.APPROVAL_DECIDE)
    named = {row.id: row.name for row in inventory.warehouses(request.seller)}
    own = int(request.actor.id)
    page = queries.approvals(request.seller, now, cursor=table.cursor, limit=table.page_size)
    table.fill([approval_line(row, named, own, may and request.can(deciding.RIGHT_OF[row.kind])) for row in page.rows],
               next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("sellers/approvals.html", {})


@seller_view(permissions.APPROVAL_DECIDE)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def approval_decide(request: WebRequest, approval_id: int, decision: str) -> HttpResponse:
    approve = decision == "approve"
    label = deciding.decide(seller=request.seller, approval_id=approval_id, approve=approve, actor=request.actor,
                            real_now=clock.real_now())
    messages.success(request, (_("Approved: “%(what)s”. Whoever asked can do it now.") if approve
                               else _("Refused: “%(what)s”.")) % {"what": label})
    return redirect("sellers:approvals")


@seller_view(permissions.KEY_CREATE)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
@sensitive_variables("made")
def approval_use(request: WebRequest, approval_id: int) -> HttpResponse:
    """The approved key; it is shown only now and only to whoever asked for it."""
    name, made = services.create_approved(
        seller=request.seller, approval_id=approval_id, actor=request.actor, user_id=int(request.actor.id),
        real_now=clock.real_now(), info=request.origin())
    return render(request, "sellers/key_made.html", {"made": made, "name": name})


@seller_view(permissions.TWO_PEOPLE_EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def policy_two_people(request: WebRequest) -> HttpResponse:
    form: Any = TwoPeopleForm(request.POST)
    if form.is_valid():
        try:
            deciding.set_two_people(seller=request.seller, kinds=form.cleaned_data["kinds"], actor=request.actor,
                                    real_now=clock.real_now(), info=request.origin())
        except ApprovalRequired as needed:
            return waits(request, needed)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
        else:
            messages.success(request, _("Saved. The owners have been written to."))
    return redirect("sellers:security")
