"""G01, G02: nobody is ever promised what is not there, however many want it in the same instant.

Threads of one process take turns at Python's own lock, so the crowd is eight processes with eight threads each.
"""

from __future__ import annotations

import random
from collections import Counter

from django.db.models import Count, F, Sum

from sellerdesk.core.models import Activity
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock, StockMove
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders.models import Order, Posting, PostingCount, PostingLine
from tests.races.conftest import PROCESSES, ROUNDS, THREADS

CROWD = PROCESSES * THREADS


def _put(stall, product: int, units: int) -> None:
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=stall.now,
                         changes=[StockInput(stall.warehouse_id, units, product_id=product)])


def _books_agree() -> None:
    """The ledger adds up to the shelf, what is promised is what open postings hold, and counters equal counting."""
    counters = PostingCount.objects.values_list("state").annotate(number=Sum("postings")).filter(number__gt=0)
    assert dict(counters) == dict(Posting.objects.values_list("state").annotate(Count("id")))
    moved = {row[0]: row[1:] for row in StockMove.objects.values_list("product_id").annotate(
        Sum("present_delta"), Sum("reserved_delta"))}
    assert moved == {row[0]: row[1:] for row in Stock.objects.values_list("product_id", "present", "reserved")}
    assert not Stock.objects.filter(reserved__gt=F("present")).exists()
    held = dict(PostingLine.objects.filter(posting__state="awaiting_packaging").values_list("product_id").annotate(
        Sum("quantity")))
    assert held == {row[0]: row[1] for row in Stock.objects.values_list("product_id", "reserved") if row[1]}


def test_G01_sixty_four_buyers_race_for_the_last_unit(crowd, stall, now):
    for turn in range(1, ROUNDS + 1):
        _put(stall, stall.mug, 1)

        answers = Counter(word.split()[0] for word in crowd.all_at_once(
            stall, now, [["buy", [[stall.mug, 1]]]] * CROWD))

        assert answers == {"placed": 1, "out_of_stock": CROWD - 1}, turn
        assert stall.shelf(stall.mug) == (turn, turn)
        assert Order.objects.count() == Posting.objects.count() == turn
        assert Activity.objects.filter(event="orders.posting.created").count() == turn
    _books_agree()


def test_G01_no_order_is_filled_in_part(crowd, stall, now):
    """Two of each are wanted, in either order of the lines, and one shelf has less than the other."""
    for _ in range(ROUNDS):
        _put(stall, stall.mug, 7)
        _put(stall, stall.pan, 5)
        before = Posting.objects.count()

        answers = crowd.all_at_once(stall, now, [
            ["buy", [[stall.mug, 2], [stall.pan, 2]] if buyer % 2 else [[stall.pan, 2], [stall.mug, 2]]]
            for buyer in range(CROWD)])

        assert Counter(word.split()[0] for word in answers) == {"placed": 2, "out_of_stock": CROWD - 2}
        assert Posting.objects.count() == before + 2
        assert [Stock.objects.filter(product_id=product).values_list(F("present") - F("reserved"), flat=True).get()
                for product in (stall.mug, stall.pan)] == [3, 1]
    _books_agree()


def test_G01_setting_stock_in_the_middle_of_a_rush_promises_nothing_twice(crowd, stall, now):
    """A feed sets five free units while buyers take them: present is what it said plus what was promised by then."""
    for _ in range(ROUNDS):
        _put(stall, stall.mug, 5)
        wishes = [["buy", [[stall.mug, 1]]]] * (CROWD - 4) + [["set", stall.mug, stall.warehouse_id, 5]] * 4
        before = Posting.objects.count()

        answers = crowd.all_at_once(stall, now, random.Random(7).sample(wishes, CROWD))

        words = Counter(word.split()[0] for word in answers)
        assert set(words) <= {"placed", "out_of_stock", "set"}
        assert words["set"] == 4
        # Five before the first setting, and at most five more after each.
        assert 5 <= words["placed"] <= 25
        assert Posting.objects.count() - before == words["placed"]
        _books_agree()


def test_G02_a_crowd_of_all_trades_never_meets_a_deadlock(crowd, stall, now):
    """Orders, cancellations, settings and counts of the same goods, drawn by seed: each is done or refused in words."""
    dice = random.Random(2026)
    open_numbers: list[str] = []
    for _ in range(ROUNDS):
        cancelled = dice.sample(open_numbers, min(len(open_numbers), 12))
        goods = [stall.mug, stall.pan]
        wishes = [["cancel", number] for number in cancelled for _twice in (1, 2)]
        wishes += [["set", dice.choice(goods), stall.warehouse_id, dice.randrange(30)] for _ in range(8)]
        wishes += [["count", dice.choice(goods), stall.warehouse_id, dice.randrange(40)] for _ in range(4)]
        while len(wishes) < CROWD:
            dice.shuffle(goods)
            wishes.append(["buy", [[product, dice.randrange(1, 4)] for product in goods[:dice.randrange(1, 3)]]])

        words = crowd.all_at_once(stall, now, dice.sample(wishes, CROWD))

        assert {word.split()[0] for word in words} <= {
            "placed", "out_of_stock", "cancelled", "POSTING_ALREADY_CANCELLED", "set", "counted"}
        # Asked twice in the same instant, done once.
        assert words.count("cancelled") == len(cancelled)
        assert words.count("POSTING_ALREADY_CANCELLED") == len(cancelled)
        open_numbers = [number for number in open_numbers if number not in cancelled]
        open_numbers += [word.split()[1] for word in words if word.startswith("placed")]
        assert Posting.objects.filter(state="awaiting_packaging").count() == len(open_numbers)
        _books_agree()

