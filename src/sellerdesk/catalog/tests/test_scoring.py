"""The content score: 100 points in four groups."""

from __future__ import annotations

import random

import pytest

from sellerdesk.catalog import scoring


def _score(**changed):
    whole = {"name": "Kettle Aria 5 steel", "description": "d" * 300, "names": {"ru": "Чайник"}, "images": 5,
             "filled": [1, 2, 3, 4], "asked": [(1, True), (2, True), (3, False), (4, False)]}
    return scoring.judge(**{**whole, **changed})


def test_a_card_with_everything_has_a_hundred_points_and_nothing_to_do():
    assert (_score().total, _score().missing) == (100, [])
    assert sum(scoring.WEIGHTS.values()) == 100


def test_each_condition_brings_its_own_points():
    for changed, lost in (({"images": 4}, 7), ({"images": 0}, 30), ({"filled": [2, 3, 4]}, 15),
                          ({"filled": [1, 2]}, 25), ({"description": "short"}, 4), ({"description": ""}, 8),
                          ({"names": {}}, 3), ({"name": "Kettle"}, 4)):
        assert 100 - _score(**changed).total == lost, changed


def test_markup_does_not_make_a_description_longer():
    assert _score(description="<b>" * 200 + "word").total == 96


def test_a_type_that_asks_for_nothing_more_has_the_group_fulfilled():
    assert _score(asked=[(1, True)], filled=[1]).total == 100


def test_what_is_missing_comes_with_the_most_rewarding_first():
    score = _score(images=0, names={})

    assert [one.key for one in score.missing] == ["images_1", "images_3", "images_5", "names"]
    assert [group.share for group in score.groups] == [0, 100, 100, 80]


def test_thirds_of_points_add_up_to_a_whole_hundred():
    asked = [(key, True) for key in range(7)] + [(key, False) for key in range(7, 20)]
    assert _score(asked=asked, filled=[key for key, _required in asked]).total == 100


@pytest.mark.parametrize("seed", range(20))
def test_the_total_of_many_cards_is_that_of_each(seed):
    dice = random.Random(seed)
    for _ in range(50):
        asked = [(key, dice.random() < 0.4) for key in range(1, dice.randint(1, 40))]
        card = {"name": dice.choice(["", "Aria", "Aria 5 headphones"]), "images": dice.randint(0, 6),
                "description": dice.choice(["", "<p> </p>", "short", "<b>long</b> " * 40]),
                "names": dice.choice([{}, {"ru": ""}, {"ru": "Ария"}]),
                "filled": [key for key, _required in asked if dice.random() < 0.5] + [99]}

        total = scoring.total(**card, required=frozenset(key for key, required in asked if required),
                              optional=frozenset(key for key, required in asked if not required))

        assert total == scoring.judge(**card, asked=asked).total
