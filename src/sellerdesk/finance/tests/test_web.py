from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.finance import services
from sellerdesk.finance.models import Transaction
from sellerdesk.finance.queries import settling
from sellerdesk.finance.services import banking
from sellerdesk.finance.types import BookedLine, DeliveredPosting, ReturnedGoods
from tests import cookies


@pytest.fixture
def booked(shop, now) -> None:
    line = BookedLine(501, 2, 2_000_00, 240_00)
    services.book_deliveries(postings=[
        DeliveredPosting(shop.id, f"1000-000{at}-1", "RUB", now - timedelta(days=at), (line,), 150_00)
        for at in range(3)])
    services.book_returns(returns=[ReturnedGoods(shop.id, "7", "1000-0002-1", "RUB", now, (line,), 90_00)])


def test_the_tiles_add_up_to_the_balance(anna_client, booked) -> None:
    page = anna_client.get(reverse("finance:balance"))

    tiles = {tile["label"]: tile["value"] for tile in page.context["tiles"]}
    assert tiles == {"Balance": "₽2,890.00", "Sales": "₽4,000", "Commission": "−₽480", "Logistics": "−₽540",
                     "Payment processing": "−₽90"}
    assert sum(amount.amount_minor for _, amount in page.context["parts"]) == 2_890_00


def test_the_list_narrows_by_kind_posting_and_day(anna_client, booked, now) -> None:
    def numbers(**query) -> list[str]:
        return [row.posting_number for row in anna_client.get(reverse("finance:balance"), query).context["table"].rows]

    assert len(numbers()) == 4
    assert numbers(tab="return") == ["1000-0002-1"]
    assert numbers(q="1000-0001") == ["1000-0001-1"]
    yesterday = (now - timedelta(days=1)).date().isoformat()
    assert numbers(at_from=yesterday, at_to=yesterday) == ["1000-0001-1"]


def test_a_booking_opens_its_lines_with_the_tariff(anna_client, clara_client, booked) -> None:
    row = Transaction.objects.get(key__startswith="return")
    address = reverse("finance:transaction", args=[row.pk])

    body = anna_client.get(address).content.decode()

    assert all(text in body for text in ("Sale taken back", "Commission given back", "Delivery back", "SKU 501 × 2"))
    assert anna_client.get(address).context["difference"].amount_minor == 0
    assert clara_client.get(address).status_code == 404


def test_the_page_takes_the_same_queries_for_few_and_for_many_rows(anna_client, shop, booked, now) -> None:
    anna_client.get(reverse("finance:balance"))
    counts = []
    for more in (1, 30):
        services.book_deliveries(postings=[
            DeliveredPosting(shop.id, f"{more}-{at}-1", "RUB", now, (BookedLine(1, 1, 100_00, 10_00),))
            for at in range(more)])
        with CaptureQueriesContext(connection) as seen:
            anna_client.get(reverse("finance:balance"))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_packer_does_not_see_the_money(boris_client, booked) -> None:
    assert boris_client.get(reverse("finance:balance")).status_code == 403


def test_the_home_of_money_says_what_comes_and_when_and_why_not_at_once(anna_client, shop, actor, booked, now) -> None:
    banking.set_bank(seller=shop, holder="A", bank_name="Sber", code="044525225", account="40702810200000012345",
                     actor=actor, now=now - timedelta(days=9))
    services.run_due(now)

    page = anna_client.get(reverse("finance:home"))

    # 20, 22 and 23 November belong to the running period; nothing is closed.
    assert page.context["say"].text == "On 10 Dec 2026 you get what the running period brings, ₽2,890.00 so far."
    assert "Sber •••• 2345" in page.context["say"].more
    [part] = page.context["parts"]
    assert (part.amount.amount_minor, part.when) == (2_890_00, "Free on 10 Dec 2026, at the latest on 15 Dec 2026")
    assert [page.context[name].amount_minor for name in ("opening", "accrued", "paid", "balance")] == [
        0, 2_890_00, 0, 2_890_00]


def test_without_anything_sold_the_home_of_money_says_what_will_come(anna_client, shop, dated_rules) -> None:
    page = anna_client.get(reverse("finance:home"))

    assert page.context["say"].text == "Nothing is owed to you at the moment."


def test_a_closed_period_opens_what_it_was_made_of(anna_client, clara_client, shop, booked, now) -> None:
    services.run_due(now + timedelta(days=20))
    [row] = settling.settlements(shop)

    page = anna_client.get(reverse("finance:settlement", args=[row.id]))

    assert sum(amount.amount_minor for _, amount in page.context["made"]) == row.accrued_minor == row.payout_minor
    assert clara_client.get(reverse("finance:settlement", args=[row.id])).status_code == 404
    listed = anna_client.get(reverse("finance:payouts"))
    assert [one.id for one in listed.context["table"].rows] == [row.id]


def test_bank_details_need_a_fresh_proof_and_are_shown_by_their_end_alone(anna, anna_client, shop, dated_rules) -> None:
    given = {"holder": "Anna", "bank_name": "Sber", "code": "044525225", "account": "40702810200000012346"}
    bare = Client()
    bare.force_login(anna)
    assert bare.get(reverse("finance:bank")).status_code == 302
    cookies.prove_now(anna_client, anna)

    refused = anna_client.post(reverse("finance:bank"), given)
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"account"}
    assert anna_client.post(reverse("finance:bank"), {**given, "account": "40702810200000012345"}).status_code == 302

    body = anna_client.get(reverse("finance:payout_settings")).content.decode()
    assert "•••• 2345" in body
    assert "40702810200000012345" not in body
    anna_client.post(reverse("finance:payout_settings"), {"mode": "manual", "minimum": "1000"})
    assert (settling.purse(shop, clock.now()).payout_mode, settling.purse(shop, clock.now()).minimum_minor) == (
        "manual", 1_000_00)
