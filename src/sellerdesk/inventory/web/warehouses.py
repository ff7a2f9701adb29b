"""Screens of warehouses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sellerdesk.core import clock
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.inventory import services
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.web.forms import WarehouseForm
from sellerdesk.inventory.web.tables import CREATE_WAREHOUSES, EDIT_WAREHOUSES, WarehouseTable, own_warehouses


@require_GET
@seller_view("inventory:warehouse:view")
def warehouses(request: HttpRequest) -> HttpResponse:
    table = WarehouseTable(request)
    table.fill(own_warehouses(request))
    return table.respond("inventory/warehouses.html")


@require_http_methods(["GET", "POST"])
@seller_view(CREATE_WAREHOUSES)
def warehouse_new(request: HttpRequest) -> HttpResponse:
    form = WarehouseForm(request.POST or None, existing=False, initial={
        "time_zone": request.seller.time_zone, "cut_off": "14:00", "preparation_hours": 24})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_warehouse(seller=request.seller, **form.cleaned_data, actor=request.actor,
                                             now=clock.now())
        except Invalid as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Warehouse “%(name)s” is open.") % {"name": made.name})
            return redirect("inventory:warehouses")
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@seller_view("inventory:warehouse:view")
def warehouse(request: HttpRequest, warehouse_id: int) -> HttpResponse:
    """The form of one warehouse; without the right to edit, the same form to read."""
    row = next((one for one in own_warehouses(request) if one.id == warehouse_id), None)
    if row is None:
        raise WarehouseUnknown()
    editable = request.can(EDIT_WAREHOUSES)
    initial = {"name": row.name, "city": row.city, "address": row.address, "time_zone": row.time_zone,
               "cut_off": row.cut_off, "preparation_hours": row.preparation_hours, "state": row.state}
    if request.method == "GET" or not editable:
        form = WarehouseForm(existing=True, initial=initial)
        for field in form.fields.values():
            field.disabled = not editable
        return _form(request, form, row.name, editable=editable)
    form = WarehouseForm(request.POST, existing=True, initial=initial)
    if form.is_valid():
        try:
            services.update_warehouse(seller=request.seller, warehouse_id=warehouse_id, **form.cleaned_data,
                                      actor=request.actor, now=clock.now())
        except (Invalid, Conflict) as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Warehouse “%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("inventory:warehouses")
    return _form(request, form, row.name)


def _form(request: HttpRequest, form: WarehouseForm, name: str | None, editable: bool = True) -> HttpResponse:
    return render(request, "inventory/warehouse.html",
                  {"form": form, "name": name, "editable": editable, "nav_key": "warehouses"},
                  status=422 if form.errors else 200)
