"""One Chromium for all browser tests of a run: Playwright's loop runs once in a process, whoever asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python import sync_playwright as axe

from tools.browser import playwright_browser, system_browser


class Axe(axe.Axe):  # type: ignore[misc]
    """Looks at whole pages: one that is still being read after a click has no title yet."""

    def run(self, page: Any, *arguments: Any, **options: Any) -> Any:
        page.wait_for_load_state("load")
        return super().run(page, *arguments, **options)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running browser; tests open contexts of their own in it."""
    path = system_browser()
    if not path and not playwright_browser():
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # The flags keep a closed network quiet; the sandbox cannot run for root.
        running = playwright.chromium.launch(executable_path=path, args=[
            "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run", "--disable-quic"])
        yield running
        running.close()
