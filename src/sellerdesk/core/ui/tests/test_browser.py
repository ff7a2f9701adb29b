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
    from tests.browsers import Axe

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


def test_a_row_of_tabs_shows_that_it_goes_on_and_begins_at_the_current_one(visit):
    page = visit("/styleguide/table/", width=360, language="ru")
    row = page.locator(".list .tabs")
    # As wide as the widest rows of ours.
    row.evaluate("""row => { for (const text of ["a", "b", "c", "d"]) { const one = row.lastElementChild.cloneNode();
        one.textContent = text.repeat(12); row.append(one); } dispatchEvent(new Event("resize")); }""")
    edges = "row => [row.classList.contains('more-before'), row.classList.contains('more-after')]"
    faded = "row => getComputedStyle(row).maskImage"

    assert row.evaluate(edges) == [False, True]
    row.evaluate("row => { row.scrollLeft = 60; }")
    page.locator(".list .tabs.more-before.more-after").wait_for()
    row.evaluate("row => { row.scrollLeft = row.scrollWidth; }")
    page.locator(".list .tabs:not(.more-after)").wait_for()
    assert row.evaluate(edges) == [True, False]

    # Chosen by keyboard, a tab comes into sight whole and nothing of it is faded.
    row.locator(".tab").first.focus()
    page.keyboard.press("Tab")
    second = row.locator(".tab").nth(1).bounding_box()
    assert row.evaluate(faded) == "none"
    assert second["x"] >= 0

    # The current one is in sight when the page opens.
    row.evaluate("""row => { document.activeElement.blur();
        row.querySelector('[aria-current]').removeAttribute('aria-current'); }""")
    row.locator(".tab").last.evaluate("""one => { one.setAttribute('aria-current', 'page');
        dispatchEvent(new Event('resize')); }""")
    last, outer = row.locator(".tab").last.bounding_box(), row.bounding_box()
    assert last["x"] + last["width"] <= outer["x"] + outer["width"] + 1


def test_a_row_of_tabs_that_fits_fades_nowhere(visit):
    page = visit("/styleguide/table/", width=1440)

    assert page.locator(".tabs.more-before, .tabs.more-after").count() == 0
