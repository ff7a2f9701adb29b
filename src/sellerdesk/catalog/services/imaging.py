"""From a stranger's bytes to our own picture: looked at cheaply first, decoded within bounds, encoded anew.

The head of a file is read before its pixels, so a bomb is refused without being unpacked. Only the first frame of an
animation is ever looked at.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from sellerdesk.catalog.errors import PictureRefused
from sellerdesk.core import rules as dated

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
#: Sizes made after the fact; `full` and `thumb` are there as soon as the picture is.
LATER = ("card", "list")


@dataclass(frozen=True, slots=True)
class Size:
    """Longest side in pixels, and the quality of WebP, 1 to 100."""

    side: int
    quality: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a picture must be and what is made of it. `max_ratio` is the longer side over the shorter."""

    min_side: int
    max_ratio: int
    sizes: dict[str, Size]


@dataclass(frozen=True, slots=True)
class Made:
    """Encoded picture and thumb, not yet stored. `sha256` is of the bytes sent, `pixels` of what they show."""

    sha256: str
    pixels: str
    picture: bytes
    thumb: bytes
    width: int
    height: int


def rules_at(at: datetime) -> Rules:
    limits = dated.get("catalog.picture_limits", "", at).value
    sizes = {key: Size(**rule.value) for key, rule in dated.all_of("catalog.picture_sizes", at).items()}
    return Rules(limits["min_side"], limits["max_ratio"], sizes)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make(data: bytes, rules: Rules) -> Made:
    """Picture and thumb of a file. Raises PictureRefused, whose code and data say why."""
    full = rules.sizes["full"]
    if len(data) > MAX_BYTES:
        raise too_large()
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
        _judge(opened.width, opened.height, rules)
        opened.draft("RGB", (full.side, full.side))
        # Shrunk before anything copies it: a picture of 40 megapixels is in memory once.
        if opened.mode == "P":
            opened = opened.convert("RGBA")  # type: ignore[assignment]
        opened.thumbnail((full.side, full.side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        picture = _flat(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise _no_picture(data) from None
    except (OSError, ValueError, SyntaxError, IndexError, EOFError, OverflowError):
        raise PictureRefused("picture_broken", _("The picture file is broken or cut off. Save it again and retry."),
                             field="images") from None
    seen = hashlib.sha256(b"%d %d " % picture.size + picture.tobytes()).hexdigest()
    return Made(digest(data), seen, _webp(picture, full), _webp(picture, rules.sizes["thumb"]),
                picture.width, picture.height)


def shrink(picture: bytes, size: Size) -> bytes:
    """A smaller size of a picture of ours."""
    return _webp(Image.open(io.BytesIO(picture), formats=("WEBP",)).convert("RGB"), size)


def too_large() -> PictureRefused:
    return PictureRefused("picture_too_large", _("The picture is larger than %(limit)s MB."), field="images",
                          data={"limit": MAX_BYTES // (1024 * 1024)})


def _too_many_pixels() -> PictureRefused:
    return PictureRefused("picture_too_many_pixels", _("The picture has more than %(limit)s million pixels."),
                          field="images", data={"limit": MAX_PIXELS // 1_000_000})


def _no_picture(data: bytes) -> PictureRefused:
    if data.startswith(b"PK"):
        return PictureRefused("picture_is_archive", _("This is an archive, not a picture. Unpack it and send the "
                                                      "pictures."), field="images")
    return PictureRefused("picture_unreadable", _("This is not a picture we can read. Send JPEG, PNG, WebP, GIF "
                                                  "or BMP."), field="images")


def _judge(width: int, height: int, rules: Rules) -> None:
    """What the head of the file says about its size."""
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < rules.min_side:
        raise PictureRefused(
            "picture_too_small", _("The picture is %(width)s × %(height)s pixels; each side needs at least %(limit)s."),
            field="images", data={"width": width, "height": height, "limit": rules.min_side})
    if max(width, height) > rules.max_ratio * min(width, height):
        raise PictureRefused(
            "picture_wrong_aspect", _("The picture is %(width)s × %(height)s pixels: one side may be at most %(limit)s "
                                      "times the other. Crop it."),
            field="images", data={"width": width, "height": height, "limit": rules.max_ratio})


def _flat(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes white, as on a shop's shelf."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _webp(picture: Image.Image, size: Size) -> bytes:
    if max(picture.size) > size.side:
        picture = picture.copy()
        picture.thumbnail((size.side, size.side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=size.quality, method=2)
    return out.getvalue()
