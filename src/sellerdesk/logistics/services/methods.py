"""Which delivery methods a warehouse uses, and what the shop itself sends by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.logistics import queries, rules, tariffs
from sellerdesk.logistics.errors import MethodUnknown
from sellerdesk.logistics.events import METHOD_CHANGED
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.logistics.services.quoting import insert_methods, services_of
from sellerdesk.logistics.types import MethodChoice, MethodRow
from sellerdesk.sellers.types import SellerRef

MAX_PLACES = 200
MAX_PLACE = 100


def choices(*, seller: SellerRef, warehouses: Sequence[WarehouseRow], now: datetime) -> dict[int, list[MethodChoice]]:
    """By warehouse: every service it can have, and methods it still has though they are not offered any more.

    A warehouse that has no methods yet starts with some at its first order; those are shown as it will have them. One
    query.
    """
    have: dict[int, dict[str, MethodRow]] = {}
    for row in queries.methods(seller, warehouse_ids=[place.id for place in warehouses]):
        have.setdefault(row.warehouse_id, {})[row.tariff] = row
    found: dict[int, list[MethodChoice]] = {}
    for place in warehouses:
        own = dict(have.get(place.id, {}))
        fresh = not own
        found[place.id] = []
        for facts in services_of(place.kind, place.country, now):
            had = own.pop(facts.tariff, None)
            active = had.active if had else fresh and facts.from_start
            found[place.id].append(MethodChoice(
                facts.tariff, facts.names, rules.CARRIERS[facts.carrier].names, facts.integration, active, True,
                had.id if had else 0, had.max_weight_g if had else None, had.max_price_minor if had else None,
                had.places if had else ()))
        found[place.id] += [MethodChoice(
            left.tariff, queries.service_names(left.tariff) or {"en": left.name}, left.carrier_names, left.integration,
            left.active, False, left.id, left.max_weight_g, left.max_price_minor, left.places) for left in own.values()]
    return found


def set_method(*, seller: SellerRef, warehouse_id: int, tariff: str, active: bool, max_weight_g: int | None,
               max_price_minor: int | None, places: Sequence[str], actor: Actor, now: datetime) -> MethodRow:
    """Switch a delivery method of a warehouse on or off and bound what is sent by it. Orders taken before keep theirs.

    `places` are cities and regions; none means everywhere. Saying again what holds changes nothing. Raises
    WarehouseUnknown, MethodUnknown for a service that the warehouse cannot have, Invalid naming the field.
    """
    wished = tuple({tariffs.fold(place): " ".join(place.split()) for place in places if place.strip()}.values())
    _check(max_weight_g, max_price_minor, wished)
    place = inventory.warehouse(seller, warehouse_id)
    with atomic():
        locked(f"logistics.methods.{warehouse_id}")
        have = {row.tariff: row for row in queries.methods(seller, warehouse_ids=[warehouse_id])}
        offered = services_of(place.kind, place.country, now)
        if tariff not in have and tariff not in {facts.tariff for facts in offered}:
            raise MethodUnknown()
        if tariff not in have:
            # With it come those that the warehouse starts with, so that choosing one does not lose the others.
            insert_methods(seller, warehouse_id, [
                facts for facts in offered if facts.tariff == tariff or (not have and facts.from_start)], now)
            have = {row.tariff: row for row in queries.methods(seller, warehouse_ids=[warehouse_id])}
        row = have[tariff]
        before = _facts(row.active, row.max_weight_g, row.max_price_minor, row.places)
        after = _facts(active, max_weight_g, max_price_minor, wished)
        if before == after:
            return row
        DeliveryMethod.objects.filter(seller_id=seller.id, pk=row.id).update(
            active=active, max_weight_g=max_weight_g, max_price_minor=max_price_minor, places=list(wished),
            updated_at=now)
        activity.record(METHOD_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="method",
                        target_id=row.id, target_label=row.name, before=before, after=after,
                        data={"warehouse_id": warehouse_id, "tariff": tariff})
        return next(one for one in queries.methods(seller, warehouse_ids=[warehouse_id]) if one.id == row.id)


def _facts(active: bool, weight: int | None, price: int | None, places: Sequence[str]) -> dict[str, object]:
    return {"active": active, "max_weight_g": weight, "max_price_minor": price, "places": list(places)}


def _check(max_weight_g: int | None, max_price_minor: int | None, places: Sequence[str]) -> None:
    wrong = [FieldError(name, "not_positive", _("Must be above zero; leave it empty for no bound."), str(value))
             for name, value in (("max_weight_g", max_weight_g), ("max_price", max_price_minor))
             if value is not None and value <= 0]
    if len(places) > MAX_PLACES:
        wrong.append(FieldError("places", "too_many", _("Name at most %(count)s places."), "", {"count": MAX_PLACES}))
    wrong += [FieldError("places", "too_long", _("“%(value)s” is too long for a place."), name[:40],
                         {"value": name[:40]}) for name in places if len(name) > MAX_PLACE]
    if wrong:
        raise Invalid.many(wrong)
