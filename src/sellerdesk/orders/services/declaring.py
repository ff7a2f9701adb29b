"""What customs are told that goods are worth: the price, unless the card or somebody who packs says otherwise.

Kept with the line as declared, with the same in the shop's currency and the version of the rate, so that no later rate
changes what was told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute
from sellerdesk.core.money import Money
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import rates
from sellerdesk.orders import events, states
from sellerdesk.orders.errors import DeclaredValueInvalid, NotBeingPacked, PostingNotFound, UnknownProduct
from sellerdesk.orders.services import carrying, moving
from sellerdesk.sellers.types import SellerRef


class Declared(NamedTuple):
    """As the columns of a line: amount and currency of one unit, the same in the shop's currency, the rate's version.
    Zero and empty where the price is declared."""

    minor: int = 0
    currency: str = ""
    price_minor: int = 0
    rate_id: int | None = None


def of_cards(seller: SellerRef, product_ids: Collection[int]) -> Mapping[int, Money]:
    """What the cards of a shop abroad declare, by product; nothing for a shop of the marketplace's own country. At most
    one query."""
    if seller.country == settings.MARKETPLACE_COUNTRY or not product_ids:
        return {}
    return catalog.customs_values(seller, product_ids)


def at(value: Money | None, currency: str, moment: datetime) -> Declared:
    """A value by the rates of a moment. Raises Unavailable `rule_missing` for a currency without a rate."""
    if value is None:
        return Declared()
    return Declared(value.amount_minor, value.currency,
                    finance.convert(value.amount_minor, value.currency, currency, moment).amount_minor,
                    rates.version_of(value.currency, moment))


def declare_value(*, seller: SellerRef, number: str, sku: int, text: str, actor: Actor, now: datetime) -> None:
    """Say what one unit of a product is worth to customs, as 12.50 USD; empty means its price.

    The rate is that of the order. Raises PostingNotFound, NotBeingPacked, UnknownProduct, DeclaredValueInvalid.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        if posting.state != states.AWAITING_PACKAGING:
            raise NotBeingPacked(number, posting.state)
        moving.load_lines([posting])
        if sku not in {line.sku for line in posting.lines}:
            raise UnknownProduct(sku)
        value = catalog.customs_value(text) if text.strip() else None
        if value is None and text.strip():
            raise DeclaredValueInvalid(text)
        execute("""UPDATE orders_postingline SET declared_minor = %s, declared_currency = %s, declared_price_minor = %s,
                       declared_rate_id = %s WHERE posting_id = %s AND sku = %s""",
                [*at(value, posting.currency, posting.in_process_at), posting.id, sku])
        carrying.keep(seller, [number])
        activity.record_many([Entry(
            events.VALUE_DECLARED, now, actor, seller.id, "posting", number, number,
            data={"sku": sku, "value": str(value) if value else "", "reason": str(value) if value else ""})])
