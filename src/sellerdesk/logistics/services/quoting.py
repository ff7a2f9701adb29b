"""Delivery methods and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core import ids
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries, rules
from sellerdesk.logistics.errors import NoTariff
from sellerdesk.logistics.models import Carrier, DeliveryMethod
from sellerdesk.logistics.rules import ServiceFacts
from sellerdesk.logistics.services.judging import TARIFF, judge, tariff_of
from sellerdesk.logistics.types import MethodRow, Quote, QuoteRequest
from sellerdesk.sellers.types import SellerRef

# Clients of the API expect sixteen digits.
FIRST_METHOD = 1_020_005_000_000_000


def services_of(kind: str, country: str, at: datetime) -> list[ServiceFacts]:
    """The services that carry from a warehouse of this kind in this country; an unknown country is asked nothing."""
    found = []
    for key, rule in dated.all_of(TARIFF, at).items():
        facts, origins = rules.service_of(key, rule.value), tariff_of(rule).origins
        if kind in facts.kinds and (not country or not origins or country in origins):
            found.append(facts)
    return in_order(found)


def in_order(services: Iterable[ServiceFacts]) -> list[ServiceFacts]:
    """Services as they are preferred and shown: the sandbox's own first, imported ones by their key."""
    places = {key: place for place, key in enumerate(rules.SERVICES)}
    return sorted(services, key=lambda facts: (places.get(facts.tariff, len(places)), facts.tariff))


def create_methods(*, seller: SellerRef, warehouse_id: int, now: datetime) -> list[MethodRow]:
    """Offer every service that fits a warehouse of this kind and country. Doing it again changes nothing.

    A warehouse that inventory does not know is a drop-off in the shop's country.
    """
    with atomic():
        have = {row.tariff for row in queries.methods(seller, warehouse_ids=[warehouse_id], platform=True)}
        place = next((row for row in (*inventory.warehouses(seller), *inventory.platform_warehouses())
                      if row.id == warehouse_id), None)
        kind, country = (place.kind, place.country) if place else ("drop_off", seller.country)
        missing = [facts for facts in services_of(kind, country, now)
                   if facts.tariff in rules.SERVICES and facts.tariff not in have]
        insert_methods(seller, warehouse_id, missing, now)
        return queries.methods(seller, warehouse_ids=[warehouse_id], platform=True)


def insert_methods(seller: SellerRef, warehouse_id: int, services: Sequence[ServiceFacts], now: datetime) -> None:
    """Rows for services that the warehouse has not yet; active where a service is from the start."""
    if not services:
        return
    Carrier.objects.bulk_create(
        [Carrier(code=facts.code, number=facts.number, name_en=facts.names["en"], name_ru=facts.names["ru"],
                 name_zh=facts.names["zh-hans"]) for facts in rules.CARRIERS.values()], ignore_conflicts=True)
    numbers = ids.allocate("logistics.method", len(services), seller.id)
    DeliveryMethod.objects.bulk_create(
        [DeliveryMethod(id=FIRST_METHOD + number, seller_id=seller.id, warehouse_id=warehouse_id,
                        carrier_id=service.carrier, name=service.names["ru"], tariff=service.tariff,
                        active=service.from_start, scheme=service.scheme, integration=service.integration,
                        created_at=now, updated_at=now)
         for number, service in zip(numbers, services, strict=True)],
        ignore_conflicts=True)


def quote_many(*, seller: SellerRef, requests: Sequence[QuoteRequest]) -> list[Quote | None]:
    """A quote for each parcel, in the order asked; None where nothing carries it.

    The cheapest active method of the warehouse that takes the parcel, by the tariff in force at the parcel's `at`.
    One query, and a few more when a warehouse is asked for the first time: its methods are created then.
    """
    wanted = {request.warehouse_id for request in requests}
    by_warehouse: dict[int, list[MethodRow]] = {}
    for method in queries.methods(seller, warehouse_ids=sorted(wanted), platform=True):
        by_warehouse.setdefault(method.warehouse_id, []).append(method)
    for warehouse_id in wanted - by_warehouse.keys():
        at = min(request.at for request in requests if request.warehouse_id == warehouse_id)
        by_warehouse[warehouse_id] = create_methods(seller=seller, warehouse_id=warehouse_id, now=at)
    return [_cheapest(by_warehouse[request.warehouse_id], seller.currency, request) for request in requests]


def _quotes(methods: list[MethodRow], currency: str, request: QuoteRequest) -> list[Quote]:
    found: list[Quote] = []
    tariffs = dated.all_of(TARIFF, request.at)
    for method in methods:
        rule = tariffs.get(method.tariff)
        charge = judge(method, rule, currency, request).charge if rule and method.active else None
        if rule and charge:
            found.append(Quote(method.id, method.name, charge.amount_minor, rule.id, charge.days[1], method.scheme,
                               method.integration, method.tariff))
    return found


def _cheapest(methods: list[MethodRow], currency: str, request: QuoteRequest) -> Quote | None:
    return min(_quotes(methods, currency, request), default=None,
               key=lambda quote: (quote.amount_minor, quote.method_id))


def quotes_of(*, seller: SellerRef, requests: Sequence[QuoteRequest]) -> list[list[Quote]]:
    """For each parcel every active method of its warehouse that takes it, the cheapest first. One query."""
    by_warehouse: dict[int, list[MethodRow]] = {}
    wanted = sorted({request.warehouse_id for request in requests})
    for method in queries.methods(seller, warehouse_ids=wanted):
        by_warehouse.setdefault(method.warehouse_id, []).append(method)
    return [sorted(_quotes(by_warehouse.get(request.warehouse_id, []), seller.currency, request),
                   key=lambda quote: (quote.amount_minor, quote.method_id)) for request in requests]


def quote(*, seller: SellerRef, request: QuoteRequest) -> Quote:
    """What carrying one parcel costs. Raises NoTariff when no method of the warehouse takes it."""
    found = quote_many(seller=seller, requests=[request])[0]
    if found is None:
        raise NoTariff(request.weight_g, seller.currency)
    return found
