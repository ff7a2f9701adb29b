"""Carriers, delivery methods, parcels and their scans."""

from __future__ import annotations

from django.db import models


class Carrier(models.Model):
    """Written from rules.CARRIERS when the first delivery method needs it. `number` is the API's tpl_provider_id."""

    code = models.CharField(max_length=30, primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    name_en = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)


class DeliveryMethod(models.Model):
    """A carrier's service offered from one warehouse, at the dated rule logistics.tariff with the key `tariff`."""

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    carrier = models.ForeignKey("logistics.Carrier", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    tariff = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "warehouse_id", "tariff"],
                                               name="logistics_method_once")]


class Parcel(models.Model):
    """A packed box with its label. Knows the posting by number only: logistics lies below orders."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=40, unique=True)
    tracking_number = models.CharField(max_length=40, unique=True)
    carrier = models.ForeignKey("logistics.Carrier", on_delete=models.PROTECT, related_name="+")
    weight_g = models.PositiveIntegerField()
    city = models.CharField(max_length=100, blank=True)
    labels_printed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    # The last scan's code, one of types.SCAN_CODES.
    status = models.CharField(max_length=20, default="registered")
    updated_at = models.DateTimeField()


class Scan(models.Model):
    """One sighting of a parcel. The same report twice is one row."""

    parcel = models.ForeignKey("logistics.Parcel", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    code = models.CharField(max_length=20)
    place = models.CharField(max_length=120, blank=True)
    # Who saw it: carrier, platform or seller.
    source = models.CharField(max_length=10, default="carrier")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "at", "code"], name="logistics_scan_once")]
