"""See to it that a Chromium is there for the browser tests, and what draws PDF pages for the tests of labels.

The system's own if there is one; else Debian's package when we are root; for Chromium else Playwright's own download.
Prints what was found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

#: Draws pages of a PDF, so that an independent reader can scan their barcodes.
PAGES = "pdftoppm"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_browser() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install(*packages: str) -> None:
    """Debian's packages, where we may install them."""
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    lacking = [] if system_browser() or playwright_browser() else ["chromium", "fonts-noto-cjk"]
    install(*lacking, *([] if shutil.which(PAGES) else ["poppler-utils"]))
    if lacking and not system_browser():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = system_browser() or playwright_browser()
    print(f"browser: {found or 'none; the browser tests will be skipped'}")
    print(f"pages of PDF: {shutil.which(PAGES) or 'not drawn; one test of labels will be skipped'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
