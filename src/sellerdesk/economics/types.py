"""What crosses the border of unit economics. Amounts are minor units of one currency; shares are basis points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from sellerdesk.core.money import round_half_even

#: What a shop's taxes are counted from. "vat": VAT in the price at the card's rate and nothing else here.
TaxScheme = Literal["vat", "income", "profit", "none"]
#: Where the share of returns comes from: the shop's own history, the marketplace's rule, or a figure of the shop.
ReturnSource = Literal["own", "rule", "fixed"]

TAX_SCHEMES: tuple[TaxScheme, ...] = ("vat", "income", "profit", "none")
RETURN_SOURCES: tuple[ReturnSource, ...] = ("own", "rule", "fixed")
#: The parts of a unit in the order they are told.
PARTS = ("price", "commission", "acquiring", "instalment", "delivery", "returns", "storage", "packing", "fx", "vat",
         "input_vat", "cost", "tax")


@dataclass(frozen=True, slots=True)
class Band:
    """A share that holds up to a price, inclusive; None is the last band."""

    up_to: int | None
    bp: int


@dataclass(frozen=True, slots=True)
class FreightStep:
    """What carrying one unit costs at least up to a price, inclusive; None where nothing carries it."""

    up_to: int | None
    amount_minor: int | None
    rule_id: int | None = None


class Carried(Protocol):
    """What tariffs look at: grams, millimetres packed (0 is not known), and what it is."""

    @property
    def type_id(self) -> int: ...

    @property
    def category_id(self) -> int: ...

    @property
    def weight_g(self) -> int: ...

    @property
    def sides_mm(self) -> tuple[int, int, int]: ...


@dataclass(frozen=True, slots=True)
class Sketch:
    """Goods that a shop thinks of selling: no product yet, but enough to calculate with.

    A cost of 0 is not known. `route` is the key of a Route, empty for the cheapest. `vat` is a rate as cards spell it;
    empty is the usual one of the shop's country.
    """

    category_id: int
    type_id: int = 0
    weight_g: int = 0
    sides_mm: tuple[int, int, int] = (0, 0, 0)
    cost_minor: int = 0
    route: str = ""
    vat: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A service of the marketplace that carries from a shop's country: its key and its names by language."""

    key: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything about one product that turns a price into a margin; no price in it.

    `returns_bp` is the share of delivered units that come back. `tax_base` is "income" (of the price), "profit" (of
    what would be left) or empty; on profit the tax is at least `tax_least_bp` of the price. `fx_bp` is kept back from
    what is paid out, against the rate moving until then. Storing is the marketplace's fee where there is a rule of it.
    `instalment_bp` is its fee where the buyer pays in parts, 0 otherwise.
    """

    commission: tuple[Band, ...]
    acquiring_bp: int
    freight: tuple[FreightStep, ...] = (FreightStep(None, None),)
    returns_bp: int = 0
    returns_source: ReturnSource = "rule"
    vat_bp: int = 0
    tax_base: Literal["", "income", "profit"] = ""
    tax_bp: int = 0
    tax_least_bp: int = 0
    fx_bp: int = 0
    instalment_bp: int = 0
    packing_minor: int = 0
    #: None where goods lie with the marketplace and nothing tells how long.
    storage_minor: int | None = 0
    #: How long a unit lies with the marketplace until it is sold, and how much of that is free; None where a shop said
    #: what storing costs, or keeps the goods itself.
    storage_days: int | None = None
    storage_free_days: int = 0
    #: VAT within the cost and within what the marketplace takes, where the shop deducts it; 0 where it does not.
    cost_vat_bp: int = 0
    fees_vat_bp: int = 0
    cost_minor: int | None = None
    storage_rule: int | None = None
    fees_vat_rule: int | None = None
    commission_rule: int | None = None
    acquiring_rule: int | None = None
    instalment_rule: int | None = None
    returns_rule: int | None = None
    tax_rule: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a price: plus is the shop's. `bp` is the share behind it, where there is one; None: not known."""

    key: str
    amount_minor: int | None
    bp: int | None = None
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that stays with its buyer, sold at a price; the parts sum to the margin.

    `margin_minor` is None while the cost is not known, `break_even_minor` also where no price would do.
    """

    price_minor: int
    parts: tuple[Part, ...]
    margin_minor: int | None
    break_even_minor: int | None = None

    def part(self, key: str) -> Part:
        return next((one for one in self.parts if one.key == key), Part(key, 0))

    def amount(self, key: str) -> int:
        """A part's amount; what is not known counts as nothing."""
        return self.part(key).amount_minor or 0

    @property
    def margin_bp(self) -> int | None:
        """The margin as a share of the price."""
        return None if self.margin_minor is None else self.margin_minor * 10_000 // self.price_minor

    @property
    def roi_bp(self) -> int | None:
        """The margin as a share of what the goods and their packing cost."""
        spent = -self.amount("cost") - self.amount("packing")
        return None if self.margin_minor is None or spent <= 0 else self.margin_minor * 10_000 // spent

    @property
    def named(self) -> dict[str, int | None]:
        """The amounts under the names that price formulas use."""
        delivery = self.part("delivery").amount_minor
        return {"fee": -self.amount("commission") - self.amount("acquiring") - self.amount("delivery"),
                "commission": -self.amount("commission"), "acquiring": -self.amount("acquiring"),
                "delivery": None if delivery is None else -delivery}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a shop says about itself. `fixed_returns_bp` counts where `returns` is "fixed".

    `storage_minor` of 0 leaves storing with the marketplace to its tariff. `cost_vat` is the rate of the VAT that costs
    hold, as cards spell it; empty where they hold none.
    """

    tax: TaxScheme = "vat"
    returns: ReturnSource = "own"
    fixed_returns_bp: int = 0
    fx_bp: int = 0
    packing_minor: int = 0
    storage_minor: int = 0
    cost_vat: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What storing one unit of a product with the marketplace will cost until it is sold, if it goes on as it does.

    `days` it lies there, `free_days` of them cost nothing. Both amounts are None where nothing sells.
    """

    amount_minor: int | None
    days: int | None
    free_days: int
    rule_id: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a SKU was booked at over some days, above zero, and how many units went to buyers from there."""

    amount_minor: int
    sold: int

    @property
    def per_unit_minor(self) -> int | None:
        """The share of one unit sold; None where none was."""
        return round_half_even(self.amount_minor, self.sold) if self.sold else None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Figures put in place of the known ones for a look; None leaves one as it is. `in_parts`: the buyer pays so."""

    tax: TaxScheme | None = None
    returns_bp: int | None = None
    fx_bp: int | None = None
    packing_minor: int | None = None
    storage_minor: int | None = None
    in_parts: bool = False


@dataclass(frozen=True, slots=True)
class ReturnCount:
    """How many units of a product were delivered and how many of them came back."""

    seller_id: int
    product_id: int
    delivered: int
    returned: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A part as it was foreseen and as it was booked, for all units of a posting together."""

    key: str
    foreseen_minor: int
    booked_minor: int

    @property
    def difference_minor(self) -> int:
        return self.booked_minor - self.foreseen_minor
