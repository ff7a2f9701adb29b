"""Facts: what was sold, seen, searched for and lay in stock, summed up by time and place. Kept by services alone.

`slot` is a quarter of an hour, numbered from 1970 in UTC: every zone of the world begins its days on one of them,
so that days can be cut for any reader. `day` is the date in UTC.
"""

from __future__ import annotations

from django.db import models


def _count() -> models.IntegerField:
    return models.IntegerField(default=0, db_default=0)


def _amount() -> models.BigIntegerField:
    return models.BigIntegerField(default=0, db_default=0)


class Sales(models.Model):
    """What is counted of sales, units and minor units of the shop's currency.

    `ordered` and `lost` belong to the moment of the order, lost being what was cancelled of it later; `cancelled`,
    `delivered` and `returned` (asked for by buyers) to the moment when that happened. Of the units delivered, `due` had
    a term of hand-over and `timely` kept it; `delivery_minutes` sums the time from order to door over them.
    """

    ordered_units = _count()
    ordered_minor = _amount()
    lost_units = _count()
    lost_minor = _amount()
    cancelled_units = _count()
    cancelled_minor = _amount()
    delivered_units = _count()
    delivered_minor = _amount()
    due_units = _count()
    timely_units = _count()
    delivery_minutes = _amount()
    returned_units = _count()
    returned_minor = _amount()

    class Meta:
        abstract = True


class ShopSlot(Sales):
    """A shop's quarter of an hour by warehouse and scheme, with postings, which goods cannot count."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    slot = models.IntegerField()
    warehouse_id = models.BigIntegerField()
    scheme = models.CharField(max_length=5)
    ordered_postings = _count()
    lost_postings = _count()
    cancelled_postings = _count()
    delivered_postings = _count()
    returns = _count()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "slot", "warehouse_id", "scheme"],
                                               name="analytics_shopslot_once")]


class GoodsSlot(Sales):
    """The same of one SKU, and by where it went."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    slot = models.IntegerField()
    product_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    warehouse_id = models.BigIntegerField()
    region = models.CharField(max_length=100)
    scheme = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "slot", "sku", "warehouse_id", "region", "scheme"],
                                               name="analytics_goodsslot_once")]


class GoodsDay(Sales):
    """The same summed up by UTC day, so that a month of many goods is few rows."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    product_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    warehouse_id = models.BigIntegerField()
    region = models.CharField(max_length=100)
    scheme = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day", "sku", "warehouse_id", "region", "scheme"],
                                               name="analytics_goodsday_once")]


class Heard(models.Model):
    """An act that is in the facts already, by its number in the activity line."""

    event_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="analytics_heard_age")]


class Traffic(models.Model):
    """How buyers met a product: seen in lists of results, its card opened, put into the basket from either.

    Sessions are visits in which that happened at least once: in lists, on the card, or either. `positions` sums the
    places in lists over `views_search`.
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    slot = models.IntegerField()
    product_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    views_search = _count()
    views_card = _count()
    sessions = _count()
    sessions_search = _count()
    sessions_card = _count()
    cart_search = _count()
    cart_card = _count()
    positions = _amount()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "slot", "sku"], name="analytics_traffic_once")]


class StockDay(models.Model):
    """What lay on a shelf when a UTC day ended. `price_minor` is what one unit sold for then, in minor units of the
    shop's currency; null where it had no price."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    product_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    warehouse_id = models.BigIntegerField()
    present = models.IntegerField()
    reserved = models.IntegerField()
    price_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day", "sku", "warehouse_id"],
                                               name="analytics_stockday_once")]


class CardsDay(models.Model):
    """How well a shop's cards were filled in when a UTC day ended: the sum of their scores, 0 to 100 each."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    products = models.IntegerField()
    score_sum = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day"], name="analytics_cardsday_once")]


class SearchDay(models.Model):
    """One query of the marketplace's buyers on a UTC day. It belongs to no shop.

    `searches` is how many buyers asked, `found` how many offers they were shown, `available` how many of those could be
    ordered, `sellers` of how many shops; the price is the average of the offers in roubles, 0 where none was found.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    query = models.CharField(max_length=120)
    category_id = models.BigIntegerField()
    type_id = models.BigIntegerField()
    searches = models.IntegerField()
    views = models.IntegerField()
    found = models.IntegerField()
    available = models.IntegerField()
    sellers = models.IntegerField()
    carts = models.IntegerField()
    price_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="analytics_searchday_once")]


class SearchHit(models.Model):
    """How a query of a UTC day met one product: how many buyers saw it in the list, opened it, put it into the basket,
    ordered it, for how much; `positions` sums its places over those who saw it."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    query = models.CharField(max_length=120)
    product_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    shown = models.IntegerField()
    opened = models.IntegerField()
    carts = models.IntegerField()
    orders = models.IntegerField()
    gmv_minor = models.BigIntegerField()
    positions = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day", "sku", "query"],
                                               name="analytics_searchhit_once")]


class MarketDay(models.Model):
    """What one product sold on a UTC day, as it stood when the next one began. Market insight sums it up across shops.

    `seller_id` is no reference: rows of the sandbox's sellers without a shop have negative numbers. Amounts in roubles.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    seller_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    category_id = models.BigIntegerField()
    brand = models.CharField(max_length=200, blank=True)
    units = models.IntegerField()
    minor = models.BigIntegerField()
    # The card was made within thirty days before.
    new = models.BooleanField()
    # As the card stood; null where it is not known.
    weight_g = models.IntegerField(null=True)
    reviews = models.IntegerField(null=True)
    rating_hundredths = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "category_id", "seller_id", "product_id"],
                                               name="analytics_marketday_once")]
        indexes = [models.Index(fields=["seller_id", "day"], name="analytics_marketday_shop")]


class DayClosed(models.Model):
    """A UTC day whose stock, cards and market are kept, of the shops of one clock: 0 for the installation's, else the
    test shop that has its own."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    clock_of = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock_of", "day"], name="analytics_dayclosed_once")]


from sellerdesk.analytics.models_reports import Idea, MailPlan, Report  # noqa: E402, F401
