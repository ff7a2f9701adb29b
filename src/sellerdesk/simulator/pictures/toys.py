"""Toys and games."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, Path, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    INK,
    STEEL,
    WHITE,
    WOOD,
    Gradient,
    Rgb,
    chrome,
    down,
    mix,
    parse,
    round_across,
    slant,
    up,
)

_BRIGHT = tuple(parse(code) for code in ("#e2574c", "#f0b23c", "#4fa36b", "#3f86c9", "#9a6cc0", "#ee8a5a"))


def plush_bear(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 670, 190)
    pale = up(c, 0.5)
    for flip in (False, True):
        ear = oval(196, 174, 56)
        e.fill(mirror(ear) if flip else ear, slant((140, 118, 112, 112), c, 0.2, 0.15))
        inner = oval(198, 180, 32)
        e.fill(mirror(inner) if flip else inner, pale)
        with e.turned(-28 if flip else 28, (424 if flip else 176, 470)):
            arm = oval(152, 486, 50, 100)
            e.fill(mirror(arm) if flip else arm, slant((100, 386, 100, 200), c, 0.16, 0.2))
    body = oval(300, 510, 142, 156)
    e.fill(body, slant((158, 354, 284, 310), c, 0.2, 0.22))
    e.fill(oval(300, 524, 86, 102), pale)
    for flip in (False, True):
        leg = oval(174, 616, 70, 58)
        e.fill(
            mirror(leg) if flip else leg,
            slant((100, 560, 130, 120) if not flip else (360, 560, 130, 120), c, 0.2, 0.18),
        )
        sole = oval(166, 620, 42, 38)
        e.fill(mirror(sole) if flip else sole, pale)
        e.fill(oval(434 if flip else 166, 630, 18, 14), down(c, 0.2), 0.8)
        for toe in (-22, 0, 22):
            e.fill(oval((434 if flip else 166) + toe, 602, 8), down(c, 0.2), 0.8)
    head = oval(300, 268, 138, 126)
    e.fill(head, slant((162, 142, 276, 252), c, 0.26, 0.16))
    e.fill(oval(300, 314, 66, 54), pale)
    e.fill(oval(300, 286, 25, 19), (66, 46, 44))
    e.fill(oval(292, 281, 7, 5), WHITE, 0.8)
    e.line([(300, 304), (300, 326)], 5, (66, 46, 44))
    e.line(arc(282, 322, 18, 16, 0, 120), 5, (66, 46, 44))
    e.line(arc(318, 322, 18, 16, 60, 180), 5, (66, 46, 44))
    for x in (246, 354):
        e.fill(oval(x, 246, 15, 17), (44, 34, 40))
        e.fill(oval(x - 5, 240, 5), WHITE)
        e.glow((x + (-22 if x < 300 else 22), 300), 32, 24, (240, 120, 130), 0.5)
    bow = _BRIGHT[r.randrange(5)]
    for flip in (False, True):
        wing = curve("M 300 396 L 234 364 Q 216 396 236 430 Z")
        e.fill(mirror(wing) if flip else wing, down(bow, 0.08 if flip else 0.0))
    e.fill(oval(300, 396, 19), up(bow, 0.2))


def _brick(e: Easel, x: float, y: float, studs: int, tone: Rgb, high: float = 74) -> None:
    width = studs * 50
    for stud in range(studs):
        e.fill(
            rect(x + stud * 50 + 9, y - 16, 32, 24, 5),
            round_across(x + stud * 50 + 9, x + stud * 50 + 41, up(tone, 0.1)),
        )
    e.fill(rect(x, y, width, high, 5), slant((x, y, width, high), tone, 0.2, 0.18))
    e.fill(rect(x, y, width, 8, 4), up(tone, 0.3), 0.6)


def building_blocks(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 240)
    tones = [c, *r.sample(_BRIGHT, 5)]
    for number, (x, y, studs) in enumerate(
        (
            (76, 590, 4),
            (280, 590, 3),
            (434, 590, 2),
            (102, 514, 2),
            (206, 514, 4),
            (410, 514, 2),
            (152, 438, 4),
            (356, 438, 2),
            (180, 362, 2),
            (284, 362, 2),
            (230, 286, 2),
        )
    ):
        _brick(e, x, y, studs, tones[number % 6])
    e.fill(rect(224, 596, 60, 68, 4), down(tones[0], 0.55))
    e.line([(282, 270), (282, 168)], 8, COAL)
    e.fill(curve("M 286 166 Q 330 150 376 176 Q 336 196 286 218 Z"), tones[1])
    for x in (300, 360):
        e.fill(rect(x, 530, 34, 42, 4), (206, 232, 246))


def toy_car(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 614, 250, 0.42)
    cabin = curve("M 156 400 L 212 290 Q 222 276 246 276 L 372 276 Q 396 278 410 298 L 470 400 Z")
    e.fill(cabin, slant((156, 276, 314, 124), c, 0.22, 0.12))
    glass = Gradient((200, 290), (300, 400), ((0.0, (206, 232, 248)), (1.0, (126, 178, 214))))
    e.fill(curve("M 192 396 L 236 306 Q 242 298 254 298 L 298 298 L 298 396 Z"), glass)
    e.fill(curve("M 316 298 L 366 298 Q 380 300 388 312 L 430 396 L 316 396 Z"), glass)
    e.fill(curve("M 214 390 L 250 306 L 270 306 L 238 390 Z"), WHITE, 0.5)
    body = curve("M 60 570 Q 50 470 72 430 Q 90 396 150 392 L 470 392 Q 530 400 546 450 Q 556 510 548 570 Z")
    e.fill(body, slant((50, 392, 500, 178), c, 0.25, 0.25))
    e.fill(rect(52, 486, 500, 16), up(c, 0.7), 0.8, body)
    e.line([(306, 400), (306, 560)], 4, down(c, 0.35))
    e.fill(rect(322, 432, 44, 13, 6), STEEL)
    e.fill(oval(530, 456, 20, 24), (255, 236, 160))
    e.fill(rect(56, 440, 20, 40, 8), (226, 70, 60))
    e.fill(rect(46, 546, 508, 28, 14), COAL)
    e.fill(oval(236, 450, 34), WHITE)
    e.fill(curve("M 228 432 L 244 428 L 244 470 L 236 470 L 236 442 L 228 444 Z"), INK)
    for x in (166, 436):
        e.fill(oval(x, 562, 70), down(c, 0.5))
        e.fill(oval(x, 566, 62), (40, 42, 50))
        e.fill(oval(x, 566, 36), chrome(x - 36, x + 36))
        for spoke in range(5):
            with e.turned(spoke * 72, (x, 566)):
                e.line([(x, 566), (x, 538)], 8, (120, 126, 136))
        e.fill(oval(x, 566, 10), c)


def _scene(e: Easel, area: Path, box: tuple[float, float, float, float], c: Rgb, r: Random) -> None:
    """A landscape in the colour of the product."""
    x, y, width, height = box
    e.fill(
        area,
        Gradient(
            (0, y), (0, y + height), ((0.0, up(mix(c, (110, 186, 240), 0.75), 0.2)), (0.7, up(c, 0.8)), (1.0, WHITE))
        ),
    )
    e.fill(oval(x + width * 0.74, y + height * 0.26, width * 0.1), (255, 224, 130), 1.0, area)
    for number in range(3):
        base = y + height * (0.52 + number * 0.15)
        tone = mix(down(c, 0.04 + number * 0.14), (64, 146, 92), 0.62)
        rise = height * r.uniform(0.18, 0.34)
        hill = curve(
            f"M {x - 20} {base + 60} Q {x + width * r.uniform(0.1, 0.3)} {base - rise} {x + width * 0.5} {base + 20} "
            f"Q {x + width * r.uniform(0.7, 0.9)} {base - rise} {x + width + 20} {base + 30} "
            f"L {x + width + 20} {y + height + 20} L {x - 20} {y + height + 20} Z"
        )
        e.fill(hill, tone, 1.0, area)
    for _ in range(4):
        tx, ty = x + width * r.uniform(0.08, 0.92), y + height * r.uniform(0.78, 0.9)
        e.fill([(tx, ty - 60), (tx - 22, ty), (tx + 22, ty)], (52, 104, 76), 1.0, area)


def _piece(x: float, y: float, size: float) -> list[tuple[float, float]]:
    k = size / 100
    points = curve(
        "M 0 0 L 38 0 C 30 -26 70 -26 62 0 L 100 0 L 100 38 C 126 30 126 70 100 62 "
        "L 100 100 L 62 100 C 70 74 30 74 38 100 L 0 100 L 0 62 C 26 70 26 30 0 38 Z"
    )
    return [(x + px * k, y + py * k) for px, py in points]


def puzzle(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 240, 0.36)
    box = (96, 130, 408, 330)
    e.fill(rect(92, 140, 416, 350, 10), down(c, 0.4))
    e.fill(rect(92, 126, 416, 344, 10), up(c, 0.1))
    area = rect(*box)
    _scene(e, area, box, c, r)
    for cut in range(1, 6):
        upright = f"M {96 + cut * 68} 130"
        across = f"M 96 {130 + cut * 55}"
        for step in range(6):
            bend = 12 if step % 2 else -12
            x, y = 96 + cut * 68, 130 + step * 55
            upright += f" Q {x + bend} {y + 27} {x} {y + 55}"
            x, y = 96 + step * 68, 130 + cut * 55
            across += f" Q {x + 34} {y + bend} {x + 68} {y}"
        e.line(curve(upright), 2.5, WHITE, 0.75)
        e.line(curve(across), 2.5, WHITE, 0.75)
    for x, y, angle, tone in ((120, 540, -18, c), (270, 560, 14, _BRIGHT[3]), (400, 530, -6, _BRIGHT[1])):
        with e.turned(angle, (x + 45, y + 45)):
            e.fill(_piece(x + 4, y + 8, 92), (30, 28, 48), 0.25)
            e.fill(_piece(x, y, 92), slant((x, y, 92, 92), tone, 0.25, 0.18))


def board_game(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 250, 0.36)
    with e.turned(-8, (300, 380)):
        e.fill(rect(110, 150, 380, 380, 16), down(c, 0.45))
        e.fill(rect(110, 138, 380, 380, 16), slant((110, 138, 380, 380), c, 0.2, 0.2))
        e.fill(rect(176, 204, 248, 248, 8), up(c, 0.75))
        for number in range(7):
            for x, y in (
                (118 + number * 53, 146),
                (118 + number * 53, 460),
                (118, 146 + number * 53),
                (432, 146 + number * 53),
            ):
                tone = _BRIGHT[number % 6] if number % 2 else (252, 246, 232)
                e.fill(rect(x, y, 48, 48, 6), tone)
        e.line(curve("M 200 420 C 250 300 300 420 330 320 C 350 260 390 260 400 230"), 9, _BRIGHT[0])
        e.fill(rect(206, 226, 90, 60, 8), up(c, 0.3))
        e.fill(rect(220, 244, 62, 9, 4), WHITE)
        e.fill(rect(220, 262, 40, 9, 4), WHITE)
    for x, y, tone in ((170, 560, _BRIGHT[0]), (260, 590, _BRIGHT[3]), (350, 566, _BRIGHT[1])):
        e.shadow(x, y + 66, 34, 0.3)
        e.fill(
            both(
                f"M {x} {y - 34} C {x - 20} {y - 30} {x - 12} {y + 4} {x - 32} {y + 52} "
                f"Q {x - 36} {y + 66} {x - 18} {y + 66} L {x} {y + 66}",
                x,
            ),
            round_across(x - 34, x + 34, tone),
        )
        e.fill(oval(x, y - 46, 26), slant((x - 26, y - 72, 52, 52), tone, 0.35, 0.2))
    with e.turned(14, (462, 600)):
        e.fill(rect(418, 556, 90, 90, 18), slant((418, 556, 90, 90), (252, 250, 244), 0.2, 0.14))
        for x, y in ((440, 578), (486, 578), (463, 601), (440, 624), (486, 624)):
            e.fill(oval(x, y, 9), INK)


def paint_set(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 250, 0.34)
    palette = curve(
        "M 80 470 C 50 340 180 250 330 260 C 480 270 560 360 540 460 C 526 530 450 520 430 550 "
        "C 400 600 460 620 400 640 C 270 670 110 600 80 470 Z"
    )
    e.fill([(x + 4, y + 12) for x, y in palette], down(WOOD, 0.45))
    e.fill(palette, slant((60, 260, 480, 380), (222, 180, 126), 0.2, 0.14))
    e.fill(oval(360, 588, 34, 26), down(WOOD, 0.5))
    for number, (x, y) in enumerate(((150, 470), (180, 376), (276, 330), (382, 336), (466, 400), (210, 556))):
        tone = c if number == 2 else _BRIGHT[number]
        e.fill(
            curve(
                f"M {x - 46} {y} C {x - 50} {y - 44} {x + 20} {y - 46} {x + 44} {y - 16} "
                f"C {x + 66} {y + 20} {x + 20} {y + 42} {x - 10} {y + 34} "
                f"C {x - 34} {y + 32} {x - 44} {y + 20} {x - 46} {y} Z"
            ),
            slant((x - 46, y - 40, 92, 80), tone, 0.28, 0.14),
        )
        e.fill(oval(x - 16, y - 14, 13, 7), WHITE, 0.6)
    for x, angle, tone in ((170, -26, _BRIGHT[3]), (250, -12, c)):
        with e.turned(angle, (x, 300)):
            e.fill(rect(x - 30, 100, 60, 132, 8), round_across(x - 30, x + 30, (240, 242, 244)))
            e.fill(rect(x - 30, 132, 60, 62), round_across(x - 30, x + 30, tone))
            e.fill([(x - 30, 230), (x + 30, 230), (x + 15, 256), (x - 15, 256)], (214, 218, 224))
            e.fill(rect(x - 17, 254, 34, 30, 6), COAL)
    with e.turned(40, (440, 360)):
        e.fill(curve("M 424 480 Q 426 540 440 566 Q 454 540 456 480 Z"), down(c, 0.1))
        e.fill(rect(422, 424, 36, 60, 4), chrome(422, 458))
        e.fill(curve("M 424 426 L 430 150 Q 440 130 450 150 L 456 426 Z"), round_across(424, 456, (206, 74, 60)))


DRAWINGS = {
    "plush_bear": plush_bear,
    "building_blocks": building_blocks,
    "toy_car": toy_car,
    "puzzle": puzzle,
    "board_game": board_game,
    "paint_set": paint_set,
}
