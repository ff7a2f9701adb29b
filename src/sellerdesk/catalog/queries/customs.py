"""What cards say to customs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sellerdesk.catalog import customs, starter
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.queries.origins import origins
from sellerdesk.core.db import of_shop
from sellerdesk.core.money import Money
from sellerdesk.sellers.types import SellerRef

#: What a value may be declared in.
CUSTOMS_CURRENCIES = customs.CURRENCIES


def customs_value(text: str) -> Money | None:
    """What one unit is worth to customs, out of 12.50 USD; None where it cannot be read."""
    return customs.value(text)


def hs_code(text: str) -> str | None:
    """A code of the Harmonized System as it is kept, digits alone; None where it cannot be one."""
    return customs.hs_code(text)


@dataclass(frozen=True, slots=True)
class CustomsCard:
    """`hs_code` of digits, `name` in Latin letters, `country` of origin as ISO code; empty where the card is silent.

    `usual_code` is the heading that goods of this type have as a rule, empty where we know none.
    """

    product_id: int
    hs_code: str
    name: str
    country: str
    usual_code: str

    @property
    def missing(self) -> tuple[str, ...]:
        return customs.missing(self.hs_code, self.name, self.country)


def customs_cards(seller: SellerRef, product_ids: Collection[int]) -> dict[int, CustomsCard]:
    """By product. Three queries. Products of other shops are not there."""
    made_in = origins(seller, product_ids)
    usual = starter.hs_codes()
    return {id_: CustomsCard(id_, _text(attributes, customs.HS_CODE), _text(attributes, customs.CUSTOMS_NAME),
                             made_in.get(id_, ""), usual.get(type_id, ""))
            for id_, type_id, attributes in Product.objects.filter(
                of_shop(seller.id), id__in=set(product_ids)).values_list("id", "type_id", "attributes")}


def customs_values(seller: SellerRef, product_ids: Collection[int]) -> dict[int, Money]:
    """What cards say that one unit is worth to customs, by product; left out where the price is. One query."""
    found = {id_: customs.value(_text(attributes, customs.CUSTOMS_VALUE)) for id_, attributes in Product.objects.filter(
        of_shop(seller.id), id__in=set(product_ids)).values_list("id", "attributes")}
    return {id_: value for id_, value in found.items() if value}


def _text(attributes: list[Mapping[str, Any]], attribute_id: int) -> str:
    return next((str(each["values"][0].get("value", "")) for each in attributes
                 if each["id"] == attribute_id and each["values"]), "")
