"""What a buyer pays at a moment, with the actions that made it. Orders, shop windows and the simulator ask here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q

from sellerdesk.core.db import of_shop
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.promotions import rules, states
from sellerdesk.promotions.models import Action, ActionProduct, DiscountRequest, Stairway, VoucherCode, VoucherUse
from sellerdesk.promotions.queries.actions import row_of
from sellerdesk.promotions.types import (
    PRICE_KINDS,
    ActionRow,
    BasketAction,
    BasketLine,
    BuyerPrice,
    CodeUse,
    Entry,
    PriceAction,
    Stair,
)
from sellerdesk.sellers.types import SellerRef


@dataclass(slots=True)
class Voucher:
    """A code with its action, as far as it may still be used."""

    code_id: int
    action: ActionRow
    used_by: frozenset[str]
    uses: int

    def open_to(self, buyer: str) -> bool:
        kind = self.action.terms.voucher_type
        return not self.uses if kind == "UNIQUE" else kind == "MULTIPLE" or buyer not in self.used_by


@dataclass(slots=True)
class Quoter:
    """Everything about some products of a shop that changes what buyers pay, loaded once for any number of baskets.

    Units of a share set aside for an action, and what a voucher may still spend, are counted down as baskets are
    quoted, so that a batch takes no more than there is.
    """

    actions: dict[int, ActionRow] = field(default_factory=dict)
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    stairs: dict[int, tuple[Stair, ...]] = field(default_factory=dict)
    vouchers: dict[str, Voucher] = field(default_factory=dict)
    personal: dict[int, tuple[int, int, int, int, datetime]] = field(default_factory=dict)
    taken: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    spent: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def quote(self, lines: Sequence[tuple[PriceRow, int]], at: datetime, *, voucher: str = "", buyer: str = "",
              request_id: int = 0, in_parts: bool = False) -> list[BuyerPrice]:
        """What each line costs per unit at a moment. A code that may not be used changes nothing.

        `request_id` names a request for a discount that the shop approved for this buyer: its price holds for the
        product it was asked for. Who pays `in_parts` pays the same; lines that the shop offers so say by which action.
        """
        running = {id_: row for id_, row in self.actions.items()
                   if rules.status(row.state, row.terms, at) == states.ACTIVE}
        wanted = [BasketLine(price.product_id, quantity, price.price_minor, price.min_price_minor)
                  for price, quantity in lines]
        offers = {line.product_id: [
            PriceAction(entry.action_id, entry.price_minor, self._left(entry))
            for entry in self.entries.get(line.product_id, ())
            if entry.action_id in running and running[entry.action_id].terms.kind in PRICE_KINDS]
            + rules.on_stairs(line.list_minor, self.stairs.get(line.product_id, ()), line.quantity)
            for line in wanted}
        sums = [self._basket(row) for row in running.values() if row.terms.kind in ("order_sum", "multi_level")]
        found = self.vouchers.get(voucher)
        usable = found if found and found.action.id in running and found.open_to(buyer) else None
        prices = rules.basket(wanted, offers, sums)
        if usable:
            prices = self._with_code(usable, buyer, wanted, prices)
        prices = [self._personal(request_id, line, price, at) for line, price in zip(wanted, prices, strict=True)]
        if in_parts and not request_id:
            prices = [self._in_parts(line, price, running) for line, price in zip(wanted, prices, strict=True)]
        for line, price in zip(wanted, prices, strict=True):
            for action_id in price.action_ids:
                self.taken[action_id, line.product_id] += line.quantity
        return prices

    def _with_code(self, found: Voucher, buyer: str, wanted: Sequence[BasketLine], before: list[BuyerPrice]
                   ) -> list[BuyerPrice]:
        """The prices with a code, or as they were where its budget does not bear all that it would take off."""
        after = [replace(price, code_minor=was.price_minor - price.price_minor) for was, price in zip(
            before, rules.with_voucher(wanted, before, self._basket(found.action)), strict=True)]
        amount = _taken_by_code(zip((line.quantity for line in wanted), after, strict=True))
        action = found.action
        budget = action.terms.budget_minor
        if not amount or (budget and action.spent_minor + self.spent[action.id] + amount > budget):
            return before
        self.spent[action.id] += amount
        found.uses, found.used_by = found.uses + 1, found.used_by | {buyer}
        return after

    def _in_parts(self, line: BasketLine, price: BuyerPrice, running: Mapping[int, ActionRow]) -> BuyerPrice:
        found = min((entry.action_id for entry in self.entries.get(line.product_id, ())
                     if entry.action_id in running and running[entry.action_id].terms.kind == "instalment"), default=0)
        return replace(price, action_ids=(*price.action_ids, found)) if found else price

    def code_use(self, voucher: str, buyer: str, lines: Iterable[tuple[int, BuyerPrice]]) -> CodeUse | None:
        """What a code took off an order quoted here, by its units and prices; None where it took nothing."""
        found, amount = self.vouchers.get(voucher), _taken_by_code(lines)
        return CodeUse(found.code_id, found.action.id, found.action.terms.voucher_type, buyer, amount
                       ) if found and amount else None

    def leave_out_shares(self) -> None:
        """Quote without codes and without entries that have only so many units: for whoever was overtaken at them again
        and again."""
        self.vouchers = {}
        self.entries = {id_: [entry for entry in rows if entry.stock is None] for id_, rows in self.entries.items()}

    def _left(self, entry: Entry) -> int | None:
        left = entry.left
        return None if left is None else left - self.taken[entry.action_id, entry.product_id]

    def _basket(self, row: ActionRow) -> BasketAction:
        covered = frozenset(product_id for product_id, found in self.entries.items()
                            if any(entry.action_id == row.id for entry in found))
        # An own action without products in it covers nothing: -1 is no product.
        return BasketAction(row.id, row.terms.kind, row.terms.discount_type, row.terms.levels,
                            covered or frozenset({-1}))

    def _personal(self, request_id: int, line: BasketLine, price: BuyerPrice, at: datetime) -> BuyerPrice:
        found = self.personal.get(request_id)
        if not found or found[0] != line.product_id or not found[2] <= line.quantity <= found[3] or at > found[4]:
            return price
        return BuyerPrice(found[1], price.list_minor, asked=True) if found[1] < price.price_minor else price


def _taken_by_code(lines: Iterable[tuple[int, BuyerPrice]]) -> int:
    return sum(units * price.code_minor for units, price in lines)


def quoter(seller: SellerRef, product_ids: Sequence[int], since: datetime, until: datetime, *,
           vouchers: Sequence[str] = (), request_ids: Sequence[int] = ()) -> Quoter:
    """The actions over these products that run at any time from `since` to `until`, and their discounts by quantity.
    Three queries, and up to three more where codes or requests are named."""
    made = Quoter()
    made.stairs = {product_id: tuple(Stair(*step) for step in steps) for product_id, steps in Stairway.objects.filter(
        seller_id=seller.id, product_id__in=list(product_ids), enabled=True).values_list("product_id", "steps")}
    made.actions = {one.pk: row_of(one) for one in Action.objects.filter(
        Q(seller_id=seller.id) | Q(seller=None), state=states.ACTIVE, starts_at__lte=until, ends_at__gt=since)}
    if made.actions:
        for row in ActionProduct.objects.filter(
                seller_id=seller.id, product_id__in=product_ids, action_id__in=list(made.actions)).order_by(
                "product_id", "action_id").values_list(
                "action_id", "product_id", "price_minor", "stock", "taken", "auto", "added_at"):
            made.entries.setdefault(row[1], []).append(Entry(*row))
    if vouchers and made.actions:
        used: dict[int, set[str]] = defaultdict(set)
        found = list(VoucherCode.objects.filter(seller_id=seller.id, code__in=set(vouchers),
                                                action_id__in=list(made.actions)))
        for code_id, buyer in VoucherUse.objects.filter(
                code_id__in=[one.pk for one in found]).values_list("code_id", "buyer"):
            used[code_id].add(buyer)
        made.vouchers = {one.code: Voucher(one.pk, made.actions[one.action_id], frozenset(used[one.pk]), one.uses)
                         for one in found}
    if any(request_ids):
        for id_, product_id, price, least, most, ends_at in DiscountRequest.objects.filter(
                of_shop(seller.id), pk__in=request_ids, state=states.APPROVED).values_list(
                "id", "product_id", "approved_minor", "approved_least", "approved_most", "ends_at"):
            if price is not None and ends_at is not None:
                made.personal[id_] = (product_id, price, least, most, ends_at)
    return made


def buyer_prices(seller: SellerRef, product_ids: Sequence[int], at: datetime,
                 known: Mapping[int, PriceRow] | None = None) -> dict[int, BuyerPrice]:
    """What one unit of each product costs a buyer who takes nothing else. Three queries, two with `known` prices."""
    prices = known if known is not None else pricing.prices(seller, product_ids)
    found = quoter(seller, list(prices), at, at)
    # Each for itself: a basket of all of them would reach sums that no buyer has.
    return {id_: found.quote([(row, 1)], at)[0] for id_, row in prices.items()}
