"""People of single warehouses see and touch the postings of those only; for the others nothing is narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import queries
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.types import PostingCard

_NOWHERE = (0,)


def warehouses(request: WebRequest, chosen: Iterable[int] = ()) -> tuple[int, ...]:
    """What to list: the chosen warehouses within one's own, or all of one's own. None means all of the shop's."""
    own, wanted = tuple(request.warehouse_ids), tuple(chosen)
    if not own:
        return wanted
    return (tuple(one for one in wanted if one in own) or _NOWHERE) if wanted else own


def within(request: WebRequest, numbers: Sequence[str]) -> list[str]:
    """Those of these postings that the person may touch, in the order asked. No query where nothing is narrowed."""
    if not request.warehouse_ids:
        return list(numbers)
    known = queries.numbers_in(request.seller, numbers, request.warehouse_ids)
    return [number for number in numbers if number in known]


def posting(request: WebRequest, number: str) -> PostingCard:
    """Raises PostingNotFound also for another warehouse's."""
    card = queries.posting(request.seller, number)
    if request.warehouse_ids and card.warehouse_id not in request.warehouse_ids:
        raise PostingNotFound(number)
    return card


def require(request: WebRequest, number: str) -> None:
    """Raises PostingNotFound where the posting lies in another warehouse."""
    if not within(request, [number]):
        raise PostingNotFound(number)
