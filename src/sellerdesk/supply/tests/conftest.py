from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.supply import queries, services
from sellerdesk.supply.types import Car, ItemInput
from tests.stall import Stall

PODOLSK, TULA, MOSCOW_POINT, CENTRE = (
    1_020_004_000_000_101, 1_020_004_000_000_102, 1_020_004_000_000_901, 4001)
CAR = Car("А123ВС77", "ГАЗель", "Борис К.", "+7 900 000-11-22")
# Tomorrow at noon in Moscow.
SLOT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Desk:
    """Anna and her supplies."""

    def __init__(self, stall: Stall) -> None:
        self.stall, self.seller, self.actor, self.now = stall, stall.seller, stall.actor, stall.now
        self.asked = 0

    @property
    def acts(self) -> dict:
        return {"seller": self.seller, "actor": self.actor, "now": self.now}

    def draft(self, *items: tuple[int, int], kind: str = "direct", partial: bool = False) -> int:
        self.asked += 1
        return services.create_draft(
            **self.acts, kind=kind, cluster_id=CENTRE, partial=partial,
            drop_off_id=MOSCOW_POINT if kind == "crossdock" else None,
            items=[ItemInput(self.stall.sku(product), units) for product, units in items or ((self.stall.mug, 10),)],
            # Half a minute apart: as often as is allowed.
            real_now=self.now + timedelta(seconds=31 * self.asked))

    def supply(self, *items: tuple[int, int], kind: str = "direct", slot: datetime | None = SLOT) -> int:
        return services.create_supply(**self.acts, draft_id=self.draft(*items, kind=kind), storage_id=PODOLSK,
                                      slot_from=slot)

    def ready(self, *items: tuple[int, int], kind: str = "direct", slot: datetime = SLOT) -> int:
        made = self.supply(*items, kind=kind, slot=slot)
        services.pack_evenly(**self.acts, supply_id=made, kind="box", count=2)
        if kind == "direct":
            services.set_pass(**self.acts, supply_id=made, car=CAR)
        return made

    def card(self, supply_id: int, now: datetime | None = None):
        return queries.supply(self.seller, supply_id, now or self.now)

    def state(self, supply_id: int) -> str:
        return self.card(supply_id).state


@pytest.fixture
def desk(stall: Stall, dated_rules: None) -> Desk:
    return Desk(stall)
