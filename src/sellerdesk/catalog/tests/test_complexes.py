"""Attributes that are filled in together, row by row: judged, typed, in sheets, in the history."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Change
from sellerdesk.catalog.services import products, undoing
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.tests.conftest import HEADPHONES
from sellerdesk.catalog.types import AttributeInput, ComplexInput, ValueInput

pytestmark = pytest.mark.django_db
VIDEO, LINK, NAME = 100001, 21841, 21837
ONE, TWO = "https://video.example/1", "https://video.example/2"


def row(link: str = "", name: str = "", complex_id: int = VIDEO) -> ComplexInput:
    return ComplexInput(complex_id, tuple(
        AttributeInput(key, (ValueInput(0, text),)) for key, text in ((LINK, link), (NAME, name)) if text))


def shown(shop, product_id: int) -> list[tuple[str, ...]]:
    return [tuple(value.value for each in values for value in each.values)
            for complex_id, values in queries.product(shop, product_id).complexes if complex_id == VIDEO]


@pytest.fixture
def headphones(shop, depot, draft, actor, now) -> int:
    return products.save(seller=shop, draft=draft(complexes=(row(ONE, "Unboxing"), row(TWO))), actor=actor, now=now).id


def test_rows_are_kept_in_order_and_the_same_row_counts_once(shop, headphones, draft, actor, now):
    assert shown(shop, headphones) == [(ONE, "Unboxing"), (TWO,)]
    again = draft(complexes=(row(TWO), row(ONE, "Unboxing", 0), row(TWO), row()))
    products.save(seller=shop, draft=again, actor=actor, now=now, product_id=headphones)
    assert shown(shop, headphones) == [(TWO,), (ONE, "Unboxing")]


@pytest.mark.parametrize(("rows", "field", "code"), [
    ((row("no address", "x"),), "attribute.21841", "attribute_not_an_address"),
    ((row("", "Only a name"),), "attribute.21841", "EMPTY_REQUIRED"),
    ((row(ONE, "x" * 501),), "attribute.21837", "attribute_too_long"),
    (tuple(row(f"{ONE}{at}") for at in range(21)), "attribute.21841", "VALUE_MAX_LIMIT"),
])
def test_rows_are_judged_like_other_attributes(shop, headphones, draft, actor, now, rows, field, code):
    outcome = products.apply_drafts(seller=shop, drafts=[draft(complexes=rows)], actor=actor, now=now)[0]
    assert (outcome.outcome, [(one.field, one.code) for one in outcome.errors]) == ("failed", [(field, code)])
    assert shown(shop, headphones) == [(ONE, "Unboxing"), (TWO,)]


def test_a_row_that_the_type_does_not_ask_for_is_left_out_with_a_word(shop, headphones, draft, actor, now):
    wanted = (ComplexInput(7, (AttributeInput(5, (ValueInput(0, "x"),)),)), row(ONE))
    outcome = products.apply_drafts(seller=shop, drafts=[draft(complexes=wanted)], actor=actor, now=now)[0]
    assert [(one.field, one.code, one.data["level"]) for one in outcome.errors] == [
        ("attribute.5", "attribute_unknown", "warning")]
    assert shown(shop, headphones) == [(ONE,)]


def test_stop_words_in_rows_are_found(shop, headphones, draft, actor, now):
    outcome = products.apply_drafts(seller=shop, drafts=[draft(complexes=(row(ONE, "call +7 912 345-67-89"),))],
                                    actor=actor, now=now)[0]
    assert [(one.field, one.code) for one in outcome.errors] == [("attribute.21837", "contact_in_text")]


def test_the_editor_adds_and_removes_rows_without_a_script(anna_client, shop, headphones):
    address = reverse("catalog:product_edit", args=[headphones])
    answer = anna_client.get(address)
    form = answer.context["form"]
    assert [[text for _info, text in line] for line in form.complexes()[0].lines] == [
        [ONE, "Unboxing"], [TWO, ""], ["", ""]]
    sent = {name: form[name].value() or "" for name in form.fields} | {"base": answer.context["base"]}

    anna_client.post(address, {**sent, "complex_21841": ["", TWO, "https://video.example/3"],
                               "complex_21837": ["", "Second", "Third"]})
    assert shown(shop, headphones) == [(TWO, "Second"), ("https://video.example/3", "Third")]
    assert "Second" in anna_client.get(reverse("catalog:product", args=[headphones])).content.decode()

    wrong = anna_client.post(address, {**sent, "base": anna_client.get(address).context["base"],
                                       "complex_21841": ["nonsense"], "complex_21837": ["Typed"]})
    assert wrong.status_code == 422
    assert 'value="Typed"' in wrong.content.decode()
    assert "takes a web address" in wrong.content.decode()
    assert shown(shop, headphones) == [(TWO, "Second"), ("https://video.example/3", "Third")]


def test_a_sheet_has_a_column_for_each_and_reading_it_again_changes_nothing(shop, headphones, actor, now):
    kind = queries.type_info([HEADPHONES])[HEADPHONES]
    columns = sheet_columns.for_types(shop, [kind], "en", frozenset())
    by_key = {column.key: column for column in columns}
    _id, base = queries.drafts(shop, product_ids=[headphones])["HP-1"]
    card = replace(base, complexes=(row(TWO), row(ONE, "Unboxing")))
    cells = sheet_columns.cells_of(card, "", {}, columns, language="en", texts={}, base_url="")
    assert (cells["attribute.21841"], cells["attribute.21837"]) == (f"{TWO}; {ONE}", "; Unboxing")

    read, errors = sheet_columns.draft_of(
        {"attribute.21841": cells["attribute.21841"], "attribute.21837": cells["attribute.21837"]}, base, by_key)
    assert errors == []
    products.save(seller=shop, draft=read, actor=actor, now=now, product_id=headphones)
    assert shown(shop, headphones) == [(TWO,), (ONE, "Unboxing")]

    emptied, _errors = sheet_columns.draft_of({"attribute.21841": "#CLEAR", "attribute.21837": "#CLEAR"}, read, by_key)
    products.save(seller=shop, draft=emptied, actor=actor, now=now, product_id=headphones)
    assert shown(shop, headphones) == []


def test_rows_are_part_of_the_journal_and_come_back_by_undo(shop, headphones, draft, actor, now):
    products.save(seller=shop, draft=draft(), actor=actor, now=now, product_id=headphones)
    change = Change.objects.filter(product_id=headphones).latest("id")
    assert change.after == {"complexes": []}
    undoing.undo(seller=shop, batch_id=change.batch_id, actor=actor, now=now)
    assert shown(shop, headphones) == [(ONE, "Unboxing"), (TWO,)]
