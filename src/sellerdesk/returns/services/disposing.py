"""Goods that nobody wants back: after the days of keeping, below a price the shop sets, or because it says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.money import minor_digits
from sellerdesk.returns import events
from sellerdesk.returns.errors import BoundTooLow
from sellerdesk.returns.models import DisposalSetting, Return
from sellerdesk.returns.services import fees, moving
from sellerdesk.returns.services import rows as kept
from sellerdesk.sellers.types import SellerRef

_PLATFORM = Actor.system("marketplace")


def dispose(*, seller: SellerRef, return_id: int, actor: Actor, now: datetime, only_in: Sequence[int] = ()) -> None:
    """Let goods that wait at a point be disposed of now. The units never come back to the shelf.

    Raises NotArrived, or ReturnNotFound, also for goods outside the warehouses `only_in` (none: all).
    """
    with atomic():
        ids = moving.within(seller, [return_id], only_in)
        rows = [row for row in kept.load(ids, ("arrived",), seller.id) if row.scheme != "rfbs"]
        for row in rows:
            row.dispose_at = now
        if not _dispose(rows, actor):
            raise moving.missing(seller, return_id, only_in)


def dispose_due(now: datetime, limit: int) -> int:
    """Dispose of goods of all shops whose time has come, each at its own moment. How many."""
    with atomic():
        ids = list(Return.objects.filter(clock.shops(), state="arrived", dispose_at__lte=now)
                   .order_by("dispose_at", "pk").values_list("pk", flat=True)[:limit])
        return _dispose(kept.load(ids, ("arrived",)), _PLATFORM)


def _dispose(rows: list[Return], actor: Actor) -> int:
    """Each at its `dispose_at`: the fees are booked, and the sale is taken back as if the goods had come home."""
    for row in rows:
        assert row.dispose_at is not None
        row.state, row.changed_at = "disposed", row.dispose_at
        row.storage_minor = fees.storage_minor(row, row.dispose_at)
        row.disposal_minor = fees.disposal_minor(row)
    kept.save(rows)
    for moment in sorted({row.changed_at for row in rows}):
        group = [row for row in rows if row.changed_at == moment]
        kept.take_back_sales(group, moment)
        fees.book(group, moment)
    activity.record_many([
        kept.entry(events.RETURN_DISPOSED, row, row.changed_at, actor, storage_minor=row.storage_minor,
                   disposal_minor=row.disposal_minor, currency=row.currency) for row in rows])
    return len(rows)


def set_bounds(*, seller: SellerRef, price: int | None, faulty: int | None, actor: Actor, now: datetime) -> None:
    """Set below which price of a unit, in whole units of the shop's currency, goods are not kept at all.

    `price` is for sound goods and `faulty` for those with a fault; None keeps them all. Counts for goods that arrive
    from now on. Raises BoundTooLow (dated rule returns.storage, `least`).
    """
    least = dated.get("returns.storage", seller.currency, now).value["least"]
    for field, value in (("price", price), ("faulty", faulty)):
        if value is not None and value < least:
            raise BoundTooLow(field, least)
    unit = 10 ** minor_digits(seller.currency)
    after = {"price_minor": price * unit if price is not None else None,
             "faulty_minor": faulty * unit if faulty is not None else None}
    with atomic():
        known = DisposalSetting.objects.filter(seller_id=seller.id).values("price_minor", "faulty_minor").first()
        before = known or {"price_minor": None, "faulty_minor": None}
        if before == after:
            return
        DisposalSetting.objects.update_or_create(seller_id=seller.id, defaults={**after, "updated_at": now})
        activity.record(events.DISPOSAL_SET, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name, before=before, after=after,
                        data={"currency": seller.currency})
