"""Actions with the products in them, vouchers, strategies that follow competitors, and buyers' requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Action(models.Model):
    """A promotion: the marketplace's where it has no seller, else a shop's own."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", null=True, db_index=False)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    title = models.CharField(max_length=256)
    description = models.TextField(blank=True)
    # By language; the two above are what who gave none of theirs reads.
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    freeze_at = models.DateTimeField(null=True)
    discount_bp = models.IntegerField(default=0)
    discount_type = models.CharField(max_length=8, default="PERCENT")
    # [[from_minor, value], …], see types.Level.
    levels = models.JSONField(default=list)
    category_ids = models.JSONField(default=list)
    least_price_minor = models.JSONField(default=dict)
    least_stock = models.IntegerField(default=0)
    budget_minor = models.BigIntegerField(default=0)
    spent_minor = models.BigIntegerField(default=0)
    voucher_type = models.CharField(max_length=8, default="MULTIPLE")
    private = models.BooleanField(default=False)
    codes = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # When products that want it join by themselves, and when they did.
    auto_join_at = models.DateTimeField(null=True)
    auto_joined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")),
                                              name="promotions_action_ends")]
        indexes = [models.Index(fields=["seller", "-ends_at"], name="promotions_action_seller")]

    def said(self, language: str) -> tuple[str, str]:
        """Its name and its terms in words for a reader of a language, else those that were given."""
        return self.titles.get(language) or self.title, self.descriptions.get(language) or self.description


class ActionProduct(models.Model):
    """A product in an action, with the price it has there."""

    action = models.ForeignKey("promotions.Action", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    # 0 in actions that take something off a basket.
    price_minor = models.BigIntegerField()
    # Units set aside for the action, and those sold of them; null: all there are.
    stock = models.IntegerField(null=True)
    taken = models.IntegerField(default=0)
    auto = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "product"], name="promotions_product_once")]
        indexes = [models.Index(fields=["product", "action"], name="promotions_of_product"),
                   models.Index(fields=["seller", "action", "product"], name="promotions_of_shop")]


class Stairway(models.Model):
    """A product costs less by the unit, the more of it are in one order."""

    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    enabled = models.BooleanField()
    # [[quantity, percent], …], rising, see types.Stair.
    steps = models.JSONField()
    updated_at = models.DateTimeField()


class AutoJoin(models.Model):
    """What a shop said about a product before an action takes products by itself: in at this price, or not at all."""

    action = models.ForeignKey("promotions.Action", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    # 0 where it stays out.
    price_minor = models.BigIntegerField(default=0)
    stock = models.IntegerField(null=True)
    excluded = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "action", "product"],
                                               name="promotions_auto_once")]
        indexes = [models.Index(fields=["action", "seller"], name="promotions_auto_of_action")]


class VoucherCode(models.Model):
    id = models.BigAutoField(primary_key=True)
    action = models.ForeignKey("promotions.Action", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=24)
    uses = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "code"], name="promotions_code_once")]


class VoucherUse(models.Model):
    """A code in an order. `buyer` tells one buyer from another without saying who."""

    code = models.ForeignKey("promotions.VoucherCode", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    buyer = models.CharField(max_length=64)
    order_number = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seller", "order_number"], name="promotions_use_of_order")]


class PromotionSettings(models.Model):
    """One row per shop that has said something."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, primary_key=True, related_name="+")
    auto_join = models.BooleanField(default=False)
    updated_at = models.DateTimeField()


class Strategy(models.Model):
    """Prices that follow those of competitors."""

    id = models.UUIDField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=128)
    enabled = models.BooleanField(default=True)
    # The latest act, in the Seller API's words.
    update_type = models.CharField(max_length=32)
    updated_at = models.DateTimeField()
    # A price that would fall by more than this since the product joined stops instead.
    stop_loss_bp = models.IntegerField()
    # On whose behalf prices are changed.
    actor = models.JSONField()
    checked_at = models.DateTimeField(null=True)


class StrategyCompetitor(models.Model):
    strategy = models.ForeignKey("promotions.Strategy", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    competitor_id = models.BigIntegerField()
    coefficient_bp = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strategy", "competitor_id"],
                                               name="promotions_competitor_once"),
                       models.CheckConstraint(condition=Q(coefficient_bp__gte=5_000, coefficient_bp__lte=12_000),
                                              name="promotions_coefficient")]


class StrategyProduct(models.Model):
    """A product follows one strategy at most."""

    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    strategy = models.ForeignKey("promotions.Strategy", on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    # The price it had when it joined, where the stop-loss counts from.
    base_minor = models.BigIntegerField()
    price_minor = models.BigIntegerField(null=True)
    competitor_id = models.BigIntegerField(null=True)
    competitor_product_id = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class StrategyChange(models.Model):
    """What a strategy did to a price or would not do, and why."""

    id = models.BigAutoField(primary_key=True)
    strategy = models.ForeignKey("promotions.Strategy", on_delete=models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    before_minor = models.BigIntegerField()
    after_minor = models.BigIntegerField()
    competitor_id = models.BigIntegerField()
    competitor_minor = models.BigIntegerField()
    coefficient_bp = models.IntegerField()
    # changed, held (in quarantine), stopped, or the code of the rule that refused.
    outcome = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["strategy", "-id"], name="promotions_strategy_log")]


class DiscountRequest(models.Model):
    """A buyer asks for a lower price of one product."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=16)
    buyer_name = models.CharField(max_length=200)
    # Tells one buyer from another without saying who.
    buyer = models.CharField(max_length=64)
    comment = models.TextField(blank=True)
    price_minor = models.BigIntegerField()
    requested_minor = models.BigIntegerField()
    quantity = models.IntegerField()
    approved_minor = models.BigIntegerField(null=True)
    approved_least = models.IntegerField(default=0)
    approved_most = models.IntegerField(default=0)
    seller_comment = models.TextField(blank=True)
    created_at = models.DateTimeField()
    # Until when it may be answered, and until when an approved price holds.
    answer_by = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "buyer"], condition=Q(state__in=["NEW", "SEEN"]),
                                               name="promotions_request_once")]
        indexes = [models.Index(fields=["seller", "-id"], name="promotions_requests"),
                   models.Index(fields=["answer_by"], condition=Q(state__in=["NEW", "SEEN"]),
                                name="promotions_requests_due")]
