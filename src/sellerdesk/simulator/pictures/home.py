"""Textiles and things that stand about the house."""

from __future__ import annotations

import math
from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GOLD,
    INK,
    WHITE,
    WOOD,
    Gradient,
    Rgb,
    contrast,
    down,
    fall,
    lightness,
    mix,
    round_across,
    round_along,
    slant,
    up,
)


def bed_linen(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 690, 280)
    e.fill(rect(66, 176, 468, 330, 40), slant((66, 176, 468, 330), (186, 150, 114), 0.2, 0.2))
    e.fill(rect(92, 200, 416, 300, 28), slant((92, 200, 416, 300), (206, 174, 140), 0.2, 0.1))
    for x in (76, 484):
        e.fill(rect(x, 640, 36, 46, 6), down(WOOD, 0.25))
    e.fill(rect(48, 470, 504, 190, 34), fall(470, 660, up(c, 0.55), 0.2, 0.12))
    pale = up(c, 0.62)
    for x in (92, 308):
        pillow = curve(
            f"M {x} 340 Q {x + 100} 318 {x + 200} 340 Q {x + 214} 400 {x + 200} 452 "
            f"Q {x + 100} 468 {x} 452 Q {x - 14} 400 {x} 340 Z"
        )
        e.fill(pillow, slant((x, 330, 200, 130), pale, 0.4, 0.14))
        e.line(curve(f"M {x + 14} 356 Q {x + 100} 340 {x + 186} 356"), 3, down(pale, 0.14))
        e.glow((x + 90, 420), 70, 26, down(pale, 0.3), 0.35, pillow)
    duvet = curve(
        "M 40 470 Q 300 436 560 470 L 574 640 Q 570 672 530 668 Q 440 654 400 672 "
        "Q 340 656 290 672 Q 220 652 160 672 Q 90 656 60 668 Q 24 668 26 640 Z"
    )
    e.fill(duvet, slant((30, 440, 540, 240), c, 0.22, 0.18))
    motif, ink = r.randrange(3), up(c, 0.5) if lightness(c) < 0.75 else down(c, 0.16)
    if motif == 0:
        for x in range(40, 580, 34):
            e.fill(rect(x, 440, 10, 240), ink, 0.6, duvet)
    elif motif == 1:
        for row in range(6):
            for column in range(14):
                e.fill(oval(46 + column * 42 + row % 2 * 21, 486 + row * 34, 6), ink, 0.8, duvet)
    else:
        for row in range(5):
            for column in range(9):
                x, y = 60 + column * 62 + row % 2 * 31, 496 + row * 42
                for angle in (-40, 0, 40):
                    with e.turned(angle, (x, y)):
                        e.fill(oval(x, y - 10, 4, 11), ink, 0.75, duvet)
    fold = curve("M 40 470 Q 300 436 560 470 L 562 516 Q 300 482 38 516 Z")
    e.fill(fold, fall(446, 516, pale, 0.3, 0.06))
    for x in (170, 300, 430):
        e.line(curve(f"M {x} 530 Q {x + 14} 600 {x - 4} 664"), 5, down(c, 0.25), 0.4, duvet)


def pillow(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 606, 226)
    shape = curve(
        "M 74 248 Q 90 232 130 254 Q 300 216 470 254 Q 510 232 526 248 Q 540 266 516 302 "
        "Q 538 420 516 530 Q 540 574 524 590 Q 508 604 470 580 Q 300 616 130 580 "
        "Q 92 604 76 590 Q 60 574 84 530 Q 62 420 84 302 Q 60 266 74 248 Z"
    )
    e.fill(shape, slant((70, 230, 460, 370), c, 0.35, 0.2))
    e.glow((280, 380), 200, 130, up(c, 0.7), 0.7, shape)
    e.glow((420, 540), 190, 90, down(c, 0.4), 0.35, shape)
    e.line(shape[2:-2], 5, down(c, 0.2), 0.6)
    for path in (
        "M 96 276 Q 150 310 160 350",
        "M 504 276 Q 450 312 440 350",
        "M 100 560 Q 150 530 164 500",
        "M 502 560 Q 456 534 440 500",
    ):
        e.line(curve(path), 5, down(c, 0.22), 0.5)
    for x in range(150, 460, 62):
        for y in range(320, 540, 62):
            e.fill(oval(x + (y // 62 % 2) * 31, y, 3.5), down(c, 0.2), 0.5, shape)
    e.fill(rect(490, 486, 40, 46, 6), mix(c, (90, 150, 200), 0.7))


def blanket(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 650, 230)
    ink, pale = down(c, 0.24), up(c, 0.4)
    for number, top in enumerate((540, 440, 340)):
        shift = (0, 8, -6)[number]
        layer = rect(84 + shift, top, 432, 108, 50)
        e.fill(layer, round_along(top, top + 108, c))
        for x in range(100, 520, 88):
            e.fill(rect(x + shift, top, 24, 108), ink, 0.45, layer)
            e.fill(rect(x + shift + 42, top, 7, 108), pale, 0.65, layer)
        e.fill(rect(80, top + 44, 440, 14), ink, 0.4, layer)
        e.fill(rect(80, top + 76, 440, 6), pale, 0.5, layer)
        e.line([(470 + shift, top + 54), (130 + shift, top + 54)], 3, down(c, 0.4), 0.4)
    drape = curve("M 330 336 L 480 340 Q 500 470 486 600 L 330 606 Q 344 460 330 336 Z")
    e.fill(drape, round_across(326, 500, up(c, 0.04)))
    for y in range(360, 600, 76):
        e.fill(rect(320, y, 190, 22), ink, 0.45, drape)
        e.fill(rect(320, y + 38, 190, 7), pale, 0.65, drape)
    for x in (356, 420):
        e.fill(rect(x, 330, 24, 280), ink, 0.4, drape)
    for x in range(334, 486, 13):
        e.line([(x, 600), (x + r.uniform(-3, 3), 640)], 6, up(c, 0.1))


def towel(e: Easel, c: Rgb, r: Random) -> None:
    e.line([(110, 190), (490, 190)], 18, (176, 182, 190))
    e.line([(112, 186), (488, 186)], 5, WHITE)
    for x in (110, 490):
        e.fill(oval(x, 190, 18), (150, 156, 166))
    e.glow((320, 430), 230, 300, (40, 38, 60), 0.22)
    back = rect(164, 186, 272, 400, 10)
    e.fill(back, down(c, 0.24))
    front = curve("M 150 196 Q 150 176 176 176 L 424 176 Q 450 176 450 196 L 454 640 Q 300 652 146 640 Z")
    stops = (
        (0.0, down(c, 0.16)),
        (0.16, up(c, 0.12)),
        (0.34, down(c, 0.06)),
        (0.55, up(c, 0.16)),
        (0.78, down(c, 0.05)),
        (1.0, down(c, 0.22)),
    )
    e.fill(front, Gradient((146, 0), (454, 0), stops))
    for row in range(44):
        for column in range(22):
            e.fill(
                rect(154 + column * 13.6 + row % 2 * 6, 212 + row * 9.6, 4, 4),
                up(c, 0.28) if (row + column) % 3 else down(c, 0.1),
            )
    band = mix(c, contrast(c), 0.28)
    for y, high in ((528, 10), (548, 34), (592, 10)):
        e.fill(rect(140, y, 320, high), band, 0.9, front)
    e.fill(rect(140, 628, 320, 24), down(c, 0.12), 0.8, front)
    e.line(curve("M 176 176 Q 300 184 424 176"), 6, up(c, 0.4), 0.8)


def desk_lamp(e: Easel, c: Rgb, r: Random) -> None:
    cone = curve("M 176 380 L 66 650 L 380 650 L 300 330 Z")
    e.fill(cone, Gradient((230, 350), (210, 660), ((0.0, (255, 240, 190)), (1.0, (255, 250, 232)))), 0.5)
    e.glow((224, 650), 190, 40, (255, 244, 200), 0.9)
    e.shadow(400, 664, 120)
    e.line([(400, 640), (446, 410)], 18, slant((396, 410, 50, 230), COAL, 0.3, 0.1))
    e.line([(446, 410), (300, 216)], 18, slant((300, 216, 146, 194), COAL, 0.3, 0.1))
    e.fill(oval(446, 410, 22), c)
    e.fill(oval(446, 410, 10), up(c, 0.5))
    e.fill(both("M 400 626 C 330 628 296 644 296 658 Q 340 668 400 668", 400), round_across(296, 504, c))
    with e.turned(32, (268, 254)):
        e.fill(oval(268, 356, 102, 22), (255, 236, 170))
        shade = both("M 268 190 L 236 190 Q 222 262 164 352 Q 200 384 268 384", 268)
        e.fill(shade, round_across(164, 372, c))
        e.fill(oval(268, 360, 88, 17), (255, 248, 214))
        e.fill(rect(240, 164, 56, 34, 12), round_across(240, 296, down(c, 0.2)))
    e.fill(oval(384, 644, 9, 5), (255, 150, 70))


def candle(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((300, 226), 200, 200, (255, 222, 150), 0.75)
    e.shadow(300, 664, 150)
    jar = rect(164, 296, 272, 366, 30)
    e.fill(jar, (238, 243, 246), 0.75)
    wax = rect(176, 366, 248, 284, 24)
    e.fill(wax, round_across(176, 424, c))
    e.fill(oval(300, 368, 124, 22), up(c, 0.45))
    e.glow((300, 366), 90, 18, (255, 240, 190), 0.9)
    e.line([(300, 364), (300, 318)], 6, COAL)
    flame = curve("M 300 200 C 336 250 340 300 300 324 C 260 300 264 250 300 200 Z")
    e.fill(flame, fall(200, 324, (255, 168, 60), 0.35, 0.0))
    e.fill(curve("M 300 250 C 318 280 318 304 300 318 C 282 304 282 280 300 250 Z"), (255, 246, 206))
    e.fill(rect(178, 306, 26, 340, 13), WHITE, 0.5)
    e.line(arc(300, 300, 135, 20, 180, 360), 4, WHITE, 0.9)
    e.fill(rect(222, 446, 156, 136, 10), (252, 250, 246))
    e.line([*rect(232, 456, 136, 116, 6), (232, 460)], 2.5, mix(GOLD, COAL, 0.2))
    with e.turned(-20, (300, 500)):
        e.fill(curve("M 300 530 Q 268 500 300 462 Q 332 500 300 530 Z"), mix(c, COAL, 0.25))
    e.fill(rect(258, 546, 84, 7, 3), mix(COAL, WHITE, 0.3))


def vase(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 112)
    stems = ((300, 130), (218, 186), (382, 176), (262, 234), (346, 246))
    bloom = ((240, 130, 150), (250, 190, 90), (238, 238, 245), (170, 130, 210))[r.randrange(4)]
    for x, y in stems:
        e.line(curve(f"M 300 420 Q {300 + (x - 300) * 0.3} {y + 160} {x} {y}"), 6, (104, 148, 88))
    for x, y, angle in ((250, 330, -50), (352, 340, 40), (278, 270, -30), (330, 290, 44)):
        with e.turned(angle, (x, y)):
            e.fill(
                curve(f"M {x} {y + 30} Q {x - 26} {y - 10} {x} {y - 50} Q {x + 26} {y - 10} {x} {y + 30} Z"),
                (122, 170, 104),
            )
    for x, y in stems:
        for petal in range(8):
            with e.turned(petal * 45, (x, y)):
                e.fill(oval(x, y - 30, 14, 28), bloom if petal % 2 else down(bloom, 0.07))
        e.fill(oval(x, y, 17), (240, 184, 72))
        e.fill(oval(x, y, 10), (206, 140, 50))
    shapes = (
        "M 300 380 L 256 380 Q 262 430 222 470 C 180 520 186 620 236 662 L 300 662",
        "M 300 380 L 244 380 C 262 450 204 480 196 550 C 192 610 216 650 246 662 L 300 662",
        "M 300 380 L 262 380 L 262 450 C 200 480 196 600 232 662 L 300 662",
    )
    body = both(shapes[r.randrange(3)])
    e.fill(body, round_across(190, 410, c))
    for y in (546, 562):
        e.fill(rect(180, y, 240, 6), up(c, 0.5), 0.5, body)
    e.glow((244, 540), 22, 80, WHITE, 0.6)
    e.fill(oval(300, 381, 50, 9), down(c, 0.4))


def wall_clock(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((318, 424), 270, 270, (40, 38, 60), 0.42)
    e.fill(oval(300, 390, 226), slant((80, 170, 440, 440), c, 0.35, 0.35))
    e.fill(oval(300, 390, 200), down(c, 0.4))
    e.fill(oval(300, 390, 196), slant((110, 200, 380, 380), (250, 249, 246), 0.3, 0.06))
    for hour in range(60):
        angle = math.radians(hour * 6)
        x, y = math.sin(angle), -math.cos(angle)
        inner = 156 if hour % 15 == 0 else 164 if hour % 5 == 0 else 176
        width = 11 if hour % 15 == 0 else 7 if hour % 5 == 0 else 2.5
        e.line([(300 + inner * x, 390 + inner * y), (300 + 182 * x, 390 + 182 * y)], width, INK)
    for degrees, length, width, ink in ((305, 96, 14, INK), (55, 138, 10, INK), (200, 150, 4, (214, 70, 60))):
        angle = math.radians(degrees)
        x, y = math.sin(angle), -math.cos(angle)
        e.line([(300 - 30 * x, 390 - 30 * y), (300 + length * x, 390 + length * y)], width, ink)
    e.fill(oval(300, 390, 15), INK)
    e.fill(oval(300, 390, 7), (214, 70, 60))
    e.fill(curve("M 160 330 C 190 250 250 214 320 206 C 260 240 210 290 190 360 Z"), WHITE, 0.5)


DRAWINGS = {
    "bed_linen": bed_linen,
    "pillow": pillow,
    "blanket": blanket,
    "towel": towel,
    "desk_lamp": desk_lamp,
    "candle": candle,
    "vase": vase,
    "wall_clock": wall_clock,
}
