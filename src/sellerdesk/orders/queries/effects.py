"""What tariffs of carriers and penalties to come would have made of parcels and errors that were."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from sellerdesk.core.db import utc
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries.effects import freight_booked
from sellerdesk.finance.types import Effect
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.services import estimating
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.orders.models import Fault, PostingLine
from sellerdesk.orders.queries import terms
from sellerdesk.orders.terms import index, steps
from sellerdesk.orders.terms.types import DELAY, IndexRule
from sellerdesk.sellers.types import SellerRef

_LINE = ("posting__number", "posting__warehouse_id", "posting__city", "posting__in_process_at",
         "posting__order__region", "posting__order__country", "weight_g", "depth_mm", "width_mm", "height_mm",
         "quantity", "price_minor", "batteries")


def freight_effect(seller: SellerRef, since: datetime, until: datetime, at: datetime) -> list[Effect]:
    """Carrying of parcels booked between two moments, as it was and by the tariffs in force `at` another, by service.

    Each parcel is measured by itself under both versions of its service's tariff, and the difference is what counts: a
    parcel that was measured anew on its way changes nothing. One that the new version does not take keeps its price.
    Two queries, and the rules from memory.
    """
    booked = freight_booked(seller, since, until)
    parcels: dict[str, list[Any]] = defaultdict(list)
    for number, *line in PostingLine.objects.filter(
            seller_id=seller.id, posting__delivered_at__gte=since, posting__delivered_at__lt=until).order_by(
            "id").values_list(*_LINE):
        parcels[number].append(line)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    known: dict[Any, tuple[str, int, int]] = {}
    for number, lines in parcels.items():
        if number not in booked:
            continue
        was, rule_id = booked[number]
        parcel = _request(lines)
        # The warehouse and the moment of the order are no part of a price.
        key = rule_id, replace(parcel, warehouse_id=0, at=at)
        if key not in known:
            known[key] = estimating.both_versions(*key, seller.currency)
        service, before, after = known[key]
        for place, value in enumerate((1, parcel.price_minor, was, was + after - before)):
            sums[service][place] += value
    return [Effect(service, *row) for service, row in sorted(sums.items())]


def penalty_effect(seller: SellerRef, since: datetime, until: datetime, at: datetime) -> Effect:
    """Penalties of errors made between two moments, as they stand and by the rules in force `at` another. One query.

    The index of each error's day stays what it was: of the same shipments another rule would have counted the same
    errors. `units` are errors, what was sold is the price of their goods.
    """
    rule, found = terms.day_rule(terms.today_of(at)), [0, 0, 0, 0]
    for kind, moment, price, counts, excluded, evidence, errors, shipments, amount in Fault.objects.filter(
            seller_id=seller.id, at__gte=since, at__lt=until, judged_at__isnull=False).values_list(
            "kind", "at", "price_minor", "counts", "excluded", "evidence", "index_errors", "index_shipments",
            "amount_minor"):
        found[0] += 1
        found[1] += price
        found[2] += amount
        if kind == DELAY:
            found[3] += _delay(seller, moment, price, evidence, at) if excluded != "dispute" else 0
        elif counts:
            found[3] += _index(seller, rule, moment, price, errors, shipments)
    return Effect("", *found)


def _index(seller: SellerRef, rule: IndexRule, moment: datetime, price: int, errors: int, shipments: int) -> int:
    cap = terms.index_cap(rule, seller.currency, moment)
    return index.fee_minor(index.measure(errors, shipments, rule), price, cap.amount_minor)


def _delay(seller: SellerRef, moment: datetime, price: int, evidence: dict[str, Any], at: datetime) -> int:
    deadline, tariff = utc(evidence["ship_by"]), terms.late_tariff(at, evidence["scheme"])
    assert deadline is not None
    cap = finance.convert(tariff.cap_minor, tariff.cap_currency, seller.currency, moment)
    return index.capped(price, steps.late_bp(deadline, moment, tariff), cap.amount_minor)


def _request(lines: list[Any]) -> QuoteRequest:
    """Everything in one box, as carriers were asked when it was ordered."""
    warehouse, city, ordered_at, region, country = lines[0][:5]
    return QuoteRequest(
        warehouse, sum(line[5] * line[9] for line in lines), city, ordered_at, region,
        logistics.packed_sides(((line[6], line[7], line[8]), line[9]) for line in lines),
        sum(line[10] * line[9] for line in lines), any(line[11] for line in lines), country=country)
