"""What lay in the marketplace's warehouses, day by day, and what it cost. Part of `models`."""

from __future__ import annotations

from django.db import models


class StorageDay(models.Model):
    """A day of a shop that has been counted; its row decides that it is counted once. The sum of its `StorageRow`s.

    A counted day never changes: what is learned later about that day is not charged.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    units = models.PositiveIntegerField(default=0)
    paid_units = models.PositiveIntegerField(default=0)
    volume_ml = models.BigIntegerField(default=0)
    paid_ml = models.BigIntegerField(default=0)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day"], name="inventory_storage_day_once")]


class StorageRow(models.Model):
    """Units of a SKU in one warehouse at the end of a day, how many of them were paid for, and by which tariff."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    sku = models.BigIntegerField()
    warehouse = models.ForeignKey("inventory.Warehouse", on_delete=models.PROTECT, related_name="+", db_index=False)
    units = models.PositiveIntegerField()
    paid_units = models.PositiveIntegerField()
    # What one unit takes up, as it was counted: no less than the tariff's least.
    unit_ml = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rule_id = models.BigIntegerField()
    # The version of the exchange rate, where the tariff is in another currency.
    rate_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day", "sku", "warehouse"],
                                               name="inventory_storage_row_once")]
        indexes = [models.Index(fields=["seller", "sku", "day"], name="inventory_storage_sku")]
