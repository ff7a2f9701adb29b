"""Which sales were to companies. Part of `models`."""

from __future__ import annotations

from django.db import models


class CompanySale(models.Model):
    """Papers of a delivered posting that a company bought; written with its booking and never changed.

    Amounts are those of the ledger, found by the posting's number.
    """

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting_number = models.CharField(max_length=28)
    # invoice: the shop invoices the company; buyout: the marketplace buys the goods and invoices it.
    kind = models.CharField(max_length=8)
    # The version of the rule finance.buyout that said so.
    rule_id = models.BigIntegerField()
    company_name = models.CharField(max_length=200)
    tax_number = models.CharField(max_length=20)
    tax_reason = models.CharField(max_length=9, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # [sku, VAT in basis points, country, customs declaration, traceable batch] of each line.
    goods = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "posting_number"], name="finance_company_sale_once")]
