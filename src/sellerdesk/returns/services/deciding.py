"""What the shop says to a claim, and the photos both sides show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.catalog.services import imaging
from sellerdesk.core import storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.returns import rules, states
from sellerdesk.returns.errors import (
    ActionNotAvailable,
    BackWayWrong,
    CommentRequired,
    OfferWrong,
    RejectionUnknown,
    TooManyPhotos,
)
from sellerdesk.returns.models import Claim, ClaimPhoto
from sellerdesk.returns.services import claiming
from sellerdesk.returns.types import MOST_PHOTOS, REJECTIONS, Decision
from sellerdesk.sellers.types import SellerRef


def store_photos(*, seller: SellerRef, files: Sequence[bytes], now: datetime) -> list[str]:
    """Keep photos of claimed goods, decoded and encoded anew; their keys in the order given.

    Raises PictureRefused for one that is no picture, TooManyPhotos.
    """
    if len(files) > MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    limits = imaging.rules_at(now)
    return [storage.save_bytes(f"pictures/claims/{seller.id}", made.picture, "webp")
            for made in [imaging.make(data, limits) for data in files]]


def decide_claim(*, seller: SellerRef, claim_id: int, decision: Decision, actor: Actor, now: datetime,
                 only_in: Sequence[int] = ()) -> str:
    """Do what the shop decided with one claim; returns its new state.

    Raises ClaimNotFound (also for one outside the warehouses `only_in`), ActionNotAvailable, RejectionUnknown,
    CommentRequired, OfferWrong, BackWayWrong, TooManyPhotos, Conflict.
    """
    with atomic():
        claim = claiming.one(seller, claim_id, only_in)
        if decision.action not in states.available_actions(claim.state):
            raise ActionNotAvailable(rules.claim_number(claim_id), claim.state)
        _check(claim, decision)
        comment = decision.comment.strip()[:2000]
        if decision.action in states.REJECTING:
            claim.rejection, claim.rejection_comment = decision.rejection, comment
        if decision.action == "offer":
            claim.offer_minor = decision.offer_minor
        if decision.action in states.REFUNDING:
            claim.back_way_minor = decision.back_way_minor
        _keep_photos(claim, decision.photos)
        claiming.take([claiming.Step(claim, decision.action, now, actor, decision.stock, comment)])
        return claim.state


def _check(claim: Claim, decision: Decision) -> None:
    if decision.action in states.REJECTING:
        facts = REJECTIONS.get(decision.rejection)
        in_hand = decision.action == "reject_received"
        if facts is None or facts.after not in (None, in_hand):
            raise RejectionUnknown()
        if facts.comment_required and not decision.comment.strip():
            raise CommentRequired()
    price = Money(claim.amount_minor, claim.currency).decimal_text()
    if decision.action == "offer" and not 0 < decision.offer_minor < claim.amount_minor:
        raise OfferWrong(price)
    if not 0 <= decision.back_way_minor <= claim.amount_minor:
        raise BackWayWrong(price)
    if decision.stock not in ("shelf", "write_off"):
        raise Invalid("stock_unknown", field="stock", data={"value": decision.stock})


def _keep_photos(claim: Claim, keys: Sequence[str]) -> None:
    if not keys:
        return
    if ClaimPhoto.objects.filter(claim_id=claim.pk, by="seller").count() + len(keys) > MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    ClaimPhoto.objects.bulk_create(
        ClaimPhoto(seller_id=claim.seller_id, claim_id=claim.pk, key=key, by="seller") for key in keys)
