"""What fees to come would mean for shops, before they are in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sellerdesk.announcements import queries
from sellerdesk.core import clock
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.finance.queries import effects
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers

_PAGE = {"area": "console", "nav_key": "fees"}


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """When fees change, and the shops that sold the most lately: each opens its own effect."""
    now = clock.now()
    found = effects.largest_shops(now - queries.LOOK_BACK, now)
    names = sellers.names([seller_id for seller_id, _amount, _currency in found])
    return render(request, "console/fees.html", {
        **_PAGE, "moments": queries.fee_changes(now),
        "shops": [(seller_id, names.get(seller_id, str(seller_id)), Money(amount, currency))
                  for seller_id, amount, currency in found]})


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def shop(request: WebRequest, seller_id: int) -> HttpResponse:
    """The effect on one shop, as its own people see it."""
    seller = sellers.seller_ref(seller_id)
    found = queries.fee_effects(seller, clock.now())
    page: dict[str, Any] = {**_PAGE, "shop": seller, "found": found}
    if found:
        page |= {"lines": queries.fee_lines(seller, found, request.language),
                 "total": Money(abs(found.difference_minor), seller.currency),
                 "was": Money(found.was_minor, seller.currency),
                 "would_be": Money(found.would_be_minor, seller.currency)}
    return render(request, "console/fees_shop.html", page)
