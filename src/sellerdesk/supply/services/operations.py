"""Acts that programs ask for: done at once, what came of them is kept until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sellerdesk.core.errors import DomainError
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply.models import Operation


def attempt(*, seller: SellerRef, kind: str, supply_id: int | None, now: datetime,
            act: Callable[[], Mapping[str, object] | None], word: Callable[[DomainError], Sequence[str]]
            ) -> tuple[str, str]:
    """Do an act and keep what came of it. Returns (operation id, the API's word for the refusal or nothing).

    `act` returns what a program is told about the result, `word` spells a refusal: the word first, details behind it.
    What does not exist is refused at once. Raises NotFound.
    """
    result: Mapping[str, object] = {}
    told: Sequence[str] = ()
    try:
        result = act() or {}
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        told = word(refused)
    row = Operation.objects.create(id=UUID(str(uuid4())), seller_id=seller.id, kind=kind, supply_id=supply_id,
                                   errors=list(told), result=dict(result), created_at=now)
    return str(row.pk), told[0] if told else ""
