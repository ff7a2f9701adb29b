"""Cases of moderation with their decisions; certificates of a shop with their files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ModerationCase(models.Model):
    """One look of a person at one card, or at a change of it. A product has at most one that is open."""

    class State(models.TextChoices):
        OPEN = "open"
        APPROVED = "approved"
        DECLINED = "declined"
        REVISION = "revision"
        # The card was archived, deleted or corrected by its seller before anybody decided.
        DROPPED = "dropped"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    # new, change, appeal or sample (an accepted card looked at afterwards).
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    # Why a person looks: codes of moderation.REASONS.
    reasons = models.JSONField(default=list)
    # The listed fields of the card before and after the change, where the two differ; `before` is empty for a new one.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # What the engine found, and the versions of the tables it read.
    findings = models.JSONField(default=list)
    rule_ids = models.JSONField(default=list)
    # 0 … 100: what is looked at first.
    risk = models.PositiveSmallIntegerField(default=0)
    # Buyers go on buying the product meanwhile.
    sells = models.BooleanField(default=False)
    # What the seller says in an appeal, and the case it is about.
    comment = models.TextField(blank=True)
    appeal_of = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    assignee = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    # "" | asked: another operator decides, who sees what the first one thought.
    second_opinion = models.CharField(max_length=10, blank=True)
    # [{"code", "field", "note", "policy"}], the last decision's.
    remarks = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    # When the shop was written to about the decision that stands, where that is news to it.
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product"], condition=Q(state="open"),
                                               name="catalog_case_one_open")]
        indexes = [models.Index(fields=["state", "-risk", "id"], name="catalog_case_queue"),
                   models.Index(fields=["seller", "-id"], name="catalog_case_seller")]


class Decision(models.Model):
    """What an operator did with a case. Rows are added, never changed: a decision turned round keeps both."""

    case = models.ForeignKey("catalog.ModerationCase", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    operator = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    operator_label = models.CharField(max_length=200)
    # approved, declined, revision, reversed, or opinion: asked for another operator's.
    verdict = models.CharField(max_length=10)
    remarks = models.JSONField(default=list)
    # For operators only.
    note = models.TextField(blank=True)
    rule_ids = models.JSONField(default=list)


class Certificate(models.Model):
    """A paper about goods: a certificate, a declaration, a letter of a brand's owner."""

    class State(models.TextChoices):
        NEW = "new"
        REVIEW = "review"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    # One of screening.PAPER_KINDS.
    type = models.CharField(max_length=20)
    # What it attests accordance with, for example technical_regulations_eac.
    accordance = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    issued_on = models.DateField()
    # Empty: without end.
    expires_on = models.DateField(null=True)
    # For papers of a brand: the value of the brand dictionary.
    brand_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=400, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # Days before the end for which a notice went out last.
    noticed_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "type", "number"], name="catalog_certificate_number")]
        indexes = [models.Index(fields=["state", "expires_on"], name="catalog_certificate_ends")]


class CertificateProduct(models.Model):
    """A product that a certificate covers."""

    certificate = models.ForeignKey("catalog.Certificate", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "product"], name="catalog_certificate_bound")]


class PaperFile(models.Model):
    """A file of a certificate or of an appeal, kept encrypted outside of what is served."""

    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    certificate = models.ForeignKey("catalog.Certificate", on_delete=models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey("catalog.ModerationCase", on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(certificate__isnull=False, case__isnull=True) | Q(certificate__isnull=True, case__isnull=False),
            name="catalog_paperfile_owner")]
