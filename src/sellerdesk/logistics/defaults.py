"""The sandbox's own tariffs, as a fresh installation starts with them. Amounts are kopecks, fen or cents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

SOURCE = gettext_noop("Sandbox tariff of the marketplace, 2020")
BATTERIES_SOURCE = "UN 3480, 3481, 3090, 3091: goods with lithium batteries (UN Model Regulations, chapter 3.2)"

#: From where the domestic carriers of the sandbox carry: the customs union, which has no customs between its members.
_UNION = ["AM", "BY", "KG", "KZ", "RU"]
_CHINA = ["CN", "HK"]
_FAR_EAST = {
    "zone": {"en": "Far East", "ru": "Дальний Восток", "zh-hans": "远东"},
    "cities": ["Владивосток", "Хабаровск", "Южно-Сахалинск", "Петропавловск-Камчатский", "Магадан", "Якутск",
               "Благовещенск", "Анадырь"],
    "regions": ["Приморский край", "Хабаровский край", "Сахалинская область", "Камчатский край",
                "Магаданская область", "Республика Саха (Якутия)", "Амурская область", "Чукотский автономный округ",
                "Еврейская автономная область"],
}
_ALL = {"zone": {"en": "All other places", "ru": "Все остальные места", "zh-hans": "其他地区"}}
_FREE = {currency: [0, 0] for currency in ("RUB", "CNY", "USD", "EUR", "KZT", "BYN", "KGS")}

TARIFFS: dict[str, dict[str, Any]] = {
    "veloport.standard": {
        "origins": _UNION,
        "limits": {"max_weight_g": 25_000, "max_side_mm": 1_200, "max_sides_mm": 1_800,
                   "max_price": {"RUB": 500_000_00}},
        "volumetric": {"divisor": 5_000, "above_sides_mm": 1_200},
        "zones": [
            {**_FAR_EAST, "days": [6, 9], "prices": {
                "RUB": [9_900, 520], "CNY": [990, 52], "USD": [135, 8], "EUR": [120, 7], "KZT": [53_000, 2_800],
                "BYN": [410, 22], "KGS": [11_900, 620]}},
            {**_ALL, "days": [2, 4], "prices": {
                "RUB": [6_500, 350], "CNY": [650, 35], "USD": [90, 5], "EUR": [80, 5], "KZT": [35_000, 1_900],
                "BYN": [270, 15], "KGS": [7_800, 420]}}],
    },
    "tundra.cargo": {
        "limits": {"max_weight_g": 300_000, "max_side_mm": 3_000, "max_sides_mm": 5_000},
        "volumetric": {"divisor": 4_000, "above_sides_mm": 2_500},
        "zones": [
            {**_FAR_EAST, "days": [9, 14], "prices": {
                "RUB": [79_000, 310], "CNY": [7_900, 31], "USD": [1_050, 5], "EUR": [960, 5], "KZT": [427_000, 1_670],
                "BYN": [3_300, 13], "KGS": [94_000, 370]}},
            {**_ALL, "days": [4, 6], "prices": {
                "RUB": [49_000, 180], "CNY": [4_900, 18], "USD": [650, 3], "EUR": [600, 3], "KZT": [265_000, 970],
                "BYN": [2_050, 8], "KGS": [58_500, 215]}}],
    },
    # Across the border: light and cheap goods without batteries slowly, everything else faster.
    "sinotrek.economy": {
        "origins": _CHINA, "step_g": 1,
        "limits": {"max_weight_g": 2_000, "max_side_mm": 600, "max_sides_mm": 900, "max_units": 20,
                   "batteries": False,
                   "max_price": {"CNY": 150_00, "USD": 21_00, "EUR": 19_00, "RUB": 1_500_00}},
        "zones": [{
            "zone": {"en": "Russia", "ru": "Россия", "zh-hans": "俄罗斯"}, "countries": ["RU"], "days": [20, 30],
            "prices": {"CNY": [300, 3], "USD": [42, 1], "EUR": [38, 1], "RUB": [3_600, 36]}}],
    },
    "sinotrek.standard": {
        "origins": _CHINA,
        "limits": {"max_weight_g": 30_000, "max_side_mm": 1_500, "max_sides_mm": 3_100, "max_units": 100},
        "volumetric": {"divisor": 12_000, "above_sides_mm": 900},
        "zones": [
            {"zone": {"en": "Russia", "ru": "Россия", "zh-hans": "俄罗斯"}, "countries": ["RU"], "days": [10, 16],
             "prices": {"CNY": [1_600, 250], "USD": [225, 35], "EUR": [205, 32], "RUB": [19_200, 3_000]}},
            {"zone": {"en": "Belarus and Kazakhstan", "ru": "Беларусь и Казахстан", "zh-hans": "白俄罗斯和哈萨克斯坦"},
             "countries": ["BY", "KZ"], "days": [12, 20],
             "prices": {"CNY": [1_900, 280], "USD": [265, 39], "EUR": [245, 36], "RUB": [22_800, 3_360]}}],
    },
    "meridian.hub": {
        "limits": {"max_weight_g": 30_000, "max_side_mm": 1_500, "max_sides_mm": 2_200},
        "volumetric": {"divisor": 5_000, "above_sides_mm": 1_500},
        "days": 5,
        "prices": {"RUB": [9_900, 420], "CNY": [990, 42], "USD": [135, 6], "EUR": [120, 6], "KZT": [53_000, 2_250],
                   "BYN": [410, 18], "KGS": [11_900, 500]},
    },
    # Goods that lie with the marketplace: picked, packed and brought to the buyer by its own people.
    "platform.fulfilment": {
        "limits": {"max_weight_g": 60_000, "max_side_mm": 2_000, "max_sides_mm": 3_500},
        "volumetric": {"divisor": 5_000, "above_sides_mm": 1_200},
        "zones": [
            {**_FAR_EAST, "days": [5, 8], "prices": {
                "RUB": [8_600, 480], "CNY": [860, 48], "USD": [118, 7], "EUR": [105, 7], "KZT": [46_000, 2_600],
                "BYN": [360, 20], "KGS": [10_300, 570]}},
            {**_ALL, "days": [1, 3], "prices": {
                "RUB": [5_600, 320], "CNY": [560, 32], "USD": [77, 5], "EUR": [69, 4], "KZT": [30_000, 1_700],
                "BYN": [235, 14], "KGS": [6_700, 380]}}],
    },
    # Whom the shop pays itself, the marketplace does not charge.
    "karavan.parcel": {"days": 5, "max_weight_g": 50_000, "prices": _FREE},
    "own.courier": {"days": 3, "max_weight_g": 300_000, "prices": _FREE},
    "own.express": {"days": 1, "max_weight_g": 20_000, "prices": _FREE},
}

FORBIDDEN_SOURCE = ("Technical Instructions for the Safe Transport of Dangerous Goods by Air (ICAO Doc 9284): "
                    "flammable liquids and lithium batteries by themselves do not fly as post")
#: By tariff, goods that it does not carry: types of the starter's catalogue, and whole categories. Perfume (UN 1266)
#: and power banks (UN 3480) do not go by the economy line, which flies.
FORBIDDEN: dict[str, dict[str, list[int]]] = {"sinotrek.economy": {"types": [91704, 91104], "categories": []}}

SILENCE_SOURCE = "Starter setting of this marketplace: days without a scan after which a parcel is looked for"
#: By carrier; "" is the rest. By latest scan: a parcel waits for its shop, and for its buyer at a pickup point.
SILENCES: dict[str, dict[str, int]] = {
    "": {"": 5, "registered": 15, "at_pickup_point": 15, "returning": 14},
    "sinotrek": {"": 12, "registered": 15, "in_transit": 20, "at_pickup_point": 15, "returning": 30},
    "own": {"": 3, "registered": 15, "at_pickup_point": 15, "returning": 14},
}

#: Types of the starter's catalogue whose goods hold a battery: earbuds, speakers, power banks, watches, toothbrushes,
#: cordless drills, flashlights.
BATTERY_TYPES = [91102, 91103, 91104, 91107, 91705, 92101, 92106]
