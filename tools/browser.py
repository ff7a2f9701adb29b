"""See to it that a Chromium is there for the browser tests, and print which one.

The system's own if there is one; else Debian's package when we are root; else Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_browser() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def main() -> int:
    if not system_browser() and not playwright_browser():
        if shutil.which("apt-get") and os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "-qq"], check=False)
            subprocess.run(["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], check=False,
                           stdout=subprocess.DEVNULL)
        if not system_browser():
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = system_browser() or playwright_browser()
    print(f"browser: {found or 'none; the browser tests will be skipped'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
