"""What figures of products are summed up by: model, brand, the levels of the category tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sellerdesk.catalog.models import Category, DictionaryValue, Product
from sellerdesk.catalog.rules import MODEL_ATTRIBUTE, first_value
from sellerdesk.catalog.types.shown import Facet
from sellerdesk.core.db import of_shop
from sellerdesk.core.i18n import name_column
from sellerdesk.sellers.types import SellerRef


def facets(seller: SellerRef, language: str, product_ids: Collection[int] | None = None) -> dict[int, Facet]:
    """Every product of a shop, or those named. Three queries."""
    rows = Product.objects.filter(seller_id=seller.id) if product_ids is None else Product.objects.filter(
        of_shop(seller.id), id__in=list(product_ids))
    found = list(rows.values_list("id", "sku", "offer_id", "name", "names", "category_id", "attributes", "model_key",
                                  "created_at", "brand_id", "brand"))
    paths = category_paths(language)
    brands = brand_names({row[-2:] for row in found}, language)
    made = {}
    for (id_, sku, offer_id, name, names, category_id, attributes, model_key, created_at, brand_id,
         brand) in found:
        model = first_value(attributes, MODEL_ATTRIBUTE)[1] if model_key else ""
        made[id_] = Facet(id_, sku, offer_id, names.get(language) or name, category_id, paths.get(category_id, ()),
                          brands[brand_id, brand], model_key, model, created_at)
    return made


def brand_names(brands: Collection[tuple[int, str]], language: str) -> dict[tuple[int, str], str]:
    """What brands (dictionary value, spelling) are called. One query, none where none has a dictionary value.

    A brand is told apart by its dictionary value where it has one, else by how it is spelled.
    """
    texts = _texts([value for value, _text in brands], language)
    return {(value, text): texts.get(value) or text for value, text in brands}


def shop_brands(seller: SellerRef, language: str) -> dict[tuple[int, str], str]:
    """Every brand of a shop's cards with its name. Two queries."""
    return brand_names(set(Product.objects.filter(seller_id=seller.id).values_list("brand_id", "brand").distinct()),
                       language)


def category_paths(language: str) -> dict[int, tuple[tuple[int, str], ...]]:
    """(id, name) from the top down to each category. One query."""
    rows = {row[0]: (row[1], row[2]) for row in Category.objects.values_list("id", "parent_id", name_column(language))}
    made: dict[int, tuple[tuple[int, str], ...]] = {}

    def path(id_: int) -> tuple[tuple[int, str], ...]:
        if id_ not in made:
            parent, name = rows[id_]
            made[id_] = ((*path(parent), (id_, name)) if parent in rows else ((id_, name),))
        return made[id_]

    for id_ in rows:
        path(id_)
    return made


def _texts(value_ids: Collection[int], language: str) -> dict[int, str]:
    wanted = sorted({id_ for id_ in value_ids if id_})
    if not wanted:
        return {}
    column = name_column(language, "value")
    found: dict[int, str] = defaultdict(str)
    found.update(DictionaryValue.objects.filter(id__in=wanted).values_list("id", column))
    return found
