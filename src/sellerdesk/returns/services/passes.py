"""Passes for cars that fetch returns: those of handing over, at a point that there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core.actor import Actor
from sellerdesk.handover import services as handover
from sellerdesk.handover.queries import Viewer
from sellerdesk.handover.types import PassInput
from sellerdesk.returns import queries
from sellerdesk.returns.errors import PointUnknown
from sellerdesk.sellers.types import SellerRef


def add_passes(*, seller: SellerRef, passes: Sequence[PassInput], actor: Actor, now: datetime,
               only_in: Sequence[int] = ()) -> list[int]:
    """Order passes to return points; returns their numbers in that order. `only_in` are the warehouses it may be for.

    Raises PointUnknown, and what handing over raises for cars and hours.
    """
    known = queries.point_cities({said.place_id for said in passes})
    for said in passes:
        if said.place_id not in known:
            raise PointUnknown(said.place_id)
    return handover.add_passes(seller=seller, passes=passes, carriage_id=None, actor=actor, now=now,
                               viewer=Viewer(tuple(only_in)))


def change_passes(*, seller: SellerRef, passes: Sequence[PassInput], actor: Actor, now: datetime,
                  only_in: Sequence[int] = ()) -> None:
    """Change cars, drivers and hours. Raises what handing over raises."""
    handover.change_passes(seller=seller, passes=passes, carriage_id=None, actor=actor, now=now,
                           viewer=Viewer(tuple(only_in)))


def remove_passes(*, seller: SellerRef, pass_ids: Sequence[int], actor: Actor, now: datetime,
                  only_in: Sequence[int] = ()) -> None:
    """Withdraw passes. Raises what handing over raises."""
    handover.remove_passes(seller=seller, pass_ids=pass_ids, carriage_id=None, actor=actor, now=now,
                           viewer=Viewer(tuple(only_in)))
