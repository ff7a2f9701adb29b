"""Carriers, their services and the numbers of parcels: no database, no clock, no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sellerdesk.logistics.types import SCAN_CODES, Integration, LabelSize, Scheme

#: The warehouses of the marketplace itself, in inventory's words.
PLATFORM_KIND = "platform"


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """A carrier of the sandbox. `prefix` starts its tracking numbers, `number` is the API's tpl_provider_id."""

    code: str
    number: int
    names: Mapping[str, str]
    prefix: str


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service of a carrier; `tariff` is the key of its dated rule.

    `kinds` are the warehouses it is offered from, in inventory's words. `from_start` is False for a carrier that needs
    the shop's own contract: its method is switched on by the shop.
    """

    tariff: str
    carrier: str
    names: Mapping[str, str]
    integration: Integration = "platform"
    kinds: tuple[str, ...] = ("drop_off", "pick_up")
    from_start: bool = True

    @property
    def scheme(self) -> Scheme:
        if PLATFORM_KIND in self.kinds:
            return "fbo"
        return "fbs" if self.integration == "platform" else "rfbs"


CARRIERS: dict[str, CarrierFacts] = {
    "veloport": CarrierFacts("veloport", 24, {"en": "Veloport", "ru": "Велопорт", "zh-hans": "维洛快递"}, "VP"),
    "tundra": CarrierFacts("tundra", 57, {"en": "Tundra Cargo", "ru": "Тундра Карго", "zh-hans": "冻原货运"}, "TC"),
    "meridian": CarrierFacts("meridian", 81, {"en": "Meridian Hub", "ru": "Меридиан Хаб", "zh-hans": "子午集运"}, "MH"),
    "karavan": CarrierFacts("karavan", 92, {"en": "Karavan Express", "ru": "Караван Экспресс", "zh-hans": "商队快运"},
                            "KE"),
    "sinotrek": CarrierFacts("sinotrek", 66, {"en": "Sinotrek", "ru": "Синотрек", "zh-hans": "华程速运"}, "ST"),
    "platform": CarrierFacts("platform", 40, {"en": "The marketplace", "ru": "Маркетплейс", "zh-hans": "平台物流"},
                             "MP"),
    "own": CarrierFacts("own", 1, {"en": "The shop’s own couriers", "ru": "Курьеры продавца", "zh-hans": "卖家自送"},
                        "SD"),
}
SERVICES: dict[str, ServiceFacts] = {
    "veloport.standard": ServiceFacts("veloport.standard", "veloport", {
        "en": "Veloport, to pickup point", "ru": "Велопорт, до пункта выдачи", "zh-hans": "维洛快递，送至自提点"}),
    "tundra.cargo": ServiceFacts("tundra.cargo", "tundra", {
        "en": "Tundra Cargo, bulky goods", "ru": "Тундра Карго, крупногабаритный груз",
        "zh-hans": "冻原货运，大件货物"}),
    "sinotrek.economy": ServiceFacts("sinotrek.economy", "sinotrek", {
        "en": "Sinotrek Economy, across the border", "ru": "Синотрек Эконом, через границу",
        "zh-hans": "华程速运经济线，跨境"}),
    "sinotrek.standard": ServiceFacts("sinotrek.standard", "sinotrek", {
        "en": "Sinotrek Standard, across the border", "ru": "Синотрек Стандарт, через границу",
        "zh-hans": "华程速运标准线，跨境"}),
    "meridian.hub": ServiceFacts("meridian.hub", "meridian", {
        "en": "Meridian Hub, collected at the warehouse", "ru": "Меридиан Хаб, забор со склада",
        "zh-hans": "子午集运，上门揽收"}, "aggregator", ("partner",)),
    "karavan.parcel": ServiceFacts("karavan.parcel", "karavan", {
        "en": "Karavan Express, by the shop’s own contract", "ru": "Караван Экспресс, по договору продавца",
        "zh-hans": "商队快运，卖家自签合同"}, "3pl_tracking", ("partner",), from_start=False),
    "platform.fulfilment": ServiceFacts("platform.fulfilment", "platform", {
        "en": "Fulfilment by the marketplace", "ru": "Фулфилмент маркетплейса", "zh-hans": "平台仓配"},
        "platform", (PLATFORM_KIND,)),
    "own.courier": ServiceFacts("own.courier", "own", {
        "en": "Own couriers, to the door", "ru": "Свои курьеры, до двери", "zh-hans": "卖家自送，送货上门"},
        "non_integrated", ("own",)),
    "own.express": ServiceFacts("own.express", "own", {
        "en": "Own couriers, express", "ru": "Свои курьеры, экспресс", "zh-hans": "卖家自送，极速达"},
        "non_integrated", ("express",)),
}

# What labels are printed on, in the order offered: rolls first, then sheets of A4.
LABEL_SIZES: dict[str, LabelSize] = {one.key: one for one in (
    LabelSize("58x40", "58 × 40", 58, 40), LabelSize("75x120", "75 × 120", 75, 120),
    LabelSize("100x150", "100 × 150", 100, 150), LabelSize("a4x21", "A4, 21 × 70 × 42", 58, 40, 3, 7),
    LabelSize("a4x4", "A4, 4 × 105 × 148", 97, 140, 2, 2))}

#: Which warehouses a way of carrying is offered from, where its service does not say so itself.
KINDS: dict[Integration, tuple[str, ...]] = {
    "platform": ("drop_off", "pick_up"), "aggregator": ("partner",), "3pl_tracking": ("partner",),
    "non_integrated": ("own", "express")}


def service_of(tariff: str, value: Mapping[str, Any]) -> ServiceFacts:
    """The service behind a tariff: one of the sandbox's, or what the tariff says of itself, as imported ones do."""
    known = SERVICES.get(tariff)
    if known is not None:
        return known
    integration: Integration = value.get("integration", "platform")
    return ServiceFacts(tariff, value["carrier"], value["names"], integration, KINDS[integration], from_start=False)


#: Scans after which nothing more is expected.
ENDS = ("delivered", "returned", "lost")
#: What a shop can note by hand of a parcel that it brings itself. Leaving and arriving are acts of the posting.
NOTES = ("accepted", "sorted", "in_transit", "arrived_in_city", "with_courier", "to_pickup_point", "at_pickup_point",
         "returning")
#: Who follows a carrier's parcels, where all its services agree; only those nobody else follows are noted by hand.
_FOLLOWED = {facts.carrier for facts in SERVICES.values() if facts.integration in ("platform", "aggregator")}
_S10 = re.compile(r"[A-Z]{2}[0-9]{9}ZZ")


def noted_by_hand(carrier: str) -> bool:
    """Whether a shop tells itself where parcels of this carrier are."""
    return carrier not in _FOLLOWED


def carrier_of(tracking: str) -> str:
    """Which of our carriers prints such a number; empty for a number of somebody else's."""
    if not _S10.fullmatch(tracking) or check_digit(tracking[2:10]) != int(tracking[10]):
        return ""
    return next((facts.code for facts in CARRIERS.values() if facts.prefix == tracking[:2]), "")


def silences(value: Mapping[str, int]) -> list[tuple[str, int]]:
    """(latest scan, days) after which a parcel has been silent too long. The key "" is for scans not named."""
    usual = value.get("", 0)
    days = ((code, value.get(code, usual)) for code in SCAN_CODES if code not in ENDS)
    return [(code, allowed) for code, allowed in days if allowed > 0]


# Large enough for every parcel number to come, coprime with the multiplier below.
_TRACKING_SPACE = 10**8
_TRACKING_STEP = 61_803_399
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


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
