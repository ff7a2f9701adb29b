from datetime import UTC, datetime, timedelta

from sellerdesk.simulator import buyers

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


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
    usual = buyers.appeal(buyers.Offer(1, 180_000, 0, "RUB"), 1.0)

    assert buyers.appeal(buyers.Offer(1, 360_000, 0, "RUB"), 1.0) < usual
    assert buyers.appeal(buyers.Offer(1, 180_000_00, 0, "RUB"), 1.0) < usual / 500
    assert buyers.appeal(buyers.Offer(1, 180_000, 240_000, "RUB"), 1.0) > usual
