"""Documents that were made of the ledger, kept as made."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """waiting, processing, success or failed. All files are of one set of figures.

    Later bookings of the same days make a new document; this one stays as it was made.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    # What programs ask for it by.
    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40)
    start_day = models.DateField()
    end_day = models.DateField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    error = models.CharField(max_length=300, blank=True)
    params = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    # How many bookings of the period it was made of: the same number later means that it is still right.
    bookings = models.PositiveIntegerField(default=0)
    total_minor = models.BigIntegerField(default=0)
    difference_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    # Keys in storage by form: pdf, xlsx, json.
    files = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    maker_label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="finance_document_newest"),
                   models.Index(fields=["seller", "kind", "start_day", "language", "-id"],
                                name="finance_document_same"),
                   models.Index(fields=["expires_at"], name="finance_document_kept")]
