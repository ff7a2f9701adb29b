"""How the market of a sandbox is set, and what its people have in mind to do."""

from __future__ import annotations

from django.db import models


class Market(models.Model):
    """Everybody draws from `seed`, so the same seed makes the same market.

    Row 1 is the installation's, where one is simulated. A test shop has one of its own, under its own id: no shop that
    can have a twin is the first one, so no twin's id is 1.
    """

    wall = "id = 1 OR EXISTS (SELECT 1 FROM sellers_seller shop WHERE shop.id = simulator_market.id)"

    id = models.BigIntegerField(primary_key=True, default=1)
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


class Twin(models.Model):
    """A test shop beside a live one: with a clock, a market and keys of its own, and with nothing real in it.

    Times are real. `Seller.twin_of` says whose twin it is.
    """

    class State(models.TextChoices):
        COPYING = "copying"
        READY = "ready"
        LEAVING = "leaving"

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, primary_key=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.COPYING)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200, blank=True)
    copied_at = models.DateTimeField(null=True)
    products = models.PositiveIntegerField(default=0)
    # When its people were told that it goes unless somebody uses it.
    warned_at = models.DateTimeField(null=True)


class Run(models.Model):
    """A scenario as it is, or was, lived by one shop. Its buyers come between `since` and `until`."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    # The YAML as it was started; what it says does not change under a run.
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    since = models.DateTimeField()
    until = models.DateTimeField()
    # When it ends at the latest, whatever has not come to an end by then.
    ends_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Orders taken and refused so far; fates are dealt by the number taken.
    placed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_by = models.CharField(max_length=200, blank=True)
    # What it came to, by the keys of reading.EXPECTED; null while it lasts.
    result = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller"], condition=models.Q(state="running"),
                                               name="simulator_one_run_a_shop")]
        indexes = [models.Index(fields=["seller", "-id"], name="simulator_run_newest")]


class Fate(models.Model):
    """How one order is going to fare. Orders without a row fare by chance."""

    order_number = models.CharField(max_length=24, primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Empty for an order that somebody placed by hand.
    run = models.ForeignKey("simulator.Run", on_delete=models.CASCADE, related_name="+", null=True)
    # One of scenarios.types.FATES; empty: packed, delivered and kept.
    kind = models.CharField(max_length=20, blank=True)
    # What people are going to say about it, words of voices.SHARES with blanks between them.
    talk = models.CharField(max_length=40, blank=True)


class Errand(models.Model):
    """Something that somebody in the market will do. Gone when done; written with the news that caused it."""

    class Kind(models.TextChoices):
        """In the order in which errands of the same moment are done."""

        SCRIPTED = "scripted"
        BUYER_CANCELS = "buyer_cancels"
        PLATFORM_CANCELS = "platform_cancels"
        PACK = "pack"
        FULFIL = "fulfil"
        PICK_UP = "pick_up"
        SCAN = "scan"
        GIVE_BACK = "give_back"
        RETURN_MOVES = "return_moves"
        TAKE_BACK = "take_back"
        SUPPLY = "supply"
        OWN_STEP = "own_step"
        CLAIM_STEP = "claim_step"
        ASKS = "asks"
        REVIEWS = "reviews"
        SAYS = "says"
        READS = "reads"
        ANSWERS = "answers"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    seller_id = models.BigIntegerField()
    # A posting number; for returns the return's id, for supplies "supply" and its id, a letter and the id of a
    # claim (c), chat (m), review (r) or question (q).
    reference = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    # The run whose story this is part of; empty for the everyday market.
    run_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # News may be heard twice; an errand is planned once.
            models.UniqueConstraint(fields=["reference", "kind", "position"], name="simulator_errand_once")
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="simulator_errand_due"),
                   models.Index(fields=["run_id"], name="simulator_errand_run",
                                condition=models.Q(run_id__isnull=False))]
