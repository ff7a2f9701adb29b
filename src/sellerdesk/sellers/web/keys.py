"""API keys of a shop: the list, a new one, one with its log, replacing and stopping it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sellerdesk.core import clock, rules
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.inventory import queries as inventory
from sellerdesk.seller_api import queries as api
from sellerdesk.sellers import permissions, queries, services
from sellerdesk.sellers.web.key_forms import KeyForm, NetworksForm, RotateForm
from sellerdesk.sellers.web.key_tables import CallTable, KeyTable, key_line


@seller_view(permissions.KEY_VIEW)
def keys(request: WebRequest) -> HttpResponse:
    now = clock.real_now()
    may_stop = request.can(permissions.KEY_STOP)
    table = KeyTable(request)
    table.fill([key_line(row, now, may_stop) for row in queries.keys(request.seller)])
    return table.respond("sellers/keys.html", {"may_create": request.can(permissions.KEY_CREATE)})


@seller_view(permissions.KEY_CREATE)
@fresh_proof(CRITICAL_MINUTES, reading=True)
@sensitive_variables("made")
def key_new(request: WebRequest) -> HttpResponse:
    """The form, and after it the only page that ever shows the key."""
    now = clock.real_now()
    form = KeyForm(request.POST or None, longest=rules.get("sellers.key_life_days", "", now).value,
                   warehouses=list(_places(request).items()), must_choose=bool(request.warehouse_ids),
                   may=request.permissions)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_or_ask(seller=request.seller, user_id=int(request.actor.id), actor=request.actor,
                                          real_now=now, info=request.origin(), **form.cleaned_data)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            if made is None:
                messages.info(request, _("This shop asks for a second person here. Your request waits for approval."))
                return redirect("sellers:approvals")
            return render(request, "sellers/key_made.html", {"made": made, "name": form.cleaned_data["name"]})
    return render(request, "sellers/key_new.html", {"form": form, "roles": _roles(form)},
                  status=422 if form.errors else 200)


def _places(request: WebRequest) -> dict[int, str]:
    """Warehouses by id: the shop's, or those the person works in."""
    own = request.warehouse_ids
    return {row.id: row.name for row in inventory.warehouses(request.seller) if not own or row.id in own}


def _roles(form: KeyForm) -> list[tuple[Any, tuple[str, ...]]]:
    """Each role's checkbox with the methods it opens, as the API itself would list them."""
    methods = api.methods_of_roles()
    return [(option, methods.get(option.data["value"], ())) for option in ui_forms.options(form["roles"])]


@seller_view(permissions.KEY_VIEW)
def key(request: WebRequest, key_id: int) -> HttpResponse:
    """One key: what it may do, and what it was used for in the last days."""
    return _key_page(request, key_id)


def _key_page(request: WebRequest, key_id: int, *, networks: NetworksForm | None = None,
              status: int = 200) -> HttpResponse:
    row = queries.key(request.seller, key_id)
    table = CallTable(request)
    if request.can(permissions.KEY_HISTORY):
        page = queries.calls_page(request.seller, key_id, failed=table.tab == "failed",
                                  status=int(table.where.get("status", 0)), cursor=table.cursor,
                                  limit=table.page_size)
        table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    else:
        table.fill([])

    def context() -> dict[str, Any]:
        line = key_line(row, clock.real_now(), request.can(permissions.KEY_STOP))
        form = networks or NetworksForm(initial={"networks": "\n".join(row.networks)})
        names = {place.id: place.name for place in inventory.warehouses(request.seller)} if row.warehouse_ids else {}
        return {"key": row, "line": line, "networks": form, "rotate": RotateForm(),
                "places": [names.get(one, f"#{one}") for one in row.warehouse_ids],
                "may_edit": request.can(permissions.KEY_EDIT), "may_networks": request.can(permissions.KEY_NETWORKS),
                "may_history": request.can(permissions.KEY_HISTORY)}

    answer = table.respond("sellers/key.html", context)
    answer.status_code = status
    return answer


@seller_view(permissions.KEY_NETWORKS)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def key_networks(request: WebRequest, key_id: int) -> HttpResponse:
    form = NetworksForm(request.POST)
    if form.is_valid():
        try:
            name = services.set_networks(
                seller=request.seller, key_id=key_id, networks=form.cleaned_data["networks"], actor=request.actor,
                real_now=clock.real_now(), info=request.origin())
        except DomainError as refused:
            if not refused.fields:
                raise
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("The networks of “%(name)s” were saved.") % {"name": name})
            return redirect("sellers:key", key_id)
    return _key_page(request, key_id, networks=form, status=422)


@seller_view(permissions.KEY_EDIT)
@require_POST
@fresh_proof(CRITICAL_MINUTES)
@sensitive_variables("made")
def key_rotate(request: WebRequest, key_id: int) -> HttpResponse:
    """A new key in the old one's place; it is shown only now."""
    form = RotateForm(request.POST)
    if not form.is_valid():
        return redirect("sellers:key", key_id)
    made = services.rotate_key(seller=request.seller, key_id=key_id, actor=request.actor, user_id=request.user.pk,
                               overlap_hours=form.cleaned_data["overlap_hours"], real_now=clock.real_now(),
                               info=request.origin())
    old = queries.key(request.seller, key_id)
    return render(request, "sellers/key_made.html", {
        "made": made, "name": old.name, "old_until": None if old.deactivated_at else old.expires_at, "rotated": True})


@seller_view(permissions.KEY_STOP)
@require_POST
def key_deactivate(request: WebRequest, key_id: int) -> HttpResponse:
    """Stopping a key asks for no proof: whoever saw it in public has no time to lose."""
    name = services.deactivate_key(seller=request.seller, key_id=key_id, actor=request.actor,
                                   real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": name})
    return redirect("sellers:keys")
