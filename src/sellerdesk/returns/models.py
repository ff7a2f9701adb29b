"""Goods on their way back, and buyers' claims to a shop that delivers itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ReturnPlace(models.Model):
    """A point of the marketplace where goods wait for their shop: one for each city that shops send from."""

    id = models.BigAutoField(primary_key=True)
    city = models.CharField(max_length=100, unique=True)


class Return(models.Model):
    """One line of a posting that comes back: after delivery (client) or because it was cancelled under way."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    scheme = models.CharField(max_length=5, default="fbs")
    posting_number = models.CharField(max_length=28)
    order_id = models.BigIntegerField(default=0)
    order_number = models.CharField(max_length=24, blank=True)
    # ClientReturn or Cancellation, the API's words.
    kind = models.CharField(max_length=20)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    # The commission that comes back with the price, and what the way back costs the seller.
    commission_minor = models.BigIntegerField(default=0)
    commission_rule_id = models.BigIntegerField(null=True)
    logistics_minor = models.BigIntegerField(default=0)
    logistics_rule_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40)
    # One of types.STATES.
    state = models.CharField(max_length=12, default="on_the_way")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # At the return point, where storing begins to count.
    arrived_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    # Where the goods start from, and the point where they wait for the shop.
    from_city = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey("returns.ReturnPlace", on_delete=models.PROTECT, related_name="+", null=True,
                              db_index=False)
    # The rule returns.storage as it was on arrival; amounts are booked when the goods leave the point.
    storage_rule_id = models.BigIntegerField(null=True)
    storage_starts_at = models.DateTimeField(null=True)
    storage_minor = models.BigIntegerField(default=0)
    dispose_at = models.DateTimeField(null=True)
    disposal_minor = models.BigIntegerField(default=0)
    # What the marketplace pays for goods it lost: "", sent, received, cancelled, reversed.
    compensation = models.CharField(max_length=10, blank=True)
    compensation_minor = models.BigIntegerField(default=0)
    compensation_at = models.DateTimeField(null=True)
    giveout = models.ForeignKey("returns.Giveout", on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    # Posting, sku, offer id and name, folded for search.
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-created_at", "-id"], name="returns_newest"),
            models.Index(fields=["seller", "state", "id"], name="returns_state"),
            # What happens by time looks at these alone, however many returns there ever were.
            models.Index(fields=["dispose_at"], name="returns_disposal", condition=Q(state="arrived")),
            models.Index(fields=["changed_at"], name="returns_unheard",
                         condition=Q(state__in=["requested", "on_the_way"])),
            models.Index(fields=["compensation_at"], name="returns_to_be_paid", condition=Q(compensation="sent")),
        ]
        constraints = [models.UniqueConstraint(fields=["posting_number", "sku", "kind"], name="returns_once")]


class Giveout(models.Model):
    """Goods handed over to the shop at a return point at once."""

    class Status(models.TextChoices):
        CREATED = "created"
        COMPLETED = "completed"

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("returns.ReturnPlace", on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seller", "id"], name="returns_giveouts")]


class GiveoutCode(models.Model):
    """What the shop shows at a return point. Whoever holds it gets the goods, so it can be replaced at once."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, related_name="+", primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    changed_at = models.DateTimeField()


class DisposalSetting(models.Model):
    """At which price of one unit a shop does not want its goods back: minor units, empty for never."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, related_name="+", primary_key=True)
    price_minor = models.BigIntegerField(null=True)
    faulty_minor = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()


class Claim(models.Model):
    """A buyer's wish to give back goods that the shop delivered itself. States are in states.py."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=28)
    order_number = models.CharField(max_length=24)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False)
    warehouse_id = models.BigIntegerField()
    sku = models.BigIntegerField()
    offer_id = models.CharField(max_length=50)
    name = models.CharField(max_length=500)
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()
    commission_rule_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=40)
    comment = models.CharField(max_length=2000, blank=True)
    method = models.PositiveSmallIntegerField(default=1)
    tracking_number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=50)
    # When time decides, and when the shop is reminded before that.
    due_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    rejection = models.CharField(max_length=40, blank=True)
    rejection_comment = models.CharField(max_length=2000, blank=True)
    offer_minor = models.BigIntegerField(default=0)
    back_way_minor = models.BigIntegerField(default=0)
    delivered_at = models.DateTimeField()
    # The rule returns.term that let the claim in.
    term_rule_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-created_at", "-id"], name="returns_claim_newest"),
            models.Index(fields=["seller", "state", "id"], name="returns_claim_state"),
            models.Index(fields=["due_at"], name="returns_claim_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["remind_at"], name="returns_claim_remind", condition=Q(remind_at__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["posting_number", "sku"], name="returns_claim_once")]


class ClaimPhoto(models.Model):
    """A picture of goods that are claimed: the buyer's, or the shop's own of the inspection."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    claim = models.ForeignKey("returns.Claim", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    # buyer or seller
    by = models.CharField(max_length=6)
