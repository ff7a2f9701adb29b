"""What goods cost, now and before. One narrow row per product; nothing that changes is indexed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Price(models.Model):
    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField()
    # 0 means: no crossed-out price.
    old_price_minor = models.BigIntegerField(default=0)
    min_price_minor = models.BigIntegerField(default=0)
    cost_minor = models.BigIntegerField(default=0)
    # Whether actions of the marketplace take the product by themselves; null: as the shop says for all of its products.
    auto_action = models.BooleanField(null=True)
    # Whether a pricing strategy may change the price, where the product follows one.
    strategy = models.BooleanField(default=True, db_default=True)
    updated_at = models.DateTimeField()

    class Meta:
        # Serves those who join by themselves; a change of the amounts does not touch it.
        indexes = [models.Index(fields=["seller"], condition=Q(auto_action=True), name="pricing_auto_action")]
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="pricing_price_positive"),
            models.CheckConstraint(
                condition=Q(old_price_minor__gte=0, min_price_minor__gte=0, cost_minor__gte=0),
                name="pricing_amounts_not_negative",
            ),
        ]


class PriceChange(models.Model):
    """History, append-only: what changed, when, by whom."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    # Real time, for the limit of ten changes an hour, which protects the system and not the market.
    real_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    price_before_minor = models.BigIntegerField(null=True)
    price_minor = models.BigIntegerField()
    old_price_before_minor = models.BigIntegerField(null=True)
    old_price_minor = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=200)
    # Through which door it came: api, file, grid, form, percent, rule, quarantine, undo.
    source = models.CharField(max_length=12, default="")
    # Of a price released from quarantine: who had asked for it.
    asked_by = models.CharField(max_length=200, default="")

    class Meta:
        # Serves the history, newest first, and the count of the last hour.
        indexes = [models.Index(fields=["product", "-real_at", "-id"], name="pricing_change_history")]


class QuarantinedPrice(models.Model):
    """A change too large to go live at once. What was asked for stands here until somebody decides or time runs out."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RELEASED = "released"
        DISCARDED = "discarded"
        EXPIRED = "expired"
        REPLACED = "replaced"  # by a later price of the same product

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    currency = models.CharField(max_length=3)
    # What was asked for; null leaves an amount as it is when the price is released.
    price_minor = models.BigIntegerField()
    old_price_minor = models.BigIntegerField(null=True)
    min_price_minor = models.BigIntegerField(null=True)
    cost_minor = models.BigIntegerField(null=True)
    # What buyers paid when it was asked.
    before_minor = models.BigIntegerField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=200)
    source = models.CharField(max_length=12, default="")
    told_at = models.DateTimeField(null=True)
    # One of many that fall by much at once, in a shop that wants a second person for this: released by two.
    by_two = models.BooleanField(default=False, db_default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product"], condition=Q(state="waiting"),
                                               name="pricing_quarantine_once")]
        indexes = [
            models.Index(fields=["seller", "-id"], condition=Q(state="waiting"), name="pricing_quarantine_queue"),
            models.Index(fields=["expires_at"], condition=Q(state="waiting"), name="pricing_quarantine_expiry"),
        ]


class DelegateDay(models.Model):
    """One product whose price a delegate changed on one day, with the price it had before."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    price_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user", "day", "product"],
                                               name="pricing_delegate_day_once")]


class PriceRun(models.Model):
    """One rule for all products of a filter: counted first, applied when somebody has seen the totals."""

    class State(models.TextChoices):
        COUNTING = "counting"
        READY = "ready"
        APPLYING = "applying"
        DONE = "done"
        DROPPED = "dropped"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COUNTING)
    # {"search", "category_id"} and {"field", "percent_bp", "formula", "rounding", "with_old"}
    where = models.JSONField()
    rule = models.JSONField()
    title = models.CharField(max_length=255)
    actor = models.JSONField()
    actor_label = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    # Prices changed after this moment were not in the totals that somebody agreed to.
    counted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    # The product that the last finished chunk ended with: a worker that died is followed from there.
    cursor = models.BigIntegerField(default=0)
    # What counting found and what applying did; see pricing.types.RunCounts.
    foreseen = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    samples = models.JSONField(default=list)
    batch_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="pricing_run_latest")]
