"""A balance below zero: what covers it, and what a shop pays in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.models import Activity
from sellerdesk.finance import queries, services
from sellerdesk.finance.errors import PaymentKnown
from sellerdesk.finance.models import Line, Settlement, ShopBalance
from sellerdesk.finance.queries import debts as reading
from sellerdesk.finance.queries import settling
from sellerdesk.finance.services import banking, debts
from sellerdesk.finance.types import Charge, Owing
from sellerdesk.sellers.models import Seller
from sellerdesk.simulator.services import bank

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator(1, "Olga")


def owe(seller, amount: int, now: datetime, key: str = "k") -> None:
    services.book_charges(charges=[Charge(seller.id, key, "penalty", "", seller.currency, now, -amount, 3)])


def receive(seller, amount: str, now: datetime, reference: str = "PP-1"):
    return debts.receive(seller_id=seller.id, amount=amount, reference=reference, actor=OPERATOR, now=now)


def test_a_payment_raises_the_balance_once_and_stands_in_ledger_and_history(shop, now) -> None:
    owe(shop, 900_00, now)

    receive(shop, "500.50", now, " PP  1 ")
    with pytest.raises(PaymentKnown):
        receive(shop, "500.50", now, "PP 1")

    assert queries.balance(shop).owed_minor == -399_50
    assert list(Line.objects.filter(kind="repayment").order_by("id").values_list("account", "amount_minor")) == [
        ("seller", 500_50), ("payments", -500_50)]
    [paid] = reading.payments(shop).rows
    assert (paid.amount_minor, paid.reference) == (500_50, "PP 1")
    act = Activity.objects.get(event="finance.payment.received")
    assert (act.seller_id, act.target_label, act.data["amount_minor"]) == (shop.id, "PP 1", 500_50)


@pytest.mark.parametrize(("amount", "reference", "fields"), [
    ("0", "A", ["amount"]), ("-5", "A", ["amount"]), ("a lot", "A", ["amount"]), ("5", " ", ["reference"]),
    ("5", "A" * 41, ["reference"]), ("x", "", ["amount", "reference"])])
def test_what_is_no_payment_is_refused_by_field(shop, now, amount, reference, fields) -> None:
    with pytest.raises(Invalid) as refused:
        receive(shop, amount, now, reference)

    assert [one.field for one in refused.value.fields] == fields
    assert not Line.objects.exists()


def test_a_shop_that_is_none_is_not_found(shop, now) -> None:
    with pytest.raises(NotFound):
        debts.receive(seller_id=shop.id + 99, amount="5", reference="A", actor=OPERATOR, now=now)


def test_sales_and_payments_cover_a_debt_before_anything_is_paid_out(shop, actor, now) -> None:
    """November's second half leaves a debt; December's first half pays it back in part, the shop the rest and more."""
    banking.set_bank(seller=shop, holder="A", bank_name="B", code="DEUTDEFF", account="DE89370400440532013000",
                     actor=actor, now=now - timedelta(days=9))
    owe(shop, 3_000_00, now)
    services.run_due(datetime(2026, 12, 2, tzinfo=UTC))
    first = Settlement.objects.get()
    assert (first.payout_minor, first.reason, first.closing_minor) == (0, "negative", -3_000_00)

    services.book_charges(charges=[Charge(shop.id, "c", "compensation", "", "RUB", datetime(2026, 12, 5, tzinfo=UTC),
                                          1_000_00, 3)])
    receive(shop, "2600", datetime(2026, 12, 10, tzinfo=UTC))
    services.run_due(datetime(2026, 12, 17, tzinfo=UTC))
    bank.run_due(datetime(2026, 12, 26, tzinfo=UTC))

    second = Settlement.objects.get(number=2)
    assert (second.opening_minor, second.accrued_minor, second.payout_minor, second.closing_minor, second.state) == (
        -3_000_00, 3_600_00, 600_00, 0, "paid")
    assert settling.purse(shop, datetime(2026, 12, 27, tzinfo=UTC)).balance_minor == 0
    assert settling.made_of(shop, second.pk) == {"compensation": 1_000_00, "repayment": 2_600_00}


def test_the_page_says_what_is_owed_and_what_was_paid_in(anna_client, shop, now) -> None:
    owe(shop, 900_00, now)
    receive(shop, "100", now, "PP-7")

    home = anna_client.get(reverse("finance:home")).content.decode()
    page = anna_client.get(reverse("finance:debt")).content.decode()

    assert reverse("finance:debt") in home
    assert "₽800.00" in page
    assert "PP-7" in page
    assert f"/finance/{reading.payments(shop).rows[0].id}/" in page


def test_a_rival_sees_nothing_of_it(shop, rival_shop, now) -> None:
    owe(shop, 900_00, now)
    receive(shop, "100", now)

    assert reading.payments(rival_shop).rows == []
    assert reading.owing().rows == [Owing(shop.id, 800_00, "RUB")]


def test_the_operator_records_a_payment(operator_client, shop, now) -> None:
    owe(shop, 900_00, now)
    address = reverse("console:debts")

    assert "Anna&#x27;s Shop" in operator_client.get(address).content.decode()
    refused = operator_client.post(address, {"shop": shop.id, "amount": "-1", "reference": "PP-1"})
    unknown = operator_client.post(address, {"shop": shop.id + 99, "amount": "1", "reference": "PP-1"})
    done = operator_client.post(address, {"shop": shop.id, "amount": "900", "reference": "PP-1"})
    again = operator_client.post(address, {"shop": shop.id, "amount": "900", "reference": "PP-1"})

    assert [one.status_code for one in (refused, unknown, done, again)] == [422, 422, 302, 422]
    assert queries.balance(shop).owed_minor == 0
    assert reading.owing().rows == []


def test_debts_are_read_on_page_by_page_the_largest_first(operator_client, shop, now) -> None:
    company = Seller.objects.get(pk=shop.id).company_id
    made = Seller.objects.bulk_create(Seller(name=f"Shop {number}", company_id=company, currency="RUB", created_at=now)
                                      for number in range(60))
    ShopBalance.objects.bulk_create(ShopBalance(seller_id=one.pk, currency="RUB", balance_minor=-100 * (at // 2) - 1)
                                    for at, one in enumerate(made))
    expected = [(one.pk, 100 * (at // 2) + 1) for at, one in enumerate(made)]
    expected.sort(key=lambda row: (-row[1], row[0]))
    address = reverse("console:debts")

    first = operator_client.get(address)
    second = operator_client.get(address, {"c": first.context["page"].next_cursor})

    shown = [(row["id"], row["amount"].amount_minor) for page in (first, second) for row in page.context["rows"]]
    assert shown == expected
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' in second.content.decode()
    assert second.context["page"].next_cursor == ""
    assert operator_client.get(address, {"c": "nonsense"}).status_code in (400, 422)
