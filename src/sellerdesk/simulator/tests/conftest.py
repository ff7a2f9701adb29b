"""A shop with goods on its shelf and a market around it."""

from datetime import time, timedelta

import pytest

from sellerdesk.catalog.services import loading, products
from sellerdesk.catalog.types import AttributeInput, ProductDraft, ValueInput
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.logistics import services as logistics
from sellerdesk.simulator import goods, services
from sellerdesk.simulator.models import Market

STOCK = 40


@pytest.fixture
def stocked_shop(shop, now):
    """Anna's shop with twenty products, forty units of each, since a fortnight ago."""
    loading.load_starter(now=now)
    start = now - timedelta(days=14)
    setup = Actor.system("test")
    warehouse = inventory.create_warehouse(
        seller=shop, name="Main", city="Москва", time_zone="Europe/Moscow", cut_off=time(18, 0), actor=setup, now=start)
    logistics.create_methods(seller=shop, warehouse_id=warehouse.id, now=start)
    outcomes = products.apply_drafts(
        seller=shop, actor=setup, now=start,
        drafts=[ProductDraft(
            offer_id=one.offer_id, name=one.names["ru"], type_id=one.type_id, category_id=one.category_id,
            depth_mm=one.depth_mm, width_mm=one.width_mm, height_mm=one.height_mm, weight_g=one.weight_g, vat=one.vat,
            attributes=tuple(AttributeInput(each.attribute_id, tuple(
                ValueInput(value.value_id, value.text) for value in each.values)) for each in one.attributes),
            parts={"price": {"price": Money(one.price_minor, "RUB").decimal_text()}})
            for one in goods.generate(7, 20)])
    assert {outcome.outcome for outcome in outcomes} == {"created"}
    inventory.set_stocks(seller=shop, actor=setup, now=start, changes=[
        StockInput(warehouse.id, STOCK, product_id=outcome.product_id) for outcome in outcomes])
    return shop


@pytest.fixture
def market(stocked_shop, now):
    """Buyers have been coming for a week; their history ends now."""
    start = now - timedelta(days=7)
    services.open_market(seed=5, since=start, history_until=now)
    # Plenty of buyers, so that nothing here hangs on the luck of one seller's id.
    Market.objects.update(orders_per_day=150)
    return start
