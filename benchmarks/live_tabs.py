"""How soon open tabs show what happened: 200 of them on one process of the web server.

    python -m benchmarks.live_tabs --tabs 200 --shops 8 --people 5

Starts the server as `sellerdesk serve --workers 1` does, and the worker. Each tab is a person of a shop with a page
open (orders, home, inbox, chats, one order, in turn) and asks as the page's script would. Then orders come into one
shop after the other, and the time is taken until each tab of that shop has news on its page. A quarter of the tabs
lose their connection again and again. Ordinary pages are asked for meanwhile. The tabs share the machine with the
server.
"""

from __future__ import annotations

import argparse
import asyncio
import html as markup
import os
import random
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import ground, intake

PAGES = ("/orders/?tab=to_pack", "/", "/inbox/", "/chats/", "{posting}")
_PART = re.compile(r'<[a-z]+[^>]*?\bdata-poll="([^"]+)"[^>]*>')
_SECONDS, _ID = re.compile(r'data-poll-seconds="([\d.]+)"'), re.compile(r'\bid="([^"]+)"')


@dataclass
class Part:
    """A piece of a page that renews itself."""

    url: str
    seconds: float
    due: float = 0.0
    #: The server's word that nothing has happened, given back as the page's script does.
    pulse: str = ""


@dataclass
class Tab:
    shop: int
    page: str
    cookie: str
    host: str
    port: int
    parts: dict[str, Part] = field(default_factory=dict)
    #: When news came onto the page, by the clock of the machine.
    news: list[float] = field(default_factory=list)
    answers: int = 0
    streams: Any = None

    async def get(self, path: str, poll: bool = False, pulse: str = "") -> tuple[int, str, str]:
        for again in (False, True):
            try:
                if self.streams is None:
                    self.streams = await asyncio.open_connection(self.host, self.port)
                reader, writer = self.streams
                more = "X-Poll: 1\r\nHX-Request: true\r\nHX-Target: div#x\r\n" if poll else ""
                more += f"X-Pulse: {pulse}\r\n" if pulse else ""
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
                             f"Accept: text/html\r\nAccept-Encoding: identity\r\n{more}\r\n".encode())
                self.answers += 1
                return await _answer(reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.streams = None
                if again:
                    raise
        raise ConnectionError

    async def open(self) -> None:
        status, body, _pulse = await self.get(self.page)
        if status != 200:
            raise SystemExit(f"{self.page}: {status}")
        now = time.monotonic()
        self.parts = {}
        self.take(body, now)

    def take(self, body: str, now: float) -> None:
        for found in _PART.finditer(body):
            name = _ID.search(found[0])
            seconds = _SECONDS.search(found[0])
            every = float(seconds[1]) if seconds else 1.0
            self.parts[name[1] if name else found[1]] = Part(markup.unescape(found[1]), every,
                                                             now + random.uniform(0.5, 1) * every)

    async def live(self, until: float, reopen: bool) -> None:
        await asyncio.sleep(random.uniform(0, 3))
        await self.open()
        reopened = time.monotonic() + random.uniform(10, 20)
        while time.monotonic() < until:
            now = time.monotonic()
            if reopen and now > reopened:
                if self.streams:
                    self.streams[1].close()
                self.streams, reopened = None, now + random.uniform(10, 20)
            for part in list(self.parts.values()):
                if now >= part.due:
                    status, body, part.pulse = await self.get(part.url, poll=True, pulse=part.pulse)
                    part.due = time.monotonic() + part.seconds
                    if status == 200:
                        self.news.append(time.time())
                        self.take(body, time.monotonic())
            await asyncio.sleep(0.25)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length, sealed = re.search(r"content-length: (\d+)", head), re.search(r"x-pulse: (\S+)", head)
    pulse = sealed[1] if sealed else ""
    if length:
        return status, (await reader.readexactly(int(length[1]))).decode(), pulse
    if "chunked" not in head:
        return status, "", pulse
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return status, body.decode(), pulse


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tabs", type=int, default=200)
    asked.add_argument("--shops", type=int, default=8)
    asked.add_argument("--people", type=int, default=5, help="of each shop")
    asked.add_argument("--port", type=int, default=8297)
    options = asked.parse_args()
    ground.start()
    with ground.database() as vendor:
        print(f"{vendor}, {options.tabs} tabs of {options.shops * options.people} people in {options.shops} shops")
        _measure(options)


def _shops(count: int, people: int) -> list[tuple[Any, list[str], str]]:
    """Each shop's stall, the cookies of its people, and the number of an order."""
    from django.conf import settings
    from django.test import Client

    from sellerdesk.accounts.models import User
    from sellerdesk.accounts.services import create_user
    from sellerdesk.core import clock
    from sellerdesk.core.actor import Actor
    from sellerdesk.sellers import services as sellers
    from tests import cookies
    from tests.stall import build

    cookies.install()
    now = clock.now()
    made = []
    for at in range(count):
        owner = create_user(email=f"owner{at}@example.com", password="x" * 12 + str(at), name=f"Owner {at}")
        actor = Actor.user(owner, f"Owner {at}")
        seller = sellers.register_shop(
            user_id=owner, legal_name=f"Shop {at} LLC", country="RU", registration_number=_company_number(at),
            shop_name=f"Shop {at}", currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=now)
        ids = [owner]
        for number in range(1, people):
            one = create_user(email=f"p{number}.{at}@example.com", password="x" * 12 + str(at), name=f"Person {number}",
                              language=("en", "ru", "zh-hans")[number % 3])
            sellers.add_member(seller=seller, user_id=one, role="administrator", label=f"Person {number}", actor=actor,
                               now=now)
            ids.append(one)
        stall = build(seller, actor, now, f"S{at}-")
        posting = stall.place(*(stall.request() for _ in range(5)))[0]
        signed = []
        for one in ids:
            client, user = Client(), User.objects.get(pk=one)
            client.force_login(user)
            cookies.prove_now(client, user)
            signed.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
        made.append((stall, signed, posting))
    return made


def _company_number(at: int) -> str:
    """A Russian tax number with its check digit."""
    digits = f"7707{at:05d}"
    return digits + str(sum(int(digit) * weight for digit, weight in zip(
        digits, (2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10)


def _measure(options: argparse.Namespace) -> None:
    from django.urls import reverse

    shops = _shops(options.shops, options.people)
    env = {**os.environ, "DATABASE_URL": intake._address(), "SELLERDESK_ENV": "test",
           "DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.test"}
    commands = (["serve", "--port", str(options.port), "--workers", "1"], ["worker"])
    running = [subprocess.Popen([sys.executable, "-m", "sellerdesk", *command], env=env, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for command in commands]
    try:
        tabs = []
        for at in range(options.tabs):
            shop = at % len(shops)
            _stall, signed, number = shops[shop]
            page = PAGES[at // len(shops) % len(PAGES)].format(posting=reverse("orders:posting", args=[number]))
            tabs.append(Tab(shop, page, signed[at // len(shops) % len(signed)], "127.0.0.1", options.port))
        asyncio.run(_run(tabs, shops, running[0].pid))
    finally:
        for process in running:
            process.terminate()
            process.wait(20)


async def _run(tabs: list[Tab], shops: list[Any], web: int) -> None:
    for _try in range(100):
        try:
            await tabs[0].get("/healthz")
            break
        except OSError:
            await asyncio.sleep(0.3)
    begun = time.monotonic()
    settled, each = 45.0, 8.0
    until = begun + settled + each * len(shops)
    living = [asyncio.create_task(tab.live(until, reopen=at % 4 == 0)) for at, tab in enumerate(tabs)]
    visitor = Tab(0, "/orders/", tabs[0].cookie, tabs[0].host, tabs[0].port)
    pages: list[float] = []
    visits = asyncio.create_task(_visit(visitor, until, pages))
    await asyncio.sleep(settled)
    idle, told, before = _used(web), time.monotonic(), sum(tab.answers for tab in tabs)
    happened: dict[int, float] = {}
    for shop, (stall, _signed, _number) in enumerate(shops):
        await asyncio.to_thread(_order, stall)
        happened[shop] = time.time()
        await asyncio.sleep(each)
    used, seconds = _used(web) - idle, time.monotonic() - told
    answers = sum(tab.answers for tab in tabs) - before
    await asyncio.gather(*living, visits)
    delays, silent = [], 0
    by_page: dict[str, list[float | None]] = {}
    for tab in tabs:
        came = [at - happened[tab.shop] for at in tab.news if 0 <= at - happened[tab.shop] < each]
        # A tab about one order has nothing new to show but the bell.
        delays += came[:1]
        silent += not came
        by_page.setdefault(tab.page if "orders/" not in tab.page or "?" in tab.page else "one order", []).append(
            min(came, default=None))
    delays.sort()
    for page, heard in by_page.items():
        late = [each for each in heard if each is not None]
        print(f"  {page:22} {len(late)} of {len(heard)} heard, the last after {max(late, default=0):.1f} s")
    if not delays:
        raise SystemExit("no tab heard of anything")
    print(f"{len(delays)} tabs heard of an order in their shop: p50 {delays[len(delays) // 2]:.1f} s,"
          f" p95 {delays[int(len(delays) * 0.95)]:.1f} s, max {delays[-1]:.1f} s; {silent} did not within {each:.0f} s")
    print(f"ordinary pages meanwhile ({len(pages)}): p50 {statistics.median(pages) * 1000:.0f} ms,"
          f" p95 {sorted(pages)[int(len(pages) * 0.95)] * 1000:.0f} ms")
    print(f"web server: {used / seconds * 100:.0f} % of a core, {used / max(answers, 1) * 1000:.1f} ms CPU an answer"
          f" ({answers / seconds:.0f}/s), {_memory(web):.0f} MiB; load {os.getloadavg()[0]:.1f}")


def _order(stall: Any) -> None:
    from django.db import connection

    from sellerdesk.core import clock, scope

    with scope.across_shops():
        stall.now = clock.now() - timedelta(seconds=1)
        stall.place()
    connection.close()


async def _visit(tab: Tab, until: float, taken: list[float]) -> None:
    while time.monotonic() < until:
        begun = time.perf_counter()
        await tab.get(tab.page)
        taken.append(time.perf_counter() - begun)
        await asyncio.sleep(0.5)


def _family(parent: int) -> list[int]:
    """A process and those it has started, by what the kernel of Linux says."""
    found = [parent]
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                started_by = int(Path(entry.path, "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if started_by == parent:
                found += _family(int(entry.name))
    return found


def _used(parent: int) -> float:
    """Seconds of CPU so far."""
    told = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in _family(parent)]
    return sum(int(each[11]) + int(each[12]) for each in told) / os.sysconf("SC_CLK_TCK")


def _memory(parent: int) -> float:
    """MiB in use; pages that a process shares with its parent count twice."""
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in _family(parent))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
