"""Reading whether shops do anything: what higher domains saw of them, and what was announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sellerdesk.sellers.models import Inactivity
from sellerdesk.sellers.types import SellerRef

#: Of these shops: when each did it (first upload, or last sale); shops that never did are left out. One query.
Sign = Callable[[Sequence[int]], Mapping[int, datetime]]
_signs: dict[str, Sign] = {}


def add_sign_of_life(kind: str, sign: Sign) -> None:
    """Let a higher domain tell when shops added their first product (`upload`) or sold last (`sale`)."""
    _signs[kind] = sign


def signs_of_life(kind: str, seller_ids: Sequence[int]) -> Mapping[int, datetime]:
    return _signs[kind](seller_ids) if kind in _signs else {}


def pause_announced(seller: SellerRef) -> datetime | None:
    """When a shop is paused if it goes on doing nothing; None while its owners were not warned. One query."""
    return Inactivity.objects.filter(pk=seller.id).exclude(warned_days=None).values_list("deadline", flat=True).first()
