from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from sellerdesk.simulator import buyers, people

MONDAY = datetime(2026, 10, 5, tzinfo=UTC)


def test_the_same_seed_brings_the_same_buyers_however_time_is_cut():
    day = timedelta(days=1)

    whole = buyers.arrivals(5, 1, MONDAY, MONDAY + day, 40)
    parts = [one for hour in range(0, 24, 3) for one in buyers.arrivals(
        5, 1, MONDAY + timedelta(hours=hour), MONDAY + timedelta(hours=hour + 3), 40)]

    assert whole == parts
    assert len(whole) > 20
    assert whole != buyers.arrivals(6, 1, MONDAY, MONDAY + day, 40)
    assert whole != buyers.arrivals(5, 2, MONDAY, MONDAY + day, 40)


def test_a_month_brings_about_the_orders_that_the_pace_promises():
    month = buyers.arrivals(5, 1, MONDAY, MONDAY + timedelta(days=28), 40)

    assert 0.9 * 28 * 40 < len(month) < 1.1 * 28 * 40


def test_a_buyer_takes_no_more_than_there_is():
    offers = [buyers.Offer(1, 100_000, 0, "RUB"), buyers.Offer(2, 100_000, 0, "RUB")]
    free = {1: 1, 2: 0}
    coming = buyers.arrivals(5, 1, MONDAY, MONDAY + timedelta(days=2), 40)

    wishes = [buyers.wish(one, offers, [1.0, 2.0], free) for one in coming]

    assert [wish.lines for wish in wishes if wish] == [((1, 1),)]
    assert free == {1: 0, 2: 0}


def test_a_dear_offer_draws_fewer_buyers_and_a_discount_more():
    usual = buyers.appeal(buyers.Offer(1, 180_000, 0, "RUB", 180_000), 1.0)

    assert buyers.appeal(buyers.Offer(1, 198_000, 0, "RUB", 180_000), 1.0) == pytest.approx(usual * 0.859, rel=0.01)
    assert buyers.appeal(buyers.Offer(1, 144_000, 0, "RUB", 180_000), 1.0) == pytest.approx(usual * 1.429, rel=0.01)
    assert buyers.appeal(buyers.Offer(1, 180_000_00, 0, "RUB", 180_000), 1.0) < usual / 500
    assert buyers.appeal(buyers.Offer(1, 180_000_00, 0, "RUB"), 1.0) < usual / 500
    assert buyers.appeal(buyers.Offer(1, 180_000, 240_000, "RUB", 180_000), 1.0) > usual


def test_a_better_card_and_the_season_draw_more_buyers():
    def weight(**facts):
        return buyers.appeal(buyers.Offer(1, 180_000, 0, "RUB", 180_000, **facts), 1.0)

    assert weight(score=0) == pytest.approx(weight(score=70) / 2)
    assert weight(score=100) > weight(score=70)
    assert weight(season=190) == pytest.approx(1.9 * weight(season=100))


def test_a_whole_shop_that_gets_dearer_draws_fewer_buyers_of_the_same():
    cheap = [buyers.Offer(number, 90_000, 0, "RUB", 100_000) for number in range(20)]
    dear = [buyers.Offer(number, 120_000, 0, "RUB", 100_000) for number in range(20)]
    tastes = [buyers.popularity(5, number) for number in range(20)]

    many = buyers.arrivals(5, 1, MONDAY, MONDAY + timedelta(days=7), 40 * buyers.interest(cheap, tastes))
    few = buyers.arrivals(5, 1, MONDAY, MONDAY + timedelta(days=7), 40 * buyers.interest(dear, tastes))

    assert len(many) > 1.3 * len(few)
    assert set(few) < set(many)


@pytest.mark.parametrize(("day", "times"), [
    ((2026, 11, 27), 2.6), ((2026, 11, 11), 2.4), ((2026, 12, 20), 1.5), ((2027, 1, 3), 0.5), ((2026, 6, 10), 1.0)])
def test_great_days_of_the_calendar_bring_more_buyers(day, times):
    assert buyers.holiday(datetime(*day, 9, tzinfo=UTC)) == times


SHARES = {"RU": 900, "BY": 60, "KZ": 40}


def test_buyers_live_where_the_setting_says_and_those_at_home_stay_who_they_were():
    at_home = [people.someone(Random(number)) for number in range(4000)]
    streams = [Random(number) for number in range(4000)]
    mixed = [people.someone(rng, SHARES) for rng in streams]

    homes = Counter(one.city.country for one in mixed)
    assert 190 < homes["BY"] < 290
    assert 115 < homes["KZ"] < 210
    assert all(one == usual for one, usual in zip(mixed, at_home, strict=True) if one.city.country == "RU")
    # Who comes from abroad draws nothing more: the basket is the same.
    assert [rng.random() for rng in streams[:50]] == [_after(number) for number in range(50)]


def _after(number):
    rng = Random(number)
    people.someone(rng)
    return rng.random()


def test_neighbours_have_names_numbers_and_addresses_of_their_country():
    mixed = [people.someone(Random(number), {"BY": 1, "KZ": 1}) for number in range(200)]

    for one in mixed:
        nation = people.PEOPLES[one.city.country]
        assert one.city in nation.cities
        assert one.phone.startswith(nation.phone)
        assert one.name.split()[1].removesuffix("а" if nation.ending else "") in nation.surnames
    assert {one.city.country for one in mixed} == {"BY", "KZ"}
    assert people.someone(Random(1), {"XX": 1}).city.country == "RU"
