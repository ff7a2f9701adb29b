from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.core import clock, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.core.ui.tables.cells import money_text
from sellerdesk.economics import queries as economics
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.models import Price, PriceChange
from sellerdesk.pricing.types import PriceInput


def send(client, name: str, sent: Any, **args: Any):
    return client.post(reverse(f"pricing:{name}", kwargs=args or None), json.dumps(sent), content_type="application/json")


def cells(product_id: int, seen: str = "1000.00", **values: str) -> dict[str, Any]:
    return {"id": product_id, "seen": {"price": seen, "old_price": "", "min_price": "", "cost": "400.00"},
            "values": values}


@pytest.fixture
def shelf(shop, actor, now, goods) -> list[int]:
    ids = goods(shop, 4, weight_g=500)
    services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(product_id=id_, price="1000", cost="400") for id_ in ids])
    return ids


def price(product_id: int) -> int:
    return Price.objects.values_list("price_minor", flat=True).get(pk=product_id)


def test_the_page_brings_the_first_rows_with_their_margins(anna_client, shop, shelf) -> None:
    page = anna_client.get(reverse("pricing:grid"))

    first = page.context["first"]
    assert [row["offer"] for row in first["rows"]] == ["A-4", "A-3", "A-2", "A-1"]
    assert first["rows"][0]["values"] == {"price": "1000.00", "old_price": "", "min_price": "", "cost": "400.00", "vat": "0",
                                          "auto_action": "shop", "strategy": "true"}
    # 1000 less 14 % commission, 1.5 % payment, 65 + 5 × 3.50 delivery, 3 % of returns and 400 of cost.
    assert first["rows"][0]["margin"]["left"] == "₽356.93"
    assert first["rows"][0]["margin"]["percent"] == "35.7%"


def test_rows_come_page_by_page_and_take_the_same_queries(anna_client, shop, shelf, goods, monkeypatch) -> None:
    from sellerdesk.pricing.web import grid

    monkeypatch.setattr(grid, "PAGE_ROWS", 3)
    first = anna_client.get(reverse("pricing:grid_rows")).json()
    second = anna_client.get(reverse("pricing:grid_rows"), {"c": first["next"]}).json()
    assert [row["offer"] for row in (*first["rows"], *second["rows"])] == ["A-4", "A-3", "A-2", "A-1"]
    assert second["next"] == ""

    monkeypatch.setattr(grid, "PAGE_ROWS", 500)
    anna_client.get(reverse("pricing:grid_rows"))
    counts = []
    for more in (1, 60):
        goods(shop, more, prefix=f"B{more}")
        clock.forget()
        with CaptureQueriesContext(connection) as seen:
            anna_client.get(reverse("pricing:grid_rows"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


#: Price, cost and VAT rate as typed, and what is left of them by hand: the grid's script, the page and the engine agree.
CASES = [("1200", "400", "20%", 371_53), ("1500", "400", "0", 779_20), ("1500.01", "400", "0", 734_21),
         ("99.99", "400", "10%", -395_06), ("6000", "4500.50", "20%", -550_83)]


def test_the_grid_says_what_the_engine_says(anna_client, shop, now, shelf) -> None:
    for price, cost, vat, left in CASES:
        rate = {"20%": "0.2", "10%": "0.1", "0": "0"}[vat]
        amounts = Money.parse(price, "RUB").amount_minor, Money.parse(cost, "RUB").amount_minor
        unit = economics.units(shop, {shelf[0]: amounts}, now, rates={shelf[0]: rate})[shelf[0]]

        shown = send(anna_client, "grid_check", {"rows": [
            cells(shelf[0], price=price, cost=cost, vat=vat)]}).json()["rows"][0]["margin"]

        assert unit.margin_minor == left
        assert shown["left"] == money_text(Money(left, "RUB"))
        assert [(key, text) for key, text, _share in shown["parts"]] == [
            (part.key, money_text(Money(part.amount_minor or 0, "RUB"))) for part in unit.parts if part.amount_minor]


def test_a_try_judges_as_saving_does_and_writes_nothing(anna_client, shop, shelf) -> None:
    before = PriceChange.objects.count()

    answer = send(anna_client, "grid_check", {"rows": [
        cells(shelf[0], price="1 100,50"), cells(shelf[1], price="1000", old_price="1010"), cells(shelf[2], price="100"),
        cells(shelf[3], price="ten")]}).json()

    assert [(row["held"], [(error["field"], error["code"]) for error in row["errors"]]) for row in answer["rows"]] == [
        (False, []), (False, [("old_price", "discount_for_average_price_is_too_small")]), (True, []),
        (False, [("price", "money_unreadable")])]
    assert answer["rows"][0]["margin"]["parts"][0][:2] == ["price", "₽1,100.50"]
    assert PriceChange.objects.count() == before
    assert queries.waiting_count(shop) == 0


def test_a_save_answers_row_by_row_and_loses_nothing(anna_client, shop, shelf) -> None:
    answer = send(anna_client, "grid_save", {"rows": [
        cells(shelf[0], price="1100", vat="20%"), cells(shelf[1], old_price="1010"), cells(shelf[2], price="100")]}).json()

    assert [(row["saved"], row["held"], len(row["errors"])) for row in answer["rows"]] == [
        (True, False, 0), (False, False, 1), (False, True, 0)]
    assert answer["rows"][0]["values"] == {
        "price": "1100.00", "old_price": "", "min_price": "", "cost": "400.00", "vat": "0.2", "auto_action": "shop",
        "strategy": "true"}
    assert answer["rows"][2]["waiting"] == "₽100.00"
    assert [price(id_) for id_ in shelf] == [1100_00, 1000_00, 1000_00, 1000_00]
    assert queries.history(shop, shelf[0])[0].source == "grid"


def test_a_row_changed_by_somebody_else_is_a_conflict_that_names_them(anna_client, shop, now, shelf) -> None:
    services.set_prices(seller=shop, actor=Actor.key(7, "Feed"), now=now, changes=[
        PriceInput(product_id=shelf[0], price="1200")])

    [row] = send(anna_client, "grid_save", {"rows": [cells(shelf[0], price="1100")]}).json()["rows"]

    assert [error["code"] for error in row["errors"]] == ["price_moved"]
    assert row["values"]["price"] == "1200.00"
    assert "Feed" in row["errors"][0]["text"]
    assert price(shelf[0]) == 1200_00


def test_a_save_is_undone_as_a_whole(anna_client, shop, shelf) -> None:
    answer = send(anna_client, "grid_save", {"rows": [
        cells(shelf[0], price="1100"), cells(shelf[1], price="900", cost="")]}).json()

    undone = anna_client.post(answer["undo"])

    assert undone.json() == {"left": 0}
    assert list(Price.objects.order_by("pk").values_list("price_minor", "cost_minor")[:2]) == [(1000_00, 400_00)] * 2
    assert queries.history(shop, shelf[0])[0].source == "undo"


def test_an_undo_leaves_alone_what_others_changed_since(anna_client, shop, now, shelf) -> None:
    answer = send(anna_client, "grid_save", {"rows": [cells(shelf[0], price="1100"), cells(shelf[1], price="900")]}).json()
    services.set_prices(seller=shop, actor=Actor.key(7, "Feed"), now=now, changes=[
        PriceInput(product_id=shelf[0], price="1150")])

    assert anna_client.post(answer["undo"]).json() == {"left": 1}
    assert [price(id_) for id_ in shelf[:2]] == [1150_00, 1000_00]


def test_a_column_is_calculated_on_top_of_what_was_typed(anna_client, shelf) -> None:
    answer = send(anna_client, "grid_calculate", {
        "field": "price", "rounding": "90", "formula": "cost*2+fee",
        "rows": [cells(shelf[0]), cells(shelf[1], cost="600"), cells(shelf[2], cost="")]}).json()

    # fee = 140 + 15 + 82.50 at the price of now.
    assert [(row["text"], row["error"]) for row in answer["rows"]] == [
        ("990.00", ""), ("1390.00", ""), ("", "“cost” is not known for this product.")]


@pytest.mark.parametrize(("sent", "words"), [
    ({"percent": "0"}, "between"), ({"percent": "abc"}, "between"), ({"formula": "profit"}, "“profit” is no amount"),
    ({"formula": "cost*"}, "ends too early")])
def test_a_calculation_that_cannot_be_meant_is_refused_in_words(anna_client, shelf, sent, words: str) -> None:
    answer = send(anna_client, "grid_calculate", {"field": "price", "rounding": "cents", "rows": [cells(shelf[0])], **sent})

    assert answer.status_code == 422
    assert words in answer.json()["error"]


def test_a_paste_of_a_thousand_cells_with_forty_violations(anna_client, shop, actor, now, goods) -> None:
    ids = goods(shop, 1000, prefix="P")
    services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(product_id=id_, price="1000", cost="400") for id_ in ids])
    # Every 25th: ten times too small a gap, below zero, no number and a discount of 95 % in turn.
    bad = [{"old_price": "1005"}, {"price": "-5"}, {"price": "n/a"}, {"old_price": "20000"}]
    rows = [cells(id_, **(bad[at // 25 % 4] if at % 25 == 0 else {"price": f"{1000 + at % 100 + 1},90"}))
            for at, id_ in enumerate(ids)]
    rules.forget()

    tried = send(anna_client, "grid_check", {"rows": rows}).json()["rows"]
    with CaptureQueriesContext(connection) as seen:
        saved = send(anna_client, "grid_save", {"rows": rows}).json()["rows"]

    assert sum(bool(row["errors"]) for row in tried) == 40
    assert [row["errors"] for row in tried] == [row["errors"] for row in saved]
    assert sum(row["saved"] for row in saved) == 960
    assert price(ids[1]) == 1002_90
    assert price(ids[0]) == price(ids[25]) == price(ids[50]) == price(ids[75]) == 1000_00
    assert len(seen) <= 60


def test_rights_hold_for_one_row_and_for_many(anna_client, client, shop, actor, now, shelf, boris) -> None:
    from sellerdesk.sellers import services as sellers
    from tests import cookies

    sellers.add_member(seller=shop, user_id=boris.pk, role="analyst", label="Boris", actor=actor, now=now)
    client.force_login(boris)
    cookies.prove_now(client, boris)

    assert client.get(reverse("pricing:grid")).status_code == 200
    assert send(client, "grid_save", {"rows": [cells(shelf[0], price="1100")]}).status_code == 403
    assert price(shelf[0]) == 1000_00


def test_a_rival_learns_nothing_of_foreign_rows(clara_client, shop, shelf) -> None:
    assert send(clara_client, "grid_check", {"rows": [cells(shelf[0], price="1")]}).json() == {"rows": []}
    [row] = send(clara_client, "grid_save", {"rows": [cells(shelf[0], price="1")]}).json()["rows"]
    assert [error["code"] for error in row["errors"]] == ["NOT_FOUND_ERROR"]
    assert price(shelf[0]) == 1000_00


def test_what_is_no_sheet_is_refused(anna_client, shelf) -> None:
    for sent in ("[]", "{", '{"rows": [{"id": "x"}]}', '{"rows": [], "more": 1}'):
        answer = anna_client.post(reverse("pricing:grid_save"), sent, content_type="application/json")
        assert answer.status_code == 422
