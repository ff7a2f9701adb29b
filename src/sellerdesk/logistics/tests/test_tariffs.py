from __future__ import annotations

import math

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellerdesk.logistics import tariffs
from sellerdesk.logistics.tariffs import Destination, Package, Refused

PRICES = {"RUB": [6500, 350], "CNY": [650, 35]}
ZONED = {
    "zones": [
        {"zone": {"en": "Far East"}, "days": [6, 9], "prices": {"RUB": [9900, 520]}, "cities": ["Хабаровск"],
         "regions": ["Приморский край"]},
        {"zone": {"en": "Orël"}, "days": [1, 2], "prices": {"RUB": [3000, 100]}, "cities": ["Орёл"]},
        {"zone": {"en": "Belarus"}, "days": [5, 8], "prices": {"RUB": [12000, 600]}, "countries": ["BY"]},
        {"zone": {"en": "Everywhere"}, "days": [2, 4], "prices": {"RUB": [6500, 350]}},
    ],
    "limits": {"min_weight_g": 50, "max_weight_g": 25_000, "max_side_mm": 1200, "max_sides_mm": 2000,
               "max_price": {"RUB": 500_000_00}, "batteries": False},
    "volumetric": {"divisor": 5000, "above_sides_mm": 900}, "step_g": 500, "origins": ["RU"]}
KAZAN = Destination("Казань", "Республика Татарстан")


def judge(package, to=KAZAN, value=ZONED, currency="RUB"):
    return tariffs.judge(tariffs.read(value), currency, package, to)


def test_the_short_spelling_is_one_price_everywhere() -> None:
    charge = judge(Package(1_240), Destination("Анадырь"), {"days": 4, "max_weight_g": 25_000, "prices": PRICES}).charge

    assert charge is not None
    assert (charge.amount_minor, charge.steps, charge.days) == (6500 + 13 * 350, 13, (4, 4))
    assert judge(Package(25_001), value={"days": 4, "max_weight_g": 25_000, "prices": PRICES}).refused == (
        Refused("weight", 25_000, 25_001),)


def test_each_begun_step_is_paid_and_an_unknown_weight_is_one_step() -> None:
    assert tariffs.price_minor(6500, 350, 100) == tariffs.price_minor(6500, 350, 0) == 6850
    assert tariffs.price_minor(6500, 350, 1_001, 500) == 6500 + 3 * 350


def test_size_counts_only_above_the_bound_and_only_where_it_is_known() -> None:
    at_bound, above = judge(Package(1_000, 300, 300, 300)).charge, judge(Package(1_000, 301, 300, 300)).charge

    assert (at_bound.volumetric_g, at_bound.charged_g, at_bound.amount_minor) == (None, 1_000, 6500 + 2 * 350)
    # 27,090,000 mm³ ÷ 5000 = 5,418 g: eleven steps of 500 g.
    assert (above.volumetric_g, above.charged_g, above.steps, above.amount_minor) == (5_418, 5_418, 11, 6500 + 11 * 350)
    assert judge(Package(1_000, 1_100, 0, 300)).charge.volumetric_g is None
    heavy = judge(Package(9_000, 301, 300, 300)).charge
    assert (heavy.volumetric_g, heavy.charged_g) == (5_418, 9_000)


def test_a_city_comes_before_its_region_and_a_region_before_the_country() -> None:
    def zone(city, region="", country="RU"):
        return tariffs.zone_of(tariffs.read(ZONED), Destination(city, region, country)).names["en"]

    assert [zone("Владивосток", "Приморский Край "), zone("ХАБАРОВСК"), zone("Орел"), zone("Минск", "", "BY"),
            zone("Хабаровск", "", "BY"), zone("Казань"), zone("")] == [
        "Far East", "Far East", "Orël", "Belarus", "Far East", "Everywhere", "Everywhere"]


def test_every_reason_against_a_parcel_is_named_with_its_bound() -> None:
    refused = judge(Package(26_000, 1_300, 600, 300, price_minor=500_000_01, batteries=True)).refused

    assert refused == (Refused("weight", 25_000, 26_000), Refused("side", 1_200, 1_300), Refused("sides", 2_000, 2_200),
                       Refused("price", 500_000_00, 500_000_01), Refused("batteries"))
    assert judge(Package(49)).refused == (Refused("light", 50, 49),)
    assert judge(Package(0)).refused == ()
    assert judge(Package(100), currency="USD").refused == (Refused("currency"),)
    nowhere = {**ZONED, "zones": ZONED["zones"][:3]}
    assert judge(Package(100), value=nowhere).refused == (Refused("zone"),)


def test_what_the_shop_does_not_send_by_a_method_is_its_own_reason() -> None:
    def refused(places=(), weight=None, price=None):
        return tariffs.own_refusals(Package(2_000, price_minor=300_00), KAZAN, max_weight_g=weight,
                                    max_price_minor=price, places=places)

    assert refused() == refused(["казань"]) == refused(["Республика Татарстан"], 2_000, 300_00) == ()
    assert refused(["Москва"], 1_999, 299_99) == (
        Refused("own_weight", 1_999, 2_000), Refused("own_price", 299_99, 300_00), Refused("own_place"))


def test_the_lowest_price_is_that_of_the_cheapest_zone_that_takes_the_parcel() -> None:
    tariff = tariffs.read(ZONED)

    assert tariffs.lowest(tariff, "RUB", Package(600)) == 3000 + 2 * 100
    assert tariffs.lowest(tariff, "RUB", Package(26_000)) is None
    assert tariffs.lowest(tariff, "USD", Package(600)) is None


def test_several_units_share_the_smallest_box_near_a_cube() -> None:
    assert tariffs.packed([((100, 300, 200), 1)]) == (300, 200, 100)
    assert tariffs.packed([((100, 100, 100), 4)]) == (159, 159, 159)
    assert tariffs.packed([((300, 200, 10), 5)]) == (300, 200, 50)
    assert tariffs.packed([((1_000, 50, 50), 10)]) == (1_000, 159, 159)
    assert tariffs.packed([((100, 100, 100), 1), ((100, 0, 100), 1)]) == tariffs.packed([]) == (0, 0, 0)


SIDE = st.integers(1, 1_500)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.tuples(SIDE, SIDE, SIDE), st.integers(1, 9)), min_size=1, max_size=6))
def test_a_box_holds_every_unit_and_the_volume_of_all(units) -> None:
    box = tariffs.packed(units)

    assert box == tuple(sorted(box, reverse=True))
    assert all(inner <= outer for unit, _ in units for inner, outer in zip(sorted(unit, reverse=True), box, strict=True))
    assert math.prod(box) >= sum(math.prod(unit) * quantity for unit, quantity in units)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 60_000), st.integers(0, 60_000), st.lists(st.integers(0, 1_500), min_size=3, max_size=3))
def test_a_heavier_parcel_never_costs_less(light, more, sides) -> None:
    value = {**ZONED, "limits": {}}

    cheap, dear = (judge(Package(grams, *sides), value=value).charge for grams in (light, light + more))

    assert cheap.amount_minor <= dear.amount_minor
    assert cheap.amount_minor == cheap.fixed_minor + cheap.per_step_minor * cheap.steps
