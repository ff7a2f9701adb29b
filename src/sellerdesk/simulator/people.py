"""Who buys and where they live. Invented names, real cities; telephone numbers that nobody owns.

Most buyers live in the marketplace's own country, some in its neighbours: how many where is the dated rule
`simulator.buyers`. Who lives abroad is drawn apart, so that everybody else stays who they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

#: The marketplace's own country.
HOME = "RU"
RULE = "simulator.buyers"
#: Of 1,000 buyers so many live in each country: the marketplace's own, or one of PEOPLES.
DEFAULT_SHARES: dict[str, dict[str, int]] = {"": {"RU": 940, "BY": 30, "KZ": 30}}


@dataclass(frozen=True, slots=True)
class City:
    """`weight` is its share of buyers; `transit_hours` how far it lies from the carrier's main hub."""

    name: str
    region: str
    time_zone: str
    weight: int
    transit_hours: int
    country: str = HOME
    # The town behind which the carrier hands over to its neighbour, for cities abroad.
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    name: str
    phone: str
    city: City
    address: str


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that buys, with tax number and reason code of the registration."""

    name: str
    tax_number: str
    tax_reason: str
    address: str


CITIES = (
    City("Москва", "Москва", "Europe/Moscow", 210, 2),
    City("Санкт-Петербург", "Санкт-Петербург", "Europe/Moscow", 120, 5),
    City("Химки", "Московская область", "Europe/Moscow", 40, 2),
    City("Нижний Новгород", "Нижегородская область", "Europe/Moscow", 38, 4),
    City("Казань", "Республика Татарстан", "Europe/Moscow", 42, 6),
    City("Краснодар", "Краснодарский край", "Europe/Moscow", 44, 9),
    City("Ростов-на-Дону", "Ростовская область", "Europe/Moscow", 36, 8),
    City("Воронеж", "Воронежская область", "Europe/Moscow", 28, 5),
    City("Самара", "Самарская область", "Europe/Samara", 34, 7),
    City("Тула", "Тульская область", "Europe/Moscow", 18, 2),
    City("Ярославль", "Ярославская область", "Europe/Moscow", 18, 3),
    City("Уфа", "Республика Башкортостан", "Asia/Yekaterinburg", 30, 10),
    City("Пермь", "Пермский край", "Asia/Yekaterinburg", 28, 10),
    City("Екатеринбург", "Свердловская область", "Asia/Yekaterinburg", 52, 11),
    City("Челябинск", "Челябинская область", "Asia/Yekaterinburg", 34, 12),
    City("Тюмень", "Тюменская область", "Asia/Yekaterinburg", 24, 13),
    City("Омск", "Омская область", "Asia/Omsk", 24, 15),
    City("Новосибирск", "Новосибирская область", "Asia/Novosibirsk", 44, 17),
    City("Красноярск", "Красноярский край", "Asia/Krasnoyarsk", 26, 19),
    City("Иркутск", "Иркутская область", "Asia/Irkutsk", 18, 23),
    City("Хабаровск", "Хабаровский край", "Asia/Vladivostok", 12, 31),
    City("Владивосток", "Приморский край", "Asia/Vladivostok", 16, 34),
    City("Калининград", "Калининградская область", "Europe/Kaliningrad", 16, 12),
    City("Волгоград", "Волгоградская область", "Europe/Volgograd", 20, 8),
)


@dataclass(frozen=True, slots=True)
class People:
    """How people of a neighbouring country are called and where they live. Surnames of women end in `ending`."""

    cities: tuple[City, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    ending: str
    streets: tuple[str, ...]
    phone: str


def _belarus(name: str, region: str, weight: int, hours: int) -> City:
    return City(name, region, "Europe/Minsk", weight, hours, "BY", "Смоленск")


def _kazakhstan(name: str, region: str, weight: int, hours: int) -> City:
    return City(name, region, "Asia/Almaty", weight, hours, "KZ", "Петропавловск")


PEOPLES = {
    "BY": People(
        (_belarus("Минск", "Минск", 50, 14), _belarus("Гомель", "Гомельская область", 14, 17),
         _belarus("Витебск", "Витебская область", 10, 13), _belarus("Могилёв", "Могилёвская область", 10, 14),
         _belarus("Гродно", "Гродненская область", 9, 20), _belarus("Брест", "Брестская область", 9, 21)),
        ("Алеся", "Анна", "Вероника", "Дарья", "Елена", "Кристина", "Марина", "Надежда", "Ольга", "Яна"),
        ("Алесь", "Андрей", "Артур", "Виктор", "Денис", "Игорь", "Максим", "Павел", "Станислав", "Юрий"),
        ("Бондарь", "Гуринович", "Жданович", "Карпович", "Климович", "Ковальчук", "Кравчук", "Лукашик", "Мороз",
         "Новик", "Сушко", "Шевчук"), "",
        ("Советская", "Ленинская", "Молодёжная", "Центральная", "Парковая", "Набережная", "Полевая"), "+375 29 000"),
    "KZ": People(
        (_kazakhstan("Алматы", "Алматы", 46, 48), _kazakhstan("Астана", "Астана", 26, 36),
         _kazakhstan("Шымкент", "Шымкент", 14, 54), _kazakhstan("Караганда", "Карагандинская область", 12, 40),
         _kazakhstan("Павлодар", "Павлодарская область", 8, 38),
         _kazakhstan("Костанай", "Костанайская область", 8, 30)),
        ("Айгуль", "Айжан", "Алия", "Асель", "Гульнара", "Динара", "Жанна", "Камила", "Мадина", "Сауле"),
        ("Азамат", "Алмас", "Арман", "Бауыржан", "Данияр", "Ерлан", "Нурлан", "Руслан", "Серик", "Тимур"),
        ("Ахметов", "Бекетов", "Жумабеков", "Ибраев", "Касымов", "Нургалиев", "Оспанов", "Садыков", "Сулейменов",
         "Тулегенов"), "а",
        ("Абая", "Ауэзова", "Гоголя", "Жамбыла", "Кунаева", "Момышулы", "Сатпаева"), "+7 700 000"),
}
BY_NAME = {city.name: city for city in (*CITIES, *(city for one in PEOPLES.values() for city in one.cities))}
_WEIGHTS = [city.weight for city in CITIES]

_WOMEN = ("Анна Мария Елена Ольга Наталья Екатерина Татьяна Ирина Светлана Юлия Дарья Полина Алина Ксения Вера "
          "Людмила Галина Виктория Софья Евгения")
_MEN = ("Дмитрий Александр Сергей Андрей Алексей Михаил Иван Никита Павел Роман Егор Илья Максим Кирилл Артём "
        "Владимир Тимур Константин Глеб Олег")
_SURNAMES = ("Орлов Соколов Лебедев Морозов Зайцев Ковалёв Белов Тарасов Жуков Комаров Киселёв Громов Поляков "
             "Крылов Сорокин Никитин Фомин Титов Рябов Щербаков Дорофеев Голубев Мельников Данилов Савельев "
             "Ефимов Власов Родионов Назаров Игнатов")
_STREETS = ("Лесная Садовая Полевая Школьная Молодёжная Берёзовая Озёрная Солнечная Речная Вишнёвая "
            "Парковая Набережная Зелёная Заводская Луговая Кленовая")


def someone(rng: Random, shares: Mapping[str, int] | None = None) -> Buyer:
    """A buyer: name, telephone, city and address, by chance of `rng` alone; from abroad as often as `shares` says."""
    woman = rng.random() < 0.62
    surname = rng.choice(_SURNAMES.split())
    name = f"{rng.choice(_WOMEN.split())} {surname}а" if woman else f"{rng.choice(_MEN.split())} {surname}"
    city = rng.choices(CITIES, _WEIGHTS)[0]
    phone = f"+7 900 000-{rng.randrange(100):02d}-{rng.randrange(100):02d}"
    address = f"{rng.choice(_STREETS.split())} ул., д. {rng.randrange(1, 120)}, кв. {rng.randrange(1, 240)}"
    found = Buyer(name, phone, city, address)
    return _abroad(found, shares) if shares and set(shares) - {HOME} else found


def _abroad(home: Buyer, shares: Mapping[str, int]) -> Buyer:
    """This buyer, or the neighbour who comes instead. Drawn from what the buyer is, so `rng` goes on as it was."""
    rng = Random(f"{home.name}:{home.phone}:{home.address}:country")
    country = rng.choices(list(shares), list(shares.values()))[0]
    people = PEOPLES.get(country)
    if people is None:
        return home
    woman = rng.random() < 0.62
    name = f"{rng.choice(people.women if woman else people.men)} {rng.choice(people.surnames)}"
    city = rng.choices(people.cities, [city.weight for city in people.cities])[0]
    address = f"ул. {rng.choice(people.streets)}, д. {rng.randrange(1, 120)}, кв. {rng.randrange(1, 200)}"
    return Buyer(f"{name}{people.ending if woman else ''}", f"{people.phone}{home.phone[-6:]}", city, address)


_TRADES = ("Снаб Сервис Проект Монтаж Логистик Ритейл Медиа Комплект Инжиниринг Консалт")
_ROOTS = ("Вектор Гранит Аврора Меридиан Полюс Кедр Альтаир Орион Ладога Сигма Восход Компас Терра Импульс Форпост "
          "Эталон Простор Радиан Кварц Онега")
_NUMBER_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def firm(rng: Random, city: str) -> Firm:
    """A company: name, tax number with a fitting check digit of no tax office (00), so nobody's, and address."""
    body = f"00{rng.randrange(100):02d}{rng.randrange(100_000):05d}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _NUMBER_WEIGHTS, strict=True)) % 11 % 10
    name = f"ООО «{rng.choice(_ROOTS.split())}-{rng.choice(_TRADES.split())}»"
    address = f"{city}, {rng.choice(_STREETS.split())} ул., д. {rng.randrange(1, 120)}, офис {rng.randrange(1, 400)}"
    return Firm(name, f"{body}{check}", f"{body[:4]}01001", address)
