"""Payments by which a shop settles what it owes the marketplace."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.money import Money
from sellerdesk.finance.errors import PaymentKnown
from sellerdesk.finance.events import PAYMENT_RECEIVED
from sellerdesk.finance.services.booking import book_repayment
from sellerdesk.finance.texts import DEBTS
from sellerdesk.finance.types import Charge
from sellerdesk.sellers import queries as sellers

REPAYMENT = "repayment"
MAX_REFERENCE = 40


def receive(*, seller_id: int, amount: str, reference: str, actor: Actor, now: datetime) -> Money:
    """Record money that a shop paid in, under its bank's reference; the balance rises by it at once.

    More than is owed is taken too: the rest is paid out with the next period. `amount` is text in the shop's currency.
    Raises NotFound for a shop that is none, Invalid naming the field, PaymentKnown for a reference recorded before.
    """
    seller = sellers.seller_ref(seller_id)
    reference = " ".join(reference.split())
    errors: list[FieldError] = []
    paid: Money | None = None
    try:
        paid = Money.parse(amount.strip(), seller.currency)
    except Invalid as refused:
        errors += [replace(one, field="amount") for one in refused.fields]
    if paid is not None and paid.amount_minor <= 0:
        errors.append(_error("amount", "not_above_zero", amount.strip()))
    if not reference:
        errors.append(_error("reference", "required", ""))
    elif len(reference) > MAX_REFERENCE:
        errors.append(_error("reference", "too_long", reference, most=MAX_REFERENCE))
    if errors or paid is None:
        raise Invalid.many(errors)
    with atomic():
        if not book_repayment(charge=Charge(seller.id, reference, REPAYMENT, "", seller.currency, now,
                                            paid.amount_minor)):
            raise PaymentKnown(data={"reference": reference})
        activity.record(PAYMENT_RECEIVED, now=now, actor=actor, seller_id=seller.id, target_type="payment",
                        target_id=reference, target_label=reference,
                        data={"amount_minor": paid.amount_minor, "currency": paid.currency})
    return paid


def _error(field: str, code: str, value: str, **data: int) -> FieldError:
    return FieldError(field, code, DEBTS[code], value[:60], {"value": value[:60], **data})
