"""Orders, the postings they are shipped as, and their lines with prices and commission frozen at purchase."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Order(models.Model):
    """What one buyer bought at once from one seller. Its number is `<digits>-<4 digits>`."""

    id = models.BigIntegerField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=24, unique=True)
    buyer_name = models.CharField(max_length=120)
    buyer_phone = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=100)
    region = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()


class Posting(models.Model):
    """The unit of work: packed, labelled and shipped as one. States and substates are the API's, see states.py."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=28, unique=True)
    parent_number = models.CharField(max_length=28, blank=True)
    scheme = models.CharField(max_length=5, default="fbs")
    state = models.CharField(max_length=30)
    substate = models.CharField(max_length=50)
    previous_substate = models.CharField(max_length=50, blank=True)
    changed_at = models.DateTimeField()
    warehouse_id = models.BigIntegerField()
    delivery_method_id = models.BigIntegerField()
    tracking_number = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    # Sums of the lines, kept so that lists and boards need no join.
    units = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    # Moscow, Пермь…: where it goes; kept here for lists.
    city = models.CharField(max_length=100, blank=True)
    in_process_at = models.DateTimeField()
    ship_by = models.DateTimeField()
    deliver_by = models.DateTimeField(null=True)
    packed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason_id = models.PositiveIntegerField(null=True)
    cancel_message = models.CharField(max_length=500, blank=True)
    # seller, client, platform, delivery
    cancelled_by = models.CharField(max_length=10, blank=True)
    cancelled_after_ship = models.BooleanField(default=False)
    # Logistics quoted at purchase, with the rule version.
    logistics_minor = models.BigIntegerField(default=0)
    logistics_rule_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    # Number, offer ids, skus, names, tracking and buyer, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-in_process_at", "-id"], name="orders_posting_newest"),
            models.Index(fields=["seller", "state", "ship_by", "id"], name="orders_posting_due"),
            # The couriers' work list is small next to all postings ever made.
            models.Index(fields=["state", "substate", "id"], name="orders_posting_open",
                         condition=~Q(state__in=["delivered", "cancelled"])),
        ]


class PostingLine(models.Model):
    posting = models.ForeignKey("orders.Posting", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    quantity = models.PositiveIntegerField()
    # Per unit, with packing; kept because parcels are priced by weight when a posting is split.
    weight_g = models.PositiveIntegerField(default=0)
    # Per unit, as sold.
    price_minor = models.BigIntegerField()
    old_price_minor = models.BigIntegerField(default=0)
    # For the whole line, with the version of the rule that gave it.
    commission_minor = models.BigIntegerField()
    commission_bp = models.PositiveIntegerField()
    commission_rule_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["seller", "product", "-id"], name="orders_line_product")]
