"""Open tabs that heard "nothing new" are told so from memory, until something happens in their shop."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.core.http import pulse


@pytest.fixture
def settled(monkeypatch):
    monkeypatch.setattr(pulse, "_SETTLE_SECONDS", -1.0)
    monkeypatch.setattr(pulse, "_FRESH_SECONDS", 3600.0)


def bell(client, path="", seal="", **more):
    headers = {"X-Poll": "1", **({"X-Pulse": seal} if seal else {})}
    return client.get(path or reverse("notifications:bell") + "?seen=0", headers=headers, **more)


def test_a_tab_that_heard_nothing_new_costs_no_query_until_its_shop_acts(stall, anna_client, settled, monkeypatch):
    first = bell(anna_client)
    with CaptureQueriesContext(connection) as seen:
        again = bell(anna_client, seal=first["X-Pulse"])

    assert (first.status_code, again.status_code, len(seen)) == (204, 204, 0)
    assert again["X-Pulse"] == first["X-Pulse"]
    assert "Content-Security-Policy" in again
    stall.place()
    monkeypatch.setattr(pulse, "_FRESH_SECONDS", -1.0)
    with CaptureQueriesContext(connection) as seen:
        bell(anna_client, seal=first["X-Pulse"])
    assert len(seen) > 3


def test_another_shop_acts_and_this_one_stays_asleep(stall, rival_stall, anna_client, settled, monkeypatch):
    seal = bell(anna_client)["X-Pulse"]

    rival_stall.place()
    monkeypatch.setattr(pulse, "_FRESH_SECONDS", -1.0)

    with CaptureQueriesContext(connection) as seen:
        assert bell(anna_client, seal=seal).status_code == 204
    assert not [one["sql"] for one in seen if "session" in one["sql"] or "accounts_user" in one["sql"]]
    assert len([one for one in seen if "core_activity" in one["sql"]]) == 2


@pytest.mark.parametrize("bend", [
    lambda seal: seal.replace(".", "9.", 1), lambda seal: seal[:-4] + "0000", lambda seal: "1.2", lambda seal: "a.b.c.d", lambda seal: "²." + seal.partition(".")[2],
    lambda seal: seal.replace(".", "é.", 3),
    lambda seal: ".".join((*seal.split(".")[:2], "1", seal.split(".")[3]))])
def test_a_seal_that_was_bent_is_no_seal(stall, anna_client, settled, bend):
    seal = bell(anna_client)["X-Pulse"]

    with CaptureQueriesContext(connection) as seen:
        assert bell(anna_client, seal=bend(seal)).status_code == 204
    assert len(seen) > 2


def test_a_seal_holds_for_its_session_and_its_part_only(stall, rival_stall, anna_client, clara_client, settled):
    seal = bell(anna_client)["X-Pulse"]

    for client, path in ((clara_client, ""), (anna_client, reverse("notifications:inbox_live") + "?seen=x")):
        with CaptureQueriesContext(connection) as seen:
            bell(client, path, seal)
        assert len(seen) > 2


def test_while_an_act_is_young_no_seal_is_given(stall, anna_client, monkeypatch):
    monkeypatch.setattr(pulse, "_SETTLE_SECONDS", 3600.0)

    assert "X-Pulse" not in bell(anna_client)
