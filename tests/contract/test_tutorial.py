"""The tutorial for programs does what it says: its commands run as they stand, and are the same in each language."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from sellerdesk.core import clock, worker
from sellerdesk.finance import queries as finance
from sellerdesk.finance.services import banking
from sellerdesk.orders.models import Posting
from sellerdesk.sellers import queries as sellers
from sellerdesk.simulator import services
from sellerdesk.simulator.services import market, twins

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
NAMES = ("rehearse.md", "rehearse.ru.md", "rehearse.zh-Hans.md")
TEST_SHOP = ("test-shop.md", "test-shop.ru.md", "test-shop.zh-Hans.md")
TOKEN = "a-token-of-the-market"


def blocks(name: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (TUTORIAL / name).read_text(encoding="utf-8"), flags=re.S)


@pytest.mark.parametrize(("names", "count"), [(NAMES, 8), (TEST_SHOP, 6)])
def test_the_commands_are_the_same_in_each_language(names, count):
    first, *others = [blocks(name) for name in names]

    assert len(first) == count
    assert all(other == first for other in others)


@contextmanager
def at_work(*loops):
    """Loops in threads of their own, until the block ends."""
    stop = threading.Event()

    def living(run) -> None:
        try:
            run(stop)
        finally:
            connection.close()

    threads = [threading.Thread(target=living, args=(run,), daemon=True) for run in loops]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join(timeout=20)


def run(names, cwd, **env):
    """What the commands of a tutorial print, block by block."""
    script = "set -euo pipefail\n" + "\n".join(
        f"echo '# {number}'\n{block}" for number, block in enumerate(blocks(names[0]), 1))
    done = subprocess.run(["bash", "-c", script], cwd=cwd, env={"PATH": "/usr/bin:/bin", **env},
                          capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [part.strip() for part in re.split(r"^# \d+$", done.stdout, flags=re.M)][1:]


@pytest.fixture
def living_market(transactional_db, settings, live_server, stall, now):
    """A market with one shop, its worker and its people at work, as the demo has them."""
    settings.MARKET_TOKEN = TOKEN
    banking.set_bank(seller=stall.seller, holder="Anna LLC", bank_name="Bank", code="044525225",
                     account="40702810200000012345", actor=stall.actor, now=now)
    services.open_market(seed=5, since=now)
    services.change_pace(orders_per_day=0, autopilot=False, actor=stall.actor, now=now)
    clock.start_at(now, 60)
    with at_work(worker.run, market.run):
        yield live_server.url
    clock.use_real()


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("bash"), reason="the tutorial needs bash and curl")
def test_a_program_goes_from_key_to_delivered_parcel_and_money(living_market, stall, key_of, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "_FRESH_SECONDS", 0.1)
    program = key_of(stall.seller)
    demo = tmp_path / "demo.json"
    demo.write_text(json.dumps({"base_url": living_market, "client_id": stall.seller.id, "api_key": program.key,
                                "market_token": TOKEN}))

    _setup, key, ordered, shipped, label, delivered, lost, money = run(NAMES, tmp_path, DEMO=str(demo))

    number = ordered.split()[-1]
    assert "Admin" in key
    assert shipped.splitlines()[0] == "awaiting_packaging posting_created"
    assert shipped.splitlines()[-1] == "awaiting_deliver posting_registered"
    assert label == "%PDF-"
    assert delivered.splitlines()[-1].startswith("delivered")
    answers = lost.splitlines()
    assert json.loads(answers[0])["code"] == 14
    assert json.loads(answers[1])["message"] == "POSTING_ALREADY_SHIPPED"
    assert "awaiting_deliver" in answers[2]
    booked = finance.of_posting(stall.seller, number)
    assert {"sale", "commission", "logistics", "acquiring"} <= {line.kind for line in booked}
    assert re.search(r"^paid out: \[\d+\.\d+\]$", money, flags=re.M)
    assert finance.balance(stall.seller).paid_minor > 0
    assert clock.now() > stall.now + timedelta(days=1)


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("bash"), reason="the tutorial needs bash and curl")
def test_a_program_lives_days_in_a_test_shop_beside_a_live_one(transactional_db, live_server, stall, key_of, tmp_path,
                                                               monkeypatch):
    """No market is simulated here and nobody holds a token: a worker is all that runs."""
    monkeypatch.setattr(clock, "_FRESH_SECONDS", 0.1)
    twin = twins.create(seller=stall.seller, actor=stall.actor, real_now=clock.real_now())
    worker.run_until_idle()
    twin = sellers.seller_ref(twin.id)

    with at_work(worker.run):
        _setup, time, packed, days, trouble, anew = run(
            TEST_SHOP, tmp_path, BASE=live_server.url, ID=str(twin.id), KEY=key_of(twin).key)
        assert Posting.objects.filter(seller_id=stall.seller.id).count() == 0

    assert time.splitlines()[0].endswith("x 1 False")
    assert packed.splitlines()[-1] == "awaiting_deliver"
    assert days.splitlines()[-1] == "delivered"
    assert trouble.splitlines()[-1] == "['Admin']"
    assert anew == "starting anew True"
    assert clock.state().virtual is False
