"""What benchmarks measure is what the product would have kept: the facts of their shops equal those made from news."""

from datetime import timedelta

import pytest

from benchmarks import trade
from sellerdesk.analytics.models import GoodsDay, GoodsSlot, Heard, ShopSlot
from sellerdesk.analytics.services import facts
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import as_owner, fetch_all, fetch_one
from sellerdesk.finance import services
from sellerdesk.finance.models import Line
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.returns.models import Return

TABLES = (ShopSlot, GoodsSlot, GoodsDay)


@pytest.fixture
def market(dated_rules):
    made = trade.found(4)
    with as_owner():
        trade.write_goods(made, 400)
        trade.write_postings(made, 0, 200)
        trade.kept_sums()
    return made


def news():
    """What would have been told of each posting and return."""
    told = [("orders.posting.created", number) for number in Posting.objects.values_list("number", flat=True)]
    told += [(f"orders.posting.{state}", number) for state, number in Posting.objects.filter(
        state__in=["cancelled", "delivered"]).values_list("state", "number")]
    told += [("returns.return.requested", str(id_)) for id_ in Return.objects.values_list("id", flat=True)]
    return [Entry(event, trade.NOW + timedelta(seconds=at), Actor.system("test"), None, "posting", target, target, id=at + 1)
            for at, (event, target) in enumerate(told)]


def test_facts_of_the_benchmark_equal_those_made_from_news(market):
    facts.rebuild()
    made = [facts._rows(model) for model in TABLES]
    for model in (*TABLES, Heard):
        model.objects.all().delete()

    told = news()
    assert facts.hear(told) == len(told)

    assert [facts._rows(model) for model in TABLES] == made
    assert {row[0] for row in fetch_all("SELECT DISTINCT seller_id FROM analytics_goodsday")} == {
        market.first + at for at in range(4)}


def test_parts_of_the_shops_make_the_same_facts(market):
    facts.rebuild()
    made = [facts._rows(model) for model in TABLES]
    for model in TABLES:
        model.objects.all().delete()

    for part in (0, 1):
        facts.make_all(f"{{row}}.seller_id %% 2 = {part}")

    assert [facts._rows(model) for model in TABLES] == made


def test_postings_hold_their_lines_and_every_booking_sums_to_zero(market):
    assert (Posting.objects.count(), PostingLine.objects.count()) == (200, 399)
    assert fetch_one("SELECT COUNT(*) FROM orders_posting p JOIN (SELECT posting_id, SUM(quantity) AS units,"
                     " SUM(quantity * price_minor) AS minor FROM orders_postingline GROUP BY posting_id) l"
                     " ON l.posting_id = p.id WHERE p.units <> l.units OR p.amount_minor <> l.minor") == (0,)
    assert Line.objects.exists()
    assert fetch_all("SELECT transaction_id, kind FROM finance_line GROUP BY transaction_id, kind"
                     " HAVING SUM(amount_minor) <> 0") == []
    assert fetch_all("SELECT t.id FROM finance_transaction t JOIN finance_line l ON l.transaction_id = t.id"
                     " WHERE l.account = 'seller' GROUP BY t.id, t.amount_minor HAVING SUM(l.amount_minor) <> t.amount_minor") == []


def test_sums_of_the_benchmark_are_those_that_bookings_keep(market):
    assert fetch_one("SELECT COUNT(*) FROM finance_kindhour")[0] > 100
    assert services.check(now=trade.NOW).sound
