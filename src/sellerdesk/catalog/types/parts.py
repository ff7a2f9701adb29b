"""Parts of an offer that higher domains keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column of the spreadsheet and a field of the editor. `kind` is money, integer, text, or
    switch, which has `options`: values and what they are called.

    With `aliases` a sheet's column is known by those, or by its label with the suffix, and not by the label alone. A
    `hidden` one is read where it comes, and not offered.
    """

    key: str
    label: Any
    required: bool = False
    help: Any = ""
    kind: str = "text"
    suffix: Any = ""
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    options: tuple[tuple[str, Any], ...] = ()


class OfferPart(Protocol):
    """A part of an offer kept by a higher domain: its price, its stock.

    Values travel as text, as people write them. `check` and `apply` see only rows that carry the part, and a key that
    is absent or None is to be left as it is. Field names of errors are the column keys.
    """

    name: str
    permission: str
    #: Who holds it writes the part at single places; empty where there are no places.
    narrow_permission: str

    def columns(self, seller: SellerRef, language: str) -> list[PartColumn]:
        """The fields of the editor."""
        ...

    def sheet_columns(self, seller: SellerRef) -> list[PartColumn]:
        """The columns a spreadsheet may have."""
        ...

    def narrow_keys(self, warehouse_ids: Sequence[int]) -> frozenset[str]:
        """The columns of a sheet that speak of these places alone."""
        ...

    def check(self, seller: SellerRef, rows: list[dict[str, Any]]) -> list[list[FieldError]]: ...

    def apply(
        self, seller: SellerRef, values: dict[int, dict[str, Any]], actor: Actor, now: datetime
    ) -> dict[int, list[FieldError]]: ...

    def current(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, str]]: ...

    def conditions(self) -> Mapping[str, str]:
        """SQL conditions by name, on the outer row `catalog_product`, for lists: {"in_stock": "EXISTS (…)"}."""
        ...

    def foresee(
        self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
    ) -> dict[int, list[FieldError]]:
        """What `apply` would refuse, by product, without writing; the code `quarantine` means: taken but held back."""
        ...

    def restore(
        self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
    ) -> dict[int, list[FieldError]]:
        """Set values back to what the journal kept: {product_id: {"price": 199900}}, in the journal's own form.

        The part's rules hold; returns what is wrong with the rows that could not be set back, by product. None as a
        value means that the product had none.
        """
        ...

    def kept(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The values as they are now, in the journal's form and under its keys without the part's name."""
        ...
