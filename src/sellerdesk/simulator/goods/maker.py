"""Making one model of a type and its variants."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import msgspec

from sellerdesk.catalog import starter
from sellerdesk.simulator.goods import data, pricing, wording
from sellerdesk.simulator.goods.types import LANGUAGES, DemoAttribute, DemoProduct, DemoValue

# What makes a product bigger, heavier and dearer, most telling first.
_SCALES = (
    *("net_weight_g", "volume_ml", "volume_l", "weight_kg", "capacity_mah", "lumens", "torque_nm", "bedding", "pieces"),
    *("persons", "diameter_cm", "length_cm", "length_m", "height_cm", "power_w", "sheets", "screen_in"),
)
# Attributes of which goods usually have several values.
_SEVERAL = ("hob", "system", "connector")
_PICTURE_COLOURS = ("#e2574c", "#3f86c9", "#f0b23c", "#4fa36b", "#9a6cc0", "#2fa9a4", "#ee8a5a")
_MANUAL = {"en": "{}, manual", "ru": "{}, инструкция", "zh": "{}、说明书"}


class Shelf(msgspec.Struct, frozen=True):
    """A type of the starter catalogue with everything needed to make goods of it."""

    number: int
    kind: starter.ProductType
    texts: data.TypeTexts
    department: data.DepartmentTexts
    attributes: dict[int, starter.Attribute]
    values: dict[int, dict[str, starter.DictionaryValue]]


class _Model(msgspec.Struct, frozen=True):
    number: int
    brand: str
    names: dict[str, str]
    picked: dict[str, str]
    grade: int
    popularity: int
    closing: data.Texts


def products(shelf: Shelf, seed: int, language_main: str, currency: str) -> Iterator[DemoProduct]:
    """Goods of one type without end: model after model, each with one to four variants."""
    rng = Random(f"{seed}:{shelf.kind.key}")
    words = _series(shelf)
    order = rng.sample(range(len(words)), len(words))
    first = rng.randint(1, 60)
    count = 0
    while True:
        model = _model(shelf, rng, count, first, words[order[count % len(words)]], count // len(words) + 1)
        for number, variant in enumerate(_variants(shelf, model, rng), start=1):
            barcode = _ean13(f"20{shelf.number:03d}{model.number:05d}{number:02d}")
            yield _product(shelf, model, variant, barcode, rng, language_main, currency)
        count += 1


def _series(shelf: Shelf) -> list[data.Texts]:
    series = data.series()
    if shelf.texts.series == "tech":
        return [(word, word, word) for word in series.tech]
    return {"home": series.home, "kids": series.kids, "food": series.food}[shelf.texts.series]


def _model(shelf: Shelf, rng: Random, count: int, first: int, word: data.Texts, generation: int) -> _Model:
    picked = {key: rng.choice(choices) for key, choices in shelf.texts.choices.items()}
    for key in _SEVERAL:
        several = shelf.texts.choices.get(key, [])
        if several:
            picked[key] = ";".join(several[: rng.randint(1, len(several))])
    own = {shelf.attributes[each.attribute_id].key for each in shelf.kind.attributes}
    for each in shelf.kind.attributes:
        attribute = shelf.attributes[each.attribute_id]
        if attribute.kind == "Boolean":
            picked.setdefault(attribute.key, rng.choice(("yes", "no")))
    picked = {key: {"yes": "true", "no": "false"}.get(value, value) for key, value in picked.items()}
    picked.setdefault("country", rng.choice(shelf.department.countries))
    if "warranty" in own:
        picked.setdefault("warranty", rng.choice(("12", "12", "24")))
    if shelf.texts.colours:
        picked["colour"] = rng.choice(shelf.texts.colours)
    for key, choices in shelf.texts.texts.items():
        picked[key] = str(rng.randrange(len(choices)))
    suffix = str(generation * 10 + rng.randrange(9)) if shelf.texts.series == "tech" else str(generation)
    names = {}
    for language, text in zip(LANGUAGES, word, strict=True):
        if shelf.texts.series == "tech":
            names[language] = f"{text} {suffix}"
        else:
            said = text if generation == 1 else f"{text} {suffix}"
            names[language] = {"en": said, "ru": f"«{said}»", "zh": f"“{said}”"}[language]
    return _Model(
        number=first + count,
        brand=rng.choice(shelf.department.brands),
        names=names,
        picked=picked,
        grade=rng.randrange(1000),
        # Few goods sell a lot and many sell a little.
        popularity=8 + rng.randrange(100) * rng.randrange(100) * rng.randrange(100) * 990 // 1_000_000,
        closing=rng.choice(shelf.department.closings),
    )


def _variants(shelf: Shelf, model: _Model, rng: Random) -> list[dict[str, str]]:
    """Values of the aspect attributes, one mapping a variant; up to four variants."""
    axes: list[list[tuple[str, str]]] = []
    room = 4
    for each in shelf.kind.attributes:
        key = shelf.attributes[each.attribute_id].key
        choices = _choices(shelf, key, model.picked)
        if each.aspect and choices:
            count = min(rng.choice((1, 2, 2, 3)), room, len(choices))
            room //= count
            chosen = rng.sample(range(len(choices)), count)
            axes.append([(key, choices[index]) for index in sorted(chosen)])
    return [dict(pairs) for pairs in product(*axes)]


def _choices(shelf: Shelf, key: str, picked: dict[str, str]) -> list[str]:
    for other, by_value in shelf.texts.only.items():
        narrowed = by_value.get(picked[other], {}).get(key)
        if narrowed:
            return narrowed
    return shelf.texts.colours if key == "colour" else shelf.texts.choices.get(key, [])


def _product(
    shelf: Shelf,
    model: _Model,
    variant: dict[str, str],
    barcode: str,
    rng: Random,
    language_main: str,
    currency: str,
) -> DemoProduct:
    picked = {**model.picked, **variant}
    names = {}
    descriptions = {}
    for index, language in enumerate(LANGUAGES):
        words = _words(shelf, model, picked, language)
        names[language] = wording.fill(shelf.texts.names[index], words)
        sentences = [wording.fill(text[index], words) for text in (shelf.texts.first, shelf.texts.second)]
        sentences.append(model.closing[index])
        descriptions[language] = ("" if language == "zh" else " ").join(sentences)
    scale = _scale(shelf, picked)
    size = [low + (high - low) * scale // 1000 for low, high in zip(*shelf.kind.size_mm, strict=True)]
    price = _price(shelf, model, scale, currency, rng)
    return DemoProduct(
        offer_id=_offer_id(shelf, model, variant),
        type_key=shelf.kind.key,
        type_id=shelf.kind.id,
        category_id=shelf.kind.category_id,
        names=names,
        descriptions=descriptions,
        brand=shelf.values[starter.BRAND][model.brand].names[language_main],
        model=_plain(model.names[language_main]),
        attributes=_attributes(shelf, model, picked, descriptions, language_main),
        depth_mm=size[0],
        width_mm=size[1],
        height_mm=size[2],
        weight_g=_weight(shelf, picked, scale),
        currency=currency,
        price_minor=price,
        old_price_minor=pricing.old_price(price, currency, rng) if rng.random() < 0.6 else 0,
        cost_minor=price * rng.randint(36, 58) // 100,
        vat=shelf.department.vat if currency == "RUB" else "0",
        barcode=barcode,
        colour=_picture_colour(shelf, model, picked),
        picture_seed=shelf.number * 100_000 + model.number,
        popularity=max(1, model.popularity * rng.randint(60, 100) // 100),
        season=data.series().seasons[shelf.texts.season],
    )


def _plain(name: str) -> str:
    return name.strip("«»“”")


def _words(shelf: Shelf, model: _Model, picked: dict[str, str], language: str) -> dict[str, str]:
    index = LANGUAGES.index(language)
    brand = "" if model.brand == "no_brand" else shelf.values[starter.BRAND][model.brand].names[language]
    words = {"brand": brand, "model": model.names[language]}
    by_key = {attribute.key: attribute for attribute in shelf.attributes.values()}
    for key, value in picked.items():
        if key in _SEVERAL:
            continue
        attribute = by_key[key]
        forms = shelf.texts.forms.get(key) or data.forms().get(key, {})
        if key in shelf.texts.texts:
            word = shelf.texts.texts[key][int(value)][index]
        elif value in forms:
            word = forms[value][index]
        elif attribute.dictionary_id:
            word = wording.small(shelf.values[attribute.id][value].names[language])
        else:
            word = wording.number(value, language)
        if language == "ru" and key in ("colour", "audience", "finish"):
            word = wording.agree(word, shelf.texts.gender)
        words[key] = word
    if "net_weight_g" in picked:
        words["net"] = wording.mass(int(picked["net_weight_g"]), language)
    return words


def _scale(shelf: Shelf, picked: dict[str, str]) -> int:
    """Where the product stands between the smallest and the largest of its type, 0 to 1000."""
    for key in _SCALES:
        choices = shelf.texts.choices.get(key, [])
        if len(choices) > 1:
            return choices.index(picked[key]) * 1000 // (len(choices) - 1)
    return 500


def _weight(shelf: Shelf, picked: dict[str, str], scale: int) -> int:
    if "net_weight_g" in picked:
        low, high = shelf.kind.weight_g
        return min(max(int(picked["net_weight_g"]) * 106 // 100 + 20, low), high)
    if "weight_kg" in picked:
        whole, _, fraction = picked["weight_kg"].partition(".")
        return (int(whole) * 1000 + int(fraction.ljust(3, "0")[:3])) * 108 // 100 + 40
    low, high = shelf.kind.weight_g
    return low + (high - low) * scale // 1000


def _price(shelf: Shelf, model: _Model, scale: int, currency: str, rng: Random) -> int:
    low, high = shelf.kind.price_minor
    place = min(scale * 45 // 100 + model.grade * 45 // 100 + rng.randrange(40), 1000)
    # Squared, because cheap goods outnumber dear ones.
    return pricing.shelf_price(low + (high - low) * place * place // 1_000_000, currency, rng)


def _offer_id(shelf: Shelf, model: _Model, variant: dict[str, str]) -> str:
    parts = [shelf.texts.code, f"{model.number:04d}"]
    colours = data.shades().colours
    for key, value in variant.items():
        parts.append(colours[value][1] if key == "colour" else _suffix(value))
    return "-".join(parts)


def _suffix(value: str) -> str:
    """A value as a part of an offer id: sizes in full, words by their first letters."""
    plain = value.replace("_", "").replace(".", "").upper()
    return plain[:3] if plain.isalpha() else plain


def _picture_colour(shelf: Shelf, model: _Model, picked: dict[str, str]) -> str:
    shades = data.shades()
    if shelf.texts.tint_by:
        return shades.tints[shelf.texts.tint_by][picked[shelf.texts.tint_by]]
    if "colour" in picked:
        return shades.colours[picked["colour"]][0]
    return _PICTURE_COLOURS[model.number % len(_PICTURE_COLOURS)]


def _attributes(
    shelf: Shelf, model: _Model, picked: dict[str, str], descriptions: dict[str, str], language: str
) -> tuple[DemoAttribute, ...]:
    index = LANGUAGES.index(language)
    texts = {
        "brand": model.brand,
        "model": _plain(model.names[language]),
        "type": shelf.kind.key,
        "description": descriptions[language],
        "hs_code": starter.hs_codes().get(shelf.kind.id, ""),
        "customs_name": _plain(shelf.kind.names["en"]),
        **picked,
    }
    for key, choices in shelf.texts.texts.items():
        texts[key] = choices[int(picked[key])][index]
    if "warranty" in picked:
        texts["package_contents"] = _MANUAL[language].format(shelf.kind.names[language])
    rows = []
    for each in shelf.kind.attributes:
        attribute = shelf.attributes[each.attribute_id]
        text = texts.get(attribute.key)
        if not text:
            continue
        if attribute.dictionary_id:
            chosen = [shelf.values[attribute.id][key] for key in text.split(";")]
            values = tuple(DemoValue(value.id, value.names[language]) for value in chosen)
        else:
            values = (DemoValue(0, text),)
        rows.append(DemoAttribute(attribute.id, values))
    return tuple(rows)


def _ean13(digits: str) -> str:
    """The twelve digits with their check digit. Prefix 20 is kept free for use inside a shop."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)
