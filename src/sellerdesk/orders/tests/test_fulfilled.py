"""Goods that lie with the marketplace: ordered, packed, carried and brought back without the shop's doing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.services.storing import count_due
from sellerdesk.inventory.types import StockInput, StockLine
from sellerdesk.orders import queries, services
from sellerdesk.orders.types import BUYER_CHANGED_MIND, OTHER_SELLER_FAULT, Cancellation, PostingFilter
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest
from tests.stall import DMITRI, Stall
from tests.tenancy.conftest import sign_in

pytestmark = pytest.mark.django_db
KAZAN, PODOLSK = 1_020_004_000_000_301, 1_020_004_000_000_101


@pytest.fixture
def with_goods(stall: Stall, dated_rules: None) -> Stall:
    inventory.receive(seller=stall.seller, lines=[
        StockLine(stall.mug, place, 5, "supply", stall.now) for place in (KAZAN, PODOLSK)])
    return stall


def there(stall: Stall, place: int = KAZAN) -> tuple[int, int]:
    rows = [row for row in stock.platform_stock(stall.seller) if row.warehouse_id == place]
    return rows[0].present, rows[0].reserved


def test_an_order_is_taken_from_the_warehouse_nearest_to_the_buyer_and_priced_by_its_scheme(with_goods):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 2)))

    card = queries.posting(with_goods.seller, number)
    own = dated.get("finance.commission", "", with_goods.now).value
    assert (card.scheme, card.warehouse_id, card.state, card.available_actions) == (
        "fbo", KAZAN, "awaiting_packaging", ())
    assert card.lines[0].commission_bp == own["fbo"][0] == own["fbs"][0] - 100
    # 56.00 for the first 100 g and 3.20 for each 100 g: 600 g.
    assert card.logistics_minor == 5_600 + 6 * 320
    assert (there(with_goods), there(with_goods, PODOLSK), with_goods.shelf(with_goods.mug)) == ((5, 2), (5, 0), (20, 0))


def test_what_the_marketplace_has_not_the_shop_ships(with_goods):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 1), (with_goods.pan, 1)))

    assert queries.posting(with_goods.seller, number).scheme == "fbs"


def test_it_is_packed_delivered_and_booked_without_the_shop(with_goods):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 2)))
    for step in ("picking", "packed"):
        [outcome] = services.fulfil_many(seller=with_goods.seller, numbers=[number], step=step, actor=DMITRI,
                                         now=with_goods.now)
        assert outcome.done
    assert with_goods.place_of(number) == ("awaiting_deliver", "posting_transferring_to_delivery")

    with_goods.scan(number, "accepted", "in_transit")
    assert with_goods.place_of(number) == ("delivering", "posting_on_way_to_city")
    with_goods.scan(number, "at_pickup_point", "delivered", at=with_goods.now + timedelta(days=2))

    card = queries.posting(with_goods.seller, number)
    assert (card.state, card.substate) == ("delivered", "posting_received")
    booked = {row.kind: row.amount_minor for row in finance.of_posting(with_goods.seller, number)}
    assert booked == {"sale": 200_000, "commission": -card.commission_minor, "logistics": -card.logistics_minor,
                      "acquiring": -3_000}
    assert there(with_goods) == (3, 0)


def test_goods_given_back_lie_with_the_marketplace_again(with_goods):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 1)))
    services.fulfil_many(seller=with_goods.seller, numbers=[number], step="packed", actor=DMITRI, now=with_goods.now)
    with_goods.scan(number, "accepted", "delivered")

    [outcome] = returns.request_returns(seller=with_goods.seller, actor=DMITRI, requests=[
        ReturnRequest(number, with_goods.sku(with_goods.mug), 1, "changed_mind", with_goods.now + timedelta(days=1))])
    returns.advance(return_ids=[outcome.return_id], to_state="arrived", at=with_goods.now + timedelta(days=3),
                    actor=DMITRI)

    assert there(with_goods) == (5, 0)
    kinds = {row.kind for row in finance.of_posting(with_goods.seller, number)}
    assert {"return_sale", "return_commission"} <= kinds


def test_buyers_may_cancel_and_the_seller_may_not(with_goods):
    [first, second] = with_goods.place(*[with_goods.request((with_goods.mug, 1)) for _ in range(2)])

    refused, = services.cancel_many(seller=with_goods.seller, actor=with_goods.actor, items=[
        Cancellation(first, OTHER_SELLER_FAULT, "No.", "seller", with_goods.now)])
    done, = services.cancel_many(seller=with_goods.seller, actor=DMITRI, items=[
        Cancellation(second, BUYER_CHANGED_MIND, "", "client", with_goods.now)])

    assert (refused.done, done.done) == (False, True)
    assert not services.ship_many(seller=with_goods.seller, numbers=[first], actor=with_goods.actor,
                                  now=with_goods.now)[0].done
    assert there(with_goods) == (5, 1)


def test_a_parcel_cancelled_on_its_way_comes_back_to_the_marketplace(with_goods):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 1)))
    services.fulfil_many(seller=with_goods.seller, numbers=[number], step="packed", actor=DMITRI, now=with_goods.now)
    with_goods.scan(number, "accepted", "at_pickup_point")
    services.cancel_many(seller=with_goods.seller, actor=DMITRI, items=[
        Cancellation(number, BUYER_CHANGED_MIND, "", "client", with_goods.now)])
    with_goods.spread()
    assert there(with_goods) == (4, 0)

    with_goods.scan(number, "returned")

    assert there(with_goods) == (5, 0)


def test_lists_and_counters_keep_the_schemes_apart(with_goods):
    [ours] = with_goods.place(with_goods.request((with_goods.pan, 1)))
    [theirs] = with_goods.place(with_goods.request((with_goods.mug, 1)))

    def numbers(scheme):
        return [row.number for row in queries.postings_page(with_goods.seller, filter=PostingFilter(scheme=scheme)).rows]

    assert (numbers(""), numbers("fbo")) == ([ours], [theirs])
    assert queries.counts(with_goods.seller)["to_pack"] == queries.counts(with_goods.seller, fbo=True)["to_pack"] == 1
    assert queries.due(with_goods.seller, with_goods.now).to_pack == 1
    assert queries.to_pack_count(with_goods.seller) == 1


def test_the_shop_cannot_set_stock_that_lies_with_the_marketplace(with_goods):
    [outcome] = inventory.set_stocks(seller=with_goods.seller, actor=with_goods.actor, now=with_goods.now, changes=[
        StockInput(KAZAN, 100, product_id=with_goods.mug)])

    assert [error.code for error in outcome.errors] == ["WAREHOUSE_NOT_FOUND"]
    assert there(with_goods) == (5, 0)


def test_pages_show_the_order_without_buttons(with_goods, client, anna):
    [number] = with_goods.place(with_goods.request((with_goods.mug, 1)))
    client.force_login(anna)

    listed = client.get("/orders/marketplace/")
    page = client.get(f"/orders/{number}/").content.decode()

    assert number in listed.content.decode()
    assert "КАЗАНЬ_ФУЛФИЛМЕНТ" in page
    assert f"/orders/{number}/pack" not in page
    assert f"/orders/{number}/cancel" not in page
    assert "Dmitri K." not in page


def test_the_order_shows_storing_as_foreseen_and_as_it_was_booked(with_goods, anna):
    dated.put("inventory.storage", "", {"free_days": 0, "minor_100l": 25_000, "least_ml": 500, "currency": "RUB"},
              valid_from=with_goods.now - timedelta(days=9), source="test")
    [number] = with_goods.place(with_goods.request((with_goods.mug, 2)))
    for step in ("picking", "packed", "handed_over"):
        services.fulfil_many(seller=with_goods.seller, numbers=[number], step=step, actor=DMITRI, now=with_goods.now)
    with_goods.scan(number, "accepted", "at_pickup_point", "delivered")
    later = with_goods.now + timedelta(days=2)
    count_due(now=later)

    with time_machine.travel(later, tick=False):
        clock.forget()
        page = sign_in(anna).get(reverse("orders:posting", args=[number]))

    row = next(row for row in page.context["economy"]["rows"] if str(row.label) == "Storing")
    # Two days of eight mugs, 4 l at 2.50, for the two that were sold.
    assert row.booked.amount_minor == -20_00
    economy = page.context["economy"]
    assert economy["foreseen"].amount_minor + economy["difference"].amount_minor == economy["booked"].amount_minor
