"""What shops owe the marketplace, and what they paid in."""

from __future__ import annotations

from sellerdesk.core import clock
from sellerdesk.finance.models import ShopBalance, Transaction
from sellerdesk.finance.types import Owing, PaymentIn
from sellerdesk.sellers.types import SellerRef

_REPAYMENT = "repayment"


def payments(seller: SellerRef, *, limit: int = 100) -> list[PaymentIn]:
    """What a shop paid in, the newest first. One query."""
    before = len(f"{_REPAYMENT}:{seller.id}:")
    return [PaymentIn(id_, at, amount, currency, key[before:]) for id_, at, amount, currency, key in
            Transaction.objects.filter(seller_id=seller.id, kind=_REPAYMENT).order_by("-at", "-id").values_list(
                "id", "at", "amount_minor", "currency", "key")[:limit]]


def owing(*, limit: int = 200) -> list[Owing]:
    """Shops whose balance is below zero, the largest debts first by amount. One query. For the operator."""
    return [Owing(seller_id, -balance, currency) for seller_id, balance, currency in
            ShopBalance.objects.filter(clock.shops(), balance_minor__lt=0).order_by(
                "balance_minor", "seller_id").values_list("seller_id", "balance_minor", "currency")[:limit]]
