"""Telling the people concerned: events of shops go into the security history of those they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sellerdesk.accounts import services as accounts
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import queries
from sellerdesk.sellers.types import SellerRef

NOWHERE = RequestInfo()


def tell(user_ids: Iterable[int | None], kind: str, *, seller: SellerRef, actor: Actor, info: RequestInfo = NOWHERE,
         **detail: Any) -> None:
    """Write an event into each person's history, once each; important kinds are mailed there.

    Whoever did it themself reads it without a name, the others read who it was.
    """
    for user_id in sorted({one for one in user_ids if one}):
        own = actor.kind == "user" and actor.id == str(user_id)
        accounts.record(user_id=user_id, kind=kind, info=info, actor_label="" if own else actor.label,
                        actor_kind=actor.kind, detail={"shop": seller.name, **detail}, seller_id=seller.id)


def tell_owners(kind: str, *, seller: SellerRef, actor: Actor, info: RequestInfo = NOWHERE,
                others: Iterable[int | None] = (), **detail: Any) -> None:
    """The same for every owner of the shop, and for `others`."""
    tell([*queries.owners(seller), *others], kind, seller=seller, actor=actor, info=info, **detail)
