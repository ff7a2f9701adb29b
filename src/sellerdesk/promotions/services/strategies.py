"""Strategies: prices that follow competitors, through the services of prices, with their limits and their undo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import changes as journal
from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing import services as prices
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import following
from sellerdesk.promotions.errors import TooManyRows
from sellerdesk.promotions.events import STRATEGY_CHANGED, STRATEGY_STOPPED
from sellerdesk.promotions.following import Followed
from sellerdesk.promotions.models import Strategy, StrategyChange, StrategyCompetitor, StrategyProduct
from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

RULE = "promotions.strategies"
MAX_PRODUCTS, MAX_COMPETITORS, MOST_STOP_LOSS_BP = 50, 20, 9_000
CREATED, CHANGED, ENABLED, DISABLED, LIST_CHANGED = (
    "strategyCreated", "strategyChanged", "strategyEnabled", "strategyDisabled", "strategyItemsListChanged")
_SHOPS_A_RUN = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """What a strategy would do to one product now."""

    product_id: int
    before_minor: int
    followed: Followed


def put_strategy(*, seller: SellerRef, name: str, competitors: Sequence[tuple[int, int]], actor: Actor, now: datetime,
                 strategy_id: str = "", stop_loss_bp: int | None = None) -> str:
    """Make a strategy or change one; returns its id. `competitors` are (shop, basis points of its price), 0.5 to 1.2.

    Raises Invalid, naming the field, and StrategyUnknown.
    """
    before = queries.strategy(seller, strategy_id) if strategy_id else None
    bound = (before.stop_loss_bp if before else dated.get(RULE, "", now).value["stop_loss_bp"]) \
        if stop_loss_bp is None else stop_loss_bp
    known = {id_ for id_, _name in queries.competitors(seller, [id_ for id_, _bp in competitors])}
    problems = {
        "strategy_name": not name.strip() or len(name) > 128,
        "competitors": not 1 <= len(competitors) <= MAX_COMPETITORS or len({one for one, _ in competitors}) != len(
            competitors) or any(id_ not in known for id_, _ in competitors),
        "coefficient": any(not following.LEAST_COEFFICIENT_BP <= bp <= following.MOST_COEFFICIENT_BP
                           for _, bp in competitors),
        "stop_loss": not 0 < bound <= MOST_STOP_LOSS_BP}
    for field, wrong in problems.items():
        if wrong:
            raise Invalid("invalid", field=field)
    with atomic():
        row, _fresh = Strategy.objects.update_or_create(
            pk=before.id if before else uuid.uuid4(), seller_id=seller.id, defaults={
                "name": name.strip(), "update_type": CHANGED if before else CREATED, "updated_at": now,
                "stop_loss_bp": bound, "actor": asdict(actor)})
        StrategyCompetitor.objects.filter(strategy_id=row.pk).delete()
        StrategyCompetitor.objects.bulk_create([
            StrategyCompetitor(strategy_id=row.pk, seller_id=seller.id, competitor_id=id_, coefficient_bp=bp)
            for id_, bp in competitors])
        _tell(seller, row.pk, row.name, actor, now, row.update_type)
    return str(row.pk)


def delete_strategy(*, seller: SellerRef, strategy_id: str, actor: Actor, now: datetime) -> None:
    """Forget a strategy; prices stay where they are. Raises StrategyUnknown."""
    row = queries.strategy(seller, strategy_id)
    with atomic():
        StrategyChange.objects.filter(seller_id=seller.id, strategy_id=row.id).delete()
        Strategy.objects.filter(pk=row.id, seller_id=seller.id).delete()
        _tell(seller, row.id, row.name, actor, now, "deleted")


def switch_strategy(*, seller: SellerRef, strategy_id: str, enabled: bool, actor: Actor, now: datetime) -> None:
    """Turn a strategy on or off; on, it forgets what had stopped. Raises StrategyUnknown."""
    row = queries.strategy(seller, strategy_id)
    with atomic():
        Strategy.objects.filter(pk=row.id, seller_id=seller.id).update(
            enabled=enabled, update_type=ENABLED if enabled else DISABLED, updated_at=now, checked_at=None,
            **({"actor": asdict(actor)} if enabled else {}))
        if enabled:
            StrategyProduct.objects.filter(strategy_id=row.id, seller_id=seller.id).update(stopped_at=None)
        _tell(seller, row.id, row.name, actor, now, ENABLED if enabled else DISABLED)


def add_products(*, seller: SellerRef, strategy_id: str, product_ids: Sequence[int], actor: Actor, now: datetime
                 ) -> dict[int, str]:
    """Let up to fifty products follow a strategy. Returns the code of each that cannot: NOT_FOUND, NO_MIN_PRICE,
    IN_ANOTHER_STRATEGY. Raises StrategyUnknown, TooManyRows."""
    _bounded(product_ids)
    row = queries.strategy(seller, strategy_id)
    refused: dict[int, str] = {}
    with atomic():
        locked(f"strategies:{seller.id}")
        refs = {ref.id for ref in catalog.refs(seller, product_ids=product_ids) if not ref.archived}
        known = pricing.prices(seller, product_ids)
        inside = {one.product_id: str(one.strategy_id) for one in queries.strategy_products(
            seller, product_ids=product_ids)}
        fresh = []
        for id_ in dict.fromkeys(product_ids):
            if id_ not in refs:
                refused[id_] = "NOT_FOUND"
            elif id_ not in known or not known[id_].min_price_minor:
                refused[id_] = "NO_MIN_PRICE"
            elif inside.get(id_, row.id) != row.id:
                refused[id_] = "IN_ANOTHER_STRATEGY"
            elif id_ not in inside:
                fresh.append(StrategyProduct(product_id=id_, strategy_id=row.id, seller_id=seller.id,
                                             base_minor=known[id_].price_minor))
        StrategyProduct.objects.bulk_create(fresh)
        if fresh:
            Strategy.objects.filter(pk=row.id).update(update_type=LIST_CHANGED, updated_at=now, checked_at=None)
            _tell(seller, row.id, row.name, actor, now, LIST_CHANGED)
    return refused


def remove_products(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """Let products follow nothing any more; returns how many of them followed nothing. Raises TooManyRows."""
    _bounded(product_ids)
    with atomic():
        found = queries.strategy_products(seller, product_ids=product_ids)
        StrategyProduct.objects.filter(seller_id=seller.id, product_id__in=[one.product_id for one in found]).delete()
        names = {row.id: row.name for row in queries.strategies(seller)} if found else {}
        for strategy_id in sorted({str(one.strategy_id) for one in found}):
            Strategy.objects.filter(pk=strategy_id).update(update_type=LIST_CHANGED, updated_at=now)
            _tell(seller, strategy_id, names[strategy_id], actor, now, LIST_CHANGED)
    return len(set(product_ids)) - len(found)


def try_strategy(*, seller: SellerRef, strategy_id: str, now: datetime) -> list[Tried]:
    """What a strategy would do now; nothing is written. Raises StrategyUnknown."""
    return _tried(seller, queries.strategy(seller, strategy_id), now)


def run_due(now: datetime) -> int:
    """Let every strategy that was not looked at for the minutes of the rule look at its competitors.

    Prices change through `pricing.set_prices` as one batch for each strategy, on behalf of whoever turned it on: the
    limit of changes an hour, quarantine and undo hold as for anybody. Returns how many strategies.
    """
    before = now - timedelta(minutes=dated.get(RULE, "", now).value["minutes"])
    due = list(Strategy.objects.filter(clock.shops(), enabled=True, checked_at=None).order_by("pk")[:_SHOPS_A_RUN])
    due += list(Strategy.objects.filter(clock.shops(), enabled=True, checked_at__lte=before).order_by(
        "checked_at", "pk")[:_SHOPS_A_RUN])
    return sum(_run(one, now) for one in due)


def _run(one: Strategy, now: datetime) -> int:
    seller = sellers.seller_ref(one.seller_id)
    actor = Actor(**one.actor)
    with atomic():
        # Whoever moves the mark does the work.
        if not Strategy.objects.filter(pk=one.pk, enabled=True, checked_at=one.checked_at).update(checked_at=now):
            return 0
        if not seller.may_sell:
            return 0
        row = queries.strategy(seller, str(one.pk))
        tried = _tried(seller, row, now)
        moving = [each for each in tried if each.followed.outcome == "changed"]
        with journal.gathering(seller=seller, source="strategy", title=row.name, actor=actor, now=now):
            outcomes = prices.set_prices(
                seller=seller, actor=actor, now=now, source="strategy", title=row.name, changes=[PriceInput(
                    product_id=each.product_id,
                    price=Money(each.followed.price_minor, seller.currency).decimal_text(),
                    # A crossed-out price stands only above the price.
                    old_price="0") for each in moving])
        said = {each.product_id: "held" if done.quarantined else done.errors[0].code if done.errors else "changed"
                for each, done in zip(moving, outcomes, strict=True)}
        _keep(seller, row, tried, said, now)
    return 1


def _tried(seller: SellerRef, row: queries.StrategyRow, now: datetime) -> list[Tried]:
    products = [one for one in queries.strategy_products(seller, strategy_id=row.id) if one.stopped_at is None]
    ids = [one.product_id for one in products]
    known = pricing.prices(seller, ids)
    seen = queries.competing(seller, ids, {id_ for id_, _ in row.competitors}, now)
    return [Tried(one.product_id, known[one.product_id].price_minor, following.PAUSED
                  if not known[one.product_id].strategy else following.follow(
        known[one.product_id].price_minor, known[one.product_id].min_price_minor, one.base_minor, row.stop_loss_bp,
        seen.get(one.product_id, ()), dict(row.competitors)))
        for one in products if one.product_id in known and known[one.product_id].min_price_minor]


def _keep(seller: SellerRef, row: queries.StrategyRow, tried: Sequence[Tried], said: Mapping[int, str], now: datetime
          ) -> None:
    """The log, and where each product stands."""
    told = [each for each in tried if each.followed.outcome in ("changed", "stopped")]
    StrategyChange.objects.bulk_create([StrategyChange(
        strategy_id=row.id, seller_id=seller.id, product_id=each.product_id, at=now, before_minor=each.before_minor,
        after_minor=each.followed.price_minor, competitor_id=each.followed.seen.competitor_id,
        competitor_minor=each.followed.seen.price_minor, coefficient_bp=each.followed.coefficient_bp,
        outcome=said.get(each.product_id, each.followed.outcome)[:80]) for each in told if each.followed.seen])
    by_id = {each.product_id: each for each in tried}
    stopped = [each.product_id for each in tried if each.followed.outcome == "stopped"]
    rows = queries.strategy_products(seller, strategy_id=row.id, product_ids=list(by_id))
    for one in rows:
        found = by_id[one.product_id].followed
        one.checked_at = now
        one.stopped_at = now if one.product_id in stopped else None
        if found.seen:
            one.price_minor, one.competitor_id = found.price_minor, found.seen.competitor_id
            one.competitor_product_id = found.seen.product_id
    StrategyProduct.objects.bulk_update(rows, ["checked_at", "stopped_at", "price_minor", "competitor_id",
                                               "competitor_product_id"], batch_size=500)
    if stopped:
        activity.record(STRATEGY_STOPPED, now=now, actor=Actor.system("strategy"), seller_id=seller.id,
                        target_type="strategy", target_id=row.id, target_label=row.name,
                        data={"count": len(stopped), "product_ids": stopped})


def _tell(seller: SellerRef, strategy_id: object, name: str, actor: Actor, now: datetime, what: str) -> None:
    activity.record(STRATEGY_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="strategy",
                    target_id=str(strategy_id), target_label=name, data={"what": what})


def _bounded(product_ids: Sequence[int]) -> None:
    if len(product_ids) > MAX_PRODUCTS:
        raise TooManyRows(data={"limit": MAX_PRODUCTS, "count": len(product_ids)})
