from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sellerdesk.core import clock

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh():
    clock.forget()
    yield
    clock.forget()


def test_without_a_setting_the_clock_is_the_real_one():
    with time_machine.travel(START, tick=False):
        assert clock.now() == START


def test_a_virtual_clock_runs_at_its_speed_and_advances_on_demand():
    with time_machine.travel(START, tick=False) as real:
        clock.start_at(START, 600)
        real.shift(10)

        assert clock.now() == START + timedelta(seconds=6000)
        clock.advance(timedelta(hours=36))
        assert clock.now() == START + timedelta(hours=36, seconds=6000)
        assert clock.real_now() == START + timedelta(seconds=10)


def test_a_change_of_speed_does_not_jump():
    with time_machine.travel(START, tick=False) as real:
        clock.start_at(START, 100)
        real.shift(10)
        clock.set_speed(1)
        real.shift(5)

        assert clock.now() == START + timedelta(seconds=1005)


def test_a_paused_clock_stands_still_and_goes_on_from_there():
    with time_machine.travel(START, tick=False) as real:
        clock.start_at(START, 60)
        clock.pause()
        real.shift(100)
        assert clock.now() == START
        clock.resume()
        real.shift(2)

        assert clock.now() == START + timedelta(seconds=120)


def test_the_clock_never_goes_back():
    with pytest.raises(ValueError):
        clock.advance(timedelta(seconds=-1))
