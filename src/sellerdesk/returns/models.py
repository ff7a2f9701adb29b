"""Goods on their way back."""

from __future__ import annotations

from django.db import models


class Return(models.Model):
    """One line of a posting that comes back: after delivery (client) or because it was cancelled under way."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=28)
    # ClientReturn or Cancellation, the API's words.
    kind = models.CharField(max_length=20)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    # The commission that comes back with the price, and what the way back costs the seller.
    commission_minor = models.BigIntegerField(default=0)
    commission_rule_id = models.BigIntegerField(null=True)
    logistics_minor = models.BigIntegerField(default=0)
    logistics_rule_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40)
    # requested, on_the_way, arrived, received
    state = models.CharField(max_length=12, default="on_the_way")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    # Posting, sku, offer id and name, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-created_at", "-id"], name="returns_newest"),
                   models.Index(fields=["seller", "state", "id"], name="returns_state")]
        constraints = [models.UniqueConstraint(fields=["posting_number", "sku", "kind"], name="returns_once")]
