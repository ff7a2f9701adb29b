"""What was made to hurt is refused by its head; what was made to deceive comes out as a plain picture."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image

from sellerdesk.catalog.errors import PictureRefused
from sellerdesk.catalog.services import imaging, pictures
from sellerdesk.core import storage

pytestmark = pytest.mark.django_db


def png(width: int, height: int) -> bytes:
    """A PNG whose head promises pixels that its thousand bytes do not hold."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 900_000)) + chunk(b"IEND", b"")


def gif(frames: int) -> bytes:
    """An animation that says the same thing over and over."""
    one = io.BytesIO()
    Image.new("P", (300, 300)).save(one, "GIF")
    whole = one.getvalue()
    body = whole[:-1]
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return body + frame * frames + b"\x3b"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.jpg", b"x")
    return out.getvalue()


@pytest.mark.parametrize(("data", "code"), [
    (png(65_535, 65_535), "picture_too_many_pixels"),
    (png(10_000, 4_001), "picture_too_many_pixels"),
    (png(4000, 4000), "picture_broken"),
    (png(199, 400), "picture_too_small"),
    (png(300, 1201), "picture_wrong_aspect"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture_unreadable"),
    (b"%PDF-1.4\n<html><script>alert(1)</script></html>", "picture_unreadable"),
    (b"MZ\x90\x00 a program called photo.jpg", "picture_unreadable"),
    (zipped(), "picture_is_archive"),
    (b"", "picture_unreadable"),
    (b"\xff\xd8\xff\xe0", "picture_unreadable"),
    (b"0" * (imaging.MAX_BYTES + 1), "picture_too_large"),
], ids=["65535-squared", "above-40-megapixels", "pixels-missing", "small", "narrow", "svg", "pdf-html", "program", "zip",
        "empty", "four-bytes", "11-megabytes"])
def test_it_is_refused_with_the_reason(shop, now, data: bytes, code: str):
    with pytest.raises(PictureRefused) as refused:
        pictures.store(seller=shop, data=data, now=now)

    assert refused.value.code == code
    assert refused.value.text


def test_a_bomb_is_refused_by_its_head_alone(shop, now, monkeypatch):
    def decoded(*_: Any) -> None:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)

    for data in (png(65_535, 65_535), png(10_000, 4_001), png(199, 400)):
        with pytest.raises(PictureRefused):
            pictures.store(seller=shop, data=data, now=now)


def test_of_an_animation_only_the_first_frame_is_looked_at(shop, now):
    data = gif(600_000)
    assert 9_000_000 < len(data) < imaging.MAX_BYTES

    kept = pictures.store(seller=shop, data=data, now=now)

    assert (kept.width, kept.height) == (300, 300)
    assert len(storage.open_bytes(kept.key)) < 1000


def test_what_hides_in_a_picture_stays_behind(shop, now):
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(out, "GIF", comment=b"*/=1;alert(document.cookie)//")
    polyglot = out.getvalue() + b"<script>alert(1)</script>"

    kept = storage.open_bytes(pictures.store(seller=shop, data=polyglot, now=now).key)

    assert kept[:4] + kept[8:12] == b"RIFFWEBP"
    assert b"alert" not in kept


def test_the_same_pixels_in_other_bytes_are_stored_once(shop, rival_shop, now):
    first, second = io.BytesIO(), io.BytesIO()
    picture = Image.linear_gradient("L").resize((400, 400)).convert("RGB")
    picture.save(first, "PNG", compress_level=1)
    picture.save(second, "BMP")

    one, two = pictures.store_many(seller=shop, pictures=[first.getvalue(), second.getvalue()], now=now)
    foreign = pictures.store(seller=rival_shop, data=first.getvalue(), now=now)

    assert first.getvalue() != second.getvalue()
    assert one == two
    assert foreign.key != one.key


def test_sizes_between_are_made_later_and_the_whole_stands_in_till_then(client, shop, now, photo):
    kept = pictures.store(seller=shop, data=photo((1600, 1200)), now=now)
    address = f"/media/{kept.key.removesuffix('.webp')}-card.webp"
    before = client.get(address)

    done = pictures.size_pictures(seller=shop, keys=[kept.key], now=now)
    after = client.get(address)

    assert (done, pictures.size_pictures(seller=shop, keys=[kept.key], now=now)) == (1, 0)
    assert Image.open(io.BytesIO(before.content)).size == (1600, 1200)
    assert before["Cache-Control"] == "public, max-age=60"
    assert Image.open(io.BytesIO(after.content)).size == (800, 600)
    assert Image.open(io.BytesIO(client.get(address.replace("-card", "-list")).content)).size == (320, 240)
    assert after["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (after["Content-Type"], after["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert after["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(address.replace("-card", "-poster")).status_code == 404
