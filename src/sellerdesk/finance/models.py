"""Double-entry ledger and the accruals that explain it. Append-only: corrections are new rows."""

from __future__ import annotations

from django.db import models


class Transaction(models.Model):
    """One booking; its lines sum to zero. `key` makes booking the same thing twice impossible."""

    id = models.BigAutoField(primary_key=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    posting_number = models.CharField(max_length=28, blank=True)
    # What it changed for the seller: the sum of its lines on the account "seller", so that lists read one table.
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        indexes = [models.Index(fields=["seller", "-at", "-id"], name="finance_tx_newest"),
                   models.Index(fields=["seller", "posting_number"], name="finance_tx_posting")]


class Line(models.Model):
    """A side of a booking. On the account "seller" plus is what the marketplace owes the seller.

    Accounts: seller, buyer, commission, logistics, acquiring. Each act moves an amount from one account to another, so
    the lines of a booking sum to zero, kind by kind.
    """

    transaction = models.ForeignKey("finance.Transaction", on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=20)
    # sale, commission, logistics, acquiring, return_sale, return_commission, return_logistics.
    kind = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rule_id = models.BigIntegerField(null=True)
    sku = models.BigIntegerField(null=True)
    quantity = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["seller", "account", "kind"], name="finance_line_account")]
