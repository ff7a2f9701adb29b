"""What figures of products are summed up by: model, brand, the levels of the category tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sellerdesk.catalog.models import Category, DictionaryValue, Product
from sellerdesk.catalog.rules import BRAND_ATTRIBUTE, MODEL_ATTRIBUTE
from sellerdesk.catalog.types.shown import Facet
from sellerdesk.core.i18n import name_column
from sellerdesk.sellers.types import SellerRef


def facets(seller: SellerRef, language: str, product_ids: Collection[int] | None = None) -> dict[int, Facet]:
    """Every product of a shop, or those named. Three queries."""
    rows = Product.objects.filter(seller_id=seller.id)
    if product_ids is not None:
        rows = rows.filter(id__in=list(product_ids))
    found = list(rows.values_list("id", "sku", "offer_id", "name", "names", "category_id", "attributes", "model_key",
                                  "created_at"))
    paths = category_paths(language)
    brands = {row[0]: _value(row[6], BRAND_ATTRIBUTE) for row in found}
    texts = _texts([value for value, _text in brands.values()], language)
    made = {}
    for id_, sku, offer_id, name, names, category_id, attributes, model_key, created_at in found:
        value_id, text = brands[id_]
        # A brand is told apart by its dictionary value where it has one, else by how it is spelled.
        model = _value(attributes, MODEL_ATTRIBUTE)[1] if model_key else ""
        made[id_] = Facet(id_, sku, offer_id, names.get(language) or name, category_id, paths.get(category_id, ()),
                          texts.get(value_id) or text, model_key, model, created_at)
    return made


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


def _value(attributes: Sequence[dict[str, Any]], wanted: int) -> tuple[int, str]:
    """Dictionary value and text of an attribute's first value; (0, "") where it says nothing."""
    for one in attributes:
        if one.get("id") == wanted and one.get("values"):
            first = one["values"][0]
            return int(first.get("dictionary_value_id") or 0), str(first.get("value") or "")
    return 0, ""


def _texts(value_ids: Collection[int], language: str) -> dict[int, str]:
    wanted = sorted({id_ for id_ in value_ids if id_})
    if not wanted:
        return {}
    column = name_column(language, "value")
    found: dict[int, str] = defaultdict(str)
    found.update(DictionaryValue.objects.filter(id__in=wanted).values_list("id", column))
    return found
