"""Reading return points, give-outs and what a shop has set about disposal. Each function needs a fixed number of
queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Min, Sum

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.returns import events
from sellerdesk.returns.models import DisposalSetting as StoredSetting
from sellerdesk.returns.models import Giveout, GiveoutCode, Return, ReturnPlace
from sellerdesk.returns.queries import returns
from sellerdesk.returns.types import DisposalSetting, GiveoutRow, PlaceRow, ReturnFilter, ReturnRow
from sellerdesk.sellers.types import SellerRef


def places(seller: SellerRef, *, warehouse_ids: Sequence[int] = (), place_id: int = 0, after_id: int = 0,
           limit: int = 100) -> tuple[list[PlaceRow], bool]:
    """Points where goods wait for the shop, by id, and whether more follow. Two queries."""
    rows = Return.objects.filter(seller_id=seller.id, state="arrived", place_id__gt=after_id)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    if place_id:
        rows = rows.filter(place_id=place_id)
    found = list(rows.values("place_id", "place__city").annotate(
        returns=Count("id"), units=Sum("quantity"), oldest=Min("arrived_at")).order_by("place_id")[: limit + 1])
    homes: dict[int, set[int]] = {}
    for point, warehouse in rows.filter(place_id__in=[row["place_id"] for row in found]).values_list(
            "place_id", "warehouse_id").distinct():
        homes.setdefault(point, set()).add(warehouse)
    return [PlaceRow(row["place_id"], row["place__city"], row["returns"], row["units"],
                     tuple(sorted(homes[row["place_id"]])), row["oldest"]) for row in found[:limit]], len(found) > limit


def point_cities(place_ids: Collection[int]) -> dict[int, str]:
    """In which cities return points stand; unknown ones are left out. One query, none for none."""
    wanted = [one for one in place_ids if 0 < one < 2**63]
    return dict(ReturnPlace.objects.filter(pk__in=wanted).values_list("id", "city")) if wanted else {}


def waiting_ids(seller: SellerRef, place_id: int, warehouse_ids: Sequence[int] = ()) -> list[int]:
    """Returns that wait at a point. One query."""
    rows = Return.objects.filter(seller_id=seller.id, state="arrived", place_id=place_id)
    return list((rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows).values_list("id", flat=True))


def giveouts(seller: SellerRef, *, after_id: int = 0, limit: int = 100, newest_first: bool = False,
             warehouse_ids: Sequence[int] = ()) -> list[GiveoutRow]:
    """What was handed out, by id. Two queries."""
    rows = Giveout.objects.filter(seller_id=seller.id, id__gt=after_id).order_by("-id" if newest_first else "id")
    return _giveouts(seller, rows.values_list("id", "place_id", "place__city", "status", "created_at")[:limit],
                     warehouse_ids)


def giveout(seller: SellerRef, giveout_id: int,
            warehouse_ids: Sequence[int] = ()) -> tuple[GiveoutRow, list[ReturnRow]] | None:
    """One give-out with its goods; None where the shop has none of this number. Three queries."""
    found = _giveouts(seller, Giveout.objects.filter(seller_id=seller.id, pk=giveout_id).values_list(
        "id", "place_id", "place__city", "status", "created_at"), warehouse_ids)
    ids = list(Return.objects.filter(seller_id=seller.id, giveout_id=giveout_id).values_list("id", flat=True))
    if not found or (warehouse_ids and not found[0].total):
        return None
    rows, _ = returns.returns_after(seller, filter=ReturnFilter(ids=tuple(ids) or (0,),
                                                                warehouse_ids=tuple(warehouse_ids)), limit=500)
    return found[0], rows


def _giveouts(seller: SellerRef, rows: object, warehouse_ids: Sequence[int]) -> list[GiveoutRow]:
    found = list(rows)  # type: ignore[call-overload]
    goods = Return.objects.filter(seller_id=seller.id, giveout_id__in=[row[0] for row in found])
    if warehouse_ids:
        goods = goods.filter(warehouse_id__in=warehouse_ids)
    counts = dict(goods.values("giveout_id").annotate(n=Count("id")).order_by().values_list("giveout_id", "n"))
    return [GiveoutRow(id_, place, city, status, at, counts.get(id_, 0),
                       counts.get(id_, 0) if status == Giveout.Status.COMPLETED else 0)
            for id_, place, city, status, at in found if not warehouse_ids or counts.get(id_)]


def giveout_code(seller: SellerRef) -> str:
    """The shop's barcode for picking goods up; empty where it never asked for one. One query."""
    return GiveoutCode.objects.filter(seller_id=seller.id).values_list("code", flat=True).first() or ""


def disposal(seller: SellerRef) -> DisposalSetting:
    """Below which price of a unit the shop does not want goods back. One query."""
    found = StoredSetting.objects.filter(seller_id=seller.id).values_list("price_minor", "faulty_minor").first()
    return DisposalSetting(*(found or (None, None)), seller.currency)


def least_bound(seller: SellerRef, at: datetime) -> int:
    """The smallest bound a shop may set, in whole units of its currency."""
    return int(dated.get("returns.storage", seller.currency, at).value["least"])


def disposal_history(seller: SellerRef, limit: int = 100) -> list[Entry]:
    """How the setting changed, newest first. One query."""
    return [row for row in activity.history(seller.id, "shop", seller.id, limit) if row.event == events.DISPOSAL_SET]
