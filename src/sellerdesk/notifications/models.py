"""Pushes to a shop's programs with every try; notes to its people, what each wants to hear, and their devices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Endpoint(models.Model):
    """Where a shop's program listens. Secrets are encrypted; the one before signs too until `old_secret_until`."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    form = models.CharField(max_length=10, default="contract")
    types = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="active")
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    # Real times. Nothing but failures since; nothing is tried before `hold_until`.
    failing_since = models.DateTimeField(null=True)
    hold_until = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    # The contract's word for the last failure, kept with a pause.
    pause_code = models.CharField(max_length=40, blank=True)


class Push(models.Model):
    """One fact for a shop's programs. Its id is the version of the object it is about: it only grows."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    uid = models.CharField(max_length=40, unique=True)
    type = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    body = models.JSONField()
    # When it happened, on the market's clock; when it was kept, on the real one.
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField()


class Delivery(models.Model):
    """A push on its way to one address."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    endpoint = models.ForeignKey("notifications.Endpoint", on_delete=models.CASCADE, related_name="+", db_index=False)
    push = models.ForeignKey("notifications.Push", on_delete=models.CASCADE, related_name="+")
    # As the push has it, so that the order within a key is found without a join.
    key = models.CharField(max_length=80)
    type = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default="waiting")
    # Tries since it was last put in line, and when the next one is due.
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    # Whoever sends it now, and until when it counts as being sent.
    token = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # Of the last try.
    code = models.CharField(max_length=40, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    # How often made-up trouble sends it again after it was taken.
    again = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "push"], name="notifications_delivery_once")]
        indexes = [
            models.Index(fields=["endpoint", "key", "push"], name="notifications_in_order",
                         condition=Q(state="waiting")),
            models.Index(fields=["next_at"], name="notifications_due", condition=Q(state="waiting")),
            models.Index(fields=["seller", "-id"], name="notifications_log"),
        ]


class Attempt(models.Model):
    """One try and what came of it."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    delivery = models.ForeignKey("notifications.Delivery", on_delete=models.CASCADE, related_name="+")
    endpoint_id = models.BigIntegerField()
    type = models.CharField(max_length=60)
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    # Empty when it was taken.
    code = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    request_headers = models.JSONField(default=dict)
    response_headers = models.JSONField(default=dict)
    response_body = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["endpoint_id", "at"], name="notifications_attempts")]


class Choice(models.Model):
    """What one person wants to hear of a shop, and how; without a person the shop's own usual setting."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user_id = models.BigIntegerField(null=True)
    # Kind -> channels; a kind left out is as usual.
    channels = models.JSONField(default=dict)
    # No mail of ours between these, in the person's own zone.
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    # hourly or daily, and at which hour of the person's zone.
    digest = models.CharField(max_length=6, default="daily")
    digest_hour = models.PositiveSmallIntegerField(default=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "user_id"], name="notifications_choice_once"),
            models.UniqueConstraint(fields=["seller"], condition=Q(user_id=None), name="notifications_usual_once")]


class Note(models.Model):
    """Something a person was told of. While unread, the same thing again counts this one up."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    event = models.CharField(max_length=80)
    group = models.CharField(max_length=160)
    # What fills the event's sentence, so that it reads in the reader's language.
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=1)
    # On the market's clock; the rest is real time.
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    # When a mail with it is due; empty: none.
    mail_at = models.DateTimeField(null=True)
    digest = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)
    # When it is due at the person's devices, real time; empty: not. And when it last went there.
    ring_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user_id", "group"], condition=Q(read_at=None),
                                               name="notifications_note_once")]
        indexes = [models.Index(fields=["seller", "user_id", "-id"], name="notifications_notes"),
                   models.Index(fields=["mail_at"], name="notifications_letters", condition=Q(mail_at__isnull=False)),
                   models.Index(fields=["ring_at"], name="notifications_rings", condition=Q(ring_at__isnull=False))]


class SenderKey(models.Model):
    """Whom push services of browsers know us by: made once, kept encrypted, unless the settings name one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    private = models.TextField()
    created_at = models.DateTimeField()


class Device(models.Model):
    """A browser in which a person wants to be told, whatever shop it is about. Where it listens is secret: whoever
    knows it can write there."""

    user_id = models.BigIntegerField(db_index=True)
    # SHA-256 of the address; and the address with the browser's keys, encrypted.
    digest = models.CharField(max_length=64, unique=True)
    secret = models.TextField()
    # Of the sender's key that it was given: it takes messages of no other.
    sender = models.CharField(max_length=120)
    label = models.CharField(max_length=60, blank=True)
    host = models.CharField(max_length=120)
    # Real times.
    created_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True)
    # Of the last try, where it failed.
    failed_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=40, blank=True)


class Ring(models.Model):
    """A note on its way to one device; without a note a test."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    device = models.ForeignKey("notifications.Device", on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey("notifications.Note", on_delete=models.CASCADE, related_name="+", null=True)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    # Whoever sends it now, and until when it counts as being sent.
    token = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="notifications_ring_due", condition=Q(state="waiting")),
                   models.Index(fields=["seller", "-id"], name="notifications_ring_log")]
