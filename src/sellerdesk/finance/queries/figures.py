"""Figures of documents, read from the ledger. Every total is read twice, from different tables or accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.db import db_time, fetch_all, utc
from sellerdesk.core.money import Money
from sellerdesk.finance import periods
from sellerdesk.finance.models import Line, Transaction
from sellerdesk.finance.queries import companies
from sellerdesk.finance.queries.ledger import lines_between, totals
from sellerdesk.finance.rules import PAYOUTS, SELLER
from sellerdesk.finance.types.documents import Cell, Figures, Goods, Table
from sellerdesk.sellers.types import SellerRef

_GOODS_KINDS = ("sale", "commission", "return_sale", "return_commission")
#: What the marketplace sells to the shop: the kind that charges, the kind that gives back, the other account.
_SERVICES = (("commission", "return_commission", "commission"), ("logistics", "", "logistics"),
             ("return_logistics", "", "logistics"), ("acquiring", "", "acquiring"), ("storage", "", "storage"),
             ("disposal", "", "storage"), ("placement", "", "warehouses"), ("instalment", "", "instalments"),
             ("penalty", "penalty_back", "penalties"))


def goods(seller: SellerRef, start: date, end: date, *, by_posting: bool = False) -> list[Goods]:
    """Units sold and returned on days of the shop, by SKU, price and commission; by posting too where asked.

    Two queries.
    """
    since, until = periods.bounds(start, end, seller.time_zone)
    extra, group = (", posting, at", ", posting, at") if by_posting else ("", "")
    rows = fetch_all(
        f"""SELECT sku, back, sale / quantity, commission / quantity, SUM(quantity), SUM(sale), SUM(commission){extra}
        FROM (SELECT l.transaction_id, l.sku, t.posting_number AS posting, t.at AS at,
            MAX(CASE WHEN l.kind IN ('return_sale', 'return_commission') THEN 1 ELSE 0 END) AS back,
            SUM(CASE WHEN l.kind IN ('sale', 'return_sale') THEN l.amount_minor ELSE 0 END) AS sale,
            SUM(CASE WHEN l.kind IN ('commission', 'return_commission') THEN l.amount_minor ELSE 0 END) AS commission,
            MAX(l.quantity) AS quantity
            FROM finance_transaction t JOIN finance_line l ON l.transaction_id = t.id
            WHERE t.seller_id = %s AND t.at >= %s AND t.at < %s AND l.account = 'seller'
            AND l.kind IN ('sale', 'commission', 'return_sale', 'return_commission') AND l.quantity > 0
            GROUP BY l.transaction_id, l.sku, t.posting_number, t.at) one
        GROUP BY sku, back, sale / quantity, commission / quantity{group}
        ORDER BY sku, 3 DESC, 4, 2""", [seller.id, db_time(since), db_time(until)])
    refs = {ref.sku: ref for ref in catalog.refs(seller, skus=sorted({row[0] for row in rows}))} if rows else {}
    merged: dict[tuple[Any, ...], list[int]] = {}
    for sku, back, price, commission, quantity, sale, taken, *where in rows:
        # PostgreSQL adds whole numbers up to exact decimals.
        key = (sku, abs(int(price)), abs(int(commission)), *where)
        kept = merged.setdefault(key, [0] * 6)
        at = 3 if back else 0
        for offset, value in enumerate((quantity, sale, taken)):
            kept[at + offset] += int(value)
    found = []
    for (sku, price, _commission, *where), values in merged.items():
        ref = refs.get(sku)
        sold, sale, taken, returned, back, given = values
        number, at_ = (where[0], utc(where[1])) if where else ("", None)
        found.append(Goods(sku, ref.offer_id if ref else "", ref.name if ref else "", price, sold, sale, taken,
                           returned, back, given, number, at_))
    return found


def booked(seller: SellerRef, start: date, end: date) -> int:
    """How many bookings the days have. One query."""
    since, until = periods.bounds(start, end, seller.time_zone)
    return Transaction.objects.filter(seller_id=seller.id, at__gte=since, at__lt=until).count()


def balance_at(seller: SellerRef, at: datetime) -> int:
    """What the marketplace owed the shop at a moment. One query."""
    return Transaction.objects.filter(seller_id=seller.id, at__lt=at).aggregate(
        amount=Sum("amount_minor"))["amount"] or 0


def figures(seller: SellerRef, kind: str, start: date, end: date) -> Figures:
    """The figures of a document. A fixed number of queries. Raises KeyError for a kind that is none."""
    tables, total, ledger = _MAKERS[kind](seller, start, end)
    return Figures(kind, start, end, seller.currency, tables, total, ledger)


def _bookings(seller: SellerRef, start: date, end: date) -> QuerySet[Transaction]:
    since, until = periods.bounds(start, end, seller.time_zone)
    return Transaction.objects.filter(seller_id=seller.id, at__gte=since, at__lt=until)


def _lines(seller: SellerRef, start: date, end: date) -> QuerySet[Line]:
    since, until = periods.bounds(start, end, seller.time_zone)
    return lines_between(seller, since, until)


def _accrued(seller: SellerRef, start: date, end: date) -> int:
    """The sum of bookings without payouts: a column of its own, not made from lines."""
    return _bookings(seller, start, end).exclude(kind__in=PAYOUTS).aggregate(
        amount=Sum("amount_minor"))["amount"] or 0


Made = tuple[tuple[Table, ...], int, int]


def _realization(seller: SellerRef, start: date, end: date) -> Made:
    rows = goods(seller, start, end)
    by_kind = totals(seller, *periods.bounds(start, end, seller.time_zone)).by_kind
    services = [(kind, amount) for kind, amount in by_kind.items() if kind not in _GOODS_KINDS]
    total = sum(row.net_minor for row in rows) + sum(amount for _, amount in services)

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, seller.currency)

    return ((Table("goods", ("sku", "offer_id", "name", "price", "sold", "sold_amount", "commission", "returned",
                             "returned_amount", "commission_back", "net"), tuple(
        (str(row.sku), row.offer_id, row.name, of(row.price_minor), row.sold, of(row.sold_minor),
         of(row.commission_minor), row.returned, of(row.returned_minor), of(row.commission_back_minor),
         of(row.net_minor)) for row in rows)),
        Table("services", ("kind", "amount"), tuple((kind, of(amount)) for kind, amount in services))),
        total, _accrued(seller, start, end))


_COLUMN_OF = {"sale": 0, "commission": 1, "logistics": 2, "acquiring": 3, "return_sale": 4, "return_commission": 4,
              "return_logistics": 4}


def _by_posting(seller: SellerRef, start: date, end: date) -> Made:
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for number, kind, amount in _lines(seller, start, end).filter(account=SELLER).exclude(
            kind__in=PAYOUTS).values_list("transaction__posting_number", "kind").annotate(
            amount=Sum("amount_minor")).order_by("transaction__posting_number"):
        sums[number][_COLUMN_OF.get(kind, 5)] += amount
    rows: list[tuple[Cell, ...]] = [
        (number, *(Money(value, seller.currency) for value in (*values, sum(values))))
        for number, values in sums.items()]
    return ((Table("postings", ("posting", "sold_amount", "commission", "logistics", "acquiring", "returned_amount",
                                "other", "net"), tuple(rows)),),
            sum(sum(values) for values in sums.values()), _accrued(seller, start, end))


def _mutual(seller: SellerRef, start: date, end: date) -> Made:
    since, until = periods.bounds(start, end, seller.time_zone)
    opening = balance_at(seller, since)
    moved = totals(seller, since, until)
    closing = opening + moved.accrued_minor - moved.paid_minor

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, seller.currency)

    flow: list[tuple[Cell, ...]] = [("opening", of(opening))]
    flow += [(kind, of(amount)) for kind, amount in moved.by_kind.items()]
    if moved.paid_minor:
        flow.append(("payout", of(-moved.paid_minor)))
    flow.append(("closing", of(closing)))
    payouts: tuple[tuple[Cell, ...], ...] = tuple(
        (periods.local_day(at, seller.time_zone).isoformat(), kind, of(amount))
        for at, kind, amount in _bookings(seller, start, end).filter(kind__in=PAYOUTS).order_by("at", "id").values_list(
            "at", "kind", "amount_minor"))
    return ((Table("flow", ("kind", "amount"), tuple(flow)), Table("payouts", ("day", "kind", "amount"), payouts)),
            closing, balance_at(seller, until))


def _invoice(seller: SellerRef, start: date, end: date) -> Made:
    by_kind = totals(seller, *periods.bounds(start, end, seller.time_zone)).by_kind
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for kind, back_kind, _account in _SERVICES:
        charged, back = -by_kind.get(kind, 0), by_kind.get(back_kind, 0)
        if charged or back:
            total += charged - back
            rows.append((kind, *(Money(value, seller.currency) for value in (charged, back, charged - back))))
    # The other side of the same bookings: what the marketplace's own accounts received.
    ledger = _lines(seller, start, end).filter(account__in={one[2] for one in _SERVICES}).aggregate(
        amount=Sum("amount_minor"))["amount"] or 0
    return (Table("services", ("kind", "charged", "given_back", "amount"), tuple(rows)),), total, ledger


def _compensations(kind: str) -> Callable[[SellerRef, date, date], Made]:
    def made(seller: SellerRef, start: date, end: date) -> Made:
        found = _bookings(seller, start, end).filter(kind=kind).order_by("at", "id").values_list(
            "at", "posting_number", "amount_minor")
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (periods.local_day(at, seller.time_zone).isoformat(), number, Money(amount, seller.currency))
            for at, number, amount in found)
        ledger = _lines(seller, start, end).filter(account="compensations", kind=kind).aggregate(
            amount=Sum("amount_minor"))["amount"] or 0
        return ((Table("compensations", ("day", "posting", "amount"), rows),),
                sum(amount for *_, amount in found), -ledger)

    return made


def _company_sales(seller: SellerRef, start: date, end: date) -> Made:
    since, until = periods.bounds(start, end, seller.time_zone)
    found = companies.lines(seller, "invoice", since, until)

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, seller.currency)

    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in found:
        kept = sums[one.company_name, one.tax_number, one.tax_reason, one.address]
        for at, value in enumerate((one.quantity, one.vat_minor, one.amount_minor)):
            kept[at] += value
    return ((Table("sales", ("day", "invoice", "kind", "posting", "company", "tax_number", "offer_id", "quantity",
                             "vat", "vat_amount", "amount"), tuple(
        (periods.local_day(one.at, seller.time_zone).isoformat(), str(one.number), one.kind, one.posting_number,
         one.company_name, one.tax_number, one.offer_id, one.quantity, _rate(one.vat_bp), of(one.vat_minor),
         of(one.amount_minor)) for one in found)),
        Table("companies", ("company", "tax_number", "tax_reason", "address", "quantity", "vat_amount",
                            "amount"), tuple(
            (*company, units, of(vat), of(amount)) for company, (units, vat, amount) in sorted(sums.items())))),
        sum(one.amount_minor for one in found),
        companies.other_side(seller, "invoice", since, until, with_share=False))


def _bought_out(seller: SellerRef, start: date, end: date) -> Made:
    since, until = periods.bounds(start, end, seller.time_zone)
    found = companies.lines(seller, "buyout", since, until)

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, seller.currency)

    return ((Table("bought", ("day", "posting", "kind", "offer_id", "name", "quantity", "price", "deduction",
                              "bought_price", "amount"), tuple(
        (periods.local_day(one.at, seller.time_zone).isoformat(), one.posting_number, one.kind, one.offer_id, one.name,
         one.quantity, of(one.price_minor), _rate(one.deduction_bp), of(one.bought_price_minor), of(one.bought_minor))
        for one in found)),),
        sum(one.bought_minor for one in found),
        companies.other_side(seller, "buyout", since, until, with_share=True))


def _rate(basis_points: int) -> str:
    """20% and 12.5%, the same in every language and form."""
    return f"{basis_points / 100:g}%"


_MAKERS: dict[str, Callable[[SellerRef, date, date], Made]] = {
    "realization_month": _realization,
    "realization_day": _realization,
    "realization_posting": _by_posting,
    "mutual_settlement": _mutual,
    "commission_invoice": _invoice,
    "compensation": _compensations("compensation"),
    "decompensation": _compensations("compensation_back"),
    "b2b_sales": _company_sales,
    "buyout": _bought_out,
}
KINDS = tuple(_MAKERS)
