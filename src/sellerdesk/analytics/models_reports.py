"""What people keep: reports, views sent by mail, ideas of what to sell. Part of `models`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Report(models.Model):
    """One file asked for. States are the API's: waiting, processing, success, failed."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=80, unique=True)
    # One of services.reporting.KINDS.
    kind = models.CharField(max_length=24)
    format = models.CharField(max_length=8)
    title = models.CharField(max_length=160, blank=True)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    # In which zone days of the file are cut.
    time_zone = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default="waiting")
    # Why it failed: the code of a refusal, or internal.
    error = models.CharField(max_length=40, blank=True)
    rows = models.IntegerField(default=0)
    file_key = models.CharField(max_length=200, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    made_by = models.CharField(max_length=200, blank=True)
    # Who is told by mail when it is done.
    mail_to = models.CharField(max_length=320, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-id"], name="analytics_report_list"),
                   models.Index(fields=["expires_at"], name="analytics_report_expiry", condition=~Q(file_key=""))]


class MailPlan(models.Model):
    """A view of the explorer that somebody gets by mail, daily or weekly at an hour of their own zone."""

    class Every(models.TextChoices):
        DAY = "day"
        WEEK = "week"

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user_id = models.BigIntegerField()
    email = models.CharField(max_length=320)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    every = models.CharField(max_length=4, choices=Every.choices)
    weekday = models.PositiveSmallIntegerField(default=0)
    hour = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=8)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seller", "user_id"], name="analytics_mailplan_owner"),
                   models.Index(fields=["next_at"], name="analytics_mailplan_due")]


class Idea(models.Model):
    """Something a shop thinks of selling: a category or a query, with a note and who looks after it.

    The figures are what the shop calculates with: minor units of its currency, grams, millimetres; 0 is not said.
    """

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    title = models.CharField(max_length=160)
    category_id = models.BigIntegerField(default=0)
    type_id = models.BigIntegerField(default=0)
    note = models.CharField(max_length=1000, blank=True)
    owner_id = models.BigIntegerField()
    price_minor = models.BigIntegerField(default=0, db_default=0)
    cost_minor = models.BigIntegerField(default=0, db_default=0)
    weight_g = models.IntegerField(default=0, db_default=0)
    depth_mm = models.IntegerField(default=0, db_default=0)
    width_mm = models.IntegerField(default=0, db_default=0)
    height_mm = models.IntegerField(default=0, db_default=0)
    route = models.CharField(max_length=60, blank=True, default="", db_default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "title"], name="analytics_idea_once")]
