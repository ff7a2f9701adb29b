from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.finance import services
from sellerdesk.finance.models import Transaction
from sellerdesk.finance.types import BookedLine, DeliveredPosting, ReturnedGoods


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
