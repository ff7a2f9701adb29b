"""Passes: which car comes to hand parcels over or to fetch returns, and who drives it."""

from __future__ import annotations

from django.db import models


class ArrivalPass(models.Model):
    """A car that the gate lets in. One of a carriage brings its parcels; any other fetches returns at a point."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    carriage = models.ForeignKey("handover.Carriage", on_delete=models.CASCADE, null=True, related_name="+")
    warehouse_id = models.BigIntegerField()
    # Of those that fetch returns: the return point; 0 otherwise.
    place_id = models.BigIntegerField(default=0)
    driver = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    model = models.CharField(max_length=60)
    plate = models.CharField(max_length=20)
    # The car that brings parcels takes returns back as well.
    with_returns = models.BooleanField(default=False)
    arrives_at = models.DateTimeField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seller", "id"], name="handover_pass_of_shop")]
