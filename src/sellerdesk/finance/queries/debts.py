"""What shops owe the marketplace, and what they paid in."""

from __future__ import annotations

from sellerdesk.core import clock
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.finance.models import ShopBalance, Transaction
from sellerdesk.finance.types import Owing, PaymentIn
from sellerdesk.sellers.types import SellerRef

_REPAYMENT = "repayment"


def payments(seller: SellerRef, *, cursor: str | None = None, limit: int = 50) -> Page[PaymentIn]:
    """What a shop paid in, the newest first. One query."""
    before = len(f"{_REPAYMENT}:{seller.id}:")
    return keyset(Transaction.objects.filter(seller_id=seller.id, kind=_REPAYMENT), "-at", "-id", cursor=cursor,
                  limit=limit, columns=("id", "at", "amount_minor", "currency", "key")).map(
        lambda row: PaymentIn(row[0], row[1], row[2], row[3], row[4][before:]))


def owing(*, cursor: str | None = None, limit: int = 50) -> Page[Owing]:
    """Shops whose balance is below zero, the largest debts first by amount. One query. For the operator."""
    return keyset(ShopBalance.objects.filter(clock.shops(), balance_minor__lt=0), "balance_minor", "seller_id",
                  cursor=cursor, limit=limit, columns=("seller_id", "balance_minor", "currency")).map(
        lambda row: Owing(row[0], -row[1], row[2]))
