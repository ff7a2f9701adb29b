"""The calculator: what every service says to a parcel. Reads, and writes nothing."""

from __future__ import annotations

from dataclasses import replace

from sellerdesk.core import rules as dated
from sellerdesk.core.rules import Rule
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries, rules
from sellerdesk.logistics.rules import ServiceFacts
from sellerdesk.logistics.services.judging import TARIFF, judge, tariff_of
from sellerdesk.logistics.services.quoting import in_order
from sellerdesk.logistics.tariffs import Refused
from sellerdesk.logistics.types import MethodRow, Offer, QuoteRequest
from sellerdesk.sellers.types import SellerRef


def calculate(*, seller: SellerRef, request: QuoteRequest) -> list[Offer]:
    """Every service with its price and formula, cheapest first, then those that refuse with all their reasons.

    The parcel is judged by the very function that prices orders, at `request.at`. A warehouse that was never asked for
    an order is treated as it will be at its first: with the services it starts with. Two queries. Raises
    WarehouseUnknown.
    """
    place = inventory.warehouse(seller, request.warehouse_id)
    own = {row.tariff: row for row in queries.methods(seller, warehouse_ids=[place.id])}
    in_force = dated.all_of(TARIFF, request.at)
    offers = []
    for facts in in_order(rules.service_of(key, rule.value) for key, rule in in_force.items()):
        if rules.PLATFORM_KIND in facts.kinds:
            # Only for goods that lie with the marketplace, never for a warehouse of a shop.
            continue
        rule = in_force[facts.tariff]
        barred = _barred(facts, rule, place.kind, place.country)
        row = own.get(facts.tariff) or _blank(facts, place.id, facts.from_start and not own and not barred)
        judged = judge(row, rule, seller.currency, request)
        # Where a service is not offered at all, that it is not switched on says nothing more.
        reasons = barred + tuple(one for one in judged.refused if not (barred and one.code == "off"))
        if facts.tariff in own:
            reasons = judged.refused
        offers.append(Offer(
            facts.tariff, facts.names, rules.CARRIERS[facts.carrier].names, facts.integration, row.id,
            None if reasons else judged.charge, reasons, rule.id, rule.valid_from, rule.source))
    taken = [offer for offer in offers if offer.charge]
    taken.sort(key=lambda offer: offer.charge.amount_minor if offer.charge else 0)
    return [*(replace(offer, chosen=offer is taken[0]) for offer in taken),
            *(offer for offer in offers if not offer.charge)]


def _barred(facts: ServiceFacts, rule: Rule, kind: str, country: str) -> tuple[Refused, ...]:
    """Why a warehouse cannot have the service at all."""
    origins = tariff_of(rule).origins
    return ((() if kind in facts.kinds else (Refused("kind"),))
            + ((Refused("origin"),) if country and origins and country not in origins else ()))


def _blank(facts: ServiceFacts, warehouse_id: int, active: bool) -> MethodRow:
    carrier = rules.CARRIERS[facts.carrier]
    return MethodRow(0, warehouse_id, facts.names["ru"], carrier.code, carrier.number, carrier.names, facts.tariff,
                     active, facts.scheme, facts.integration)
