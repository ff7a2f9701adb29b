"""Warehouses and what lies in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Warehouse(models.Model):
    """A place a seller ships from. Ids have 14 digits, as clients of the API expect."""

    class State(models.TextChoices):
        NEW = "new"
        ACTIVE = "active"
        PAUSED = "paused"
        ARCHIVED = "archived"

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=50)
    city = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Moscow")
    # Local times of the warehouse: orders taken before the cut-off ship the same working day.
    cut_off = models.TimeField()
    preparation_hours = models.PositiveSmallIntegerField(default=24)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "name"], name="inventory_warehouse_name")]


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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "warehouse"], name="inventory_stock_pair"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="inventory_reserved_not_negative"),
            models.CheckConstraint(condition=Q(present__gte=F("reserved")), name="inventory_never_oversold"),
        ]
        indexes = [models.Index(fields=["seller", "product"], name="inventory_stock_seller")]


class StockMove(models.Model):
    """Ledger of stock, append-only."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse = models.ForeignKey("inventory.Warehouse", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    # set, reserve, release, consume, return
    reason = models.CharField(max_length=12)
    present_delta = models.IntegerField()
    reserved_delta = models.IntegerField()
    reference = models.CharField(max_length=60, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "product", "-id"], name="inventory_move_history")]
