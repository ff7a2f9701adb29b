"""The contract between marketplace and sellers: versions, and who accepted them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries
from sellerdesk.sellers.models import OfferAcceptance, OfferVersion
from sellerdesk.sellers.services.moving import settle
from sellerdesk.sellers.types import SellerRef


def accept_offer(*, seller: SellerRef, offer_id: int, user_id: int, actor: Actor, now: datetime) -> None:
    """Accept the version in force of the offer, or of a policy. Twice changes nothing.

    Raises Conflict `offer_changed` for any other version.
    """
    key = OfferVersion.objects.filter(pk=offer_id).values_list("key", flat=True).first()
    current = queries.current_offer(now, "en", key) if key else None
    if current is None or current.id != offer_id:
        raise Conflict("offer_changed", _("There is a newer version of the offer. Read it before you accept."))
    with atomic():
        _made, fresh = OfferAcceptance.objects.get_or_create(
            seller_id=seller.id, offer_id=offer_id, defaults={"user_id": user_id, "at": now})
        if fresh:
            if current.key != queries.OFFER:
                activity.record(events.POLICY_ACCEPTED, now=now, actor=actor, seller_id=seller.id,
                                target_type="policy", target_id=current.key,
                                target_label=f"{current.title}, {current.version}")
                return
            activity.record(events.OFFER_ACCEPTED, now=now, actor=actor, seller_id=seller.id, target_type="offer",
                            target_id=offer_id, target_label=current.version)
            settle(seller_id=seller.id, actor=Actor.system("checklist"), now=now)


def ask_to_accept(*, key: str, version: str, titles: Mapping[str, str], texts: Mapping[str, str],
                  valid_from: datetime) -> int:
    """Let shops accept a version of a policy; whoever publishes it has checked and records it. Returns its id."""
    return OfferVersion.objects.create(
        key=key, version=version, valid_from=valid_from,
        **{f"title_{name}": text for name, text in titles.items()},
        **{f"text_{name}": text for name, text in texts.items()}).pk


def publish_offer(*, version: str, texts: dict[str, str], valid_from: datetime, actor: Actor, now: datetime) -> int:
    """A new version, in every language. Sellers have the grace period of the dated rule to accept it.

    Raises Invalid for an empty text, a used name or a day in the past.
    """
    version = " ".join(version.split())
    wrong = [FieldError(f"text_{name}", "empty", _("Write the offer in all three languages."))
             for name in ("en", "ru", "zh") if not texts.get(name, "").strip()]
    if not 1 <= len(version) <= 20:
        wrong.append(FieldError("version", "length", _("Name the version in 1 to 20 characters."), version[:60]))
    if valid_from < now:
        wrong.append(FieldError("valid_from", "past", _("A version cannot come into force in the past.")))
    if wrong:
        raise Invalid.many(wrong)
    try:
        with atomic():
            row = OfferVersion.objects.create(version=version, valid_from=valid_from,
                                              **{f"text_{name}": texts[name].strip() for name in ("en", "ru", "zh")})
            activity.record(events.OFFER_PUBLISHED, now=now, actor=actor, target_type="offer", target_id=row.pk,
                            target_label=version)
    except IntegrityError:
        raise Invalid("version_taken", _("There is a version of this name already."), field="version",
                      data={"value": version}) from None
    return row.pk
