"""Carriages: what leaves together, from choosing the parcels to what the carrier says it got.

Each move is one guarded UPDATE; whoever comes second is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from sellerdesk.core import activity, clock, ids
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.handover import events, queries, rules, states
from sellerdesk.handover.errors import (
    CarriageMoved,
    CarriageUnknown,
    ContainersInvalid,
    DepartureInvalid,
    MethodUnknown,
    NoPostings,
)
from sellerdesk.handover.models import Carriage, CarriageParcel
from sellerdesk.handover.types import Chosen, Seen
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import services as orders_services
from sellerdesk.orders.queries import handing as orders
from sellerdesk.orders.types import PackedRow
from sellerdesk.sellers.types import SellerRef

_FIRST = 15_000_000
_SYSTEM = Actor.system("handover")


def create_carriage(*, seller: SellerRef, method_id: int, departs_on: date | None, actor: Actor, now: datetime,
                    only_in: Sequence[int] = ()) -> int:
    """Gather every packed parcel of a delivery method that is in no carriage; returns the carriage's number.

    Without a day it leaves today, in the warehouse's own time. Raises MethodUnknown, also for a method of a warehouse
    outside `only_in` (none: all), DepartureInvalid, NoPostings.
    """
    with atomic():
        method = next((one for one in logistics.methods(seller) if one.id == method_id), None)
        if method is None or (only_in and method.warehouse_id not in only_in):
            raise MethodUnknown(method_id)
        warehouse = next((one for one in inventory.warehouses(seller) if one.id == method.warehouse_id), None)
        today = now.astimezone(ZoneInfo(warehouse.time_zone if warehouse else seller.time_zone)).date()
        day = departs_on or today
        if day < today:
            raise DepartureInvalid(day.isoformat())
        packed = _free(seller, orders.packed(seller, method_ids=[method_id]))[:rules.MOST_IN_A_CARRIAGE]
        if not packed:
            raise NoPostings()
        number = _FIRST + ids.allocate("handover.carriage")[0]
        earlier = Carriage.objects.filter(seller_id=seller.id, delivery_method_id=method_id, departs_on=day).exclude(
            state=states.CANCELLED).count()
        Carriage.objects.create(
            id=number, seller_id=seller.id, warehouse_id=method.warehouse_id, delivery_method_id=method_id,
            departs_on=day, partial_num=earlier + 1, created_at=now, changed_at=now)
        _fill(seller, number, packed)
        _tell(events.CARRIAGE_CREATED, seller, number, actor, now, postings=len(packed), method_id=method_id,
              departs_on=day.isoformat())
        return number


def create_formed(*, seller: SellerRef, method_id: int, departs_on: date | None, containers: int, actor: Actor,
                  now: datetime, only_in: Sequence[int] = ()) -> int:
    """Gather and form in one act, as older clients do; both or nothing.

    Raises what `create_carriage` and `approve` raise.
    """
    with atomic():
        number = create_carriage(seller=seller, method_id=method_id, departs_on=departs_on, actor=actor, now=now,
                                 only_in=only_in)
        approve(seller=seller, carriage_id=number, containers=containers, actor=actor, now=now)
        return number


def set_postings(*, seller: SellerRef, carriage_id: int, numbers: Sequence[str], actor: Actor, now: datetime,
                 viewer: queries.Viewer = queries.EVERYBODY) -> list[Chosen]:
    """Replace the parcels of a new carriage by these; outcomes in the order asked, a refused one stops no other.

    Raises CarriageUnknown, CarriageMoved, NoPostings when none of them can go (nothing is changed then).
    """
    with atomic():
        row = _move(seller, carriage_id, "choose", now, viewer)
        wanted = rules.in_order(numbers)[:rules.MOST_IN_A_CARRIAGE]
        packed = {one.number: one for one in orders.packed(seller, method_ids=[row.delivery_method_id])}
        elsewhere = queries.in_live_carriages(seller, wanted, besides=carriage_id)
        outcomes = [Chosen(number, "POSTING_NOT_FOUND" if number not in packed
                           else "POSTING_ALREADY_IN_CARRIAGE" if number in elsewhere else "") for number in wanted]
        taken = [packed[one.number] for one in outcomes if not one.error]
        if not taken:
            raise NoPostings()
        CarriageParcel.objects.filter(carriage_id=carriage_id).delete()
        _fill(seller, carriage_id, taken)
        _tell(events.CARRIAGE_CHANGED, seller, carriage_id, actor, now, postings=len(taken))
        return outcomes


def approve(*, seller: SellerRef, carriage_id: int, containers: int, actor: Actor, now: datetime,
            viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Form the carriage: its parcels are handed over, its papers can be printed.

    Parcels cancelled meanwhile fall out. `containers` is the number of cargo places, 0 for parcels handed over one by
    one. Raises CarriageUnknown, CarriageMoved, ContainersInvalid, NoPostings when no parcel is left.
    """
    with atomic():
        row = _move(seller, carriage_id, "approve", now, viewer)
        if not 0 <= containers <= min(rules.MOST_CONTAINERS, row.postings):
            raise ContainersInvalid(rules.MOST_CONTAINERS)
        numbers = list(CarriageParcel.objects.filter(carriage_id=carriage_id).order_by("place").values_list(
            "posting_number", flat=True))
        there = {one.number: one for one in orders.packed(seller, method_ids=[row.delivery_method_id])}
        kept = [number for number in numbers if number in there]
        loose = [number for number in kept if not there[number].in_carriage]
        refused = {one.number for one in orders_services.hand_over(seller=seller, numbers=loose, actor=actor, now=now)
                   if one.error}
        kept = [number for number in kept if number not in refused]
        if not kept:
            raise NoPostings()
        if len(kept) != len(numbers):
            CarriageParcel.objects.filter(carriage_id=carriage_id).exclude(posting_number__in=kept).delete()
        Carriage.objects.filter(pk=carriage_id).update(
            containers=containers, formed_at=now, postings=len(kept), weight_g=sum(there[one].weight_g for one in kept))
        _tell(events.CARRIAGE_FORMED, seller, carriage_id, actor, now, postings=len(kept))


def cancel(*, seller: SellerRef, carriage_id: int, actor: Actor, now: datetime,
           viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Dissolve a carriage that is not formed; its parcels are free for another.

    Raises CarriageUnknown, CarriageMoved.
    """
    with atomic():
        _move(seller, carriage_id, "cancel", now, viewer)
        CarriageParcel.objects.filter(carriage_id=carriage_id).update(live=False)
        _tell(events.CARRIAGE_CANCELLED, seller, carriage_id, actor, now)


def set_contact(*, seller: SellerRef, carriage_id: int, phone: str, wechat: str, comment: str, now: datetime,
                viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Whom the courier of this carriage calls. Raises CarriageUnknown."""
    rows = queries.carriage_rows(seller, viewer).filter(pk=carriage_id)
    if not rows.update(contact_phone=phone[:30], contact_wechat=wechat[:60], contact_comment=comment[:300],
                       contact_at=now):
        raise CarriageUnknown(carriage_id)


def follow_scans(*, seen: Iterable[Seen]) -> int:
    """Note which parcels of carriages the carrier got, of any shops; returns how many carriages that ended.

    A parcel once accepted stays so. A fixed number of statements.
    """
    latest: dict[str, tuple[str, datetime]] = {}
    for one in seen:
        sight = rules.sight(one.code)
        if sight and (latest.get(one.number) or ("", one.at))[0] != "accepted":
            latest[one.number] = (sight, one.at)
    if not latest:
        return 0
    with atomic():
        changed = fetch_all(
            f"""UPDATE handover_carriageparcel SET sight = v.sight
                FROM {json_rows("v", number="text", sight="text")}
                WHERE handover_carriageparcel.posting_number = v.number AND handover_carriageparcel.live
                    AND handover_carriageparcel.sight <> 'accepted' AND handover_carriageparcel.sight <> v.sight
                    AND handover_carriageparcel.carriage_id IN (
                        SELECT id FROM handover_carriage WHERE state IN ('formed', 'sended'))
                RETURNING handover_carriageparcel.carriage_id""",
            [json_param([[number, sight] for number, (sight, _) in sorted(latest.items())])])
        touched = sorted({row[0] for row in changed})
        return _count(touched, max(at for _, at in latest.values())) if touched else 0


def close_due(*, now: datetime) -> int:
    """Close carriages whose term for acceptance is over, of all shops, each at its own due moment; what was not
    scanned is missing. Returns how many. Doing it again changes nothing."""
    due: dict[int, datetime] = {}
    for id_, formed_at in Carriage.objects.filter(clock.shops(), state__in=states.OPEN, formed_at__lte=now).order_by(
            "formed_at", "id").values_list("id", "formed_at"):
        if formed_at:
            at = formed_at + timedelta(hours=dated.get("handover.acceptance", "", formed_at).value["hours"])
            if at <= now:
                due[id_] = at
    if not due:
        return 0
    with atomic():
        execute(
            f"""UPDATE handover_carriageparcel SET sight = 'missed' FROM {json_rows("v", id="int")}
                WHERE handover_carriageparcel.carriage_id = v.id AND handover_carriageparcel.sight = ''""",
            [json_param([[id_] for id_ in due])])
        return _count(list(due), now, due)


def _count(carriage_ids: Sequence[int], at: datetime, due: dict[int, datetime] | None = None) -> int:
    """Bring kept counts up to date, and end the carriages of which every parcel is told."""
    rows = fetch_all(
        f"""SELECT c.id, c.seller_id, c.state, COUNT(p.id), SUM(CASE WHEN p.sight = 'accepted' THEN 1 ELSE 0 END),
                SUM(CASE WHEN p.sight = 'missed' THEN 1 ELSE 0 END)
            FROM {json_rows("v", id="int")} CROSS JOIN handover_carriage c
            JOIN handover_carriageparcel p ON p.carriage_id = c.id
            WHERE c.id = v.id AND c.state IN ('formed', 'sended') GROUP BY c.id, c.seller_id, c.state ORDER BY c.id""",
        [json_param([[id_] for id_ in carriage_ids])])
    moved, entries = [], []
    for id_, seller_id, state, total, accepted, missed in rows:
        target = state
        if accepted == total:
            target = states.MOVES["all_seen"].target
        elif accepted + missed == total:
            target = states.MOVES["close"].target
        elif accepted and state == states.FORMED:
            target = states.MOVES["first_scan"].target
        moment = (due or {}).get(id_, at)
        moved.append((id_, state, target, accepted, missed, moment))
        if target in states.FINAL:
            entries.append(Entry(events.CARRIAGE_ENDED, moment, _SYSTEM, seller_id, "carriage", str(id_), str(id_),
                                 data={"accepted": accepted, "missed": missed}))
    execute(
        f"""UPDATE handover_carriage SET state = v.target, accepted = v.accepted, missed = v.missed,
                changed_at = v.at, version = handover_carriage.version + 1
            FROM {json_rows("v", id="int", state="text", target="text", accepted="int", missed="int", at="time")}
            WHERE handover_carriage.id = v.id AND handover_carriage.state = v.state""", [json_param(moved)])
    activity.record_many(entries)
    return len(entries)


def _move(seller: SellerRef, carriage_id: int, move: str, now: datetime, viewer: queries.Viewer) -> Carriage:
    """One guarded UPDATE. Raises CarriageUnknown, CarriageMoved."""
    facts = states.MOVES[move]
    rows = queries.carriage_rows(seller, viewer)
    row = rows.filter(pk=carriage_id).first() if 0 < carriage_id < 2**63 else None
    if row is None:
        raise CarriageUnknown(carriage_id)
    moved = Carriage.objects.filter(pk=carriage_id, version=row.version, state__in=facts.sources).update(
        state=facts.target, changed_at=now, version=row.version + 1)
    if not moved:
        raise CarriageMoved(carriage_id, row.state)
    return row


def _free(seller: SellerRef, packed: Sequence[PackedRow]) -> list[PackedRow]:
    taken = queries.in_live_carriages(seller, [one.number for one in packed])
    return [one for one in packed if one.number not in taken]


def _fill(seller: SellerRef, carriage_id: int, packed: Sequence[PackedRow]) -> None:
    """Write the parcels in one statement. The database refuses one that somebody else put elsewhere just now."""
    try:
        with atomic():
            execute(
                f"""INSERT INTO handover_carriageparcel (carriage_id, seller_id, posting_number, tracking_number,
                        weight_g, units, amount_minor, currency, city, place, sight, live)
                    SELECT %s, %s, v.number, v.tracking, v.weight, v.units, v.amount, v.currency, v.city, v.place, '',
                        TRUE FROM {json_rows("v", number="text", tracking="text", weight="int", units="int",
                                             amount="int", currency="text", city="text", place="int")}""",
                [carriage_id, seller.id, json_param([
                    [one.number, one.tracking_number, one.weight_g, one.units, one.amount_minor, one.currency, one.city,
                     place] for place, one in enumerate(packed, 1)])])
    except IntegrityError:
        raise CarriageMoved(carriage_id, states.NEW) from None
    Carriage.objects.filter(pk=carriage_id).update(postings=len(packed), weight_g=sum(one.weight_g for one in packed))


def _tell(event: str, seller: SellerRef, carriage_id: int, actor: Actor, now: datetime, **data: object) -> None:
    activity.record(event, now=now, actor=actor, seller_id=seller.id, target_type="carriage", target_id=carriage_id,
                    target_label=str(carriage_id), data=dict(data))
