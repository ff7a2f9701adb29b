"""Clothes, as if laid out flat."""

from __future__ import annotations

from random import Random

from sellerdesk.simulator.pictures.easel import Easel, Path, arc, both, curve, mirror, oval, rect
from sellerdesk.simulator.pictures.tones import (
    GOLD,
    Gradient,
    Rgb,
    chrome,
    contrast,
    down,
    lightness,
    mix,
    parse,
    slant,
    up,
)


def _lie(e: Easel, path: Path) -> None:
    """The faint shadow of something lying or hanging close to the wall."""
    for shift, alpha in ((14, 0.07), (8, 0.1), (4, 0.12)):
        e.fill([(x + shift * 0.6, y + shift) for x, y in path], (40, 38, 60), alpha)


def _cloth(left: float, right: float, c: Rgb) -> Gradient:
    """Soft upright folds."""
    stops = (
        (0.0, down(c, 0.14)),
        (0.2, up(c, 0.1)),
        (0.38, c),
        (0.55, up(c, 0.13)),
        (0.8, down(c, 0.04)),
        (1.0, down(c, 0.2)),
    )
    return Gradient((left, 0), (right, 0), stops)


def _fold(e: Easel, text: str, c: Rgb, clip: Path, width: float = 7, alpha: float = 0.35) -> None:
    for path in (curve(text), mirror(curve(text))):
        e.line(path, width, down(c, 0.3), alpha, clip)


def tshirt(e: Easel, c: Rgb, r: Random) -> None:
    shirt = both(
        "M 300 196 Q 252 192 232 166 L 188 184 C 130 210 86 290 60 350 "
        "L 142 394 Q 158 370 172 350 Q 178 480 168 650 Q 230 662 300 662"
    )
    _lie(e, shirt)
    e.fill(oval(300, 176, 67, 24), down(c, 0.34))
    e.fill(shirt, _cloth(60, 540, c))
    _fold(e, "M 172 352 Q 186 290 204 250", c, shirt, 6, 0.45)
    _fold(e, "M 180 420 Q 230 470 246 560", c, shirt)
    _fold(e, "M 174 560 Q 220 590 236 650", c, shirt)
    e.line(both("M 300 204 Q 246 200 228 168"), 13, down(c, 0.12))
    e.line(both("M 168 640 Q 230 652 300 652"), 2.5, down(c, 0.3), 0.7)
    _fold(e, "M 68 340 L 146 382", c, shirt, 2.5, 0.7)
    ink = mix(c, contrast(c), 0.8)
    motif = r.randrange(4)
    if motif == 0:
        e.fill(oval(300, 366, 62), parse(("#f2a541", "#e2674a", "#4f9d8f")[r.randrange(3)]), 0.95)
        e.fill(curve("M 226 420 L 274 350 L 300 382 L 330 330 L 376 420 Z"), ink)
    elif motif == 1:
        for number, width in enumerate((150, 110, 130)):
            e.fill(rect(300 - width / 2, 330 + number * 34, width, 18, 9), ink, 0.9)
    elif motif == 2:
        for y in range(300, 640, 56):
            e.fill(rect(60, y, 480, 20), ink, 0.75, shirt)
    else:
        e.fill(rect(352, 316, 66, 74, 6), down(c, 0.1))
        e.line(rect(352, 316, 66, 74, 6), 3, down(c, 0.3), 0.8)


def hoodie(e: Easel, c: Rgb, r: Random) -> None:
    sleeves = both("M 300 190 L 206 204 C 140 240 106 400 76 600 L 72 640 L 140 650 Q 176 520 190 400 L 300 400")
    _lie(e, sleeves)
    e.fill(sleeves, _cloth(72, 528, down(c, 0.05)))
    for flip in (False, True):
        cuff = curve("M 76 606 L 70 652 L 138 662 L 146 612 Z")
        e.fill(mirror(cuff) if flip else cuff, down(c, 0.18))
    body = both("M 300 196 L 214 212 Q 168 300 172 620 L 300 620")
    e.fill(body, _cloth(170, 430, c))
    e.fill(rect(174, 616, 252, 46, 10), down(c, 0.16))
    for x in range(182, 424, 10):
        e.line([(x, 622), (x, 656)], 2, down(c, 0.3), 0.6)
    _fold(e, "M 214 216 Q 184 300 186 420", c, body, 5, 0.5)
    hood = both("M 300 118 C 226 116 190 170 208 216 Q 236 262 300 284")
    e.fill(hood, slant((200, 118, 200, 160), c, 0.2, 0.2))
    e.fill(both("M 300 146 C 250 146 226 180 236 212 Q 256 246 300 262"), down(c, 0.45))
    e.line(both("M 300 146 C 250 146 226 180 236 212 Q 256 246 300 262"), 7, up(c, 0.12))
    cord = mix(c, contrast(c), 0.7)
    for flip in (False, True):
        path = curve("M 266 248 Q 258 300 264 350")
        e.line(mirror(path) if flip else path, 6, cord)
        e.fill(rect(330, 346, 12, 22, 4) if flip else rect(258, 346, 12, 22, 4), chrome(258, 342))
    pocket = both("M 300 460 L 236 460 L 206 560 L 206 604 L 300 604")
    e.fill(pocket, _cloth(206, 394, down(c, 0.07)))
    e.line(pocket, 3, down(c, 0.3), 0.7)


def jeans(e: Easel, c: Rgb, r: Random) -> None:
    c = mix(c, (62, 88, 132), 0.25)
    legs = both("M 300 120 L 196 120 Q 172 300 166 440 L 152 680 L 262 684 Q 280 500 300 330")
    _lie(e, legs)
    e.fill(legs, _cloth(150, 450, c))
    for flip in (False, True):
        fade = [(225, 430), (225, 600)]
        for x, y in fade:
            e.glow((600 - x if flip else x, y), 40, 130, up(c, 0.5), 0.5, legs)
    stitch = (222, 168, 92)
    e.line([(300, 158), (300, 330)], 4, down(c, 0.35))
    e.line(curve("M 312 160 Q 334 230 304 300"), 2.5, stitch)
    band = both("M 300 112 L 194 112 L 190 158 L 300 160")
    e.fill(band, down(c, 0.12))
    e.line(both("M 300 118 L 196 118"), 2, stitch)
    e.line(both("M 300 154 L 192 152"), 2, stitch)
    for x in (222, 378):
        e.fill(rect(x - 6, 106, 12, 58, 3), down(c, 0.24))
    e.fill(oval(300, 136, 11), chrome(289, 311))
    for flip in (False, True):
        pocket = curve("M 188 214 Q 238 220 262 162")
        e.line(mirror(pocket) if flip else pocket, 4, down(c, 0.4))
        e.line(mirror(pocket[:-1]) if flip else pocket[:-1], 2, stitch)
        hem = curve("M 153 664 L 263 668")
        e.line(mirror(hem) if flip else hem, 2.5, stitch)
        seam = curve("M 200 160 Q 176 330 160 660")
        e.line(mirror(seam) if flip else seam, 2, stitch, 0.8)
        for y in (348, 372, 398):
            crease = curve(f"M 298 {y} Q 262 {y - 6} 238 {y + 14}")
            e.line(mirror(crease) if flip else crease, 4, down(c, 0.3), 0.4, legs)


def dress(e: Easel, c: Rgb, r: Random) -> None:
    gown = both(
        "M 300 226 Q 262 214 250 130 L 226 130 Q 224 220 196 260 Q 214 320 230 372 "
        "C 200 480 140 580 112 660 Q 200 700 300 700"
    )
    _lie(e, gown)
    e.fill(both("M 300 232 L 262 200 L 252 130 L 240 130 L 240 200 L 300 250"), down(c, 0.3))
    e.fill(gown, _cloth(112, 488, c))
    for text in (
        "M 262 384 C 250 480 214 600 190 684",
        "M 284 384 C 280 500 262 600 252 696",
        "M 244 380 C 216 480 160 590 136 664",
    ):
        _fold(e, text, c, gown, 8, 0.4)
    motif, ink = r.randrange(3), up(c, 0.6) if lightness(c) < 0.7 else down(c, 0.25)
    if motif == 0:
        for row in range(13):
            for column in range(14):
                e.fill(oval(116 + column * 30 + row % 2 * 15, 270 + row * 33, 5), ink, 0.85, gown)
    elif motif == 1:
        for _ in range(46):
            x, y = r.uniform(120, 480), r.uniform(250, 680)
            for petal in range(5):
                with e.turned(petal * 72, (x, y)):
                    e.fill(oval(x, y - 7, 4.5, 7), ink, 0.9, gown)
            e.fill(oval(x, y, 4), (246, 200, 92), 1.0, gown)
    e.fill(both("M 300 360 L 226 356 L 230 388 L 300 392"), down(c, 0.26))
    e.fill(rect(286, 360, 28, 30, 6), GOLD)
    e.fill(rect(293, 367, 14, 16, 3), down(c, 0.26))


def puffer_jacket(e: Easel, c: Rgb, r: Random) -> None:
    sleeves = both("M 300 196 L 200 210 C 120 240 96 400 74 610 L 150 630 Q 184 500 190 390 L 300 390")
    _lie(e, sleeves)
    e.fill(sleeves, _cloth(74, 526, down(c, 0.08)))
    for flip in (False, True):
        for number in range(6):
            y = 286 + number * 56
            quilt = curve(f"M {116 - number * 8} {y} Q {150 - number * 4} {y + 26} {190 - number * 7} {y + 8}")
            e.line(mirror(quilt) if flip else quilt, 6, down(c, 0.36), 0.75, sleeves)
    body = both("M 300 200 L 206 212 Q 160 320 168 640 Q 230 662 300 662")
    e.fill(body, _cloth(164, 436, c))
    for number in range(7):
        y = 236 + number * 62
        e.fill(
            both(f"M 300 {y + 6} Q 230 {y + 10} 150 {y - 2} L 150 {y + 22} Q 230 {y + 34} 300 {y + 30}"),
            up(c, 0.28),
            0.4,
            body,
        )
        e.line(both(f"M 300 {y + 56} Q 230 {y + 62} 150 {y + 48}"), 7, down(c, 0.36), 0.8, body)
    collar = both("M 300 138 Q 236 136 222 168 L 214 222 Q 250 244 300 246")
    e.fill(collar, slant((214, 138, 172, 110), c, 0.2, 0.25))
    e.line(both("M 300 190 Q 250 190 218 180"), 5, down(c, 0.36), 0.8, collar)
    e.fill(rect(292, 140, 16, 522, 5), down(c, 0.45))
    for y in range(150, 655, 12):
        e.line([(296, y), (304, y)], 3, (196, 202, 209))
    e.fill(rect(290, 236, 20, 34, 6), chrome(290, 310))
    for flip in (False, True):
        pocket = [(216, 500), (238, 580)]
        e.line(mirror(pocket) if flip else pocket, 9, down(c, 0.5))
    e.fill(rect(348, 316, 50, 26, 5), mix(c, contrast(c), 0.8))


def socks(e: Easel, c: Rgb, r: Random) -> None:
    for number, (shift, angle, tone) in enumerate(((96, 10, down(c, 0.16)), (-30, -4, c))):
        with e.turned(angle, (300, 420)):
            points = curve(
                "M 246 130 L 376 130 Q 384 300 380 400 Q 384 470 340 520 "
                "L 250 620 Q 206 668 150 636 Q 100 600 140 552 L 226 452 "
                "Q 250 410 246 330 Z"
            )
            sock = [(x + shift, y) for x, y in points]
            _lie(e, sock)
            e.fill(sock, slant((100 + shift, 130, 300, 520), tone, 0.24, 0.2))
            ink = mix(c, contrast(c), 0.55)
            e.fill(rect(230 + shift, 120, 170, 68), down(tone, 0.14), 1.0, sock)
            for x in range(240, 396, 11):
                e.line([(x + shift, 128), (x + shift, 184)], 2.5, down(tone, 0.3), 0.7, sock)
            for y in (214, 238):
                e.fill(rect(220 + shift, y, 190, 12), ink, 0.9, sock)
            e.fill(oval(386 + shift, 466, 74), ink, 0.85, sock)
            e.fill(oval(132 + shift, 616, 78), ink, 0.85, sock)
            if number:
                e.line(arc(386 + shift, 466, 78, 78, 90, 270), 3, down(tone, 0.3), 0.6, sock)
                for row in range(3):
                    for column in range(2):
                        e.fill(oval(282 + column * 52 + shift + row % 2 * 20, 292 + row * 48, 10), ink, 0.9, sock)


DRAWINGS = {
    "tshirt": tshirt,
    "hoodie": hoodie,
    "jeans": jeans,
    "dress": dress,
    "puffer_jacket": puffer_jacket,
    "socks": socks,
}
