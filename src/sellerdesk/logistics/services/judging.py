"""What one method says to one parcel. Orders and the calculator ask here alike, so that the estimate is the bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sellerdesk.core import rules as dated
from sellerdesk.core.rules import Rule
from sellerdesk.logistics import tariffs
from sellerdesk.logistics.tariffs import Destination, Judged, Package, Refused, Tariff
from sellerdesk.logistics.types import MethodRow, PackedParcel, QuoteRequest

TARIFF = "logistics.tariff"
BATTERIES = "logistics.batteries"
FORBIDDEN = "logistics.forbidden"
# Reading a tariff folds the names of its places; a rule's value never changes under its id and identity.
_read: dict[int, tuple[Mapping[str, Any], Tariff]] = {}


def tariff_of(rule: Rule) -> Tariff:
    """The rule's value as the engine takes it."""
    known = _read.get(rule.id)
    if known is None or known[0] is not rule.value:
        known = _read[rule.id] = (rule.value, tariffs.read(rule.value))
    return known[1]


def judge(method: MethodRow, rule: Rule, currency: str, request: QuoteRequest) -> Judged:
    """The charge of an active method, or every reason against the parcel: the carrier's and the shop's own."""
    package = Package(request.weight_g, *request.sides_mm, request.price_minor, request.batteries,
                      request.units)
    to = Destination(request.city, request.region, request.country)
    own = tariffs.own_refusals(package, to, max_weight_g=method.max_weight_g, max_price_minor=method.max_price_minor,
                               places=method.places)
    if forbidden(method.tariff, request.goods, request.at):
        own = (Refused("forbidden"), *own)
    if not method.active:
        own = (Refused("off"), *own)
    judged = tariffs.judge(tariff_of(rule), currency, package, to)
    return judged if not own else Judged(None, (*own, *judged.refused))


def packed_refusals(parcel: PackedParcel, currency: str) -> tuple[Refused, ...]:
    """What the carrier refuses of a packed parcel, by the bounds in force when it was ordered; none for a tariff that
    did not exist then."""
    rule = dated.all_of(TARIFF, parcel.at).get(parcel.tariff)
    if rule is None:
        return ()
    return tariffs.packed_refusals(tariff_of(rule), currency, Package(
        parcel.weight_g, *parcel.sides_mm, parcel.price_minor, parcel.batteries, parcel.units))


def forbidden(tariff: str, goods: Iterable[tuple[int, int]], at: datetime) -> bool:
    """Whether any of these goods, (type id, category id), may not go this way: the dated rule logistics.forbidden."""
    value = dated.all_of(FORBIDDEN, at).get(tariff)
    if value is None:
        return False
    types, categories = value.value.get("types", ()), value.value.get("categories", ())
    return any(type_id in types or category_id in categories for type_id, category_id in goods)


def packed_sides(units: Iterable[tuple[Sequence[int], int]]) -> tuple[int, int, int]:
    """The box for (sides of one unit, quantity), in mm; see tariffs.packed."""
    return tariffs.packed(units)


def has_batteries(type_id: int, at: datetime) -> bool:
    """Whether goods of a type hold a battery, by the dated rule logistics.batteries."""
    return type_id in dated.get(BATTERIES, "", at).value["types"]
