from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.translation import override

from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables
from sellerdesk.core.ui.styleguide import SampleTable, _goods

pytestmark = pytest.mark.django_db


def request_for(query="", target="", method="get", **data):
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    factory = RequestFactory()
    request = getattr(factory, method)(f"/goods/{query}", data or None, headers=headers)
    request.user = AnonymousUser()
    request.htmx = SimpleNamespace(target=target) if target else None
    request.can = lambda right: right == "goods:archive"
    return request


class Goods(SampleTable):
    page = "tests.goods"
    bulk_actions = (
        tables.BulkAction("archive", "Archive", "archive", "demo:styleguide_bulk", permission="goods:archive"),
        tables.BulkAction("burn", "Burn", "trash", "demo:styleguide_bulk", permission="goods:burn"),
    )
    default_sort = "-price"


def test_filters_that_are_set_and_valid_are_in_where():
    table = Goods(request_for("?q=+lamp+&category=2&brand=1&brand=3,4&price_from=10&price_to=1+299,99"
                              "&created_from=2026-11-01&low=1"))

    assert table.where == {
        "q": "lamp", "category": "2", "brand": ["1", "3", "4"], "price": (1000, 129999),
        "created": (__import__("datetime").date(2026, 11, 1), None), "low": True,
    }


def test_an_unreadable_filter_is_left_out_and_says_why():
    table = Goods(request_for("?price_from=abc&category=99&created_from=2026-12-01&created_to=2026-11-01"))

    errors = {bound.key: bound.error for bound in table.bound_filters if bound.error}

    assert table.where == {}
    assert table.has_filters
    assert errors == {"price": "“abc” is not an amount. Write it like 1299.99.",
                      "created": "“From” must not be later than “to”."}


@pytest.mark.parametrize(("asked", "given"), [
    ("price", "price"), ("-name", "-name"), ("--name", "-price"), ("secret", "-price"), ("", "-price")])
def test_only_declared_columns_sort(asked, given):
    assert Goods(request_for(f"?sort={asked}")).sort == given


def test_links_keep_filters_and_begin_paging_anew():
    table = Goods(request_for("?q=a%26b&tab=live&c=CURSOR&after=7&view=3"))

    assert table.url(tab="error") == "/goods/?q=a%26b&tab=error"
    assert table.url(c="NEXT") == "/goods/?q=a%26b&tab=live&c=NEXT"
    assert table.clear_url == "/goods/?tab=live"
    assert Goods(request_for("?tab=live")).url(tab=None) == "/goods/?view=all"


def test_a_person_chooses_columns_but_never_loses_the_main_one():
    table = Goods(request_for("?cols=stock,changed_at"))

    assert [column.key for column in table.visible_columns] == ["name", "stock", "changed_at", "actions"]


def test_rows_escape_what_sellers_write(now):
    table = Goods(request_for())
    row = _goods(1, now)[0]
    row.name = row.category = '"><script>alert(1)</script>'
    table.fill([row])

    html = table.rows_html

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3  # the link, the category and the name of the checkbox
    assert "style=" not in html


def test_cells_speak_the_language_of_the_reader(now):
    table = Goods(request_for())
    row = _goods(1, now)[0]
    row.old_price, row.sold = Money(123456789, "RUB"), 1234567
    table.fill([row])

    with override("ru"):
        russian = table.rows_html

    assert "1\xa0234\xa0567,89\xa0₽" in russian
    assert "1\xa0234\xa0567<" in russian
    assert "опоздание 3 ч" in russian


def test_htmx_gets_the_part_and_the_tabs_beside_it(now):
    table = Goods(request_for("?tab=live", target="div#list-tests-goods-region"))
    table.fill(_goods(2, now), tab_counts={"live": 2})

    response = table.respond("core/styleguide_table.html", lambda: pytest.fail("only the whole page needs this"))
    body = response.content.decode()

    assert body.lstrip().startswith('<div class="list-region" id="list-tests-goods-region"')
    assert 'id="list-tests-goods-tabs" hx-swap-oob="true"' in body
    assert "<html" not in body
    assert response["Vary"] == "HX-Request, HX-Target"


def test_bulk_actions_without_the_right_are_not_offered():
    assert [act.name for act in Goods(request_for()).bulk] == ["archive"]


def test_a_refused_edit_answers_the_row_as_typed_with_the_reason(now):
    row = _goods(1, now)[0]

    response = Goods(request_for()).row_response(row, errors={"price": "Too low"}, values={"price": "-5"})
    body = response.content.decode()

    assert response.status_code == 422
    assert body.strip().startswith('<tr id="list-tests-goods-1"')
    assert 'value="-5"' in body
    assert 'aria-describedby="list-tests-goods-1-price-error"' in body
    assert "Too low" in body


def test_a_live_list_polls_from_its_first_page_only(now):
    first = Goods(request_for("?q=x"))
    first.fill(_goods(1, now), live_token="41")
    later = Goods(request_for("?c=CURSOR"))
    later.fill(_goods(1, now), live_token="41")

    assert first.live_href == "/goods/?q=x&after=41"
    assert later.live_href == ""
    assert Goods(request_for("?after=41")).unchanged("41")
    assert Goods(request_for()).nothing_new().status_code == 204


@pytest.mark.parametrize(("wanted", "given"), [
    ("/goods/?q=1", "/goods/?q=1"), ("https://evil.example/", "/home/"), ("//evil.example", "/home/"), ("", "/home/")])
def test_the_way_back_stays_on_this_host(wanted, given):
    assert tables.next_url(request_for(method="post", next=wanted), "/home/") == given


def test_an_unknown_kind_of_column_fails_at_import():
    with pytest.raises(ValueError, match="unknown kind 'monney'"):
        tables.Column("price", "Price", kind="monney")
