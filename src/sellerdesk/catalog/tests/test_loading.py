"""The marketplace's reference data is loaded as often as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import FileRefused
from sellerdesk.catalog.models import Category, ProductType, TypeAttribute
from sellerdesk.catalog.services import loading
from sellerdesk.catalog.types import Counts

pytestmark = pytest.mark.django_db
PUBLIC = Path(__file__).resolve().parents[5] / "shared" / "data" / "taxonomy"


def test_the_starter_is_loaded_once_and_only_mended_afterwards(now):
    first = loading.load_starter(now)
    Category.objects.filter(pk=17000101).update(name_ru="Не то")

    second = loading.load_starter(now)

    assert (first.updated, second.created, second.updated) == (0, 0, 1)
    assert ProductType.objects.count() == 87
    assert Category.objects.get(pk=17000101).name_ru == "Наушники и аудио"
    assert TypeAttribute.objects.get(type_id=91101, attribute_id=85).required


def test_types_are_found_by_words_of_three_languages_and_with_a_slip(tree):
    for text, language, name in (("наушники полно", "ru", "Наушники полноразмерные"), ("充电宝", "zh-hans", "移动电源"),
                                 ("HEADSET", "en", "Over-ear headphones"), ("powerbank", "en", "Power bank"),
                                 ("наушнеки", "ru", "Наушники полноразмерные")):
        assert name in [kind.name for kind in queries.types_search(text, language, 5)], text
    assert queries.types_search("power bank", "en", 1)[0].path == ("Electronics", "Phone accessories")
    assert queries.types_search("qqqq zzzz", "en") == []


def test_the_tree_and_the_values_of_a_type_come_in_one_language(tree, django_assert_num_queries):
    with django_assert_num_queries(2):
        departments = queries.tree("ru")

    assert (departments[0].name, departments[0].children[0].types[0].name) == ("Электроника", "Наушники полноразмерные")
    asked = {each.id: each for each in queries.attributes(91101, "zh-hans")}
    assert (asked[85].name, asked[85].required, asked[4385].unit, asked[4385].kind) == ("品牌", True, "个月", "Integer")
    rows, more = queries.attribute_values(91101, 85, "en", limit=2)
    assert ([row.value for row in rows], more) == (["No brand", "Auvexo"], True)
    assert [row.value for row in queries.attribute_values(91101, 85, "ru", search="НЕТ")[0]] == ["Нет бренда"]


def test_a_taxonomy_is_read_in_three_languages_and_mended_by_a_newer_one(tmp_path, now):
    (tmp_path / "taxonomy.en-US.txt").write_text("# v1\n1 - Animals\n2 - Animals > Pets\n3 - Animals > Live\n")
    (tmp_path / "words.txt").write_text("1 - Животные\n2 - Животные > Питомцы\n3 - Животные > Живые\n")
    (tmp_path / "taxonomy.zh-CN.txt").write_text("1 - 动物\n2 - 动物 > 宠物\n")
    files = sorted(tmp_path.iterdir())

    first = loading.import_taxonomy(files, now=now)
    (tmp_path / "taxonomy.en-US.txt").write_text("1 - Animals\n2 - Animals > Pets\n4 - Animals > Pets > Cats\n")
    second = loading.import_taxonomy(files, now=now)

    assert (first.created, second) == (3, Counts(created=1, updated=0, unchanged=2, disabled=3))
    pets = Category.objects.get(pk=60_000_002)
    assert (pets.name_en, pets.name_ru, pets.name_zh, pets.parent_id) == ("Pets", "Питомцы", "宠物", 60_000_001)
    assert Category.objects.get(pk=60_000_003).disabled
    assert [kind.id for kind in queries.types_search("animals live", "en")] == []
    assert [kind.name for kind in queries.types_search("cats", "ru")] == ["Cats"]
    assert [each.id for each in queries.attributes(970_000_004, "en") if each.required] == [85, 9048, 8229]


def test_a_file_that_is_no_taxonomy_is_refused_with_its_line(tmp_path, now):
    path = tmp_path / "list.txt"
    path.write_text("1 - Animals\nanimals\n")

    with pytest.raises(FileRefused) as refused:
        loading.import_taxonomy([path], now=now)

    assert refused.value.text == "list.txt, line 2 is not “number - name > name”."
    assert not Category.objects.filter(source="taxonomy").exists()


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public taxonomy files are not here")
def test_the_public_taxonomy_is_loaded_whole(now):
    counts = loading.import_taxonomy(sorted(PUBLIC.iterdir()), now=now)
    again = loading.import_taxonomy(sorted(PUBLIC.iterdir()), now=now)

    assert counts.created == 5427
    assert (again.created, again.updated, again.disabled) == (0, 0, 0)
    row = Category.objects.get(pk=60_003_237)
    assert (row.name_en, row.name_ru, row.name_zh) == ("Live Animals", "Живые животные", "宠物")


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public taxonomy files are not here")
def test_the_public_taxonomy_is_searched_and_browsed(now, django_assert_num_queries):
    loading.import_taxonomy(sorted(PUBLIC.iterdir()), now=now)

    for text, language, first in (("собак", "ru", "Сухой корм для собак"), ("dog beds", "en", "Dog Beds"),
                                  ("Беспроводные наушники Sony WH-1000XM5 чёрные", "ru", "Наушники беспроводные TWS"),
                                  ("渔线轮", "zh-hans", "渔线轮")):
        assert queries.types_search(text, language, 3)[0].name == first, text
    with django_assert_num_queries(3):
        columns = queries.columns(60_000_003, "en")
    assert [column.name for column in columns] == ["", "Animals & Pet Supplies", "Pet Supplies", "Bird Supplies"]
    assert next(entry.name for entry in columns[-1].entries if entry.type_id) == "Bird Cages & Stands"
