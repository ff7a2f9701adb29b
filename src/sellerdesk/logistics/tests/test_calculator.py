from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.catalog.models import Product
from sellerdesk.core import rules as dated
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.logistics import services
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as orders_services

DOOR = "/delivery/calculator"


def ask(stall, **wish):
    return services.calculate(seller=stall.seller, request=QuoteRequest(
        stall.warehouse_id, **{"weight_g": 1_240, "city": "Казань", "at": stall.now, **wish}))


def by_tariff(offers):
    return {offer.tariff: offer for offer in offers}


def test_every_service_answers_with_its_formula_or_its_reasons(stall) -> None:
    offers = ask(stall, price_minor=600_000_00)

    found = by_tariff(offers)
    assert offers[0].tariff == "tundra.cargo"
    assert found["tundra.cargo"].chosen
    charge = found["tundra.cargo"].charge
    assert (charge.fixed_minor, charge.steps, charge.per_step_minor, charge.amount_minor) == (490_00, 13, 180, 513_40)
    assert {key: [one.code for one in offer.refused] for key, offer in found.items() if not offer.charge} == {
        "veloport.standard": ["price"], "sinotrek.economy": ["origin", "price"],
        "sinotrek.standard": ["origin"], "meridian.hub": ["kind"], "karavan.parcel": ["kind"], "own.courier": ["kind"],
        "own.express": ["kind"]}
    assert not DeliveryMethod.objects.exists()


def test_a_method_that_is_switched_off_says_so(stall) -> None:
    stall.place()
    DeliveryMethod.objects.filter(tariff="veloport.standard").update(active=False, places=["Москва"], max_weight_g=1_000)

    assert [one.code for one in by_tariff(ask(stall))["veloport.standard"].refused] == ["off", "own_weight", "own_place"]


def test_nobody_calculates_from_another_s_warehouse(stall, rival_shop) -> None:
    with pytest.raises(WarehouseUnknown):
        services.calculate(seller=rival_shop, request=QuoteRequest(stall.warehouse_id, 100, "", stall.now))


@pytest.mark.parametrize(("sides", "city", "region", "quantity"), [
    ((0, 0, 0), "Казань", "", 1), ((500, 400, 400), "Казань", "", 1), ((500, 400, 400), "Владивосток", "", 3),
    ((100, 100, 100), "Находка", "Приморский край", 2), ((1_500, 200, 200), "Москва", "", 1),
    ((290, 210, 60), "Хабаровск", "Хабаровский край", 5)])
def test_the_estimate_is_the_bill(stall, sides, city, region, quantity) -> None:
    product = Product.objects.get(pk=stall.mug)
    Product.objects.filter(pk=stall.mug).update(
        **dict(zip(("depth_mm", "width_mm", "height_mm"), sides, strict=True)), weight_g=1_900)

    estimate = ask(stall, weight_g=1_900 * quantity, city=city, region=region, price_minor=1_000_00 * quantity,
                   sides_mm=services.packed_sides([(sides, quantity)]))[0]
    order = stall.request((product.pk, quantity), city=city)
    [number] = stall.place(type(order)(**{name: getattr(order, name) for name in order.__slots__} | {"region": region}))

    card = orders.posting(stall.seller, number)
    assert (card.logistics_minor, card.logistics_rule_id) == (estimate.charge.amount_minor, estimate.rule_id)
    assert card.deliver_by == card.ship_by + timedelta(days=estimate.charge.days[1])
    # A tariff that changes the next day changes nothing about this one.
    dated.put("logistics.tariff", estimate.tariff, {"days": 1, "prices": {"RUB": [1, 1]}},
              valid_from=stall.now + timedelta(days=1), source="test")
    assert ask(stall, weight_g=1_900 * quantity, city=city, region=region, price_minor=1_000_00 * quantity,
               sides_mm=services.packed_sides([(sides, quantity)]))[0].charge == estimate.charge


def test_parcels_of_a_split_order_are_priced_by_their_own_size(stall) -> None:
    Product.objects.filter(pk=stall.mug).update(depth_mm=401, width_mm=400, height_mm=400, weight_g=2_000)
    [number] = stall.place(stall.request((stall.mug, 2)))
    # The card is put right afterwards: the order was taken by what stood there before.
    Product.objects.filter(pk=stall.mug).update(depth_mm=100, width_mm=100, height_mm=100, weight_g=100)

    sku = stall.sku(stall.mug)
    numbers = orders_services.ship_posting(seller=stall.seller, number=number, packages=[[(sku, 1)], [(sku, 1)]],
                                           actor=stall.actor, now=stall.now)

    # 64,160 cm³ ÷ 5000 = 12,832 g each: 65.00 + 129 × 3.50.
    assert [orders.posting(stall.seller, one).logistics_minor for one in numbers] == [65_00 + 129 * 3_50] * 2


def test_the_page_calculates_a_product_and_a_parcel_by_hand(stall, anna_client) -> None:
    page = anna_client.get(DOOR)
    product = anna_client.get(DOOR, {"warehouse": stall.warehouse_id, "product": "MUG-1", "quantity": "2",
                                     "city": "Владивосток"}).content.decode()
    parcel = anna_client.get(DOOR, {"warehouse": stall.warehouse_id, "weight_g": "1240"}).content.decode()

    assert page.status_code == 200
    assert "Far East" in product
    assert "₽99.00 + 6 × ₽5.20 = ₽130.20" in product
    assert "₽65.00 + 13 × ₽3.50 = ₽110.50" in parcel
    assert "13 begun steps of 100 g in 1.24 kg" in parcel
    assert "Is not offered from warehouses of this kind." in parcel
    assert not DeliveryMethod.objects.exists()


def test_the_page_says_what_is_missing(stall, anna_client, rival_stall) -> None:
    nothing = anna_client.get(DOOR, {"warehouse": stall.warehouse_id})
    foreign = anna_client.get(DOOR, {"warehouse": stall.warehouse_id, "product": "C-MUG-1"})
    elsewhere = anna_client.get(DOOR, {"warehouse": rival_stall.warehouse_id, "weight_g": "100"})

    assert "Name a product, or give the weight of the parcel." in nothing.content.decode()
    assert "There is no product “C-MUG-1” in your shop." in foreign.content.decode()
    assert [page.status_code for page in (nothing, foreign, elsewhere)] == [422, 422, 422]
