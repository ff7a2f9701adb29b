"""Pictures as the editor shows them: one tile each, and the one field by which the form says all of a picture.

The field holds the picture's key, or `url:` and its address; then, parted by tabs and only where said, what it shows
and `color` for the swatch of the product's colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sellerdesk.catalog.types import ImageInfo, ImageInput, StoredPicture, sized

_ADDRESS = "url:"
_SWATCH = "color"


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture in the editor: `value` is what the form sends back, `note` why it is not there."""

    value: str
    thumb_url: str
    url: str
    state: str = "ready"
    note: str = ""
    source: str = ""

    @property
    def alt(self) -> str:
        return image_input(self.value).alt or ""

    @property
    def color(self) -> bool:
        return bool(image_input(self.value).color)


def tile_of(image: ImageInfo) -> Tile:
    return Tile(_packed(image.key or f"{_ADDRESS}{image.source}", image.alt, image.color), image.card_url, image.url,
                image.state, image.error, image.source)


def tile_of_stored(picture: StoredPicture) -> Tile:
    """A picture uploaded a moment ago."""
    return Tile(picture.key, f"/media/{sized(picture.key, 'card')}", picture.url)


def _packed(name: str, alt: str, color: bool) -> str:
    return "\t".join([name, alt, _SWATCH] if color else [name, alt] if alt else [name])


def image_input(value: str) -> ImageInput:
    """What the form said of a picture."""
    name, alt, mark = (*value.split("\t"), "", "")[:3]
    by_address = name.startswith(_ADDRESS)
    return ImageInput("" if by_address else name, name.removeprefix(_ADDRESS) if by_address else "", alt.strip(),
                      mark == _SWATCH)


def named(tiles: Iterable[Tile], values: Sequence[str]) -> list[Tile]:
    """Tiles by what the form sends; pictures uploaded meanwhile get one of their own."""
    known = {tile.value.split("\t")[0]: tile for tile in tiles}
    made = []
    for value in filter(None, values):
        name = value.split("\t")[0]
        old = known.get(name)
        if old:
            made.append(Tile(value, old.thumb_url, old.url, old.state, old.note, old.source))
        elif name.startswith(_ADDRESS):
            made.append(Tile(value, "", "", "waiting", "", name.removeprefix(_ADDRESS)))
        else:
            made.append(Tile(value, f"/media/{sized(name, 'card')}", f"/media/{name}"))
    return made
