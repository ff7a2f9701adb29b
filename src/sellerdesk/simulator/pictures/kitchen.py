"""Cups, pots and boards."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    GLASS,
    WHITE,
    Gradient,
    Rgb,
    chrome,
    chrome_along,
    contrast,
    down,
    fall,
    lightness,
    mix,
    parse,
    round_across,
    round_along,
    slant,
    up,
)


def _steam(e: Easel, x: float, y: float) -> None:
    for shift, alpha in ((-34, 0.5), (6, 0.65), (44, 0.45)):
        e.line(
            curve(f"M {x + shift} {y} C {x + shift - 30} {y - 40} {x + shift + 34} {y - 70} {x + shift} {y - 116}"),
            11,
            WHITE,
            alpha,
        )


def mug(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(290, 664, 170)
    _steam(e, 270, 232)
    e.line(arc(424, 448, 74, 88, -96, 96), 36, down(c, 0.14))
    e.line(arc(422, 444, 76, 88, -96, 96), 12, up(c, 0.2))
    body = curve("M 132 290 L 146 610 Q 150 656 200 660 L 344 660 Q 394 656 398 610 L 412 290 Z")
    e.fill(body, round_across(132, 412, c))
    ink = up(c, 0.65) if lightness(c) < 0.7 else parse(("#d9694f", "#3f7fb5", "#5d9a6b", "#c99a2e")[r.randrange(4)])
    motif = r.randrange(4)
    if motif == 0:
        for y in (380, 420, 460):
            e.fill(rect(120, y, 300, 18), ink, 0.85, body)
    elif motif == 1:
        heart = curve(
            "M 272 560 C 170 480 190 400 240 400 C 262 400 272 420 272 428 C 272 420 282 400 304 400 "
            "C 354 400 374 480 272 560 Z"
        )
        e.fill(heart, ink, 0.9, body)
    elif motif == 2:
        for row in range(4):
            for column in range(6):
                e.fill(oval(150 + column * 48 + row % 2 * 24, 380 + row * 54, 11), ink, 0.85, body)
    else:
        e.fill(curve("M 120 560 L 200 450 L 250 510 L 330 410 L 430 560 L 430 680 L 120 680 Z"), ink, 0.85, body)
        e.fill(oval(220, 410, 22), ink, 0.85, body)
    e.fill(oval(272, 290, 140, 34), up(c, 0.3))
    e.fill(oval(272, 292, 128, 27), down(c, 0.35))
    e.fill(oval(272, 298, 121, 21), (112, 66, 40))
    e.fill(oval(250, 296, 60, 9), (150, 96, 60))


def thermos(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 112)
    e.fill(both("M 300 112 L 232 112 Q 216 112 216 130 L 216 238 L 300 238"), chrome(216, 384))
    e.line([(216, 152), (384, 152)], 3, (120, 126, 136), 0.7)
    e.fill(rect(226, 236, 148, 26), round_across(226, 374, COAL))
    body = both("M 300 258 L 226 258 Q 196 276 196 320 L 196 636 Q 196 664 226 664 L 300 664")
    e.fill(body, round_across(196, 404, c))
    e.fill(rect(190, 620, 220, 14), (196, 202, 209), 0.85, body)
    e.fill(rect(196, 300, 208, 10), up(c, 0.4), 0.6, body)
    ink = mix(c, contrast(c), 0.75)
    peaks = curve("M 232 500 L 276 430 L 302 466 L 330 416 L 372 500 Z")
    e.fill(peaks, ink, 0.8)
    e.fill(rect(262, 516, 80, 8, 4), ink, 0.8)
    e.fill(rect(222, 290, 18, 320, 9), WHITE, 0.32)


def teapot(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 650, 180)
    e.line(curve("M 404 380 C 540 330 560 540 414 570"), 30, down(c, 0.15))
    e.line(curve("M 408 376 C 520 340 536 520 420 556"), 9, up(c, 0.3))
    spout = curve("M 214 560 C 130 540 150 420 92 384 Q 76 372 84 360 L 128 350 C 176 372 180 420 236 430 Z")
    e.fill(spout, slant((84, 350, 140, 200), c, 0.3, 0.18))
    body = both("M 300 330 C 196 330 150 410 150 500 C 150 590 206 644 250 646 L 300 646")
    glass = c == GLASS
    e.fill(body, round_across(150, 450, c))
    if glass:
        e.fill(rect(140, 450, 320, 200), fall(450, 650, (206, 132, 60), 0.2, 0.15), 0.8, body)
        e.fill(oval(300, 450, 148, 14), (226, 160, 90), 0.9, body)
    else:
        for x, y, size in ((250, 500, 26), (300, 540, 34), (352, 492, 24)):
            for petal in range(5):
                with e.turned(petal * 72, (x, y)):
                    e.fill(oval(x, y - size * 0.6, size * 0.34, size * 0.56), up(c, 0.62), 0.85)
            e.fill(oval(x, y, size * 0.28), (246, 200, 92))
    e.glow((214, 430), 30, 70, WHITE, 0.75)
    e.fill(both("M 300 286 C 240 288 214 316 210 338 L 300 346"), round_across(210, 390, up(c, 0.06)))
    e.fill(oval(300, 272, 26, 24), slant((274, 250, 52, 48), c, 0.3, 0.2))
    e.fill(rect(226, 640, 148, 18, 9), down(c, 0.28))


def frying_pan(e: Easel, c: Rgb, r: Random) -> None:
    with e.turned(0, (300, 430), 0.88):
        e.glow((300, 420), 290, 280, (40, 38, 60), 0.3)
        with e.turned(38, (260, 380)):
            e.fill(rect(430, 352, 110, 56, 20), chrome_along(352, 408))
            e.fill(rect(486, 350, 214, 60, 28), round_along(350, 410, COAL))
            e.fill(oval(670, 380, 12), mix(COAL, WHITE, 0.6))
        e.fill(oval(256, 374, 212), slant((50, 170, 420, 420), c, 0.25, 0.3))
        e.fill(oval(256, 374, 196), down(c, 0.42))
        e.fill(oval(258, 380, 178), slant((80, 200, 360, 360), (66, 68, 76), 0.16, 0.12))
        for ring in (60, 100, 140):
            e.line(arc(258, 380, ring, ring, 0, 360, 64), 2, (96, 98, 106), 0.6)
        white = curve(
            "M 190 330 C 150 340 140 400 180 420 C 180 470 250 480 280 450 C 330 470 370 420 340 380 "
            "C 360 330 310 290 270 310 C 240 280 190 290 190 330 Z"
        )
        e.fill(white, (252, 250, 244))
        e.fill(oval(256, 376, 44), slant((212, 332, 88, 88), (250, 184, 60), 0.25, 0.12))
        e.fill(oval(240, 362, 10, 7), WHITE, 0.8)


def saucepan(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 210)
    for flip in (False, True):
        handle = curve("M 130 404 C 60 396 50 470 130 466")
        e.line(mirror(handle) if flip else handle, 22, COAL)
    body = both("M 300 360 L 118 360 L 124 570 Q 128 634 196 636 L 300 636")
    e.fill(body, round_across(118, 482, c))
    e.fill(rect(118, 360, 364, 16), chrome(118, 482), 1.0, body)
    e.fill(rect(110, 600, 380, 40), down(c, 0.22), 0.5, body)
    e.fill(oval(300, 352, 190, 26), chrome(110, 490))
    e.fill(both("M 300 236 C 200 236 124 280 116 346 Q 200 372 300 372"), (224, 234, 240), 0.85)
    e.fill(curve("M 150 326 C 176 280 220 262 270 256 C 220 280 190 310 180 340 Z"), WHITE, 0.8)
    e.line(curve("M 112 346 Q 300 398 488 346"), 10, chrome(112, 488))
    e.fill(rect(280, 206, 40, 36, 8), chrome(280, 320))
    e.fill(rect(256, 184, 88, 32, 16), round_along(184, 216, COAL))
    e.fill(rect(154, 400, 26, 200, 13), WHITE, 0.3)


def kitchen_knife(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((300, 440), 270, 260, (40, 38, 60), 0.24)
    with e.turned(-52, (300, 400)):
        blade = curve("M -20 420 C 60 330 140 322 330 322 L 352 322 L 352 430 L 330 436 L 60 432 Q 0 432 -20 420 Z")
        steel = Gradient(
            (0, 322),
            (0, 434),
            (
                (0.0, (150, 156, 166)),
                (0.45, (206, 211, 217)),
                (0.72, (236, 239, 242)),
                (0.76, (176, 182, 190)),
                (1.0, (248, 250, 251)),
            ),
        )
        e.fill(blade, steel)
        e.line(curve("M -14 417 C 64 334 140 325 340 325"), 3, WHITE, 0.7)
        e.fill(rect(346, 318, 34, 86, 8), chrome_along(318, 404))
        handle = curve("M 376 322 L 560 318 Q 612 320 614 360 Q 612 410 580 408 C 520 392 440 402 376 400 Z")
        e.fill(handle, round_along(318, 410, c))
        for x in (420, 490, 560):
            e.fill(oval(x, 360, 10), chrome(x - 10, x + 10))


def cutting_board(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 672, 160)
    with e.turned(5, (300, 420)):
        outline = both(
            "M 300 92 L 262 92 Q 246 92 246 116 L 246 176 Q 240 204 176 208 Q 140 214 140 250 "
            "L 140 630 Q 140 664 176 664 L 300 664"
        )
        e.fill([(x + 8, y + 6) for x, y in outline], down(c, 0.4))
        e.fill(outline, slant((140, 92, 320, 572), c, 0.22, 0.1))
        for stripe in range(7):
            x = 146 + stripe * 46
            tone = down(c, 0.09) if stripe % 2 else up(c, 0.12)
            e.fill(rect(x, 90, 46, 580), tone, 0.55, outline)
        for _ in range(16):
            left, top = r.uniform(150, 440), r.uniform(220, 560)
            bend, end = left + r.uniform(-8, 8), left + r.uniform(-6, 6)
            vein = f"M {left} {top} Q {bend} {top + 50} {end} {top + r.uniform(60, 110)}"
            e.line(curve(vein), 2.5, down(c, 0.25), 0.5, outline)
        e.fill(oval(300, 140, 20), down(c, 0.5))
        e.fill(oval(302, 143, 18), (232, 232, 236))
        e.line([*rect(168, 240, 264, 396, 22), (410, 240)], 5, down(c, 0.22), 0.7)
    for x, y, size in ((244, 520, 44), (330, 560, 38)):
        e.fill(oval(x, y, size), (206, 58, 50))
        e.fill(oval(x, y, size - 6), (238, 110, 92))
        for seed in range(6):
            with e.turned(seed * 60, (x, y)):
                e.fill(oval(x, y - size * 0.5, size * 0.12, size * 0.2), (250, 214, 140))
    for x, y, angle in ((220, 420, 20), (256, 400, 70), (300, 440, 130)):
        with e.turned(angle, (x, y)):
            e.fill(curve(f"M {x} {y} Q {x + 30} {y - 30} {x + 64} {y} Q {x + 30} {y + 26} {x} {y} Z"), (84, 156, 76))
            e.line([(x, y), (x + 54, y)], 2.5, (140, 200, 120))


def food_container(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 640, 226)
    body = both("M 300 400 L 88 400 L 112 596 Q 118 636 160 636 L 300 636")
    e.fill(body, (226, 236, 242), 0.95)
    food = both("M 300 450 L 102 450 L 118 586 Q 124 622 164 622 L 300 622")
    e.fill(food, (246, 238, 214))
    for _ in range(70):
        kind = r.randrange(4)
        tone = ((236, 110, 76), (112, 176, 84), (250, 202, 84), (250, 246, 232))[kind]
        x, y = r.uniform(110, 490), r.uniform(462, 618)
        with e.turned(r.uniform(0, 180), (x, y)):
            e.fill(oval(x, y, (15, 18, 11, 13)[kind], (15, 8, 11, 7)[kind]), down(tone, 0.06), 1.0, food)
            e.fill(oval(x - 2, y - 2, (11, 14, 8, 9)[kind], (11, 5, 8, 5)[kind]), up(tone, 0.15), 1.0, food)
    e.fill(curve("M 110 420 L 150 420 L 172 624 L 148 624 Z"), WHITE, 0.45)
    e.fill(rect(66, 346, 468, 64, 24), slant((66, 346, 468, 64), c, 0.25, 0.2))
    e.fill(rect(92, 326, 416, 36, 16), slant((92, 326, 416, 36), up(c, 0.12), 0.2, 0.1))
    for x in (150, 386):
        e.fill(rect(x, 364, 64, 78, 14), slant((x, 364, 64, 78), down(c, 0.08), 0.25, 0.2))
        e.fill(rect(x + 16, 420, 32, 8, 4), down(c, 0.4))
    e.fill(oval(300, 340, 26, 7), down(c, 0.25))


DRAWINGS = {
    "mug": mug,
    "thermos": thermos,
    "teapot": teapot,
    "frying_pan": frying_pan,
    "saucepan": saucepan,
    "kitchen_knife": kitchen_knife,
    "cutting_board": cutting_board,
    "food_container": food_container,
}
