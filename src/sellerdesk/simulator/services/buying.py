"""Buyers order what is on sale."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import Sellable, TreeNode
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import queries as inventory
from sellerdesk.messaging import queries as messaging
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import BuyerCompany, OrderRequest, Placed, Refusal
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries as promotions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers, goods, people
from sellerdesk.simulator.services import runs
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Setting

#: In which buyers of this marketplace search.
BUYERS_LANGUAGE = "ru"
_BUYERS = Actor.buyer("marketplace buyers")


@dataclass(slots=True)
class Shelf:
    """What a shop offers, with cumulative weights of how much each offer is wanted."""

    offers: list[buyers.Offer]
    weights: list[float]
    # How many times more buyers it draws than at usual prices, with usual cards, in an average month.
    interest: float = 1.0
    # What the catalogue says of each offer, by product.
    cards: dict[int, Sellable] = field(default_factory=dict)

    def single_weights(self) -> list[float]:
        """How much each offer is wanted."""
        return [total - before for total, before in zip(self.weights, [0.0, *self.weights], strict=False)]

    def by_demand(self) -> list[buyers.Offer]:
        """The offers, the most wanted first."""
        ranked = sorted(zip(self.single_weights(), self.offers, strict=True),
                        key=lambda row: (-row[0], row[1].product_id))
        return [offer for _, offer in ranked]


class Shelves:
    """Shops and what they offer, remembered for some real seconds: buyers need not know a new price at once.

    What an order costs is always today's price; only how much an offer is wanted may be a little old.
    """

    def __init__(self, fresh_seconds: float = 0.0) -> None:
        self.fresh_seconds = fresh_seconds
        self._read_at: float | None = None
        self._sellers: list[SellerRef] = []
        self._shelves: dict[tuple[int, int], Shelf] = {}
        self._kinds: list[tuple[int, int, str]] | None = None

    def kinds(self) -> list[tuple[int, int, str]]:
        """Every kind of goods there is: type, category, and what buyers call it. Read once: the tree stays."""
        if self._kinds is None:
            self._kinds = sorted(
                (kind.id, node.id, kind.name.lower()) for node in _walk(catalog.tree(BUYERS_LANGUAGE))
                for kind in node.types if not kind.disabled)
        return self._kinds

    def sellers(self) -> list[SellerRef]:
        if self._read_at is None or time.monotonic() - self._read_at > self.fresh_seconds:
            self._read_at = time.monotonic()
            self._sellers, self._shelves = sellers.active_sellers(), {}
        return self._sellers

    def forget(self) -> None:
        """Look at everything anew: somebody has just changed prices or stock."""
        self._read_at = None

    def of(self, seller: SellerRef, seed: int, at: datetime) -> Shelf:
        """What a shop offers in the month of a moment."""
        key = (seller.id, at.month)
        if key not in self._shelves:
            self._shelves[key] = _shelf(seller, seed, at)
        return self._shelves[key]


def _walk(nodes: Iterable[TreeNode]) -> Iterator[TreeNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _shelf(seller: SellerRef, seed: int, at: datetime) -> Shelf:
    rows = catalog.sellable(seller)
    ids = [row.product_id for row in rows]
    prices, usual, seasons = pricing.prices(seller, ids), pricing.first_prices(seller, ids), goods.seasons()
    ratings = messaging.ratings(seller, [], at)
    # What they pay, promotions and all: a discount that is shown draws them.
    paid = promotions.buyer_prices(seller, ids, at, prices)
    offers = [buyers.Offer(row.product_id, paid[row.product_id].price_minor,
                           max(price.old_price_minor, price.price_minor)
                           if paid[row.product_id].action_ids else price.old_price_minor, price.currency,
                           usual.get(row.product_id, 0), row.score,
                           seasons[row.type_id][at.month - 1] if row.type_id in seasons else 100,
                           *((stars.hundredths, stars.count) if (stars := ratings.get(row.product_id)) else (0, 0)))
              for row in rows if (price := prices.get(row.product_id)) is not None]
    tastes = [buyers.popularity(seed, offer.product_id) for offer in offers]
    weights = accumulate(buyers.appeal(offer, taste) for offer, taste in zip(offers, tastes, strict=True))
    return Shelf(offers, list(weights), buyers.interest(offers, tastes), {row.product_id: row for row in rows})


def let_buyers_order(*, setting: Setting, stories: Mapping[int, Story], since: datetime, until: datetime,
                     shelves: Shelves) -> int:
    """Everybody who comes after `since` and not later than `until` orders. Returns how many orders were taken."""
    return sum(_orders_of(seller, setting, stories.get(seller.id), since, until, shelves)
               for seller in shelves.sellers())


def _orders_of(seller: SellerRef, setting: Setting, story: Story | None, since: datetime, until: datetime,
               shelves: Shelves) -> int:
    if story is None and not setting.orders_per_day:
        return 0
    shelf = shelves.of(seller, setting.seed, until)
    if story is not None and since < story.until:
        # A step ends with the run at the latest, so that all of it is the run's.
        coming = story.arrivals(since, until, shelf.interest)
    else:
        story = None
        pace = setting.orders_per_day * buyers.reach(len(shelf.offers)) * shelf.interest
        coming = buyers.arrivals(setting.seed, seller.id, since, until, pace, setting.started_at)
    if not coming:
        return 0
    free = {id_: units for id_, units in inventory.free(seller).items() if units > 0}
    shares = dated.get(people.RULE, "", until).value
    wishes = [buyers.wish(arrival, shelf.offers, shelf.weights, free, shares) for arrival in coming]
    made = place(seller, [wish for wish in wishes if wish])
    numbers = [one.order_number for one in made if isinstance(one, Placed)]
    if story is not None:
        runs.deal(story=story, seller=seller, numbers=numbers, refused=len(coming) - len(numbers))
    return len(numbers)


def place(seller: SellerRef, wishes: Sequence[buyers.Wish]) -> list[Placed | Refusal]:
    """What became of each wish, in the order given."""
    if not wishes:
        return []
    return orders.place_orders(seller=seller, actor=_BUYERS, orders=[
        OrderRequest(wish.buyer.name, wish.buyer.phone, wish.buyer.city.name, wish.buyer.city.region,
                     wish.buyer.address, wish.lines, wish.at, country=wish.buyer.city.country,
                     company=_company(wish), in_parts=_pays_in_parts(wish)) for wish in wishes])


def _pays_in_parts(wish: buyers.Wish) -> bool:
    """Three people of ten would, where a shop offers it; who they are does not change from order to order."""
    return wish.firm is None and wish.buyer.phone[-1] in "369"


def _company(wish: buyers.Wish) -> BuyerCompany | None:
    firm = wish.firm
    return BuyerCompany(firm.name, firm.tax_number, firm.tax_reason, firm.address) if firm else None
