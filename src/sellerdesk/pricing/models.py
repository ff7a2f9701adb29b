"""What goods cost, now and before. One narrow row per product; nothing that changes is indexed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Price(models.Model):
    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField()
    # 0 means: no crossed-out price.
    old_price_minor = models.BigIntegerField(default=0)
    min_price_minor = models.BigIntegerField(default=0)
    cost_minor = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="pricing_price_positive"),
            models.CheckConstraint(
                condition=Q(old_price_minor__gte=0, min_price_minor__gte=0, cost_minor__gte=0),
                name="pricing_amounts_not_negative",
            ),
        ]


class PriceChange(models.Model):
    """History, append-only: what changed, when, by whom."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    # Real time, for the limit of ten changes an hour, which protects the system and not the market.
    real_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    price_before_minor = models.BigIntegerField(null=True)
    price_minor = models.BigIntegerField()
    old_price_before_minor = models.BigIntegerField(null=True)
    old_price_minor = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=200)

    class Meta:
        # Serves the history, newest first, and the count of the last hour.
        indexes = [models.Index(fields=["product", "-real_at", "-id"], name="pricing_change_history")]


class DelegateDay(models.Model):
    """One product whose price a delegate changed on one day, with the price it had before."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    price_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user", "day", "product"],
                                               name="pricing_delegate_day_once")]
