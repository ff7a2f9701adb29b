"""Sales to companies, read from the ledger and from the papers noted with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import rules as dated
from sellerdesk.core.db import db_time, fetch_all, fetch_one, utc
from sellerdesk.finance.types.companies import CompanyLine
from sellerdesk.sellers.types import SellerRef

#: Kinds of ledger lines that make up a sale to a company, and those that the marketplace's share is taken by.
SALES = ("sale", "return_sale", "partial_refund")
SHARES = ("commission", "return_commission")


def buyout_rule(seller: SellerRef, at: datetime) -> tuple[int, bool]:
    """The version of the rule, and whether the marketplace buys out what companies order from this shop.

    No query. Raises Unavailable `rule_missing`.
    """
    rule = dated.get("finance.buyout", seller.country, at)
    return rule.id, bool(rule.value["companies"])


def buys_out(seller: SellerRef, at: datetime) -> bool:
    """Whether the marketplace buys out what companies order from this shop. Raises Unavailable `rule_missing`."""
    return buyout_rule(seller, at)[1]


def lines(seller: SellerRef, kind: str, since: datetime, until: datetime) -> list[CompanyLine]:
    """What was sold to companies from `since` up to, not including, `until`, and came back then, in the order booked.

    `kind` is invoice or buyout. Two queries.
    """
    rows = fetch_all(
        f"""SELECT t.id, t.at, t.posting_number, c.company_name, c.tax_number, c.tax_reason, c.address, c.goods,
            CASE WHEN t.kind = 'delivery' THEN 'sale' WHEN t.kind = 'return' THEN 'return_sale' ELSE t.kind END,
            COALESCE(l.sku, 0), MAX(l.quantity),
            SUM(CASE WHEN l.kind IN ({_words(SALES)}) THEN l.amount_minor ELSE 0 END),
            SUM(CASE WHEN l.kind IN ({_words(SHARES)}) THEN l.amount_minor ELSE 0 END)
        FROM finance_transaction t
        JOIN finance_companysale c ON c.seller_id = t.seller_id AND c.posting_number = t.posting_number
        JOIN finance_line l ON l.transaction_id = t.id
        WHERE t.seller_id = %s AND t.at >= %s AND t.at < %s AND c.kind = %s AND l.account = 'seller'
        AND l.kind IN ({_words(SALES + SHARES)})
        GROUP BY t.id, t.at, t.kind, t.posting_number, c.company_name, c.tax_number, c.tax_reason, c.address, c.goods,
            l.sku
        ORDER BY t.at, t.id, l.sku""", [seller.id, db_time(since), db_time(until), kind])
    refs = {ref.sku: ref for ref in catalog.refs(seller, skus=sorted({row[9] for row in rows} - {0}))} if rows else {}
    return [_line(row, refs) for row in rows]


def _line(row: tuple[Any, ...], refs: dict[int, Any]) -> CompanyLine:
    id_, at, number, name, tax_number, tax_reason, address, goods, kind, sku, quantity, amount, share = row
    papers = {one[0]: one[1:] for one in _decoded(goods)}
    vat_bp, *origin = papers.get(sku) or (_one_rate(papers), "", "", "")
    ref = refs.get(sku)
    moment = utc(at)
    assert moment is not None
    # PostgreSQL adds whole numbers up to exact decimals.
    return CompanyLine(id_, kind, moment, number, name, tax_number, tax_reason, address, sku,
                       ref.offer_id if ref else "", ref.name if ref else "",
                       -quantity if kind == "return_sale" else quantity, int(amount), int(share), vat_bp, *origin)


def _decoded(goods: Any) -> list[list[Any]]:
    """JSON comes as text from statements of our own."""
    return msgspec.json.decode(goods) if isinstance(goods, (str, bytes)) else goods


def _one_rate(papers: dict[int, Any]) -> int:
    """A refund names no goods: its VAT is known where all goods of the posting have the same."""
    rates = {one[0] for one in papers.values()}
    return int(rates.pop()) if len(rates) == 1 else 0


def other_side(seller: SellerRef, kind: str, since: datetime, until: datetime, *, with_share: bool) -> int:
    """The same total as the other accounts of the ledger have it: what buyers paid, less the marketplace's share.

    One query.
    """
    kinds = SALES + SHARES if with_share else SALES
    found = fetch_one(
        f"""SELECT COALESCE(SUM(l.amount_minor), 0) FROM finance_line l JOIN finance_transaction t
            ON t.id = l.transaction_id
        WHERE l.seller_id = %s AND t.at >= %s AND t.at < %s AND l.account IN ('buyer', 'commission')
        AND l.kind IN ({_words(kinds)}) AND t.posting_number IN (
            SELECT posting_number FROM finance_companysale WHERE seller_id = %s AND kind = %s)""",
        [seller.id, db_time(since), db_time(until), seller.id, kind])
    return -int(found[0]) if found else 0


def sold_any(seller: SellerRef, kind: str, since: datetime, until: datetime) -> bool:
    """Whether anything was sold to companies, or came back from them, in a stretch of time. One query."""
    return bool(fetch_all(
        """SELECT 1 FROM finance_transaction t JOIN finance_companysale c ON c.seller_id = t.seller_id
            AND c.posting_number = t.posting_number
        WHERE t.seller_id = %s AND t.at >= %s AND t.at < %s AND c.kind = %s LIMIT 1""",
        [seller.id, db_time(since), db_time(until), kind]))


def _words(words: tuple[str, ...]) -> str:
    """Constants of ours as a list of SQL."""
    return ", ".join(f"'{word}'" for word in words)
