"""The tariff engine: what carrying a parcel costs, or why it is refused. Pure: no database, no clock, no Django.

A tariff is one value of the dated rule `logistics.tariff`. Where one price holds everywhere it is spelled `days`,
`max_weight_g` and `prices`; otherwise it has `zones`, and may have `limits`, `volumetric`, `step_g`, `origins`.
Worked numbers: docs/algorithms/freight.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Where the marketplace's buyers live unless somebody says otherwise.
HOME = "RU"
STEP_G = 100


@dataclass(frozen=True, slots=True)
class Package:
    """One parcel. Grams, millimetres, minor units of the shop's currency; a size of 0 is not known."""

    weight_g: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    price_minor: int = 0
    batteries: bool = False
    # 0 is not known: until it is packed, an order may still become several parcels.
    units: int = 0

    @property
    def sides(self) -> tuple[int, int, int]:
        return self.length_mm, self.width_mm, self.height_mm

    @property
    def measured(self) -> bool:
        return min(self.sides) > 0


@dataclass(frozen=True, slots=True)
class Destination:
    city: str = ""
    region: str = ""
    country: str = HOME


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a price holds. A zone without places is all the rest. `prices` are (fixed, per step) by currency."""

    names: Mapping[str, str]
    days: tuple[int, int]
    prices: Mapping[str, tuple[int, int]]
    cities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    @property
    def elsewhere(self) -> bool:
        return not (self.cities or self.regions or self.countries)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a carrier takes; None is no limit. `max_price` is in minor units by currency."""

    min_weight_g: int | None = None
    max_weight_g: int | None = None
    max_side_mm: int | None = None
    max_sides_mm: int | None = None
    max_units: int | None = None
    max_price: Mapping[str, int] = field(default_factory=dict)
    batteries: bool = True


@dataclass(frozen=True, slots=True)
class Tariff:
    """`divisor` turns cubic centimetres into kilograms; it counts only where the three sides together are longer than
    `volumetric_above_mm`. `origins` are the countries it carries from; none named means all."""

    zones: tuple[Zone, ...]
    limits: Limits
    step_g: int = STEP_G
    divisor: int = 0
    volumetric_above_mm: int = 0
    origins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Charge:
    """A price with everything it was made of: amount = fixed + per_step × steps."""

    amount_minor: int
    fixed_minor: int
    per_step_minor: int
    step_g: int
    steps: int
    weight_g: int
    volumetric_g: int | None
    divisor: int
    zone: Mapping[str, str]
    days: tuple[int, int]

    @property
    def charged_g(self) -> int:
        """The weight that is paid for: the larger of the two."""
        return max(self.weight_g, self.volumetric_g or 0)


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason why a parcel is not taken. `limit` and `value` are in the unit of the code: grams, millimetres,
    minor units or pieces."""

    code: str
    limit: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """Either a charge or at least one reason."""

    charge: Charge | None
    refused: tuple[Refused, ...] = ()


def read(value: Mapping[str, Any]) -> Tariff:
    """A tariff out of a rule's value, in either spelling."""
    volumetric = value.get("volumetric") or {}
    return Tariff(
        tuple(_zone(zone) for zone in value.get("zones") or [value]), _limits(value), value.get("step_g") or STEP_G,
        volumetric.get("divisor", 0), volumetric.get("above_sides_mm", 0), frozenset(value.get("origins", ())))


def _zone(value: Mapping[str, Any]) -> Zone:
    days = value.get("days", 0)
    low, high = (days, days) if isinstance(days, int) else (days[0], days[1])
    return Zone(
        value.get("zone", {}), (low, high), {key: (pair[0], pair[1]) for key, pair in value["prices"].items()},
        frozenset(map(fold, value.get("cities", ()))), frozenset(map(fold, value.get("regions", ()))),
        frozenset(value.get("countries", ())))


def _limits(value: Mapping[str, Any]) -> Limits:
    given = value.get("limits", {})
    return Limits(
        given.get("min_weight_g"), given.get("max_weight_g", value.get("max_weight_g")), given.get("max_side_mm"),
        given.get("max_sides_mm"), given.get("max_units"), given.get("max_price", {}), given.get("batteries", True))


def fold(place: str) -> str:
    """A place as places are compared: ё is е, case and outer spaces do not matter."""
    return " ".join(place.casefold().replace("ё", "е").split())


def zone_of(tariff: Tariff, to: Destination) -> Zone | None:
    """The zone of a destination: one that names its city, else its region, else its country, else all the rest.

    Of several on the same level the first counts.
    """
    city, region = fold(to.city), fold(to.region)
    country = to.country or HOME
    levels = ([zone for zone in tariff.zones if city and city in zone.cities],
              [zone for zone in tariff.zones if region and region in zone.regions],
              [zone for zone in tariff.zones if country in zone.countries],
              [zone for zone in tariff.zones if zone.elsewhere])
    return next((level[0] for level in levels if level), None)


def volumetric_g(tariff: Tariff, package: Package) -> int | None:
    """The weight that the size stands for, rounded up to a gram; None where the size does not count.

    600 × 500 × 400 mm at a divisor of 5000: 120,000 cm³ ÷ 5000 = 24 kg = 24,000 g.
    """
    if not tariff.divisor or not package.measured or sum(package.sides) <= tariff.volumetric_above_mm:
        return None
    return -(-math.prod(package.sides) // tariff.divisor)


def price_minor(fixed_minor: int, per_step_minor: int, weight_g: int, step_g: int = STEP_G) -> int:
    """The formula: a fixed part and a part for each begun step; an unknown weight counts as one step.

    6500 + 350 per 100 g, 1,240 g: 6500 + 13 × 350 = 11,050 kopecks.
    """
    return fixed_minor + per_step_minor * steps(weight_g, step_g)


def steps(weight_g: int, step_g: int) -> int:
    return max(1, -(-weight_g // step_g))


def judge(tariff: Tariff, currency: str, package: Package, to: Destination) -> Judged:
    """The charge, or every reason why not. A size that is not known breaks no limit and makes no volumetric weight."""
    zone = zone_of(tariff, to)
    reasons = list(_refusals(tariff.limits, currency, package))
    if zone is None:
        reasons.append(Refused("zone"))
    elif currency not in zone.prices:
        reasons.append(Refused("currency"))
    if reasons or zone is None:
        return Judged(None, tuple(reasons))
    fixed, per_step = zone.prices[currency]
    size = volumetric_g(tariff, package)
    charged = max(package.weight_g, size or 0)
    return Judged(Charge(
        price_minor(fixed, per_step, charged, tariff.step_g), fixed, per_step, tariff.step_g,
        steps(charged, tariff.step_g), package.weight_g, size, tariff.divisor, zone.names, zone.days))


def _refusals(limits: Limits, currency: str, package: Package) -> Iterable[Refused]:
    sides = package.sides
    bounds = (("weight", limits.max_weight_g, package.weight_g), ("side", limits.max_side_mm, max(sides)),
              ("sides", limits.max_sides_mm, sum(sides)),
              ("price", limits.max_price.get(currency), package.price_minor),
              ("units", limits.max_units, package.units))
    yield from (Refused(code, bound, value) for code, bound, value in bounds if bound is not None and value > bound)
    if limits.min_weight_g is not None and 0 < package.weight_g < limits.min_weight_g:
        yield Refused("light", limits.min_weight_g, package.weight_g)
    if package.batteries and not limits.batteries:
        yield Refused("batteries")


def packed_refusals(tariff: Tariff, currency: str, package: Package) -> tuple[Refused, ...]:
    """Every bound of the carrier that a packed parcel breaks; where it goes and what it costs is settled already."""
    return tuple(_refusals(tariff.limits, currency, package))


def own_refusals(package: Package, to: Destination, *, max_weight_g: int | None, max_price_minor: int | None,
                 places: Sequence[str]) -> tuple[Refused, ...]:
    """What the shop itself does not send by a method. `places` are the cities and regions served; none means all."""
    reasons = []
    if max_weight_g is not None and package.weight_g > max_weight_g:
        reasons.append(Refused("own_weight", max_weight_g, package.weight_g))
    if max_price_minor is not None and package.price_minor > max_price_minor:
        reasons.append(Refused("own_price", max_price_minor, package.price_minor))
    if places and not {fold(place) for place in places} & {fold(to.city), fold(to.region)}:
        reasons.append(Refused("own_place"))
    return tuple(reasons)


def lowest(tariff: Tariff, currency: str, package: Package) -> int | None:
    """The lowest price over all zones; None where the parcel is not taken anywhere."""
    if any(_refusals(tariff.limits, currency, package)):
        return None
    charged = max(package.weight_g, volumetric_g(tariff, package) or 0)
    return min((price_minor(*zone.prices[currency], charged, tariff.step_g) for zone in tariff.zones
                if currency in zone.prices), default=None)


def packed(units: Iterable[tuple[Sequence[int], int]]) -> tuple[int, int, int]:
    """The box for several units, from (sides of one unit in mm, quantity): longest side first.

    It holds the volume of all units exactly, is at least as long, wide and high as the largest of them, and as near a
    cube as that allows: the shortest side grows to the middle one, then both to the longest, then all three.
    (0, 0, 0) where a size is not known. One unit is its own box. 4 mugs of 100 × 100 × 100: 4,000 cm³ = 159³.
    """
    least, volume, count = [0, 0, 0], 0, 0
    for unit, quantity in units:
        if min(unit, default=0) <= 0:
            return (0, 0, 0)
        least = [max(pair) for pair in zip(least, sorted(unit, reverse=True), strict=True)]
        volume += math.prod(unit) * quantity
        count += quantity
    if not count:
        return (0, 0, 0)
    a, b, c = least
    c = max(c, min(b, -(-volume // (a * b))))
    if a * b * c < volume:
        b = c = max(b, min(a, _ceil_root2(-(-volume // a))))
    if a * b * c < volume:
        a = b = c = _ceil_root3(volume)
    return a, b, c


def _ceil_root2(value: int) -> int:
    root = math.isqrt(value)
    return root if root * root >= value else root + 1


def _ceil_root3(value: int) -> int:
    root = max(int(math.pow(value, 1 / 3)) - 1, 0)
    while root**3 < value:
        root += 1
    return root
