"""A small easel: shapes with gradients, soft shadows and turning, drawn large and shrunk for smooth edges.

Everything is measured on a sheet of 600 by 800; the ground lies at about 660.
"""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from sellerdesk.simulator.pictures.tones import WHITE, Gradient, Paint, Rgb, lightness, mix

WIDTH, HEIGHT = 600, 800
_SCALE = 2
_STRIP = 256  # Steps of a gradient; the strip is padded so that colours go on beyond its ends.
_PAD = 640

Point = tuple[float, float]
Path = Sequence[Point]

# Top and bottom of the studio wall. The last two are darker, for goods that are nearly white.
_WALLS: tuple[tuple[Rgb, Rgb], ...] = (
    ((247, 247, 249), (228, 231, 237)),
    ((250, 246, 240), (238, 229, 217)),
    ((241, 246, 251), (219, 230, 242)),
    ((249, 242, 244), (238, 223, 229)),
    ((240, 248, 244), (217, 234, 226)),
    ((246, 243, 251), (228, 221, 240)),
    ((214, 224, 235), (186, 200, 216)),
    ((226, 214, 204), (206, 190, 177)),
    ((206, 222, 214), (180, 202, 192)),
)
_BRIGHT_WALLS = 6


class Easel:
    """One sheet. Shapes are painted over each other in the order of calls."""

    def __init__(self, colour: Rgb, choice: int) -> None:
        first, count = (_BRIGHT_WALLS, len(_WALLS) - _BRIGHT_WALLS) if lightness(colour) > 0.86 else (0, _BRIGHT_WALLS)
        self._image = _wall(first + choice % count).copy()
        self._draw = ImageDraw.Draw(self._image)
        # Rotation and scale (a, b) and shift (x, y): a point goes to (a·x - b·y + dx, b·x + a·y + dy).
        self._matrix = (1.0 * _SCALE, 0.0, 0.0, 0.0)

    @contextmanager
    def turned(self, degrees: float, around: Point, scale: float = 1.0) -> Iterator[None]:
        """Inside the block everything is turned clockwise around a point, and scaled."""
        before = self._matrix
        angle = math.radians(degrees)
        cosine, sine = math.cos(angle) * scale, math.sin(angle) * scale
        a, b, dx, dy = before
        turn_a, turn_b = a * cosine - b * sine, b * cosine + a * sine
        x, y = around
        fixed_x, fixed_y = a * x - b * y + dx, b * x + a * y + dy
        self._matrix = (turn_a, turn_b, fixed_x - (turn_a * x - turn_b * y), fixed_y - (turn_b * x + turn_a * y))
        yield
        self._matrix = before

    def fill(self, path: Path, paint: Paint, alpha: float = 1.0, clip: Path | None = None) -> None:
        """Paint a closed shape, perhaps see-through, perhaps only where it lies inside another shape."""
        points = self._place(path)
        if not isinstance(paint, Gradient) and alpha >= 1 and clip is None:
            self._draw.polygon(points, fill=paint)
            return
        box = self._box(points)
        mask = _mask(points, box, round(255 * alpha))
        self._lay(paint, box, mask, clip)

    def line(self, path: Path, width: float, paint: Paint, alpha: float = 1.0, clip: Path | None = None) -> None:
        """Draw an open line with round ends."""
        points = self._place(path)
        thick = max(1, round(width * math.hypot(self._matrix[0], self._matrix[1])))
        if not isinstance(paint, Gradient) and alpha >= 1 and clip is None:
            _stroke(self._draw, points, thick, paint)
            return
        box = self._box(points, thick)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        shifted = [(x - box[0], y - box[1]) for x, y in points]
        _stroke(ImageDraw.Draw(mask), shifted, thick, round(255 * alpha))
        self._lay(paint, box, mask, clip)

    def glow(self, centre: Point, rx: float, ry: float, colour: Rgb, alpha: float, clip: Path | None = None) -> None:
        """A soft spot, strongest in the middle."""
        x, y = self._place([centre])[0]
        scale = math.hypot(self._matrix[0], self._matrix[1])
        wide, high = rx * scale, ry * scale
        box = (round(x - wide), round(y - high), round(x + wide), round(y + high))
        if box[2] <= box[0] or box[3] <= box[1]:
            return
        mask = _spot(round(255 * alpha)).resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR)
        self._lay(colour, box, mask, clip)

    def shadow(self, x: float, y: float, rx: float, alpha: float = 0.42) -> None:
        """The shadow of something standing on the ground: a wide soft one and a narrow dark one."""
        self.glow((x, y), rx * 1.18, max(rx * 0.17, 16), (44, 42, 66), alpha * 0.75)
        self.glow((x, y - 2), rx * 0.98, max(rx * 0.07, 8), (30, 28, 48), alpha)

    def encoded(self, size: tuple[int, int]) -> bytes:
        """The sheet shrunk to a size, as WebP."""
        whole = (WIDTH * _SCALE, HEIGHT * _SCALE)
        if whole[0] == size[0] * 2 and whole[1] == size[1] * 2:
            small = self._image.reduce(2)
        else:
            small = self._image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        out = io.BytesIO()
        small.save(out, "WEBP", quality=86, method=1)
        return out.getvalue()

    def _place(self, path: Path) -> list[Point]:
        a, b, dx, dy = self._matrix
        return [(a * x - b * y + dx, b * x + a * y + dy) for x, y in path]

    def _box(self, points: Path, margin: int = 0) -> tuple[int, int, int, int]:
        xs = [x for x, _ in points]
        ys = [y for _, y in points]
        left, top = math.floor(min(xs)) - margin, math.floor(min(ys)) - margin
        return left, top, max(math.ceil(max(xs)) + margin, left) + 1, max(math.ceil(max(ys)) + margin, top) + 1

    def _lay(self, paint: Paint, box: tuple[int, int, int, int], mask: Image.Image, clip: Path | None) -> None:
        if clip is not None:
            mask = ImageChops.multiply(mask, _mask(self._place(clip), box, 255))
        if isinstance(paint, Gradient):
            self._image.paste(self._shaded(paint, box), box[:2], mask)
        else:
            self._image.paste(paint, box, mask)

    def _shaded(self, paint: Gradient, box: tuple[int, int, int, int]) -> Image.Image:
        (x0, y0), (x1, y1) = self._place([paint.start, paint.end])
        dx, dy = x1 - x0, y1 - y0
        scale = _STRIP / (dx * dx + dy * dy)
        shift = ((box[0] - x0) * dx + (box[1] - y0) * dy) * scale + _PAD
        return _strip(paint.stops).transform(
            (box[2] - box[0], box[3] - box[1]),
            Image.Transform.AFFINE,
            (dx * scale, dy * scale, shift, 0, 0, 0.5),
            Image.Resampling.NEAREST,
        )


def rect(x: float, y: float, width: float, height: float, radius: float = 0.0) -> list[Point]:
    """A rectangle, perhaps with round corners."""
    radius = min(radius, width / 2, height / 2)
    if radius <= 0:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    corners = (
        (x + width - radius, y + radius, -90),
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
    )
    return [point for cx, cy, start in corners for point in arc(cx, cy, radius, radius, start, start + 90, 9)]


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> list[Point]:
    """An ellipse, or a circle when one radius is given."""
    return arc(cx, cy, rx, rx if ry is None else ry, 0, 360, 64)[:-1]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 32) -> list[Point]:
    """Part of an ellipse; degrees run clockwise from the right."""
    angles = (math.radians(start + (end - start) * step / (steps - 1)) for step in range(steps))
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


def curve(text: str) -> list[Point]:
    """A path in the notation of SVG with absolute M, L, Q, C and Z; Z is only for the reader's eye."""
    return list(_parsed(text))


def mirror(path: Path, axis: float = WIDTH / 2) -> list[Point]:
    """The same shape on the other side of an upright axis."""
    return [(2 * axis - x, y) for x, y in path]


def both(half: str, axis: float = WIDTH / 2) -> list[Point]:
    """A symmetric shape from its left half, drawn from the top of the axis to its foot."""
    left = curve(half)
    return left + mirror(left, axis)[::-1]


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[Point, ...]:
    tokens = text.replace(",", " ").split()
    points: list[Point] = []
    place = 0
    command = "M"
    sizes = {"M": 2, "L": 2, "Q": 4, "C": 6}
    while place < len(tokens):
        if tokens[place] in sizes or tokens[place] == "Z":
            command = tokens[place]
            place += 1
            if command == "Z":
                continue
        numbers = [float(token) for token in tokens[place : place + sizes[command]]]
        place += sizes[command]
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command in ("M", "L"):
            points += ends
        else:
            points += _bent([points[-1], *ends])
    return tuple(points)


def _bent(control: list[Point], steps: int = 26) -> list[Point]:
    """Points of a Bézier curve of any order, without its beginning."""
    bent = []
    for step in range(1, steps + 1):
        part = step / steps
        row = control
        while len(row) > 1:
            row = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for (x0, y0), (x1, y1) in itertools.pairwise(row)]
        bent.append(row[0])
    return bent


def _mask(points: Path, box: tuple[int, int, int, int], strength: int) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
    ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=strength)
    return mask


def _stroke(draw: ImageDraw.ImageDraw, points: Path, thick: int, ink: Rgb | int) -> None:
    draw.line(list(points), fill=ink, width=thick, joint="curve")
    half = thick / 2
    for x, y in (points[0], points[-1]):
        draw.ellipse((x - half, y - half, x + half, y + half), fill=ink)


@lru_cache(maxsize=512)
def _strip(stops: tuple[tuple[float, Rgb], ...]) -> Image.Image:
    colours = [stops[0][1]] * _PAD
    for step in range(_STRIP):
        place = step / (_STRIP - 1)
        after = next((number for number, stop in enumerate(stops) if stop[0] >= place), len(stops) - 1)
        if after == 0:
            colours.append(stops[0][1])
            continue
        (low, one), (high, other) = stops[after - 1], stops[after]
        colours.append(mix(one, other, min((place - low) / (high - low), 1.0)))
    colours += [stops[-1][1]] * _PAD
    strip = Image.new("RGB", (len(colours), 1))
    strip.putdata(colours)
    return strip


@lru_cache(maxsize=64)
def _spot(strength: int) -> Image.Image:
    # The gradient of Pillow reaches 255 in the corners and 181 in the middle of the sides.
    fading = [round(strength * max(0.0, 1 - step / 180) ** 1.5) for step in range(256)]
    return Image.radial_gradient("L").point(fading)


@lru_cache(maxsize=len(_WALLS))
def _wall(number: int) -> Image.Image:
    """The studio: a wall lit from above that runs softly into the floor."""
    top, bottom = _WALLS[number]
    floor = mix(bottom, WHITE, 0.25)
    stops = ((0.0, top), (0.7, bottom), (0.8, mix(bottom, floor, 0.5)), (1.0, floor))
    easel = Easel.__new__(Easel)
    easel._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE))
    easel._draw = ImageDraw.Draw(easel._image)
    easel._matrix = (1.0 * _SCALE, 0.0, 0.0, 0.0)
    easel.fill(rect(0, 0, WIDTH, HEIGHT), Gradient((0, 0), (0, HEIGHT), stops))
    easel.glow((250, 300), 420, 420, WHITE, 0.55)
    return easel._image
