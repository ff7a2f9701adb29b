"""Supplies of goods to the marketplace's warehouses: drafts, what is in them, boxes, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """What a shop would like to supply, checked. Lives for a short time and becomes at most one supply."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    cluster_id = models.BigIntegerField()
    drop_off = models.ForeignKey("inventory.Warehouse", on_delete=models.PROTECT, related_name="+", null=True,
                                 db_index=False)
    # ready, failed, used
    state = models.CharField(max_length=8)
    # The Seller API's word for why it failed.
    error = models.CharField(max_length=60, blank=True)
    # [product id, SKU, units, millilitres of one, whether bulky] and [SKU, offer id, units, reasons]
    items = models.JSONField(default=list)
    rejected = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Real time, for the limit on how often.
    asked_at = models.DateTimeField()
    supply_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "asked_at"], name="supply_draft_pace"),
                   models.Index(fields=["expires_at"], name="supply_draft_expiry")]


class Supply(models.Model):
    """Goods on their way to a warehouse of the marketplace. Ids are the API's order ids; states see states.py."""

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    cluster_id = models.BigIntegerField()
    storage = models.ForeignKey("inventory.Warehouse", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Where the shop brings it: the same for direct supplies.
    drop_off = models.ForeignKey("inventory.Warehouse", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The hour in which it comes, and which of the places of that hour it holds; none once it does not come any more.
    slot_from = models.DateTimeField(null=True)
    slot_to = models.DateTimeField(null=True)
    seat = models.PositiveSmallIntegerField(null=True)
    slot_changes = models.PositiveSmallIntegerField(default=0)
    # Until when boxes, contents and car may be changed.
    fill_by = models.DateTimeField(null=True)
    # Sums of the lines, kept for lists.
    units = models.PositiveIntegerField()
    sku_count = models.PositiveIntegerField()
    volume_ml = models.BigIntegerField(default=0)
    # Whether every unit lies in a box, kept with every change of either.
    packed = models.BooleanField(default=False)
    car_number = models.CharField(max_length=20, blank=True)
    car_model = models.CharField(max_length=60, blank=True)
    driver = models.CharField(max_length=120, blank=True)
    driver_phone = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The report: when it was made, until when the shop may dispute it, and what it says to it.
    act_at = models.DateTimeField(null=True)
    act_due = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "supplies"
        constraints = [
            # However many ask for the last place of an hour, one has it.
            models.UniqueConstraint(fields=["drop_off", "slot_from", "seat"], name="supply_one_a_seat",
                                    condition=Q(seat__isnull=False))]
        indexes = [models.Index(fields=["seller", "-id"], name="supply_newest"),
                   models.Index(fields=["seller", "state", "-id"], name="supply_of_state"),
                   # What time has to move, of all shops.
                   models.Index(fields=["slot_to"], name="supply_missed",
                                condition=Q(state__in=["data_filling", "ready_to_supply"])),
                   models.Index(fields=["act_due"], name="supply_unanswered",
                                condition=Q(state="reports_confirmation_awaiting"))]


class SupplyLine(models.Model):
    supply = models.ForeignKey("supply.Supply", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    barcode = models.CharField(max_length=100, blank=True)
    # Of one unit.
    volume_ml = models.BigIntegerField(default=0)
    quantity = models.PositiveIntegerField()
    # What the marketplace counted; empty until then.
    good = models.PositiveIntegerField(null=True)
    damaged = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supply", "product"], name="supply_line_once")]


class Cargo(models.Model):
    """A box or pallet."""

    id = models.BigIntegerField(primary_key=True)
    supply = models.ForeignKey("supply.Supply", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    # What the shop's program calls it.
    key = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=6)
    # [SKU, units]
    items = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supply", "number"], name="supply_cargo_number")]


class Operation(models.Model):
    """An act that a program asked for: it asks later what came of it."""

    id = models.UUIDField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    supply_id = models.BigIntegerField(null=True)
    errors = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="supply_operation_age")]
