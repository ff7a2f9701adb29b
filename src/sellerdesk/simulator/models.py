"""How the market of a sandbox is set, and what its people have in mind to do."""

from __future__ import annotations

from django.db import models


class Market(models.Model):
    """One row. Everybody draws from `seed`, so the same seed makes the same market."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField(default=1)
    # Whether buyers and couriers are at work. Time runs on without them.
    running = models.BooleanField(default=True)
    # Orders that a shop with a full shelf receives per virtual day.
    orders_per_day = models.PositiveIntegerField(default=36)
    # Whether postings that people leave untouched for `autopilot_hours` are packed for them.
    autopilot = models.BooleanField(default=True)
    autopilot_hours = models.PositiveSmallIntegerField(default=20)
    # Shops that nobody runs: they pack, restock and take returns back by themselves.
    self_running = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    history_until = models.DateTimeField(null=True)
    simulated_until = models.DateTimeField(null=True)


class Errand(models.Model):
    """Something that somebody in the market will do. Gone when done; written with the news that caused it."""

    class Kind(models.TextChoices):
        """In the order in which errands of the same moment are done."""

        BUYER_CANCELS = "buyer_cancels"
        PLATFORM_CANCELS = "platform_cancels"
        PACK = "pack"
        PICK_UP = "pick_up"
        SCAN = "scan"
        GIVE_BACK = "give_back"
        RETURN_MOVES = "return_moves"
        TAKE_BACK = "take_back"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    seller_id = models.BigIntegerField()
    # A posting number; for returns the return's id.
    reference = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # News may be heard twice; an errand is planned once.
            models.UniqueConstraint(fields=["reference", "kind", "position"], name="simulator_errand_once")
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="simulator_errand_due")]
