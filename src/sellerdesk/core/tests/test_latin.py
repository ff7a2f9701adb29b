from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerdesk.core import latin

CYRILLIC = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗЩЮЯіўқңө 0123456789,.-№«»", min_size=1, max_size=60)


@pytest.mark.parametrize(("text", "spelled"), [
    ("Иванова Юлия", "Ivanova Iuliia"), ("Щукин Пётр", "Shchukin Petr"), ("ул. Ленина, д. 5", "ul. Lenina, d. 5"),
    ("пр-т «Победы» № 3", 'pr-t "Pobedy" No. 3'), ("Müller", "Müller"), ("Қазақстан", "Kazakstan"), ("王伟", ""), ("5", "5")])
def test_names_are_spelled_as_in_passports(text, spelled) -> None:
    assert latin.transliterate(text) == spelled


@given(CYRILLIC)
def test_what_is_suggested_is_latin_and_stays_as_it_is(text) -> None:
    spelled = latin.transliterate(text)

    assert latin.is_latin(spelled) or not any(char.isalpha() for char in spelled)
    assert latin.transliterate(spelled) == spelled


@pytest.mark.parametrize(("text", "fits"), [("Anna", True), ("Éva 3", True), ("Анна", False), ("Annа", False), ("12", False)])
def test_one_foreign_letter_is_enough_to_be_refused(text, fits) -> None:
    assert latin.is_latin(text) is fits
