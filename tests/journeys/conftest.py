"""A real server, a real browser, a worker in the background: the program as its user meets it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, Page, expect

LOCALES = {"en": "en-US", "ru": "ru-RU", "zh-hans": "zh-CN"}
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def asks_within_seconds() -> float:
    """How often an open page asks whether its session still lives. Promises of this kind are read, not measured: a busy
    machine takes its time to draw a page."""
    script = Path(finders.find("accounts/session.js") or "").read_text(encoding="utf-8")
    found = re.search(r"LOOK_MS = (\d+)", script)
    assert found
    return int(found[1]) / 1000


@pytest.fixture
def market_ready(transactional_db: Any) -> None:
    """What `sellerdesk migrate` loads: rules and the starter catalogue. Transactional tests start from empty tables."""
    from sellerdesk.catalog.services import loading
    from sellerdesk.core import clock, rules

    clock.forget()
    rules.write_defaults()
    loading.load_starter(now=clock.now())


@pytest.fixture
def background(live_server: Any, market_ready: None) -> Iterator[None]:
    """The worker, as the demo runs it: a thread of the same process."""
    from django.db import connection

    from sellerdesk.core import worker

    stop = threading.Event()

    def work() -> None:
        try:
            worker.run(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(timeout=10)


class Faults(list):
    """What the browser complained about: script errors, refused content, failed loads."""

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(f"script: {error} at {page.url}"))
        page.on("console", lambda line: self.append(f"console: {line.text} at {page.url}")
                if line.type == "error" and "status of 4" not in line.text else None)


@pytest.fixture
def open_browser(browser: Browser, live_server: Any) -> Iterator[Any]:
    """open_browser("ru") gives a page of a fresh person speaking that language; its complaints fail the test."""
    contexts: list[BrowserContext] = []
    faults = Faults()

    def start(language: str = "en", width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(base_url=live_server.url, locale=LOCALES[language],
                                      viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        faults.watch(page)
        return page

    yield start
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def faults_of_lost_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test cuts the network, what the browser says about failed loads is no complaint."""
    heard = Faults.append
    monkeypatch.setattr(Faults, "append", lambda self, text: None if "net::ERR_" in text else heard(self, text),
                        raising=False)
