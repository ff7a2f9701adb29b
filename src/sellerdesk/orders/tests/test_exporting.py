"""Postings for files: each one once, in order, however many batches they take."""

from datetime import timedelta

from sellerdesk.core.db import utc
from sellerdesk.orders import queries
from sellerdesk.orders.models import Posting
from sellerdesk.orders.queries import exporting
from sellerdesk.orders.types import PostingFilter


def told(seller, **where):
    return list(exporting.every_posting(seller, filter=PostingFilter(**where)))


def test_every_posting_comes_once_with_its_lines(stall, rival_shop, now, monkeypatch):
    # Moments that a batch ends between, and within.
    moments = [now - timedelta(hours=hour) for hour in (5, 3, 3, 3, 1)]
    numbers = stall.place(*(stall.request((stall.mug, 1), (stall.pan, 2), at=at) for at in moments))
    monkeypatch.setattr(exporting, "_BATCH", 2)

    found = told(stall.seller)

    assert [posting[exporting.POSTING.index("number")] for posting, _lines in found] == numbers
    assert [utc(posting[0]) for posting, _lines in found] == moments
    assert [[line[3:5] for line in lines] for _posting, lines in found] == [[(1, 100_000), (2, 25_050)]] * 5
    assert told(rival_shop) == []


def test_the_filter_of_the_list_holds_in_every_batch(stall, now, monkeypatch):
    numbers = stall.place(*(stall.request(at=now - timedelta(hours=hour)) for hour in (9, 7, 5, 3)))
    Posting.objects.filter(number__in=numbers[::2]).update(state="delivered")
    monkeypatch.setattr(exporting, "_BATCH", 1)

    assert [posting[3] for posting, _lines in told(stall.seller, states=("delivered",))] == numbers[::2]
    assert told(stall.seller, tab="to_pack", states=("delivered",)) == []


def test_a_batch_takes_two_queries(stall, now, monkeypatch, statements):
    stall.place(*(stall.request(at=now - timedelta(hours=hour)) for hour in range(6)))
    monkeypatch.setattr(exporting, "_BATCH", 3)

    # Two whole batches, and a look behind the last.
    assert statements(lambda: list(queries.every_posting(stall.seller, filter=PostingFilter()))) == 5
