"""For the garage and the car."""

from __future__ import annotations

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
    chrome_along,
    contrast,
    down,
    fall,
    mix,
    round_across,
    round_along,
    slant,
    up,
)


def cordless_drill(e: Easel, c: Rgb, r: Random) -> None:
    with e.turned(0, (300, 430), 0.93):
        e.shadow(428, 664, 130)
        e.fill(rect(20, 296, 110, 16, 4), chrome_along(296, 312))
        e.fill([(20, 296), (4, 304), (20, 312)], STEEL)
        e.fill(curve("M 118 268 L 196 250 L 196 358 L 118 340 Z"), round_along(250, 358, COAL))
        for y in range(266, 346, 14):
            e.line([(140, y), (190, y)], 3, up(COAL, 0.25))
        handle = curve("M 350 380 L 462 380 C 470 450 452 520 470 580 L 366 580 C 352 520 380 450 350 380 Z")
        e.fill(handle, round_across(350, 470, COAL))
        e.fill(curve("M 352 396 Q 326 430 350 466 L 372 470 L 372 396 Z"), (206, 60, 52))
        body = curve("M 190 222 L 440 214 Q 520 220 524 300 Q 524 384 450 392 L 330 396 Q 250 392 190 386 Z")
        e.fill(body, round_along(214, 396, c))
        e.fill(curve("M 440 214 Q 520 220 524 300 Q 524 384 450 392 Q 480 300 440 214 Z"), down(COAL, 0.1))
        for y in (264, 292, 320, 348):
            e.line([(472, y), (508, y)], 6, up(COAL, 0.3))
        e.fill(rect(250, 270, 150, 42, 8), down(c, 0.35))
        e.fill(rect(266, 284, 84, 14, 6), WHITE)
        e.fill(rect(214, 226, 22, 160, 6), (240, 200, 70))
        e.fill(rect(330, 570, 196, 90, 20), round_along(570, 660, COAL))
        e.fill(rect(330, 590, 196, 26), c)
        for number in range(3):
            e.fill(oval(360 + number * 24, 638, 6), (96, 214, 130))


def screwdriver_set(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 672, 250, 0.4)
    for number, x in enumerate((100, 200, 300, 400, 500)):
        tone = c if number % 2 == 0 else mix(c, COAL, 0.75)
        top = (150, 210, 120, 230, 180)[number]
        flat = number % 2 == 0
        e.fill(rect(x - 9, top + 50, 18, 330), chrome(x - 9, x + 9))
        tip = [(x - 9, top + 56), (x + 9, top + 56), (x + 14, top + 24), (x + 9, top), (x - 9, top), (x - 14, top + 24)]
        point = [(x - 9, top + 56), (x + 9, top + 56), (x + 9, top + 26), (x, top), (x - 9, top + 26)]
        e.fill(tip if flat else point, chrome(x - 14, x + 14))
        if not flat:
            e.line([(x, top + 50), (x, top + 6)], 2, (100, 106, 116))
        grip = f"M {x} 396 L {x - 15} 396 Q {x - 24} 420 {x - 26} 446 Q {x - 40} 458 {x - 38} 500 L {x - 38} 630"
        handle = both(f"{grip} Q {x - 34} 664 {x} 664", x)
        e.fill(handle, round_across(x - 38, x + 38, tone))
        for groove in (-24, -8, 8, 24):
            e.line([(x + groove, 486), (x + groove, 626)], 5, down(tone, 0.35), 0.8)
        e.fill(rect(x - 34, 456, 68, 14, 6), (246, 246, 244), 0.9)
        e.fill(oval(x, 652, 18, 8), up(tone, 0.3), 0.7)
    e.fill(rect(44, 540, 512, 54, 14), round_along(540, 594, COAL))
    for x in (100, 200, 300, 400, 500):
        e.fill(rect(x - 44, 536, 88, 62, 16), round_across(x - 44, x + 44, down(COAL, 0.15)))
        e.line([(x - 44, 547), (x + 44, 547)], 2, up(c, 0.3))


def hammer(e: Easel, c: Rgb, r: Random) -> None:
    e.glow((310, 430), 270, 280, (40, 38, 60), 0.26)
    with e.turned(30, (300, 400)):
        handle = both("M 300 250 L 284 250 Q 278 400 270 520 Q 260 620 268 700 Q 284 716 300 716")
        e.fill(handle, round_across(262, 338, c))
        for y in range(540, 700, 18):
            e.line(curve(f"M 268 {y} Q 300 {y + 10} 332 {y}"), 6, down(c, 0.35), 0.7, handle)
        e.fill(rect(262, 140, 76, 126, 10), chrome(262, 338))
        face = curve(
            "M 336 158 L 404 158 L 412 144 L 456 144 Q 466 144 466 200 "
            "Q 466 254 456 254 L 412 254 L 404 240 L 336 240 Z"
        )
        e.fill(face, chrome_along(144, 254))
        claw = curve("M 266 146 C 200 140 140 170 104 262 Q 100 274 116 268 C 150 216 200 210 266 240 Z")
        e.fill(claw, chrome_along(140, 262))
        e.line(curve("M 240 186 C 190 180 150 206 122 250"), 5, (100, 106, 116))
        e.fill(rect(272, 120, 56, 26, 6), down(c, 0.3))


def tape_measure(e: Easel, c: Rgb, r: Random) -> None:
    with e.turned(0, (300, 430), 0.94):
        e.shadow(320, 612, 220)
        tape = rect(20, 540, 300, 50)
        e.fill(tape, fall(540, 590, (250, 208, 70), 0.2, 0.12))
        for number in range(24):
            x = 40 + number * 11
            high = 26 if number % 5 == 0 else 14
            e.line([(x, 542), (x, 542 + high)], 2.5, (210, 50, 44) if number % 10 == 0 else INK)
        for x in (64, 120, 174):
            e.fill(rect(x, 570, 16, 12, 3), INK)
        e.fill(rect(10, 534, 14, 74, 3), chrome(10, 24))
        body = curve(
            "M 210 600 L 210 380 C 210 260 290 220 370 220 C 480 220 536 300 536 410 L 536 560 Q 536 604 494 604 Z"
        )
        e.fill(body, slant((210, 220, 326, 384), c, 0.26, 0.26))
        e.fill(curve("M 210 600 L 210 540 L 536 540 L 536 560 Q 536 604 494 604 Z"), COAL)
        e.fill(curve("M 510 300 Q 546 360 536 560 L 506 560 Q 520 400 490 280 Z"), COAL)
        e.fill(oval(374, 400, 108), down(c, 0.3))
        e.fill(oval(374, 396, 100), slant((274, 296, 200, 200), (48, 50, 60), 0.2, 0.2))
        e.fill(oval(374, 396, 70), up(c, 0.1))
        e.fill(rect(338, 372, 72, 18, 8), contrast(c), 0.9)
        e.fill(rect(350, 402, 48, 12, 6), contrast(c), 0.7)
        e.fill(curve("M 216 320 L 250 268 L 282 300 L 250 360 Z"), COAL)
        e.fill(curve("M 230 340 C 240 280 300 240 350 236 C 300 260 260 310 252 370 Z"), WHITE, 0.25)


def car_phone_holder(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 676, 130)
    e.fill(both("M 300 610 C 220 612 190 640 186 664 Q 230 680 300 680"), round_across(186, 414, COAL))
    e.line([(300, 620), (300, 470)], 34, slant((280, 470, 40, 150), mix(c, COAL, 0.4), 0.3, 0.2))
    e.fill(oval(300, 520, 34), slant((266, 486, 68, 68), COAL, 0.3, 0.1))
    for x in range(274, 330, 13):
        e.line([(x, 500), (x, 540)], 4, up(COAL, 0.3))
    with e.turned(-5, (300, 330)):
        e.fill(rect(174, 330, 252, 90, 20), round_along(330, 420, mix(c, COAL, 0.3)))
        e.fill(rect(190, 118, 220, 400, 34), (26, 28, 38))
        screen = rect(202, 130, 196, 376, 24)
        e.fill(screen, fall(130, 506, (222, 234, 226), 0.2, 0.06))
        for text in ("M 190 220 L 420 300", "M 190 420 L 420 380", "M 250 120 L 290 520"):
            e.line(curve(text), 11, WHITE, 1.0, screen)
        e.fill(rect(206, 320, 60, 66), (190, 220, 180), 1.0, screen)
        e.fill(rect(300, 140, 80, 84), (196, 216, 236), 1.0, screen)
        e.line(
            curve("M 280 500 C 270 430 280 390 272 340 C 290 330 340 350 350 270 L 346 230"),
            14,
            (66, 132, 232),
            1.0,
            screen,
        )
        e.fill(curve("M 346 240 C 312 200 322 166 346 166 C 370 166 380 200 346 240 Z"), (226, 70, 60))
        e.fill(oval(346, 190, 9), WHITE)
        for x, turn in ((166, 1), (396, -1)):
            e.fill(rect(x, 300, 38, 104, 12), round_across(x, x + 38, c))
            e.fill(rect(x + (26 if turn > 0 else 2), 312, 10, 80, 5), down(c, 0.5))
        e.fill(rect(250, 500, 100, 34, 12), round_along(500, 534, c))


def flashlight(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(330, 660, 220, 0.3)
    with e.turned(28, (300, 400)):
        beam = curve("M 120 310 L -120 120 L -120 690 L 120 490 Z")
        e.fill(beam, Gradient((120, 400), (-60, 400), ((0.0, (255, 246, 200)), (1.0, (255, 252, 236)))), 0.55)
        e.fill(curve("M 130 296 L 190 300 L 262 344 L 262 456 L 190 500 L 130 504 Z"), round_along(296, 504, c))
        e.fill(oval(130, 400, 26, 104), chrome_along(296, 504))
        e.fill(oval(128, 400, 19, 84), (255, 250, 222))
        e.glow((128, 400), 60, 110, (255, 244, 180), 0.9)
        e.fill(rect(258, 348, 280, 104, 10), round_along(348, 452, c))
        for x in range(300, 470, 16):
            e.line([(x, 352), (x, 448)], 5, down(c, 0.4), 0.55)
        for x in (200, 216, 232):
            e.line([(x, 310 + (x - 190) * 0.6), (x, 490 - (x - 190) * 0.6)], 4, down(c, 0.4), 0.6)
        e.fill(rect(276, 338, 44, 20, 8), (226, 90, 60))
        e.fill(rect(534, 356, 44, 88, 14), round_along(356, 444, down(c, 0.2)))
        e.line(arc(596, 400, 26, 26, -90, 90), 8, COAL)


DRAWINGS = {
    "cordless_drill": cordless_drill,
    "screwdriver_set": screwdriver_set,
    "hammer": hammer,
    "tape_measure": tape_measure,
    "car_phone_holder": car_phone_holder,
    "flashlight": flashlight,
}
