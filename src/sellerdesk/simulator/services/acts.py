"""What a script does at a moment: change prices, empty a shelf, place this very order."""

from __future__ import annotations

from random import Random

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders.types import Placed
from sellerdesk.pricing import queries as prices
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers
from sellerdesk.simulator.people import BY_NAME, Buyer, City, someone
from sellerdesk.simulator.services import buying, runs
from sellerdesk.simulator.services.buying import Shelf
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Due

_SCRIPT = Actor.system("scenario")


def perform(*, seller: SellerRef, story: Story, act: Due, shelf: Shelf) -> None:
    """Do one act of a script at its moment. What the shop cannot do (an unknown offer, nothing left) does nothing, and
    counts as a refused order where it was one."""
    chosen = _chosen(seller, act, shelf)
    if act.data["do"] == "price":
        pricing.set_prices(seller=seller, actor=_SCRIPT, now=act.at, source="api", changes=[
            _price(row.price_minor, row.old_price_minor, row.currency, id_, act.data["change"])
            for id_, row in sorted(prices.prices(seller, chosen).items())])
    elif act.data["do"] == "stock":
        inventory.set_stocks(seller=seller, actor=_SCRIPT, now=act.at, changes=[
            StockInput(row.id, act.data["units"], product_id=id_)
            for row in stock.warehouses(seller)[:1] for id_ in chosen])
    else:
        _order(seller, story, act, chosen)


def _chosen(seller: SellerRef, act: Due, shelf: Shelf) -> list[int]:
    """The products meant: those of one offer, or the most wanted ones, or all."""
    if act.data["offer"]:
        return [ref.id for ref in catalog.refs(seller, offer_ids=[act.data["offer"]])]
    wanted = [offer.product_id for offer in shelf.by_demand()]
    return wanted[:act.data["products"]] if act.data.get("products") else wanted


def _price(price_minor: int, old_minor: int, currency: str, product_id: int, percent: int) -> PriceInput:
    """The price so many percent higher or lower; a crossed-out price that would stand below it is taken off."""
    changed = max(price_minor * (100 + percent) // 100, 1)
    return PriceInput(product_id=product_id, price=Money(changed, currency).decimal_text(),
                      old_price="0" if old_minor and old_minor <= changed * 105 // 100 else None)


def _order(seller: SellerRef, story: Story, act: Due, chosen: list[int]) -> None:
    free = stock.free(seller)
    quantity = act.data["quantity"]
    product_id = next((id_ for id_ in chosen if free.get(id_, 0) >= quantity), None)
    made = []
    if product_id is not None:
        made = buying.place(seller, [buyers.Wish(
            customer(f"{story.scenario.seed}:script:{act.position}", act.data["city"]), ((product_id, quantity),),
            act.at)])
    numbers = [one.order_number for one in made if isinstance(one, Placed)]
    runs.deal(story=story, seller=seller, numbers=numbers, refused=1 - len(numbers), kind=act.data["fate"])


def customer(stream: str, city: str) -> Buyer:
    """Somebody by chance, in the city named."""
    found = someone(Random(stream))
    if not city:
        return found
    home = BY_NAME.get(city) or City(city, "", "Europe/Moscow", 1, 12)
    return Buyer(found.name, found.phone, home, found.address)
