"""A stage for a rehearsal: one shop with goods on its shelf, the same for the same numbers."""

from __future__ import annotations

from datetime import datetime, time

from sellerdesk.catalog.services import products
from sellerdesk.catalog.types import AttributeInput, ProductDraft, ValueInput
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.logistics import services as logistics
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import goods
from sellerdesk.simulator.scenarios.types import Stage
from sellerdesk.simulator.services import paperwork

_SETUP = Actor.system("stage")
# Shops of a rehearsal belong to invented companies; their numbers pass the check of their country.
_COMPANIES = {
    "RU": ("ООО «Репетиция»", "7719123452", "RUB", "Europe/Moscow", "ru", "Репетиция", "Основной склад", "Москва"),
    "CN": ("Shenzhen Caipai Trading Co., Ltd.", "91440300MA5DEM0G1R", "CNY", "Asia/Shanghai", "zh-hans", "彩排小店",
           "深圳一号仓", "深圳"),
}
_GOODS_LANGUAGE = {"RU": "ru", "CN": "zh"}


def raise_shop(*, stage: Stage, seed: int, user_id: int, now: datetime) -> SellerRef:
    """Open the shop of a rehearsal for a person, with one warehouse and its goods on sale. Raises what registering a
    shop raises."""
    legal, number, currency, zone, language, name, warehouse_name, city = _COMPANIES[stage.country]
    seller = sellers.register_shop(
        user_id=user_id, legal_name=legal, country=stage.country, registration_number=number, shop_name=name,
        currency=currency, time_zone=zone, language=language, accepts_offer=True, actor=_SETUP, now=now)
    warehouse = inventory.create_warehouse(
        seller=seller, name=warehouse_name, city=city, time_zone=zone, cut_off=time(18, 0), preparation_hours=24,
        kind="own" if stage.own_delivery else "drop_off", actor=_SETUP, now=now)
    logistics.create_methods(seller=seller, warehouse_id=warehouse.id, now=now)
    shelf = goods.generate(seed, stage.products, _GOODS_LANGUAGE[stage.country], currency)
    outcomes = products.apply_drafts(seller=seller, actor=_SETUP, now=now, drafts=[draft(one) for one in shelf])
    paperwork.hand_in(seller=seller, outcomes=outcomes, actor=_SETUP, now=now)
    inventory.set_stocks(seller=seller, actor=_SETUP, now=now, changes=[
        StockInput(warehouse.id, stage.stock, product_id=outcome.product_id)
        for outcome in outcomes if outcome.product_id])
    return seller


def draft(product: goods.DemoProduct) -> ProductDraft:
    """A card of the demo's goods with its price, without pictures."""
    language = "zh" if product.currency == "CNY" else "ru"

    def amount(minor: int) -> str:
        return Money(minor, product.currency).decimal_text()

    return ProductDraft(
        offer_id=product.offer_id, name=product.names[language], type_id=product.type_id,
        category_id=product.category_id, description=product.descriptions[language], barcodes=(product.barcode,),
        depth_mm=product.depth_mm, width_mm=product.width_mm, height_mm=product.height_mm, weight_g=product.weight_g,
        vat=product.vat,
        attributes=tuple(AttributeInput(attribute.attribute_id, tuple(
            ValueInput(value.value_id, value.text) for value in attribute.values)) for attribute in product.attributes),
        parts={"price": {"price": amount(product.price_minor), "old_price": amount(product.old_price_minor),
                         "cost": amount(product.cost_minor)}})
