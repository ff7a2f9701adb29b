"""Single units of postings, with what packing has to know about each. Part of `models`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Exemplar(models.Model):
    """One unit of a posting with what is known about just this piece. Its id is the API's exemplar_id."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey("orders.Posting", on_delete=models.CASCADE, related_name="+")
    sku = models.BigIntegerField()
    mark = models.CharField(max_length=200, blank=True)
    # GTIN and serial number of the mark: what must be in the shop once.
    mark_key = models.CharField(max_length=60, blank=True)
    uin = models.CharField(max_length=40, blank=True)
    # Up to two, a space between them.
    imei = models.CharField(max_length=80, blank=True)
    gtd = models.CharField(max_length=40, blank=True)
    gtd_absent = models.BooleanField(default=False)
    rnpt = models.CharField(max_length=40, blank=True)
    rnpt_absent = models.BooleanField(default=False)
    weight_g = models.PositiveIntegerField(null=True)
    # need → names of faults, as found when the unit was written.
    faults = models.JSONField(default=dict)
    # What shall replace all of the above once somebody confirms it; only after packing.
    proposed = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "mark_key"], name="orders_exemplar_mark", condition=~Q(mark_key=""))]


class ScanAct(models.Model):
    """One act of a scanner with the key it was made under, so that sending it again changes nothing.

    Scanners work through lost connections and send what they did afterwards, some of it twice.
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=36)
    number = models.CharField(max_length=28)
    # The refusal's code, empty where it was done; with the sentence as it was told.
    code = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "key"], name="orders_scan_once")]
        indexes = [models.Index(fields=["at"], name="orders_scan_age")]
