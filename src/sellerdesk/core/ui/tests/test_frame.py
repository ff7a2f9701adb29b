import ast
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

import sellerdesk
from sellerdesk.accounts.models import User
from sellerdesk.core import tally
from sellerdesk.core.ui import charts, counting, formats, nav
from sellerdesk.core.ui.icons import icon

ROOT = Path(sellerdesk.__file__).parent
REPOSITORY = ROOT.parent.parent


@pytest.fixture
def shown():
    """The registry with only our items in it."""
    kept = dict(nav._items)
    nav._items.clear()
    yield nav.register
    nav._items.clear()
    nav._items.update(kept)


def page(view_name="", rights=(), operator=False):
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(view_name=view_name, namespace=view_name.rpartition(":")[0])
    request.can = set(rights).__contains__
    request.user = SimpleNamespace(is_operator=operator)
    return request


def test_navigation_shows_what_the_role_may_use_and_lights_the_page(shown):
    shown(nav.NavItem("guide", "Guide", "home", "demo:styleguide", group="home"))
    shown(nav.NavItem("goods", "Goods", "package", "demo:styleguide_table", permission="goods:read", group="goods",
                      badge=lambda request: 3))
    shown(nav.NavItem("keys", "Keys", "key", "demo:mailbox", permission="keys:read", group="shop"))
    shown(nav.NavItem("gone", "Gone", "key", "nowhere:list", group="shop"))

    found = nav.sections(page("demo:styleguide_table", {"goods:read"}), "seller")

    assert [(entry.key, entry.active, entry.count) for section in found for entry in section.entries] == [
        ("guide", False, None), ("goods", True, 3)]


def test_folded_groups_tell_what_waits_and_the_page_s_own_group_stands_open(shown):
    shown(nav.NavItem("goods", "Goods", "package", "demo:styleguide_table", group="goods"))
    shown(nav.NavItem("chats", "Chats", "home", "demo:mailbox", group="buyers", badge=lambda request: 2))
    shown(nav.NavItem("talk", "Talk", "home", "demo:styleguide", group="buyers", badge=lambda request: 3))
    request = page("demo:styleguide_table")

    def found():
        return {section.key: (section.unfolded, section.waiting) for section in nav.sections(request, "seller")}

    assert (found()["goods"], found()["buyers"]) == ((True, 0), (False, 5))
    request.COOKIES["nav"] = "buyers.money"
    assert (found()["goods"], found()["buyers"]) == ((True, 0), (True, 5))
    request.COOKIES["nav"] = ""
    assert found()["buyers"] == (False, 5)


def test_the_numbers_of_menu_and_bell_are_asked_in_one_statement(shown, monkeypatch, stall, statements):
    monkeypatch.setattr(counting, "_beside", {"bell": lambda request: tally.Tally("SELECT 7")})
    shown(nav.NavItem("orders", "Orders", "home", "demo:mailbox", badge=lambda request: tally.Tally("SELECT NULL")))
    shown(nav.NavItem("shops", "Shops", "home", "demo:styleguide", badge=lambda request: tally.rows(
        User.objects.all()) + tally.rows(User.objects.filter(pk__in=[]))))
    shown(nav.NavItem("keys", "Keys", "key", "demo:styleguide_table", badge=lambda request: 4))
    request = page()
    found = []

    assert statements(lambda: found.extend(nav.sections(request, "seller"))) == 1
    assert [entry.count for section in found for entry in section.entries] == [4, None, User.objects.count()]
    assert statements(lambda: found.append(counting.of(request, {"bell": lambda request: None}, alone=True))) == 0
    assert found[-1] == {"bell": 7}


@pytest.mark.parametrize(("who", "where"), [("anna_client", "notifications:settings"),
                                            ("operator_client", "console:checklists")])
def test_the_numbers_of_a_real_page_are_asked_in_one_statement(who, where, request, stall):
    client = request.getfixturevalue(who)

    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(where)).status_code == 200

    assert len([one for one in seen if "COUNT(*)" in one["sql"]]) == 1


def test_console_navigation_is_for_operators(shown):
    shown(nav.NavItem("sellers", "Sellers", "users", "demo:mailbox", permission="console:read", group="market",
                      area="console"))

    assert nav.sections(page(rights={"console:read"}), "console") == []
    assert len(nav.sections(page(operator=True), "console")) == 1


def test_navigation_refuses_unknown_groups_and_taken_keys(shown):
    shown(nav.NavItem("a", "A", "home", "demo:mailbox"))

    with pytest.raises(ValueError, match="group"):
        shown(nav.NavItem("b", "B", "home", "demo:mailbox", group="nowhere"))
    with pytest.raises(ValueError, match="taken"):
        shown(nav.NavItem("a", "A", "home", "demo:styleguide"))


@pytest.mark.django_db
def test_a_chosen_language_is_remembered_with_the_person(anna_client, anna):
    response = anna_client.post(reverse("core:set_language"), {"language": "ru", "next": "/styleguide/"})

    anna.refresh_from_db()
    assert response.headers["Location"] == "/styleguide/"
    assert anna.language == "ru"
    assert '<html lang="ru"' in anna_client.get("/styleguide/").content.decode()


@pytest.mark.django_db
def test_a_guest_keeps_language_and_theme_in_cookies_and_nothing_foreign():
    client = Client()

    client.post(reverse("core:set_language"), {"language": "zh-hans"})
    client.post(reverse("core:set_theme"), {"theme": "dark"})
    client.post(reverse("core:set_theme"), {"theme": "pink"})

    body = " ".join(client.get("/styleguide/auth/").content.decode().split())
    assert '<html lang="zh-Hans" data-theme="dark" data-time-zone="UTC" data-bs-theme="dark"' in body


@pytest.mark.django_db
def test_messages_become_toasts_of_their_level():
    body = Client().get("/styleguide/?toasts=1").content.decode()

    assert re.findall(r'<li class="alert tone-(\w+)"', body) == ["success", "danger"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_the_style_guide_renders_in_each_language_with_errors(language):
    body = Client(headers={"Accept-Language": language}).get("/styleguide/?errors=1").content.decode()

    assert body.count('aria-invalid="true"') == 3
    assert 'aria-describedby="id_price_error"' in body


def test_charts_escape_labels_and_repeat_figures_as_text():
    drawn = charts.bars([charts.Point("<Mon>", 3, "3 orders", "/o/?d=1"), charts.Point("Tue", 0)], label="Orders & co")

    assert "<Mon>" not in drawn
    assert '<a href="/o/?d=1" aria-label="&lt;Mon&gt;: 3 orders">' in drawn
    assert '<th scope="row">Tue</th><td>0</td>' in drawn
    assert charts.sparkline([1], label="x") == ""
    assert "style=" not in drawn + charts.sparkline([5, 5, 5], label="x")


def test_durations_name_their_two_largest_units():
    texts = [formats.duration(seconds) for seconds in (59, 3600, 5400, 86400, 90000, 300000)]

    assert texts == ["0 min", "1 h", "1 h 30 min", "1 d", "1 d 1 h", "3 d"]


def test_percentages_follow_the_language():
    with override("ru"):
        assert formats.percent(12.44, signed=True) == "+12,4\xa0%"
    with override("zh-hans"):
        assert formats.percent(-3) == "-3%"


def test_every_icon_named_in_the_code_is_in_the_sprite():
    sprite = (ROOT / "core/static/core/icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    named = set()
    for path in ROOT.rglob("*.html"):
        text = path.read_text()
        named |= set(re.findall(r'\{% icon "([\w-]+)"', text)) | set(re.findall(r'(?<![\w-])icon="([\w-]+)"', text))
    places = {"RowAction": 1, "BulkAction": 2, "Empty": 0, "NavItem": 2}
    for path in ROOT.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            at = places.get(getattr(call.func, "attr", getattr(call.func, "id", "")))
            given = [word.value for word in call.keywords if word.arg == "icon"]
            given += call.args[at : at + 1] if at is not None else []
            named |= {value.value for value in given if isinstance(value, ast.Constant) and value.value}

    assert sorted(named - known) == []
    assert "#truck" in icon("truck")


def test_templates_keep_the_strict_policy():
    wrong = []
    for path in ROOT.rglob("*.html"):
        if {"mail", "letters"} & set(path.parts):
            continue  # letters are read by mail programs, which know no style sheets
        text = path.read_text()
        for found in re.findall(r"\sstyle=|<script>|\son(?:click|change|submit|load)=|(?:src|href)=\"https?://", text):
            wrong.append(f"{path.relative_to(ROOT)}: {found.strip()}")

    assert wrong == []


def test_vendored_files_are_those_of_the_lock():
    import hashlib

    folder = ROOT / "core/static/vendor"
    lock = json.loads((folder / "vendor.lock.json").read_text())

    for name, entry in lock["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name
    for package, entry in lock["packages"].items():
        assert (REPOSITORY / entry["licence_text"]).exists(), package
    assert "https://" not in (folder / "vendor.lock.json").read_text()
