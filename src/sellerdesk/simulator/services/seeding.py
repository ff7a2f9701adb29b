"""The demo: people, two shops, their goods and sixty days of their past."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model

from sellerdesk.accounts import services as accounts
from sellerdesk.catalog.services import products
from sellerdesk.catalog.types import AttributeInput, ImageInput, ProductDraft, ValueInput
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.core.money import Money
from sellerdesk.finance.services import banking
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.logistics import services as logistics
from sellerdesk.sellers import queries as seller_queries
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers, goods, queries
from sellerdesk.simulator.errors import NoMarket
from sellerdesk.simulator.models import Market
from sellerdesk.simulator.services import (
    asking,
    campaigns,
    controls,
    filing,
    history,
    painting,
    paperwork,
    repricing,
    supplying,
)
from sellerdesk.simulator.types import Access

EMAIL = "anna@example.com"
OPERATOR_EMAIL = "operator@example.com"
HISTORY_DAYS = 60
# Codes of languages in the interface by those of the goods.
#: Pictures that the first cards of a shelf name by address: no such host, and one inside the network.
_BY_ADDRESS = ("https://pictures.example/side-view.jpg", "http://127.0.0.1/back-view.jpg")
_LANGUAGES = {"en": "en", "ru": "ru", "zh": "zh-hans"}
_WORDS = ("amber anchor apple autumn basket birch bridge candle canyon carbon cedar circle cobalt copper coral cotton "
          "desert ember fabric falcon forest garden ginger granite harbor hazel island ivory jasmine kettle ladder "
          "lantern lemon linen magnet maple marble meadow mirror nectar olive orbit paper pebble pepper planet quartz "
          "ribbon river saddle salmon silver sketch spruce summit tablet timber tunnel velvet violet walnut willow "
          "window winter zephyr")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bank:
    """Where a shop of the demo is paid: a bank of its country, a made-up account with fitting check digits."""

    bank_name: str
    code: str
    account: str


@dataclass(frozen=True, slots=True)
class ShopPlan:
    """A shop of the demo. `language` is that of its goods; nobody runs a `self_running` one."""

    name: str
    legal_name: str
    country: str
    registration_number: str
    currency: str
    time_zone: str
    language: str
    warehouse: str
    city: str
    address: str
    code: str
    goods: int
    seed_offset: int
    self_running: bool
    bank: Bank


SHOPS = (
    ShopPlan("Северный ветер", "ООО «Северный ветер»", "RU", "7719123452", "RUB", "Europe/Moscow", "ru",
             "Основной склад", "Москва", "Складочная ул., д. 1, стр. 18", "MSK-1", 190, 0, False,
             Bank("Сбербанк", "044525225", "40702810200000012345")),
    ShopPlan("星河优选", "Shenzhen Xinghe Youxuan Trading Co., Ltd.", "CN", "91440300MA5DEM0G1R", "CNY",
             "Asia/Shanghai", "zh",
             "深圳一号仓", "深圳", "宝安区福永街道物流园 3 号", "SZX-1", 130, 1, True,
             Bank("招商银行", "CMBCCNBS", "6214830000001234")),
)


def seed_demo(*, seed: int, now: datetime | None = None, days: int = HISTORY_DAYS,
              shops: Sequence[ShopPlan] = SHOPS, progress: Progress = lambda text: None) -> Access:
    """Fill an empty installation. Its history ends at `now` (by default the real time), and is the same for the same
    seed and moment; passwords and keys are always fresh. Returns how to get in.

    `progress` is called often, mostly with nothing to say; what it raises ends the work half done.
    """
    now = now or clock.real_now().replace(microsecond=0)
    start = now - timedelta(days=days)
    access = _people()
    owner = get_user_model().objects.get(email=EMAIL)
    actor = Actor.user(owner.pk, owner.name)
    shelves = [goods.generate(seed + plan.seed_offset, plan.goods, plan.language, plan.currency) for plan in shops]
    with painting.Painters() as painters:
        for shelf in shelves:
            painters.order(shelf)
        made = [_shop(plan, shelf, painters, owner.pk, seed, actor, start, progress)
                for plan, shelf in zip(shops, shelves, strict=True)]
    accounts.remember_shop(user_id=owner.pk, seller_id=made[0].id)
    controls.open_market(seed=seed, since=start, history_until=now)
    controls.set_self_running(seller_ids=[seller.id for seller, plan in zip(made, shops, strict=True)
                                          if plan.self_running])
    for seller in made:
        supplying.plan_demo(seller=seller, start=start, now=now)
    history.simulate_history(until=now, progress=lambda done, total: progress(
        f"day {done} of {total}" if done % 10 == 0 else ""))
    for seller in made:
        repricing.move_prices(seller=seller, until=now)
    inventory.refresh_pace(now=now)
    operator = get_user_model().objects.get(email=OPERATOR_EMAIL)
    for seller, plan in zip(made, shops, strict=True):
        paperwork.raise_doubts(seller=seller, language=plan.language, operator_id=operator.pk, actor=actor, now=now)
        filing.send_sheets(seller=seller, language=plan.language, actor=actor, now=now)
    asking.greet([(seller, plan.language) for seller, plan in zip(made, shops, strict=True) if not plan.self_running],
                 owner=owner, operator_id=operator.pk, now=now)
    campaigns.open_campaigns(shops=made, operator_id=operator.pk, actor=actor, now=now)
    return _with_key(access, made[0], owner.pk, actor)


def _people() -> Access:
    access = Access(EMAIL, _password(), 0, "", OPERATOR_EMAIL, _password())
    # Without a language of their own they read what their browser asks for, until they choose.
    accounts.create_user(email=access.email, password=access.password, name="Anna", language="",
                         time_zone="Europe/Moscow")
    accounts.create_user(email=access.operator_email, password=access.operator_password, name="Olga", language="",
                         time_zone="Europe/Moscow", operator=True)
    return access


def _password() -> str:
    return "-".join([*(secrets.choice(_WORDS.split()) for _ in range(4)), str(secrets.randbelow(9000) + 1000)])


def _with_key(access: Access, seller: SellerRef, user_id: int, actor: Actor) -> Access:
    key = sellers.create_key(seller=seller, name="Demo", roles=["Admin"], actor=actor, user_id=user_id,
                             real_now=clock.real_now())
    return Access(access.email, access.password, seller.id, key.secret, access.operator_email,
                  access.operator_password)


def renew_access() -> Access:
    """New passwords and a new key for a demo whose demo.json is gone. Raises NoMarket where there is no demo."""
    people = {user.email: user for user in get_user_model().objects.filter(email__in=[EMAIL, OPERATOR_EMAIL])}
    if len(people) != 2:
        raise NoMarket()
    access = Access(EMAIL, _password(), 0, "", OPERATOR_EMAIL, _password())
    for email, password in ((EMAIL, access.password), (OPERATOR_EMAIL, access.operator_password)):
        people[email].set_password(password)
        people[email].save(update_fields=["password"])
    owner = people[EMAIL]
    shop = seller_queries.shops_of_user(owner.pk)[0].ref
    for key in seller_queries.keys(shop):
        if key.name == "Demo" and key.deactivated_at is None:
            sellers.deactivate_key(seller=shop, key_id=key.id, actor=Actor.system("demo"), real_now=clock.real_now())
    return _with_key(access, shop, owner.pk, Actor.user(owner.pk, owner.name))


def start_clock(*, speed: int, market: bool) -> None:
    """Let time run: from the real moment the first time, afterwards from where the market stood."""
    setting = queries.setting()
    moment = clock.real_now()
    if setting is not None and clock.state().virtual:
        last = Activity.objects.filter(clock.shops()).order_by("-id").values_list("at", flat=True).first()
        moment = max(filter(None, (setting.simulated_until, last)))
    clock.start_at(moment, speed)
    Market.objects.filter(pk=queries.INSTALLATION).update(running=market)


# -- shops -------------------------------------------------------------------------------------------------------------


def _shop(plan: ShopPlan, shelf: list[goods.DemoProduct], painters: painting.Painters, user_id: int, seed: int,
          actor: Actor, start: datetime, progress: Progress) -> SellerRef:
    seller = sellers.register_shop(
        user_id=user_id, legal_name=plan.legal_name, country=plan.country,
        registration_number=plan.registration_number, shop_name=plan.name, currency=plan.currency,
        time_zone=plan.time_zone, language=_LANGUAGES[plan.language], accepts_offer=True, actor=actor, now=start)
    banking.set_bank(seller=seller, holder=plan.legal_name, bank_name=plan.bank.bank_name, code=plan.bank.code,
                     account=plan.bank.account, actor=actor, now=start)
    warehouse = inventory.create_warehouse(
        seller=seller, name=plan.warehouse, city=plan.city, address=plan.address, time_zone=plan.time_zone,
        cut_off=time(18, 0), preparation_hours=24, code=plan.code, kind="drop_off",
        actor=actor, now=start)
    logistics.create_methods(seller=seller, warehouse_id=warehouse.id, now=start)
    progress(f"{plan.name}: {len(shelf)} products")
    pictures = painters.deliver(seller=seller, shelf=shelf, now=start)
    outcomes = products.apply_drafts(
        seller=seller, actor=actor, now=start,
        drafts=[_draft(product, plan, pictures, at) for at, product in enumerate(shelf)])
    paperwork.hand_in(seller=seller, outcomes=outcomes, actor=actor, now=start)
    inventory.set_stocks(seller=seller, actor=actor, now=start, changes=[
        StockInput(warehouse.id, _first_stock(seed, outcome.product_id), product_id=outcome.product_id)
        for outcome in outcomes if outcome.product_id])
    return seller


def _draft(product: goods.DemoProduct, plan: ShopPlan, pictures: dict[str, str], at: int) -> ProductDraft:
    def amount(minor: int) -> str:
        return Money(minor, product.currency).decimal_text()

    return ProductDraft(
        offer_id=product.offer_id, name=product.names[plan.language], type_id=product.type_id,
        category_id=product.category_id, description=product.descriptions[plan.language],
        names={_LANGUAGES[key]: text for key, text in product.names.items()},
        descriptions={_LANGUAGES[key]: text for key, text in product.descriptions.items()},
        barcodes=(product.barcode,), depth_mm=product.depth_mm, width_mm=product.width_mm,
        height_mm=product.height_mm, weight_g=product.weight_g, vat=product.vat,
        attributes=tuple(AttributeInput(attribute.attribute_id, tuple(
            ValueInput(value.value_id, value.text) for value in attribute.values)) for attribute in product.attributes),
        images=_images(product, pictures, at),
        parts={"price": {"price": amount(product.price_minor), "old_price": amount(product.old_price_minor),
                         "cost": amount(product.cost_minor)}})


def _images(product: goods.DemoProduct, pictures: dict[str, str], at: int) -> tuple[ImageInput, ...]:
    """The painted picture; two cards also name one by address, so that a waiting and a refused one are to be seen."""
    own = (ImageInput(key=pictures[product.offer_id]),) if product.offer_id in pictures else ()
    return (*own, *(ImageInput(url=url) for url in _BY_ADDRESS[at:at + 1]))


def _first_stock(seed: int, product_id: int) -> int:
    return 10 + round(8 * min(buyers.popularity(seed, product_id), 9))
