from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.simulator import couriers, people, plans

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def journeys(count, **extra):
    return [couriers.journey(f"{number}-0001-1", 5, NOON, "Москва", people.CITIES[number % len(people.CITIES)].name,
                             **{"abroad": False, **extra}) for number in range(count)]


def test_every_journey_ends_and_only_moves_forward_in_time():
    for scans in journeys(300):
        assert [scan.at for scan in scans] == sorted(scan.at for scan in scans)
        assert scans[0].code == "accepted"
        assert scans[-1].code in {"delivered", "returned", "lost"}


@pytest.mark.parametrize(("fate", "end"), [("", "delivered"), ("late", "delivered"), ("lost", "lost"),
                                           ("not_collected", "returned"), ("given_back", "delivered")])
def test_a_journey_ends_as_its_fate_says(fate, end):
    assert {scans[-1].code for scans in journeys(50, fate=fate)} == {end}


def test_by_chance_nearly_all_orders_are_kept_and_few_are_lost_or_left():
    fates = Counter(plans.chance_fate(5, f"{number}-0001").kind for number in range(3000))

    assert fates[""] > 2500
    assert 3 <= fates["lost"] <= 30
    assert 15 <= fates["not_collected"] <= 80


def test_bad_roads_make_most_parcels_late():
    usual, slow = journeys(50), journeys(50, times=3.0)

    assert sum(late[-1].at > soon[-1].at for soon, late in zip(usual, slow, strict=True)) > 40


def test_nobody_opens_the_door_at_night():
    for number, scans in enumerate(journeys(300)):
        if scans[-1].code == "delivered":
            zone = ZoneInfo(people.CITIES[number % len(people.CITIES)].time_zone)
            assert 8 <= scans[-1].at.astimezone(zone).hour < 23


def test_a_parcel_from_abroad_takes_days_longer():
    home = couriers.journey("1-1", 5, NOON, "Москва", "Казань", abroad=False)
    abroad = couriers.journey("1-1", 5, NOON, "深圳", "Казань", abroad=True)

    assert abroad[-1].at - home[-1].at > timedelta(days=2)


def test_the_same_number_travels_the_same_way():
    assert journeys(20) == journeys(20)


@pytest.mark.parametrize(("city", "gate"), [("Минск", "Смоленск"), ("Алматы", "Петропавловск")])
def test_a_buyer_abroad_is_reached_through_the_border_town(city, gate):
    scans = couriers.journey("7-0001-1", 5, NOON, "Москва", city, abroad=False)

    assert [(scan.code, scan.place) for scan in scans][1:4] == [
        ("in_transit", "Москва"), ("sorted", gate), ("arrived_in_city", city)]
    assert scans[-1].place == city
    zone = ZoneInfo(people.BY_NAME[city].time_zone)
    assert 8 <= scans[-1].at.astimezone(zone).hour < 23
