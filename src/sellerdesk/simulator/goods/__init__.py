"""Demo goods: plausible products over all types of the starter catalogue, the same for the same seed.

Texts and choices are written by hand in `data/`; brands and series are invented.
"""

from __future__ import annotations

from functools import cache
from itertools import islice

from sellerdesk.catalog import starter
from sellerdesk.simulator.goods import data
from sellerdesk.simulator.goods.maker import Shelf, products
from sellerdesk.simulator.goods.types import LANGUAGES, DemoAttribute, DemoProduct, DemoValue

__all__ = ["DemoAttribute", "DemoProduct", "DemoValue", "generate", "seasons"]


def generate(seed: int, count: int, language_main: str = "ru", currency: str = "RUB") -> list[DemoProduct]:
    """So many products, dealt round over the types, so that any count shows as many types as it can.

    `language_main` (`en`, `ru` or `zh`) is the language of attribute values, brand and model. Prices are in
    `currency`: RUB, or CNY for a shop that sells from abroad. A longer list begins with the shorter one.

    Raises ValueError for another language or currency.
    """
    if language_main not in LANGUAGES:
        raise ValueError(f"no demo goods in the language {language_main}")
    if currency not in ("RUB", "CNY"):
        raise ValueError(f"no demo goods in the currency {currency}")
    streams = [products(shelf, seed, language_main, currency) for shelf in _shelves()]
    dealt = (next(stream) for _ in range(-(-count // len(streams))) for stream in streams)
    return list(islice(dealt, count))


@cache
def seasons() -> dict[int, tuple[int, ...]]:
    """How demand for each type of the starter catalogue moves over the year: percent of the average, from January."""
    known = {row.key: row.season for department in data.departments().values() for row in department.type}
    return {kind.id: data.series().seasons[known[kind.key]] for kind in starter.load().types if kind.key in known}


def _shelves() -> list[Shelf]:
    catalogue = starter.load()
    attributes = {row.id: row for row in catalogue.attributes}
    by_dictionary: dict[int, dict[str, starter.DictionaryValue]] = {}
    for value in catalogue.values:
        by_dictionary.setdefault(value.dictionary_id, {})[value.key] = value
    values = {row.id: by_dictionary[row.dictionary_id] for row in catalogue.attributes if row.dictionary_id}
    departments = {
        row.id: data.departments()[top.key]
        for row in catalogue.categories
        for top in catalogue.categories
        if row.parent_id == top.id
    }
    texts = {row.key: row for department in data.departments().values() for row in department.type}
    return [
        Shelf(number, kind, texts[kind.key], departments[kind.category_id], attributes, values)
        for number, kind in enumerate(catalogue.types, start=1)
    ]
