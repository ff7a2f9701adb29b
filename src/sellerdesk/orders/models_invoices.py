"""Customs invoices of postings that cross a border, and the files they were sent in."""

from __future__ import annotations

from django.db import models


class InvoiceFile(models.Model):
    """The picture of an invoice, under a made-up name. At most two for a posting: the one of its invoice, and the one
    that was sent last and waits to become it."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey("orders.Posting", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()


class Invoice(models.Model):
    """What an invoice says; one for a posting."""

    posting = models.OneToOneField("orders.Posting", on_delete=models.CASCADE, related_name="+", primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Empty once the buyers of a closed shop were forgotten.
    file = models.ForeignKey("orders.InvoiceFile", on_delete=models.SET_NULL, null=True, related_name="+",
                             db_index=False)
    number = models.CharField(max_length=50, blank=True)
    issued_at = models.DateTimeField()
    # The sum that stands on it, in one of the currencies of invoices; empty where it was not told.
    price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    # Codes of the Harmonized System by SKU, digits alone: [[sku, code]].
    hs_codes = models.JSONField(default=list)
    changed_at = models.DateTimeField()
