import pytest

from sellerdesk.core.http import posted


@pytest.mark.parametrize(("text", "number"), [
    ("17", 17), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("", 0), ("-3", 0), ("1.5", 0), (" 17", 0), ("²", 0),
    ("９", 0), ("9" * 19, 0), ("9" * 5000, 0)])
def test_a_posted_number_fits_a_column_and_anything_else_is_none(text, number):
    assert posted.number(text) == number


def test_another_answer_and_fewer_digits_can_be_asked_for():
    assert (posted.number("x", -1), posted.number("123", digits=2), posted.number("12", digits=2)) == (-1, 0, 12)


def test_of_several_texts_the_numbers_stay_in_their_order():
    assert posted.numbers(["5", "x", "", "3", "9" * 30]) == [5, 3]
