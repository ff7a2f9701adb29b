"""Tickets, what is said in them, and ready answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sellerdesk.core.postgres.names import SETTING


class Ticket(models.Model):
    """A question to the marketplace. Without a shop it is of somebody who cannot sign in, reached by mail alone."""

    # A guest's ticket is nobody's and shown to no shop, which the wall's own rule would not say.
    wall = f"seller_id = (SELECT NULLIF(NULLIF(current_setting('{SETTING}', true), ''), 'all')::bigint)"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    email = models.EmailField(max_length=320)
    language = models.CharField(max_length=10, default="en")
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=150)
    state = models.CharField(max_length=10, default="new")
    created_at = models.DateTimeField()
    last_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    solve_due_at = models.DateTimeField()
    # The dated rule that the two are computed by.
    rule_id = models.BigIntegerField()
    first_answered_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+",
                                    db_index=False)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_text = models.CharField(max_length=1000, blank=True)
    object_kind = models.CharField(max_length=20, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    # A report of the page "cannot sign in?", see accounts.
    problem_id = models.BigIntegerField(null=True, unique=True)
    # Number, subject, thing and everything said but for notes of operators, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["seller", "-last_at"], name="support_ticket_shop"),
                   models.Index(fields=["state", "first_due_at"], name="support_ticket_queue")]


class TicketMessage(models.Model):
    """One thing said. `side` is seller, operator, note (for operators only) or system."""

    ticket = models.ForeignKey("support.Ticket", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    side = models.CharField(max_length=10)
    author = models.CharField(max_length=200)
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    text = models.TextField()
    # page, mail or sign_in
    via = models.CharField(max_length=10, default="page")
    # The Message-ID of the mail it came by, so that a mail delivered twice is taken once.
    mail_id = models.CharField(max_length=300, null=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="support_message_ticket")]
        constraints = [models.UniqueConstraint(fields=["ticket", "mail_id"], condition=Q(mail_id__isnull=False),
                                               name="support_mail_once")]


class TicketFile(models.Model):
    """A file that came with a message, under a made-up name in storage; served to those who see the ticket alone."""

    message = models.ForeignKey("support.TicketMessage", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=200)


class Macro(models.Model):
    """A ready answer of the operators, in three languages, with variables such as {name}."""

    name = models.CharField(max_length=80, unique=True)
    text_en = models.TextField()
    text_ru = models.TextField()
    text_zh = models.TextField()
