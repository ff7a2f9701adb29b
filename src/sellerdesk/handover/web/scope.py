"""Who looks at papers: people of single warehouses see those of their own, and what they made themselves."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.core.http.request import WebRequest
from sellerdesk.handover.queries import Viewer
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound


def viewer(request: WebRequest) -> Viewer:
    return Viewer(tuple(request.warehouse_ids), f"{request.actor.kind}:{request.actor.id}")


def within(request: WebRequest, numbers: Sequence[str]) -> list[str]:
    """Those of these postings that the person may touch, in the order asked. One query."""
    known = orders.numbers_in(request.seller, numbers, request.warehouse_ids)
    return [number for number in numbers if number in known]


def require(request: WebRequest, number: str) -> None:
    """Raises PostingNotFound where the posting lies in another warehouse, or is not the shop's."""
    if not orders.numbers_in(request.seller, [number], request.warehouse_ids):
        raise PostingNotFound(number)
