"""Customs declarations of what was sent across a border, as programs ask for them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

from pypdf import PdfReader

from sellerdesk.handover import queries
from sellerdesk.orders import queries as orders

ETGB = "/v1/posting/global/etgb"


def period(now, days: int = 2):
    return {"date": {"from": (now - timedelta(days=1)).isoformat(), "to": (now + timedelta(days=days)).isoformat()}}


def test_what_left_the_shop_across_a_border_has_a_declaration(rival, rival_stall, client, now):
    stall = rival_stall
    sent, = stall.handed_over(stall.request((stall.mug, 2)))
    stall.packed(stall.request((stall.pan, 1)))

    [row] = rival.call(ETGB, period(now))["result"]

    card = orders.posting(stall.seller, sent)
    assert row["posting_number"] == sent
    assert row["etgb"]["number"] == f"231126/{card.id:07d}"
    assert row["etgb"]["date"] == "2026-11-23"
    paper = client.get(row["etgb"]["url"])
    said = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages)
    assert paper["Content-Type"] == "application/pdf"
    assert f"231126/{card.id:07d}" in said
    assert "Clara Trading Co." in said
    assert "2,000.00" in said


def test_the_period_is_that_of_the_hand_over_and_has_bounds(rival, rival_stall, now):
    rival_stall.handed_over()

    earlier = {"date": {"from": (now - timedelta(days=3)).isoformat(), "to": now.isoformat()}}
    assert rival.call(ETGB, earlier)["result"] == []
    assert rival.refusal(ETGB, period(now, 31)) == (400, 3, "PERIOD_IS_TOO_LONG")
    backwards = {"date": {"from": now.isoformat(), "to": (now - timedelta(days=1)).isoformat()}}
    assert rival.refusal(ETGB, backwards) == (400, 3, "PERIOD_IS_WRONG")
    assert rival.refusal(ETGB, {})[0] == 400


def test_what_stays_within_the_customs_union_and_what_is_another_shop_s_is_not_there(program, stall, rival, rival_stall, now):
    stall.handed_over(stall.request(), replace(stall.request(city="Алматы"), country="KZ"))
    [theirs] = rival_stall.handed_over()

    assert program.call(ETGB, period(now))["result"] == []
    assert [one["posting_number"] for one in rival.call(ETGB, period(now))["result"]] == [theirs]


def test_a_link_that_is_old_or_not_ours_opens_nothing(rival, rival_stall, client, now, monkeypatch):
    [number] = rival_stall.handed_over()
    path = queries.declaration_path(rival_stall.seller, number)
    assert client.get(path).status_code == 200

    assert client.get(path[:-3] + "abc").status_code == 404
    monkeypatch.setattr(queries, "LINK_SECONDS", -1)
    assert client.get(path).status_code == 404
