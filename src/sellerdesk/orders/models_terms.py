"""Errors of sellers, what they cost, what is disputed, and how the days of a shop ended."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Fault(models.Model):
    """One error: a posting ended by the seller's fault, or handed over after its term. A row of the penalty ledger.

    It is found at once and judged when its day has ended: then the index of the day is known for good.
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey("orders.Posting", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=28)
    # cancellation, delay
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    # The marketplace's day of `at`.
    day = models.DateField()
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # Handed over before it ended: the posting is among the shipments already.
    shipped = models.BooleanField(default=False)
    # Whether it is in the index; if not, `excluded` says why: kind (this kind does not count), dispute (won).
    counts = models.BooleanField()
    excluded = models.CharField(max_length=10, blank=True)
    # What was seen: moments, reason, who ended it. Shown as evidence.
    evidence = models.JSONField(default=dict)
    judged_at = models.DateTimeField(null=True)
    # The index the fee was found by, as it stands after disputes.
    index_errors = models.PositiveIntegerField(default=0)
    index_shipments = models.PositiveIntegerField(default=0)
    index_bp = models.PositiveIntegerField(default=0)
    grace = models.BooleanField(default=False)
    fee_bp = models.PositiveIntegerField(default=0)
    cap_minor = models.BigIntegerField(default=0)
    # What it costs now, and what it cost when it was judged.
    amount_minor = models.BigIntegerField(default=0)
    first_minor = models.BigIntegerField(default=0)
    # Versions of the rules: of the share (index or late tariff) and of the rate that converted the cap.
    rule_id = models.BigIntegerField(null=True)
    rate_rule_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "kind"], name="orders_fault_once")]
        indexes = [models.Index(fields=["seller", "at", "id"], name="orders_fault_when"),
                   models.Index(fields=["seller", "number"], name="orders_fault_number"),
                   models.Index(fields=["day"], condition=Q(judged_at=None), name="orders_fault_open")]


class Dispute(models.Model):
    """A seller's objection to one error. Each error is disputed once at most."""

    class State(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"
        WITHDRAWN = "withdrawn"

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    fault = models.OneToOneField("orders.Fault", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    text = models.CharField(max_length=2000)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200, blank=True)
    answer_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    # Empty where the term decided.
    decided_by = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    # Given back in all: the error itself and what it made dearer.
    returned_minor = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="orders_dispute_list"),
                   models.Index(fields=["answer_by"], condition=Q(state="open"), name="orders_dispute_open")]


class DisputeFile(models.Model):
    """A file that came with an objection, under a made-up name; served to the shop and the operator alone."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    dispute = models.ForeignKey("orders.Dispute", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=200)


class TermDay(models.Model):
    """How one day of one shop ended, for charts and histories. Written after the day and again after a dispute."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    shipped = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    charged_minor = models.BigIntegerField()
    # Of the window before this day.
    index_errors = models.PositiveIntegerField()
    index_shipments = models.PositiveIntegerField()
    index_bp = models.PositiveIntegerField()
    window_shipped = models.PositiveIntegerField()
    window_late = models.PositiveIntegerField()
    blocked = models.BooleanField()
    rule_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "day"], name="orders_termday_once")]
        indexes = [models.Index(fields=["-day"], name="orders_termday_newest")]


class TermNotice(models.Model):
    """A step of a posting of which the shop was told beforehand."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    posting = models.ForeignKey("orders.Posting", on_delete=models.CASCADE, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "starts_at"], name="orders_termnotice_once")]
