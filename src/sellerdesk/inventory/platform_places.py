"""The marketplace's own warehouses as a fresh installation starts with them: invented names in real cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` is platform where goods lie for buyers, receiving where supplies are only handed in."""

    id: int
    cluster_id: int
    name: str
    city: str
    address: str
    latitude: str
    longitude: str
    time_zone: str
    kind: str = "platform"
    # Whether it takes goods that two people carry.
    bulky: bool = False


CLUSTERS: dict[str, dict[str, Any]] = {
    "4001": {"country": "RU", "names": {"en": "Moscow and the Centre", "ru": "Москва и Центр",
                                        "zh-hans": "莫斯科及中部"},
             "regions": ["Москва", "Московская область", "Тульская область", "Ярославская область",
                         "Воронежская область", "Нижегородская область"]},
    "4002": {"country": "RU", "names": {"en": "Saint Petersburg and the North-West",
                                        "ru": "Санкт-Петербург и Северо-Запад", "zh-hans": "圣彼得堡及西北部"},
             "regions": ["Санкт-Петербург", "Ленинградская область", "Калининградская область"]},
    "4003": {"country": "RU", "names": {"en": "Volga", "ru": "Поволжье", "zh-hans": "伏尔加河沿岸"},
             "regions": ["Республика Татарстан", "Самарская область", "Республика Башкортостан"]},
    "4004": {"country": "RU", "names": {"en": "South", "ru": "Юг", "zh-hans": "南部"},
             "regions": ["Краснодарский край", "Ростовская область", "Волгоградская область"]},
    "4005": {"country": "RU", "names": {"en": "Urals", "ru": "Урал", "zh-hans": "乌拉尔"},
             "regions": ["Свердловская область", "Челябинская область", "Пермский край", "Тюменская область"]},
    "4006": {"country": "RU", "names": {"en": "Siberia and the Far East", "ru": "Сибирь и Дальний Восток",
                                        "zh-hans": "西伯利亚及远东"},
             "regions": ["Новосибирская область", "Омская область", "Красноярский край", "Иркутская область",
                         "Хабаровский край", "Приморский край"]},
}
PLACES: tuple[Place, ...] = (
    Place(1_020_004_000_000_101, 4001, "ПОДОЛЬСК_ФУЛФИЛМЕНТ", "Подольск",
          "Московская область, Подольск, Складская ул., 4", "55.431", "37.545", "Europe/Moscow"),
    Place(1_020_004_000_000_102, 4001, "ТУЛА_КРУПНЫЙ", "Тула", "Тула, Новомосковское шоссе, 58", "54.193", "37.617",
          "Europe/Moscow", bulky=True),
    Place(1_020_004_000_000_201, 4002, "ШУШАРЫ_ФУЛФИЛМЕНТ", "Санкт-Петербург",
          "Санкт-Петербург, Шушары, Московское шоссе, 231", "59.807", "30.380", "Europe/Moscow"),
    Place(1_020_004_000_000_301, 4003, "КАЗАНЬ_ФУЛФИЛМЕНТ", "Казань", "Казань, Тихорецкая ул., 11", "55.790", "49.107",
          "Europe/Moscow"),
    Place(1_020_004_000_000_401, 4004, "КРАСНОДАР_ФУЛФИЛМЕНТ", "Краснодар", "Краснодар, Ростовское шоссе, 30",
          "45.101", "39.004", "Europe/Moscow"),
    Place(1_020_004_000_000_501, 4005, "ЕКАТЕРИНБУРГ_ФУЛФИЛМЕНТ", "Екатеринбург", "Екатеринбург, Бахчиванджи ул., 2",
          "56.748", "60.804", "Asia/Yekaterinburg", bulky=True),
    Place(1_020_004_000_000_601, 4006, "НОВОСИБИРСК_ФУЛФИЛМЕНТ", "Новосибирск", "Новосибирск, Толмачёвское шоссе, 47",
          "54.996", "82.760", "Asia/Novosibirsk"),
    Place(1_020_004_000_000_901, 4001, "МОСКВА_ПРИЁМ", "Москва", "Москва, Рябиновая ул., 47", "55.700", "37.420",
          "Europe/Moscow", "receiving"),
    Place(1_020_004_000_000_902, 4002, "ПЕТЕРБУРГ_ПРИЁМ", "Санкт-Петербург", "Санкт-Петербург, Софийская ул., 96",
          "59.846", "30.434", "Europe/Moscow", "receiving"),
    Place(1_020_004_000_000_903, 4005, "ЧЕЛЯБИНСК_ПРИЁМ", "Челябинск", "Челябинск, Троицкий тракт, 21", "55.096",
          "61.384", "Asia/Yekaterinburg", "receiving"),
)
