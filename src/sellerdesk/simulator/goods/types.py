"""What the generator of demo goods hands out."""

from __future__ import annotations

import msgspec

LANGUAGES = ("en", "ru", "zh")


class DemoValue(msgspec.Struct, frozen=True):
    """One value of an attribute. `value_id` is 0 for free text; `text` is in the main language."""

    value_id: int
    text: str


class DemoAttribute(msgspec.Struct, frozen=True):
    attribute_id: int
    values: tuple[DemoValue, ...]


class DemoProduct(msgspec.Struct, frozen=True):
    """A plausible product of the starter catalogue.

    Texts are mappings by language (`en`, `ru`, `zh`). Sizes are of the package, in mm and g. Money is in minor
    units of `currency`; `old_price_minor` is 0 when there is no crossed-out price. `colour` is what the picture
    is painted with. `popularity` weighs the product among buyers, 1 to 1000; `season` says how demand moves
    over the year, in percent of the average, January to December.
    """

    offer_id: str
    type_key: str
    type_id: int
    category_id: int
    names: dict[str, str]
    descriptions: dict[str, str]
    brand: str
    model: str
    attributes: tuple[DemoAttribute, ...]
    depth_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    currency: str
    price_minor: int
    old_price_minor: int
    cost_minor: int
    vat: str
    barcode: str
    colour: str
    picture_seed: int
    popularity: int
    season: tuple[int, ...]
