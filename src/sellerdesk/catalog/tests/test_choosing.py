"""Finding the type of a product: by words, by a title, through the tree."""

from __future__ import annotations

import pytest

from sellerdesk.catalog import queries, rules
from sellerdesk.catalog.models import Category, ProductType
from sellerdesk.catalog.services import loading, products

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(tmp_path, now) -> None:
    """A made-up taxonomy three levels deep: 12 departments of 12 aisles of 12 kinds of goods."""
    lines = {"en": [], "ru": [], "zh": []}
    number = 0
    for top in range(12):
        for middle in range(-1, 12):
            for leaf in range(-1, 12 if middle >= 0 else 0):
                number += 1
                for code, words in (("en", ("Hall", "Aisle", "Widget")), ("ru", ("Зал", "Ряд", "Деталь")),
                                    ("zh", ("馆", "区", "零件"))):
                    path = [f"{words[0]} {top}", *([f"{words[1]} t{top}m{middle}e"] if middle >= 0 else []),
                            *([f"{words[2]} {top}-{middle}-{leaf}"] if leaf >= 0 else [])]
                    lines[code].append(f"{number} - {' > '.join(path)}")
    for code, text in lines.items():
        (tmp_path / f"words.{code}.txt").write_text("\n".join(text), encoding="utf-8")
    loading.import_taxonomy(sorted(tmp_path.iterdir()), now=now)


@pytest.mark.parametrize(("title", "name", "better"), [
    ("Беспроводные наушники Sony WH-1000XM5", "наушники беспроводные", "наушники"),
    ("Women's running shoes, size 38", "running shoe", "shoe rack"),
    ("小米蓝牙耳机 黑色", "蓝牙耳机", "耳机包"),
])
def test_a_title_speaks_of_the_type_whose_words_it_holds(title, name, better):
    asked = rules.stems(title)

    assert rules.likeness(asked, name) > rules.likeness(asked, better) > 0
    assert rules.likeness(asked, "чайник || наушники") == 0  # the category above is not the type


def test_three_letters_do_not_make_a_word_alike():
    assert rules.likeness(rules.stems("shoes for men 42"), "menthol") == 0
    assert rules.likeness(rules.stems("dog 42"), "dog") == 3


def test_search_finds_by_the_category_too_but_puts_the_type_named_so_first(forest):
    found = [kind.name for kind in queries.types_search("widget 3-4-1", "en", 20)]
    below = queries.types_search("зал 7 ряд t7m2e", "ru", 20)

    assert found[:2] == ["Widget 3-4-1", "Widget 3-4-10"]
    assert len(below) == 12
    assert below[0].path == ("Зал 7", "Ряд t7m2e", "Деталь 7-2-0")


@pytest.mark.parametrize("text", ["%", "_", "\\", "50% off_", "'; --", "a_b", "[", "%%%%%%"])
def test_signs_of_search_patterns_are_plain_letters(forest, text):
    assert queries.types_search(text, "en", 5) == []


def test_the_tree_opens_in_the_same_number_of_queries_at_any_depth(forest, django_assert_num_queries):
    middle = Category.objects.get(name_en="Aisle t2m3e")
    with django_assert_num_queries(2):
        top = queries.columns(None, "en")
    with django_assert_num_queries(3):
        deep = queries.columns(middle.pk, "zh-hans")

    assert len(top) == 1
    assert [column.name for column in deep] == ["", "馆 2", "区 t2m3e"]
    assert [column.open_id for column in deep] == [middle.parent_id, middle.pk, 0]
    assert all(entry.type_id for entry in deep[2].entries)
    assert len(deep[2].entries) == 12


def test_closed_types_and_categories_are_neither_found_nor_shown(forest):
    Category.objects.filter(name_en="Widget 2-3-1").update(disabled=True)
    ProductType.objects.filter(name_en="Widget 2-4-1").update(disabled=True)

    found = {kind.name for kind in queries.types_search("hall 2", "en", 500)}

    assert ("Widget 2-3-1" in found, "Widget 2-4-1" in found, "Widget 2-4-2" in found) == (False, False, True)
    aisle = Category.objects.get(name_en="Aisle t2m3e")
    assert "Widget 2-3-1" not in [entry.name for entry in queries.columns(aisle.pk, "en")[2].entries]


def test_the_picker_shows_the_share_of_each_type_and_what_was_used_lately(anna_client, shop, depot, draft, actor, now,
                                                                         django_assert_max_num_queries):
    products.apply_drafts(seller=shop, drafts=[draft()], actor=actor, now=now)
    anna_client.get("/products/new")

    with django_assert_max_num_queries(12):
        home = anna_client.get("/products/new").content.decode()
    opened = anna_client.get("/products/new?category=17000101").content.decode()
    found = anna_client.get("/products/new?q=Sony wireless earbuds black").content.decode()

    assert "Used lately" in home
    assert "12–15%" in home
    assert 'aria-current="true"' in opened
    assert "/products/new/91101" in opened
    assert "/products/new/91102?name=Sony%20wireless%20earbuds%20black" in found
    assert anna_client.get("/products/new?category=99999999999999999999").status_code == 200
