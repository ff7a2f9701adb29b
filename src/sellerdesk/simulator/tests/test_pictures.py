"""Pictures exist for every type, follow the colour of the product and do not change between runs."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sellerdesk.catalog import starter
from sellerdesk.simulator import pictures

KEYS = [kind.key for kind in starter.load().types]


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_there_is_a_drawing_for_every_type_and_none_besides() -> None:
    assert set(pictures.DRAWINGS) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_is_three_by_four_and_shows_something_in_the_middle(key: str) -> None:
    picture = _opened(pictures.draw(key, "#3f86c9", 11, (300, 400)))

    assert picture.size == (300, 400)
    middle = picture.crop((60, 120, 240, 340)).convert("L").getextrema()
    assert middle[1] - middle[0] > 90, key
    # The wall stays free at the upper corners, so that the goods stand apart from it.
    corner = picture.crop((0, 0, 12, 12)).convert("L").getextrema()
    assert corner[0] > 160, key


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert pictures.draw("mug", "#d53a3a", 5) == pictures.draw("mug", "#d53a3a", 5)


def test_the_seed_changes_details_and_the_colour_changes_the_goods() -> None:
    drawn = {pictures.draw("mug", "#d53a3a", seed, (150, 200)) for seed in range(6)}
    red = _opened(pictures.draw("thermos", "#d53a3a", 1, (150, 200))).getpixel((75, 135))
    blue = _opened(pictures.draw("thermos", "#2f6fc9", 1, (150, 200))).getpixel((75, 135))

    assert len(drawn) > 3
    assert red[0] > red[2] + 60
    assert blue[2] > blue[0] + 60


def test_the_usual_size_is_three_by_four_at_twelve_hundred() -> None:
    assert _opened(pictures.draw("tea", "#5c9a4f", 1)).size == (900, 1200)


def test_a_type_without_a_drawing_is_refused() -> None:
    with pytest.raises(KeyError):
        pictures.draw("submarine", "#d53a3a", 1)
