from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import is_postgres
from sellerdesk.inventory import services as inventory
from sellerdesk.orders import queries, services
from sellerdesk.orders.models import Order, Posting
from sellerdesk.orders.types import Placed, PostingFilter, Refusal
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from tests.stall import build

DMITRI = Actor.buyer("Dmitri")


def test_an_order_keeps_the_figures_of_its_moment(stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)))
    later = stall.now + timedelta(days=1)
    pricing.set_prices(seller=stall.seller, changes=[PriceInput(product_id=stall.mug, price="1400")],
                       actor=stall.actor, now=later)
    dated.put("logistics.tariff", "veloport.standard", {"days": 9, "max_weight_g": 9, "prices": {"RUB": [1, 1]}},
              valid_from=later, source="test")

    card = queries.posting(stall.seller, number)

    assert (card.units, card.weight_g, card.amount_minor, card.currency) == (3, 900, 2_250_50, "RUB")
    assert [(line.price_minor, line.quantity, line.name) for line in card.lines] == [
        (1_000_00, 2, "Mug «Ёлка»"), (250_50, 1, "Pan «Ёлка»")]
    # 65.00 and 3.50 for each of nine begun 100 g.
    assert card.logistics_minor == 96_50
    assert [line.commission_minor for line in card.lines] == [
        line.price_minor * line.commission_bp // 10_000 * line.quantity for line in card.lines]
    assert card.commission_minor == sum(line.commission_minor for line in card.lines) > 0
    assert card.payout_minor == card.amount_minor - card.commission_minor - 96_50
    assert dated.get("logistics.tariff", "veloport.standard", stall.now).id == card.logistics_rule_id
    assert (card.state, card.substate) == ("awaiting_packaging", "posting_created")
    # Noon in Moscow, cut-off 18:00, a day to prepare.
    assert card.ship_by == stall.now.replace(day=24, hour=15)
    assert card.deliver_by == card.ship_by + timedelta(days=4)
    assert card.number == f"{card.order_number}-1"
    assert stall.shelf(stall.mug) == (20, 2)
    assert stall.shelf(stall.pan) == (20, 1)


def test_what_is_not_there_is_refused_and_leaves_nothing_behind(stall, rival_stall) -> None:
    asked = [
        stall.request((stall.mug, 15)), stall.request((stall.mug, 6), (stall.pan, 1)), stall.request((stall.mug, 5)),
        stall.request((rival_stall.mug, 1)), stall.request((stall.mug, 0)),
    ]

    answers = services.place_orders(seller=stall.seller, orders=asked, actor=DMITRI)

    assert [one.code if isinstance(one, Refusal) else "placed" for one in answers] == [
        "placed", "out_of_stock", "placed", "not_on_sale", "empty"]
    assert stall.shelf(stall.mug) == (20, 20)
    assert stall.shelf(stall.pan) == (20, 0)
    assert Order.objects.count() == Posting.objects.count() == 2


def test_a_parcel_nobody_carries_is_refused(stall) -> None:
    from sellerdesk.catalog.models import Product

    Product.objects.filter(pk=stall.mug).update(weight_g=301_000)

    assert services.place_orders(seller=stall.seller, orders=[stall.request()], actor=DMITRI) == [
        Refusal("not_deliverable")]
    assert stall.shelf(stall.mug) == (20, 0)


def test_many_orders_cost_as_many_statements_as_one(stall, statements) -> None:
    stall.place()

    one = statements(lambda: stall.place(stall.request()))
    many = statements(lambda: stall.place(*(
        stall.request((stall.pan, 1), at=stall.now + timedelta(minutes=minute)) for minute in range(12))))
    # Two more where stock falls to its warning level, which is told once.
    low = statements(lambda: stall.place(*(
        stall.request((stall.pan, 1), at=stall.now + timedelta(minutes=minute)) for minute in range(12, 18))))

    # On PostgreSQL two more: numbers and reservations wait for the shop's turn; SQLite has one writer.
    assert one == many <= 24 + 2 * is_postgres()
    assert low == many + 2
    assert queries.count(stall.seller, PostingFilter(tab="to_pack")) == 20


def test_a_warehouse_takes_so_many_orders_a_day_of_its_own(stall, statements) -> None:
    inventory.update_warehouse(seller=stall.seller, warehouse_id=stall.warehouse_id, postings_limit=2,
                               actor=stall.actor, now=stall.now)
    first = stall.place()

    answers = services.place_orders(seller=stall.seller, actor=DMITRI, orders=[
        stall.request(), stall.request(), stall.request(at=stall.now + timedelta(hours=12)),
        # 21:00 in London is the next day in Moscow.
        stall.request(at=stall.now.replace(hour=21))])

    assert len(first) == 1
    assert [getattr(answer, "code", "placed") for answer in answers] == [
        "placed", "warehouses_full", "placed", "placed"]
    assert stall.shelf(stall.mug) == (20, 4)


def test_days_off_of_the_warehouse_move_the_deadline(stall) -> None:
    inventory.update_warehouse(seller=stall.seller, warehouse_id=stall.warehouse_id, working_days=[1, 3, 5],
                               holidays=[stall.now.date() + timedelta(days=2)], actor=stall.actor, now=stall.now)

    [number] = stall.place()

    # Monday's order would be due on Wednesday, which is a day off.
    assert queries.posting(stall.seller, number).ship_by == stall.now.replace(day=27, hour=15)


def test_placing_tells_the_shop(stall) -> None:
    before = queries.latest_change(stall.seller)

    [number] = stall.place()

    assert [target for _, target in queries.changed_since(stall.seller, before)] == [number]
    assert isinstance(services.place_orders(seller=stall.seller, orders=[stall.request()], actor=DMITRI)[0], Placed)


@pytest.mark.parametrize(("kind", "scheme", "integration"), [
    ("pick_up", "fbs", "platform"), ("partner", "rfbs", "aggregator"), ("own", "rfbs", "non_integrated"),
    ("express", "rfbs", "non_integrated")])
def test_the_warehouse_decides_who_carries(shop, actor, now, kind, scheme, integration) -> None:
    place = build(shop, actor, now, kind=kind)

    [number] = place.place()
    [row] = queries.postings_page(shop, filter=PostingFilter(integrations=(integration,))).rows

    assert (row.number, row.scheme, row.integration) == (number, scheme, integration)
    assert not queries.postings_page(shop, filter=PostingFilter(integrations=("hybrid",))).rows
