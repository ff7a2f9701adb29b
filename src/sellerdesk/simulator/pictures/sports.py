"""For the gym, the field and the road."""

from __future__ import annotations

import math
from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GLASS,
    INK,
    WHITE,
    Rgb,
    chrome,
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


def yoga_mat(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 250, 0.34)
    sheet = curve("M 190 470 L 560 470 L 590 624 L 150 624 Z")
    e.fill(sheet, slant((150, 470, 440, 154), c, 0.2, 0.1))
    for row in range(7):
        for column in range(20):
            e.fill(oval(180 + column * 22 + row % 2 * 11, 488 + row * 20, 3), down(c, 0.18), 0.6, sheet)
    e.fill(curve("M 150 618 L 590 618 L 590 632 L 150 632 Z"), down(c, 0.35))
    roll = curve("M 130 372 L 500 372 Q 546 372 546 440 Q 546 508 500 508 L 130 508 Z")
    e.fill(roll, round_along(372, 508, c))
    e.fill(oval(130, 440, 44, 68), down(c, 0.16))
    spiral = [
        (130 + math.cos(step / 7) * (41 - step * 0.42), 440 + math.sin(step / 7) * (64 - step * 0.66))
        for step in range(90)
    ]
    e.line(spiral, 5, up(c, 0.3))
    for x in (228, 430):
        band = curve(f"M {x} 370 Q {x + 30} 440 {x} 510 L {x + 34} 510 Q {x + 64} 440 {x + 34} 370 Z")
        e.fill(band, round_along(370, 510, COAL))
    e.line(curve("M 250 372 C 270 200 420 200 446 372"), 18, COAL)


def dumbbell(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 570, 260, 0.44)
    with e.turned(-12, (300, 430)):
        e.fill(rect(190, 400, 220, 60, 24), chrome(0, 1)._replace(start=(0, 400), end=(0, 460)))
        for x in range(226, 378, 12):
            e.line([(x, 404), (x + 8, 456)], 3, (110, 116, 126), 0.6)
        for flip in (False, True):
            inner = curve("M 176 330 L 206 350 L 206 510 L 176 530 Z")
            e.fill(mirror(inner) if flip else inner, round_along(330, 530, down(c, 0.18)))
            head = curve("M 66 360 L 96 312 L 156 312 L 184 330 L 184 530 L 156 548 L 96 548 L 66 500 Z")
            e.fill(mirror(head) if flip else head, round_along(312, 548, c))
            for text, tone, alpha in (
                ("M 66 360 L 96 312 L 156 312 L 184 330 L 160 366 L 84 366 Z", up(c, 0.45), 0.5),
                ("M 66 500 L 96 548 L 156 548 L 184 530 L 160 494 L 84 494 Z", down(c, 0.4), 0.55),
            ):
                face = curve(text)
                e.fill(mirror(face) if flip else face, tone, alpha)
            e.fill(oval(480 if flip else 120, 430, 36), mix(c, contrast(c), 0.16))
            e.fill(rect((480 if flip else 120) - 14, 410, 28, 9, 4), mix(c, contrast(c), 0.85))
            e.fill(rect((480 if flip else 120) - 14, 440, 28, 9, 4), mix(c, contrast(c), 0.85))


def football(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 190, 0.5)
    ball = oval(300, 430, 206)
    e.fill(ball, slant((94, 224, 412, 412), (250, 250, 248), 0.3, 0.2))
    ink = INK if lightness(c) > 0.86 else c
    turn = r.uniform(-14, 14)
    with e.turned(turn, (300, 430)):
        e.fill(arc(300, 430, 66, 66, -90, 270, 6), ink)
        for number in range(5):
            angle = math.radians(-90 + number * 72)
            x, y = math.cos(angle), math.sin(angle)
            e.line([(300 + 64 * x, 430 + 64 * y), (300 + 138 * x, 430 + 138 * y)], 6, down(WHITE, 0.4))
            # Turning about the middle of the ball leaves its outline where it is, so the panels may be clipped by it.
            with e.turned(number * 72, (300, 430)):
                e.fill(curve("M 250 270 L 300 292 L 350 270 L 340 200 L 260 200 Z"), ink, 1.0, ball)
                e.line(curve("M 350 270 Q 376 278 396 298"), 6, down(WHITE, 0.4), 1.0, ball)
                e.line(curve("M 250 270 Q 224 278 204 298"), 6, down(WHITE, 0.4), 1.0, ball)
    e.glow((224, 320), 120, 100, WHITE, 0.75, ball)
    e.glow((390, 590), 200, 130, (40, 38, 66), 0.4, ball)


def sports_bottle(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 112)
    e.line(curve("M 364 196 C 450 180 460 260 372 268"), 18, COAL)
    e.fill(rect(262, 112, 76, 66, 22), round_across(262, 338, COAL))
    e.fill(rect(280, 88, 40, 40, 14), round_across(280, 320, up(COAL, 0.4)))
    e.fill(both("M 300 168 L 244 168 Q 222 176 218 240 L 300 240"), round_across(218, 382, down(COAL, 0.1)))
    tone = (150, 204, 232) if c == GLASS else c
    body = both("M 300 236 L 216 236 Q 204 300 206 360 Q 222 420 206 480 L 206 630 Q 208 666 244 666 L 300 666")
    e.fill(body, round_across(204, 396, up(tone, 0.35)), 0.96)
    e.fill(rect(196, 330, 210, 340), round_across(204, 396, tone), 0.75, body)
    e.fill(oval(300, 330, 96, 10), up(tone, 0.6), 0.8, body)
    for number in range(6):
        y = 600 - number * 46
        e.fill(rect(344, y, 34, 7, 3), WHITE, 0.85)
    e.fill(curve("M 250 560 L 292 450 L 280 450 L 306 390 L 300 450 L 320 450 Z"), WHITE, 0.9)
    e.fill(rect(222, 260, 16, 370, 8), WHITE, 0.5)


def tent(e: Easel, c: Rgb, r: Random) -> None:
    e.fill(oval(300, 636, 290, 40), (132, 168, 112), 0.55)
    e.shadow(300, 640, 250, 0.34)
    for x0, x1 in ((40, 110), (560, 490)):
        e.line([(x0, 642), (x1, 470)], 4, (120, 120, 130))
        e.fill(rect(x0 - 4, 632, 8, 20, 2), COAL)
    back = curve("M 300 250 Q 440 330 540 636 L 300 636 Z")
    e.fill(back, slant((300, 250, 240, 386), down(c, 0.1), 0.1, 0.28))
    front = curve("M 300 250 Q 160 330 60 636 L 430 636 Q 380 400 300 250 Z")
    e.fill(front, slant((60, 250, 370, 386), c, 0.3, 0.1))
    e.line(curve("M 300 250 Q 380 400 430 636"), 6, down(c, 0.35))
    e.line(curve("M 300 250 Q 160 330 60 636"), 6, up(c, 0.3))
    door = curve("M 272 350 Q 210 450 190 636 L 356 636 Q 330 450 272 350 Z")
    e.fill(door, fall(350, 636, (58, 52, 60), 0.1, 0.3))
    flap = curve("M 272 350 Q 300 460 306 636 L 356 636 Q 330 450 272 350 Z")
    e.fill(flap, slant((272, 350, 84, 286), up(c, 0.5), 0.2, 0.2))
    e.fill(oval(240, 560, 12), (255, 214, 120))
    e.glow((240, 560), 60, 60, (255, 214, 120), 0.8, door)
    e.fill(rect(74, 604, 10, 10), down(c, 0.3))
    window = curve("M 420 430 L 460 446 L 484 520 L 446 516 Z")
    e.fill(window, (206, 226, 236), 0.85)
    e.line([(432, 434), (464, 518)], 3, down(c, 0.2))
    e.line(curve("M 300 250 L 310 206"), 4, COAL)
    e.fill(curve("M 310 206 Q 336 200 352 214 Q 332 220 308 226 Z"), (226, 74, 62))


def bike_helmet(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 612, 220)
    for text in ("M 170 470 Q 220 580 292 606", "M 400 480 Q 350 580 292 606"):
        e.line(curve(text), 11, COAL)
    e.fill(rect(266, 590, 54, 34, 10), COAL)
    shell = curve(
        "M 66 452 C 50 280 180 190 320 196 C 470 204 560 300 548 440 C 546 476 510 486 470 470 "
        "Q 300 430 130 486 Q 76 500 66 452 Z"
    )
    e.fill(curve("M 66 452 C 60 500 90 520 140 508 Q 300 456 470 496 Q 540 506 548 440 Q 300 400 66 452 Z"), COAL)
    e.fill(shell, slant((60, 196, 490, 290), c, 0.34, 0.28))
    for text in (
        "M 140 430 C 130 340 190 270 250 248 C 206 310 190 370 190 424 Z",
        "M 220 412 C 220 340 260 280 316 250 C 296 310 280 360 282 404 Z",
        "M 312 402 C 316 350 340 300 388 272 C 384 320 380 370 376 404 Z",
        "M 408 410 C 414 370 430 334 462 316 C 468 350 468 386 462 420 Z",
    ):
        vent = curve(text)
        e.fill([(x + 4, y + 6) for x, y in vent], up(c, 0.35), 0.6)
        e.fill(vent, fall(250, 430, (44, 46, 56), 0.05, 0.2))
    e.fill(curve("M 90 400 C 100 290 200 220 300 214 C 200 240 130 310 116 410 Z"), WHITE, 0.35)
    e.fill(curve("M 470 470 Q 520 490 566 476 Q 560 506 500 508 Q 470 500 470 470 Z"), down(c, 0.3))


DRAWINGS = {
    "yoga_mat": yoga_mat,
    "dumbbell": dumbbell,
    "football": football,
    "sports_bottle": sports_bottle,
    "tent": tent,
    "bike_helmet": bike_helmet,
}
