"""Roles of the shop: the ready ones, its own, and looking at the shop as one of them does."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.banners import Banner, register
from sellerdesk.core.ui.tables import next_url
from sellerdesk.sellers import permissions, queries
from sellerdesk.sellers import rights as registry
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import roles as services
from sellerdesk.sellers.web.middleware import PREVIEW
from sellerdesk.sellers.web.team_forms import RoleForm
from sellerdesk.sellers.web.team_tables import RoleTable, own_line, ready_line


@seller_view(permissions.TEAM_VIEW)
def roles(request: WebRequest) -> HttpResponse:
    may_edit = request.can(permissions.ROLE_EDIT)
    held = Counter(row.terms.role for row in reading.team(request.seller))
    table = RoleTable(request)
    table.fill([*(ready_line(key, permissions.ROLES[key], held[key]) for key in registry.ROLE_NAMES),
                *(own_line(row, may_edit) for row in reading.own_roles(request.seller))])
    return table.respond("sellers/roles.html", {"may_edit": may_edit, "nav_key": "team"})


@seller_view(permissions.ROLE_EDIT)
@fresh_proof(CRITICAL_MINUTES, reading=True)
def role_new(request: WebRequest) -> HttpResponse:
    form = RoleForm(request.POST or None, may=request.permissions)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_role(seller=request.seller, **form.cleaned_data, actor=request.actor,
                                 real_now=clock.real_now(), info=request.origin())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("The role “%(name)s” is there to be given.")
                             % {"name": form.cleaned_data["name"]})
            return redirect("sellers:roles")
    return _form_page(request, form, "")


@seller_view(permissions.ROLE_EDIT)
@fresh_proof(CRITICAL_MINUTES, reading=True)
def role(request: WebRequest, role_id: int) -> HttpResponse:
    row = reading.own_role(request.seller, role_id)
    form = RoleForm(request.POST or None, may=request.permissions,
                    initial={"name": row.name, "rights": sorted(row.rights)})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_role(seller=request.seller, role_id=role_id, **form.cleaned_data, actor=request.actor,
                                 real_now=clock.real_now(), info=request.origin())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. It counts from the next click of everybody with this role on."))
            return redirect("sellers:roles")
    return _form_page(request, form, row.name)


def _form_page(request: WebRequest, form: RoleForm, name: str) -> HttpResponse:
    boxes = {box.data["value"]: box for box in ui_forms.options(form["rights"])}
    groups = [(group.name, [boxes[right.key] for right in group.rights if right.key in boxes])
              for group in registry.GROUPS]
    return render(request, "sellers/role.html", {
        "form": form, "name": name, "groups": [(title, held) for title, held in groups if held], "nav_key": "team"},
        status=422 if form.errors else 200)


@seller_view(permissions.ROLE_EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def role_remove(request: WebRequest, role_id: int) -> HttpResponse:
    name = services.remove_role(seller=request.seller, role_id=role_id, actor=request.actor,
                                real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("The role “%(name)s” is deleted.") % {"name": name})
    return redirect("sellers:roles")


@seller_view(permissions.ROLE_PREVIEW)
@require_POST
def preview(request: WebRequest, role: str) -> HttpResponse:
    """Look at the shop as people with this role do, reading only, until one leaves."""
    if queries.rights_of_role(request.seller, role) is None:
        raise NotFound("role_not_found")
    request.session[PREVIEW] = [request.seller.id, role]
    return redirect("/")


def banner(request: WebRequest) -> Banner | None:
    """Above every page while somebody tries a role on."""
    role = getattr(request, "preview", "")
    if not role:
        return None
    return Banner("preview", gettext_lazy("You look at the shop as “%(role)s”. Nothing can be changed meanwhile.")
                  % {"role": role}, tone="warning", dismiss_url=reverse("sellers:preview_end"),
                  dismiss_label=gettext_lazy("Back to my own role"))


register(banner)


@user_view
@require_POST
def preview_end(request: WebRequest) -> HttpResponse:
    request.session.pop(PREVIEW, None)
    return redirect(next_url(request))
