"""For babies."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    INK,
    STEEL,
    WHITE,
    Rgb,
    down,
    fall,
    lightness,
    parse,
    round_across,
    slant,
    up,
)

_BRIGHT = tuple(parse(code) for code in ("#e2574c", "#f0b23c", "#4fa36b", "#3f86c9", "#9a6cc0", "#ee8a5a"))


def baby_bottle(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 110)
    teat = both("M 300 96 C 280 96 274 116 276 140 C 262 156 246 176 246 220 L 300 220")
    e.fill(teat, round_across(240, 360, (240, 206, 170)))
    ring = rect(214, 208, 172, 76, 18)
    e.fill(ring, round_across(214, 386, c))
    for x in range(228, 380, 14):
        e.line([(x, 216), (x, 276)], 3, down(c, 0.2), 0.6)
    body = both("M 300 280 L 222 280 Q 200 300 206 360 Q 214 400 200 450 L 200 620 Q 202 664 240 666 L 300 666")
    e.fill(body, (236, 243, 247), 0.9)
    e.fill(rect(190, 370, 220, 300), fall(370, 664, (255, 252, 244), 0.1, 0.05), 1.0, body)
    e.fill(oval(300, 370, 98, 12), (246, 240, 228), 1.0, body)
    for number in range(7):
        y = 620 - number * 36
        e.line([(346, y), (378 if number % 2 == 0 else 364, y)], 5, down(c, 0.3))
    x, y = 270, 520
    e.fill(oval(x, y, 40, 36), up(c, 0.15))
    for side in (-1, 1):
        e.fill(oval(x + side * 30, y - 30, 15), up(c, 0.15))
        e.fill(oval(x + side * 14, y - 8, 5), INK)
    e.fill(oval(x, y + 8, 15, 11), WHITE)
    e.fill(oval(x, y + 4, 5, 4), INK)
    e.fill(rect(212, 310, 14, 330, 7), WHITE, 0.8)


def diapers(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 210)
    e.fill(rect(252, 148, 96, 60, 26), down(c, 0.3))
    e.fill(rect(272, 164, 56, 44, 16), (236, 236, 240))
    pack = rect(104, 190, 392, 474, 34)
    e.fill(pack, slant((104, 190, 392, 474), c, 0.24, 0.2))
    e.fill(curve("M 104 420 Q 300 330 496 420 L 496 670 L 104 670 Z"), up(c, 0.75), 0.95, pack)
    e.fill(curve("M 104 404 Q 300 314 496 404 L 496 420 Q 300 330 104 420 Z"), WHITE, 0.7, pack)
    for width, y in ((230, 238), (150, 272)):
        e.fill(rect(300 - width / 2, y, width, 18, 9), WHITE, 0.95)
    nappy = both("M 300 440 L 166 440 Q 158 440 158 460 L 166 500 Q 232 516 254 600 Q 262 624 300 624")
    e.fill([(x + 5, y + 9) for x, y in nappy], down(c, 0.4), 0.3, pack)
    e.fill(nappy, fall(440, 624, (255, 255, 254), 0.0, 0.08))
    e.line(both("M 300 456 L 170 456"), 4, up(c, 0.3), 0.9)
    for flip in (False, True):
        leg = curve("M 170 506 Q 226 520 250 606")
        e.line(mirror(leg) if flip else leg, 7, up(c, 0.35))
        tape = rect(150, 456, 44, 30, 8)
        e.fill(mirror(tape) if flip else tape, up(c, 0.15))
    for x, y in ((262, 520), (330, 506), (300, 560)):
        e.fill(
            curve(
                f"M {x} {y + 15} C {x - 24} {y - 4} {x - 12} {y - 18} {x} {y - 6} "
                f"C {x + 12} {y - 18} {x + 24} {y - 4} {x} {y + 15} Z"
            ),
            up(c, 0.3),
        )
    e.fill(oval(428, 330, 48), (250, 204, 76))
    e.fill(rect(404, 314, 48, 10, 5), INK)
    e.fill(rect(412, 336, 32, 10, 5), INK)


def bodysuit(e: Easel, c: Rgb, r: Random) -> None:
    suit = both(
        "M 300 216 Q 252 214 236 176 L 196 196 C 160 220 130 280 112 330 "
        "L 180 372 L 200 340 Q 194 440 184 540 Q 214 556 240 630 L 300 640"
    )
    for shift, alpha in ((14, 0.07), (8, 0.1), (4, 0.12)):
        e.fill([(x + shift * 0.6, y + shift) for x, y in suit], (40, 38, 60), alpha)
    e.fill(suit, slant((112, 176, 376, 460), c, 0.24, 0.14))
    trim = down(c, 0.16) if lightness(c) < 0.9 else (150, 196, 226)
    e.line(both("M 300 222 Q 244 220 232 180"), 13, trim)
    for flip in (False, True):
        for text in ("M 114 334 L 180 374", "M 186 542 Q 216 558 242 628"):
            path = curve(text)
            e.line(mirror(path) if flip else path, 12, trim)
        for text in ("M 204 330 Q 206 290 222 262", "M 196 470 Q 236 500 250 560"):
            path = curve(text)
            e.line(mirror(path) if flip else path, 5, down(c, 0.2), 0.4, suit)
    e.line([(246, 632), (354, 632)], 14, trim)
    for x in (264, 300, 336):
        e.fill(oval(x, 632, 8), WHITE)
        e.fill(oval(x, 632, 5), STEEL)
    x, y = 300, 400
    tone = _BRIGHT[r.randrange(6)]
    motif = r.randrange(3)
    if motif == 0:
        for petal in range(5):
            with e.turned(petal * 72, (x, y)):
                e.fill(curve(f"M {x} {y} L {x - 22} {y - 36} L {x} {y - 78} L {x + 22} {y - 36} Z"), tone)
        e.fill(oval(x, y, 34), tone)
    elif motif == 1:
        e.fill(
            curve(
                "M 300 470 C 200 396 220 330 266 330 C 288 330 300 350 300 358 "
                "C 300 350 312 330 334 330 C 380 330 400 396 300 470 Z"
            ),
            tone,
        )
    else:
        e.fill(oval(x, y + 10, 62, 44), tone)
        e.fill(oval(x + 58, y - 32, 34, 30), tone)
        for leg in (-40, -14, 18, 42):
            e.fill(rect(x + leg - 9, y + 30, 18, 54, 8), tone)
        e.line(curve(f"M {x + 88} {y - 30} Q {x + 110} {y + 10} {x + 100} {y + 40}"), 13, tone)
        e.fill(oval(x + 44, y - 30, 20, 25), down(tone, 0.16))
        e.fill(oval(x + 68, y - 40, 4), INK)


def stroller(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(290, 680, 220)
    e.line([(150, 616), (392, 330)], 13, (150, 156, 166))
    e.line([(430, 616), (214, 400)], 13, (126, 132, 142))
    e.line([(380, 340), (500, 196)], 13, (150, 156, 166))
    e.line([(478, 184), (526, 222)], 24, COAL)
    seat = curve("M 128 396 L 424 396 C 424 500 372 556 280 556 C 190 556 136 500 128 396 Z")
    e.fill(seat, slant((128, 396, 296, 160), down(c, 0.1), 0.2, 0.22))
    e.fill(
        curve("M 140 470 Q 280 520 416 468 C 400 530 350 556 280 556 C 210 556 160 530 140 470 Z"),
        down(c, 0.28),
        0.6,
        seat,
    )
    hood = curve("M 240 396 L 128 396 C 116 270 200 196 290 196 C 310 196 330 200 348 206 Z")
    e.fill(hood, slant((128, 196, 220, 200), c, 0.28, 0.18))
    for text in ("M 240 396 L 160 264", "M 240 396 L 222 212", "M 240 396 L 290 196"):
        e.line(curve(text), 5, down(c, 0.28), 0.7, hood)
    e.line(curve("M 128 396 C 116 270 200 196 290 196 Q 320 196 348 206"), 11, up(c, 0.3))
    e.line([(124, 396), (428, 396)], 15, COAL)
    e.fill(oval(318, 356, 34), (250, 222, 190))
    e.fill(curve("M 284 350 Q 318 300 352 350 Q 318 336 284 350 Z"), (214, 226, 240))
    for x in (306, 330):
        e.fill(oval(x, 360, 4), INK)
    e.line(arc(318, 366, 9, 7, 20, 160), 3, (180, 90, 80))
    for x, size in ((150, 60), (430, 60)):
        e.fill(oval(x, 618, size), COAL)
        e.fill(oval(x, 618, size - 13), (232, 235, 239))
        for spoke in range(6):
            with e.turned(spoke * 30, (x, 618)):
                e.line([(x - size + 16, 618), (x + size - 16, 618)], 4, (150, 156, 166))
        e.fill(oval(x, 618, 14), c)


DRAWINGS = {
    "baby_bottle": baby_bottle,
    "diapers": diapers,
    "bodysuit": bodysuit,
    "stroller": stroller,
}
