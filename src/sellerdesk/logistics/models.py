"""Carriers, delivery methods, parcels and their scans."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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
    # fbs: the marketplace carries; rfbs: the shop or its partner does.
    scheme = models.CharField(max_length=5, default="fbs")
    # Who tells the marketplace where a parcel is, one of types.Integration.
    integration = models.CharField(max_length=20, default="platform")
    # What the shop itself does not send by this method. None and an empty list are no bound; places are cities and
    # regions.
    max_weight_g = models.PositiveIntegerField(null=True)
    max_price_minor = models.BigIntegerField(null=True)
    places = models.JSONField(default=list)
    created_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

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
    # Since when there should have been news; a scan ends it.
    stale_since = models.DateTimeField(null=True)
    # The carrier whose number or scan this is though another one should have the parcel.
    other_carrier = models.CharField(max_length=30, blank=True, db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["carrier", "status", "updated_at"], name="logistics_parcel_silent",
                         condition=Q(stale_since__isnull=True)),
            models.Index(fields=["seller", "stale_since"], name="logistics_parcel_stale",
                         condition=Q(stale_since__isnull=False)),
            models.Index(fields=["seller", "-updated_at", "-id"], name="logistics_parcel_newest"),
        ]


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
