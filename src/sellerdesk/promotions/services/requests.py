"""Buyers ask for a discount, shops answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, of_shop
from sellerdesk.core.errors import Invalid
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import states
from sellerdesk.promotions.errors import RequestUnknown, TooManyRows
from sellerdesk.promotions.events import REQUESTED, REQUESTS_ANSWERED
from sellerdesk.promotions.models import DiscountRequest
from sellerdesk.promotions.services.selling import buyer_key
from sellerdesk.sellers.types import SellerRef

RULE = "promotions.requests"
MAX_ANSWERS = 100
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """A shop's word on one request. `price_minor` None declines it."""

    request_id: int
    price_minor: int | None = None
    least: int = 1
    most: int = 1
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    request_id: int
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def ask(*, seller: SellerRef, product_id: int, buyer_name: str, buyer: str, requested_minor: int, quantity: int,
        comment: str, actor: Actor, now: datetime) -> int:
    """A buyer asks for a price; returns the request's id, 0 where one of theirs is open already.

    Raises Invalid for a price that is no discount, or a larger one than the rule lets buyers ask for.
    """
    price = pricing.prices(seller, [product_id]).get(product_id)
    refs = catalog.refs(seller, product_ids=[product_id])
    rule = dated.get(RULE, "", now).value
    if not price or not refs or not 1 <= quantity <= rule["most_units"] or not (
            price.price_minor * (10_000 - rule["most_bp"]) <= requested_minor * 10_000 < price.price_minor * 10_000):
        raise Invalid("invalid", field="requested_price")
    with atomic():
        made, fresh = DiscountRequest.objects.get_or_create(
            product_id=product_id, buyer=buyer_key(buyer), state__in=states.OPEN, defaults={
                "seller_id": seller.id, "state": states.NEW, "buyer_name": buyer_name[:200], "comment":
                comment[:_LONGEST], "price_minor": price.price_minor, "requested_minor": requested_minor,
                "quantity": quantity, "created_at": now,
                "answer_by": now + timedelta(hours=rule["answer_hours"])})
        if not fresh:
            return 0
        activity.record(REQUESTED, now=now, actor=actor, seller_id=seller.id, target_type="discount_request",
                        target_id=made.pk, target_label=refs[0].offer_id,
                        data={"product_id": product_id, "requested_minor": requested_minor})
    return made.pk


def see(*, seller: SellerRef, request_ids: Sequence[int]) -> None:
    """Somebody of the shop has looked at new requests."""
    if request_ids:
        DiscountRequest.objects.filter(of_shop(seller.id), pk__in=request_ids, state=states.NEW).update(
            state=states.SEEN)


def answer(*, seller: SellerRef, answers: Sequence[Answer], actor: Actor, now: datetime) -> list[Answered]:
    """Approve or decline requests; one outcome per answer, bad ones spoil no others. Raises TooManyRows.

    An approved price is between what was asked and the price; it holds for the days of the rule.
    """
    if len(answers) > MAX_ANSWERS:
        raise TooManyRows(data={"limit": MAX_ANSWERS, "count": len(answers)})
    valid = timedelta(days=dated.get(RULE, "", now).value["valid_days"])
    made: list[Answered] = []
    with atomic():
        known = {one.pk: one for one in DiscountRequest.objects.filter(
            of_shop(seller.id), pk__in=[one.request_id for one in answers])}
        for one in answers:
            row = known.get(one.request_id)
            made.append(Answered(one.request_id, RequestUnknown.code) if row is None else
                        _answer(row, one, actor, now, valid))
        done = [one.request_id for one in made if not one.code]
        if done:
            activity.record(REQUESTS_ANSWERED, now=now, actor=actor, seller_id=seller.id,
                            target_type="discount_request", target_id=done[0] if len(done) == 1 else "",
                            data={"count": len(done), "ids": done})
    return made


def _answer(row: DiscountRequest, one: Answer, actor: Actor, now: datetime, valid: timedelta) -> Answered:
    if row.state not in states.OPEN or row.answer_by <= now:
        return Answered(row.pk, "REQUEST_CLOSED")
    changes: dict[str, Any] = {"state": states.DECLINED}
    if one.price_minor is not None:
        if not row.requested_minor <= one.price_minor < row.price_minor:
            return Answered(row.pk, "APPROVED_PRICE", {"least": row.requested_minor, "most": row.price_minor - 1})
        if not 1 <= one.least <= one.most:
            return Answered(row.pk, "APPROVED_QUANTITY")
        changes = {"state": states.APPROVED, "approved_minor": one.price_minor, "approved_least": one.least,
                   "approved_most": one.most, "ends_at": now + valid}
    moved = DiscountRequest.objects.filter(pk=row.pk, state__in=states.OPEN).update(
        **changes, seller_comment=one.comment[:_LONGEST], decided_at=now, decided_by=actor.label[:200])
    return Answered(row.pk, "" if moved else "REQUEST_CLOSED")
