"""Screens of warehouses."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.inventory import rules, services
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.inventory.web.forms import PauseForm, WarehouseForm, initial_of
from sellerdesk.inventory.web.tables import (
    ARCHIVE_WAREHOUSES,
    CREATE_WAREHOUSES,
    EDIT_WAREHOUSES,
    PAUSE_WAREHOUSES,
    WarehouseTable,
    own_warehouses,
)
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.services import approvals

_USUAL = {"cut_off": "14:00", "preparation_hours": 24, "opens": "09:00", "closes": "21:00", "kind": "drop_off",
          "safety_stock": 0}


@require_GET
@seller_view("inventory:warehouse:view")
def warehouses(request: WebRequest) -> HttpResponse:
    table = WarehouseTable(request)
    table.fill(own_warehouses(request))
    return table.respond("inventory/warehouses.html")


@require_http_methods(["GET", "POST"])
@seller_view(CREATE_WAREHOUSES)
def warehouse_new(request: WebRequest) -> HttpResponse:
    form = _blank(request, {**_USUAL, "time_zone": request.seller.time_zone, "country": request.seller.country,
                            "working_days": list(range(1, 8))})
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
def warehouse(request: WebRequest, warehouse_id: int) -> HttpResponse:
    """The form of one warehouse; without the right to edit, the same form to read."""
    row = _own(request, warehouse_id)
    editable = request.can(EDIT_WAREHOUSES)
    if request.method == "GET" or not editable:
        form = WarehouseForm(initial=initial_of(row), now=clock.now(), low=_usual_low())
        for field in form.fields.values():
            field.disabled = not editable
        return _form(request, form, row, editable=editable)
    form = _blank(request, initial_of(row))
    if form.is_valid():
        try:
            services.update_warehouse(seller=request.seller, warehouse_id=warehouse_id, **form.cleaned_data,
                                      actor=request.actor, now=clock.now())
        except (Invalid, Conflict) as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Warehouse “%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("inventory:warehouses")
    return _form(request, form, row)


@require_POST
@seller_view(PAUSE_WAREHOUSES)
def pause(request: WebRequest, warehouse_id: int) -> HttpResponse:
    """Stop taking orders for a while, at once or on days to come."""
    row = _own(request, warehouse_id)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            services.pause_warehouse(
                seller=request.seller, warehouse_id=warehouse_id, since=_midnight(form.cleaned_data["since"], row),
                until=_midnight(form.cleaned_data["until"], row), reason=form.cleaned_data["reason"],
                actor=request.actor, now=clock.now())
        except (Invalid, Conflict) as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Warehouse “%(name)s” pauses. Orders that are there stay due.") % {
                "name": row.name})
            return redirect("inventory:warehouse", warehouse_id)
    plain = WarehouseForm(initial=initial_of(row), now=clock.now(), low=_usual_low())
    return _form(request, plain, row, editable=request.can(EDIT_WAREHOUSES), pause_form=form)


@require_POST
@seller_view(PAUSE_WAREHOUSES)
def resume(request: WebRequest, warehouse_id: int) -> HttpResponse:
    row = _own(request, warehouse_id)
    if row.state == "archived":
        require(request, ARCHIVE_WAREHOUSES)
    services.resume_warehouse(seller=request.seller, warehouse_id=warehouse_id, actor=request.actor, now=clock.now())
    messages.success(request, _("Warehouse “%(name)s” takes orders.") % {"name": row.name})
    return redirect("inventory:warehouse", warehouse_id)


@require_POST
@seller_view(ARCHIVE_WAREHOUSES)
def archive(request: WebRequest, warehouse_id: int) -> HttpResponse:
    row = _own(request, warehouse_id)
    try:
        services.archive_warehouse(seller=request.seller, warehouse_id=warehouse_id, actor=request.actor,
                                   now=clock.now())
    except ApprovalRequired as needed:
        approvals.ask_for(needed, seller=request.seller, actor=request.actor, real_now=clock.real_now())
        messages.info(request, _("This shop asks for a second person here. Your request waits for approval."))
        return redirect("inventory:warehouse", warehouse_id)
    except Conflict as error:
        messages.error(request, error.text)
        return redirect("inventory:warehouse", warehouse_id)
    messages.success(request, _("Warehouse “%(name)s” is in the archive.") % {"name": row.name})
    return redirect("inventory:warehouses")


@require_GET
@seller_view("inventory:warehouse:view")
def printed(request: WebRequest) -> HttpResponse:
    """How carriers will print a name, while it is typed."""
    name = request.GET.get("name", "")[:60]
    return render(request, "inventory/_printed.html", {"printed": rules.printed(name), "name": name})


def _own(request: WebRequest, warehouse_id: int) -> WarehouseRow:
    row = next((one for one in own_warehouses(request) if one.id == warehouse_id), None)
    if row is None:
        raise WarehouseUnknown()
    return row


def _blank(request: WebRequest, initial: object) -> WarehouseForm:
    return WarehouseForm(request.POST or None, initial=initial, now=clock.now(), low=_usual_low())


def _usual_low() -> int:
    return int(dated.get("inventory.low_stock", "", clock.now()).value["units"])


def _midnight(day: date | None, row: WarehouseRow) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(row.time_zone)) if day else None


def _form(request: WebRequest, form: WarehouseForm, row: WarehouseRow | None, editable: bool = True,
          pause_form: PauseForm | None = None) -> HttpResponse:
    name = form.data.get("name") or (row.name if row else "")
    return render(
        request, "inventory/warehouse.html",
        {"form": form, "row": row, "editable": editable, "nav_key": "warehouses", "printed": rules.printed(name),
         "pause_form": pause_form or PauseForm(), "may_pause": request.can(PAUSE_WAREHOUSES),
         "may_archive": request.can(ARCHIVE_WAREHOUSES)},
        status=422 if form.errors or (pause_form and pause_form.errors) else 200)
