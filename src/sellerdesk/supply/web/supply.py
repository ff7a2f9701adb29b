"""One supply: where it stands, what is missing, what is in it, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import activity, clock, scope
from sellerdesk.core.http.access import public_view, require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui.components import Step, TimelineItem
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import permissions, queries, services, states, texts
from sellerdesk.supply.types import Car, LabelFile, SupplyCard
from sellerdesk.supply.web import acts, making
from sellerdesk.supply.web.lists import STATUS
from sellerdesk.supply.web.scope import whole_shop
from sellerdesk.supply.web.words import litres, slot_text


@require_GET
@seller_view(permissions.VIEW)
def supply(request: WebRequest, supply_id: int) -> HttpResponse:
    whole_shop(request)
    now = clock.now()
    card = queries.supply(request.seller, supply_id, now)
    cluster = next((one for one in inventory.clusters(now) if one.id == card.cluster_id), None)
    may = card.actions if request.can(permissions.EDIT) else ()
    return render(request, "supply/supply.html", {
        "supply": card, "badge": STATUS[card.state], "sentence": texts.SENTENCES[card.state], "may": may,
        "kind": texts.KINDS[card.kind], "steps": _steps(card), "litres": litres(card.volume_ml),
        "slot": slot_text(card.slot_from, card.slot_to, card.time_zone) if card.slot_from else "",
        "cluster": localized(cluster.names, request.language) if cluster else "",
        "todo": [(name, texts.MISSING[name]) for name in card.missing] if card.state == states.DATA_FILLING else [],
        "counted": card.act_at is not None, "totals": _totals(card) if card.act_at is not None else {},
        "timeline": _timeline(request.seller, card)})


def _totals(card: SupplyCard) -> dict[str, int]:
    """The report in five figures."""
    return {name: sum(getattr(line, name) for line in card.lines)
            for name in ("quantity", "good", "damaged", "short", "surplus")}


def _steps(card: SupplyCard) -> list[Step]:
    if card.state in (states.CANCELLED, states.REJECTED, states.OVERDUE):
        return []
    road = [state for state in states.ROAD if card.kind == "crossdock"
            or state not in (states.AT_DROP_OFF, states.IN_TRANSIT)]
    at = road.index(states.REPORTS if card.state == states.DISPUTE else card.state)
    words = {states.DATA_FILLING: _("Fill in"), states.READY: _("Bring"), states.AT_DROP_OFF: _("Receiving point"),
             states.IN_TRANSIT: _("On the way"), states.ACCEPTANCE: _("Counting"), states.REPORTS: _("Report"),
             states.COMPLETED: pgettext("supply", "On sale")}
    done = card.state == states.COMPLETED
    return [Step(words[state], "done" if place < at or done else "now" if place == at else "todo")
            for place, state in enumerate(road)]


def _timeline(seller: SellerRef, card: SupplyCard) -> list[TimelineItem]:
    items = []
    for entry in activity.history(seller.id, "supply", card.id, 50):
        data = entry.data or {}
        text: Any = data.get("comment") or ""
        if entry.event == "supply.supply.moved":
            label, tone = texts.STATES[data["state"]]
            title, icon = label, "arrow-right"
        else:
            title, icon, tone = texts.EVENTS[entry.event]
        if "what" in data:
            text = texts.FILLED[data["what"]]
        if "good" in data:
            text = _("good %(good)s, damaged %(damaged)s, short %(short)s, surplus %(surplus)s") % data
        if "found" in data:
            text = _("found besides: %(found)s") % data
        by = entry.actor.label if entry.actor.kind in ("user", "operator", "key") else ""
        items.append(TimelineItem(title, entry.at, text, icon, tone, by=by))
    return items


@require_POST
@seller_view(permissions.EDIT)
def cancel(request: WebRequest, supply_id: int) -> HttpResponse:
    return acts.act(request, supply_id, lambda known: services.cancel_supply(**known),
                _("The supply is cancelled; its time is free for others."))


@require_POST
@seller_view(permissions.EDIT)
def accept(request: WebRequest, supply_id: int) -> HttpResponse:
    return acts.act(request, supply_id, lambda known: services.accept_report(**known), _("The report is accepted."))


@require_POST
@seller_view(permissions.EDIT)
def dispute(request: WebRequest, supply_id: int) -> HttpResponse:
    return acts.act(request, supply_id, lambda known: services.dispute_report(
        **known, comment=request.POST.get("comment", "")), _("The marketplace counts again."))


@require_POST
@seller_view(permissions.EDIT)
def car(request: WebRequest, supply_id: int) -> HttpResponse:
    told = Car(*(request.POST.get(name, "")[:120] for name in ("number", "model", "driver", "phone")))
    return acts.act(request, supply_id, lambda known: services.set_pass(**known, car=told),
                _("The gate knows the car and its driver."))


@require_POST
@seller_view(permissions.EDIT)
def labels(request: WebRequest, supply_id: int) -> HttpResponse:
    """All labels as one file."""
    whole_shop(request)
    file = services.print_labels(seller=request.seller, supply_id=supply_id, language=request.language,
                                 actor=request.actor, now=clock.now())
    return _file(file)


def _file(file: LabelFile) -> HttpResponse:
    answer = HttpResponse(file.data, content_type=file.content_type)
    answer["Content-Disposition"] = f'inline; filename="{file.name}"'
    return answer


@require_GET
@public_view
def label_file(request: WebRequest, token: str) -> HttpResponse:
    """Labels by the link that the API gave a program: signed by us, good for a day."""
    seller_id, supply_id, cargo_ids, language = queries.of_token(token)
    with scope.one_shop(seller_id):
        return _file(services.drawn_again(seller=sellers.seller_ref(seller_id), supply_id=supply_id,
                                          cargo_ids=cargo_ids, language=language, now=clock.now()))


@require_http_methods(["GET", "POST"])
@seller_view(permissions.VIEW)
def slots(request: WebRequest, supply_id: int) -> HttpResponse:
    """Another time for a supply."""
    whole_shop(request)
    now = clock.now()
    card = queries.supply(request.seller, supply_id, now)
    if request.method == "POST":
        require(request, permissions.EDIT)
        moment = making.read_moment(request.POST.get("slot", ""))
        if moment is None:
            messages.error(request, _("Choose a time."))
            return redirect("supply:slots", supply_id=supply_id)
        return acts.act(request, supply_id, lambda known: services.change_slot(**known, slot_from=moment),
                    _("The supply comes at another time now."))
    place = queries.place(card.drop_off_id)
    return render(request, "supply/slots.html", {
        "supply": card, "days": making.week_of(place, now) if place else [], "place": place,
        "may": "set_slot" in card.actions,
        "slot": slot_text(card.slot_from, card.slot_to, card.time_zone) if card.slot_from else ""})
