"""Pictures of the running demo for the documentation, and for a look at how things really look.

    python tools/screenshots.py DEMO_JSON OUT [--page home --page products …] [--languages zh-hans,ru,en]
                                              [--widths 1440,390] [--themes light,dark]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import system_browser

GUEST = {"sign-in": "/accounts/login/", "sign-up": "/accounts/signup/", "reset": "/accounts/password/reset/"}
PAGES = {
    "home": "/", "products": "/products/", "product-new": "/products/new", "imports": "/imports/",
    "prices": "/prices/", "price-grid": "/prices/grid/", "quarantine": "/prices/quarantine/",
    "stocks": "/stocks/", "orders": "/orders/", "returns": "/returns/", "finance": "/finance/",
    "keys": "/shop/keys/", "market": "/market/", "warehouses": "/warehouses/", "profile": "/account/",
}
FIRST_ROW = {"posting": "/orders/", "product": "/products/"}
LOCALES = {"en": "en-US", "ru": "ru-RU", "zh-hans": "zh-CN"}


def sign_in(page: Page, access: dict[str, str]) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", access["email"])
    page.fill("input[name=password]", access["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("main h1")


def take(browser: Browser, access: dict[str, str], out: Path, wanted: list[str], language: str, width: int,
         theme: Any) -> None:
    context = browser.new_context(base_url=access["base_url"], locale=LOCALES[language], color_scheme=theme,
                                  viewport={"width": width, "height": 900 if width > 600 else 844})
    context.add_cookies([{"name": "language", "value": language, "url": access["base_url"]},
                         {"name": "theme", "value": theme, "url": access["base_url"]}])
    page = context.new_page()

    def shoot(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        page.screenshot(path=out / f"{name}-{language}-{width}-{theme}.png")
        print(f"{name} {language} {width} {theme}{'  WIDER THAN THE WINDOW' if wide else ''}", flush=True)

    for name in wanted:
        if name in GUEST:
            page.goto(GUEST[name])
            page.wait_for_timeout(250)
            shoot(name)
    sign_in(page, access)
    token = page.eval_on_selector("meta[name=csrf-token]", "e => e.content")
    page.request.post("/language/", form={"language": language, "csrfmiddlewaretoken": token, "next": "/"},
                      headers={"Referer": access["base_url"] + "/"})
    for name in wanted:
        address = PAGES.get(name) or (name if name.startswith("/") else None)
        if address:
            page.goto(address)
            page.wait_for_timeout(500)
            shoot(name.strip("/").replace("/", "_") or "home")
        elif name in FIRST_ROW:
            page.goto(FIRST_ROW[name])
            page.locator("tbody tr a[href]").first.click()
            page.wait_for_timeout(700)
            shoot(name)
    context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo_json", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", action="append", dest="pages")
    parser.add_argument("--languages", default="zh-hans,ru,en")
    parser.add_argument("--widths", default="1440,390")
    parser.add_argument("--themes", default="light,dark")
    args = parser.parse_args()
    access = json.loads(args.demo_json.read_text(encoding="utf-8"))
    args.out.mkdir(parents=True, exist_ok=True)
    wanted = args.pages or [*GUEST, *PAGES, *FIRST_ROW]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=["--no-sandbox", "--disable-gpu"])
        for language in args.languages.split(","):
            for width in args.widths.split(","):
                for theme in args.themes.split(","):
                    take(browser, access, args.out, wanted, language, int(width), theme)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
