"""Papers for packing from the list of orders, and the shelves they speak of."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables
from sellerdesk.handover import services
from sellerdesk.handover.rules import MOST_IN_A_BATCH
from sellerdesk.handover.services.archive import Kept
from sellerdesk.handover.web import scope
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory import services as inventory_services
from sellerdesk.orders import permissions
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import PostingFilter

# As inventory names the right to change stock.
_STOCK_EDIT = "inventory:stock:edit"
_MOST_ROWS = 200


@require_POST
@seller_view(permissions.LABEL)
def pick_list(request: WebRequest) -> HttpResponse:
    """What to take from which shelf for the selected postings."""
    return _made(request, services.pick_list)


@require_POST
@seller_view(permissions.LABEL)
def packing_slips(request: WebRequest) -> HttpResponse:
    """A slip for each of the selected postings, in the order of the list."""
    return _made(request, services.packing_slips)


def _made(request: WebRequest, make: Callable[..., Kept]) -> HttpResponse:
    numbers = scope.within(request, request.POST.getlist("ids")[:MOST_IN_A_BATCH])
    try:
        kept = make(seller=request.seller, numbers=numbers, language=request.language, actor=request.actor,
                    now=clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect(tables.next_url(request, reverse("orders:postings")))
    return redirect("handover:paper", paper_id=kept.id)


@require_http_methods(["GET", "POST"])
@seller_view(_STOCK_EDIT)
def shelves(request: WebRequest) -> HttpResponse:
    """Where the goods of waiting orders lie, warehouse by warehouse; pick lists follow the order of the shelves."""
    own = request.warehouse_ids
    places = [row for row in inventory.warehouses(request.seller) if not own or row.id in own]
    chosen = next((row for row in places if str(row.id) == request.GET.get("warehouse")), places[0] if places else None)
    if request.method == "POST" and chosen:
        wanted = {id_: str(value) for key, value in request.POST.items()
                  if key.startswith("s-") and (id_ := posted.number(key[2:]))}
        count = inventory_services.set_shelves(seller=request.seller, warehouse_id=chosen.id, shelves=wanted,
                                               actor=request.actor, now=clock.now())
        messages.success(request, ngettext("%(count)s shelf saved.", "%(count)s shelves saved.", count)
                         % {"count": count} if count else _("Nothing was changed."))
        return redirect(f"{reverse('handover:shelves')}?warehouse={chosen.id}")
    rows: list[tuple[int, str, str, str]] = []
    if chosen:
        page = orders.postings_page(request.seller, filter=PostingFilter(tab="to_pack", warehouse_ids=(chosen.id,)),
                                    limit=_MOST_ROWS, newest_first=False, sort="ship_by")
        wanted_ids = list(dict.fromkeys(line.product_id for row in page.rows for line in row.lines))[:_MOST_ROWS]
        stocked = inventory.lying_in(request.seller, chosen.id, _MOST_ROWS)
        ids = list(dict.fromkeys([*wanted_ids, *stocked]))[:_MOST_ROWS]
        known = inventory.shelves(request.seller, ids)
        rows = [(card.id, card.offer_id, card.name, known.get((chosen.id, card.id), ""))
                for card in catalog.cards(request.seller, ids)]
        rows.sort(key=lambda row: (row[3] or "\U0010ffff", row[1]))
    return render(request, "handover/shelves.html", {"places": places, "chosen": chosen, "rows": rows})
