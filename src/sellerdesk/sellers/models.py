"""Companies, their shops, who works there, and the keys their programs use."""

from __future__ import annotations

from django.db import models


class Company(models.Model):
    legal_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    registration_number = models.CharField(max_length=30)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "registration_number"], name="sellers_company_once")
        ]


class Seller(models.Model):
    """One shop: the unit of tenancy. Its id is the Client-Id of the API."""

    class State(models.TextChoices):
        IN_REVIEW = "in_review"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        CLOSED = "closed"

    company = models.ForeignKey("sellers.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="Europe/Moscow")
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_REVIEW)
    created_at = models.DateTimeField()


class Membership(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "seller"], name="sellers_membership_once")]


class ApiKey(models.Model):
    """Only the hash is kept; the prefix finds the row with one indexed read."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    roles = models.JSONField(default=list)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_address = models.CharField(max_length=45, blank=True)
    last_used_method = models.CharField(max_length=120, blank=True)
