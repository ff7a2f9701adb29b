"""J03: a simulated quarter of three shops in three time zones, recomputed in plain Python from the raw bookings: page,
API and document agree with it to the minor unit. New York puts its clocks back in it, on 1 November."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import fetch_all, utc
from sellerdesk.core.money import Money, format_money, minor_digits
from sellerdesk.finance import services
from sellerdesk.finance.queries import documents as reading
from sellerdesk.finance.queries import figures
from sellerdesk.finance.services import banking, documents
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, PlacementDay, PlacementPart, ReturnedGoods
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from sellerdesk.simulator.services import bank
from tests import cookies

pytestmark = pytest.mark.django_db
SINCE, UNTIL = datetime(2026, 9, 29, tzinfo=UTC), datetime(2027, 1, 3, tzinfo=UTC)
AFTER = datetime(2027, 1, 6, 9, tzinfo=UTC)
MONTHS = ((2026, 10), (2026, 11), (2026, 12))


@pytest.fixture
def shops(anna, shop, rival_shop, actor):
    third = sellers.register_shop(
        user_id=anna.pk, legal_name="Hudson Goods", country="CN", registration_number="91440300MA5DEM0G1R", currency="CNY",
        shop_name="Hudson", time_zone="America/New_York", language="en", actor=actor, now=SINCE)
    return (shop, rival_shop, third)


def live(seller, dice: Random) -> None:
    """A quarter of bookings at any minute, thick around midnights, with periods closed and paid on the way."""
    banking.set_bank(seller=seller, holder="A", bank_name="B", code="DEUTDEFF", account="DE89370400440532013000",
                     actor=Actor.system("test"), now=SINCE - timedelta(days=9))
    zone, sold = ZoneInfo(seller.time_zone), []
    postings, back, charges = [], [], []
    for at in range(160):
        moment = SINCE + (UNTIL - SINCE) * dice.random()
        if dice.random() < 0.3:
            midnight = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
            moment = midnight + timedelta(seconds=dice.choice((-1, 0, 1)))
        price, quantity = dice.randrange(1, 900_000), dice.randrange(1, 4)
        commission = price * dice.randrange(1000, 1900) // 10_000
        postings.append(DeliveredPosting(seller.id, f"{seller.id}-{at}", seller.currency, moment, (
            BookedLine(500 + at % 7, quantity, price * quantity, commission * quantity, 7),), dice.randrange(9_000), 8))
        if dice.random() < 0.25:
            back.append(ReturnedGoods(seller.id, f"r{at}", f"{seller.id}-{at}", seller.currency,
                                      min(moment + timedelta(days=dice.random() * 20), UNTIL),
                                      (BookedLine(500 + at % 7, 1, price, commission, 7),), dice.randrange(5_000), 8))
        if dice.random() < 0.15:
            kind, sign = dice.choice((("penalty", -1), ("penalty_back", 1), ("storage", -1), ("compensation", 1)))
            charges.append(Charge(seller.id, f"c{at}", kind, f"{seller.id}-{at}", seller.currency, moment,
                                  sign * dice.randrange(1, 50_000), 3))
        sold.append(moment)
    stored = [PlacementDay(seller.id, (SINCE + timedelta(days=at)).date(), SINCE + timedelta(days=at), seller.currency,
                           (PlacementPart(3, 5, dice.randrange(1, 9_000)),)) for at in range((UNTIL - SINCE).days)]
    day = SINCE
    while day < AFTER:
        following = day + timedelta(days=3)
        services.book_deliveries(postings=[one for one in postings if day <= one.at < following])
        services.book_returns(returns=[one for one in back if day <= one.at < following])
        services.book_charges(charges=[one for one in charges if day <= one.at < following])
        for one in stored:
            if day <= one.at < following:
                services.book_placement(day=one)
        services.run_due(following)
        bank.run_due(following)
        day = following


def raw(seller) -> list[tuple[datetime, str, str, str, int | None, int, int]]:
    """Everything booked, as it lies in the tables: moment, booking, posting, kind, SKU, quantity, amount."""
    return [(utc(at), booking, number, kind, sku, quantity, amount) for at, booking, number, kind, sku, quantity, amount
            in fetch_all("SELECT t.at, t.kind, t.posting_number, l.kind, l.sku, l.quantity, l.amount_minor"
                         " FROM finance_line l JOIN finance_transaction t ON t.id = l.transaction_id"
                         " WHERE l.seller_id = %s AND l.account = 'seller'", [seller.id])]


def number(amount: int, currency: str) -> float:
    return float(Money(amount, currency).decimal_text())


def test_J03_page_api_and_document_agree_with_the_raw_bookings_of_a_quarter(shops, anna, clara, monkeypatch) -> None:
    monkeypatch.setattr(budget, "spend", lambda item, who: budget.Spent(1000, 0))
    with time_machine.travel(AFTER, tick=False):
        clock.forget()
        for at, seller in enumerate(shops):
            live(seller, Random(at))
        for seller, owner in zip(shops, (anna, clara, anna), strict=True):
            agree(seller, owner)


#: What each total of the contract sums up.
TOTALS = {
    "accruals_for_sale": ("sale",), "sale_commission": ("commission", "return_commission"),
    "processing_and_delivery": ("logistics", "return_logistics"), "refunds_and_cancellations": ("return_sale",),
    "services_amount": ("acquiring", "instalment", "storage", "placement"), "compensation_amount": ("compensation",),
    "others_amount": ("penalty", "penalty_back")}


def of_kinds(rows, *kinds: str) -> int:
    return sum(row[-1] for row in rows if row[3] in kinds)


def every_document(seller, ask, local) -> None:
    """Each document of November, or of its quarter, as PDF, XLSX and JSON; those that programs ask for, by the API."""
    november = [row for row in local if (row[0].year, row[0].month) == (2026, 11) and not row[1].startswith("payout")]
    day = [row for row in local if row[0] == date(2026, 11, 1) and not row[1].startswith("payout")]
    services_ = -of_kinds(november, "commission", "return_commission", "logistics", "return_logistics", "acquiring",
                          "storage", "placement", "penalty", "penalty_back")
    wanted = {
        "realization_month": sum(row[-1] for row in november), "realization_day": sum(row[-1] for row in day),
        "realization_posting": sum(row[-1] for row in november), "commission_invoice": services_,
        "mutual_settlement": sum(row[-1] for row in local if row[0] <= date(2026, 12, 31)),
        "compensation": of_kinds(november, "compensation"), "decompensation": of_kinds(november, "compensation_back"),
        # No company buys in this quarter; those that do have a test of their own.
        "b2b_sales": 0, "buyout": 0}
    assert set(wanted) == set(figures.KINDS)
    by_api = {"mutual_settlement": "mutual-settlement", "compensation": "compensation", "decompensation": "decompensation"}
    for kind, total in wanted.items():
        if kind in by_api:
            code = ask(f"/v1/finance/{by_api[kind]}", {"date": "2026-11", "language": "EN"})["result"]["code"]
        else:
            code = documents.make_document(
                seller=seller, kind=kind, day=date(2026, 11, 1), language="en", actor=Actor.system("test"), now=AFTER)
        row = reading.by_code(seller, code)
        assert (row.kind, row.total_minor, row.difference_minor) == (kind, total, 0)
        files = {form: documents.open_document(seller=seller, document_id=row.id, form=form).data
                 for form in ("pdf", "xlsx", "json")}
        money = Money(total, seller.currency)
        assert json.loads(files["json"])["total"] == json.loads(files["json"])["ledger"] == money.decimal_text()
        front = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_index(0).to_python()
        assert [line[1] for line in front if line[0] == "Total of this document"] == [float(money.decimal_text())], kind
        said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
        assert said.count(format_money(money, "en")) >= 2, kind


def agree(seller, owner) -> None:
    zone, rows = ZoneInfo(seller.time_zone), raw(seller)
    local = [(at.astimezone(zone).date(), *rest) for at, *rest in rows]
    key = sellers.create_key(seller=seller, name="K", roles=["Admin"], actor=Actor.system("test"), user_id=None,
                             real_now=AFTER)
    client = Client()

    def ask(path: str, body: object) -> dict:
        answer = client.post(path, json.dumps(body), content_type="application/json",
                             headers={"Client-Id": str(seller.id), "Api-Key": key.secret})
        assert answer.status_code == 200, answer.content
        return answer.json()

    def is_in(day: date, month: tuple[int, int]) -> bool:
        return (day.year, day.month) == month

    quarter = 0
    for month in MONTHS:
        mine = [row for row in local if is_in(row[0], month) and not row[1].startswith("payout")]
        total = sum(row[-1] for row in mine)
        quarter += total
        # The document.
        code = documents.make_document(seller=seller, kind="realization_month", day=date(*month, 9), language="en",
                                       actor=Actor.system("test"), now=AFTER)
        made = reading.by_code(seller, code)
        assert (made.total_minor, made.difference_minor) == (total, 0)
        told = json.loads(documents.open_document(seller=seller, document_id=made.id, form="json").data)
        assert told["total"] == Money(total, seller.currency).decimal_text()
        # The API, against the same.
        report = ask("/v2/finance/realization", {"year": month[0], "month": month[1]})["result"]["rows"]
        sums = defaultdict(int)
        for _day, _booking, _number, kind, _sku, quantity, amount in mine:
            sums[kind] += amount
            sums["units", kind] += quantity
        digits = 10**minor_digits(seller.currency)

        def minor(rows_, side: str, field: str, digits=digits) -> int:
            return sum(round(row[side][field] * digits) for row in rows_ if row[side])

        assert minor(report, "delivery_commission", "amount") == sums["sale"]
        assert minor(report, "return_commission", "amount") == -sums["return_sale"]
        assert minor(report, "delivery_commission", "commission") == -sums["commission"]
        assert sum(row["delivery_commission"]["quantity"] for row in report if row["delivery_commission"]) == sums["units", "sale"]
        by_posting = ask("/v1/finance/realization/posting", {"year": month[0], "month": month[1]})["rows"]
        assert minor(by_posting, "delivery_commission", "total") == sums["sale"] + sums["commission"]
        assert sum(float(one["net"]) for one in told["goods"]) == pytest.approx(number(
            sum(sums[kind] for kind in ("sale", "commission", "return_sale", "return_commission")), seller.currency))
        # Half-months of the cash flow, whose balances follow each other.
        first = datetime(*month, 1, tzinfo=zone)
        flow = ask("/v1/finance/cash-flow-statement/list", {
            "date": {"from": first.isoformat(), "to": (first + timedelta(days=27)).isoformat()}, "page": 1,
            "page_size": 10, "with_details": True})["result"]
        assert len(flow["details"]) == 2
        for part, (low, high) in zip(flow["details"], ((1, 15), (16, 31)), strict=True):
            own = sum(row[-1] for row in mine if low <= row[0].day <= high)
            paid = sum(row[-1] for row in local if row[1].startswith("payout") and is_in(row[0], month) and low <= row[0].day <= high)
            assert round((part["end_balance_amount"] - part["begin_balance_amount"]) * digits) == own + paid
    # Operation by operation.
    day = date(2026, 11, 1)
    listed = ask("/v3/finance/transaction/list", {"page": 1, "page_size": 1000, "filter": {"date": {
        "from": datetime(2026, 11, 1, tzinfo=zone).isoformat(), "to": datetime(2026, 12, 1, tzinfo=zone).isoformat()}}})
    november = [row for row in local if is_in(row[0], (2026, 11)) and not row[1].startswith("payout")]
    digits = 10**minor_digits(seller.currency)
    assert sum(round(one["amount"] * digits) for one in listed["result"]["operations"]) == sum(row[-1] for row in november)
    daily = ask("/v1/finance/accrual/by-day", {"date": day.isoformat()})["accruals"]
    assert sum(round(float(one["total_amount"]["amount"]) * digits) for one in daily) == sum(
        row[-1] for row in local if row[0] == day and not row[1].startswith("payout"))
    # Their totals, kind by kind and in all.
    totals = ask("/v3/finance/transaction/totals", {"date": {
        "from": datetime(2026, 11, 1, tzinfo=zone).isoformat(), "to": datetime(2026, 12, 1, tzinfo=zone).isoformat()},
        "posting_number": "", "transaction_type": "all"})["result"]
    assert {name: round(totals[name] * digits) for name in TOTALS} == {
        name: of_kinds(november, *kinds) for name, kinds in TOTALS.items()}
    assert not any(amount for name, amount in totals.items() if name not in TOTALS)
    every_document(seller, ask, local)
    # The quarter's mutual settlement, and the page.
    code = documents.make_document(seller=seller, kind="mutual_settlement", day=date(2026, 11, 9), language="en",
                                   actor=Actor.system("test"), now=AFTER)
    assert reading.by_code(seller, code).total_minor == sum(row[-1] for row in local if row[0] <= date(2026, 12, 31))
    browser = Client()
    browser.force_login(owner)
    cookies.prove_now(browser, owner)
    from sellerdesk.accounts import services as accounts

    accounts.remember_shop(user_id=owner.pk, seller_id=seller.id)
    session = browser.session
    session.save()
    page = browser.get(reverse("finance:home"))
    assert page.context["balance"] == Money(sum(row[-1] for row in rows), seller.currency)
    assert quarter == sum(row[-1] for row in local if not row[1].startswith("payout")
                          and date(2026, 10, 1) <= row[0] <= date(2026, 12, 31))
