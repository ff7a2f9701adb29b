"""What lies on a desk."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, both, curve, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GOLD,
    INK,
    STEEL,
    WHITE,
    Rgb,
    chrome,
    contrast,
    down,
    fall,
    mix,
    parse,
    round_across,
    round_along,
    slant,
    up,
)

_PENCILS = tuple(parse(code) for code in ("#e2574c", "#f0b23c", "#4fa36b", "#3f86c9", "#9a6cc0"))


def notebook(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(310, 672, 190)
    with e.turned(6, (300, 420)):
        e.fill(rect(150, 148, 322, 520, 18), down(c, 0.5))
        for number in range(5):
            e.fill(
                rect(150, 144, 316 - number * 2, 516 - number * 3, 10),
                (250 - number % 2 * 24, 247 - number % 2 * 24, 238 - number % 2 * 22),
            )
        cover = rect(136, 132, 318, 510, 18)
        e.fill(cover, slant((136, 132, 318, 510), c, 0.24, 0.2))
        e.fill(rect(136, 132, 46, 510, 18), down(c, 0.16), 0.8)
        e.line([(184, 134), (184, 640)], 3, down(c, 0.4), 0.6)
        e.fill(rect(404, 130, 16, 514), down(c, 0.42))
        motif, ink = r.randrange(3), mix(c, contrast(c), 0.75)
        if motif == 0:
            e.fill(rect(222, 230, 150, 86, 6), (252, 250, 244))
            for y, width in ((252, 96), (276, 66)):
                e.fill(rect(297 - width / 2, y, width, 9, 4), INK, 0.75)
        elif motif == 1:
            for number in range(4):
                e.fill(
                    both(
                        f"M 294 {300 + number * 44} Q 244 {280 + number * 44} 232 {236 + number * 44} "
                        f"Q 286 {244 + number * 44} 294 {290 + number * 44}",
                        294,
                    ),
                    ink,
                    0.85,
                )
            e.line([(294, 240), (294, 520)], 5, ink)
        else:
            for number in range(5):
                e.line(oval(294, 380, 24 + number * 20), 4, ink, 0.8)
        e.line(curve("M 250 640 Q 256 690 246 716"), 9, (206, 60, 52))


def pen_set(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 684, 230, 0.34)
    tones = (c, *[tone for tone in _PENCILS if tone != c][:4])
    e.fill(rect(92, 110, 416, 566, 14), (236, 241, 246), 0.85)
    e.fill(rect(92, 110, 416, 112, 14), slant((92, 110, 416, 112), c, 0.22, 0.16))
    e.fill(rect(260, 128, 80, 20, 10), (226, 229, 234))
    for y, width in ((168, 190), (192, 110)):
        e.fill(rect(300 - width / 2, y, width, 11, 5), contrast(c), 0.9)
    for number, x in enumerate((146, 223, 300, 377, 454)):
        tone = tones[(0, 1, 0, 3, 4)[number]]
        e.fill(rect(x - 10, 250, 36, 370, 12), (40, 38, 60), 0.12)
        e.fill(rect(x - 17, 360, 34, 230, 6), round_across(x - 17, x + 17, (244, 246, 248)))
        e.fill(rect(x - 6, 370, 12, 200, 5), tone)
        e.fill(rect(x - 20, 244, 40, 170, 14), round_across(x - 20, x + 20, tone))
        e.fill(rect(x + 12, 262, 12, 120, 6), chrome(x + 12, x + 24))
        e.fill(rect(x - 20, 544, 40, 60, 8), round_across(x - 20, x + 20, down(tone, 0.2)))
        for y in range(554, 600, 10):
            e.line([(x - 18, y), (x + 18, y)], 3, down(tone, 0.45))
        e.fill([(x - 18, 602), (x + 18, 602), (x + 6, 640), (x - 6, 640)], chrome(x - 18, x + 18))
        e.fill([(x - 4, 640), (x + 4, 640), (x, 654)], INK)
    e.fill(curve("M 110 230 L 190 230 L 130 670 L 110 670 Z"), WHITE, 0.3)
    e.line(rect(92, 110, 416, 566, 14), 3, WHITE, 0.9)


def stapler(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 612, 260, 0.44)
    e.fill(
        curve("M 50 586 Q 50 560 80 560 L 530 560 Q 556 562 556 590 Q 556 612 530 612 L 76 612 Q 50 612 50 586 Z"),
        round_along(560, 612, COAL),
    )
    e.fill(rect(76, 546, 66, 18, 6), chrome(76, 142))
    with e.turned(-11, (500, 520)):
        e.fill(rect(84, 504, 420, 34, 6), round_along(504, 538, (178, 184, 192)))
        e.fill(rect(84, 532, 30, 16, 3), (120, 126, 136))
        top = curve(
            "M 66 500 C 66 470 90 452 140 444 C 260 420 420 400 500 420 "
            "Q 548 436 546 500 L 540 524 L 80 512 Q 66 510 66 500 Z"
        )
        e.fill(top, slant((66, 410, 480, 110), c, 0.32, 0.25))
        e.fill(curve("M 96 474 C 200 440 380 424 480 436 C 380 440 220 462 110 490 Z"), WHITE, 0.4)
        e.fill(rect(380, 462, 90, 22, 11), down(c, 0.35))
    e.fill(curve("M 452 560 L 470 470 Q 520 440 546 480 L 552 566 Z"), down(c, 0.25))
    e.fill(oval(508, 520, 17), chrome(491, 525))
    for x, angle in ((120, 12), (196, -20), (270, 34)):
        with e.turned(angle, (x, 656)):
            e.line([(x, 668), (x, 650), (x + 44, 650), (x + 44, 668)], 5, (140, 146, 156))


_DIGITS = {"1": "cf", "2": "acdeg", "8": "abcdefg", "0": "abcefg", "5": "abdfg", "4": "bcdf", "7": "acf", "9": "abcdfg"}
_SEGMENTS = {
    "a": ((0, 0), (1, 0)),
    "b": ((0, 0), (0, 1)),
    "c": ((1, 0), (1, 1)),
    "d": ((0, 1), (1, 1)),
    "e": ((0, 1), (0, 2)),
    "f": ((1, 1), (1, 2)),
    "g": ((0, 2), (1, 2)),
}


def calculator(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 190)
    e.fill(rect(132, 134, 336, 536, 36), down(c, 0.42))
    e.fill(rect(132, 122, 336, 532, 36), slant((132, 122, 336, 532), c, 0.26, 0.18))
    e.fill(rect(330, 148, 108, 34, 5), (56, 40, 40))
    for x in (356, 384, 411):
        e.line([(x, 148), (x, 182)], 2, (110, 84, 80))
    e.fill(rect(164, 160, 90, 10, 5), mix(c, contrast(c), 0.7))
    e.fill(rect(158, 196, 284, 96, 12), down(c, 0.5))
    e.fill(rect(166, 204, 268, 80, 8), fall(204, 284, (196, 212, 190), 0.2, 0.06))
    for number, digit in enumerate(("1", "2", "8", "4", "5", "0")[r.randrange(2) :]):
        left = 410 - (5 - number) * 38
        for segment in _DIGITS[digit]:
            (x0, y0), (x1, y1) = _SEGMENTS[segment]
            e.line(
                [(left + x0 * 18 - y0 * 2, 224 + y0 * 20), (left + x1 * 18 - y1 * 2, 224 + y1 * 20)], 4.5, (44, 54, 46)
            )
    light, dark = up(c, 0.55), down(mix(c, COAL, 0.5), 0.25)
    for row in range(5):
        for column in range(4):
            if (row, column) == (4, 3):
                continue
            x, y = 160 + column * 72, 320 + row * 64
            tone = (232, 110, 70) if (row, column) == (0, 0) else dark if column == 3 or row == 0 else light
            high = 114 if (row, column) == (3, 3) else 50
            e.fill(rect(x, y + 5, 62, high, 12), down(tone, 0.4))
            e.fill(rect(x, y, 62, high, 12), fall(y, y + high, tone, 0.14, 0.06))
            mark = contrast(tone)
            if column == 3:
                e.line([(x + 22, y + high / 2), (x + 40, y + high / 2)], 5, mark)
                if row in (0, 3):
                    e.line([(x + 31, y + high / 2 - 9), (x + 31, y + high / 2 + 9)], 5, mark)
            else:
                e.fill(rect(x + 24, y + 17, 14, 16, 4), mark, 0.8)


def desk_organizer(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 230)
    for number, (x, high, angle) in enumerate(((150, 230, -7), (186, 270, -2), (222, 240, 4), (256, 262, 8))):
        tone = _PENCILS[number]
        with e.turned(angle, (x, 480)):
            e.fill(rect(x - 13, 480 - high, 26, high), round_across(x - 13, x + 13, tone))
            e.fill([(x - 13, 481 - high), (x + 13, 481 - high), (x, 440 - high)], (240, 210, 168))
            e.fill([(x - 4, 453 - high), (x + 4, 453 - high), (x, 440 - high)], tone)
    with e.turned(12, (380, 420)):
        e.line(both("M 370 240 C 340 210 330 290 366 300", 370), 10, (226, 84, 74))
        e.fill([(352, 300), (366, 300), (392, 420), (372, 430)], STEEL)
        e.fill([(388, 300), (374, 300), (352, 420), (368, 430)], (168, 174, 184))
    e.fill(rect(330, 400, 70, 100, 4), (252, 220, 110))
    e.fill(rect(342, 386, 70, 100, 4), (252, 236, 160))
    e.fill(rect(440, 380, 78, 120, 6), (250, 250, 248))
    e.fill(rect(426, 396, 78, 110, 6), (222, 236, 246))
    e.fill(rect(96, 400, 200, 264, 14), slant((96, 400, 200, 264), c, 0.24, 0.18))
    e.fill(rect(96, 400, 200, 16, 8), up(c, 0.35))
    e.fill(rect(300, 460, 110, 204, 12), slant((300, 460, 110, 204), down(c, 0.06), 0.2, 0.2))
    e.fill(rect(300, 460, 110, 14, 7), up(c, 0.3))
    e.fill(rect(414, 490, 102, 174, 12), slant((414, 490, 102, 174), down(c, 0.12), 0.2, 0.22))
    e.fill(rect(414, 490, 102, 14, 7), up(c, 0.25))
    e.fill(rect(96, 580, 420, 84, 14), slant((96, 580, 420, 84), down(c, 0.04), 0.14, 0.2))
    e.line([(100, 582), (512, 582)], 4, down(c, 0.4), 0.6)
    e.fill(oval(306, 622, 13), GOLD)
    e.fill(rect(120, 430, 12, 130, 6), WHITE, 0.35)


DRAWINGS = {
    "notebook": notebook,
    "pen_set": pen_set,
    "stapler": stapler,
    "calculator": calculator,
    "desk_organizer": desk_organizer,
}
