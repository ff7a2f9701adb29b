"""Several parcels out of one posting: drag units between them, or type how many lie in each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import permissions, services, states
from sellerdesk.orders.types import PostingCard
from sellerdesk.orders.web import limits_panel, scope

MOST_PARCELS = 10


@require_http_methods(["GET", "POST"])
@seller_view(permissions.SPLIT)
def packages(request: WebRequest, number: str) -> HttpResponse:
    """A grid of lines by parcels that must hold every unit once; pack all of them, only the first, or only divide."""
    card = scope.posting(request, number)
    if request.method == "GET" and card.state != states.AWAITING_PACKAGING:
        messages.info(request, _("%(number)s is not waiting to be packed.") % {"number": number})
        return redirect("orders:posting", number=number)
    over = services.look_at_limits(request.seller, card) if card.state == states.AWAITING_PACKAGING else None
    # What fits is laid out beforehand, as long as nobody asks for another number of parcels.
    parts = over.parts if over and request.method == "GET" and "parcels" not in request.GET else ()
    suggested = [dict(part) for part in parts] if 1 < len(parts) <= MOST_PARCELS else []
    count = len(suggested) or _parcels(request, card)
    error = ""
    if request.method == "POST" and "resize" not in request.POST:
        try:
            done = _act(request, card, count)
        except Invalid as refused:
            error = refusal_text(refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:posting", number=number)
        else:
            messages.success(request, done)
            return redirect("orders:posting", number=number)
    grid = [(line, [str(suggested[index].get(line.sku, 0)) if suggested
                    else _typed(request, line.sku, index, line.quantity if index == 0 else 0)
                    for index in range(count)]) for line in card.lines]
    return render(request, "orders/packages.html", {
        "posting": card, "grid": grid, "count": count, "columns": range(1, count + 1), "error": error,
        "most": min(MOST_PARCELS, card.units), **limits_panel.words(over, card.currency),
        "suggested": bool(suggested)}, status=422 if error else 200)


def _act(request: WebRequest, card: PostingCard, count: int) -> str:
    """Do what the button pressed says, and say what was done."""
    parcels = _packages(request, card, count)
    seller, actor, now = request.seller, request.actor, clock.now()
    match request.POST.get("act"):
        case "split":
            made = services.split_posting(seller=seller, number=card.number, parts=parcels, whole=True, actor=actor,
                                          now=now)
            return ngettext("%(count)s posting, not packed yet.",
                            "%(count)s postings, none packed yet.", len(made)) % {"count": len(made)}
        case "first":
            packed = services.ship_package(seller=seller, number=card.number, goods=parcels[0], actor=actor, now=now)
            return _("%(number)s is packed, the rest waits.") % {"number": packed}
        case _:
            made = services.ship_posting(seller=seller, number=card.number, packages=parcels, actor=actor, now=now)
            return ngettext("%(count)s parcel packed.", "%(count)s parcels packed.", len(made)) % {"count": len(made)}


def _parcels(request: WebRequest, card: PostingCard) -> int:
    text = request.POST.get("parcels") or request.GET.get("parcels") or ""
    return max(1, min(posted.number(text, 2), MOST_PARCELS, card.units))


def _typed(request: WebRequest, sku: int, index: int, default: int) -> str:
    return request.POST.get(f"q-{sku}-{index}", str(default))[:6]


def _packages(request: WebRequest, card: PostingCard, count: int) -> list[list[tuple[int, int]]]:
    made: list[list[tuple[int, int]]] = []
    for index in range(count):
        parcel = []
        for line in card.lines:
            text = request.POST.get(f"q-{line.sku}-{index}", "").strip()[:6] or "0"
            if not text.isdecimal():
                raise Invalid("quantity_unreadable", _("“%(value)s” is not a number of units."),
                              data={"value": text})
            if int(text):
                parcel.append((line.sku, int(text)))
        made.append(parcel)
    # A parcel left empty at the end was not meant.
    while len(made) > 1 and not made[-1]:
        made.pop()
    return made
