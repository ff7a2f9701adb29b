"""Supplies of the market: shops send goods, the marketplace's people take them in and count, now and then otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.services.buying import Shelves
from sellerdesk.simulator.types import Due, Planned, Setting
from sellerdesk.supply import queries, services
from sellerdesk.supply.types import Car, Counted, ItemInput, LineRow

_PEOPLE = Actor.system("marketplace")
_SHOP = Actor.system("autopilot")
_CAR = Car("Е417КХ77", "ГАЗель Next", "Тимур Крылов", "+7 900 000-41-17")
# Of the supplies nobody has decided about: in how many something is missing, broken or too much.
_DIFFERENT = 0.3
_MOST_WANTED = 14
# What a demo shop has sent: days before its present, part of the country, through a receiving point or not, units of
# each product, and how far it is filled in. The last ones are still on their way when somebody looks.
_SENT = (
    (58, 4001, "direct", 60, "ready"), (56, 4005, "crossdock", 30, "ready"), (30, 4001, "direct", 50, "ready"),
    (9, 4002, "direct", 20, "ready"), (2, 4003, "direct", 15, "ready"), (1.6, 4005, "crossdock", 20, "ready"),
    (0.3, 4001, "direct", 40, "ready"), (0.1, 4006, "direct", 12, "draft"))
_POINTS = {4001: 1_020_004_000_000_901, 4002: 1_020_004_000_000_902, 4005: 1_020_004_000_000_903}
#: What follows a state: the step, and between how many hours later.
_NEXT = {"accepted_at_supply_warehouse": ("depart", 6, 20), "in_transit": ("unload", 12, 40),
         "acceptance_at_storage_warehouse": ("report", 3, 14), "report_rejected": ("settle", 20, 50)}


def plan_demo(*, seller: SellerRef, start: datetime, now: datetime) -> None:
    """Let a demo shop have sent goods, in time for its history to sell them."""
    Errand.objects.bulk_create([
        Errand(kind=Errand.Kind.SUPPLY, seller_id=seller.id, reference=f"supplies of {seller.id}", position=place,
               due_at=max(now - timedelta(days=days), start + timedelta(hours=1 + place)),
               data={"step": "send", "cluster": cluster, "kind": kind, "units": units, "until": until})
        for place, (days, cluster, kind, units, until) in enumerate(_SENT)], ignore_conflicts=True)


def after_change(setting: Setting, *, supply_id: int, seller_id: int, state: str, at: datetime,
                 slot_from: datetime | None) -> list[Planned]:
    """What the marketplace's people do next with a supply that is in this state now."""
    rng = Random(f"{setting.seed}:supply:{supply_id}:{state}")
    reference = f"supply {supply_id}"
    if state == "ready_to_supply" and slot_from is not None:
        # Another hour is another errand; whoever comes at the old one finds nobody.
        hour = int(slot_from.timestamp() // 3600) % 30_000
        return [Planned("supply", seller_id, reference, slot_from + timedelta(minutes=rng.randint(2, 55)), hour,
                        {"step": "hand_in", "slot": slot_from.isoformat()})]
    if state not in _NEXT:
        return []
    step, least, most = _NEXT[state]
    place = 30_000 + list(_NEXT).index(state)
    return [Planned("supply", seller_id, reference, at + timedelta(hours=rng.uniform(least, most)), place,
                    {"step": step})]


def do(*, setting: Setting, shelves: Shelves, seller: SellerRef, group: Sequence[Due]) -> None:
    """One step of each supply. What has become impossible meanwhile is left."""
    for one in group:
        if one.data["step"] == "send":
            _send(setting, shelves, seller, one)
            continue
        supply_id = int(one.reference.rpartition(" ")[2])
        try:
            _step(setting, supply_id, one)
        except DomainError:
            # Cancelled, or at another hour by now.
            continue


def _step(setting: Setting, supply_id: int, one: Due) -> None:
    step: str = one.data["step"]
    known: dict[str, Any] = {"supply_id": supply_id, "actor": _PEOPLE, "now": one.at}
    if step == "hand_in":
        if queries.slots_of([supply_id]).get(supply_id) == datetime.fromisoformat(one.data["slot"]):
            services.hand_in(**known)
    elif step == "depart":
        services.depart(**known)
    elif step == "unload":
        services.unload(**known)
    elif step == "report":
        services.report_counted(**known, counted=counted(setting.seed, supply_id, queries.declared(supply_id)))
    else:
        services.settle_dispute(**known, found=found_again(setting.seed, supply_id, queries.declared(supply_id)))


def counted(seed: int, supply_id: int, lines: Iterable[LineRow]) -> list[Counted]:
    """What is found in the boxes: mostly what was declared, sometimes less, broken or more. Drawn by seed."""
    rng = Random(f"{seed}:count:{supply_id}")
    rows = list(lines)
    odd = {rng.randrange(len(rows)) for _ in range(rng.randint(1, 3))} if rng.random() < _DIFFERENT else set()
    found = []
    for place, line in enumerate(rows):
        good, damaged = line.quantity, 0
        if place in odd:
            off = min(rng.randint(1, 3), line.quantity)
            kind = rng.choice(("short", "damaged", "surplus"))
            good += off if kind == "surplus" else -off
            damaged = off if kind == "damaged" else 0
        found.append(Counted(line.product_id, good, damaged))
    return found


def found_again(seed: int, supply_id: int, lines: Iterable[LineRow]) -> list[Counted]:
    """What a second count finds of what was short. Drawn by seed."""
    rng = Random(f"{seed}:again:{supply_id}")
    return [Counted(line.product_id, rng.randint(0, line.short)) for line in lines if line.short]


def _send(setting: Setting, shelves: Shelves, seller: SellerRef, one: Due) -> None:
    """The shop makes a supply of what sells best and fills it in as far as was planned."""
    offers = [offer.product_id for offer in shelves.of(seller, setting.seed, one.at).by_demand()[:_MOST_WANTED]]
    refs = catalog.refs(seller, product_ids=offers) if offers else []
    data, cluster = one.data, one.data["cluster"]
    place = next((row for row in inventory.platform_warehouses() if row.cluster_id == cluster), None)
    if not refs or place is None:
        return
    known: dict[str, Any] = {"seller": seller, "actor": _SHOP, "now": one.at}
    crossdock = data["kind"] == "crossdock"
    try:
        draft = services.create_draft(
            **known, kind=data["kind"], cluster_id=cluster, partial=True, real_now=one.at,
            drop_off_id=_POINTS[cluster] if crossdock else None,
            items=[ItemInput(ref.sku, data["units"]) for ref in refs if ref.sku])
        door = queries.place(_POINTS[cluster]) if crossdock else place
        first = one.at.date()
        free = queries.free_slots(door, first, first + timedelta(days=4), one.at) if door else []
        supply = services.create_supply(**known, draft_id=draft, storage_id=place.id,
                                        slot_from=free[0].start if free else None)
        if data["until"] == "draft":
            return
        services.pack_evenly(**known, supply_id=supply, kind="box", count=max(2, data["units"] // 10))
        if not crossdock:
            services.set_pass(**known, supply_id=supply, car=_CAR)
    except DomainError:
        # No free hour or nothing to send: the shop tries another time.
        return
