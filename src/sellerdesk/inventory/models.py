"""Warehouses and what lies in them."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q


def every_day() -> list[int]:
    return [1, 2, 3, 4, 5, 6, 7]


class Warehouse(models.Model):
    """A place a seller ships from, or one of the marketplace's own, which all shops share.

    Ids have 14 to 16 digits, as clients of the API expect.
    """

    class State(models.TextChoices):
        NEW = "new"
        ACTIVE = "active"
        PAUSED = "paused"
        ARCHIVED = "archived"

    class Kind(models.TextChoices):
        """How parcels leave: brought to a point, fetched by the carrier, delivered by the seller or a partner."""

        DROP_OFF = "drop_off"
        PICK_UP = "pick_up"
        OWN = "own"
        PARTNER = "partner"
        EXPRESS = "express"
        # The marketplace's own, `seller` is empty: where goods lie for buyers, and where supplies may be handed in.
        PLATFORM = "platform"
        RECEIVING = "receiving"

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", null=True)
    # The part of the country that a warehouse of the marketplace serves, key of the dated rule inventory.cluster.
    cluster_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=50)
    # The seller's own short code, as their other systems call the place.
    code = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DROP_OFF)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    phone = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Moscow")
    # Local times of the warehouse: orders taken before the cut-off ship the same working day.
    cut_off = models.TimeField()
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(21))
    # Days of the week, Monday is 1; and single days off, as ISO dates.
    working_days = models.JSONField(default=every_day)
    holidays = models.JSONField(default=list)
    preparation_hours = models.PositiveSmallIntegerField(default=24)
    bulky = models.BooleanField(default=False)
    return_address = models.CharField(max_length=300, blank=True)
    return_note = models.CharField(max_length=500, blank=True)
    # Orders a day; empty means: as many as come.
    postings_limit = models.PositiveIntegerField(null=True)
    # Units of each product that are never offered, and from how many free units on the shop is warned.
    safety_stock = models.PositiveIntegerField(default=0)
    low_stock = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    # A pause that was planned: when it starts, when it ends by itself, and why.
    pause_from = models.DateTimeField(null=True)
    pause_until = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "name"], name="inventory_warehouse_name"),
            models.UniqueConstraint(fields=["seller", "code"], condition=~Q(code=""), name="inventory_warehouse_code"),
        ]
        indexes = [models.Index(fields=["pause_from", "pause_until"], name="inventory_warehouse_pauses",
                                condition=Q(pause_from__isnull=False) | Q(pause_until__isnull=False))]


class Stock(models.Model):
    """present = on the shelf, reserved = promised to open orders, free = present − reserved. The database itself
    refuses to promise more than there is."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse = models.ForeignKey("inventory.Warehouse", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    present = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    updated_at = models.DateTimeField()
    # Real time of the last write from outside, for the limit of one write per pair in 30 seconds.
    set_at = models.DateTimeField(null=True)
    # Since when the pair is kept, and what it sells a day on average of the last 60 days, in thousandths.
    first_at = models.DateTimeField(null=True)
    daily_milli = models.PositiveIntegerField(default=0)
    # Promised units that a count of the shelf did not find: orders that cannot be packed as things stand.
    short = models.PositiveIntegerField(default=0)
    # Where it lies, in the shop's own words: A-03-2.
    shelf = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "warehouse"], name="inventory_stock_pair"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="inventory_reserved_not_negative"),
            models.CheckConstraint(condition=Q(present__gte=F("reserved")), name="inventory_never_oversold"),
            models.CheckConstraint(condition=Q(short__lte=F("reserved")), name="inventory_short_of_promised"),
        ]
        indexes = [models.Index(fields=["seller", "product"], name="inventory_stock_seller")]


class StockMove(models.Model):
    """Ledger of stock, append-only."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse = models.ForeignKey("inventory.Warehouse", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    # set, count, reserve, release, consume, write_off, return; and where the marketplace keeps goods: supply, loss
    reason = models.CharField(max_length=12)
    present_delta = models.IntegerField()
    reserved_delta = models.IntegerField()
    reference = models.CharField(max_length=60, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "product", "-id"], name="inventory_move_history"),
                   models.Index(fields=["seller", "-id"], name="inventory_move_ledger")]


from sellerdesk.inventory.models_storage import StorageDay, StorageRow  # noqa: E402, F401
