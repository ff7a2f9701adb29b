"""P09: rows found by any part of their text, and by words typed wrong, on both databases."""

from __future__ import annotations

import pytest
from django.db import connection

from sellerdesk.core import scope
from sellerdesk.core.db import as_owner, execute, is_postgres
from sellerdesk.core.search import TextIndex, like

WORDS = TextIndex("search_sample", "note")
NOTES = [
    (1, 7, "12345678-0001-1 елкин семен кружка эмалированная"), (2, 7, "12345679-0002-1 anna headphones 50% off_sale"),
    (3, 7, "87654321-0003-1 петр кружка синяя"), (4, 8, "11112222-0004-1 елкин headphones"),
    (5, 7, "99990000-0005-1 耳机 无线降噪耳机")]


@pytest.fixture
def notes(db):
    with as_owner():
        execute("CREATE TABLE search_sample (id bigint PRIMARY KEY, seller_id bigint NOT NULL, note text NOT NULL)"
                if is_postgres() else
                "CREATE TABLE search_sample (id integer PRIMARY KEY, seller_id integer NOT NULL, note text NOT NULL)")
        assert WORDS.keep()
        for row in NOTES:
            execute("INSERT INTO search_sample VALUES (%s, %s, %s)", row)
        if is_postgres() and connection.role:
            execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON search_sample TO {connection.role}")
    yield
    with as_owner():
        if is_postgres():
            execute("DROP TABLE search_sample, search_sample_words CASCADE")
        else:
            execute("DROP TABLE search_sample")
            execute("DROP TABLE search_sample_words")


@pytest.mark.parametrize(("words", "ids"), [
    (["елкин"], [1]), (["лкин"], [1]), (["4567"], [1, 2]), (["кружка", "петр"], [3]), (["0003-1"], [3]),
    (["кружка"], [1, 3]), (["елкин", "headphones"], []), (["50%"], [2]), (["f_s"], [2]), (["fxs"], []),
    (["кружка", "из"], [1, 3]), (["降噪耳机"], [5]), (['"quoted"'], []), (["a' OR 1=1 --"], [])])
def test_P09_every_part_of_a_text_finds_its_rows_of_the_shop_alone(notes, words, ids):
    found = WORDS.find(7, words, 10)

    assert sorted(found) == ids


def test_P09_short_words_and_common_ones_are_left_to_the_list_itself(notes):
    assert WORDS.find(7, ["耳机"], 10) is None
    assert WORDS.find(7, [], 10) is None
    assert WORDS.find(7, ["кружка"], 1) is None
    assert len(WORDS.find(7, ["кружка"], 2)) == 2


def test_P09_the_index_follows_every_change(notes):
    for change in (
            "UPDATE search_sample SET note = note || ' rp100200300' WHERE id = 3",
            "UPDATE search_sample SET note = 'стерто' WHERE id = 1",
            "UPDATE search_sample SET seller_id = seller_id WHERE id = 2", "DELETE FROM search_sample WHERE id = 5"):
        execute(change)

    assert WORDS.find(7, ["rp1002"], 10) == [3]
    assert WORDS.find(7, ["кружка"], 10) == [3]
    assert WORDS.find(7, ["стерто"], 10) == [1]
    assert WORDS.find(7, ["降噪耳机"], 10) == []
    assert WORDS.keep() is False


@pytest.mark.parametrize(("typed", "right"), [
    ("крушка", "кружка"), ("кржка", "кружка"), ("круржка", "кружка"), ("рукжка", None), ("headfones", "headphones"),
    ("эмалироанная", "эмалированная"), ("кружка", None), ("зонтик", None), ("anna", None), ("елкни", "елкин")])
def test_P09_a_typing_error_is_put_right_with_a_word_of_the_shop(notes, typed, right):
    assert WORDS.correct(7, [typed]) == ([right] if right else None)


def test_P09_right_words_stay_and_other_shops_teach_nothing(notes):
    assert WORDS.correct(7, ["петр", "крушка"]) == ["петр", "кружка"]
    assert WORDS.correct(8, ["крушка"]) is None
    assert WORDS.correct(8, ["елкни"]) == ["елкин"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no wall")
def test_D03_the_index_shows_a_shop_its_own_rows_only(notes):
    with scope.one_shop(8):
        assert WORDS.find(7, ["елкин"], 10) == []
        assert WORDS.find(8, ["елкин"], 10) == [4]
    with scope.no_shop():
        assert WORDS.find(7, ["елкин"], 10) == []


def test_like_reads_signs_literally():
    assert like(r"50%_\x") == r"50\%\_\\x"
