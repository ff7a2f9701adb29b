"""Carriers and the pure arithmetic of parcels: no database, no clock, no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """A carrier of the sandbox. `prefix` starts its tracking numbers, `number` is the API's tpl_provider_id."""

    code: str
    number: int
    names: Mapping[str, str]
    prefix: str


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service of a carrier; `tariff` is the key of its dated rule."""

    tariff: str
    carrier: str
    names: Mapping[str, str]


CARRIERS: dict[str, CarrierFacts] = {
    "veloport": CarrierFacts("veloport", 24, {"en": "Veloport", "ru": "Велопорт", "zh-hans": "维洛快递"}, "VP"),
    "tundra": CarrierFacts("tundra", 57, {"en": "Tundra Cargo", "ru": "Тундра Карго", "zh-hans": "冻原货运"}, "TC"),
}
SERVICES: dict[str, ServiceFacts] = {
    "veloport.standard": ServiceFacts("veloport.standard", "veloport", {
        "en": "Veloport, to pickup point", "ru": "Велопорт, до пункта выдачи", "zh-hans": "维洛快递，送至自提点"}),
    "tundra.cargo": ServiceFacts("tundra.cargo", "tundra", {
        "en": "Tundra Cargo, bulky goods", "ru": "Тундра Карго, крупногабаритный груз",
        "zh-hans": "冻原货运，大件货物"}),
}

# Default tariffs: kopecks, fen or cents for the parcel and for each begun 100 g, by the shop's currency.
DEFAULT_TARIFFS: dict[str, dict[str, object]] = {
    "veloport.standard": {
        "days": 4, "max_weight_g": 25_000,
        "prices": {"RUB": [6500, 350], "CNY": [650, 35], "USD": [90, 5], "EUR": [80, 5], "KZT": [35_000, 1_900],
                   "BYN": [270, 15], "KGS": [7_800, 420]},
    },
    "tundra.cargo": {
        "days": 6, "max_weight_g": 300_000,
        "prices": {"RUB": [49_000, 180], "CNY": [4_900, 18], "USD": [650, 3], "EUR": [600, 3], "KZT": [265_000, 970],
                   "BYN": [2_050, 8], "KGS": [58_500, 215]},
    },
}

# Large enough for every parcel number to come, coprime with the multiplier below.
_TRACKING_SPACE = 10**8
_TRACKING_STEP = 61_803_399
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def price_minor(fixed_minor: int, per_100g_minor: int, weight_g: int) -> int:
    """The tariff's formula: a fixed part and a part for each begun 100 g; an unknown weight counts as 100 g.

    6500 + 350 per 100 g, 1,240 g: 6500 + 13 × 350 = 11,050 kopecks.
    """
    return fixed_minor + per_100g_minor * max(1, -(-weight_g // 100))


def tracking_number(prefix: str, parcel: int) -> str:
    """The parcel's number in the postal form S10 (UPU): two letters, eight digits, check digit and a country.

    The country is ZZ, which none has.
    The digits walk over the whole space without repeating, so that neighbours do not look alike.
    """
    digits = f"{parcel * _TRACKING_STEP % _TRACKING_SPACE:08d}"
    return f"{prefix}{digits}{check_digit(digits)}ZZ"


def check_digit(digits: str) -> int:
    """S10: weighted sum modulo 11, where 10 counts as 0 and 11 as 5."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def sort_code(city: str) -> str:
    """Two or three letters that a sorter reads from afar: the beginning of the city's name."""
    letters = [letter for letter in city.upper() if letter.isalpha()]
    if letters and ord(letters[0]) > 0x2E80:
        return "".join(letters[:2])
    return "".join(letters[:3]) or "—"
