"""What commission tables and other rules to come would have made of sales that were."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Sum

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Unavailable
from sellerdesk.core.models import DatedRule
from sellerdesk.core.money import share
from sellerdesk.finance import rules
from sellerdesk.finance.models import Line
from sellerdesk.finance.queries.ledger import lines_between
from sellerdesk.finance.types import Effect
from sellerdesk.sellers.types import SellerRef


def commission_effect(seller: SellerRef, since: datetime, until: datetime, at: datetime) -> list[Effect]:
    """Commission of the shop's sales booked between two moments, as it was and by the rules in force `at` another.

    Each sold line is judged by its own price, department and scheme. Two queries, and the rules from memory.
    """
    lines: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rule_of: dict[tuple[int, int], int] = {}
    for booking, sku, kind, rule_id, amount, quantity in lines_between(seller, since, until).filter(
            account="seller", kind__in=("sale", "commission"), sku__isnull=False).order_by().values_list(
            "transaction_id", "sku", "kind", "rule_id").annotate(amount=Sum("amount_minor"), units=Sum("quantity")):
        key = (booking, sku)
        lines[key][kind] += amount
        if kind == "sale":
            lines[key]["units"] += quantity
        elif rule_id is not None:
            rule_of[key] = rule_id
    used = {row[0]: (row[1], row[2]) for row in DatedRule.objects.filter(pk__in=set(rule_of.values())).values_list(
        "pk", "key", "value")}
    bounds = dated.get("finance.price_bands", seller.currency, at).value
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for key, line in lines.items():
        if not line["units"] or rule_of.get(key) not in used:
            continue
        department, old = used[rule_of[key]]
        price, was = line["sale"] // line["units"], -line["commission"]
        scheme = _scheme(old, bounds, price, line["units"], was)
        try:
            table = dated.get("finance.commission", department, at).value
        except Unavailable:
            continue
        bp = rules.band_bp(price, bounds, table.get(scheme, table["fbs"]))
        row = sums[department]
        row[0] += line["units"]
        row[1] += line["sale"]
        row[2] += was
        row[3] += rules.commission_minor(price, line["units"], bp)
    return [Effect(department, *row) for department, row in sorted(sums.items())]


def acquiring_effect(seller: SellerRef, since: datetime, until: datetime, at: datetime) -> Effect:
    """Payment processing of the same sales, as it was and by the rate in force `at` another moment. One query.

    `department` is empty and `units` are deliveries. Each delivery is rounded by itself, as it is booked.
    """
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for booking, kind, amount in lines_between(seller, since, until).filter(
            account="seller", kind__in=("sale", "acquiring")).order_by().values_list("transaction_id", "kind").annotate(
            amount=Sum("amount_minor")):
        paid[booking][kind] += amount
    bp = int(dated.get("finance.acquiring", "", at).value["bp"])
    charged = [line for line in paid.values() if "acquiring" in line]
    sold, was, would_be = 0, 0, 0
    for line in charged:
        sold += line["sale"]
        was -= line["acquiring"]
        would_be += share(line["sale"], bp)
    return Effect("", len(charged), sold, was, would_be)


def largest_shops(since: datetime, until: datetime, *, limit: int = 20) -> list[tuple[int, int, str]]:
    """Shops of the clock in force that sold the most between two moments: (shop, amount, currency). One query. For the
    operator; amounts of different currencies are not compared fairly."""
    return list(Line.objects.filter(
        clock.shops(), account="seller", kind="sale", transaction__at__gte=since, transaction__at__lt=until).order_by(
        ).values("seller_id", "currency").annotate(amount=Sum("amount_minor")).order_by(
        "-amount", "seller_id").values_list("seller_id", "amount", "currency")[:limit])


def freight_booked(seller: SellerRef, since: datetime, until: datetime) -> dict[str, tuple[int, int | None]]:
    """What carrying each posting was booked at between two moments, and by which version of a tariff. One query."""
    return {number: (-amount, rule_id) for number, amount, rule_id in lines_between(seller, since, until).filter(
        account="seller", kind="logistics").order_by("id").values_list(
        "transaction__posting_number", "amount_minor", "rule_id")}


def _scheme(table: dict[str, list[int]], bounds: list[int], price: int, units: int, was: int) -> str:
    """By which column of its table a line was charged."""
    return next((name for name, bands in table.items() if rules.commission_minor(
        price, units, rules.band_bp(price, bounds, bands)) == was), "fbs")
