"""What promotions make of the prices of orders, and what orders take of promotions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sellerdesk.catalog.types import ProductRef
from sellerdesk.core.db import fetch_all, placeholders
from sellerdesk.orders import states
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import OrderRequest
from sellerdesk.pricing.types import PriceRow
from sellerdesk.promotions import queries as promotions
from sellerdesk.promotions import services as counting
from sellerdesk.promotions.queries import Quoter
from sellerdesk.promotions.types import BuyerPrice, CodeUse
from sellerdesk.sellers.types import SellerRef

Lines = list[tuple[ProductRef, PriceRow, int]]


def quoter(seller: SellerRef, orders: Sequence[OrderRequest], product_ids: Sequence[int]) -> Quoter:
    """The actions that any of these orders can meet. One query where none runs."""
    if not orders:
        return Quoter()
    moments = [order.at for order in orders]
    return promotions.quoter(
        seller, product_ids, min(moments), max(moments), vouchers=[order.voucher for order in orders if order.voucher],
        request_ids=[order.request_id for order in orders if order.request_id])


def priced(known: Quoter, order: OrderRequest, lines: Lines) -> tuple[Lines, list[BuyerPrice]]:
    """The lines at what the buyer pays, and how each price came about. The price without promotions is crossed out."""
    found = known.quote([(price, quantity) for _, price, quantity in lines], order.at, voucher=order.voucher,
                        buyer=_buyer(order), request_id=order.request_id, in_parts=order.in_parts)
    return [(ref, price if paid.price_minor == price.price_minor else replace(
        price, price_minor=paid.price_minor, old_price_minor=max(price.old_price_minor, price.price_minor)), quantity)
        for (ref, price, quantity), paid in zip(lines, found, strict=True)], found


def take(seller: SellerRef, known: Quoter, quoted: Sequence[tuple[OrderRequest, Lines, Sequence[BuyerPrice]]]) -> bool:
    """Take the units that these orders have at actions' prices, and their codes; False, and none taken, where that is
    too much."""
    return counting.take(seller=seller, shares=_shares(quoted), codes=_codes(known, quoted))


def give_back(seller: SellerRef, known: Quoter, quoted: Sequence[tuple[OrderRequest, Lines, Sequence[BuyerPrice]]]
              ) -> None:
    """Undo `take` for orders that are not placed after all."""
    counting.give_back(seller=seller, shares=_shares(quoted), codes=_codes(known, quoted))


def _codes(known: Quoter, quoted: Iterable[tuple[OrderRequest, Lines, Sequence[BuyerPrice]]]) -> list[CodeUse]:
    found = [known.code_use(order.voucher, _buyer(order), zip((row[-1] for row in lines), prices, strict=True))
             for order, lines, prices in quoted if order.voucher]
    return [use for use in found if use]


def give_back_cancelled(seller: SellerRef, postings: Iterable[Working]) -> None:
    """What cancelled postings had taken is there for other buyers: units of actions, and the codes of orders of which
    nothing is left. Their lines must be loaded, and the postings written."""
    postings = list(postings)
    counting.give_back(seller=seller, shares=[
        counting.Share(int(action_id), line.product_id, line.quantity, posting.in_process_at)
        for posting in postings for line in posting.lines for action_id in line.action_ids.split()])
    # A code may be on goods that were cancelled before: what counts is the order.
    counting.give_back_codes(
        seller=seller, order_numbers=sorted({posting.number.rpartition("-")[0] for posting in postings}),
        cancelled=lambda numbers: _cancelled_whole(seller, numbers))


def _cancelled_whole(seller: SellerRef, numbers: Sequence[str]) -> list[str]:
    """Which of these orders have no posting left. One query."""
    ended = states.TABS["cancelled"]
    return [number for number, in fetch_all(
        f"SELECT o.number FROM orders_order o WHERE o.seller_id = %s AND o.number IN ({placeholders(numbers)})"
        " AND NOT EXISTS (SELECT 1 FROM orders_posting p WHERE p.order_id = o.id"
        f" AND p.state NOT IN ({placeholders(ended)}))", [seller.id, *numbers, *ended])]


def _shares(quoted: Iterable[tuple[OrderRequest, Lines, Sequence[BuyerPrice]]]) -> list[counting.Share]:
    return [counting.Share(action_id, ref.id, quantity, order.at)
            for order, lines, prices in quoted for (ref, _, quantity), paid in zip(lines, prices, strict=True)
            for action_id in paid.action_ids]


def paid_in_parts(postings: Sequence[Working]) -> dict[str, int]:
    """What buyers pay in parts, minor units by posting number; their lines must be loaded. One query where any line has
    a promotion."""
    named = {int(action_id) for posting in postings for line in posting.lines for action_id in line.action_ids.split()}
    offers = {str(id_) for id_ in promotions.instalments(named)} if named else set()
    return {posting.number: sum(line.amount_minor for line in posting.lines if offers & set(line.action_ids.split()))
            for posting in postings} if offers else {}


def note(seller: SellerRef, known: Quoter, placed: Iterable[tuple[OrderRequest, str, Lines, Sequence[BuyerPrice]]]
         ) -> None:
    """Count the vouchers and approved requests that the placed orders (with their numbers) used."""
    counting.note_sold(seller=seller, quoter=known, sold=[
        counting.Sold(number, order.at, tuple((ref.id, quantity, paid) for (ref, _, quantity), paid in zip(
            lines, prices, strict=True)), order.voucher, _buyer(order), order.request_id)
        for order, number, lines, prices in placed])


def _buyer(order: OrderRequest) -> str:
    return counting.buyer_key(order.buyer_phone) if order.voucher else ""
