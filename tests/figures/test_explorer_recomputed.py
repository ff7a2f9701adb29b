"""J03: every figure of the explorer, in every dimension, equals an independent recomputation from raw rows, for three
shops and two time zones, one of them across a change of the clocks."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import polars as pl
import pytest

from sellerdesk.analytics.metrics import DIMENSIONS, METRICS
from sellerdesk.analytics.queries import explorer
from sellerdesk.analytics.types import Question
from sellerdesk.analytics.web import words
from tests.figures import lying, recount
from tests.figures.conftest import SINCE, UNTIL, ZONES


def ask(seller, zone, by, **asked):
    found = explorer.answer(seller, Question(SINCE, UNTIL, by, tuple(METRICS), limit=10**6, **asked), zone=ZoneInfo(zone),
                            language="en")
    return {row.keys: dict(zip(METRICS, row.values, strict=True)) for row in found.rows}, dict(
        zip(METRICS, found.totals, strict=True))


def test_every_figure_on_the_page_is_recomputed() -> None:
    """Whoever adds a figure or a dimension to the explorer adds its recomputation."""
    assert {*recount.MADE, *lying.FIGURES} == set(METRICS) == set(words.METRIC)
    assert {*recount.TIMES, *recount.GOODS, *recount.PLACES, *recount.CAUSES} == set(DIMENSIONS) == set(words.DIMENSION)


def untold(by) -> set[str]:
    return recount.untold(by) | lying.untold(by)


def wanted_of(market, raw, happened, zone, by):
    """Both halves of a row: what happened, and what lay there; one of them may know nothing of it."""
    moved, lay = raw.answer(happened, zone, SINCE, UNTIL, by), lying.answer(market.closed, raw, SINCE, UNTIL, by)
    return {key: moved.get(key, recount.figures({}, recount.untold(by))) | lay.get(
        key, dict.fromkeys(lying.FIGURES)) for key in {*moved, *lay}}


@pytest.mark.django_db
def test_every_figure_in_every_dimension_equals_the_rows(market) -> None:
    seen = set()
    for stall in market.stalls:
        raw = recount.read(stall.seller.id, market.visits)
        happened = raw.happened()
        for zone in ZONES:
            for by in DIMENSIONS:
                told, totals = ask(stall.seller, zone, (by,))
                wanted = wanted_of(market, raw, happened, zone, (by,))
                if by in recount.TIMES:
                    # A day without anything is a day with nothing, but what lay there then is not known.
                    nothing = recount.figures({}, set()) | dict.fromkeys(lying.FIGURES)
                    wanted = {key: wanted.get(key, nothing) for key in told}
                assert told == wanted, (stall.seller.name, zone, by)
                [whole] = wanted_of(market, raw, happened, zone, ()).values()
                assert totals == {metric: None if metric in untold((by,)) else value for metric, value in whole.items()}
                seen |= {(by, metric) for row in told.values() for metric, value in row.items() if value}
            for by in (*recount.GOODS, *recount.PLACES, *recount.CAUSES):
                assert ask(stall.seller, zone, ("day", by))[0] == wanted_of(
                    market, raw, happened, zone, ("day", by)), (stall.seller.name, zone, by)
        each_restriction_leaves_what_it_names(market, stall, raw, happened)
    # Where there is data at all, some shop has some; a table of zeros proves nothing.
    assert {(by, metric) for by in DIMENSIONS for metric in set(METRICS) - untold((by,))} == seen


def each_restriction_leaves_what_it_names(market, stall, raw: recount.Recount, happened: pl.DataFrame) -> None:
    for by, asked in (("sku", lambda key: {"skus": (int(key),)}), ("model", lambda key: {"model_key": key}),
                      ("category1", lambda key: {"category_id": int(key)}),
                      ("category3", lambda key: {"category_id": int(key)}), ("brand", lambda key: {"brand": key}),
                      ("warehouse", lambda key: {"warehouse_ids": (int(key),)}), ("region", lambda key: {"regions": (key,)}),
                      ("scheme", lambda key: {"schemes": (key,)}), ("query", lambda key: {"query": key})):
        for [key], whole in wanted_of(market, raw, happened, ZONES[0], (by,)).items():
            if key and not key.startswith("sku:"):
                assert ask(stall.seller, ZONES[0], ("week",), **asked(key))[1] == whole, (stall.seller.name, by, key)


@pytest.mark.django_db
def test_goods_sorted_by_the_database_are_told_the_same(market) -> None:
    """With a figure to sort by, the database sorts and cuts; its rows are those of the general way."""
    for stall in market.stalls:
        raw = recount.read(stall.seller.id, market.visits)
        happened = raw.happened()
        wanted = wanted_of(market, raw, happened, ZONES[0], ("sku",))
        [whole] = wanted_of(market, raw, happened, ZONES[0], ()).values()
        for metric in METRICS:
            told, totals = ask(stall.seller, ZONES[0], ("sku",), sort=metric)
            assert told == wanted, (stall.seller.name, metric)
            assert totals == {each: None if each in untold(("sku",)) else value for each, value in whole.items()}
