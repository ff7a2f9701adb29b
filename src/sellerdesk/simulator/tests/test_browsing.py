from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sellerdesk.simulator import browsing

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def test_leaps_and_small_steps_see_the_same_blocks():
    end = START + timedelta(days=2)
    cut = [START + timedelta(hours=hour) for hour in range(49)]

    leap = list(browsing.blocks(START, end))
    steps = [block for first, last in pairwise(cut) for block in browsing.blocks(first, last)]

    assert leap == steps
    assert len(leap) == 12
    assert browsing.days(START, end) == [datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)]


def test_a_seed_draws_the_same_visits_and_a_funnel_narrows():
    block = datetime(2026, 11, 20, 4, tzinfo=UTC)

    first = browsing.looks(20, 1, block, 40.0, [0.5, 0.3, 0.2])

    assert first == browsing.looks(20, 1, block, 40.0, [0.5, 0.3, 0.2])
    assert first != browsing.looks(21, 1, block, 40.0, [0.5, 0.3, 0.2])
    for one in first:
        assert one.views_search >= one.views_card >= one.sessions_card >= one.cart_card
        assert one.sessions_search >= one.cart_search
        assert one.sessions >= max(one.sessions_search, 1)


def test_what_is_sold_out_is_seen_and_not_ordered():
    seen = browsing.results(20, "кружка", START, 200, [3.0, 1.0], [False, True])

    assert seen[0].shown > 0
    assert (seen[0].carts, seen[0].orders) == (0, 0)
    assert seen[1].positions == seen[1].shown
