"""The thing somebody was looking at when they asked, found from the address of that page."""

from __future__ import annotations

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted
from sellerdesk.core.http.request import WebRequest
from sellerdesk.finance import queries as finance
from sellerdesk.orders import queries as orders
from sellerdesk.returns import queries as returns
from sellerdesk.support.types import Attached

KINDS = {"posting": _("Posting"), "product": _("Product"), "claim": _("Claim"), "transaction": _("Booking")}
#: View -> kind and name of the parameter that holds the id.
_VIEWS = {"orders:posting": ("posting", "number"), "catalog:product": ("product", "product_id"),
          "catalog:product_edit": ("product", "product_id"), "returns:claim": ("claim", "claim_id"),
          "finance:transaction": ("transaction", "transaction_id")}
_PAGES = {"posting": "orders:posting", "product": "catalog:product", "claim": "returns:claim",
          "transaction": "finance:transaction"}
#: Topics offered first for a thing.
TOPICS = {"posting": "orders.ship", "product": "goods.card", "claim": "orders.return", "transaction": "money.payout"}


def of_path(request: WebRequest, path: str) -> Attached:
    """What a page of this shop shows; nothing for any other address, and for things that are not this shop's."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return Attached()
    kind, name = _VIEWS.get(match.view_name, ("", ""))
    return of_thing(request, kind, str(match.kwargs.get(name, ""))) if kind else Attached()


def of_thing(request: WebRequest, kind: str, id_: str) -> Attached:
    seller, number = request.seller, posted.number(id_)
    try:
        if kind == "posting":
            return Attached(kind, id_, orders.posting(seller, id_).number)
        if kind == "product" and number:
            rows = catalog.products_page(seller, filter=ProductFilter(product_ids=[number], visibility="ANY"),
                                         cursor="", limit=1, language=request.language).rows
            return Attached(kind, id_, rows[0].offer_id) if rows else Attached()
        if kind == "claim" and number:
            returns.claim(seller, number, request.warehouse_ids)
            return Attached(kind, id_, returns.claim_number(number))
        if kind == "transaction" and number:
            booking, _lines = finance.transaction(seller, number)
            return Attached(kind, id_, booking.posting_number or id_)
    except DomainError:
        return Attached()
    return Attached()


def url_of(kind: str, id_: str) -> str:
    """The shop's page of a thing."""
    return reverse(_PAGES[kind], args=[id_]) if kind in _PAGES and id_ else ""
