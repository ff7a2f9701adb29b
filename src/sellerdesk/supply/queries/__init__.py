"""Reading supplies. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import rules as dated
from sellerdesk.core import scope, tally
from sellerdesk.core.crypto import sign, unsign
from sellerdesk.core.db import cursor_decode, cursor_encode, of_shop
from sellerdesk.core.errors import Invalid
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import rules, states
from sellerdesk.supply.errors import DraftUnknown, SupplyUnknown
from sellerdesk.supply.models import Cargo, Draft, Operation, Supply, SupplyLine
from sellerdesk.supply.states import PREPARING as PREPARING
from sellerdesk.supply.states import STATES as STATES
from sellerdesk.supply.types import (
    Car,
    CargoRow,
    DraftItem,
    DraftRow,
    Facts,
    Goods,
    LineRow,
    OperationRow,
    Rejected,
    Slot,
    SupplyCard,
    SupplyFilter,
    SupplyRow,
    WarehouseChoice,
)

_ROW = ("id", "number", "state", "kind", "cluster_id", "storage_id", "storage__name", "drop_off_id", "drop_off__name",
        "slot_from", "slot_to", "units", "sku_count", "volume_ml", "created_at", "changed_at", "act_due",
        "drop_off__time_zone")
_LINE = ("product_id", "sku", "offer_id", "name", "barcode", "volume_ml", "quantity", "good", "damaged")
_LABELS, _LINK_SECONDS = "supply.labels", 86_400
SORTS = {"created": "id", "changed": "changed_at", "slot": "slot_from"}


# -- lists -----------------------------------------------------------------------------------------------------------


def supplies_page(seller: SellerRef, *, filter: SupplyFilter, cursor: str | None = None, limit: int = 50,
                  sort: str = "created", newest_first: bool = True) -> Page[SupplyRow]:
    """A page of supplies. One query. `sort` is a key of SORTS, and then the id. Raises Invalid `cursor_invalid`."""
    column = SORTS[sort]
    rows = _filtered(seller, filter)
    if column == "slot_from":
        rows = rows.filter(slot_from__isnull=False)
    if cursor:
        value, last = cursor_decode(cursor, 2)
        try:
            place: Any = int(value) if column == "id" else datetime.fromisoformat(str(value))
            sign = "lt" if newest_first else "gt"
            rows = rows.filter(Q(**{f"{column}__{sign}": place}) | Q(**{column: place, f"id__{sign}": int(last)}))
        except (TypeError, ValueError):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None
    order = "-" if newest_first else ""
    found = [SupplyRow(*row) for row in rows.order_by(f"{order}{column}", f"{order}id").values_list(*_ROW)[:limit + 1]]
    more, found = len(found) > limit, found[:limit]
    if not more:
        return Page(found)
    last_row = found[-1]
    moment = {"id": last_row.id, "changed_at": last_row.changed_at, "slot_from": last_row.slot_from}[column]
    return Page(found, cursor_encode(moment if column == "id" else moment.isoformat(), last_row.id))  # type: ignore[attr-defined]


def _filtered(seller: SellerRef, where: SupplyFilter) -> QuerySet[Supply]:
    rows = Supply.objects.filter(seller_id=seller.id)
    if where.states:
        rows = rows.filter(state__in=where.states)
    if where.search.strip():
        rows = rows.filter(number__contains=where.search.strip()[:20])
    if where.drop_off_ids:
        rows = rows.filter(drop_off_id__in=where.drop_off_ids)
    if where.slot_from:
        rows = rows.filter(slot_from__gte=where.slot_from)
    if where.slot_to:
        rows = rows.filter(slot_from__lt=where.slot_to)
    return rows


def state_counts(seller: SellerRef) -> dict[str, int]:
    """Supplies by state. One query."""
    return dict(Supply.objects.filter(seller_id=seller.id).values("state").annotate(count=Count("id")).values_list(
        "state", "count"))


def waiting_count(seller: SellerRef) -> Tally:
    """Supplies that wait for the shop: to be filled in, late, or a report to be checked. For the menu."""
    return tally.rows(Supply.objects.filter(
        seller_id=seller.id, state__in=[states.DATA_FILLING, states.OVERDUE, states.REPORTS]))


def on_the_way(seller: SellerRef) -> dict[tuple[int, int], int]:
    """Units in supplies that were handed in or will be, by product and warehouse. One query."""
    return {(product, storage): units for product, storage, units in SupplyLine.objects.filter(
        seller_id=seller.id, good__isnull=True, supply__state__in=[
            states.READY, states.AT_DROP_OFF, states.IN_TRANSIT, states.ACCEPTANCE]).values(
                "product_id", "supply__storage_id").annotate(units=Sum("quantity")).values_list(
                    "product_id", "supply__storage_id", "units")}


# -- single supplies -------------------------------------------------------------------------------------------------


def supply(seller: SellerRef, supply_id: int, now: datetime) -> SupplyCard:
    """Everything about one supply. Raises SupplyUnknown, also for another shop's. Three queries."""
    found = supplies(seller, [supply_id], now)
    if not found:
        raise SupplyUnknown(data={"value": supply_id})
    return found[0]


def supplies(seller: SellerRef, supply_ids: Sequence[int], now: datetime) -> list[SupplyCard]:
    """Everything about these supplies, in the order asked; unknown ones are left out. Three queries."""
    rows = {row.pk: row for row in Supply.objects.filter(of_shop(seller.id), pk__in=list(supply_ids)).select_related(
        "storage", "drop_off")}
    lines: dict[int, list[LineRow]] = defaultdict(list)
    for id_, *line in SupplyLine.objects.filter(supply_id__in=rows).order_by("id").values_list("supply_id", *_LINE):
        lines[id_].append(LineRow(*line))
    cargoes: dict[int, list[CargoRow]] = defaultdict(list)
    for cargo in Cargo.objects.filter(supply_id__in=rows).order_by("number"):
        cargoes[cargo.supply_id].append(_cargo(cargo))
    return [_card(rows[id_], lines[id_], cargoes[id_], now) for id_ in dict.fromkeys(supply_ids) if id_ in rows]


def _card(row: Supply, lines: list[LineRow], cargoes: list[CargoRow], now: datetime) -> SupplyCard:
    facts = facts_of(row, bool(cargoes), now)
    return SupplyCard(
        row.pk, row.number, row.state, row.kind, row.cluster_id, row.storage_id, row.storage.name,  # type: ignore[arg-type]
        row.storage.address, row.drop_off_id, row.drop_off.name, row.drop_off.address, row.drop_off.time_zone,
        row.slot_from, row.slot_to, row.slot_changes, row.fill_by, row.units, row.sku_count, row.volume_ml,
        Car(row.car_number, row.car_model, row.driver, row.driver_phone) if row.car_number else None,
        row.created_at, row.changed_at, row.act_at, row.act_due, row.comment, row.version,
        states.available_actions(facts), states.missing(facts), tuple(lines), tuple(cargoes))


def facts_of(row: Supply, cargoes: bool, now: datetime) -> Facts:
    """What states.py asks of a supply. No query beyond rules."""
    most = dated.get("supply.filling", "", now).value["slot_changes"]
    return Facts(row.state, row.kind, row.slot_from is not None, row.packed, bool(row.car_number), cargoes,  # type: ignore[arg-type]
                 max(0, most - row.slot_changes), row.fill_by is not None and now >= row.fill_by)


def _cargo(row: Cargo) -> CargoRow:
    return CargoRow(row.pk, row.number, row.key, row.kind, tuple((sku, units) for sku, units in row.items))  # type: ignore[arg-type]


# -- drafts and what they choose from --------------------------------------------------------------------------------


def draft(seller: SellerRef, draft_id: int, now: datetime) -> DraftRow:
    """A draft that still lives. Raises DraftUnknown. One query."""
    row = Draft.objects.filter(seller_id=seller.id, pk=draft_id, expires_at__gt=now).first() \
        if 0 < draft_id < 2**63 else None
    if row is None:
        raise DraftUnknown()
    return DraftRow(
        row.pk, row.kind, row.cluster_id, row.drop_off_id, row.state, row.error, row.created_at,  # type: ignore[arg-type]
        row.expires_at, tuple(DraftItem(*item) for item in row.items),
        tuple(Rejected(sku, offer, units, tuple(reasons)) for sku, offer, units, reasons in row.rejected),
        row.supply_id)


def choices(draft: DraftRow) -> list[WarehouseChoice]:
    """The warehouses of the draft's part of the country, and how much of it each takes. One query."""
    found = []
    for place in inventory.platform_warehouses():
        if place.cluster_id != draft.cluster_id or not place.active:
            continue
        units = sum(item.quantity for item in draft.items if place.bulky or not item.bulky)
        found.append(WarehouseChoice(
            place.id, place.name, place.address,
            "full" if units == draft.units and units else "partial" if units else "none", units))
    return sorted(found, key=lambda one: (-one.units, one.warehouse_id))


def goods(seller: SellerRef, *, skus: Collection[int] = (), offer_ids: Collection[str] = ()) -> list[Goods]:
    """What is known of products that somebody wants to supply. Two queries."""
    refs = catalog.refs(seller, skus=sorted(skus), offer_ids=sorted(offer_ids))
    codes = catalog.barcodes(seller, [ref.id for ref in refs]) if refs else {}
    return [Goods(ref.id, ref.sku, ref.offer_id, ref.name, not ref.archived and ref.status != "draft",
                  ref.status in ("price_sent", "hidden"), ref.weight_g, ref.sides_mm,
                  next(iter(codes.get(ref.id, ())), "")) for ref in refs]


@scope.across_shops()
def taken_seats(place_ids: Collection[int], since: datetime, until: datetime) -> dict[tuple[int, datetime], list[int]]:
    """Which places of each hour are taken, whoever took them: a timetable is shared by all shops. One query."""
    found: dict[tuple[int, datetime], list[int]] = defaultdict(list)
    for place, start, seat in Supply.objects.filter(
            drop_off_id__in=list(place_ids), seat__isnull=False, slot_from__gte=since, slot_from__lt=until).values_list(
                "drop_off_id", "slot_from", "seat"):
        if start is not None and seat is not None:
            found[place, start].append(seat)
    return dict(found)


def free_slots(place: WarehouseRow, first: date, last: date, now: datetime) -> list[Slot]:
    """The hours in which a place still takes a supply in, from one of its days to another. One query."""
    value = dated.get("supply.slots", str(place.id), now).value
    last = min(last, first + timedelta(days=value["days"]))
    seats = taken_seats([place.id], now, now + timedelta(days=value["days"] + 2))
    return rules.free_slots(first, last, place.time_zone, value,
                            {start: len(taken) for (_, start), taken in seats.items()}, now)


def timetables(now: datetime) -> list[tuple[WarehouseRow, list[Slot]]]:
    """Every place of the marketplace with the hours in which it still takes supplies in. Three queries."""
    places = [row for row in (*inventory.platform_warehouses(), *inventory.platform_warehouses("receiving"))
              if row.active]
    values = {row.id: dated.get("supply.slots", str(row.id), now).value for row in places}
    furthest = max((value["days"] for value in values.values()), default=0)
    seats = taken_seats(values, now, now + timedelta(days=furthest + 2))
    found = []
    for row in places:
        first = now.astimezone(ZoneInfo(row.time_zone)).date()
        taken = {start: len(numbers) for (place_id, start), numbers in seats.items() if place_id == row.id}
        last = first + timedelta(days=values[row.id]["days"])
        found.append((row, rules.free_slots(first, last, row.time_zone, values[row.id], taken, now)))
    return found


def place(place_id: int) -> WarehouseRow | None:
    """A warehouse or receiving point of the marketplace. Two queries."""
    return next((row for row in (*inventory.platform_warehouses(), *inventory.platform_warehouses("receiving"))
                 if row.id == place_id), None)


# -- contents, as programs name them ---------------------------------------------------------------------------------


def orders_of_numbers(numbers: Iterable[int]) -> list[int]:
    """The ids of supplies from their numbers, whosever they are; what is no number is left out. No query."""
    return [order for number in numbers if 0 < (order := rules.order_of_number(number)) < 2**62]


def slot_changes_limit(now: datetime) -> int:
    """How often the hour of a supply may be changed. No query beyond rules."""
    return int(dated.get("supply.filling", "", now).value["slot_changes"])


def most_cargoes(now: datetime) -> int:
    """How many boxes and pallets a supply may have. No query beyond rules."""
    return int(dated.get("supply.filling", "", now).value["most_cargoes"])


def label_link(seller: SellerRef, supply_id: int, cargo_ids: Sequence[int], language: str) -> str:
    """Where whoever holds the link finds the labels of a supply for a day. No query."""
    return reverse("supply:label_file", args=[sign(_LABELS, [seller.id, supply_id, list(cargo_ids), language])])


def of_token(token: str) -> tuple[int, int, list[int], str]:
    """(shop, supply, boxes, language) behind a link. Raises SupplyUnknown for one that is too old or none of ours."""
    try:
        seller_id, supply_id, cargo_ids, language = unsign(_LABELS, token, life_seconds=_LINK_SECONDS)
    except Invalid:
        raise SupplyUnknown() from None
    return seller_id, supply_id, cargo_ids, language


def bundles(seller: SellerRef, bundle_ids: Sequence[str], now: datetime) -> list[LineRow]:
    """Contents of drafts (`draft-1`), supplies (`supply-1`) and boxes (`cargo-1`) together; unknown ones are left out.

    At most seven queries, however many are asked for.
    """
    wanted: Mapping[str, list[int]] = defaultdict(list)
    for name in bundle_ids:
        kind, _, id_ = name.partition("-")
        if id_.isdecimal() and len(id_) < 19:
            wanted[kind].append(int(id_))
    found = [line for card in supplies(seller, wanted["supply"], now) for line in card.lines]
    for items in Cargo.objects.filter(of_shop(seller.id), pk__in=wanted["cargo"]).values_list("items", flat=True):
        found += _named(seller, items)
    for items in Draft.objects.filter(of_shop(seller.id), pk__in=wanted["draft"], expires_at__gt=now).values_list(
            "items", flat=True):
        found += _named(seller, [(sku, units) for _, sku, units, *_rest in items])
    return found


def _named(seller: SellerRef, items: Iterable[tuple[int, int]]) -> list[LineRow]:
    units = dict(items)
    return [LineRow(one.product_id, one.sku, one.offer_id, one.name, one.barcode, one.volume_ml, units[one.sku])
            for one in goods(seller, skus=list(units))]


def operation(seller: SellerRef, operation_id: str, kind: str) -> OperationRow | None:
    """What came of an act that a program asked for; None for an unknown one. One query."""
    try:
        key = UUID(operation_id)
    except ValueError:
        return None
    row = Operation.objects.filter(seller_id=seller.id, pk=key, kind=kind).first()
    return OperationRow(str(row.pk), row.kind, row.supply_id, tuple(row.errors), row.result) if row else None


# -- for the marketplace's own people --------------------------------------------------------------------------------


def in_state(supply_ids: Sequence[int], state: str) -> list[int]:
    """Those of these supplies of all shops that are in this state. One query."""
    return list(Supply.objects.filter(pk__in=list(supply_ids), state=state).order_by("pk").values_list("pk", flat=True))


def slots_of(supply_ids: Sequence[int]) -> dict[int, datetime | None]:
    """When these supplies of any shops are to come. One query."""
    return dict(Supply.objects.filter(pk__in=list(supply_ids)).values_list("pk", "slot_from"))


def declared(supply_id: int) -> list[LineRow]:
    """What any shop's supply is said to contain. One query."""
    return [LineRow(*row) for row in SupplyLine.objects.filter(supply_id=supply_id).order_by("id").values_list(*_LINE)]
