"""Pictures of demo goods, drawn by our own code: each type of the starter catalogue is recognisable.

Flat shapes with soft light on a studio wall; the goods are painted in the product's own colour.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sellerdesk.simulator.pictures import (
    accessories,
    appliances,
    beauty,
    clothing,
    electronics,
    food,
    home,
    kids,
    kitchen,
    office,
    pets,
    sports,
    tools,
    toys,
)
from sellerdesk.simulator.pictures.easel import Easel
from sellerdesk.simulator.pictures.tones import Rgb, parse

Drawing = Callable[[Easel, Rgb, Random], None]

DRAWINGS: dict[str, Drawing] = {
    **electronics.DRAWINGS,
    **appliances.DRAWINGS,
    **kitchen.DRAWINGS,
    **home.DRAWINGS,
    **clothing.DRAWINGS,
    **accessories.DRAWINGS,
    **beauty.DRAWINGS,
    **kids.DRAWINGS,
    **toys.DRAWINGS,
    **sports.DRAWINGS,
    **tools.DRAWINGS,
    **pets.DRAWINGS,
    **office.DRAWINGS,
    **food.DRAWINGS,
}


def draw(type_key: str, colour: str, seed: int, size: tuple[int, int] = (900, 1200)) -> bytes:
    """A picture as WebP, three by four. The same arguments give the same bytes.

    `type_key` is the key of a type of the starter catalogue, `colour` is #rrggbb; the seed chooses the wall and
    small details. Raises KeyError for a type without a drawing.
    """
    rng = Random(f"{type_key}:{seed}")
    base = parse(colour)
    easel = Easel(base, rng.randrange(1_000))
    DRAWINGS[type_key](easel, base, rng)
    return easel.encoded(size)
