"""A key of single warehouses sees and touches what lies in those only; for the others nothing is narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.types import PostingCard
from sellerdesk.seller_api.endpoint import Call

# No warehouse has this id: whoever asks for others' warehouses only finds nothing instead of everything.
_NOWHERE = (0,)


def warehouses(call: Call, chosen: Iterable[int] = ()) -> tuple[int, ...]:
    """What to list: the chosen warehouses within the key's own, or all of its own. None means all of the shop's."""
    own, wanted = call.caller.warehouse_ids, tuple(chosen)
    if not own:
        return wanted
    return (tuple(one for one in wanted if one in own) or _NOWHERE) if wanted else own


def within(call: Call, numbers: Sequence[str]) -> list[str]:
    """Those of these postings that the key reaches, in the order asked. No query where nothing is narrowed."""
    if not call.caller.warehouse_ids:
        return list(numbers)
    known = orders.numbers_in(call.seller, numbers, call.caller.warehouse_ids)
    return [number for number in numbers if number in known]


def require(call: Call, numbers: Sequence[str]) -> None:
    """Raises PostingNotFound for the first posting that lies in another warehouse, as for one that never was."""
    known = set(within(call, numbers))
    for number in numbers:
        if number not in known:
            raise PostingNotFound(number)


def posting(call: Call, number: str) -> PostingCard:
    """Raises PostingNotFound also for another warehouse's, and for what the marketplace ships."""
    card = orders.posting(call.seller, number)
    if card.scheme == "fbo" or (call.caller.warehouse_ids and card.warehouse_id not in call.caller.warehouse_ids):
        raise PostingNotFound(number)
    return card
