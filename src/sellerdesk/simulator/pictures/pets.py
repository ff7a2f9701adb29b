"""For dogs and cats."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GOLD,
    INK,
    WHITE,
    Rgb,
    chrome,
    contrast,
    down,
    fall,
    mix,
    round_across,
    slant,
    up,
)


def _paw(e: Easel, x: float, y: float, size: float, tone: Rgb, alpha: float = 1.0) -> None:
    e.fill(
        curve(
            f"M {x} {y - size * 0.1} C {x - size * 0.7} {y} {x - size * 0.6} {y + size * 0.8} {x} {y + size * 0.6} "
            f"C {x + size * 0.6} {y + size * 0.8} {x + size * 0.7} {y} {x} {y - size * 0.1} Z"
        ),
        tone,
        alpha,
    )
    for dx, dy in ((-0.72, -0.1), (-0.28, -0.52), (0.28, -0.52), (0.72, -0.1)):
        e.fill(oval(x + dx * size, y + dy * size, size * 0.2, size * 0.26), tone, alpha)


def dog_food(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 190)
    bag = both("M 300 150 L 152 150 Q 160 180 150 220 Q 126 420 138 640 Q 150 664 190 664 L 300 664")
    e.fill(bag, round_across(130, 470, c))
    e.fill(rect(140, 140, 320, 46, 4), round_across(140, 460, down(c, 0.24)))
    for x in range(152, 456, 12):
        e.line([(x, 146), (x, 180)], 3, down(c, 0.4), 0.5)
    e.fill(both("M 300 240 C 200 240 170 300 170 380 C 170 470 220 520 300 520"), up(c, 0.82), 0.96)
    fur, dark = (206, 158, 104), (120, 78, 50)
    for flip in (False, True):
        ear = curve("M 236 306 C 190 300 176 380 206 430 C 232 430 244 380 250 340 Z")
        e.fill(mirror(ear) if flip else ear, dark)
    e.fill(oval(300, 374, 76, 84), fur)
    e.fill(curve("M 300 292 Q 322 330 314 400 L 286 400 Q 278 330 300 292 Z"), up(fur, 0.5))
    e.fill(oval(300, 416, 46, 38), up(fur, 0.55))
    e.fill(oval(300, 394, 20, 14), INK)
    for x in (268, 332):
        e.fill(oval(x, 352, 10, 12), INK)
        e.fill(oval(x - 3, 348, 3.5), WHITE)
    e.line(arc(284, 416, 16, 14, 0, 130), 4, INK)
    e.line(arc(316, 416, 16, 14, 50, 180), 4, INK)
    e.fill(both("M 300 430 L 286 430 Q 284 462 300 466"), (236, 110, 120))
    ink = contrast(c)
    for y, width, high in ((550, 190, 20), (586, 120, 14)):
        e.fill(rect(300 - width / 2, y, width, high, high / 2), ink, 0.9)
    for _ in range(22):
        left, top = r.uniform(80, 520), r.uniform(640, 676)
        if abs(left - 300) > 150:
            e.fill(oval(left, top + 3, 13, 9), (92, 56, 34))
            e.fill(oval(left, top, 13, 9), (166, 108, 66))
    e.fill(curve("M 164 230 Q 146 420 156 620 L 176 620 Q 166 420 186 230 Z"), WHITE, 0.22)


def pet_bowl(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 620, 250)
    for _ in range(90):
        x = r.uniform(150, 450)
        y = 392 - (1 - ((x - 300) / 165) ** 2) * 66 * r.random()
        tone = ((166, 104, 60), (140, 84, 46), (190, 128, 78))[r.randrange(3)]
        e.fill(oval(x, y + 3, 19, 14), down(tone, 0.4))
        e.fill(oval(x, y, 19, 14), tone)
        e.fill(oval(x - 5, y - 4, 6, 4), up(tone, 0.3))
    e.fill(both("M 300 400 L 136 392 L 60 590 Q 60 618 96 618 L 300 618"), round_across(60, 540, c))
    e.line(arc(300, 388, 166, 20, 0, 180, 40), 14, up(c, 0.35))
    e.fill(both("M 300 594 L 62 594 Q 60 622 96 622 L 300 622"), COAL)
    _paw(e, 300, 500, 56, mix(c, contrast(c), 0.8))
    e.fill(curve("M 150 410 L 92 580 L 120 580 L 172 412 Z"), WHITE, 0.35)


def pet_bed(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 260)
    e.fill(oval(300, 500, 262, 140), slant((38, 360, 524, 280), c, 0.2, 0.26))
    e.fill(oval(300, 462, 206, 92), down(c, 0.36))
    e.fill(oval(300, 476, 190, 78), slant((110, 398, 380, 156), up(c, 0.55), 0.3, 0.1))
    fur = ((236, 160, 84), (120, 124, 134), (238, 228, 214))[r.randrange(3)]
    body = oval(306, 452, 136, 66)
    e.fill(body, slant((170, 386, 272, 132), fur, 0.22, 0.16))
    e.line(curve("M 430 470 C 450 530 330 540 280 520"), 30, down(fur, 0.1))
    for x in (330, 366, 400):
        e.line(curve(f"M {x} 396 Q {x + 14} 416 {x + 8} 446"), 9, down(fur, 0.22), 0.8, body)
    for x in (176, 238):
        e.fill([(x - 18, 436), (x + (-14 if x < 200 else 16), 376), (x + 24, 426)], fur)
        e.fill([(x - 8, 428), (x + (-9 if x < 200 else 11), 392), (x + 14, 424)], (244, 176, 170))
    e.fill(oval(210, 458, 64, 52), slant((146, 406, 128, 104), fur, 0.25, 0.1))
    e.line(arc(186, 454, 14, 9, 10, 170), 5, INK)
    e.line(arc(236, 454, 14, 9, 10, 170), 5, INK)
    e.fill(oval(211, 472, 8, 6), (226, 120, 120))
    for side in (-1, 1):
        for dy in (-4, 6):
            e.line([(211 + side * 22, 474 + dy * 0.5), (211 + side * 66, 470 + dy * 2)], 2, WHITE, 0.9)
    front = curve("M 40 490 Q 60 560 300 566 Q 540 560 560 490 C 570 590 450 644 300 644 C 150 644 30 590 40 490 Z")
    e.fill(front, fall(500, 644, up(c, 0.1), 0.2, 0.24))
    for x in (120, 210, 300, 390, 480):
        e.line(curve(f"M {x} {590 if 150 < x < 450 else 570} Q {x + 6} 610 {x} 632"), 5, down(c, 0.3), 0.4, front)
    e.fill(rect(270, 586, 60, 34, 6), up(c, 0.7))
    _paw(e, 300, 600, 12, down(c, 0.2))


def dog_leash(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((300, 470), 270, 240, (40, 38, 60), 0.2)
    rope = curve(
        "M 200 240 C 40 260 60 560 280 560 C 500 560 520 330 330 330 C 170 330 180 500 320 500 "
        "C 430 500 470 600 440 640"
    )
    e.line([(x + 4, y + 7) for x, y in rope], 28, down(c, 0.5))
    e.line(rope, 26, c)
    e.line(rope, 6, up(c, 0.4))
    loop = curve("M 200 240 C 160 110 320 70 350 160 C 370 230 270 260 206 240")
    e.line([(x + 3, y + 5) for x, y in loop], 32, down(c, 0.5))
    e.line(loop, 30, slant((180, 90, 180, 160), down(c, 0.08), 0.2, 0.2))
    e.fill(rect(186, 224, 54, 40, 8), down(c, 0.45))
    with e.turned(-14, (440, 640)):
        e.fill(rect(424, 622, 32, 30, 6), chrome(424, 456))
        e.line(arc(440, 690, 22, 34, 0, 360), 10, chrome(414, 466))
        e.fill(rect(456, 676, 12, 28, 5), (150, 156, 166))
    e.fill(oval(150, 610, 40), GOLD)
    e.fill(oval(150, 610, 33), up(GOLD, 0.2))
    _paw(e, 150, 612, 17, down(GOLD, 0.5))
    e.line(arc(150, 562, 14, 14, 0, 360), 6, (150, 156, 166))


def scratching_post(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 672, 220)
    e.fill(oval(300, 640, 210, 40), down(c, 0.4))
    e.fill(oval(300, 624, 210, 40), slant((90, 584, 420, 80), c, 0.2, 0.2))
    e.fill(rect(238, 240, 124, 386), round_across(238, 362, (206, 172, 122)))
    for y in range(244, 624, 13):
        e.line(curve(f"M 238 {y} Q 300 {y + 16} 362 {y}"), 3.5, (150, 112, 68), 0.75)
    e.line(curve("M 262 300 L 278 360"), 3, (240, 220, 180))
    e.line(curve("M 276 296 L 292 356"), 3, (240, 220, 180))
    e.fill(rect(120, 214, 360, 34, 14), down(c, 0.34))
    e.fill(oval(300, 214, 184, 32), slant((116, 182, 368, 64), up(c, 0.12), 0.2, 0.12))
    e.line([(430, 236), (430, 330)], 4, (150, 112, 68))
    e.fill(oval(430, 350, 26), slant((404, 324, 52, 52), (232, 92, 80), 0.3, 0.2))
    fur = (70, 72, 84)
    e.line(curve("M 360 196 C 440 200 470 130 430 90"), 19, fur)
    e.fill(
        curve("M 236 208 C 230 130 262 96 300 96 C 350 96 380 140 372 208 Z"),
        slant((236, 96, 140, 112), fur, 0.16, 0.1),
    )
    for x, tip in ((236, 214), (290, 306)):
        e.fill([(x - 14, 84), (tip, 22), (x + 26, 70)], fur)
    e.fill(oval(262, 92, 50, 44), up(fur, 0.06))
    for x in (244, 282):
        e.fill(oval(x, 88, 9, 11), (226, 206, 90))
        e.fill(oval(x, 88, 3, 9), INK)
    e.fill(oval(263, 106, 6, 4), (230, 140, 140))
    for x in (256, 296):
        e.fill(oval(x, 206, 20, 13), up(fur, 0.1))


DRAWINGS = {
    "dog_food": dog_food,
    "pet_bowl": pet_bowl,
    "pet_bed": pet_bed,
    "dog_leash": dog_leash,
    "scratching_post": scratching_post,
}
