"""Small machines for the kitchen, the air and the laundry."""

from __future__ import annotations

import math
from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    INK,
    STEEL,
    WHITE,
    Gradient,
    Rgb,
    chrome,
    contrast,
    down,
    fall,
    mix,
    round_across,
    round_along,
    slant,
    up,
)


def kettle(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 170)
    e.line(curve("M 382 262 C 500 236 516 330 500 420 C 492 480 462 520 420 530"), 40, COAL)
    e.line(curve("M 386 258 C 486 236 502 330 490 400"), 12, up(COAL, 0.25))
    spout = curve("M 214 262 L 150 214 Q 140 208 146 224 L 190 380 Z")
    e.fill(spout, slant((146, 210, 70, 120), c, 0.25, 0.2))
    body = both("M 300 232 L 208 232 Q 196 420 164 610 L 300 610")
    e.fill(body, round_across(164, 436, c))
    e.fill(both("M 300 236 C 300 168 222 180 210 236"), round_across(208, 392, down(c, 0.06)))
    e.fill(rect(272, 150, 56, 40, 16), round_across(272, 328, COAL))
    gauge = rect(236, 330, 26, 190, 13)
    e.fill(gauge, down(c, 0.45))
    e.fill(rect(236, 400, 26, 120, 13), (150, 205, 238))
    for y in (380, 420, 460, 500):
        e.line([(268, y), (282, y)], 4, down(c, 0.35))
    e.fill(rect(150, 606, 300, 50, 20), round_along(606, 656, COAL))
    e.fill(rect(286, 626, 28, 10, 5), (255, 150, 70))


def blender(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 150)
    jug = both("M 300 150 L 192 150 L 222 480 L 300 480")
    e.line(curve("M 398 210 C 486 210 480 400 384 420"), 26, (206, 216, 224))
    e.fill(jug, (228, 238, 243), 0.85)
    blends = (((244, 130, 150), (214, 70, 110)), ((250, 196, 96), (238, 148, 60)), ((160, 206, 110), (92, 158, 74)))
    top, low = blends[r.randrange(3)]
    e.fill(rect(180, 262, 240, 220), Gradient((0, 262), (0, 480), ((0.0, top), (1.0, low))), 0.95, jug)
    e.fill(oval(300, 262, 98, 14), up(top, 0.35), 1.0, jug)
    for _ in range(12):
        e.fill(oval(r.uniform(225, 375), r.uniform(280, 460), r.uniform(4, 10)), up(top, 0.5), 0.7, jug)
    e.fill(curve("M 214 170 L 244 170 L 256 460 L 240 460 Z"), WHITE, 0.5)
    for y in (220, 270, 320, 370):
        e.line([(356, y), (380, y)], 4, down(STEEL, 0.2))
    e.fill(rect(182, 124, 236, 34, 12), round_across(182, 418, COAL))
    e.fill(rect(262, 96, 76, 32, 12), round_across(262, 338, up(COAL, 0.1)))
    e.fill(rect(216, 474, 168, 36, 8), round_across(216, 384, COAL))
    base = both("M 300 506 L 214 506 Q 196 580 176 652 Q 176 662 188 662 L 300 662")
    e.fill(base, round_across(176, 424, c))
    e.fill(oval(300, 586, 42), down(c, 0.35))
    e.fill(oval(300, 584, 36), chrome(264, 336))
    e.line([(300, 584), (322, 560)], 6, INK)


def toaster(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 230)
    for x in (168, 316):
        slice_ = [
            (px + x, py)
            for px, py in curve("M 4 420 L 4 262 C -14 214 44 196 60 206 C 76 196 134 214 116 262 L 116 420 Z")
        ]
        e.fill(slice_, (170, 106, 56))
        inner = [
            (px + x, py)
            for px, py in curve("M 14 420 L 14 266 C 0 228 48 210 60 218 C 72 210 120 228 106 266 L 106 420 Z")
        ]
        e.fill(inner, fall(216, 380, (236, 190, 120), 0.15, 0.12))
    e.fill(rect(96, 596, 70, 34, 10), COAL)
    e.fill(rect(434, 596, 70, 34, 10), COAL)
    body = both("M 300 336 L 140 336 Q 82 340 78 420 L 72 570 Q 72 612 112 612 L 300 612")
    e.fill(body, slant((72, 336, 456, 276), c, 0.28, 0.28))
    e.fill(rect(140, 340, 320, 22, 11), down(c, 0.55))
    e.fill(curve("M 92 430 Q 100 372 160 366 L 290 366 Q 160 400 110 560 Z"), WHITE, 0.18, body)
    e.fill(rect(470, 400, 16, 130, 8), down(c, 0.5))
    e.fill(rect(452, 420, 52, 30, 12), round_along(420, 450, COAL))
    e.fill(oval(414, 540, 34), chrome(380, 448))
    e.line([(414, 540), (430, 518)], 6, INK)
    e.fill(rect(72, 584, 456, 14), down(c, 0.22), 1.0, body)


def coffee_maker(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 190)
    e.fill(rect(356, 200, 104, 440, 20), round_across(356, 460, down(c, 0.12)))
    e.fill(rect(378, 300, 26, 190, 13), down(c, 0.5))
    e.fill(rect(378, 380, 26, 110, 13), (150, 205, 238))
    e.fill(rect(140, 612, 330, 52, 18), round_along(612, 664, down(c, 0.1)))
    e.fill(rect(152, 604, 220, 16, 8), COAL)
    e.fill(both("M 262 252 L 178 252 L 204 348 L 262 348", 262), round_across(178, 346, COAL))
    e.fill(rect(132, 140, 340, 116, 34), slant((132, 140, 340, 116), c, 0.28, 0.22))
    e.fill(rect(132, 232, 340, 24, 6), down(c, 0.3))
    e.line(curve("M 168 436 C 92 430 96 560 176 556"), 20, COAL)
    pot = both("M 262 404 L 206 404 C 150 440 146 540 186 604 L 262 604", 262)
    e.fill(pot, (232, 238, 242), 0.75)
    e.fill(rect(140, 474, 250, 132), fall(474, 604, (88, 50, 32), 0.12, 0.3), 0.96, pot)
    e.fill(oval(262, 474, 104, 10), (130, 82, 54), 1.0, pot)
    e.fill(curve("M 196 430 Q 168 500 194 580 L 210 580 Q 190 500 214 424 Z"), WHITE, 0.4)
    e.fill(rect(196, 382, 132, 26, 10), round_across(196, 328, COAL))
    e.line([(262, 346), (262, 380)], 5, (88, 50, 32))
    e.fill(oval(430, 198, 16), INK)
    e.fill(oval(430, 198, 7), (96, 220, 140))
    e.fill(rect(170, 176, 120, 12, 6), mix(c, contrast(c), 0.5))


def fan(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 140)
    e.fill(rect(282, 480, 36, 150, 8), round_across(282, 318, down(c, 0.1)))
    e.fill(both("M 300 610 C 220 610 176 630 168 652 Q 168 664 184 664 L 300 664"), round_across(168, 432, c))
    for x in (262, 300, 338):
        e.fill(oval(x, 640, 8), mix(c, contrast(c), 0.4))
    e.fill(oval(300, 326, 196), down(c, 0.3))
    e.fill(oval(300, 326, 182), mix(up(c, 0.6), WHITE, 0.5))
    for blade in range(4):
        with e.turned(blade * 90 + r.randrange(80), (300, 326)):
            shape = curve("M 300 326 C 240 270 236 190 292 160 C 360 160 372 240 316 326 Z")
            e.fill(shape, slant((240, 160, 120, 160), c, 0.3, 0.18))
    for ring in (60, 92, 124, 154):
        e.line(arc(300, 326, ring, ring, 0, 360, 48), 2.5, down(c, 0.25), 0.7)
    for spoke in range(28):
        angle = spoke * math.pi / 14
        dx, dy = math.cos(angle), math.sin(angle)
        e.line([(300 + 44 * dx, 326 + 44 * dy), (300 + 186 * dx, 326 + 186 * dy)], 2.5, down(c, 0.25), 0.6)
    e.line(arc(300, 326, 189, 189, 0, 360, 72), 15, slant((110, 136, 380, 380), c, 0.25, 0.25))
    e.fill(oval(300, 326, 46), slant((254, 280, 92, 92), c, 0.3, 0.2))
    e.fill(oval(300, 326, 16), mix(c, contrast(c), 0.35))


def humidifier(e: Easel, c: Rgb, r: Random) -> None:
    for x, y, size, alpha in ((300, 190, 70, 0.75), (262, 132, 66, 0.6), (340, 116, 74, 0.55), (296, 66, 70, 0.4)):
        e.glow((x, y), size, size * 0.8, (252, 254, 255), alpha)
        e.glow((x + 8, y + 10), size, size * 0.8, (190, 208, 226), alpha * 0.4)
    e.shadow(300, 668, 140)
    body = both("M 300 236 C 240 236 168 420 168 540 C 168 620 190 660 220 662 L 300 662")
    e.fill(body, round_across(168, 432, c))
    tank = both("M 300 250 C 262 250 196 400 186 500 L 300 500")
    e.fill(tank, up(c, 0.35), 0.65)
    e.fill(rect(180, 400, 240, 100), (150, 206, 238), 0.45, tank)
    e.line(curve("M 182 508 Q 300 522 418 508"), 4, down(c, 0.25))
    e.fill(rect(270, 226, 60, 26, 12), round_across(270, 330, up(COAL, 0.1)))
    e.glow((238, 440), 26, 130, WHITE, 0.6)
    e.fill(rect(236, 560, 128, 44, 22), down(c, 0.28))
    e.fill(oval(264, 582, 11), (112, 208, 240))
    for x in (300, 330):
        e.fill(oval(x, 582, 6), up(c, 0.6))


def iron(e: Easel, c: Rgb, r: Random) -> None:
    for x, size in ((150, 52), (236, 60), (330, 64), (420, 54)):
        e.glow((x, 640), size, 34, WHITE, 0.8)
    e.shadow(310, 652, 230, 0.36)
    e.line(curve("M 500 330 C 570 300 560 180 520 120"), 12, COAL)
    e.fill(
        curve("M 60 618 Q 66 602 100 590 L 516 590 Q 534 592 534 618 Q 534 628 520 628 L 70 628 Q 58 628 60 618 Z"),
        chrome(60, 534),
    )
    body = curve("M 78 594 C 130 470 220 400 330 388 L 470 388 Q 512 392 520 440 L 532 594 Z")
    e.fill(body, slant((80, 388, 450, 206), c, 0.28, 0.3))
    e.fill(curve("M 96 580 C 150 500 230 450 330 440 L 350 470 C 260 480 190 520 150 580 Z"), WHITE, 0.28)
    handle = curve(
        "M 236 420 C 250 320 330 270 420 270 Q 516 274 520 360 L 522 440 "
        "L 470 440 L 468 380 Q 464 326 410 324 C 350 324 300 350 288 410 Z"
    )
    e.fill(handle, slant((236, 270, 284, 170), mix(c, COAL, 0.75), 0.2, 0.2))
    e.fill(rect(336, 252, 46, 28, 12), up(c, 0.2))
    e.fill(rect(392, 250, 46, 28, 12), up(c, 0.2))
    e.fill(oval(404, 500, 46), down(c, 0.25))
    e.fill(oval(404, 498, 38), chrome(366, 442))
    e.line([(404, 498), (388, 472)], 6, INK)
    e.fill(rect(470, 470, 30, 80, 15), (150, 206, 238), 0.8)


DRAWINGS = {
    "kettle": kettle,
    "blender": blender,
    "toaster": toaster,
    "coffee_maker": coffee_maker,
    "fan": fan,
    "humidifier": humidifier,
    "iron": iron,
}
