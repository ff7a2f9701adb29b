"""What the papers of a sale to a company need beside its amounts: who bought, VAT, and where the goods come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sellerdesk.catalog import queries as catalog
from sellerdesk.finance.types import CompanyBuyer, CompanyGoods
from sellerdesk.orders.models import Exemplar, Order
from sellerdesk.orders.services.moving import Working
from sellerdesk.sellers import queries as sellers


def buyers_of(postings: Sequence[Working]) -> dict[str, CompanyBuyer]:
    """By posting number, where a company bought; their lines are loaded. VAT is the card's of this day.

    One query; where companies bought, three more and two for each of their shops.
    """
    found = {row[0]: row[1:] for row in Order.objects.filter(
        id__in={posting.order_id for posting in postings}).exclude(company_tax_number="").values_list(
        "id", "company_name", "company_tax_number", "company_tax_reason", "company_address")}
    sold = [posting for posting in postings if posting.order_id in found]
    if not sold:
        return {}
    by_shop: dict[int, set[int]] = defaultdict(set)
    for posting in sold:
        by_shop[posting.seller_id] |= {line.product_id for line in posting.lines}
    rates: dict[int, str] = {}
    origins: dict[int, str] = {}
    for seller_id, products in sorted(by_shop.items()):
        seller = sellers.seller_ref(seller_id)
        rates |= catalog.vat_rates(seller, sorted(products))
        origins |= catalog.origins(seller, products)
    papers: dict[tuple[int, int], tuple[str, str]] = {}
    for posting_id, sku, gtd, rnpt in Exemplar.objects.filter(
            posting_id__in=[posting.id for posting in sold]).order_by("id").values_list(
            "posting_id", "sku", "gtd", "rnpt"):
        # Units of one line come of one batch as a rule; the first that names a paper speaks for the line.
        kept = papers.get((posting_id, sku), ("", ""))
        papers[posting_id, sku] = (kept[0] or gtd, kept[1] or rnpt)
    return {posting.number: CompanyBuyer(*found[posting.order_id], goods=tuple(
        CompanyGoods(line.sku, round(float(rates.get(line.product_id) or 0) * 10_000),
                     line.country or origins.get(line.product_id, ""), *papers.get((posting.id, line.sku), ("", "")))
        for line in posting.lines)) for posting in sold}
