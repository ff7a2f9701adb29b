"""Goods of which nothing is heard any more, and what the marketplace pays for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Charge
from sellerdesk.returns import events, rules
from sellerdesk.returns.models import Return
from sellerdesk.returns.services import rows as kept
from sellerdesk.returns.services.rows import entry

_PLATFORM = Actor.system("marketplace")


def give_up(now: datetime, limit: int) -> int:
    """Give up what did not move for too long, each at its own moment, and promise a compensation. How many."""
    days = dated.get("returns.loss", "", now)
    with atomic():
        ids = list(Return.objects.filter(
            clock.shops(), ~Q(scheme="rfbs"), state__in=("requested", "on_the_way"),
            changed_at__lte=now - timedelta(days=days.value["lost_days"]))
            .order_by("changed_at", "pk").values_list("pk", flat=True)[:limit])
        rows = kept.load(ids, ("requested", "on_the_way"))
        for row in rows:
            row.changed_at += timedelta(days=days.value["lost_days"])
            row.state = "lost"
            row.compensation, row.compensation_at = "sent", row.changed_at
            row.compensation_minor = rules.compensation_minor(row.amount_minor, days.value)
        kept.save(rows)
        # The buyer has given the goods away and has the money again.
        by_moment = sorted({row.changed_at for row in rows})
        for moment in by_moment:
            kept.take_back_sales([row for row in rows if row.changed_at == moment], moment)
        activity.record_many([
            one for row in rows for one in (
                entry(events.RETURN_LOST, row, row.changed_at, _PLATFORM),
                _changed(row, row.changed_at, _PLATFORM))])
        return len(rows)


def pay(now: datetime, limit: int) -> int:
    """Pay the compensations whose time has come, each at its own moment. How many."""
    rule = dated.get("returns.loss", "", now)
    wait = timedelta(hours=rule.value["paid_hours"])
    with atomic():
        ids = list(Return.objects.filter(clock.shops(), compensation="sent", compensation_at__lte=now - wait)
                   .order_by("compensation_at", "pk").values_list("pk", flat=True)[:limit])
        rows = [row for row in kept.load(ids, ("lost",)) if row.compensation == "sent"]
        for row in rows:
            assert row.compensation_at is not None
            row.compensation, row.compensation_at = "received", row.compensation_at + wait
        kept.save(rows)
        _book(rows, "compensation", 1, rule.id)
        activity.record_many([_changed(row, row.compensation_at or now, _PLATFORM) for row in rows])
        return len(rows)


def take_back(rows: Sequence[Return], at: datetime, actor: Actor) -> None:
    """The goods arrived after all: a promise is called off, what was paid is taken back."""
    changed = [row for row in rows if row.compensation in ("sent", "received")]
    paid = [row for row in changed if row.compensation == "received"]
    for row in changed:
        row.compensation = "reversed" if row.compensation == "received" else "cancelled"
        row.compensation_at = at
    kept.save(changed)
    _book([row for row in paid if row in changed], "compensation_back", -1, None)
    activity.record_many([_changed(row, at, actor) for row in changed])


def _book(rows: Sequence[Return], kind: str, sign: int, rule_id: int | None) -> None:
    finance.book_charges(charges=[
        Charge(row.seller_id, str(row.pk), kind, row.posting_number, row.currency, row.compensation_at,
               sign * row.compensation_minor, rule_id)
        for row in rows if row.compensation_at is not None])


def _changed(row: Return, at: datetime, actor: Actor) -> activity.Entry:
    return entry(events.COMPENSATION_CHANGED, row, at, actor, amount_minor=row.compensation_minor,
                 currency=row.currency, state=row.compensation)
