"""Who looks at papers: people of single warehouses see those of their own, and what they made themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest

from sellerdesk.handover.queries import Viewer
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound


def viewer(request: HttpRequest) -> Viewer:
    return Viewer(tuple(request.warehouse_ids), f"{request.actor.kind}:{request.actor.id}")


def within(request: HttpRequest, numbers: Sequence[str]) -> list[str]:
    """Those of these postings that the person may touch, in the order asked. One query."""
    known = orders.numbers_in(request.seller, numbers, request.warehouse_ids)
    return [number for number in numbers if number in known]


def require(request: HttpRequest, number: str) -> None:
    """Raises PostingNotFound where the posting lies in another warehouse, or is not the shop's."""
    if not orders.numbers_in(request.seller, [number], request.warehouse_ids):
        raise PostingNotFound(number)
