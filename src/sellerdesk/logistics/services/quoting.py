"""Delivery methods and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import ids
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic
from sellerdesk.logistics import queries, rules
from sellerdesk.logistics.errors import NoTariff
from sellerdesk.logistics.models import Carrier, DeliveryMethod
from sellerdesk.logistics.types import MethodRow, Quote, QuoteRequest
from sellerdesk.sellers.types import SellerRef

TARIFF = "logistics.tariff"
# Clients of the API expect sixteen digits.
_FIRST_METHOD = 1_020_005_000_000_000


def create_methods(*, seller: SellerRef, warehouse_id: int, now: datetime) -> list[MethodRow]:
    """Offer every service of the sandbox from a warehouse. Doing it again changes nothing."""
    with atomic():
        have = {row.tariff for row in queries.methods(seller, warehouse_ids=[warehouse_id])}
        missing = [service for service in rules.SERVICES.values() if service.tariff not in have]
        if missing:
            Carrier.objects.bulk_create(
                [Carrier(code=facts.code, number=facts.number, name_en=facts.names["en"], name_ru=facts.names["ru"],
                         name_zh=facts.names["zh-hans"]) for facts in rules.CARRIERS.values()],
                ignore_conflicts=True)
            numbers = ids.allocate("logistics.method", len(missing), seller.id)
            DeliveryMethod.objects.bulk_create(
                [DeliveryMethod(id=_FIRST_METHOD + number, seller_id=seller.id, warehouse_id=warehouse_id,
                                carrier_id=service.carrier, name=service.names["ru"], tariff=service.tariff)
                 for number, service in zip(numbers, missing, strict=True)],
                ignore_conflicts=True)
        return queries.methods(seller, warehouse_ids=[warehouse_id])


def quote_many(*, seller: SellerRef, requests: Sequence[QuoteRequest]) -> list[Quote | None]:
    """A quote for each parcel, in the order asked; None where nothing carries it.

    The cheapest active method of the warehouse that takes the weight, by the tariff in force at the parcel's `at`.
    One query, and a few more when a warehouse is asked for the first time: its methods are created then.
    """
    wanted = {request.warehouse_id for request in requests}
    by_warehouse: dict[int, list[MethodRow]] = {}
    for method in queries.methods(seller, warehouse_ids=sorted(wanted)):
        by_warehouse.setdefault(method.warehouse_id, []).append(method)
    for warehouse_id in wanted - by_warehouse.keys():
        at = min(request.at for request in requests if request.warehouse_id == warehouse_id)
        by_warehouse[warehouse_id] = create_methods(seller=seller, warehouse_id=warehouse_id, now=at)
    return [_cheapest(by_warehouse[request.warehouse_id], seller.currency, request) for request in requests]


def _cheapest(methods: list[MethodRow], currency: str, request: QuoteRequest) -> Quote | None:
    found: list[Quote] = []
    for method in methods:
        rule = dated.get(TARIFF, method.tariff, request.at)
        prices = rule.value["prices"].get(currency)
        if not method.active or prices is None or request.weight_g > rule.value["max_weight_g"]:
            continue
        found.append(Quote(method.id, method.name, rules.price_minor(prices[0], prices[1], request.weight_g), rule.id,
                           rule.value["days"]))
    return min(found, key=lambda quote: (quote.amount_minor, quote.method_id), default=None)


def quote(*, seller: SellerRef, warehouse_id: int, weight_g: int, city: str, at: datetime) -> Quote:
    """What carrying one parcel costs. Raises NoTariff when no method of the warehouse takes it."""
    found = quote_many(seller=seller, requests=[QuoteRequest(warehouse_id, weight_g, city, at)])[0]
    if found is None:
        raise NoTariff(weight_g, seller.currency)
    return found
