"""News of the marketplace, who has read it, and versions of its policies."""

from __future__ import annotations

from django.db import models


class Announcement(models.Model):
    """Never changed once published, only withdrawn: what was announced can be looked up."""

    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=200)
    body_en = models.TextField()
    body_ru = models.TextField()
    body_zh = models.TextField()
    # "What changes for you"; may be empty.
    changes_en = models.TextField(blank=True)
    changes_ru = models.TextField(blank=True)
    changes_zh = models.TextField(blank=True)
    severity = models.CharField(max_length=10, default="info")
    countries = models.JSONField(default=list)
    schemes = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    effective_at = models.DateTimeField(null=True)
    must_acknowledge = models.BooleanField(default=False)
    published_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)


class Reading(models.Model):
    """A person has put an announcement away, or confirmed it."""

    announcement = models.ForeignKey("announcements.Announcement", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "announcement"], name="announcements_read_once")]


class PolicyVersion(models.Model):
    """A version of a policy beside the offer. Never changed, only followed by another."""

    key = models.CharField(max_length=40)
    title_en = models.CharField(max_length=120)
    title_ru = models.CharField(max_length=120)
    title_zh = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    text_en = models.TextField()
    text_ru = models.TextField()
    text_zh = models.TextField()
    valid_from = models.DateTimeField()
    # Shops must accept it within the grace period of the offer; their acceptances are kept in sellers.
    must_accept = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="announcements_policy_once")]


class Feed(models.Model):
    """A person's own feed of one shop, opened by an address that only they know; a new `nonce` revokes the old one."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    user_id = models.BigIntegerField()
    nonce = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "user_id"], name="announcements_feed_once")]
