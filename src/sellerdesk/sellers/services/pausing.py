"""Shops that do nothing: warned three times, then paused, and selling again with one click.

What counts is told by higher domains (`queries.add_sign_of_life`), so that sellers need not know products or orders.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries, rules, states
from sellerdesk.sellers.models import Holiday, Inactivity, OfferAcceptance, Seller
from sellerdesk.sellers.queries.inactivity import signs_of_life
from sellerdesk.sellers.services.moving import move, owners, send_letter, settle, tell
from sellerdesk.sellers.types import SellerRef

_ACCEPTED = OfferAcceptance.objects.filter(seller_id=OuterRef("pk")).order_by().values("seller_id").annotate(
    first=Min("at")).values("first")
_NEXT = {
    "upload": _("Add a product until the day below, or the shop is paused."),
    "sale": _("Nothing was sold yet. If that is so until the day below, the shop is paused. Look at prices and stock."),
    "last_sale": _("Nothing was sold for a long time. If that is so until the day below, the shop is paused."),
}


def watch(*, now: datetime) -> int:
    """Warn the owners of shops that do nothing 14, 7 and 1 days before, then pause. Returns how many were paused.

    Four queries, and one for the rule, for all selling shops together; only those that are warned or paused cost more.
    """
    accepted = dict(Seller.objects.filter(twin_of=None, state=states.ACTIVE).order_by("pk").values_list(
        "pk", Coalesce(Subquery(_ACCEPTED), "created_at")))
    ids = list(accepted)
    uploaded, sold = signs_of_life("upload", ids), signs_of_life("sale", ids)
    known = {row.pk: row for row in Inactivity.objects.filter(seller__twin_of=None, seller__state=states.ACTIVE)}
    limits = dated.get("sellers.inactivity", "", now).value
    paused = 0
    for seller_id, start in accepted.items():
        row = known.get(seller_id) or Inactivity(seller_id=seller_id)
        kind, deadline = rules.inactive_at(max(start, row.counted_from or start), uploaded.get(seller_id),
                                           sold.get(seller_id), limits)
        moved = row.deadline != deadline
        if moved:
            # Something happened: what was said about the earlier deadline is void.
            row.deadline, row.warned_days, row.not_before = deadline, None, None
        warning = rules.pause_warning(deadline - now)
        if row.warned_days is not None and deadline <= now and (row.not_before is None or row.not_before <= now):
            with atomic():
                move("pause", seller_id=seller_id, actor=Actor.system("calendar"), now=now,
                     reason=f"@inactive_{kind}")
            paused += 1
        elif warning is not None and (row.warned_days is None or warning < row.warned_days):
            _warn(row, kind, warning, now)
        elif moved and seller_id in known:
            Inactivity.objects.filter(pk=seller_id).update(deadline=deadline, warned_days=None, not_before=None)
    return paused


def _warn(row: Inactivity, kind: str, days: int, now: datetime) -> None:
    deadline = row.deadline or now
    # A worker that slept through the days must not pause a shop that nobody warned.
    until = max(deadline, now + timedelta(days=1))
    with atomic():
        Inactivity.objects.update_or_create(pk=row.pk, defaults={
            "deadline": deadline, "warned_days": days, "not_before": until, "counted_from": row.counted_from})
        seller = queries.seller_ref(row.pk)
        activity.record(events.INACTIVE_WARNED, now=now, actor=Actor.system("calendar"), seller_id=seller.id,
                        target_type="shop", target_id=seller.id, target_label=seller.name, data={"days": days})
        send_letter(owners(seller.id), _("The shop “%(name)s” will be paused soon"), _NEXT[kind], seller=seller,
                    path="/", until=until)


def resume(*, seller: SellerRef, actor: Actor, now: datetime) -> SellerRef:
    """Let a paused shop sell again, which ends a holiday; days of doing nothing count from now. Raises StateForbids."""
    with atomic():
        move("unpause", seller_id=seller.id, actor=actor, now=now, quiet=True)
        Holiday.objects.filter(seller_id=seller.id, state="running").update(state="over", end_at=now)
        Inactivity.objects.update_or_create(pk=seller.id, defaults={
            "counted_from": now, "deadline": None, "warned_days": None, "not_before": None})
        settled = settle(seller_id=seller.id, actor=Actor.system("checklist"), now=now, told=False)
        tell("unpause" if settled.state == states.ACTIVE else "approve", seller=settled)
    return settled
