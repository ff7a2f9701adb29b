"""Colours and the gradients that make flat shapes look round."""

from __future__ import annotations

from typing import NamedTuple

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (38, 41, 51)
COAL: Rgb = (58, 62, 72)
STEEL: Rgb = (196, 202, 209)
WOOD: Rgb = (196, 148, 96)
GOLD: Rgb = (212, 172, 82)
# The colour of goods said to be transparent.
GLASS: Rgb = (214, 231, 238)
_SHADE: Rgb = (28, 26, 48)


class Gradient(NamedTuple):
    """Colours along the line from `start` to `end`; stops are places 0 to 1 in rising order."""

    start: tuple[float, float]
    end: tuple[float, float]
    stops: tuple[tuple[float, Rgb], ...]


Paint = Rgb | Gradient


def parse(text: str) -> Rgb:
    """A colour written as #rrggbb."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(one: Rgb, other: Rgb, part: float) -> Rgb:
    """The first colour with so much of the other, 0 to 1."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def up(colour: Rgb, part: float) -> Rgb:
    return mix(colour, WHITE, part)


def down(colour: Rgb, part: float) -> Rgb:
    return mix(colour, _SHADE, part)


def lightness(colour: Rgb) -> float:
    """How bright the colour looks, 0 to 1."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def contrast(colour: Rgb) -> Rgb:
    """White or dark ink, whichever is seen better upon the colour."""
    return INK if lightness(colour) > 0.62 else WHITE


def round_across(left: float, right: float, colour: Rgb) -> Gradient:
    """An upright cylinder lit from the left."""
    stops = ((0.0, down(colour, 0.28)), (0.2, up(colour, 0.3)), (0.42, up(colour, 0.05)), (1.0, down(colour, 0.34)))
    return Gradient((left, 0), (right, 0), stops)


def round_along(top: float, bottom: float, colour: Rgb) -> Gradient:
    """A lying cylinder lit from above."""
    stops = ((0.0, down(colour, 0.06)), (0.22, up(colour, 0.32)), (0.5, colour), (1.0, down(colour, 0.36)))
    return Gradient((0, top), (0, bottom), stops)


def fall(top: float, bottom: float, colour: Rgb, light: float = 0.14, dark: float = 0.16) -> Gradient:
    """A face that is lighter above and darker below."""
    return Gradient((0, top), (0, bottom), ((0.0, up(colour, light)), (1.0, down(colour, dark))))


def slant(box: tuple[float, float, float, float], colour: Rgb, light: float = 0.2, dark: float = 0.2) -> Gradient:
    """A body lit from the upper left: x, y, width and height say how far the light runs."""
    x, y, width, height = box
    stops = ((0.0, up(colour, light)), (0.5, colour), (1.0, down(colour, dark)))
    return Gradient((x, y), (x + width, y + height), stops)


def chrome(left: float, right: float) -> Gradient:
    """Polished steel, upright."""
    stops = (
        (0.0, (126, 132, 142)),
        (0.16, (238, 241, 244)),
        (0.34, (178, 184, 192)),
        (0.62, (222, 226, 230)),
        (1.0, (112, 118, 128)),
    )
    return Gradient((left, 0), (right, 0), stops)


def chrome_along(top: float, bottom: float) -> Gradient:
    """Polished steel, lying."""
    return Gradient((0, top), (0, bottom), chrome(0, 1).stops)
