"""What the inbox asks of orders. One query each, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.core.db import fetch_all, placeholders, utc
from sellerdesk.orders.models import CancelRequest, Posting
from sellerdesk.orders.queries.counting import within
from sellerdesk.orders.types import Batch
from sellerdesk.sellers.types import SellerRef

#: Where the shop has the next step: state and substates.
_TURN = {"to_pack": ("awaiting_packaging", ("posting_created", "ship_failed")),
         "to_hand_over": ("awaiting_deliver", ("posting_registered", "posting_not_in_carriage",
                                               "posting_transferring_to_delivery"))}


def batches(seller: SellerRef, tab: str, warehouse_ids: Sequence[int] = (), limit: int = 50) -> list[Batch]:
    """Postings that wait for the shop (`to_pack` or `to_hand_over`), together by deadline, the earliest first."""
    state, substates = _TURN[tab]
    rows = fetch_all(
        f"""SELECT ship_by, COUNT(*), SUM(amount_minor), MIN(number) FROM orders_posting
            WHERE seller_id = %s AND state = %s AND substate IN ({placeholders(substates)}) AND scheme <> 'fbo'
            {within(warehouse_ids)} GROUP BY ship_by ORDER BY ship_by LIMIT %s""",
        [seller.id, state, *substates, *warehouse_ids, limit])
    found = []
    for ship_by, count, amount_minor, number in rows:
        due = utc(ship_by)
        assert due is not None
        found.append(Batch(due, int(count), int(amount_minor), number))
    return found


def missing(seller: SellerRef, warehouse_ids: Sequence[int] = (), limit: int = 50) -> list[tuple[str, int]]:
    """Numbers and amounts of parcels that the sorting centre has not seen, the dearest first."""
    rows = Posting.objects.filter(seller_id=seller.id, state="not_accepted")
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return list(rows.order_by("-amount_minor", "id").values_list("number", "amount_minor")[:limit])


def cancel_requests_due(seller: SellerRef, warehouse_ids: Sequence[int] = (), limit: int = 50
                        ) -> list[CancelRequest]:
    """Buyers who wait for an answer, those with the earliest end first, with their postings."""
    rows = CancelRequest.objects.filter(seller_id=seller.id, state="ON_APPROVAL")
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return list(rows.select_related("posting").order_by("due_at", "id")[:limit])
