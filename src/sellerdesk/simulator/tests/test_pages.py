import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from sellerdesk import core
from sellerdesk.core import clock
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.services import supplying
from sellerdesk.simulator.types import Coming
from sellerdesk.simulator.web import wording

ICONS = set(re.findall(r'id="([^"]+)"', (Path(core.__file__).parent / "static/core/icons.svg").read_text()))


@pytest.fixture
def open_market(shop, now):
    services.open_market(seed=5, since=now, history_until=now)
    clock.start_at(now, 60)


def test_the_market_page_shows_clock_and_pace(anna_client, open_market):
    page = anna_client.get(reverse("simulator:market"))

    assert page.status_code == 200
    assert page.context["clock"].speed == 60
    assert "×600" in page.content.decode()


def test_the_levers_move_the_clock(anna_client, open_market, now):
    address = reverse("simulator:clock")

    anna_client.post(address, {"action": "pause"})
    assert clock.state().paused
    anna_client.post(address, {"action": "speed", "value": "600"})
    assert (clock.state().paused, clock.state().speed) == (False, 600)
    anna_client.post(address, {"action": "advance", "value": "36"})
    assert clock.now() == now + timedelta(hours=36)


def test_an_absurd_leap_or_speed_is_refused_in_words(anna_client, open_market, now):
    page = anna_client.post(reverse("simulator:clock"), {"action": "advance", "value": "100000"}, follow=True)
    anna_client.post(reverse("simulator:clock"), {"action": "speed", "value": "0"})

    assert "168" in page.content.decode()
    assert clock.now() == now
    assert clock.state().speed == 60


def test_the_pace_is_saved_and_a_wrong_one_comes_back(anna_client, open_market):
    address = reverse("simulator:pace")

    anna_client.post(address, {"orders_per_day": "120", "autopilot": "on"})
    wrong = anna_client.post(address, {"orders_per_day": "-1"})

    assert wrong.status_code == 422
    assert queries.setting().orders_per_day == 120
    assert queries.setting().autopilot is True


def test_outside_the_demo_only_operators_find_the_market(anna_client, operator_client, open_market, settings):
    settings.DEMO = False

    assert anna_client.get(reverse("simulator:market")).status_code == 404
    assert anna_client.post(reverse("simulator:running"), {"running": "0"}).status_code == 404
    assert operator_client.get(reverse("simulator:market")).status_code == 200
    assert queries.setting().running is True


def test_a_marketplace_in_real_time_keeps_its_clock(anna_client, shop, now):
    services.open_market(seed=5, since=now)

    anna_client.post(reverse("simulator:clock"), {"action": "advance", "value": "1"})

    assert clock.now() == now

STEPS = {
    "scan": [{"code": "lost"}], "scripted": [{"do": "price"}, {"do": "stock"}, {"do": "order"}],
    "supply": [{"step": step} for step in ("send", "hand_in", "depart", "unload", "report", "settle")]}
SUPPLY_STEPS = {"send", "hand_in", *(step for step, *_ in supplying._NEXT.values())}


@pytest.mark.parametrize("kind", Errand.Kind.values)
def test_every_errand_has_words_in_three_languages(kind, now):
    reference = {"supply": "supply 84000001", "return_moves": "7", "take_back": "7"}.get(kind, "15-0001-1")
    for data in STEPS.get(kind, [{}]):
        line = wording.read(Coming(now, kind, reference, data), linked=True)

        told = {}
        for language in ("en", "ru", "zh-hans"):
            with translation.override(language):
                told[language] = str(line.title)
        assert len(set(told.values())) == 3, told
        assert line.icon in ICONS


def test_every_step_of_a_supply_has_words():
    assert set(wording._SUPPLY) == SUPPLY_STEPS
    assert {step["step"] for step in STEPS["supply"]} == SUPPLY_STEPS
