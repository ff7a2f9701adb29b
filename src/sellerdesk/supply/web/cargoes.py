"""Boxes and pallets of a supply: dealt out evenly, or put together one by one; and other contents."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.supply import permissions, queries, services
from sellerdesk.supply.types import CargoInput, CargoKind, SupplyCard
from sellerdesk.supply.web import acts, making
from sellerdesk.supply.web.scope import whole_shop


@require_GET
@seller_view(permissions.VIEW)
def cargoes(request: WebRequest, supply_id: int) -> HttpResponse:
    """What is packed, and what is left to pack."""
    whole_shop(request)
    card = queries.supply(request.seller, supply_id, clock.now())
    left = _left(card)
    names = {line.sku: line for line in card.lines}
    return render(request, "supply/cargoes.html", {
        "supply": card, "may": "set_cargoes" in card.actions and request.can(permissions.EDIT),
        "may_change": "set_contents" in card.actions and request.can(permissions.EDIT),
        "left": [(line, left[line.sku]) for line in card.lines if left[line.sku]], "units_left": sum(left.values()),
        "boxes": [(cargo, [(names[sku].offer_id if sku in names else sku, units) for sku, units in cargo.items])
                  for cargo in card.cargoes]})


def _left(card: SupplyCard) -> Counter[int]:
    left = Counter({line.sku: line.quantity for line in card.lines})
    for cargo in card.cargoes:
        left.subtract(dict(cargo.items))
    return left


def _kind(request: WebRequest) -> CargoKind:
    return "pallet" if request.POST.get("kind") == "pallet" else "box"


@require_POST
@seller_view(permissions.EDIT)
def deal(request: WebRequest, supply_id: int) -> HttpResponse:
    """All goods into so many boxes."""
    text = request.POST.get("count", "")
    return acts.act(request, supply_id, lambda known: services.pack_evenly(
        **known, kind=_kind(request), count=int(text) if text.isdecimal() and len(text) < 5 else 1),
        _("All goods are in boxes. Print the labels."), back="supply:cargoes")


@require_POST
@seller_view(permissions.EDIT)
def add(request: WebRequest, supply_id: int) -> HttpResponse:
    """One more box with what was typed beside the goods that are left."""
    items = tuple((sku, int(units)) for sku, units in making.typed(request)
                  if units.isdecimal() and len(units) < 9 and int(units))
    if not items:
        messages.error(request, _("Write how many units go into the box."))
        return redirect("supply:cargoes", supply_id=supply_id)
    return acts.act(request, supply_id, lambda known: services.set_cargoes(
        **known, replace=False, cargoes=[CargoInput("", _kind(request), items)]), _("The box is packed."),
        back="supply:cargoes")


@require_POST
@seller_view(permissions.EDIT)
def remove(request: WebRequest, supply_id: int, cargo_id: int) -> HttpResponse:
    return acts.act(request, supply_id, lambda known: services.delete_cargoes(**known, cargo_ids=[cargo_id]),
                _("The box is unpacked."), back="supply:cargoes")


@require_POST
@seller_view(permissions.EDIT)
def contents(request: WebRequest, supply_id: int) -> HttpResponse:
    """Other contents from a file; each row that is wrong is named, and then nothing is changed."""
    whole_shop(request)
    queries.supply(request.seller, supply_id, clock.now())
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        messages.error(request, _("Choose a file."))
        return redirect("supply:cargoes", supply_id=supply_id)
    try:
        items, wrong = services.read_contents(file, file.size or 0, clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect("supply:cargoes", supply_id=supply_id)
    if wrong:
        for one in wrong[:10]:
            messages.error(request, _("Row %(row)s, “%(value)s”: %(text)s") % {
                "row": one.row, "value": one.value, "text": one.text})
        return redirect("supply:cargoes", supply_id=supply_id)
    return acts.act(request, supply_id, lambda known: services.set_contents(**known, items=items),
                _("The contents are changed."), back="supply:cargoes")
