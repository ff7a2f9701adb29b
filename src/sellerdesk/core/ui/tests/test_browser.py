"""The frame in a real browser: accessibility, the strict policy, narrow screens, and what scripts do."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(browser, live_server):
    """Opens a page and remembers what the browser complains about."""
    contexts = []

    def go(path, *, width=1440, theme="light", language="en"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme,
                                      reduced_motion="reduce", locale="en-GB")
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_function("window.Alpine && window.desk")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("path", "width", "theme", "language"), [
    ("/styleguide/?errors=1&toasts=1", 1440, "light", "en"),
    ("/styleguide/?errors=1&toasts=1", 390, "dark", "ru"),
    ("/styleguide/table/", 1440, "dark", "zh-hans"),
    ("/styleguide/table/", 360, "light", "ru"),
    ("/styleguide/auth/", 360, "light", "zh-hans"),
    ("/styleguide/auth/", 1440, "dark", "en"),
])
def test_pages_are_accessible_fit_and_keep_the_policy(visit, path, width, theme, language):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, width=width, theme=theme, language=language)

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_a_list_is_searched_selected_and_acted_on_by_keyboard(visit):
    page = visit("/styleguide/table/")

    page.keyboard.press("/")
    page.keyboard.type("lamp")
    page.wait_for_url("**/styleguide/table/?q=lamp")
    page.wait_for_function("document.querySelectorAll('tr[data-row]').length === 5")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator(".bulk.show").wait_for()
    assert page.locator(".bulk-count").inner_text() == "1 selected"
    page.click("button[value=archive]")
    page.locator("#confirm[open]").wait_for()
    assert page.locator("#confirm-text").inner_text() == "Archive the selected products?"
    page.click("#confirm-ok")
    page.locator(".toast-success", has_text="archive: 1").wait_for()
    assert page.url.endswith("/styleguide/table/?q=lamp")


def test_a_price_is_edited_in_place_and_a_wrong_one_says_why(visit):
    page = visit("/styleguide/table/")
    field = "#list-styleguide-goods-1-price"

    page.fill(field, "-5")
    page.keyboard.press("Tab")
    page.locator(".cell-error", has_text="Must be above zero.").wait_for()
    page.fill(field, "777")
    page.keyboard.press("Tab")
    page.locator(".toast-success", has_text="Saved").wait_for()
    assert page.input_value(field) == "777.00"
    assert page.locator(".cell-error").count() == 0
