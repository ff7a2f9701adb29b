"""What carrying goods costs at least, before anybody has ordered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.core import rules as dated
from sellerdesk.economics.types import Carried, FreightStep, Route
from sellerdesk.logistics import tariffs
from sellerdesk.logistics.services import judging
from sellerdesk.logistics.services.quoting import services_of
from sellerdesk.logistics.tariffs import Destination, Package, Tariff
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.sellers.types import SellerRef


def freight_steps(seller: SellerRef, products: Sequence[Carried], at: datetime, route: str = ""
                  ) -> list[tuple[FreightStep, ...]]:
    """The lowest price of any service of the marketplace, or of one, for one unit of each product, over all zones, by
    its price.

    A service that takes nothing dearer than some amount ends a step there. None where nothing carries the product from
    the shop's country. No query beyond rules.
    """
    in_force = dated.all_of(judging.TARIFF, at)
    services = [(facts.tariff, (judging.tariff_of(in_force[facts.tariff]), in_force[facts.tariff].id))
                for facts in services_of("drop_off", seller.country, at) if route in ("", facts.tariff)]
    bounds = sorted({bound for _key, (tariff, _rule) in services
                     if (bound := tariff.limits.max_price.get(seller.currency)) is not None})
    found = []
    for product in products:
        goods = ((product.type_id, product.category_id),)
        offers = [offer for key, offer in services if not judging.forbidden(key, goods, at)]
        package = Package(product.weight_g, *product.sides_mm, 0, judging.has_batteries(product.type_id, at))
        # Above the last bound any price will do: one minor unit more.
        found.append(_merged([
            _cheapest(offers, seller.currency, replace(package, price_minor=price), up_to)
            for price, up_to in [*((bound, bound) for bound in bounds),
                                 (bounds[-1] + 1 if bounds else 1, None)]]))
    return found


def both_versions(rule_id: int | None, request: QuoteRequest, currency: str) -> tuple[str, int, int]:
    """The service of a version of a tariff, what that version takes for a parcel, and what the version in force at the
    parcel's `at` does.

    Twice the same where there is no newer version, or it does not take the parcel; 0 where it was never priced by a
    tariff. No query beyond rules.
    """
    rule = next((one for one in dated.every(judging.TARIFF) if one.id == rule_id), None)
    if rule is None:
        return "", 0, 0
    newer = dated.all_of(judging.TARIFF, request.at).get(rule.key, rule)
    package = Package(request.weight_g, *request.sides_mm, request.price_minor, request.batteries, request.units)
    to = Destination(request.city, request.region, request.country)
    charges = [tariffs.judge(judging.tariff_of(one), currency, package, to).charge for one in (rule, newer)]
    before, after = ((charge.amount_minor if charge else None) for charge in charges)
    if before is None or after is None:
        return rule.key, 0, 0
    return rule.key, before, after


def routes(seller: SellerRef, at: datetime) -> list[Route]:
    """The services that carry from the shop's country, as they are preferred. No query beyond rules."""
    return [Route(facts.tariff, dict(facts.names)) for facts in services_of("drop_off", seller.country, at)]


def _cheapest(offers: Sequence[tuple[Tariff, int]], currency: str, package: Package, up_to: int | None) -> FreightStep:
    amounts = [(amount, rule_id) for tariff, rule_id in offers
               if (amount := tariffs.lowest(tariff, currency, package)) is not None]
    return FreightStep(up_to, *min(amounts)) if amounts else FreightStep(up_to, None)


def _merged(steps: list[FreightStep]) -> tuple[FreightStep, ...]:
    """Without steps that differ from the next one in their end only."""
    return tuple(step for step, after in zip(steps, [*steps[1:], None], strict=True)
                 if after is None or (step.amount_minor, step.rule_id) != (after.amount_minor, after.rule_id))
