"""The explorer by SKU is sorted and cut by the database; everything else by Python. Both say the same."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.analytics.metrics import FIRST_METRICS, METRICS
from sellerdesk.analytics.queries import explorer, ranking
from sellerdesk.analytics.services import facts, traffic
from sellerdesk.analytics.tests.test_facts import news, trade  # noqa: F401 - a fixture
from sellerdesk.analytics.types import Question, Visits
from sellerdesk.core.db import fetch_one

ZONE = ZoneInfo("Asia/Kolkata")


@pytest.fixture
def asked(trade, now):  # noqa: F811
    facts.hear(news())
    traffic.note_visits([
        Visits(trade.seller.id, now - timedelta(days=1), goods, trade.sku(goods), 30 * at, 7 * at, 9, 8 * at, 5, 3, 2, 90)
        for at, goods in enumerate((trade.mug, trade.pan), start=1)])
    return Question(now.date() - timedelta(days=6), now.date(), ("sku",), FIRST_METRICS, sort="revenue")


def both(seller, question, monkeypatch):
    """What the database gives, and what Python gives."""
    quick = explorer.answer(seller, question, zone=ZONE, language="en")
    with monkeypatch.context() as patched:
        patched.setattr(ranking, "can", lambda question: False)
        return quick, explorer.answer(seller, question, zone=ZONE, language="en")


def test_every_figure_sorts_the_same_either_way(trade, asked, monkeypatch):  # noqa: F811
    for metric in METRICS:
        for descending in (True, False):
            question = replace(asked, metrics=(metric, "units"), sort=metric, descending=descending)
            quick, general = both(trade.seller, question, monkeypatch)
            assert quick == general, (metric, descending)
            assert quick.count == 2


def test_pages_and_restrictions_give_the_same(trade, asked, monkeypatch):  # noqa: F811
    for change in ({"limit": 1}, {"limit": 1, "offset": 1}, {"offset": 5}, {"skus": (trade.sku(trade.pan),)},
                   {"schemes": ("fbo",)}, {"regions": ("Пермь",)}, {"brand": "none"}):
        quick, general = both(trade.seller, replace(asked, **change), monkeypatch)
        assert quick == general, change


def test_another_period_stands_beside_the_shown_rows(trade, asked, monkeypatch):  # noqa: F811
    before = (asked.since - timedelta(days=7), asked.since - timedelta(days=1))
    own = (asked.since, asked.until)
    for question, other in ((asked, before), (replace(asked, limit=1), own), (replace(asked, until=asked.since), own)):
        quick = explorer.compared(trade.seller, question, *other, zone=ZONE, language="en")
        with monkeypatch.context() as patched:
            patched.setattr(ranking, "can", lambda question: False)
            assert quick == explorer.compared(trade.seller, question, *other, zone=ZONE, language="en")


@pytest.mark.django_db
def test_a_figure_is_the_same_in_sql():
    for at, metric in enumerate(METRICS.values()):
        sums = {name: 1000 * (number + 3) + at for number, name in enumerate(metric.needs)}
        columns = ", ".join(f"{value} AS {name}" for name, value in sums.items())
        [made] = fetch_one(f"SELECT {metric.made.sql} FROM (SELECT {columns}) s")
        assert metric.made(sums) == pytest.approx(float(made) / metric.made.per, abs=1)


def test_days_are_not_ranked():
    question = Question(date(2026, 11, 1), date(2026, 11, 2), ("day",), ("revenue",))
    assert not ranking.can(question)
    assert not ranking.can(replace(question, by=("sku",), sort="revenue", conditions=(("revenue", ">", 1.0),)))
    assert not ranking.can(replace(question, by=("sku",), sort="name"))
