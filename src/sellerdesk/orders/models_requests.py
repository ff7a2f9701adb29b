"""Buyers' wishes to cancel what a shop delivers itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CancelRequest(models.Model):
    """One wish, which the shop answers until `due_at`. States are the API's: ON_APPROVAL, APPROVED, REJECTED."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey("orders.Posting", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=28)
    warehouse_id = models.BigIntegerField()
    reason_id = models.PositiveIntegerField()
    message = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, default="ON_APPROVAL")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When the shop is reminded; empty once it was.
    remind_at = models.DateTimeField(null=True)
    # The rule orders.cancel_request that gave the term.
    rule_id = models.BigIntegerField()
    decided_at = models.DateTimeField(null=True)
    # seller, or time where nobody answered
    decided_by = models.CharField(max_length=8, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "state", "id"], name="orders_request_state"),
            models.Index(fields=["due_at"], name="orders_request_due", condition=Q(state="ON_APPROVAL")),
        ]
        constraints = [models.UniqueConstraint(fields=["posting"], condition=Q(state="ON_APPROVAL"),
                                               name="orders_request_open_once")]
