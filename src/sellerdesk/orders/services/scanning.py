"""Acts of scanners, sent once or several times, at once or after a lost connection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, fetch_one
from sellerdesk.core.errors import DomainError
from sellerdesk.orders.models import ScanAct
from sellerdesk.orders.services import shipping, units
from sellerdesk.orders.types import ScanAnswer, UnitInput, UnitsInput
from sellerdesk.sellers.types import SellerRef

# How long the outcome of an act is remembered: far longer than a scanner keeps what it could not send.
KEPT = timedelta(days=30)


def pack_scanned(*, seller: SellerRef, key: str, number: str, counted: Mapping[int, int],
                 described: Mapping[int, tuple[UnitInput, ...]], actor: Actor, now: datetime) -> ScanAnswer:
    """Pack a posting whose units somebody has scanned, `counted` by SKU, with what was read from them.

    The same `key` twice is one act: the second call changes nothing and answers as the first one did. A refusal is an
    answer too, so that whoever worked without connection can go on with the next act and look at this one later.
    """
    with atomic():
        fresh = fetch_all(
            """INSERT INTO orders_scanact (seller_id, key, number, code, text, at) VALUES (%s, %s, %s, '', '', %s)
               ON CONFLICT (seller_id, key) DO NOTHING RETURNING id""", [seller.id, key, number, now])
        if not fresh:
            before = fetch_one("SELECT number, code, text FROM orders_scanact WHERE seller_id = %s AND key = %s",
                               [seller.id, key])
            assert before is not None
            return ScanAnswer(before[0], before[1], before[2], repeated=True)
        try:
            # What is refused leaves nothing behind, the marks of its units neither.
            with atomic():
                _pack(seller, number, counted, described, actor, now)
        except DomainError as refused:
            answer = ScanAnswer(number, refused.code, refused.text)
            execute("UPDATE orders_scanact SET code = %s, text = %s WHERE id = %s",
                    [answer.code[:60], answer.text[:500], fresh[0][0]])
            return answer
        return ScanAnswer(number, "", "")


def _pack(seller: SellerRef, number: str, counted: Mapping[int, int],
          described: Mapping[int, tuple[UnitInput, ...]], actor: Actor, now: datetime) -> None:
    if described:
        outcome = units.set_units(seller=seller, sheets=[UnitsInput(number, described)], actor=actor, now=now)[0]
        if outcome.error:
            raise outcome.error
    shipping.ship_posting(seller=seller, number=number, packages=[list(counted.items())], actor=actor, now=now)


def forget_scans(*, now: datetime) -> int:
    """Forget the outcomes of acts that nobody will send again. Returns how many."""
    return ScanAct.objects.filter(clock.shops(), at__lt=now - KEPT).delete()[0]
