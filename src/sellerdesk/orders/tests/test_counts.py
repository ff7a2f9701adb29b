"""P10: counters of the list are kept by the database itself and equal what counting finds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Count, Sum

from sellerdesk.core.db import as_owner, execute, is_postgres
from sellerdesk.orders import queries, rules, services, states
from sellerdesk.orders.models import Posting, PostingCount, PostingLine
from sellerdesk.orders.services import counting

PLACE = ("seller_id", "warehouse_id", "scheme", "state", "substate")


def kept() -> dict[tuple, int]:
    return {row[:-1]: row[-1] for row in PostingCount.objects.values_list(*PLACE).annotate(Sum("postings")) if row[-1]}


def counted() -> dict[tuple, int]:
    return {row[:-1]: row[-1] for row in Posting.objects.values_list(*PLACE).annotate(Count("id"))}


def test_P10_counters_follow_a_whole_life(stall, rival_stall) -> None:
    first, second, third = stall.place(*[stall.request((stall.mug, 2))] * 3)
    rival_stall.place()
    assert kept() == counted()
    services.ship_posting(seller=stall.seller, number=first, actor=stall.actor, now=stall.now,
                          packages=[[(stall.sku(stall.mug), 1)]] * 2)
    assert kept() == counted()
    services.ship_many(seller=stall.seller, numbers=[second], actor=stall.actor, now=stall.now)
    services.hand_over(seller=stall.seller, numbers=[second], actor=stall.actor, now=stall.now)
    stall.scan(second, "accepted", "delivered")
    services.cancel_posting(seller=stall.seller, number=third, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)

    assert kept() == counted()
    assert queries.counts(stall.seller) == {
        **dict.fromkeys(states.TABS, 0), "to_hand_over": 2, "delivered": 1, "cancelled": 1, "all": 4}
    assert queries.counts_by_warehouse(stall.seller, "to_hand_over") == {stall.warehouse_id: 2}
    assert queries.counts_by_warehouse(stall.seller, "all") == {stall.warehouse_id: 4}
    assert queries.counts(stall.seller, [stall.warehouse_id + 1])["all"] == 0


def test_P10_whatever_is_written_past_the_services_is_counted_too(stall) -> None:
    numbers = stall.place(*[stall.request((stall.mug, 1))] * 6)

    Posting.objects.filter(number__in=numbers[:2]).update(warehouse_id=7, scheme="rfbs")
    Posting.objects.filter(number=numbers[0]).update(city="Пермь")
    PostingLine.objects.filter(posting__number__in=numbers[4:]).delete()
    Posting.objects.filter(number__in=numbers[4:]).delete()

    assert kept() == counted()
    assert queries.counts_by_warehouse(stall.seller, "to_pack") == {7: 2, stall.warehouse_id: 2}


def test_P10_counters_stay_few_however_much_happens(stall) -> None:
    numbers = stall.place(*[stall.request((stall.mug, 1))] * 3)
    for turn in range(600):
        Posting.objects.filter(number=numbers[turn % 3]).update(warehouse_id=turn % 2)

    assert kept() == counted()
    # Folded one time in 64 on PostgreSQL: 600 times without would be one run in ten thousand.
    assert PostingCount.objects.count() < 1200


def test_triggers_lost_with_a_table_that_a_migration_made_anew_come_back_with_the_right_figures(stall) -> None:
    stall.place()
    assert counting.keep_counts() is False
    with as_owner():
        execute("DROP TRIGGER orders_count_insert" + (" ON orders_posting" if is_postgres() else ""))
    stall.place()
    assert kept() != counted()

    assert counting.keep_counts() is True

    assert kept() == counted()


@pytest.mark.parametrize(("minutes", "group"), [(-1, "overdue"), (0, "soon"), (119, "soon"), (120, "today"),
                                                (8 * 60 + 59, "today"), (9 * 60 + 60, "later")])
def test_urgency_is_counted_as_it_is_shown(stall, minutes, group) -> None:
    """Noon in Moscow is nine o'clock here; the shop's day ends in twelve hours."""
    moment = stall.now + timedelta(minutes=minutes if group != "later" else 12 * 60)
    stall.place()
    Posting.objects.update(ship_by=moment)

    found = queries.urgent(stall.seller, stall.now, "to_pack")

    assert rules.urgency(moment, stall.now, stall.seller.time_zone) == group
    assert (found.overdue, found.soon, found.today) == tuple(int(group == one) for one in ("overdue", "soon", "today"))
    assert queries.urgent(stall.seller, stall.now, "to_pack", [stall.warehouse_id + 1]).overdue == 0
