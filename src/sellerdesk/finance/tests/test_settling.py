from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.models import Message
from sellerdesk.finance import queries, services
from sellerdesk.finance.models import BankAccount, KindHour, Line, Settlement, ShopBalance, ShopKind, Transaction
from sellerdesk.finance.queries import settling as reading
from sellerdesk.finance.queries.figures import balance_at
from sellerdesk.finance.queries.ledger import balance_before
from sellerdesk.finance.services import banking, paying, settling
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, ReturnedGoods
from sellerdesk.simulator.services import bank

pytestmark = pytest.mark.usefixtures("dated_rules")
OPERATOR = Actor.user(1, "Olga")
#: A Russian account whose check digit fits its bank.
BIC, ACCOUNT = "044525225", "40702810938000000003"


def fitting(tail: str = "") -> str:
    from sellerdesk.finance.bankdetails import russian_key_fits

    for digit in range(10):
        account = f"40702810{digit}3800000{tail or '0001'}"
        if russian_key_fits(BIC, account):
            return account
    raise AssertionError


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sell(shop, number: str, when: datetime, amount: int = 1_000_00) -> None:
    services.book_deliveries(postings=[DeliveredPosting(shop.id, number, shop.currency, when,
                                                        (BookedLine(501, 1, amount, amount // 10),))])


def give_bank(shop, actor, when: datetime, tail: str = "") -> None:
    banking.set_bank(seller=shop, holder="ООО Ветер", bank_name="Сбербанк", code=BIC, account=fitting(tail),
                     actor=actor, now=when)


def live(until: datetime) -> None:
    services.run_due(until)
    bank.run_due(until)


@pytest.fixture
def paying_shop(shop, actor):
    give_bank(shop, actor, at("2026-10-01T08:00"))
    return shop


def test_a_half_month_is_closed_at_the_shops_midnight_and_paid_by_the_25th(paying_shop) -> None:
    shop = paying_shop
    # 20:59:59 UTC on the 15th is the last second of that day in Moscow.
    sell(shop, "1", at("2026-11-15T20:59:59"))
    sell(shop, "2", at("2026-11-15T21:00:00"))

    live(at("2026-11-16T02:59"))
    assert not Settlement.objects.exists()
    live(at("2026-11-16T03:00"))

    [row] = reading.settlements(shop)
    assert (row.start_day, row.end_day, row.pay_by) == (date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 25))
    assert (row.opening_minor, row.accrued_minor, row.payout_minor, row.closing_minor) == (0, 885_00, 885_00, 0)
    assert (row.state, row.planned_at) == ("awaiting", at("2026-11-20T09:00"))
    live(at("2026-11-20T08:59"))
    assert reading.settlements(shop)[0].state == "awaiting"
    live(at("2026-11-20T09:00"))

    paid = reading.settlements(shop)[0]
    assert (paid.state, paid.paid_at, paid.bank_tail) == ("paid", at("2026-11-20T09:00"), "0001")
    balance = queries.balance(shop)
    assert (balance.accrued_minor, balance.paid_minor, balance.owed_minor) == (1_770_00, 885_00, 885_00)
    assert live(at("2026-11-20T09:00")) is None
    assert Transaction.objects.filter(kind="payout").count() == 1


def test_the_second_half_is_paid_before_the_16th_also_over_new_year(paying_shop) -> None:
    sell(paying_shop, "1", at("2026-12-31T20:00"))

    live(at("2027-01-10T09:00"))

    [row] = reading.settlements(paying_shop)
    assert (row.start_day, row.end_day, row.pay_by) == (date(2026, 12, 16), date(2026, 12, 31), date(2027, 1, 15))
    assert (row.state, row.paid_at) == ("paid", at("2027-01-10T09:00"))


def test_periods_missed_by_a_stopped_worker_are_closed_one_by_one(paying_shop) -> None:
    for month, day in ((10, 5), (10, 20), (12, 1)):
        sell(paying_shop, f"{month}-{day}", at(f"2026-{month}-{day:02}T09:00"))

    live(at("2027-01-20T09:00"))

    rows = list(reversed(reading.settlements(paying_shop)))
    moments = [at(f"2026-{month:02}-{day:02}T09:00") for month in range(10, 13) for day in (1, 5, 6, 20, 21, 28)]
    assert [balance_before(paying_shop, one) for one in moments] == [balance_at(paying_shop, one) for one in moments]
    assert {balance_before(paying_shop, one) for one in moments} == {0, 885_00}
    # The idle second half of November leaves no row.
    assert [(row.end_day, row.payout_minor, row.state) for row in rows] == [
        (date(2026, 10, 15), 885_00, "paid"), (date(2026, 10, 31), 885_00, "paid"),
        (date(2026, 12, 15), 885_00, "paid")]
    assert queries.balance(paying_shop).owed_minor == 0


def test_what_is_below_the_minimum_waits_and_says_why(paying_shop) -> None:
    sell(paying_shop, "1", at("2026-11-02T09:00"), 300_00)
    live(at("2026-11-21T09:00"))
    purse = reading.purse(paying_shop, at("2026-11-21T09:00"))

    assert [(part.why, part.amount_minor) for part in purse.held] == [("minimum", 265_50)]
    assert purse.next_payout is None
    sell(paying_shop, "2", at("2026-11-22T09:00"), 300_00)
    live(at("2026-12-12T09:00"))

    newest = reading.settlements(paying_shop)[0]
    assert (newest.opening_minor, newest.accrued_minor, newest.payout_minor) == (265_50, 265_50, 531_00)


def test_a_late_booking_counts_in_the_next_period_and_is_named(paying_shop) -> None:
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-20T09:00"))
    sell(paying_shop, "late", at("2026-11-14T09:00"))
    sell(paying_shop, "3", at("2026-11-20T09:00"))
    live(at("2026-12-01T09:00"))

    newest = reading.settlements(paying_shop)[0]
    assert (newest.accrued_minor, newest.late_minor, newest.payout_minor) == (1_770_00, 885_00, 1_770_00)


def test_returns_after_the_payout_make_a_debt_that_the_next_sales_cover(paying_shop) -> None:
    shop = paying_shop
    sell(shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-20T09:00"))
    services.book_returns(returns=[ReturnedGoods(shop.id, "r", "1", "RUB", at("2026-11-21T09:00"),
                                                 (BookedLine(501, 1, 1_000_00, 100_00),), 90_00)])
    live(at("2026-12-10T09:00"))

    purse = reading.purse(shop, at("2026-12-10T09:00"))
    assert [(part.why, part.amount_minor) for part in purse.held] == [("negative", -990_00)]
    assert purse.balance_minor == -990_00
    sell(shop, "2", at("2026-12-11T09:00"), 2_000_00)
    live(at("2026-12-20T09:00"))

    newest = reading.settlements(shop)[0]
    assert (newest.opening_minor, newest.accrued_minor, newest.payout_minor, newest.state) == (
        -990_00, 1_770_00, 780_00, "paid")


def test_changed_bank_details_freeze_payouts_for_72_hours_and_owners_are_told(paying_shop, actor) -> None:
    letters = Message.objects.count()
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-16T09:00"))
    give_bank(paying_shop, actor, at("2026-11-19T10:00"), "0002")
    assert Message.objects.count() == letters + 1

    live(at("2026-11-21T09:00"))
    [part] = reading.purse(paying_shop, at("2026-11-21T09:00")).held
    assert (part.why, part.free_at) == ("frozen", at("2026-11-22T10:00"))
    with pytest.raises(Conflict, match="payout_frozen"):
        paying.pay(settlement_id=part.settlement_id, actor=OPERATOR, now=at("2026-11-21T09:00"))
    live(at("2026-11-22T11:00"))

    row = reading.settlements(paying_shop)[0]
    assert (row.state, row.paid_at, row.bank_tail) == ("paid", at("2026-11-22T10:00"), "0002")


def test_the_same_details_again_freeze_nothing_and_numbers_are_not_kept_in_the_clear(paying_shop, actor) -> None:
    give_bank(paying_shop, actor, at("2026-11-19T10:00"))

    [row] = BankAccount.objects.all()
    assert fitting() not in bytes(row.details).decode()
    assert reading.bank_details(paying_shop, row.pk).account == fitting()


@pytest.mark.parametrize(("code", "account", "field"), [
    ("04452522", ACCOUNT, "code"), (BIC, "40702810000000000000", "account"), ("DEUTDEFF", "DE89370400440532013001", "account"),
    ("DEUTDEF", "DE89370400440532013000", "code"),
])
def test_details_that_cannot_be_are_refused_by_field(shop, actor, now, code, account, field) -> None:
    with pytest.raises(Invalid) as refused:
        banking.set_bank(seller=shop, holder="A", bank_name="B", code=code, account=account, actor=actor, now=now)

    assert [one.field for one in refused.value.fields] == [field]
    assert not BankAccount.objects.exists()


def test_an_iban_with_its_swift_code_is_taken(shop, actor, now) -> None:
    banking.set_bank(seller=shop, holder="A", bank_name="B", code="deut de ff", account="DE89 3704 0044 0532 0130 00",
                     actor=actor, now=now)

    assert reading.bank(shop).tail == "3000"


def test_without_bank_details_a_payout_fails_and_goes_through_once_they_are_there(shop, actor) -> None:
    sell(shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-21T09:00"))
    row = reading.settlements(shop)[0]
    assert (row.state, row.reason) == ("failed", "no_bank")

    give_bank(shop, actor, at("2026-11-21T10:00"))
    live(at("2026-11-24T10:00"))
    assert reading.settlements(shop)[0].state == "awaiting"
    live(at("2026-11-25T09:00"))

    assert reading.settlements(shop)[0].state == "paid"
    assert queries.balance(shop).owed_minor == 0


def test_a_bank_that_refuses_leaves_the_money_with_the_shop_and_says_why(shop, actor) -> None:
    give_bank(shop, actor, at("2026-10-01T08:00"), "0404")
    sell(shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-21T09:00"))

    [part] = reading.purse(shop, at("2026-11-21T09:00")).held
    assert (part.why, part.reason, part.amount_minor) == ("failed", "account_closed", 885_00)
    assert queries.balance(shop).owed_minor == 885_00


def test_money_sent_back_by_the_bank_is_booked_home_and_paid_once_more(paying_shop) -> None:
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-20T09:00"))
    row = reading.settlements(paying_shop)[0]

    paying.fail(settlement_id=row.id, reason="returned", actor=OPERATOR, now=at("2026-11-21T09:00"))
    assert queries.balance(paying_shop).owed_minor == 885_00
    paying.retry(settlement_id=row.id, actor=OPERATOR, now=at("2026-11-21T10:00"))
    live(at("2026-11-22T09:00"))

    assert reading.settlements(paying_shop)[0].state == "paid"
    assert list(Transaction.objects.exclude(kind="delivery").order_by("id").values_list("kind", "amount_minor")) == [
        ("payout", -885_00), ("payout_back", 885_00), ("payout", -885_00)]


def test_an_operator_approves_holds_and_the_shop_reads_why(paying_shop, now) -> None:
    dated.put("finance.payout_approval", "", {"auto": False}, valid_from=at("2021-01-01T00:00"), source="test")
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-21T09:00"))
    moment = at("2026-11-21T09:00")
    [part] = reading.purse(paying_shop, moment).held
    assert part.why == "approval"

    paying.approve_run(pay_by=date(2026, 11, 25), currency="RUB", actor=OPERATOR, now=moment)
    paying.hold(settlement_id=part.settlement_id, remark="Send the invoice first", actor=OPERATOR, now=moment)
    live(at("2026-11-21T10:00"))
    [held] = reading.purse(paying_shop, moment).held
    assert (held.why, held.remark) == ("held", "Send the invoice first")
    assert paying.approve(settlement_ids=[part.settlement_id], actor=OPERATOR, now=at("2026-11-22T09:00")) == 1
    live(at("2026-11-22T10:00"))

    assert reading.settlements(paying_shop)[0].state == "paid"
    with pytest.raises(Conflict):
        paying.hold(settlement_id=part.settlement_id, remark="too late", actor=OPERATOR, now=moment)


def test_a_shop_that_asks_itself_is_paid_when_it_asks(paying_shop, actor) -> None:
    banking.set_policy(seller=paying_shop, mode="manual", minimum="", actor=actor, now=at("2026-11-01T09:00"))
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    live(at("2026-11-21T09:00"))
    assert [part.why for part in reading.purse(paying_shop, at("2026-11-21T09:00")).held] == ["manual"]

    settling.ask_payout(seller=paying_shop, actor=actor, now=at("2026-11-21T10:00"))
    with pytest.raises(Conflict, match="nothing_to_pay"):
        settling.ask_payout(seller=paying_shop, actor=actor, now=at("2026-11-21T10:01"))
    live(at("2026-11-22T09:00"))

    newest = reading.settlements(paying_shop)[0]
    assert (newest.kind, newest.payout_minor, newest.state, newest.paid_at) == (
        "manual", 885_00, "paid", at("2026-11-22T09:00"))


def test_the_parts_that_are_held_are_the_whole_balance(paying_shop) -> None:
    sell(paying_shop, "1", at("2026-11-02T09:00"))
    sell(paying_shop, "2", at("2026-11-17T09:00"))
    live(at("2026-11-18T09:00"))

    purse = reading.purse(paying_shop, at("2026-11-18T09:00"))

    assert [(part.why, part.amount_minor, part.free_at) for part in purse.held] == [
        ("awaiting", 885_00, at("2026-11-20T09:00")), ("forming", 885_00, at("2026-12-10T09:00"))]
    assert (purse.opening_minor, purse.accrued_minor, purse.paid_minor, purse.balance_minor) == (
        885_00, 885_00, 0, 1_770_00)
    assert purse.next_payout == purse.held[0]


def test_the_database_refuses_to_change_or_delete_what_was_booked(shop, now) -> None:
    sell(shop, "1", now)

    for sql in ("UPDATE finance_line SET amount_minor = 1", "DELETE FROM finance_line",
                "UPDATE finance_transaction SET amount_minor = 1", "DELETE FROM finance_transaction"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(sql)
    assert queries.balance(shop).owed_minor == 885_00


def test_the_nightly_proof_finds_a_balance_that_is_not_the_sum_of_its_lines(shop, rival_shop, now) -> None:
    sell(shop, "1", now)
    sell(rival_shop, "2", now)
    services.book_charges(charges=[Charge(shop.id, "p", "penalty", "1", "RUB", now, -5_00, 3)])
    assert services.check(now=now).sound
    assert ShopBalance.objects.get(pk=shop.id).balance_minor == queries.balance(shop).owed_minor == 880_00

    ShopBalance.objects.filter(pk=shop.id).update(balance_minor=1)

    found = services.check(now=now + timedelta(days=1))
    assert (found.sound, found.different, reading.last_check().different) == (False, (shop.id,), (shop.id,))


def test_a_shop_that_says_how_it_wants_to_be_paid_before_anything_is_booked_stops_nobody(shop, rival_shop, actor, now):
    banking.set_policy(seller=rival_shop, mode="manual", minimum="", actor=actor, now=now)
    services.book_charges(charges=[Charge(shop.id, "k", "compensation", "", "RUB", now, 90_000, 3)])

    services.run_due(now + timedelta(days=20))

    assert Settlement.objects.values_list("seller_id", flat=True).get() == shop.id


def test_the_balance_by_kind_is_kept_with_the_bookings_and_proved_each_night(shop, rival_shop, now) -> None:
    services.book_charges(charges=[
        Charge(shop.id, "a", "penalty", "1", "RUB", now, -60_00),
        Charge(shop.id, "b", "penalty_back", "1", "RUB", now, 30_00),
        Charge(shop.id, "c", "penalty", "2", "RUB", now, -5_00),
        Charge(rival_shop.id, "a", "penalty", "9", "CNY", now, -7)])

    kept = queries.balance(shop)
    assert kept == queries.totals(shop, now - timedelta(days=999))
    assert kept.by_kind == {"penalty": -65_00, "penalty_back": 30_00}
    assert queries.balance(rival_shop).by_kind == {"penalty": -7}
    assert services.check(now=now).sound
    ShopKind.objects.filter(seller_id=shop.id, kind="penalty").update(amount_minor=-64_00)
    found = services.check(now=now + timedelta(days=1))
    assert (found.different, found.sound) == ((shop.id,), False)


def test_the_balance_reads_no_lines_however_many_there_are(shop, now) -> None:
    services.book_charges(charges=[Charge(shop.id, str(at), "penalty", "1", "RUB", now, -1) for at in range(30)])

    with CaptureQueriesContext(connection) as seen:
        assert queries.balance(shop).accrued_minor == -30

    [one] = seen
    assert "finance_line" not in one["sql"]


def test_sums_of_a_stretch_are_the_same_as_those_of_its_lines_wherever_its_ends_fall(shop, rival_shop, now) -> None:
    begin = now.replace(minute=0, second=0, microsecond=0)
    for at, minutes in enumerate((0, 1, 59, 60, 61, 119, 120, 200, 240, 259)):
        moment = begin + timedelta(minutes=minutes, seconds=at)
        sell(shop, f"{at}", moment)
        services.book_charges(charges=[Charge(shop.id, f"{at}", "penalty", "1", "RUB", moment, -at - 1),
                                       Charge(rival_shop.id, f"{at}", "penalty", "1", "CNY", moment, -7)])
    ends = [begin + timedelta(minutes=minutes, seconds=seconds) for minutes in (-60, 0, 1, 30, 59, 60, 90, 120, 180, 240, 300)
            for seconds in (0, 1)]

    for start in ends:
        lines = Line.objects.filter(seller_id=shop.id, account="seller", transaction__at__gte=start)
        for end in (*ends, None):
            wanted = dict((lines.filter(transaction__at__lt=end) if end else lines).values_list("kind").annotate(
                Sum("amount_minor")).order_by())
            assert queries.totals(shop, start, end).by_kind == wanted, (start, end)
        assert balance_before(shop, start) == balance_at(shop, start)


def test_the_nightly_proof_finds_an_hour_that_is_not_the_sum_of_its_lines(shop, rival_shop, now) -> None:
    sell(shop, "1", now)
    sell(rival_shop, "2", now)
    assert services.check(now=now).sound

    KindHour.objects.filter(seller_id=shop.id, kind="sale").update(hour=now - timedelta(hours=9))

    found = services.check(now=now + timedelta(days=1))
    assert (found.different, found.sound) == ((shop.id,), False)


def test_the_last_weeks_read_the_lines_of_an_hour_at_most(shop, now) -> None:
    for at in range(30):
        services.book_charges(charges=[Charge(shop.id, str(at), "penalty", "1", "RUB", now - timedelta(days=at), -1)])

    with CaptureQueriesContext(connection) as seen:
        assert queries.totals(shop, now.replace(minute=0, second=0, microsecond=0) - timedelta(days=9)
                              ).by_kind == {"penalty": -10}

    [one] = seen
    assert "finance_line" not in one["sql"]
