"""The company's address in Latin letters. A spelling and no legal fact: nobody has to approve it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity, latin
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries
from sellerdesk.sellers.models import Company
from sellerdesk.sellers.types import SellerRef

LONGEST = 300


def write_address(*, seller: SellerRef, text: str, actor: Actor, now: datetime) -> None:
    """Write how declarations spell the company's address; empty means by rule. Raises Invalid `not_latin`, `length`."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Invalid("length", _("Write at most %(limit)s characters."), field="latin_address",
                      data={"limit": LONGEST, "value": text[:60]})
    if text and not latin.is_latin(text):
        raise Invalid("not_latin", _("Write the address in Latin letters, as post abroad spells it: “%(value)s” has "
                                     "letters of another script, or none."), field="latin_address",
                      data={"value": text[:60]})
    profile = queries.profile(seller)
    if text == profile.latin_address:
        return
    with atomic():
        Company.objects.filter(pk=profile.id).update(latin_address=text)
        activity.record(events.PROFILE_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name,
                        before={"latin_address": profile.latin_address}, after={"latin_address": text})
