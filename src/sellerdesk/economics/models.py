"""What a shop says about its costs, and how much of its goods comes back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class EconomySettings(models.Model):
    """One row per shop that has said something; see types.Settings."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, primary_key=True, related_name="+")
    tax = models.CharField(max_length=8)
    returns = models.CharField(max_length=8)
    fixed_returns_bp = models.IntegerField(default=0)
    fx_bp = models.IntegerField(default=0)
    packing_minor = models.BigIntegerField(default=0)
    storage_minor = models.BigIntegerField(default=0)
    # The rate of the VAT that costs hold, as cards spell it; empty where they hold none.
    cost_vat = models.CharField(max_length=6, blank=True, default="", db_default="")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(fixed_returns_bp__gte=0, fixed_returns_bp__lte=9_000, fx_bp__gte=0, fx_bp__lte=5_000,
                        packing_minor__gte=0, storage_minor__gte=0), name="economics_settings_bounds")]


class ReturnShare(models.Model):
    """Units of a product delivered within the window of the rule, and how many of them came back. Counted each
    night."""

    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    delivered = models.IntegerField()
    returned = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        # Whether tonight's count has been made.
        indexes = [models.Index(fields=["-counted_at"], name="economics_return_counted")]
