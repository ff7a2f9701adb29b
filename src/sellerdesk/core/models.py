"""Tables of the kit: clock, rules, activity (also the outbox), jobs, timetable, messages, saved views, id blocks."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Func
from django.utils import timezone


class CurrentTransaction(Func):
    """The number of the running transaction on PostgreSQL; 0 on SQLite, which has one writer at a time.

    With it the outbox can tell which rows are committed for good: ids alone are given out of commit order.
    """

    template = "0"
    output_field = models.BigIntegerField()
    allowed_default = True

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        return "0", []

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return "txid_current()", []


class Clock(models.Model):
    """Virtual time = virtual_anchor + (real now − real_anchor) × speed, unless paused."""

    real_anchor = models.DateTimeField(default=timezone.now)
    virtual_anchor = models.DateTimeField(default=timezone.now)
    speed = models.PositiveIntegerField(default=1)
    paused = models.BooleanField(default=False)

    class Meta:
        abstract = True


class ClockState(Clock):
    """The installation's clock, one row: virtual where a market is simulated, else real time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    virtual = models.BooleanField(default=False)


class ShopClock(Clock):
    """The clock of a shop that does not live by the installation's; always virtual."""

    seller_id = models.BigIntegerField(primary_key=True)


class DatedRule(models.Model):
    """A fee, limit, penalty or other figure with the time it is valid for and where it comes from."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True)
    value = models.JSONField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=300)
    # {"ru": …, "zh-hans": …} where an operator said the source in these languages too.
    source_names = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "valid_from"], name="core_rule_once")]


class Activity(models.Model):
    """One act: serves history, webhooks, undo and analytics. Append-only."""

    id = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField(db_default=CurrentTransaction())
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    seller_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=60, blank=True)
    via_kind = models.CharField(max_length=12, blank=True)
    via_id = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    target_label = models.CharField(max_length=300, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    data = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller_id", "target_type", "target_id", "-id"], name="core_activity_target"),
            models.Index(fields=["seller_id", "-id"], name="core_activity_seller"),
            models.Index(fields=["tx", "id"], name="core_activity_line"),
        ]


class Subscription(models.Model):
    """How far one subscriber has read the activity line."""

    name = models.CharField(max_length=80, primary_key=True)
    last_tx = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)


class Job(models.Model):
    """One piece of background work under a lease. `token` fences off a worker that lost its lease."""

    class State(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.BigAutoField(primary_key=True)
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    seller_id = models.BigIntegerField(null=True)
    unique_key = models.CharField(max_length=200, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    token = models.CharField(max_length=40, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"], condition=Q(state__in=["ready", "running"]), name="core_job_once"
            )
        ]
        indexes = [
            models.Index(fields=["queue", "run_at"], condition=Q(state="ready"), name="core_job_ready"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="core_job_leased"),
        ]


class Timetable(models.Model):
    """When each regular task is due next, in real time."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()


class Message(models.Model):
    """A mail or SMS on its way out; a row of the transaction that caused it. In demo mode the mailbox page shows it."""

    class Channel(models.TextChoices):
        MAIL = "mail"
        SMS = "sms"

    channel = models.CharField(max_length=6, choices=Channel.choices)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    # Where answers go; empty for letters that nobody answers.
    reply_to = models.CharField(max_length=320, blank=True)
    # Printed in the message; the public page "did you send this?" looks it up.
    code = models.CharField(max_length=16, unique=True, null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["to", "-id"], name="core_message_to")]


class SavedView(models.Model):
    """A named set of filters for one list page."""

    user_id = models.BigIntegerField()
    seller_id = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "seller_id", "page", "name"], name="core_savedview_once")
        ]


class IdBlock(models.Model):
    """Ids given in blocks per seller, so that a seller's rows lie side by side on disk (see decision 0003)."""

    scope = models.CharField(max_length=60)
    seller_id = models.BigIntegerField(default=0)
    next_id = models.BigIntegerField()
    end_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "seller_id"], name="core_idblock_once")]


class Limit(models.Model):
    """How often something was tried in its current window. The key is a digest, so it holds no address or mail."""

    key = models.CharField(max_length=64, primary_key=True)
    window_end = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)


class FileScan(models.Model):
    """A file on its way through the virus scanner, see core.scanning. Files kept without a scanner have no row."""

    class State(models.TextChoices):
        PENDING = "pending"
        CLEAN = "clean"
        REFUSED = "refused"

    seller_id = models.BigIntegerField()
    # Where it lies in storage, and which domain keeps it.
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    # What the scanner calls what it found.
    finding = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="pending"), name="core_filescan_waiting")]


class Trouble(models.Model):
    """Made-up trouble for a shop's programs, see core.trouble. Rows exist in a simulated market only."""

    class Kind(models.TextChoices):
        RATE_LIMIT = "rate_limit"
        UNAVAILABLE = "unavailable"
        INTERNAL = "internal"
        SLOW = "slow"
        PUSH_LATE = "push_late"
        PUSH_DUPLICATE = "push_duplicate"

    class Moment(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    seller_id = models.BigIntegerField()
    # The beginning of a method's path, or of a push's type; empty for all.
    path = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    # Whether the method does its work before the answer is lost.
    moment = models.CharField(max_length=6, choices=Moment.choices, default=Moment.BEFORE)
    percent = models.PositiveSmallIntegerField(default=100)
    seconds = models.PositiveSmallIntegerField(default=0)
    # How many calls it has seen, and how many it may still spoil; no number means any.
    calls = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    times = models.PositiveIntegerField(null=True)
    until = models.DateTimeField()
    made_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller_id", "until"], name="core_trouble_shop")]
