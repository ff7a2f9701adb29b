"""Headphones, phones' helpers, watches and what lies around a computer."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    COAL,
    INK,
    STEEL,
    WHITE,
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


def headphones(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 190)
    band = curve("M 152 450 C 130 130 470 130 448 450")
    e.line(band, 40, slant((150, 180, 300, 260), c))
    e.line(curve("M 176 400 C 176 196 424 196 424 400"), 16, down(c, 0.45))
    for side in (0, 1):
        flip = (lambda path: path) if side == 0 else mirror
        e.fill(flip(rect(134, 388, 36, 76, 14)), chrome(134, 170) if side == 0 else chrome(430, 466))
        e.fill(flip(rect(176, 424, 60, 208, 30)), down(mix(c, COAL, 0.6), 0.25))
        e.fill(flip(rect(198, 440, 34, 176, 17)), down(mix(c, COAL, 0.6), 0.05))
        left = 92 if side == 0 else 408
        shell = flip(both("M 146 420 C 92 424 92 632 146 636", 146))
        e.fill(flip(rect(140, 420, 52, 216, 26)), down(c, 0.22))
        e.fill(shell, round_across(left, left + 104, c))
        e.fill(flip(oval(128, 528, 16, 50)), up(c, 0.22), 0.55)


def earbuds(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 170)
    for side in (0, 1):
        flip = (lambda path: path) if side == 0 else mirror
        angle = -10 if side == 0 else 10
        with e.turned(angle, (226 if side == 0 else 374, 280)):
            x = 226 if side == 0 else 374
            e.fill(rect(x - 20, 268, 40, 150, 20), round_across(x - 20, x + 20, c))
            e.fill(rect(x - 20, 398, 40, 20, 10), STEEL)
            e.fill(flip(oval(214, 250, 62, 54)), slant((x - 62, 196, 110, 110), c))
            tip = flip(curve("M 252 226 C 290 214 306 236 300 258 C 294 280 268 286 250 276 Z"))
            e.fill(tip, down(mix(c, COAL, 0.5), 0.1))
            e.fill(flip(oval(196, 236, 14, 9)), WHITE, 0.5)
    case = rect(162, 448, 276, 206, 92)
    e.fill(case, slant((162, 448, 276, 206), c, 0.3, 0.25))
    e.line([(166, 520), (434, 520)], 4, down(c, 0.3))
    e.fill(rect(270, 512, 60, 14, 7), down(c, 0.2))
    e.fill(oval(300, 574, 7), (94, 214, 130))
    e.glow((230, 482), 60, 20, WHITE, 0.6)


def speaker(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 150)
    e.line(curve("M 408 260 C 476 280 476 420 408 440"), 14, down(c, 0.35))
    body = rect(176, 168, 248, 492, 76)
    e.fill(body, round_across(176, 424, c))
    mesh = down(c, 0.42)
    for row in range(30):
        y = 236 + row * 12.4
        shift = 6 if row % 2 else 0
        for column in range(20):
            x = 184 + column * 12.2 + shift
            if x < 420:
                e.fill(rect(x, y, 5, 5), mesh)
    e.fill(rect(176, 168, 248, 62, 60), round_across(176, 424, up(c, 0.08)), 1.0, body)
    for x in (248, 300, 352):
        e.fill(oval(x, 200, 11), down(c, 0.35))
    e.fill(rect(234, 408, 132, 42, 21), down(c, 0.5))
    e.fill(rect(258, 424, 84, 10, 5), up(c, 0.7))
    e.fill(rect(176, 616, 248, 44, 40), down(c, 0.5), 0.85, body)


def power_bank(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 140)
    e.line(curve("M 322 190 C 330 90 470 100 470 240 C 470 420 520 470 500 656"), 12, COAL)
    e.fill(rect(306, 158, 34, 46, 8), chrome(306, 340))
    body = rect(184, 190, 232, 466, 36)
    e.fill(body, slant((184, 190, 232, 466), c, 0.28, 0.25))
    e.fill(rect(184, 190, 16, 466, 14), up(c, 0.4), 0.5, body)
    e.fill(rect(232, 190, 54, 10, 4), INK)
    e.fill(rect(306, 190, 34, 10, 4), INK)
    ink = contrast(c)
    bolt = curve("M 314 350 L 262 434 L 296 434 L 284 502 L 340 412 L 304 412 L 322 350 Z")
    e.fill(bolt, ink, 0.85)
    for number in range(4):
        light = (104, 220, 140) if number < 3 else mix(c, ink, 0.25)
        e.fill(oval(255 + number * 30, 596, 8), light)


def wall_charger(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 170)
    e.line(curve("M 300 560 C 300 690 120 640 96 560 C 80 500 150 470 190 520"), 12, down(c, 0.12))
    for x in (244, 332):
        e.fill(rect(x, 160, 24, 116, 10), chrome(x, x + 24))
    e.fill(rect(222, 254, 156, 40, 12), down(c, 0.22))
    body = rect(176, 280, 248, 300, 44)
    e.fill(body, slant((176, 280, 248, 300), c, 0.2, 0.22))
    e.fill(rect(196, 300, 208, 260, 30), up(c, 0.12), 0.5)
    bolt = curve("M 308 348 L 270 410 L 296 410 L 288 458 L 328 394 L 302 394 L 314 348 Z")
    e.fill(bolt, mix(c, contrast(c), 0.55))
    e.fill(rect(262, 500, 76, 26, 13), INK)
    e.fill(rect(274, 509, 52, 8, 4), STEEL)
    e.fill(rect(278, 540, 44, 60, 8), down(c, 0.18))


def phone_case(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 664, 130)
    with e.turned(6, (300, 400)):
        e.fill(rect(170, 128, 260, 526, 54), down(c, 0.32))
        body = rect(178, 134, 244, 514, 48)
        e.fill(body, slant((178, 134, 244, 514), c, 0.34, 0.2))
        e.fill(curve("M 178 420 L 422 210 L 422 330 L 178 540 Z"), WHITE, 0.12, body)
        e.fill(rect(196, 156, 112, 116, 34), down(c, 0.3))
        for x, y in ((226, 188), (226, 240), (278, 188)):
            e.fill(oval(x, y, 21), INK)
            e.fill(oval(x, y, 13), (52, 60, 84))
            e.fill(oval(x - 5, y - 5, 4), (170, 190, 230))
        e.fill(oval(278, 240, 9), (246, 236, 205))
        e.line(arc(300, 440, 52, 52, 0, 360), 6, mix(c, contrast(c), 0.3))
        e.line([(300, 506), (300, 560)], 6, mix(c, contrast(c), 0.3))
        e.fill(rect(420, 240, 8, 70, 4), down(c, 0.45))


def smart_watch(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 668, 110)
    strap = both("M 300 110 L 256 112 L 240 300 L 240 490 L 258 664 L 300 664")
    e.fill(strap, round_across(236, 364, c))
    for y in (570, 600, 630):
        e.fill(oval(300, y, 7, 9), down(c, 0.45))
    e.fill(rect(402, 352, 18, 52, 8), chrome(402, 420))
    e.fill(rect(186, 262, 228, 262, 76), chrome(186, 414))
    e.fill(rect(196, 272, 208, 242, 68), INK)
    face = rect(204, 280, 192, 226, 60)
    e.fill(face, fall(280, 506, (28, 32, 52), 0.05, 0.3))
    e.line(arc(300, 410, 62, 62, -90, 190), 13, (240, 96, 110))
    e.line(arc(300, 410, 44, 44, -90, 120), 13, (120, 220, 120))
    e.line(arc(300, 410, 26, 26, -90, 60), 13, (96, 190, 240))
    for x in (246, 272, 312, 338):
        e.fill(rect(x, 304, 18, 32, 5), WHITE)
    e.fill(oval(301, 313, 4), WHITE)
    e.fill(oval(301, 327, 4), WHITE)
    e.fill(curve("M 204 280 L 330 280 L 220 470 L 204 470 Z"), WHITE, 0.08, face)


def computer_mouse(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 656, 165)
    with e.turned(12, (300, 420)):
        e.fill(both("M 300 176 C 190 176 166 280 166 420 C 166 580 220 664 300 664"), down(c, 0.4))
        body = both("M 300 168 C 196 168 174 276 174 414 C 174 566 224 650 300 650")
        e.fill(body, slant((174, 168, 252, 480), c, 0.32, 0.28))
        e.glow((250, 500), 110, 130, up(c, 0.5), 0.5, body)
        e.line([(300, 170), (300, 368)], 4, down(c, 0.4))
        e.line(curve("M 174 380 Q 300 346 426 380"), 4, down(c, 0.4), 1.0, body)
        e.fill(rect(283, 220, 34, 96, 17), INK)
        e.fill(rect(288, 236, 24, 64, 12), round_along(236, 300, (120, 126, 138)))
        for y in (250, 262, 274, 286):
            e.line([(290, y), (310, y)], 2, INK)
        e.fill(oval(300, 580, 9), mix(c, contrast(c), 0.4))


def keyboard(e: Easel, c: Rgb, r: Random) -> None:
    e.shadow(300, 590, 260)
    with e.turned(-9, (300, 430), 0.98):
        e.fill(rect(44, 330, 512, 216, 22), down(c, 0.4))
        e.fill(rect(44, 318, 512, 216, 22), slant((44, 318, 512, 216), c, 0.18, 0.15))
        key, edge = up(c, 0.14), down(c, 0.3)
        accents = ((232, 98, 84), (84, 156, 214), (240, 184, 70), (90, 176, 130))
        accent = accents[r.randrange(4)]
        for row in range(5):
            x, y, column = 60.0, 334 + row * 38, 0
            widths = {1: 1.5, 2: 1.8, 3: 2.2}
            while x < 530:
                width = 32 * (widths.get(row, 1) if column == 0 else 1)
                if row == 4 and column == 3:
                    width = 210
                width = min(width, 540 - x)
                if width < 14:
                    break
                tone = accent if (row, column) in ((0, 0), (4, 3)) else key
                e.fill(rect(x, y + 4, width - 5, 30, 6), edge)
                e.fill(rect(x, y, width - 5, 29, 6), tone)
                x += width
                column += 1


DRAWINGS = {
    "headphones": headphones,
    "earbuds": earbuds,
    "speaker": speaker,
    "power_bank": power_bank,
    "wall_charger": wall_charger,
    "phone_case": phone_case,
    "smart_watch": smart_watch,
    "computer_mouse": computer_mouse,
    "keyboard": keyboard,
}
