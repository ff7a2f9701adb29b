"""Noting that a company bought: who it is, and who invoices it."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.finance.models_companies import CompanySale
from sellerdesk.finance.queries import companies
from sellerdesk.finance.types import DeliveredPosting
from sellerdesk.sellers import queries as sellers


def note_sales(postings: Sequence[DeliveredPosting]) -> None:
    """Keep the papers of sales to companies, in the transaction that books them; a second time changes nothing.

    Each of `postings` has a company. One statement, and a query for each shop. Raises Unavailable `rule_missing`.
    """
    if not postings:
        return
    shops = {seller_id: sellers.seller_ref(seller_id) for seller_id in sorted({one.seller_id for one in postings})}
    rows = []
    for posting in postings:
        company = posting.company
        assert company is not None
        rule_id, bought_out = companies.buyout_rule(shops[posting.seller_id], posting.at)
        rows.append(CompanySale(
            seller_id=posting.seller_id, posting_number=posting.number, kind="buyout" if bought_out else "invoice",
            rule_id=rule_id, company_name=company.name[:200], tax_number=company.tax_number,
            tax_reason=company.tax_reason, address=company.address[:300], at=posting.at,
            goods=[[one.sku, one.vat_bp, one.country, one.gtd, one.rnpt] for one in company.goods]))
    CompanySale.objects.bulk_create(rows, ignore_conflicts=True)
