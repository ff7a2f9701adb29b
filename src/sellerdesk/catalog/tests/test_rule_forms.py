from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.catalog import defaults
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services import products, ruling
from sellerdesk.core import clock, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import DatedRule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "dated_rules", "clock_at_now")]
WORDS = {"policy": "texts", "source": "decision 12", "look": ""}


@pytest.fixture
def clock_at_now(now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def sold(shop, draft, now):
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[
        draft("HP-1"), draft("HP-2", name="Beta 7 rarity"), draft("HP-3", name="Gamma rarity")])


def newest(key: str) -> dict:
    return DatedRule.objects.filter(kind=defaults.SCREENING, key=key).order_by("-valid_from", "-pk")[0].value


def test_words_are_edited_in_a_form_one_a_line(operator_client):
    page = reverse("console:rule", args=["words.en"])
    assert "replica" in operator_client.get(page).content.decode()

    answer = operator_client.post(page, {**WORDS, "block": "snake oil\n\n  rarity \nsnake oil", "look": "miracle"})

    assert answer.status_code == 302
    assert newest("words.en") == {"policy": "texts", "block": ["snake oil", "rarity"], "look": ["miracle"]}


def test_restricted_goods_are_edited_in_a_form_and_the_rest_is_kept(operator_client, sold):
    type_id = Product.objects.values_list("type_id", flat=True)[0]
    was = newest("goods.food_outside_stores")
    rules.put(defaults.SCREENING, "goods.food_outside_stores", {**was, "categories": [], "types": [type_id]},
              valid_from=clock.now(), source="test")
    page = reverse("console:rule", args=["goods.food_outside_stores"])
    assert f"{type_id} " in operator_client.get(page).content.decode()

    answer = operator_client.post(page, {
        "level": "needs_document", "papers": ["declaration", "quality"], "types": f"{type_id} Headphones",
        "routes": ["cross_border"], "policy": "food", "source": "law 1"})

    assert answer.status_code == 302
    assert newest("goods.food_outside_stores") == {
        "policy": "food", "level": "needs_document", "categories": [], "schemes": [], "unless": was["unless"],
        "types": [type_id], "routes": ["cross_border"], "papers": ["declaration", "quality"]}


def test_ids_that_stand_in_a_rule_already_may_stay_though_the_tree_lacks_them(operator_client):
    was = newest("goods.food_chilled")

    answer = operator_client.post(reverse("console:rule", args=["goods.food_chilled"]), {
        "level": "warn", "categories": "\n".join(map(str, was["categories"])), "words": "keep frozen", "schemes": ["fbs"],
        "policy": "food", "source": "law 1"})

    assert answer.status_code == 302
    assert newest("goods.food_chilled") == {**was, "level": "warn", "words": ["keep frozen"], "schemes": ["fbs"]}


@pytest.mark.parametrize(("changed", "text"), [
    ({"types": "4711 nothing"}, "4711"), ({"categories": "abc"}, "abc"), ({"level": "needs_document"}, "papers"),
    ({"words": ""}, "categories"), ({"source": ""}, "required")])
def test_a_bad_form_is_refused_with_the_reason_and_keeps_what_was_typed(operator_client, changed, text):
    was = DatedRule.objects.count()

    answer = operator_client.post(reverse("console:rule", args=["goods.nicotine"]), {
        "level": "block", "words": "typed-word", "policy": "banned", "source": "law", **changed})

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert DatedRule.objects.count() == was


def test_the_effect_is_counted_on_cards_on_sale_and_nothing_is_kept(operator_client, sold, now):
    was = DatedRule.objects.count()

    page = operator_client.post(reverse("console:rule", args=["words.en"]), {
        **WORDS, "block": "rarity", "action": "effect"}).content.decode()

    assert "It touches 2 of 3 cards on sale." in page
    assert "HP-3" in page
    assert "rarity" in page
    assert DatedRule.objects.count() == was
    found = ruling.effect(key="words.en", text='{"block": ["rarity"]}', now=now)
    assert (found.looked_at, found.touched, found.blocked, found.touched_now, found.capped) == (3, 2, 2, 0, False)


def test_the_effect_is_bounded_and_says_so(sold, now, monkeypatch):
    monkeypatch.setattr(ruling, "MAX_LOOKED_AT", 2)
    monkeypatch.setattr(ruling, "_BATCH", 1)

    found = ruling.effect(key="words.en", text='{"block": ["rarity"]}', now=now)

    assert (found.looked_at, found.touched, found.capped) == (2, 2, True)


def test_an_effect_of_a_table_that_cannot_be_read_is_refused(now):
    with pytest.raises(Invalid):
        ruling.effect(key="words.en", text='{"block": 1}', now=now)


def test_other_tables_stay_bare_and_every_form_leads_to_its_table(operator_client):
    assert 'name="value"' in operator_client.get(reverse("console:rule", args=["calendar"])).content.decode()
    page = reverse("console:rule", args=["words.en"])
    assert 'name="value"' not in operator_client.get(page).content.decode()
    assert 'name="value"' in operator_client.get(page, {"as": "table"}).content.decode()


@pytest.mark.parametrize("holidays", [["31.12.2026"], ["02-30"], [7]])
def test_days_of_the_calendar_are_checked(now, holidays):
    with pytest.raises(Invalid):
        ruling.change(key="calendar", text=str({"holidays": holidays}).replace("'", '"'), valid_from=now, source="x",
                      actor=Actor.system("test"), now=now)
