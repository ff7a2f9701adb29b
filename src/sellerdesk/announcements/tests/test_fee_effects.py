"""What fees to come would have made of a shop's own parcels, storage and errors."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.announcements import queries
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.queries import storage
from sellerdesk.inventory.services.storing import count_due
from sellerdesk.inventory.types import StockLine
from sellerdesk.orders.models import Fault, Posting
from sellerdesk.orders.queries import effects
from tests.tenancy.conftest import sign_in

pytestmark = pytest.mark.django_db
PODOLSK = 1_020_004_000_000_101


@pytest.fixture
def delivered(stall, dated_rules):
    """Two parcels in their buyers' hands."""
    for number in stall.handed_over(stall.request(), stall.request((stall.mug, 3))):
        stall.scan(number, "accepted", "at_pickup_point", "delivered")
    return stall


def span(stall):
    return stall.now - timedelta(days=20), stall.now + timedelta(days=1)


def test_carrying_is_measured_again_by_a_tariff_to_come(delivered) -> None:
    later = delivered.now + timedelta(days=10)
    [was] = effects.freight_effect(delivered.seller, *span(delivered), delivered.now)
    rule = dated.all_of("logistics.tariff", delivered.now)[was.department]
    value = copy.deepcopy(rule.value)
    for zone in value["zones"]:
        zone["prices"]["RUB"][0] += 7_00
    dated.put("logistics.tariff", was.department, value, valid_from=later, source="test")

    [would] = effects.freight_effect(delivered.seller, *span(delivered), later)

    assert (was.units, was.difference_minor) == (2, 0)
    assert was.was_minor == sum(Posting.objects.values_list("logistics_minor", flat=True)) > 0
    assert was.sold_minor == 4 * 1000_00
    assert would.difference_minor == 2 * 7_00


def test_storage_is_counted_again_by_a_tariff_to_come(stall, dated_rules) -> None:
    def tariff(free_days: int, price: int, since) -> None:
        dated.put("inventory.storage", "", {"free_days": free_days, "minor_100l": price, "least_ml": 500,
                                            "currency": "RUB"}, valid_from=since, source="test")

    tariff(2, 25_000, stall.now - timedelta(days=99))
    inventory.receive(seller=stall.seller, lines=[StockLine(stall.mug, PODOLSK, 10, "1", stall.now)])
    inventory.receive(seller=stall.seller, lines=[StockLine(stall.mug, PODOLSK, 4, "2", stall.now + timedelta(days=3))])
    end = stall.now + timedelta(days=6)
    count_due(now=end)
    later = stall.now + timedelta(days=30)

    same = storage.effect(stall.seller, stall.now, end, stall.now)
    tariff(3, 50_000, later)
    would = storage.effect(stall.seller, stall.now, end, later)

    # Ten mugs from the third day, four more from the sixth: 4 × 10 + 4 unit-days of 1.25.
    assert (same.was_minor, same.difference_minor) == (55_00, 0)
    # From the fourth day on, none of the four yet, at 2.50: 3 × 10.
    assert would.would_be_minor == 75_00
    assert would.units == 3 * 10 + 3 * 14


def test_penalties_are_found_again_by_an_index_to_come(delivered) -> None:
    posting = Posting.objects.order_by("id").first()
    Fault.objects.create(
        seller_id=delivered.seller.id, posting_id=posting.pk, number=posting.number, kind="cancellation",
        at=delivered.now - timedelta(days=1), day=delivered.now.date() - timedelta(days=1), price_minor=1_000_00,
        currency="RUB", counts=True, judged_at=delivered.now, index_errors=10, index_shipments=100, index_bp=1000,
        amount_minor=30_00)
    later = delivered.now + timedelta(days=10)
    was = effects.penalty_effect(delivered.seller, *span(delivered), delivered.now)
    value = copy.deepcopy(dated.get("orders.error_index", "", delivered.now).value)
    for zone in value["zones"]:
        zone["fee_bp"] = zone["fee_bp"] * 2
    dated.put("orders.error_index", "", value, valid_from=later, source="test")

    would = effects.penalty_effect(delivered.seller, *span(delivered), later)

    assert (was.units, was.sold_minor, was.was_minor, was.would_be_minor) == (1, 1_000_00, 30_00, 30_00)
    assert would.would_be_minor == 60_00


def test_the_page_sums_all_fees_and_a_rival_has_none(delivered, anna, clara, rival_shop) -> None:
    later = delivered.now + timedelta(days=10)
    dated.put("finance.acquiring", "", {"bp": 200}, valid_from=later, source="test")
    with time_machine.travel(delivered.now + timedelta(days=1), tick=False):
        clock.forget()
        page = sign_in(anna).get(reverse("announcements:fees"))
        rival = queries.fee_effects(rival_shop, clock.now())
        with CaptureQueriesContext(connection) as seen:
            queries.fee_effects(delivered.seller, clock.now())

    names = [line.name for line in page.context["lines"]]
    assert [name.partition(":")[0] for name in names] == ["Commission", "Payment processing, all deliveries", "Delivery"]
    assert page.context["total"].amount_minor == 4 * 1000_00 * 50 // 10_000
    assert "You would have paid more" in page.content.decode()
    assert rival is not None
    assert rival.rows == ()
    assert len(seen) <= 13


def test_operators_see_the_effect_on_a_shop_before_it_is_in_force(delivered, operator_client, anna_client) -> None:
    assert operator_client.get(reverse("console:fees")).context["moments"] == []
    later = delivered.now + timedelta(days=10)
    dated.put("finance.acquiring", "", {"bp": 200}, valid_from=later, source="test")

    with time_machine.travel(delivered.now + timedelta(minutes=1), tick=False):
        clock.forget()
        index = operator_client.get(reverse("console:fees"))
        page = operator_client.get(reverse("console:fees_shop", args=[delivered.seller.id]))

    assert index.context["moments"] == [later]
    assert [(seller_id, sold.amount_minor) for seller_id, _name, sold in index.context["shops"]] == [
        (delivered.seller.id, 4_000_00)]
    assert page.context["total"].amount_minor == 20_00
    assert "The shop would have paid more" in page.content.decode()
    assert operator_client.get(reverse("console:fees_shop", args=[999_999])).status_code == 404
    assert anna_client.get(reverse("console:fees")).status_code in (302, 403, 404)
