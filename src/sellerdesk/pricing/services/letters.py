"""Telling owners and finance about prices in quarantine."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.accounts import queries as accounts
from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock, mail
from sellerdesk.core.db import atomic
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries
from sellerdesk.pricing.models import QuarantinedPrice
from sellerdesk.sellers import queries as sellers

_SHOWN = 10
_TOLD_ROLES = ("owner", "finance")


@task(queue_name="default")
def tell_about_waiting(seller_id: int) -> int:
    """One mail to each owner and each person of finance about what is newly held; returns how many items it told of.

    Items are marked first, in the same transaction: run twice, it writes once.
    """
    seller = sellers.seller_ref(seller_id)
    with atomic():
        fresh = [row for row in queries.waiting(seller) if row.id in _untold(seller_id)]
        if not fresh:
            return 0
        marked = QuarantinedPrice.objects.filter(id__in=[row.id for row in fresh], told_at=None).update(
            told_at=clock.real_now())
        if not marked:
            return 0
        names = {ref.id: ref for ref in catalog.refs(seller, product_ids=[row.product_id for row in fresh[:_SHOWN]])}
        lines = [{"offer_id": names[row.product_id].offer_id, "name": names[row.product_id].name, "by": row.by,
                  "before": Money(row.before_minor, row.currency), "after": Money(row.price_minor, row.currency)}
                 for row in fresh[:_SHOWN] if row.product_id in names]
        people = [user_id for user_id, _name, role in sellers.members(seller) if role in _TOLD_ROLES]
        for email, language in accounts.contacts(people):
            mail.send(email, "pricing/mail/quarantine", {
                "shop": seller.name, "count": len(fresh), "lines": lines, "more": len(fresh) - len(lines),
                "expires_at": min(row.expires_at for row in fresh)}, language or "en")
    return len(fresh)


def _untold(seller_id: int) -> set[int]:
    return set(QuarantinedPrice.objects.filter(
        seller_id=seller_id, state=QuarantinedPrice.State.WAITING, told_at=None).values_list("id", flat=True))
