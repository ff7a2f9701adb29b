"""The market for programs: JSON over HTTP, for those who hold MARKET_TOKEN, and for keys of test shops.

GET `status`, `scenarios`, `trouble`; POST `advance`, `speed`, `pause`, `resume`, `order`, `start`, `stop`, `trouble`,
`calm`. A refusal has the status of its kind and `{"error": {"code", "message", "fields"}}`.

The token moves the installation's market and asks for any of its shops. A key of a test shop, sent as to the Seller API
(`Client-Id`, `Api-Key`), moves that shop's market alone, and may `reset` it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sellerdesk.core import clock, scope, trouble
from sellerdesk.core.actor import Actor
from sellerdesk.core.crypto import same
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.trouble import Order
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.scenarios import library
from sellerdesk.simulator.services import runs, twins
from sellerdesk.simulator.services import trouble as troubles
from sellerdesk.simulator.web import keys

BODY_LIMIT_BYTES = 128 * 1024
_PROGRAM = Actor.system("market API")
_STATUS = {"invalid": 400, "not_found": 404, "forbidden": 403, "conflict": 409, "limit": 429, "unavailable": 503}


class Line(msgspec.Struct, forbid_unknown_fields=True):
    offer_id: str
    quantity: int = 1


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """What may be said in the body of any act; each act reads its own part of it."""

    client_id: int = 0
    hours: int = 0
    speed: int = 0
    lines: list[Line] = []
    city: str = ""
    fate: str = ""
    scenario: str = ""
    text: str = ""
    # Trouble for the shop's programs, see core.trouble.
    kind: str = ""
    path: str = ""
    after: bool = False
    percent: int = 100
    seconds: int = 0
    times: int | None = None
    minutes: int = 30


@csrf_exempt
@public_view
@require_http_methods(["GET", "POST"])
def market_api(request: WebRequest, act: str) -> HttpResponse:
    """One act of a program on the market."""
    if "Api-Key" in request.headers:
        try:
            return keys.answer(request, partial(_act, request, act))
        except DomainError as error:
            # Whoever proved nothing hears nothing about shops.
            return refused_by(error, 401 if error.kind == "not_found" else None)
    if not settings.MARKET_TOKEN:
        raise NotFound()
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not same(given.strip(), settings.MARKET_TOKEN):
        return _refused(401, "token_wrong", "Send the market's token as “Authorization: Bearer …”.")
    with scope.across_shops():
        return _act(request, act, None)


def _act(request: WebRequest, act: str, twin: SellerRef | None) -> HttpResponse:
    """Do it in the scope that holds: of a test shop, or of the installation."""
    known = _READ if request.method == "GET" else _WRITTEN if twin is None else _WRITTEN | _OF_TWIN
    if act not in known:
        return _refused(404, "act_unknown", f"Known by {request.method}: {', '.join(known)}.")
    try:
        body = msgspec.json.decode(request.read(BODY_LIMIT_BYTES) or b"{}", type=Body) if request.method == "POST" \
            else Body(client_id=posted.number(request.GET.get("client_id", "")))
    except msgspec.DecodeError as error:
        return _refused(400, "body_invalid", str(error))
    try:
        if twin is not None:
            if body.client_id not in (0, twin.id):
                raise NotFound("seller_not_found")
            body.client_id = twin.id
        return JsonResponse(known[act](body))
    except DomainError as error:
        return refused_by(error)


def refused_by(error: DomainError, status: int | None = None) -> JsonResponse:
    return _refused(status or _STATUS.get(error.kind, 400), error.code, error.text, [
        {"field": one.field, "code": one.code, "message": one.text, **_line(one.data)} for one in error.fields])


def _line(data: Any) -> dict[str, int]:
    return {"line": data["line"]} if "line" in data else {}


def _refused(status: int, code: str, message: str, fields: list[dict[str, Any]] | None = None) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message, "fields": fields or []}}, status=status)


def _shop(body: Body) -> SellerRef:
    """The shop named, or the first that may sell where none is. Raises NotFound."""
    if body.client_id:
        found = sellers.seller_ref(body.client_id)
        if clock.has_own(found.id) and clock.shop() != found.id:
            # A test shop lives by its own clock, which its own keys move.
            raise NotFound("seller_not_found")
        return found
    shops = sellers.active_sellers()
    if not shops:
        raise NotFound("seller_not_found")
    return shops[0]


def _who() -> dict[str, Any]:
    return {"actor": _PROGRAM, "now": clock.now()}


def _status(body: Body) -> dict[str, Any]:
    setting, state, now = queries.setting(), clock.state(), clock.now()
    shop = _shop(body) if body.client_id else None
    going = queries.running(shop) if shop else None
    until = setting.simulated_until if setting else None
    return {
        "now": now, "virtual": state.virtual, "speed": state.speed, "paused": state.paused,
        "market": setting is not None, "running": bool(setting and setting.running),
        "seed": setting.seed if setting else None, "orders_per_day": setting.orders_per_day if setting else None,
        # How far the market has caught up with the clock: what is due until then has happened.
        "simulated_until": until, "behind_seconds": max(0, round((now - until).total_seconds())) if until else None,
        "coming": queries.coming_counts(shop), "run": queries.as_plain(going) if going else None,
        "last_run": queries.as_plain(last) if shop and (last := queries.last_run(shop)) else None}


def _scenarios(body: Body) -> dict[str, Any]:
    return {"scenarios": [{"name": name, "title": dict(library.scenario(name).title), "text": library.text(name)}
                          for name in library.names()]}


def _advance(body: Body) -> dict[str, Any]:
    services.advance_clock(hours=body.hours, **_who())
    return _status(body)


def _speed(body: Body) -> dict[str, Any]:
    services.set_speed(speed=body.speed, **_who())
    return _status(body)


def _pause(body: Body) -> dict[str, Any]:
    services.pause_clock(**_who())
    return _status(body)


def _resume(body: Body) -> dict[str, Any]:
    services.resume_clock(**_who())
    return _status(body)


def _order(body: Body) -> dict[str, Any]:
    placed = services.place_order(seller=_shop(body), lines=[(one.offer_id, one.quantity) for one in body.lines],
                                  city=body.city, fate=body.fate, **_who())
    return {"order_number": placed.order_number, "posting_number": placed.posting_number}


def _start(body: Body) -> dict[str, Any]:
    return {"run_id": runs.start(seller=_shop(body), text=body.text or library.text(body.scenario), **_who())}


def _stop(body: Body) -> dict[str, Any]:
    runs.stop(seller=_shop(body), **_who())
    return {"stopped": True}


def _trouble(body: Body) -> dict[str, Any]:
    order = Order(body.kind, body.path, body.after, body.percent, body.seconds, body.times, body.minutes)
    return {"trouble_id": troubles.order(seller=_shop(body), order=order, real_now=clock.real_now(), **_who())}


def _troubles(body: Body) -> dict[str, Any]:
    return {"troubles": [asdict(row) for row in trouble.in_force(_shop(body).id, clock.real_now())]}


def _calm(body: Body) -> dict[str, Any]:
    return {"ended": troubles.end(seller=_shop(body), trouble_id=None, **_who())}


def _reset(body: Body) -> dict[str, Any]:
    twins.reset(twin=_shop(body), actor=_PROGRAM, real_now=clock.real_now())
    return {"reset": True}


_READ: dict[str, Callable[[Body], dict[str, Any]]] = {"status": _status, "scenarios": _scenarios, "trouble": _troubles}
_WRITTEN: dict[str, Callable[[Body], dict[str, Any]]] = {
    "advance": _advance, "speed": _speed, "pause": _pause, "resume": _resume, "order": _order, "start": _start,
    "stop": _stop, "trouble": _trouble, "calm": _calm}
_OF_TWIN: dict[str, Callable[[Body], dict[str, Any]]] = {"reset": _reset}
