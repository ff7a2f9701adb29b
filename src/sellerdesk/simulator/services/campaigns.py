"""Promotions of the demo: a calendar of the marketplace, what the shop made of it, and prices that follow a rival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries as prices
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import services
from sellerdesk.promotions.services import strategies
from sellerdesk.promotions.types import JoinInput, Level, Terms
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.services import haggling

# Names, first day, days, discount in basis points, days of freezing before.
_CALENDAR = ((("Осенняя уборка цен", "秋季清仓", "Autumn clearance"), -24, 10, 1000, 1),
             (("Неделя выгоды", "超值周", "Week of good buys"), -3, 8, 1000, 0),
             (("Тёплая зима", "暖冬特惠", "Warm winter"), 6, 10, 1500, 1),
             (("Новогодняя распродажа", "新年大促", "New Year sale"), 18, 18, 2000, 2))
_JOINED, _OWN, _LOWEST, _FOLLOWING, _REQUESTS = 24, 16, 60, 5, 4
_STORE = Actor.system("demo")


def open_campaigns(*, shops: Sequence[SellerRef], operator_id: int, actor: Actor, now: datetime) -> None:
    """The marketplace's actions, and promotions, a strategy and requests in the first shop."""
    operator = Actor.operator(operator_id, "Olga")
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    running = 0
    for names, first, days, bp, freeze in _CALENDAR:
        starts = day + timedelta(days=first)
        made = services.create_platform(actor=operator, now=starts - timedelta(days=5), terms=Terms(
            "platform", "", starts, starts + timedelta(days=days), discount_bp=bp,
            titles=dict(zip(("ru", "zh-hans", "en"), names, strict=True)),
            freeze_at=starts - timedelta(days=freeze) if freeze else None))
        if starts + timedelta(days=days) > now:
            services.publish(action_id=made, actor=operator, now=min(now, starts - timedelta(days=4)))
        running = made if first < 0 else running
    seller = shops[0]
    ids = [row.product_id for row in catalog.sellable(seller)]
    known = prices.prices(seller, ids)
    lowest = [id_ for id_ in ids if id_ in known][:_LOWEST]
    pricing.set_prices(seller=seller, actor=_STORE, now=now, changes=[PriceInput(
        product_id=id_, min_price=Money(known[id_].price_minor * 7 // 10, seller.currency).decimal_text())
        for id_ in lowest])
    services.join(seller=seller, action_id=running, actor=actor, now=now, rows=[
        JoinInput(product_id=id_) for id_ in lowest[:_JOINED]])
    _own(seller, "Скидка от 3 000 ₽", "order_sum", lowest[8:8 + _OWN], actor, now, (Level(300_000, 1000),))
    _own(seller, "Промокод для подписчиков", "voucher", lowest[12:12 + _OWN], actor, now, (Level(0, 1500),))
    _own(seller, "Рассрочка без переплаты", "instalment", lowest[4:4 + _OWN], actor, now, ())
    if len(shops) > 1:
        followed = strategies.put_strategy(
            seller=seller, name="Чуть ниже соседей", competitors=[(one.id, 9_800) for one in shops[1:]], actor=actor,
            now=now, stop_loss_bp=2000)
        strategies.add_products(seller=seller, strategy_id=followed, product_ids=lowest[-_FOLLOWING:], actor=actor,
                                now=now)
    for number, id_ in enumerate(lowest[:_REQUESTS]):
        haggling.ask(seller, id_, Random(f"demo:{number}"), now - timedelta(hours=3 * number + 1))


def _own(seller: SellerRef, title: str, kind: str, product_ids: Sequence[int], actor: Actor, now: datetime,
         levels: tuple[Level, ...]) -> None:
    made = services.create_own(seller=seller, actor=actor, now=now, terms=Terms(
        kind, title, now - timedelta(hours=1), now + timedelta(days=20), levels=levels,  # type: ignore[arg-type]
        voucher_type="UNIQUE", codes=100))
    services.join(seller=seller, action_id=made, actor=actor, now=now, rows=[
        JoinInput(product_id=id_) for id_ in product_ids])
    services.move_own(seller=seller, action_id=made, state="active", actor=actor, now=now)
