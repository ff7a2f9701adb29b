"""Differences in words: which field, what stood there, what stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sellerdesk.catalog import queries
from sellerdesk.core.money import Money
from sellerdesk.core.templatetags.ui import money as money_text
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef

LABELS: dict[str, Any] = {
    "offer_id": gettext_lazy("Offer ID"), "name": gettext_lazy("Product name"),
    "names": gettext_lazy("Names in other languages"), "description": gettext_lazy("Description"),
    "descriptions": gettext_lazy("Descriptions in other languages"), "category_id": gettext_lazy("Category"),
    "type_id": gettext_lazy("Product type"), "barcodes": gettext_lazy("Barcodes"),
    "depth_mm": gettext_lazy("Package depth, mm"), "width_mm": gettext_lazy("Package width, mm"),
    "height_mm": gettext_lazy("Package height, mm"), "weight_g": gettext_lazy("Weight with package, g"),
    "vat": gettext_lazy("VAT"), "images": gettext_lazy("Pictures"), "complexes": gettext_lazy("Attributes in rows"),
    "documents": pgettext_lazy("product", "Documents"),
    "archived": gettext_lazy("In the archive"),
    "price.price": gettext_lazy("Price"), "price.old_price": gettext_lazy("Price before discount"),
    "price.min_price": gettext_lazy("Lowest price"), "price.cost": pgettext_lazy("price", "Cost"),
    "price.auto_action": gettext_lazy("Joins promotions automatically"),
    "price.strategy": gettext_lazy("Follows its strategy"),
    "stock.stock": gettext_lazy("Stock"),
}
_AMOUNTS = ("price.price", "price.old_price", "price.min_price", "price.cost")
# The category follows from the type, and the SKU is ours: neither is news to the seller. A new product's offer ID
# stands beside its values.
_SILENT = ("category_id", "sku")


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as people read it; an empty text means that nothing stood there."""

    label: str
    before: str
    after: str


class Words:
    """Names of types, attributes and warehouses, loaded once for a page of differences."""

    def __init__(self, seller: SellerRef, language: str, differences: Iterable[Iterable[tuple[str, Any, Any]]]) -> None:
        self.currency = seller.currency
        every = [each for row in differences for each in row]
        types = {value for key, before, after in every if key == "type_id" for value in (before, after) if value}
        attributes = {each["id"] for key, before, after in every if key == "attributes"
                      for side in (before, after) for each in side or ()}
        self.types = {key: kind.name for key, kind in queries.type_info(sorted(types), language).items()}
        self.attributes = queries.attribute_names(attributes, language) if attributes else {}
        self.warehouses = ({str(row.id): row.name for row in inventory.warehouses(seller)}
                           if any(key.startswith("stock.") for key, _before, _after in every) else {})

    def lines(self, differences: Iterable[tuple[str, Any, Any]], *, minor: bool) -> list[Line]:
        """Differences of one product. `minor`: amounts are minor units (the journal's), not text (a sheet's)."""
        made: list[Line] = []
        for key, before, after in differences:
            if key == "attributes":
                made += self._attributes(before or (), after or ())
            elif key not in _SILENT and not (key == "offer_id" and not (before and after)):
                made.append(Line(self._label(key), self._text(key, before, minor), self._text(key, after, minor)))
        return made

    def _label(self, key: str) -> str:
        if key in LABELS:
            return str(LABELS[key])
        if key.startswith("stock."):
            return f"{_('Stock')}, {self.warehouses.get(key.removeprefix('stock.').removeprefix('w'), '')}".rstrip(", ")
        return key

    def _text(self, key: str, value: Any, minor: bool) -> str:
        if value in (None, "", [], {}):
            return ""
        if key in _AMOUNTS and minor:
            return str(money_text(Money(value, self.currency))) if value else ""
        if key == "type_id":
            return self.types.get(value, str(value))
        if key == "images":
            return ngettext("%(count)s picture", "%(count)s pictures", len(value)) % {"count": len(value)}
        if key == "complexes":
            return "; ".join(" – ".join(each["values"][0]["value"] for each in row["attributes"]) for row in value)
        if key == "documents":
            return ", ".join(each["name"] for each in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, Mapping):
            return "; ".join(str(text) for text in value.values())
        if isinstance(value, (list, tuple)):
            return ", ".join(map(str, value))
        return str(value)

    def _attributes(self, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[Line]:
        was, now = ({each["id"]: ", ".join(value["value"] for value in each["values"]) for each in side}
                    for side in (before, after))
        return [Line(self.attributes.get(key, str(key)), was.get(key, ""), now.get(key, ""))
                for key in dict.fromkeys((*was, *now)) if was.get(key, "") != now.get(key, "")]
