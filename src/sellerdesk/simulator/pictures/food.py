"""Tea, coffee and sweets in their packaging, with a taste of what is inside."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, oval, rect
from sellerdesk.simulator.pictures.tones import (
    GOLD,
    INK,
    WHITE,
    WOOD,
    Gradient,
    Rgb,
    down,
    lightness,
    mix,
    round_across,
    round_along,
    slant,
    up,
)

_PAPER: Rgb = (252, 248, 238)


def _leaf(e: Easel, x: float, y: float, size: float, angle: float, tone: Rgb) -> None:
    with e.turned(angle, (x, y)):
        e.fill(
            curve(
                f"M {x} {y} C {x - size * 0.5} {y - size * 0.3} {x - size * 0.4} {y - size * 0.8} {x} {y - size} "
                f"C {x + size * 0.4} {y - size * 0.8} {x + size * 0.5} {y - size * 0.3} {x} {y} Z"
            ),
            tone,
        )
        e.line([(x, y), (x, y - size * 0.86)], 2.5, up(tone, 0.45))


def _bean(e: Easel, x: float, y: float, size: float, angle: float, tone: Rgb) -> None:
    with e.turned(angle, (x, y)):
        e.fill(oval(x + 2, y + 4, size, size * 0.7), down(tone, 0.55))
        e.fill(oval(x, y, size, size * 0.7), slant((x - size, y - size, size * 2, size * 2), tone, 0.25, 0.2))
        long, third, rise = size * 0.85, size * 0.3, size * 0.35
        crease = f"M {x - long} {y} C {x - third} {y - rise} {x + third} {y + rise} {x + long} {y}"
        e.line(curve(crease), size * 0.13, down(tone, 0.6))


def tea(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(250, 660, 170)
    e.shadow(460, 664, 110, 0.36)
    e.fill(rect(118, 262, 250, 398, 14), round_across(118, 368, c))
    e.fill(rect(118, 600, 250, 14), GOLD, 0.9)
    e.fill(rect(118, 296, 250, 10), GOLD, 0.9)
    e.fill(rect(108, 196, 270, 84, 16), round_across(108, 378, down(c, 0.18)))
    e.fill(rect(108, 262, 270, 12), GOLD, 0.8)
    e.fill(oval(243, 452, 92, 112), _PAPER)
    e.line(oval(243, 452, 82, 102), 3, GOLD)
    leaf = (92, 144, 76)
    for x, angle, size in ((243, 0, 86), (243, -52, 70), (243, 52, 70)):
        _leaf(e, x, 484, size, angle, leaf if angle else up(leaf, 0.16))
    for y, width in ((506, 84), (526, 54)):
        e.fill(rect(243 - width / 2, y, width, 8, 4), mix(c, INK, 0.6))
    e.fill(oval(456, 646, 112, 22), (238, 236, 232))
    e.fill(oval(456, 640, 100, 16), (222, 220, 216))
    e.line(arc(528, 582, 30, 28, -80, 100), 13, (236, 234, 230))
    cup = both("M 456 536 L 378 536 C 380 600 404 638 436 640 L 456 640", 456)
    e.fill(cup, round_across(378, 534, (248, 247, 244)))
    brew = mix(c, (206, 120, 46), 0.55)
    e.fill(oval(456, 537, 78, 17), (226, 224, 220))
    e.fill(oval(456, 540, 69, 12), brew)
    for shift in (-20, 16):
        e.line(curve(f"M {456 + shift} 510 C {436 + shift} 480 {480 + shift} 460 {456 + shift} 426"), 8, WHITE, 0.65)
    e.fill(rect(138, 312, 14, 280, 7), WHITE, 0.3)


def coffee(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 180)
    pack = (58, 50, 48)
    bag = both("M 300 150 L 176 150 L 176 210 Q 158 400 152 640 Q 160 662 200 662 L 300 662")
    e.fill(bag, round_across(150, 450, pack))
    e.fill(rect(168, 142, 264, 56, 6), round_across(168, 432, up(pack, 0.1)))
    e.fill(rect(156, 190, 288, 22, 8), GOLD)
    e.fill(oval(300, 250, 15), up(pack, 0.3))
    e.fill(oval(300, 250, 6), down(pack, 0.4))
    label = rect(188, 310, 224, 250, 14)
    e.fill(label, c)
    e.fill(rect(198, 320, 204, 230, 10), _PAPER)
    for x, y, angle in ((270, 408, -30), (334, 424, 24), (300, 366, 80)):
        _bean(e, x, y, 36, angle, mix(c, (110, 66, 38), 0.7))
    for y, width, high in ((478, 130, 14), (508, 90, 9)):
        e.fill(rect(300 - width / 2, y, width, high, high / 2), INK, 0.8)
    for x, y, angle in ((96, 644, 20), (140, 666, -40), (482, 656, 60), (520, 634, -10), (86, 680, 70), (456, 682, 10)):
        _bean(e, x, y, 25, angle, mix(c, (110, 66, 38), 0.75))
    e.fill(curve("M 190 230 Q 172 420 168 630 L 184 630 Q 190 420 208 230 Z"), WHITE, 0.2)


def chocolate(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((300, 430), 270, 300, (40, 38, 60), 0.28)
    with e.turned(-16, (300, 420)):
        e.fill(rect(160, 110, 280, 330, 8), down(c, 0.4))
        for row in range(4):
            for column in range(4):
                x, y = 166 + column * 68, 118 + row * 82
                if (row, column) == (0, 3):
                    continue
                e.fill(rect(x, y, 64, 78, 6), slant((x, y, 64, 78), c, 0.28, 0.2))
                e.fill(rect(x + 9, y + 9, 46, 60, 4), slant((x, y, 64, 78), down(c, 0.08), 0.02, 0.1))
        e.fill([(370, 106), (446, 106), (446, 200), (396, 188), (388, 150)], (238, 234, 228))
        foil = curve(
            "M 146 400 L 170 384 L 200 404 L 232 382 L 264 404 L 296 384 "
            "L 330 406 L 362 382 L 396 404 L 430 386 L 454 402 L 454 470 "
            "L 146 470 Z"
        )
        e.fill(
            foil,
            Gradient(
                (146, 380),
                (454, 470),
                ((0.0, (236, 238, 242)), (0.3, (176, 182, 192)), (0.55, (244, 246, 248)), (1.0, (160, 166, 178))),
            ),
        )
        wrap = (((148, 52, 58), (232, 194, 120)), ((42, 82, 96), (236, 206, 150)), ((92, 62, 118), (240, 210, 170)))[
            r.randrange(3)
        ]
        e.fill(rect(140, 440, 320, 270, 6), slant((140, 440, 320, 270), wrap[0], 0.22, 0.2))
        e.line([*rect(158, 458, 284, 234, 4), (158, 458)], 3, wrap[1])
        for y, width, high in ((520, 190, 26), (564, 120, 14), (640, 80, 12)):
            e.fill(rect(300 - width / 2, y, width, high, high / 2), wrap[1], 0.95)
    for x, y, angle in ((470, 236, 20), (500, 292, -24)):
        with e.turned(angle, (x, y)):
            e.fill(rect(x - 26, y - 18, 62, 52, 8), down(c, 0.4))
            e.fill(rect(x - 30, y - 26, 62, 52, 8), slant((x - 30, y - 26, 62, 52), c, 0.3, 0.16))


def honey(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(290, 664, 170)
    jar = both("M 270 272 L 156 272 Q 112 290 112 350 L 112 600 Q 116 662 180 662 L 270 662", 270)
    e.fill(jar, round_across(112, 428, c))
    e.glow((300, 590), 130, 80, up(c, 0.6), 0.6, jar)
    e.fill(rect(150, 200, 240, 76, 14), round_across(150, 390, WOOD))
    for y in (222, 250):
        e.line([(152, y), (388, y)], 3, down(WOOD, 0.3), 0.6)
    e.fill(both("M 270 380 L 164 380 L 164 580 L 270 600", 270), _PAPER, 0.96)
    for x, y in ((236, 430), (270, 430), (304, 430), (253, 459), (287, 459)):
        e.fill(arc(x, y, 18, 18, 30, 390, 7), c if (x + y) % 2 else down(c, 0.1))
        e.line(arc(x, y, 18, 18, 30, 390, 7), 3, down(c, 0.35))
    for y, width, high in ((504, 120, 13), (530, 80, 9)):
        e.fill(rect(270 - width / 2, y, width, high, high / 2), down(c, 0.6))
    e.fill(rect(128, 320, 16, 290, 8), WHITE, 0.5)
    with e.turned(24, (470, 400)):
        e.line([(470, 160), (470, 470)], 15, slant((462, 160, 16, 310), WOOD, 0.2, 0.2))
        for number, width in enumerate((46, 62, 70, 62, 46)):
            e.fill(
                rect(470 - width / 2, 466 + number * 22, width, 17, 8),
                round_across(470 - width / 2, 470 + width / 2, WOOD),
            )
        e.fill(both("M 470 540 C 440 540 428 560 436 580 L 470 590", 470), c, 0.85)
    e.line(curve("M 414 570 C 410 610 414 630 412 656"), 10, c)
    e.fill(oval(420, 664, 60, 13), c)
    e.fill(oval(408, 660, 22, 4), WHITE, 0.6)


def cookies(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 650, 220)
    dough = mix(c, (216, 164, 98), 0.55)
    chip = (84, 50, 34) if lightness(c) > 0.42 else (58, 36, 28)

    def flat(x: float, y: float) -> None:
        e.fill(rect(x - 150, y - 22, 300, 58, 29), down(dough, 0.3))
        e.fill(rect(x - 150, y - 30, 300, 52, 26), round_along(y - 30, y + 22, dough))
        for _ in range(7):
            e.fill(oval(x + r.uniform(-124, 124), y + r.uniform(-20, 10), 12, 8), chip)

    for number in range(5):
        flat(250 + r.uniform(-12, 12), 620 - number * 52)
    with e.turned(r.uniform(-12, 12), (404, 470)):
        x, y, size = 396, 500, 152
        e.fill(oval(x + 4, y + 12, size), down(dough, 0.42))
        biscuit = oval(x, y, size)
        e.fill(biscuit, slant((x - size, y - size, size * 2, size * 2), dough, 0.28, 0.16))
        for _ in range(70):
            e.fill(
                oval(x + r.uniform(-130, 130), y + r.uniform(-130, 130), r.uniform(2, 5)),
                down(dough, 0.2),
                0.6,
                biscuit,
            )
        for dx, dy, wide in (
            (-70, -60, 21),
            (10, -92, 18),
            (76, -48, 22),
            (-96, 16, 17),
            (-24, -8, 23),
            (54, 22, 20),
            (104, 34, 15),
            (-50, 76, 21),
            (24, 92, 19),
            (80, 96, 14),
        ):
            with e.turned(dx * 2, (x + dx, y + dy)):
                e.fill(rect(x + dx - wide, y + dy - wide * 0.7, wide * 2, wide * 1.5, wide * 0.6), down(chip, 0.3))
                e.fill(rect(x + dx - wide, y + dy - wide * 0.8, wide * 2, wide * 1.4, wide * 0.6), up(chip, 0.08))
                e.fill(oval(x + dx - wide * 0.3, y + dy - wide * 0.35, wide * 0.4, wide * 0.2), up(chip, 0.4), 0.7)
    for _ in range(9):
        e.fill(
            oval(r.uniform(70, 540), r.uniform(654, 684), r.uniform(4, 9), r.uniform(3, 6)),
            down(dough, r.uniform(0, 0.25)),
        )


DRAWINGS = {
    "tea": tea,
    "coffee": coffee,
    "chocolate": chocolate,
    "honey": honey,
    "cookies": cookies,
}
