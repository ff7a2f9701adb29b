"""Shoes, bags, an umbrella and sunglasses."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GOLD,
    WHITE,
    WOOD,
    Gradient,
    Rgb,
    chrome,
    down,
    fall,
    lightness,
    mix,
    parse,
    slant,
    up,
)


def sneakers(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 620, 256, 0.4)
    accent = parse(("#e2574c", "#3f86c9", "#f0b23c", "#44a58a", "#8b6cc4")[r.randrange(5)])
    upper = curve(
        "M 74 330 Q 70 300 96 292 Q 130 316 170 306 Q 186 266 222 262 C 262 330 340 390 420 412 "
        "C 500 426 544 452 546 530 L 546 556 L 76 556 C 66 480 84 400 74 330 Z"
    )
    e.fill(upper, slant((70, 264, 476, 300), c, 0.25, 0.24))
    e.fill(
        curve("M 400 408 C 500 424 546 452 546 530 L 546 560 L 430 560 Q 430 470 400 408 Z"), down(c, 0.1), 0.9, upper
    )
    e.fill(curve("M 60 290 L 160 320 Q 170 440 140 560 L 60 560 Z"), down(c, 0.14), 0.8, upper)
    e.fill(curve("M 156 560 L 250 374 L 306 420 L 236 560 Z"), accent, 1.0, upper)
    e.fill(curve("M 262 560 L 334 434 L 366 450 L 308 560 Z"), accent, 0.75, upper)
    tongue = curve("M 186 290 L 208 238 Q 236 226 252 252 L 316 346 L 262 372 Z")
    e.fill(tongue, slant((186, 236, 120, 130), up(c, 0.15), 0.2, 0.15))
    e.line(curve("M 80 300 Q 130 326 176 306 L 196 284"), 16, down(c, 0.35))
    lace = WHITE if lightness(c) < 0.8 else down(c, 0.55)
    for number in range(5):
        x, y = 222 + number * 33, 306 + number * 25
        e.line([(x, y), (x + 40, y - 22)], 9, lace)
        e.fill(oval(x, y, 6), down(c, 0.5))
    sole = curve(
        "M 62 548 Q 58 536 80 540 Q 300 560 548 540 Q 566 546 562 580 Q 558 616 520 616 L 104 616 Q 62 612 62 548 Z"
    )
    e.fill(sole, fall(540, 616, (246, 246, 243), 0.3, 0.14))
    e.line(curve("M 66 574 Q 300 592 562 572"), 5, accent)
    e.fill(
        curve(
            "M 62 596 Q 90 618 130 616 L 516 616 Q 554 614 562 592 L 562 604 "
            "Q 556 628 520 628 L 104 628 Q 66 628 62 596 Z"
        ),
        COAL,
    )


def boots(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(310, 664, 220, 0.42)
    leg = curve(
        "M 150 170 Q 240 150 330 172 L 338 390 C 400 440 500 450 534 520 "
        "Q 546 560 540 600 L 136 600 C 126 480 160 330 150 170 Z"
    )
    e.fill(leg, slant((136, 160, 400, 440), c, 0.26, 0.26))
    e.fill(curve("M 420 452 C 500 470 544 500 542 604 L 400 604 Q 400 510 420 452 Z"), down(c, 0.12), 0.8, leg)
    e.fill(curve("M 130 440 Q 200 440 216 604 L 120 604 Z"), down(c, 0.16), 0.8, leg)
    fur = (244, 236, 222)
    for x in range(150, 336, 22):
        e.fill(oval(x + 6, 172, 19, 24), down(fur, 0.06 if x // 22 % 2 else 0.0))
    e.fill(curve("M 270 200 L 338 196 L 344 396 L 396 436 L 352 452 L 290 400 Z"), down(c, 0.28))
    for number in range(6):
        y = 226 + number * 34
        shift = max(0, number - 4) * 30
        e.line([(268 + shift, y + 8), (342 + shift, y - 4)], 9, (236, 200, 130))
        e.fill(oval(266 + shift, y + 9, 7), GOLD)
        e.fill(oval(344 + shift, y - 4, 7), GOLD)
    e.line(curve("M 150 560 Q 330 574 536 560"), 3, (236, 200, 130), 0.8)
    sole = curve(
        "M 128 594 L 546 594 Q 556 610 552 640 L 340 640 L 330 622 L 244 622 L 240 660 L 134 660 Q 124 630 128 594 Z"
    )
    e.fill(sole, fall(594, 660, (64, 56, 54), 0.16, 0.2))
    for x in range(350, 550, 26):
        e.fill(rect(x, 632, 16, 16, 3), (46, 40, 40))
    e.fill(curve("M 160 210 Q 190 380 160 560 L 178 560 Q 208 380 184 206 Z"), WHITE, 0.16, leg)


def backpack(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 190)
    for flip in (False, True):
        strap = curve("M 216 220 C 120 250 100 420 130 600")
        e.line(mirror(strap) if flip else strap, 34, down(c, 0.4))
    e.line(arc(300, 172, 50, 52, 180, 360), 20, down(c, 0.35))
    body = both("M 300 146 C 200 146 150 210 146 330 L 138 610 Q 140 662 200 664 L 300 664")
    e.fill(body, slant((138, 146, 324, 518), c, 0.24, 0.26))
    e.line(both("M 300 176 C 220 176 180 230 176 320 L 172 400"), 8, down(c, 0.4))
    e.line(both("M 300 176 C 220 176 180 230 176 320 L 172 400"), 2.5, (206, 210, 216))
    e.fill(rect(296, 176, 8, 40, 4), GOLD)
    for x in (116, 446):
        e.fill(rect(x, 470, 38, 160, 16), down(c, 0.26))
    pocket = rect(176, 420, 248, 214, 36)
    e.fill(pocket, slant((176, 420, 248, 214), down(c, 0.08), 0.2, 0.16))
    e.line(rect(176, 420, 248, 214, 36), 3, down(c, 0.4), 0.7)
    e.line([(200, 470), (400, 470)], 8, down(c, 0.45))
    e.line([(200, 470), (400, 470)], 2.5, (206, 210, 216))
    e.fill(rect(372, 468, 10, 34, 4), GOLD)
    e.fill(rect(254, 290, 92, 58, 10), mix(c, (176, 122, 76), 0.85))
    e.line(rect(260, 296, 80, 46, 6), 2, (240, 216, 180))
    e.fill(curve("M 170 300 Q 190 200 270 170 Q 210 240 200 400 Z"), WHITE, 0.16, body)


def handbag(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 650, 210)
    e.line(curve("M 196 362 C 196 130 404 130 404 362"), 26, down(c, 0.12))
    e.line(curve("M 192 350 C 196 124 396 124 402 330"), 5, up(c, 0.35), 0.8)
    body = both("M 300 330 L 150 330 Q 120 330 112 380 L 92 590 Q 90 644 150 646 L 300 646")
    e.fill(body, slant((92, 330, 416, 316), c, 0.24, 0.26))
    flap = both("M 300 326 L 150 326 Q 122 330 120 380 Q 126 500 300 508")
    e.fill([(x, y + 7) for x, y in flap], down(c, 0.42), 0.5, body)
    e.fill(flap, slant((120, 326, 360, 182), up(c, 0.06), 0.22, 0.16))
    e.line(both("M 300 496 C 180 490 136 440 134 370"), 2.5, up(c, 0.45), 0.9)
    for x in (196, 404):
        e.line(arc(x, 366, 18, 18, 0, 360), 7, GOLD)
    e.fill(rect(266, 474, 68, 56, 14), slant((266, 474, 68, 56), GOLD, 0.4, 0.3))
    e.fill(rect(290, 492, 20, 24, 8), down(GOLD, 0.5))
    e.line(both("M 300 634 L 150 634 Q 108 632 106 590"), 2.5, up(c, 0.45), 0.8)
    e.line(curve("M 404 380 Q 450 420 440 500"), 6, mix(GOLD, c, 0.3))
    e.fill(curve("M 428 494 L 456 496 L 462 560 L 424 558 Z"), up(c, 0.25))


def umbrella(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 690, 150, 0.26)
    with e.turned(-12, (300, 380)):
        e.line([(300, 100), (300, 160)], 8, COAL)
        e.fill(rect(293, 150, 14, 440), chrome(293, 307))
        e.line(curve("M 300 580 L 300 640 C 300 700 390 700 390 640"), 24, slant((290, 580, 100, 100), WOOD, 0.2, 0.3))
        parts = ((52, 134), (134, 218), (218, 382), (382, 466), (466, 548))
        for number, (left, right) in enumerate(parts):
            middle = (left + right) / 2
            panel = curve(
                f"M 300 138 C {300 + (left - 300) * 0.75} 158 {left - 4} 280 {left} 400 "
                f"Q {middle} 352 {right} 400 C {right} 280 {300 + (right - 300) * 0.75} 158 300 138 Z"
            )
            tone = (down(c, 0.16), up(c, 0.06), up(c, 0.2), c, down(c, 0.2))[number]
            e.fill(panel, fall(138, 400, tone, 0.16, 0.12))
        for x in (52, 134, 218, 382, 466, 548):
            e.fill(oval(x, 401, 6), COAL)
        for x in (134, 218, 382, 466):
            e.line(curve(f"M 300 140 C {300 + (x - 300) * 0.75} 160 {x} 280 {x} 400"), 2.5, down(c, 0.35), 0.7)
        e.fill(curve("M 120 330 C 140 230 200 178 260 160 C 200 210 176 270 170 340 Z"), WHITE, 0.22)


def sunglasses(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 590, 240, 0.34)
    for flip in (False, True):
        temple = curve("M 62 350 C 90 260 150 230 206 240")
        e.line(mirror(temple) if flip else temple, 15, down(c, 0.32))
    shape = r.randrange(3)
    outlines = (
        "M 76 350 Q 70 330 96 326 L 250 330 Q 272 334 268 360 C 262 460 226 500 170 500 C 108 500 80 450 76 350 Z",
        "M 68 340 L 106 322 L 246 336 Q 268 342 266 372 C 258 470 214 494 168 492 C 104 490 84 440 68 340 Z",
        "M 270 410 C 270 470 226 512 172 512 C 118 512 74 470 74 410 C 74 352 118 314 172 314 "
        "C 226 314 270 352 270 410 Z",
    )
    tint = ((40, 44, 60), (84, 56, 40), (38, 66, 62))[r.randrange(3)]
    for flip in (False, True):
        path = curve(outlines[shape])
        lens = mirror(path) if flip else path
        left = 330 if flip else 70
        e.fill(
            lens,
            Gradient(
                (left, 320),
                (left + 60, 510),
                ((0.0, tint), (0.55, mix(tint, c, 0.25)), (1.0, mix(tint, (220, 196, 170), 0.6))),
            ),
        )
        shine = curve("M 96 352 L 140 344 L 118 440 L 96 410 Z")
        e.fill([(x + 260, y) for x, y in shine] if flip else shine, WHITE, 0.25)
        e.line([*lens, lens[0]], 17, slant((60, 310, 480, 200), c, 0.3, 0.25))
    e.line(curve("M 262 372 Q 300 340 338 372"), 17, slant((240, 340, 120, 40), c, 0.3, 0.2))
    e.fill(oval(78, 346, 6), GOLD)
    e.fill(oval(522, 346, 6), GOLD)


DRAWINGS = {
    "sneakers": sneakers,
    "boots": boots,
    "backpack": backpack,
    "handbag": handbag,
    "umbrella": umbrella,
    "sunglasses": sunglasses,
}
