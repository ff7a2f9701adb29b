"""Where goods were made, as their cards say."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from babel import Locale

from sellerdesk.catalog.models import DictionaryValue, Product
from sellerdesk.core.db import of_shop
from sellerdesk.sellers.types import SellerRef

# Country of manufacture, in the starter catalogue and in public taxonomies.
COUNTRY_ATTRIBUTE = 4389


def origins(seller: SellerRef, product_ids: Collection[int]) -> dict[int, str]:
    """ISO code of the country of manufacture by product. Two queries.

    Cards that name no country, several, or one that is in no list of countries are left out: somebody has to say.
    """
    named: dict[int, tuple[int, str]] = {}
    for product_id, attributes in Product.objects.filter(of_shop(seller.id), id__in=product_ids).values_list(
            "id", "attributes"):
        values = [value for each in attributes if each["id"] == COUNTRY_ATTRIBUTE for value in each["values"]]
        if len(values) == 1:
            named[product_id] = (values[0].get("dictionary_value_id", 0), values[0].get("value", ""))
    texts = dict(DictionaryValue.objects.filter(id__in={value_id for value_id, _ in named.values()} - {0}).values_list(
        "id", "value_en")) if named else {}
    codes = _codes()
    found = {product_id: codes.get(texts.get(value_id, text).casefold(), "")
             for product_id, (value_id, text) in named.items()}
    return {product_id: code for product_id, code in found.items() if code}


@cache
def _codes() -> dict[str, str]:
    """ISO codes by the country's name in English, Russian and Chinese. Source: CLDR, through babel."""
    return {name.casefold(): code for locale in ("zh_Hans", "ru", "en")
            for code, name in Locale.parse(locale).territories.items() if len(code) == 2 and code.isalpha()}
