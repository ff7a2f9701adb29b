"""Bottles, jars and tubes, and the machines beside the mirror."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GOLD,
    INK,
    WHITE,
    Gradient,
    Rgb,
    chrome,
    down,
    fall,
    mix,
    round_across,
    round_along,
    slant,
    up,
)


def _leaf(e: Easel, x: float, y: float, size: float, angle: float, tone: Rgb) -> None:
    wide, half = size * 0.45, size * 0.5
    with e.turned(angle, (x, y)):
        e.fill(
            curve(f"M {x} {y} Q {x - wide} {y - half} {x} {y - size} Q {x + wide} {y - half} {x} {y} Z"),
            tone,
        )
        e.line([(x, y), (x, y - size * 0.8)], 2, up(tone, 0.4))


def shampoo(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 128)
    if r.randrange(2):
        e.fill(rect(290, 150, 20, 90), round_across(290, 310, up(COAL, 0.5)))
        e.line(curve("M 300 150 L 240 146 Q 216 146 212 172"), 22, slant((210, 140, 90, 40), WHITE, 0.1, 0.2))
        e.fill(rect(262, 132, 76, 34, 14), round_across(262, 338, (244, 244, 242)))
        e.fill(rect(248, 216, 104, 44, 10), round_across(248, 352, (240, 240, 238)))
    else:
        e.fill(rect(234, 168, 132, 92, 18), round_across(234, 366, (242, 242, 240)))
        e.line([(236, 204), (364, 204)], 3, (190, 192, 198))
    body = both("M 300 250 L 232 250 Q 186 262 182 320 L 182 620 Q 182 664 226 664 L 300 664")
    e.fill(body, round_across(182, 418, c))
    e.fill(rect(204, 350, 192, 240, 16), (252, 251, 247), 0.94)
    for number, angle in enumerate((-60, -25, 10, 45)):
        _leaf(e, 300, 462, 66 - number % 2 * 10, angle, mix(c, (70, 120, 80), 0.5))
    ink = mix(c, INK, 0.65)
    for y, width in ((490, 130), (512, 96), (552, 60)):
        e.fill(rect(300 - width / 2, y, width, 9, 4), ink, 0.8)
    for x, y, size in ((110, 640, 22), (146, 612, 13), (470, 646, 16), (496, 616, 10)):
        e.fill(oval(x, y, size), WHITE, 0.7)
        e.line(arc(x, y, size, size, 0, 360), 2, mix(c, WHITE, 0.4))
    e.fill(rect(196, 300, 12, 320, 6), WHITE, 0.5)


def face_cream(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(310, 650, 200)
    with e.turned(-62, (462, 560)):
        e.fill(oval(470, 530, 106, 30), down(GOLD, 0.1))
        e.fill(both("M 470 530 L 364 530 L 364 584 Q 380 612 470 612", 470), round_across(364, 576, GOLD))
    jar = both("M 262 410 L 106 410 Q 96 420 96 450 L 104 600 Q 110 648 160 650 L 262 650", 262)
    e.fill(jar, round_across(96, 428, c))
    e.fill(rect(122, 380, 280, 48, 10), round_across(122, 402, up(c, 0.35)))
    e.fill(oval(262, 382, 140, 30), up(c, 0.5))
    e.fill(oval(262, 382, 128, 25), (255, 252, 246))
    swirl = curve(
        "M 160 380 C 180 330 240 350 262 312 C 268 296 286 292 290 300 "
        "C 284 320 320 330 344 352 C 360 366 364 376 360 384 Q 262 410 160 380 Z"
    )
    e.fill(swirl, fall(300, 396, (255, 252, 246), 0.2, 0.1))
    e.line(curve("M 196 372 C 240 350 290 370 320 352"), 5, (226, 220, 212), 0.8)
    e.fill(rect(166, 470, 192, 130, 8), (255, 254, 250), 0.9)
    ink = mix(c, INK, 0.7)
    for y, width in ((494, 120), (520, 150), (560, 70)):
        e.fill(rect(262 - width / 2, y, width, 9, 4), ink, 0.8)
    e.fill(rect(118, 450, 14, 170, 7), WHITE, 0.55)


def lipstick(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(270, 668, 100)
    e.shadow(420, 668, 70, 0.3)
    stick = curve("M 218 340 L 218 196 C 236 150 296 130 322 150 L 322 340 Z")
    e.fill(stick, round_across(218, 322, c))
    e.fill(curve("M 218 200 C 236 150 300 128 322 150 C 312 186 262 216 218 220 Z"), up(c, 0.25))
    e.fill(rect(206, 330, 128, 96, 8), round_across(206, 334, GOLD))
    for y in (350, 400):
        e.line([(206, y), (334, y)], 3, down(GOLD, 0.4))
    e.fill(rect(190, 420, 160, 246, 14), round_across(190, 350, (44, 42, 52)))
    e.fill(rect(190, 440, 160, 10), GOLD)
    e.fill(oval(270, 540, 26), GOLD)
    e.fill(oval(270, 540, 20), (44, 42, 52))
    e.fill(rect(376, 430, 100, 236, 12), round_across(376, 476, (52, 50, 60)))
    e.fill(rect(376, 640, 100, 14), GOLD)
    swipe = curve("M 70 180 Q 116 150 168 158 Q 176 172 168 186 Q 110 178 74 208 Q 62 196 70 180 Z")
    for dy, alpha in ((0, 0.9), (44, 0.75), (88, 0.6)):
        e.fill([(x, y + dy) for x, y in swipe], slant((60, 150 + dy, 110, 60), c, 0.25, 0.1), alpha)


def perfume(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 160)
    e.fill(rect(258, 152, 84, 100, 12), round_across(258, 342, GOLD))
    e.fill(rect(272, 246, 56, 44), chrome(272, 328))
    outer = (
        rect(150, 282, 300, 378, 34),
        both("M 300 284 L 240 284 C 160 320 130 430 150 560 Q 170 660 240 660 L 300 660"),
        oval(300, 470, 186, 190),
    )[r.randrange(3)]
    inner = [(300 + (x - 300) * 0.86, 478 + (y - 478) * 0.86) for x, y in outer]
    e.fill(outer, (236, 241, 245), 0.9)
    stops = ((0.0, up(c, 0.6)), (0.35, up(c, 0.3)), (1.0, down(c, 0.08)))
    e.fill(inner, Gradient((0, 300), (0, 650), stops))
    e.fill(curve("M 150 300 L 250 300 L 190 660 L 150 660 Z"), WHITE, 0.3, inner)
    e.line([*outer, outer[0]], 4, WHITE, 0.9)
    e.line([(300, 300), (306, 620)], 3, up(c, 0.6), 0.6)
    e.fill(rect(222, 430, 156, 108, 4), (255, 253, 248), 0.94)
    e.line([*rect(230, 438, 140, 92, 2), (230, 438)], 2, GOLD)
    e.fill(rect(256, 466, 88, 10, 4), INK)
    e.fill(rect(274, 494, 52, 6, 3), INK, 0.6)
    e.glow((220, 400), 40, 90, WHITE, 0.6, outer)


def electric_toothbrush(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 110)
    e.fill(rect(284, 60, 32, 92, 14), round_across(284, 316, (248, 248, 248)))
    for row in range(7):
        tone = (96, 176, 226) if row % 2 else WHITE
        e.fill(rect(250, 64 + row * 12, 40, 10, 4), fall(64, 150, tone, 0.2, 0.1))
    e.fill(both("M 300 140 L 288 140 L 284 280 L 276 312 L 300 312"), round_across(276, 324, (246, 246, 246)))
    e.fill(rect(274, 286, 52, 12, 4), c)
    body = both("M 300 312 L 272 312 Q 254 350 250 420 L 250 600 Q 252 646 270 650 L 300 650")
    e.fill(body, round_across(250, 350, c))
    e.fill(rect(280, 372, 40, 62, 20), down(c, 0.2))
    e.fill(oval(300, 402, 12), up(c, 0.6))
    mode = r.randrange(4)
    for number in range(4):
        e.fill(oval(300, 468 + number * 26, 5), (96, 214, 150) if number == mode else up(c, 0.4))
    e.fill(rect(258, 350, 9, 260, 4), WHITE, 0.45)
    stand = both("M 300 636 C 236 638 216 650 214 660 Q 240 670 300 670")
    e.fill(stand, round_across(214, 386, up(c, 0.2)))


def hair_dryer(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(378, 662, 90)
    for y, alpha in ((268, 0.5), (310, 0.7), (352, 0.5)):
        e.line(curve(f"M 100 {y} C 76 {y - 16} 56 {y + 16} 26 {y}"), 9, WHITE, alpha)
    e.line(curve("M 376 640 C 390 700 520 690 560 610"), 12, COAL)
    handle = curve("M 318 390 L 420 390 L 412 640 Q 376 660 340 640 Z")
    e.fill(handle, round_across(318, 420, down(c, 0.08)))
    e.fill(rect(356, 446, 26, 80, 12), COAL)
    e.fill(rect(360, 454, 18, 26, 8), up(COAL, 0.4))
    e.fill(rect(356, 546, 26, 34, 10), (96, 160, 220))
    body = curve("M 170 230 C 280 200 420 190 480 240 C 530 290 520 370 470 400 C 420 430 280 404 170 388 Z")
    e.fill(body, round_along(204, 416, c))
    e.fill(curve("M 176 236 L 120 224 Q 108 310 120 396 L 176 384 Z"), round_along(226, 394, COAL))
    e.fill(oval(122, 310, 14, 84), down(COAL, 0.5))
    e.fill(oval(466, 312, 44, 74), down(c, 0.35))
    grille = oval(470, 312, 34, 60)
    e.fill(grille, COAL)
    for y in range(268, 360, 13):
        e.line([(446, y), (494, y)], 3, up(COAL, 0.3), 1.0, grille)
    e.line(curve("M 216 222 Q 206 310 216 396"), 8, GOLD)
    e.fill(curve("M 240 232 C 320 214 400 214 440 232 C 380 232 300 240 240 256 Z"), WHITE, 0.45)


DRAWINGS = {
    "shampoo": shampoo,
    "face_cream": face_cream,
    "lipstick": lipstick,
    "perfume": perfume,
    "electric_toothbrush": electric_toothbrush,
    "hair_dryer": hair_dryer,
}
